import type { Knowledge } from '../../attribution/attribution.ts'
import { categoriesOf } from '../../attribution/attribution.ts'
import * as Protocol from '../../chain/bridge-protocol.ts'
import {
  type AccountColumns,
  type Columns,
  elsewhereOf,
  listBridgeEventsOf,
  NONE,
  timeOf,
  txidOf,
} from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import type * as Network from '../../model/network.ts'
import * as Trace from '../../trace/trace.ts'
import { ledgersOf } from '../ledger/ledgers.ts'
import type { Context } from '../operation.ts'
import { bridgesIn } from './bridge.ts'
import { answerOf, type WalkAnswer } from './trace-answer.ts'
import { notesOfCalls } from './unread-call.ts'

/** Where value left for another network or came from one, and its way there: nothing of it is in the own sums. */
export type CrossedAnswer = {
  readonly crossings?: readonly CrossingAnswer[]
  /** By network, nearest first: what came over by proven crossings, and where it lies. Each adds up by itself. */
  readonly onward?: readonly OnwardAnswer[]
}

export type CrossingAnswer = {
  /** The protocol; of an inferred crossing the bridge as the labels of both contracts identify it. */
  readonly protocol: string
  readonly name: string
  /** proven: told by both sides' events. told: by one side alone. inferred: two payments that fit. */
  readonly grade: 'proven' | 'told' | 'inferred'
  /** By which the protocol ties both sides; null: inferred. */
  readonly id: string | null
  /** Null: a backward trace, and not proven. */
  readonly paid: SideAnswer | null
  /** Null: a forward trace, and not proven. */
  readonly released: SideAnswer | null
  /** From the payment to the release. */
  readonly seconds: number | null
  /** Where to, as the sending side's event says: its word. */
  readonly destination: FarAnswer | null
  /** Backward alone: where from, as the receiving side's event says: its word; null: inferred. */
  readonly source?: FarAnswer | null
  /** Why the other side is not proven. */
  readonly why?: Trace.Unpaired
  /** By method (and `lowestBalance`): traced value that was paid in, and what it is of what was paid out. */
  readonly carried?: Readonly<Record<string, { readonly from: Amount.AmountJson; readonly to: Amount.AmountJson }>>
  /** What two inferred payments have in common besides the bridge and the asset: ours, docs/methods/trace.md. */
  readonly rule?: { readonly seconds: number; readonly leastShare: string }
}

type SideAnswer = Omit<Trace.CrossingSide, 'amount'> & { readonly amount: Amount.AmountJson }

/** The other network of a side. */
type FarAnswer = {
  /** The network by the protocol's own number. */
  readonly chain: string
  readonly network: Network.NetworkId | null
  readonly address: string | null
}

export type OnwardAnswer = WalkAnswer & {
  /** The crossings by which value came over. */
  readonly crossings: readonly { readonly protocol: string; readonly id: string }[]
}

/** Ledgers that are gone on to from one trace; beyond it crossings are told and not followed. */
const ONWARD_MAX = 12

/** One network's part of a trace: the first, or what came over by crossings. */
type Part = { readonly found: Trace.Trace; readonly columns: AccountColumns }

/** What left a trace's network over bridges, and the walks over other networks that go on from there. */
export type Crossed = {
  readonly crossings: readonly CrossingAnswer[]
  readonly onward: readonly Onward[]
  readonly notes: readonly string[]
}

type Onward = Part & { readonly crossings: OnwardAnswer['crossings'] }

type Arrival = { readonly entry: Trace.Entry; readonly event: Trace.Exit['event']; readonly columns: AccountColumns }

/** For who shows it: nothing where nothing left. */
export function crossedOver(walked: Walked): { readonly over: CrossedAnswer; readonly notes: readonly string[] } {
  const { crossings, onward, notes } = crossed(walked)
  const parts = onward.map(part => ({ ...answerOf(part.found), crossings: part.crossings }))
  const over = { ...(crossings.length === 0 ? {} : { crossings }), ...(parts.length === 0 ? {} : { onward: parts }) }
  return { over, notes }
}

/** A trace, the columns that its rows are of, and by what knowledge it was made. */
export type Walked = {
  readonly found: Trace.Trace
  readonly columns: Columns | undefined
  readonly knowledge: Knowledge
  readonly context: Context
}

