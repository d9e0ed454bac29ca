import type { Knowledge } from '../../attribution/attribution.ts'
import { categoriesOf } from '../../attribution/attribution.ts'
import * as Protocol from '../../chain/bridge-protocol.ts'
import {
  type AccountColumns,
  type Columns,
  listBridgeEventsOf,
  NONE,
  networksOf,
  openColumns,
  timeOf,
  txidOf,
} from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import type * as Network from '../../model/network.ts'
import * as Trace from '../../trace/trace.ts'
import type { Context } from '../operation.ts'
import { bridgesIn } from './bridge.ts'
import { answerOf, type WalkAnswer } from './trace-answer.ts'
import { notesOfCalls } from './unread-call.ts'

/** Where value left for another network, and where it went on there: nothing of it is in the trace's own sums. */
export type CrossedAnswer = {
  readonly crossings?: readonly CrossingAnswer[]
  /** By network, nearest first: what entered by proven crossings, and where it lies. Each adds up by itself. */
  readonly onward?: readonly OnwardAnswer[]
}

export type CrossingAnswer = {
  /** The protocol; of an inferred crossing the bridge as the labels of both contracts identify it. */
  readonly protocol: string
  readonly name: string
  /** proven: told by both sides' events. told: by the sending side alone. inferred: two payments that fit. */
  readonly grade: 'proven' | 'told' | 'inferred'
  /** By which the protocol ties both sides; null: inferred. */
  readonly id: string | null
  readonly paid: SideAnswer
  /** Null: not proven. */
  readonly released: SideAnswer | null
  /** From the payment to the release. */
  readonly seconds: number | null
  /** Where to, as the sending side's event says: its word. */
  readonly destination: DestinationAnswer | null
  /** Why the other side is not proven. */
  readonly why?: Trace.Unpaired
  /** By method: traced value that was paid in, and what it is of what was paid out. */
  readonly carried?: Readonly<Record<string, { readonly from: Amount.AmountJson; readonly to: Amount.AmountJson }>>
  /** What two inferred payments have in common besides the bridge and the asset: ours, docs/methods/trace.md. */
  readonly rule?: { readonly seconds: number; readonly leastShare: string }
}

type SideAnswer = Omit<Trace.CrossingSide, 'amount'> & { readonly amount: Amount.AmountJson }

type DestinationAnswer = {
  /** The network by the protocol's own number. */
  readonly chain: string
  readonly network: Network.NetworkId | null
  readonly address: string | null
}

export type OnwardAnswer = WalkAnswer & {
  /** The crossings by which value entered. */
  readonly crossings: readonly { readonly protocol: string; readonly id: string }[]
}

/** Ledgers that are gone on to from one trace; beyond it crossings are told and not followed. */
const ONWARD_MAX = 12

/** One network's part of a trace: the first, or what entered another by crossings. */
type Part = { readonly found: Trace.Trace; readonly columns: AccountColumns }

/** What left a trace's network over bridges, and the walks over other networks that go on from there. */
export type Crossed = { readonly crossings: readonly CrossingAnswer[]; readonly onward: readonly Onward[] }

type Onward = Part & { readonly crossings: OnwardAnswer['crossings'] }

type Arrival = { readonly entry: Trace.Entry; readonly event: Trace.Exit['event']; readonly columns: AccountColumns }

/** For who shows it: nothing where nothing left. */
export function crossedOver(found: Trace.Trace, known: Knowledge, context: Context): CrossedAnswer {
  const { crossings, onward } = crossed(found, known, context)
  const parts = onward.map(part => ({ ...answerOf(part.found), crossings: part.crossings }))
  return { ...(crossings.length === 0 ? {} : { crossings }), ...(parts.length === 0 ? {} : { onward: parts }) }
}

export function crossed(found: Trace.Trace, known: Knowledge, context: Context): Crossed {
  const columns = openColumns(context.store, found.network)
  const crossings: CrossingAnswer[] = []
  const onward: Onward[] = []
  if (found.declared.direction !== 'forward' || columns?.shape !== 'account') return { crossings, onward }
  const columnsOf = openLedgers(context)
  const waiting: Part[] = [{ found, columns }]
  for (const part of waiting) {
    const arrivals = (part.found.exits ?? []).flatMap(exit => cross(part, exit, known, context, columnsOf, crossings))
    crossings.push(...inferredIn(part, known, context))
    for (const [there, group] of Map.groupBy(arrivals, arrival => arrival.columns)) {
      if (onward.length === ONWARD_MAX) break
      const next = goOn(part.found.declared, there, group, known, context)
      onward.push(next)
      waiting.push(next)
    }
  }
  return { crossings, onward }
}

