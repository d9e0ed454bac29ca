import { NONE, unitsOf } from '../ledger/ledger.ts'
import { type AccountWalk, FEE } from './account-walk.ts'
import type { Book } from './book.ts'
import { minUnits } from './declaration.ts'
import type { Method } from './method.ts'
import { STOPS } from './outcome.ts'
import { hopsOf, type Parcel, type Piece, taintOf } from './purse.ts'
import { type Sources, type Span, sourcesOf } from './source.ts'

/**
 * The sweep over an account chain, backward: transfers in reverse ledger order. Every transfer into the origin is
 * asked for whole; what a transfer is asked for is asked of what its sender held then, by the mirror of each method
 * (docs/methods/trace.md), and what the origin is asked for itself is taken off its value. What a bridge paid out is
 * asked for on the network where it was paid in, and of nobody here.
 */
export function followBack(walk: AccountWalk, method: Method, book: Book): void {
  const sweep = createSweep(walk, method, book)
  for (let i = walk.rows.length - 1; i >= 0; i--) {
    const row = walk.rows[i]!
    collect(sweep, row)
    seed(sweep, row)
    answerFor(sweep, row)
  }
}

type Demand = { spans: Span[]; hops: number }

type Sweep = {
  readonly walk: AccountWalk
  readonly method: Method
  readonly book: Book
  readonly sources: Sources
  /** What each transfer is asked for. */
  readonly demands: Map<number, Demand>
  /** By account and asset, what is asked of its balance: the methods without order. */
  readonly pools: Map<number, { units: bigint; hops: number }>
  readonly min: readonly bigint[]
}

function createSweep(walk: AccountWalk, method: Method, book: Book): Sweep {
  const min = walk.columns.assets.map(asset => minUnits(walk.declared, asset))
  const sources = sourcesOf(walk, method === 'lifo' ? 'lifo' : 'fifo')
  return { walk, method, book, sources, demands: new Map(), pools: new Map(), min }
}

/** A transfer into the origin, inside the window, is asked for whole; one into a bridge for what is traced of it. */
function seed(sweep: Sweep, row: number): void {
  const carried = sweep.walk.entries.get(row)?.get(sweep.method)
  if (carried !== undefined && taintOf(carried) > 0n) {
    sweep.book.enter(sweep.walk.columns.transfers.asset[row]!, taintOf(carried))
    sweep.demands.set(row, { spans: spansOf(carried), hops: hopsOf(carried) })
    return
  }
  const { columns, origin } = sweep.walk
  const { to, from, asset, kind, units } = columns.transfers
  const own = origin.addresses.has(to[row]!) || origin.outpoints.has(row)
  if (!own || kind[row] === FEE || !entersInWindow(sweep, row)) return
  const whole = unitsOf(units, row)
  const asked = sizeOf(sweep.demands.get(row)?.spans ?? [])
  if (sweep.method === 'poison' && origin.addresses.has(from[row]!)) return
  sweep.book.enter(asset[row]!, whole - asked)
  sweep.demands.set(row, { spans: [[0n, whole]], hops: 0 })
}

/** Decides what becomes of what a transfer is asked for: it stops at the sender, or is asked of the sender's funds. */
function answerFor(sweep: Sweep, row: number): void {
  const { walk, book, demands, method } = sweep
  const { from, asset: assets } = walk.columns.transfers
  const [sender, asset] = [from[row]!, assets[row]!]
  const missing = sweep.sources.missing.get(row) ?? 0n
  const demand = demands.get(row)
  if (walk.origin.addresses.has(sender)) {
    if (demand !== undefined && method !== 'poison') book.enter(asset, -sizeOf(demand.spans))
    if (missing > 0n && entersInWindow(sweep, row)) {
      book.enter(asset, missing)
      book.stop(sender, asset, 'unread', missing, 0, row)
    }
    demands.delete(row)
    return
  }
  if (demand === undefined) {
    if (method === 'poison') touchMissing(sweep, sender, asset, missing)
    return
  }
  const [size, hops] = [sizeOf(demand.spans), demand.hops + 1]
  if (size > 0n) book.move(row, size, hops)
  const told = stopAt(sweep, sender, asset, size, hops)
  const isExit = size > 0n && told !== 'mixer' && told !== 'service' && walk.exits.at(row) !== null
  const stop = isExit ? 'contract' : told
  if (stop !== null) {
    demands.delete(row)
    if (isExit) book.leave(row, parcelOf(demand.spans, unitsOf(walk.columns.transfers.units, row), hops))
    book.stop(sender, asset, stop, size, hops, row)
  } else if (method === 'fifo' || method === 'lifo') askLots(sweep, row, { spans: demand.spans, hops })
  else askPool(sweep, row, size, hops, missing)
}

function stopAt(sweep: Sweep, sender: number, asset: number, size: bigint, hops: number) {
  const { walk } = sweep
  if (sender === NONE) return 'unread'
  const label = walk.labels.stopOf(sender)
  if (label !== 0) return STOPS[label]!
  if (walk.declared.hops !== null && hops >= walk.declared.hops) return 'horizon'
  if (!walk.accounts.has(sender)) return 'limit'
  return size < sweep.min[asset]! ? 'min' : null
}

