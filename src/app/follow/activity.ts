import { activityOf } from '../../ledger/ledger.ts'
import { type AmountJson, toJson } from '../../model/amount.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Operation } from '../operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

/** What an address did day by day: for a calendar and a chart. Days without a transaction are not listed. */
export type ActivityAnswer = {
  readonly address: string
  readonly network: string
  readonly days: readonly {
    readonly day: string
    readonly transactions: number
    readonly received: readonly AmountJson[]
    readonly sent: readonly AmountJson[]
    /** Transactions that it paid with value that was not read: what was sent is more than is shown. */
    readonly unread: number
  }[]
  readonly notes: readonly string[]
  readonly coverage: Coverage
}

type Input = { readonly address: string; readonly network?: string }

export const activity: Operation = {
  name: 'activity',
  summary: 'Show what an address received and sent day by day',
  access: 'read',
  fields: {
    address: { type: 'string', says: 'Address, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the address may live on several' },
  },
  examples: [{ command: 'athar activity 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK --jsonl', says: 'a line a day (UTC)' }],
  list: 'days',
  run: answering(({ address, network: named }: Input, context): ActivityAnswer => {
    const { network, columns, names } = subjectOf(context, [address], named)
    const head = { address: names[0]!, network }
    if (columns === undefined) {
      const notes = [`The ledger of ${network} was not read: this is not a zero.`]
      return { ...head, days: [], notes, coverage: unread(network) }
    }
    const known = knowledgeAt({}, context)
    const coverage = { ...columns.coverage(), lists: [...known.lists], labels: known.labelCount(network) }
    const row = columns.addresses.find(names[0]!)
    if (row === undefined) {
      return { ...head, days: [], notes: [`${names[0]} is nowhere in what was read of ${network}.`], coverage }
    }
    const days = activityOf(columns, row).map(({ day, transactions, sums, unread: missing }) => ({
      ...{ day, transactions, unread: missing },
      received: sums.filter(one => one.received > 0n).map(({ asset, received }) => toJson({ asset, units: received })),
      sent: sums.filter(one => one.sent > 0n).map(({ asset, sent }) => toJson({ asset, units: sent })),
    }))
    return { ...head, days, notes: [], coverage }
  }),
}
