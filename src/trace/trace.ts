import type { Knowledge } from '../attribution/attribution.ts'
import type { AccountColumns, Columns } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import { type Left, sweepAccount, walkAccount, walkEntries } from './account.ts'
import type { Entry } from './crossing.ts'
import type { Declared } from './declaration.ts'
import { isElsewhere, walkIn } from './elsewhere.ts'
import { balances, envelopeOf, isConserved } from './envelope.ts'
import { type Bridges, mayLeave } from './exit.ts'
import type { Fetched } from './far.ts'
import { type Origin, resolve } from './origin.ts'
import type { Outcome, Trace } from './outcome.ts'
import { returnedFrom } from './returned.ts'
import { walkUtxo } from './utxo.ts'
import type { Walked, Watch } from './walk.ts'

/** Of the method, as docs/methods/trace.md numbers it. */
export const VERSION = '4'

export type { Left } from './account.ts'
/** Where value went or came from, by stated taint methods within a declared horizon: docs/methods/trace.md. */
export { CROSSING_RULE, type Crossing, type CrossingSide, crossingOf, paymentAt, sideOf } from './bridge.ts'
export { carriedOver, type Entry, type Exit, type OtherSide, otherSideOf, type Unpaired } from './crossing.ts'
export { type Declared, type Direction, declare, EDGES, toJson as declaredToJson } from './declaration.ts'
export { type Bridges, bridgesOf, sideAt } from './exit.ts'
export { type Because, because } from './explain.ts'
export { type Fetched, fetchWalk } from './far.ts'
export { type Funding, fundingOf } from './funder.ts'
export { CONSERVING, METHODS, type Method, parse as parseMethod } from './method.ts'
export { type Offramp, offramps } from './offramp.ts'
export { findTransaction, parseOutpoint } from './origin.ts'
export type { Conversion, Outcome, Range, Reached, Stop, Trace } from './outcome.ts'
export { nearestService, oneOf, type Path, type PathStep, pairOf, path } from './path.ts'
export type { Peel } from './peel.ts'
export { type Parcel, taintOf } from './purse.ts'
export { declareRun, finishRun, type KeptRun, listRuns, type RunRecord } from './table.ts'
export type { Leg, Watch } from './walk.ts'

/**
 * Runs what was declared, from addresses (plain canonical) or `txid:index`, over one network's ledger. An origin that
 * is nowhere in what was read is named in the notes; it is never a zero without a word.
 */
export function run(
  columns: Columns,
  knowledge: Knowledge,
  names: readonly string[],
  declared: Declared,
  watch?: Watch,
  bridges?: Bridges,
): Trace {
  if (isElsewhere(columns) && !mayLeave(declared, bridges)) {
    const part = walkIn(columns, knowledge, names, declared)
    if (part === undefined) return notYet(columns, knowledge, names, declared)
    const held = watch === undefined ? RUNS.get(part) : undefined
    const found = held ?? runFetched(part, knowledge, names, declared, watch)
    RUNS.set(part, found)
    return found
  }
  const origin = resolve(columns, names)
  const walked =
    columns.shape === 'utxo'
      ? walkUtxo(columns, knowledge, origin, declared, watch)
      : walkAccount(columns, knowledge, origin, declared, watch, bridges)
  return traceOf(columns, knowledge, origin, declared, walked)
}

/**
 * Goes on on the other network of crossings, in the declared direction: the same declaration, what came over by them as
 * its total. `left` are payments that are not followed, with why not.
 */
export function onward(
  columns: AccountColumns,
  knowledge: Knowledge,
  declared: Declared,
  entries: readonly Entry[],
  bridges: Bridges,
): { readonly found: Trace; readonly left: readonly Left[] } {
  const { entered, left, ...walked } = walkEntries(columns, knowledge, declared, entries, bridges)
  const origin: Origin = { names: [], addresses: new Set(), outpoints: entered, unread: [] }
  return { found: traceOf(columns, knowledge, origin, declared, walked), left }
}

