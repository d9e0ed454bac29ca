import { toJson } from '../../model/amount.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import * as Trace from '../../trace/trace.ts'
import { answering } from '../ledger/ledgers.ts'
import type { Context, Operation } from '../operation.ts'
import { subjectOf } from './subject.ts'
import { knowledgeAt } from './walk.ts'

type Input = {
  readonly addresses: readonly string[]
  readonly network?: string
  readonly nearest: boolean
  readonly edges: number
  readonly asOf?: string
  readonly knownAt?: string
}

export const path: Operation = {
  name: 'path',
  summary: 'Find the fewest transactions that lead from one address to another, and back',
  access: 'read',
  fields: {
    addresses: {
      type: 'strings',
      says: 'The two addresses, plain or CAIP-10; with --nearest one',
      positional: true,
      required: true,
    },
    nearest: { type: 'boolean', says: 'The way from one address to the nearest service or mixer', default: false },
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
    {
      command: 'athar path 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK --nearest',
      says: 'where it can first have been cashed out',
    },
  ],
  run: answering((input: Input, context) => {
    if (input.nearest) return nearest(input, context)
    const [from, to] = Trace.pairOf(input.addresses)
    const { network, columns, names } = subjectOf(context, [from, to], input.network)
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
  }),
}

/** From one address: a way that exists, not where its value went (that is `trace`). */
function nearest(input: Input, context: Context) {
  const { network, columns, names } = subjectOf(context, [Trace.oneOf(input.addresses)], input.network)
  const from = names[0]!
  if (columns === undefined) {
    const notes = [`The ledger of ${network} was not read: nothing was searched.`]
    return { from, to: null, network, forward: null, label: null, notes, coverage: unread(network) }
  }
  const known = knowledgeAt(input, context)
  const forward = Trace.nearestService(columns, known, from, input.edges)
  const to = forward.steps.at(-1)?.to ?? null
  const labels = known.labelCount(network)
  const coverage: Coverage = { ...columns.coverage(), lists: [...known.lists], labels }
  const notes = labels === 0 ? [`No label is known on ${network}: no service could be found.`] : []
  if (columns.addresses.find(from) === undefined) notes.push(`${from} is nowhere in what was read of ${network}.`)
  return {
    ...{ from, to, network, forward: answerOf(forward), label: to === null ? null : known.labelsOf(network, to)[0]! },
    ...{ notes, coverage: { ...coverage, truncated: forward.truncated || coverage.truncated } },
  }
}

function answerOf({ found, steps, truncated }: Trace.Path) {
  const shown = steps.map(step => ({ ...step, time: Instant.format(step.time), amount: toJson(step.amount) }))
  return { found, hops: found ? steps.length : null, steps: shown, truncated }
}