/** FIFO and LIFO: each asked unit names the unit that it was when it arrived. */
function askLots(sweep: Sweep, row: number, demand: Demand): void {
  const { from, asset } = sweep.walk.columns.transfers
  for (const part of sweep.sources.trace(row, demand.spans)) {
    if (part.row === null) sweep.book.stop(from[row]!, asset[row]!, 'unread', part.end - part.start, demand.hops, row)
    else ask(sweep, part.row, [[part.start, part.end]], demand.hops)
  }
}

/** The others: the balance as a whole is asked; the part that was never seen to arrive answers first. */
function askPool(sweep: Sweep, row: number, size: bigint, hops: number, missing: bigint): void {
  const { transfers } = sweep.walk.columns
  const [sender, asset] = [transfers.from[row]!, transfers.asset[row]!]
  const units = unitsOf(transfers.units, row)
  const pool = poolOf(sweep, sender, asset)
  pool.units += size
  pool.hops = Math.min(pool.hops, hops)
  const unread = sharePool(sweep.method, pool.units, missing, units)
  if (unread === 0n) return
  sweep.book.stop(sender, asset, 'unread', unread, pool.hops, row)
  if (sweep.method !== 'poison') pool.units -= unread
  if (pool.units === 0n) pool.hops = Number.POSITIVE_INFINITY
}

/** Poison: what a touched account paid out before, and was never seen to receive, is touched too. */
function touchMissing(sweep: Sweep, sender: number, asset: number, missing: bigint): void {
  const pool = sweep.pools.get(sender * sweep.walk.columns.assets.length + asset)
  if (pool !== undefined && pool.units > 0n) sweep.book.stop(sender, asset, 'unread', missing, pool.hops)
}

/** What a transfer brought to an account that is asked for something. */
function collect(sweep: Sweep, row: number): void {
  const { columns } = sweep.walk
  const { to, asset, kind } = columns.transfers
  const pool = sweep.pools.get(to[row]! * columns.assets.length + asset[row]!)
  if (pool === undefined || pool.units === 0n || kind[row] === FEE) return
  const units = unitsOf(columns.transfers.units, row)
  const share = sharePool(sweep.method, pool.units, units, sweep.sources.balances.get(row)!)
  if (share === 0n) return
  if (sweep.method !== 'poison') pool.units -= share
  ask(sweep, row, [[0n, share]], pool.hops)
  if (pool.units === 0n) pool.hops = Number.POSITIVE_INFINITY
}

/** What `units` of a balance answer for, of what is asked of it. */
function sharePool(method: Method, asked: bigint, units: bigint, balance: bigint): bigint {
  if (method === 'poison') return units
  if (method === 'tiho') return asked < units ? asked : units
  return units === balance ? asked : (asked * units) / balance
}

/** Asks a transfer for units, unless it lies before the window: then they stop at the account that it paid. */
function ask(sweep: Sweep, row: number, spans: Span[], hops: number): void {
  const { columns, declared } = sweep.walk
  const { transaction, to, asset } = columns.transfers
  if (declared.from !== null && columns.transactions.time[transaction[row]!]! < declared.from) {
    sweep.book.stop(to[row]!, asset[row]!, 'time', sizeOf(spans), hops, row)
    return
  }
  const known = sweep.demands.get(row)
  if (known === undefined) sweep.demands.set(row, { spans, hops })
  else {
    known.spans.push(...spans)
    known.hops = Math.min(known.hops, hops)
  }
}

function entersInWindow({ walk }: Sweep, row: number): boolean {
  const time = walk.columns.transactions.time[walk.columns.transfers.transaction[row]!]!
  const { from, to } = walk.declared
  return (from === null || time >= from) && (to === null || time <= to)
}

function poolOf(sweep: Sweep, account: number, asset: number): { units: bigint; hops: number } {
  const key = account * sweep.walk.columns.assets.length + asset
  const known = sweep.pools.get(key)
  if (known !== undefined) return known
  const fresh = { units: 0n, hops: Number.POSITIVE_INFINITY }
  sweep.pools.set(key, fresh)
  return fresh
}

/** All units of a transfer in their order, those that are asked for at their distance. */
function parcelOf(spans: readonly Span[], units: bigint, hops: number): Parcel {
  const pieces: Piece[] = []
  let done = 0n
  for (const [start, end] of spans.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (start > done) pieces.push({ units: start - done, hops: -1 })
    if (end > start) pieces.push({ units: end - start, hops })
    done = end
  }
  return done < units ? [...pieces, { units: units - done, hops: -1 }] : pieces
}

/** The places of the traced pieces of a transfer. */
function spansOf(parcel: Parcel): Span[] {
  const spans: Span[] = []
  let start = 0n
  for (const { units, hops } of parcel) {
    if (hops >= 0) spans.push([start, start + units])
    start += units
  }
  return spans
}

function sizeOf(spans: readonly Span[]): bigint {
  let size = 0n
  for (const [start, end] of spans) size += end - start
  return size
}
