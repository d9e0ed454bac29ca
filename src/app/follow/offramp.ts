import { openColumns } from '../../ledger/ledger.ts'
import { toJson } from '../../model/amount.ts'
import { unread } from '../../model/coverage.ts'
import * as Trace from '../../trace/trace.ts'
import type { Context, Operation } from '../operation.ts'
import { kept, knowledgeAt, type WalkInput, walk, walkFields } from './walk.ts'

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
  run: (input: Input, context: Context) => {
    const { found, run, answer } = walk(input.address, input, 'forward', context)
    if (found === null) {
      const notes = [`The ledger of ${answer.network} was not read: nothing could be traced.`]
      return kept(context, run, { ...answer, offramps: [], notes, coverage: unread(answer.network), run })
    }
    const columns = openColumns(context.store, found.network)!
    const offramps = Trace.offramps(columns, knowledgeAt(input, context), found).map(row => ({
      ...row,
      min: toJson(row.min),
      max: toJson(row.max),
      conclusion: row.robust ? 'robust' : 'fragile',
    }))
    return kept(context, run, { ...answer, offramps, notes: found.notes, coverage: found.coverage, run })
  },
}
