import { toJson } from '../model/amount.ts'
import { type Coverage, unread } from '../model/coverage.ts'
import * as Instant from '../model/instant.ts'
import * as Trace from '../trace/trace.ts'
import type { Context, Operation } from './operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

type Input = {
  readonly addresses: readonly string[]
  readonly network?: string
  readonly edges: number
  readonly asOf?: string
  readonly knownAt?: string
}

export const path: Operation = {
  name: 'path',
  summary: 'Find the fewest transactions that lead from one address to another, and back',
  access: 'read',
  fields: {
    addresses: { type: 'strings', says: 'The two addresses, plain or CAIP-10', positional: true, required: true },
    network: { type: 'string', says: 'Network, where the addresses may live on several' },
    edges: { type: 'integer', says: 'Look at no more than so many outputs or transfers', default: Trace.EDGES },
    asOf: { type: 'string', says: 'Labels as they stood then; default: now' },
    knownAt: { type: 'string', says: 'Labels as they were known then; default: now' },
  },
  examples: [
    {
      command: 'athar path 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK 1NxaBCFQwejSZbQfWcYNwgqML5wWoE3rK4',
      says: 'forward in time, and the other way round',
    },
  ],
  run: (input: Input, context: Context) => {
    const [from, to] = Trace.pairOf(input.addresses)
    const { network, columns, names } = subjectOf(context.store, [from, to], input.network)
    const [a, b] = [names[0]!, names[1]!]
    if (columns === undefined) {
      const notes = [`The ledger of ${network} was not read: nothing was searched.`]
      return { from: a, to: b, network, forward: null, backward: null, notes, coverage: unread(network) }
    }
    const known = knowledgeAt(input, context)
    const forward = Trace.path(columns, known, a, b, input.edges)
    const backward = Trace.path(columns, known, b, a, input.edges)
    const truncated = forward.truncated || backward.truncated
    const coverage: Coverage = { ...columns.coverage(), lists: [...known.lists], labels: known.labelCount(network) }
    const unknown = [a, b].filter(name => columns.addresses.find(name) === undefined)
    return {
      ...{ from: a, to: b, network, forward: answerOf(forward), backward: answerOf(backward) },
      notes: unknown.map(name => `${name} is nowhere in what was read of ${network}.`),
      coverage: { ...coverage, truncated: truncated || coverage.truncated },
    }
  },
}

function answerOf({ found, steps, truncated }: Trace.Path) {
  const shown = steps.map(step => ({ ...step, time: Instant.format(step.time), amount: toJson(step.amount) }))
  return { found, hops: found ? steps.length : null, steps: shown, truncated }
}
