import { partitionOf } from '../../cluster/cluster.ts'
import { type Columns, paymentsBetween, txidOf } from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import { pairOf } from '../../trace/trace.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

/** The transactions behind a sum of `neighbours`: each in which the first paid the second. */
export type BetweenAnswer = {
  readonly from: string
  readonly to: string
  readonly network: string
  readonly by: 'address' | 'cluster'
  /** Newest first. */
  readonly transactions: readonly {
    readonly txid: string
    readonly time: string
    /** What moved from one to the other for certain, and at most: they differ only where several pay together. */
    readonly amounts: readonly { readonly least: Amount.AmountJson; readonly most: Amount.AmountJson }[]
  }[]
  readonly total: number
  readonly left: number
  readonly notes: readonly string[]
  readonly coverage: Coverage
}

type Input = {
  readonly addresses: readonly string[]
  readonly network?: string
  readonly by: 'address' | 'cluster'
  readonly limit: number
  readonly edges: number
}

const LIMIT_MAX = 10_000

export const between: Operation = {
  name: 'between',
  summary: 'List the transactions in which one address paid another',
  access: 'read',
  fields: {
    addresses: { type: 'strings', says: 'Who paid, and who was paid', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the addresses may live on several' },
    by: {
      ...{ type: 'string', says: 'Of the two addresses, or of their clusters' },
      ...{ choices: ['address', 'cluster'], default: 'address' },
    },
    limit: { type: 'integer', says: `How many, the newest first (at most ${LIMIT_MAX})`, default: 200 },
    edges: { type: 'integer', says: 'Look at no more than so many inputs and outputs', default: 2_000_000 },
  },
  examples: [
    {
      command: 'athar between 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK 1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4',
      says: 'what a sum of `athar neighbours` is made of',
    },
  ],
  list: 'transactions',
  run: answering((input: Input, context): BetweenAnswer => {
    const { network, columns, names } = subjectOf(context, [...pairOf(input.addresses)], input.network)
    const [from, to] = [names[0]!, names[1]!]
    const head = { from, to, network, by: input.by }
    const nothing = { transactions: [], total: 0, left: 0 }
    if (columns === undefined) {
      const notes = [`The ledger of ${network} was not read: nothing was looked up.`]
      return { ...head, ...nothing, notes, coverage: unread(network) }
    }
    const known = knowledgeAt({}, context)
    const coverage: Coverage = { ...columns.coverage(), lists: [...known.lists], labels: known.labelCount(network) }
    const missing = [from, to].filter(name => columns.addresses.find(name) === undefined)
    if (missing.length > 0) {
      const notes = missing.map(name => `${name} is nowhere in what was read of ${network}.`)
      return { ...head, ...nothing, notes, coverage }
    }
    const { list, truncated } = search(columns, from, to, input, context)
    const shown = list.slice(0, Math.min(Math.max(1, input.limit), LIMIT_MAX))
    return {
      ...head,
      transactions: shown.map(({ transaction, time, sums }) => ({
        ...{ txid: txidOf(columns, transaction), time: Instant.format(time) },
        amounts: sums.map(({ asset, least, most }) => ({
          least: Amount.toJson({ asset, units: least }),
          most: Amount.toJson({ asset, units: most }),
        })),
      })),
      ...{ total: list.length, left: list.length - shown.length },
      notes: truncated ? [`Only the newest transactions were looked at, up to ${input.edges} inputs and outputs.`] : [],
      coverage: { ...coverage, truncated: truncated || coverage.truncated },
    }
  }),
}

function search(columns: Columns, from: string, to: string, { by, edges }: Input, { store }: Context) {
  const partition = by === 'cluster' ? partitionOf(columns, null, store) : null
  const [payer, payee] = [columns.addresses.find(from)!, columns.addresses.find(to)!]
  const question = {
    rows: partition === null ? [payer] : [...partition.membersOf(payer)],
    groupOf: partition === null ? (row: number) => row : (row: number) => partition.find(row),
    ...({ direction: 'out', from: null, to: null, counts: () => true, limit: edges } as const),
  }
  return paymentsBetween(columns, question, question.groupOf(payee))
}