export function crossed({ found, columns, knowledge: known, context }: Walked): Crossed {
  const crossings: CrossingAnswer[] = []
  const onward: Onward[] = []
  if (columns?.shape !== 'account') return { crossings, onward, notes: [] }
  const columnsOf = openLedgers(context)
  const waiting: Part[] = [{ found, columns }]
  let untold = 0
  let unsought = false
  for (const part of waiting) {
    const arrivals = (part.found.exits ?? []).flatMap(exit => cross(part, exit, known, context, columnsOf, crossings))
    const sought = inferredIn(part, known, context)
    if (sought === null) unsought = true
    crossings.push(...(sought ?? []))
    for (const [there, group] of Map.groupBy(arrivals, arrival => arrival.columns)) {
      if (onward.length === ONWARD_MAX) {
        untold += group.length
        continue
      }
      const next = goOn(part.found.declared, there, group, known, context)
      onward.push(next)
      waiting.push(next)
    }
  }
  return { crossings, onward, notes: [...(untold === 0 ? [] : [tooFar(untold)]), ...(unsought ? [UNSOUGHT] : [])] }
}

/** They are found by their times alone, and what lies there lies by accounts. */
const UNSOUGHT =
  'Crossings that no event of a bridge tells are not looked for where a ledger is in ClickHouse: value may go on there.'

function tooFar(count: number): string {
  return `${count} proven crossings are told and not followed: a trace goes on ${ONWARD_MAX} times at most.`
}

/** The ledgers of account chains, each opened once: what arrives on one network is gone on from together. */
function openLedgers(context: Context): (network: Network.NetworkId) => AccountColumns | undefined {
  const ledgers = ledgersOf(context)
  const opened = new Map<Network.NetworkId, AccountColumns | undefined>()
  return network => {
    if (!opened.has(network)) opened.set(network, accountsOf(ledgers.open(network)))
    return opened.get(network)
  }
}

/** What one exit is, written to the list; what comes over by it where it is proven. */
function cross(
  { columns }: Part,
  exit: Trace.Exit,
  known: Knowledge,
  { store }: Context,
  columnsOf: (network: Network.NetworkId) => AccountColumns | undefined,
  crossings: CrossingAnswer[],
): Arrival[] {
  const { event, row } = exit
  const { protocol, id } = event
  const near: Trace.OtherSide = { event, columns, row }
  const other = Trace.otherSideOf(columns, exit, listBridgeEventsOf(store, protocol, id), columnsOf, known)
  if (typeof other === 'string') {
    crossings.push({ ...told(near, null), grade: 'told', seconds: null, why: other })
    return []
  }
  const entry = Trace.carriedOver(columns, exit, other)
  const [sent, received] = event.side === 'sent' ? [near, other] : [other, near]
  const carried = [...exit.parcels].map(([method, parcel]) => {
    const [mine, its] = [part(columns, row, parcel), part(other.columns, other.row, entry.parcels.get(method)!)]
    const [from, to] = event.side === 'sent' ? [mine, its] : [its, mine]
    return [method === 'lowest' ? 'lowestBalance' : method, { from, to }]
  })
  const seconds = timeAt(received.columns, received.row) - timeAt(sent.columns, sent.row)
  crossings.push({ ...told(near, other), grade: 'proven', seconds, carried: Object.fromEntries(carried) })
  return [{ entry, event, columns: other.columns }]
}

/** Both sides of a crossing as far as they are known, from the one that the trace came to. */
function told(near: Trace.OtherSide, other: Trace.OtherSide | null) {
  const { protocol, side: own, id } = near.event
  const [sent, received] = own === 'sent' ? [near, other] : [other, near]
  return {
    ...{ protocol, name: Protocol.protocols[protocol].name, id },
    paid: sent === null ? null : side(Trace.sideOf(sent.columns, sent.row, 'from', sent.event.contract)),
    released:
      received === null ? null : side(Trace.sideOf(received.columns, received.row, 'to', received.event.contract)),
    destination: sent === null ? null : farOf(sent.event),
    ...(own === 'sent' ? {} : { source: farOf(near.event) }),
  }
}

function farOf({ protocol, farChain, farParty }: Trace.Exit['event']): FarAnswer {
  return { chain: farChain, network: Protocol.networkOf(protocol, farChain), address: farParty }
}