/** The same over an excerpt of a ledger that lies elsewhere, which holds what discovery found there (`fetchWalk`). */
export function runFetched(
  { columns, found }: Fetched,
  knowledge: Knowledge,
  names: readonly string[],
  declared: Declared,
  watch?: Watch,
): Trace {
  const origin = resolve(columns, names)
  return traceOf(columns, knowledge, origin, declared, sweepAccount(columns, knowledge, origin, declared, found, watch))
}

/** What was found over what was fetched: work over a ledger that lies elsewhere is done again, this not. */
const RUNS = new WeakMap<Fetched, Trace>()

/** The columns whose rows a run tells of: the ledger itself, or of one that lies elsewhere what the run fetched. */
export function ranOver(
  columns: Columns,
  knowledge: Knowledge,
  names: readonly string[],
  declared: Declared,
  bridges?: Bridges,
): Columns | undefined {
  if (!isElsewhere(columns) || mayLeave(declared, bridges)) return columns
  return walkIn(columns, knowledge, names, declared)?.columns
}

/** Nothing, until what the walk needs is fetched from where the ledger lies: it is run again then. */
function notYet(columns: AccountColumns, knowledge: Knowledge, names: readonly string[], declared: Declared): Trace {
  const origin: Origin = { names, addresses: new Set(), outpoints: new Set(), unread: [] }
  const outcomes = declared.methods.map(method => ({ method, reached: [], total: [], fees: [] }))
  return traceOf(columns, knowledge, origin, declared, { outcomes, edges: 0, truncated: false, notes: [] })
}

function traceOf(columns: Columns, knowledge: Knowledge, origin: Origin, declared: Declared, walked: Walked): Trace {
  const { names } = origin
  const { edges, truncated } = walked
  const isUnread = origin.addresses.size + origin.outpoints.size === 0
  const outcomes = isUnread ? walked.outcomes.map(unreadOutcome) : walked.outcomes
  const coverage = columns.coverage()
  const unread = origin.unread.map(name => `${name} is nowhere in what was read of ${columns.network}.`)
  return {
    network: columns.network,
    origin: names,
    declared,
    methods: Object.fromEntries(outcomes.map(outcome => [outcome.method, outcome])),
    envelope: envelopeOf(outcomes),
    conserved: isConserved(outcomes) && (walked.lowest === undefined || balances(walked.lowest)),
    truncated,
    edges,
    coverage: {
      ...coverage,
      truncated: truncated || coverage.truncated,
      lists: [...knowledge.lists],
      labels: knowledge.labelCount(columns.network),
    },
    lowest: isUnread || walked.lowest === undefined ? null : walked.lowest,
    ...(walked.exits === undefined || walked.exits.length === 0 ? {} : { exits: walked.exits }),
    peels: walked.peels ?? [],
    notes: [
      ...unread,
      ...walked.notes,
      ...impostorNotes(outcomes),
      ...returnedNotes(declared, returnedFrom(columns, origin, outcomes)),
    ],
  }
}

/** A token that only bears an issuer's name is followed as what it is, and never without a word. */
function impostorNotes(outcomes: readonly Outcome[]): string[] {
  const assets = outcomes.flatMap(({ total }) => total.map(({ asset }) => asset)).filter(Asset.isImpostor)
  const named = new Map(assets.map(asset => [Asset.key(asset), asset]))
  return [...named.values()].map(
    ({ symbol, contract }) => `“${symbol}” at ${contract} only bears that name: it is not its issuer’s token.`,
  )
}

/** Addresses that a note names. */
const NAMED_MAX = 3

function returnedNotes(declared: Declared, addresses: readonly string[]): string[] {
  if (addresses.length === 0 || declared.direction === 'backward') return []
  const more = addresses.length > NAMED_MAX ? ` and ${addresses.length - NAMED_MAX} more` : ''
  const named = addresses.slice(0, NAMED_MAX).join(', ')
  const said = 'which paid the origin: what came back that way counts again.'
  return [`Value was left at a declared limit at ${named}${more}, ${said}`]
}

/** No amounts at all: a zero would say that there is nothing. */
function unreadOutcome({ method }: Outcome): Outcome {
  return { method, reached: [], total: [], fees: [] }
}