/** The ledgers of account chains, each opened once: what arrives on one network is gone on from together. */
function openLedgers({ store }: Context): (network: Network.NetworkId) => AccountColumns | undefined {
  const opened = new Map<Network.NetworkId, AccountColumns | undefined>()
  return network => {
    if (!opened.has(network)) opened.set(network, accountsOf(openColumns(store, network)))
    return opened.get(network)
  }
}

/** What one exit is, written to the list; what arrives by it where it is proven. */
function cross(
  { columns }: Part,
  exit: Trace.Exit,
  known: Knowledge,
  { store }: Context,
  columnsOf: (network: Network.NetworkId) => AccountColumns | undefined,
  crossings: CrossingAnswer[],
): Arrival[] {
  const { event, row } = exit
  const { protocol, id, farChain, farParty } = event
  const { name } = Protocol.protocols[protocol]
  const paid = side(Trace.sideOf(columns, row, 'from', event.contract))
  const destination = { chain: farChain, network: Protocol.networkOf(protocol, farChain), address: farParty }
  const base = { protocol, name, id, paid, destination }
  const other = Trace.otherSideOf(columns, exit, listBridgeEventsOf(store, protocol, id), columnsOf, known)
  if (typeof other === 'string') {
    crossings.push({ ...base, grade: 'told', released: null, seconds: null, why: other })
    return []
  }
  const entry = Trace.carriedOver(columns, exit, other)
  const carried = [...exit.parcels].map(([method, parcel]) => [
    method,
    { from: part(columns, row, parcel), to: part(other.columns, other.row, entry.parcels.get(method)!) },
  ])
  const released = side(Trace.sideOf(other.columns, other.row, 'to', other.received.contract))
  const seconds = timeAt(other.columns, other.row) - timeAt(columns, row)
  crossings.push({ ...base, grade: 'proven', released, seconds, carried: Object.fromEntries(carried) })
  return [{ entry, event, columns: other.columns }]
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
  const notes = left.map(({ row }) => {
    const { transfers, addresses } = columns
    const payer = addresses.format(transfers.from[row]!)
    return `What came by ${txidOf(columns, transfers.transaction[row]!)} is not followed: its payer ${payer} is.`
  })
  const crossings = arrivals.map(({ event: { protocol, id } }) => ({ protocol, id }))
  const all = [...found.notes, ...notes, ...notesOfCalls(store, columns.network)]
  return { found: { ...found, notes: all }, columns, crossings }
}

/** Where value that stopped at a bridge without an event that is read seems to have come out again. */
function inferredIn({ found, columns }: Part, known: Knowledge, { store }: Context): CrossingAnswer[] {
  const stops = Object.values(found.methods)
    .flatMap(outcome => outcome.reached)
    .filter(({ stoppedBecause, label }) => stoppedBecause === 'contract' && label !== null && isBridge(label))
  if (stops.length === 0) return []
  const others = networksOf(store)
    .filter(network => network !== found.network)
    .map(network => accountsOf(openColumns(store, network)))
    .filter(one => one !== undefined)
  const told = new Set((found.exits ?? []).map(exit => exit.row))
  const rows = new Set(stops.flatMap(stop => paymentsOf(columns, stop)).filter(row => !told.has(row)))
  return [...rows]
    .sort((a, b) => a - b)
    .map(row => Trace.crossingOf(columns, row, others, known))
    .filter(one => one !== null)
    .map(inferred)
}

function inferred({ paid, released, protocol, ...rest }: Trace.Crossing): CrossingAnswer {
  const rule = { seconds: Trace.CROSSING_RULE.seconds, leastShare: '0.99' }
  const sides = { paid: side(paid), released: side(released) }
  return { protocol, name: protocol, ...rest, id: null, ...sides, destination: null, rule }
}

function isBridge(label: NonNullable<Trace.Reached['label']>): boolean {
  return categoriesOf(label).includes('bridge')
}

function accountsOf(columns: Columns | undefined): AccountColumns | undefined {
  return columns?.shape === 'account' ? columns : undefined
}

function paymentsOf(columns: AccountColumns, { address, amount, transactions }: Trace.Reached): number[] {
  const to = address === null ? undefined : columns.addresses.find(address)
  if (to === undefined) return []
  return transactions
    .map(txid => Trace.findTransaction(columns, txid))
    .filter(transaction => transaction !== undefined)
    .map(transaction => Trace.paymentIn(columns, transaction, to, amount.asset))
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