function goOn(
  declared: Trace.Declared,
  columns: AccountColumns,
  arrivals: readonly Arrival[],
  known: Knowledge,
  { store }: Context,
): Onward {
  const entries = arrivals.map(({ entry }) => entry)
  const { found, left } = Trace.onward(columns, known, declared, entries, bridgesIn(store, columns.network))
  const notes = left.map(one => noteOf(columns, declared, one))
  const crossings = arrivals.map(({ event: { protocol, id } }) => ({ protocol, id }))
  const all = [...found.notes, ...notes, ...notesOfCalls(store, columns.network)]
  return { found: { ...found, notes: all }, columns, crossings }
}

function noteOf(columns: AccountColumns, { direction }: Trace.Declared, { row, why }: Trace.Left): string {
  const { transfers, addresses } = columns
  const [verb, who, party] =
    direction === 'forward' ? ['came', 'payer', transfers.from[row]!] : ['left', 'payee', transfers.to[row]!]
  const because = {
    followed: () => `its ${who} ${addresses.format(party)} is`,
    window: () => 'it lies outside the declared window',
    twice: () => 'several crossings mean it',
  }
  return `What ${verb} by ${txidOf(columns, transfers.transaction[row]!)} is not followed: ${because[why]()}.`
}

/**
 * Where value that stopped at a bridge without an event that is read seems to have come out again (backward: in). Null:
 * not looked for.
 */
function inferredIn({ found, columns }: Part, known: Knowledge, context: Context): CrossingAnswer[] | null {
  const stops = Object.values(found.methods)
    .flatMap(outcome => outcome.reached)
    .filter(({ stoppedBecause, label }) => stoppedBecause === 'contract' && label !== null && isBridge(label))
  if (stops.length === 0) return []
  const ledgers = ledgersOf(context)
  const others = ledgers
    .networks()
    .filter(network => network !== found.network)
    .map(network => accountsOf(ledgers.open(network)))
    .filter(one => one !== undefined)
  if ([ledgers.open(found.network), ...others].some(one => one !== undefined && elsewhereOf(one) !== undefined))
    return null
  const told = new Set((found.exits ?? []).map(exit => exit.row))
  const from = Trace.sideAt(found.declared)
  const rows = new Set(stops.flatMap(stop => paymentsOf(columns, stop, from)).filter(row => !told.has(row)))
  return [...rows]
    .sort((a, b) => a - b)
    .map(row => Trace.crossingOf(columns, row, from, others, known))
    .filter(one => one !== null)
    .map(one => inferred(one, from))
}

function inferred(
  { paid, released, protocol, ...rest }: Trace.Crossing,
  from: Trace.Exit['event']['side'],
): CrossingAnswer {
  const rule = { seconds: Trace.CROSSING_RULE.seconds, leastShare: '0.99' }
  const sides = { paid: side(paid), released: side(released) }
  const source = from === 'sent' ? {} : { source: null }
  return { protocol, name: protocol, ...rest, id: null, ...sides, destination: null, ...source, rule }
}

function isBridge(label: NonNullable<Trace.Reached['label']>): boolean {
  return categoriesOf(label).includes('bridge')
}

function accountsOf(columns: Columns | undefined): AccountColumns | undefined {
  return columns?.shape === 'account' ? columns : undefined
}

/** The payments of a stop into its contract, or (a received side) out of it. */
function paymentsOf(
  columns: AccountColumns,
  { address, amount, transactions }: Trace.Reached,
  from: Trace.Exit['event']['side'],
): number[] {
  const contract = address === null ? undefined : columns.addresses.find(address)
  if (contract === undefined) return []
  return transactions
    .map(txid => Trace.findTransaction(columns, txid))
    .filter(transaction => transaction !== undefined)
    .map(transaction => Trace.paymentAt(columns, transaction, contract, amount.asset, from))
    .filter(row => row !== NONE)
}

function side(one: Trace.CrossingSide): SideAnswer {
  return { ...one, amount: Amount.toJson(one.amount) }
}

function part({ transfers, assets }: AccountColumns, row: number, parcel: Trace.Parcel): Amount.AmountJson {
  return Amount.toJson({ asset: assets[transfers.asset[row]!]!, units: Trace.taintOf(parcel) })
}

function timeAt(columns: AccountColumns, row: number): number {
  return timeOf(columns, columns.transfers.transaction[row]!)
}
