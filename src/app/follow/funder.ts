import type { Columns } from '../../ledger/ledger.ts'
import { toJson } from '../../model/amount.ts'
import { unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import * as Trace from '../../trace/trace.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

type Input = {
  readonly address: string
  readonly network?: string
  readonly asOf?: string
  readonly knownAt?: string
}

export const funder: Operation = {
  name: 'funder',
  summary: 'Say who first paid an address, in what was read',
  access: 'read',
  fields: {
    address: { type: 'string', says: 'Address, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the address may live on several' },
    asOf: { type: 'string', says: 'Labels as they stood then; default: now' },
    knownAt: { type: 'string', says: 'Labels as they were known then; default: now' },
  },
  examples: [
    { command: 'athar funder 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK', says: 'the first payment; an inference, not a link' },
  ],
  list: 'funding',
  run: answering(ask),
}

function ask(input: Input, context: Context) {
  const { network, columns, names } = subjectOf(context, [input.address], input.network)
  const address = names[0]!
  if (columns !== undefined) return tell(columns, address, input, context)
  const notes = [`The ledger of ${network} was not read: nothing was looked up.`]
  return { address, network, funding: [], notes, coverage: unread(network) }
}

function tell(columns: Columns, address: string, input: Input, context: Context) {
  const { network } = columns
  const known = knowledgeAt(input, context)
  const funding = Trace.fundingOf(columns, known, address).map(one => ({
    ...one,
    time: Instant.format(one.time),
    amount: toJson(one.amount),
  }))
  const notes = ['Anybody can pay an address first: this links nobody, and says nothing of blocks that were not read.']
  if (funding.length === 0) notes.unshift(`Nothing that was read of ${network} pays ${address}.`)
  const coverage = { ...columns.coverage(), lists: [...known.lists], labels: known.labelCount(network) }
  return { address, network, funding, notes, coverage }
}
