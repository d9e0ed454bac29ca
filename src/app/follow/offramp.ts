import { toJson } from '../../model/amount.ts'
import { unread } from '../../model/coverage.ts'
import * as Trace from '../../trace/trace.ts'
import { ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { type Walk, type WalkInput, walk, walkFields } from './walk.ts'

type Input = WalkInput & { readonly address: readonly string[] }

export const offramp: Operation = {
  name: 'offramp',
  summary: 'Name the services where value of addresses was cashed out, with inferred deposit addresses',
  access: 'read',
  fields: {
    address: { type: 'strings', says: 'Addresses, plain or CAIP-10', positional: true, required: true },
    ...walkFields,
  },
  examples: [{ command: 'athar offramp 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK', says: 'where it was cashed out' }],
  list: 'offramps',
  run: (input: Input, context: Context) => walk(input.address, input, 'forward', context, tell),
}

function tell({ found, knowledge, run, answer, context }: Walk) {
  if (found === null) {
    const notes = [`The ledger of ${answer.network} was not read: nothing could be traced.`]
    return { ...answer, offramps: [], notes, coverage: unread(answer.network), run }
  }
  const columns = ledgersOf(context).open(found.network)!
  const offramps = Trace.offramps(columns, knowledge, found).map(row => ({
    ...row,
    min: toJson(row.min),
    max: toJson(row.max),
    conclusion: row.robust ? 'robust' : 'fragile',
  }))
  return { ...answer, offramps, notes: found.notes, coverage: found.coverage, run }
}
