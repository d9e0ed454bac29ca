import { knowledge, type StoredKnowledge } from '../../attribution/attribution.ts'
import type { Columns } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import * as Trace from '../../trace/trace.ts'
import { answered, ledgersOf } from '../ledger/ledgers.ts'
import type { Context, Fields } from '../operation.ts'
import { instantOf } from '../when.ts'
import { bridgesIn } from './bridge.ts'
import { subjectOf } from './subject.ts'

/** The inputs that every walk shares. */
export type WalkInput = {
  readonly network?: string
  readonly method: string
  readonly hops?: number
  readonly min?: string
  readonly from?: string
  readonly to?: string
  readonly edges: number
  readonly reason?: string
  readonly asOf?: string
  readonly knownAt?: string
}

export const walkFields: Fields = {
  network: { type: 'string', says: 'Network, where the origin may live on several' },
  method: {
    type: 'string',
    says: 'all, or one or more of poison, haircut, fifo, lifo, tiho (by comma)',
    default: 'all',
  },
  hops: { type: 'integer', says: 'Follow at most so many transactions; default: to the end' },
  min: { type: 'string', says: 'Least tainted amount that is followed, in whole coins such as 0.001' },
  from: { type: 'string', says: 'Follow only transactions since this day or time' },
  to: { type: 'string', says: 'Follow only transactions until this day or time' },
  edges: { type: 'integer', says: 'Read at most so many inputs and outputs', default: Trace.EDGES },
  reason: { type: 'string', says: 'Why this method and these limits; kept with the run' },
  asOf: { type: 'string', says: 'Labels as they stood then; default: now' },
  knownAt: { type: 'string', says: 'Labels as they were known then; default: now' },
}

/** What a walk gives to the operations that show it: nothing where the network was never read. */
export type Walk = {
  readonly found: Trace.Trace | null
  /** The columns whose rows the trace and its legs tell of. */
  readonly columns: Columns | undefined
  /** Every leg, where they were watched. */
  readonly legs: readonly Trace.Leg[]
  readonly knowledge: StoredKnowledge
  /** Number of the run: its declaration was kept before it began. */
  readonly run: number
  readonly answer: { origin: readonly string[]; network: NetworkId; declared: object }
  /** Of the work that the walk is part of: what else is asked of ledgers is asked by it. */
  readonly context: Context
}

/** Declares, keeps the declaration, runs, and has it told; then the digest of what was told is kept beside it. */
export async function walk<T>(
  origin: readonly string[],
  input: WalkInput,
  direction: Trace.Direction,
  context: Context,
  tell: (walk: Walk) => T,
  watched = false,
): Promise<T> {
  const { store, clock, user } = context
  const declared = declare(input, direction)
  const { names, network } = await answered(context, at => {
    const subject = subjectOf(at, origin, input.network)
    return { names: subject.names, network: subject.network }
  })
  const answer = { origin: names, network, declared: Trace.declaredToJson(declared) }
  const run = Trace.declareRun(store.directory, { declaredAt: clock(), user, ...answer })
  const told = await answered(context, at => {
    const columns = ledgersOf(at).open(network)
    const knowledge = knowledgeAt(input, at)
    const base = { run, answer, knowledge, context: at }
    if (columns === undefined) return tell({ ...base, found: null, columns, legs: [] })
    const legs: Trace.Leg[] = []
    const bridges = bridgesIn(store, network)
    const watch = watched ? (leg: Trace.Leg) => legs.push(leg) : undefined
    const found = Trace.run(columns, knowledge, names, declared, watch, bridges)
    return tell({ ...base, found, columns: Trace.ranOver(columns, knowledge, names, declared, bridges), legs })
  })
  Trace.finishRun(store.directory, run, context.clock(), sha256Hex(JSON.stringify(told)))
  return told
}

export function knowledgeAt(input: Pick<WalkInput, 'asOf' | 'knownAt'>, { store, clock }: Context) {
  const now = clock()
  const asOf = instantOf('asOf', input.asOf) ?? now
  return knowledge(store, { asOf, knownAt: instantOf('knownAt', input.knownAt) ?? now })
}

/** A plain day as an end counts to its last second. */
function declare(input: WalkInput, direction: Trace.Direction): Trace.Declared {
  const from = input.from === undefined ? undefined : instantOf('from', input.from)
  const isDay = input.from?.length === 10
  return Trace.declare({
    direction,
    methods: methodsOf(input.method),
    hops: input.hops ?? null,
    min: input.min ?? null,
    from: from === undefined ? null : isDay ? from - 86_399 : from,
    to: instantOf('to', input.to) ?? null,
    edges: input.edges,
    reason: input.reason ?? 'not given',
  })
}

function methodsOf(text: string): readonly Trace.Method[] {
  if (text === 'all') return Trace.METHODS
  return [...new Set(text.split(','))].map(word => {
    const method = Trace.parseMethod(word.trim())
    if (method !== undefined) return method
    throw new Failure('Trace.UnknownMethod', 'usage', `"${word.slice(0, 40)}" is no taint method.`, {
      hint: `Use all, or some of ${Trace.METHODS.join(', ')}.`,
      facts: { method: word.slice(0, 40) },
    })
  })
}
