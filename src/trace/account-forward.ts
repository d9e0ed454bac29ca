import { type AccountColumns, elsewhereOf, NONE, unitsOf } from '../ledger/ledger.ts'
import { type AccountWalk, FEE } from './account-walk.ts'
import type { Book } from './book.ts'
import { type Cabinet, createCabinet } from './cabinet.ts'
import { minUnits } from './declaration.ts'
import { STOPS, type Stop } from './outcome.ts'
import { createPurse, hopsOf, type Parcel, remark, type Spending, taintOf } from './purse.ts'
import { convert, paidBack } from './swap.ts'

/**
 * The sweep over an account chain, forward: transfers in ledger order, a purse per account and asset. Whatever enters
 * the origin is tainted whole; where an account pays more than it was seen to hold, the difference is a lot that was
 * not read, spent first (the origin's own counts as entered).
 */
export function follow(walk: AccountWalk, method: Spending, book: Book): void {
  const sweep = createSweep(walk, method, book)
  const { transactions, transfers } = walk.columns
  const { from, to } = walk.declared
  for (let i = 0; i < walk.rows.length; i++) {
    const time = transactions.time[transfers.transaction[walk.rows[i]!]!]!
    if (to !== null && time > to) break
    if (!sweep.begun && (from === null || time >= from)) begin(sweep)
    if (!isPlain(sweep, i) || !sweep.cabinet.pass(i)) move(sweep, i)
  }
  if (!sweep.begun) begin(sweep)
  settle(sweep)
}

type Sweep = {
  readonly walk: AccountWalk
  readonly method: Spending
  readonly book: Book
  readonly cabinet: Cabinet
  readonly min: readonly bigint[]
  /** By row: what a swap pays back, of what was paid into it. */
  readonly swapped: Map<number, Parcel>
  /** Whether the declared window has begun: before it nothing is tainted. */
  begun: boolean
}

function createSweep(walk: AccountWalk, method: Spending, book: Book): Sweep {
  const min = walk.columns.assets.map(asset => minUnits(walk.declared, asset))
  return { walk, method, book, cabinet: createCabinet(walk, method), min, swapped: new Map(), begun: false }
}

/** The origin's holdings when the window begins count as entered. */
function begin(sweep: Sweep): void {
  sweep.begun = true
  const { cabinet } = sweep
  const { assets } = sweep.walk.columns
  for (const account of sweep.walk.origin.addresses) {
    for (let asset = 0; asset < assets.length; asset++) {
      const slot = cabinet.slots.of(account, asset)
      const { balance } = slot < 0 ? NOTHING : cabinet.purse(slot)
      if (balance === 0n) continue
      sweep.book.enter(asset, balance)
      const fresh = createPurse(sweep.method)
      fresh.receive([{ units: balance, hops: 0 }])
      cabinet.replace(slot, fresh)
    }
  }
}

const NOTHING = { balance: 0n }

/** Whether the transfer is between purses alone: it touches neither the origin, nor a swap or bridge that was taken. */
function isPlain({ walk, begun, swapped }: Sweep, i: number): boolean {
  const row = walk.rows[i]!
  if (swapped.size > 0 && swapped.has(row)) return false
  if (walk.entries.size > 0 && walk.entries.has(row)) return false
  if (!begun) return true
  const { from, to } = walk.columns.transfers
  const { addresses, outpoints } = walk.origin
  return !addresses.has(from[row]!) && !addresses.has(to[row]!) && !(outpoints.size > 0 && outpoints.has(row))
}

function move(sweep: Sweep, i: number): void {
  const row = sweep.walk.rows[i]!
  const { transfers } = sweep.walk.columns
  const asset = transfers.asset[row]!
  const units = unitsOf(transfers.units, row)
  const parcel = entered(sweep, row) ?? sweep.swapped.get(row) ?? take(sweep, i, units)
  if (transfers.kind[row] === FEE) sweep.book.fee(asset, taintOf(parcel))
  else arrive(sweep, i, parcel, units)
}

/** What arrives from another network, by a payment of the bridge: it enters here. */
function entered({ walk, method, book }: Sweep, row: number): Parcel | undefined {
  const parcel = walk.entries.get(row)?.get(method)
  if (parcel !== undefined) book.enter(walk.columns.transfers.asset[row]!, taintOf(parcel))
  return parcel
}

/** What an account pays: clean where its history was not read. */
function take({ cabinet, walk, begun, book, method }: Sweep, i: number, units: bigint): Parcel {
  const slot = cabinet.slots.payer[i]!
  if (slot < 0) return [{ units, hops: -1 }]
  const purse = cabinet.purse(slot)
  if (purse.balance >= units) return purse.pay(units)
  const missing = units - purse.balance
  const own = begun && walk.origin.addresses.has(cabinet.slots.account[slot]!)
  if (own) book.enter(cabinet.slots.asset[slot]!, missing)
  if (method === 'fifo' || method === 'lifo') {
    return [{ units: missing, hops: own ? 0 : -1 }, ...purse.pay(purse.balance)]
  }
  purse.receive([{ units: missing, hops: own ? 0 : -1 }])
  return purse.pay(units)
}

function arrive(sweep: Sweep, i: number, parcel: Parcel, units: bigint): void {
  const { walk, book } = sweep
  const row = walk.rows[i]!
  const [account, asset] = [walk.columns.transfers.to[row]!, walk.columns.transfers.asset[row]!]
  const taint = taintOf(parcel)
  if (sweep.begun && (walk.origin.addresses.has(account) || walk.origin.outpoints.has(row))) {
    book.enter(asset, units - taint)
    if (taint > 0n) book.move(row, taint, hopsOf(parcel) + 1)
    if (!walk.origin.addresses.has(account) && walk.exits.at(row) !== null) leave(sweep, row, units)
    else if (walk.accounts.has(account)) give(sweep, i, [{ units, hops: 0 }])
    else book.stop(account, asset, account === NONE ? 'burned' : 'limit', units, 0, row)
    return
  }
  const hops = hopsOf(parcel) + 1
  if (taint > 0n) book.move(row, taint, hops)
  const told = taint === 0n ? null : stopAt(sweep, row, account, asset, taint, hops)
  const isExit = taint > 0n && told !== 'mixer' && told !== 'service' && walk.exits.at(row) !== null
  const stop = isExit ? 'contract' : told
  if (stop === null) {
    give(sweep, i, taint === 0n ? parcel : remark(parcel, hops))
    return
  }
  if (isExit) book.leave(row, remark(parcel, hops))
  if (stop !== 'contract' || isExit || !swap(sweep, row, account, parcel))
    book.stop(account, asset, stop, taint, hops, row)
  give(sweep, i, remark(parcel, -1))
}

/** A payment into a bridge that is the origin itself. */
function leave({ walk, book }: Sweep, row: number, units: bigint): void {
  const { to, asset } = walk.columns.transfers
  book.leave(row, [{ units, hops: 0 }])
  book.stop(to[row]!, asset[row]!, 'contract', units, 0, row)
}

/** Follows value through a contract that pays back in the same transaction; false where nothing is paired. */
function swap({ walk, book, swapped }: Sweep, row: number, contract: number, parcel: Parcel): boolean {
  const { columns, accounts, labels } = walk
  const payer = columns.transfers.from[row]!
  if (!labels.isSwap(contract) || !accounts.has(payer)) return false
  const back = paidBack(columns, row)
  // Whoever pays back must not be followed itself: its own taint would be lost.
  if (back === NONE || accounts.has(columns.transfers.from[back]!)) return false
  const { units } = columns.transfers
  const other = convert(parcel, unitsOf(units, row), unitsOf(units, back))
  swapped.set(back, other)
  book.convert(row, back, taintOf(parcel), taintOf(other))
  return true
}

/** Why value that arrives at an account is not followed through it, or null. */
function stopAt(sweep: Sweep, row: number, account: number, asset: number, taint: bigint, hops: number): Stop | null {
  const { walk } = sweep
  if (account === NONE || isBurn(walk.columns, account)) return 'burned'
  const label = walk.labels.stopOf(account)
  if (label !== 0) return STOPS[label]!
  const horizon = walk.declared.hops !== null && hops >= walk.declared.hops
  const read = walk.accounts.has(account)
  if (read && !horizon && taint >= sweep.min[asset]!) return null
  if (lastOutOf(sweep, account, asset) <= row) return 'unspent'
  return horizon ? 'horizon' : read ? 'min' : 'limit'
}

/** What is still tainted at the end lies where it is; spent later than the window ends, it stopped by time. */
function settle(sweep: Sweep): void {
  const { walk, book } = sweep
  const { slots } = sweep.cabinet
  const end = walk.declared.to === null ? NONE : firstRowAfter(walk, walk.declared.to)
  for (const [slot, purse] of sweep.cabinet.purses()) {
    const later = slots.lastOut[slot]! >= end
    book.stop(slots.account[slot]!, slots.asset[slot]!, later ? 'time' : 'unspent', purse.taint, purse.hops)
  }
}

function give({ cabinet }: Sweep, i: number, parcel: Parcel): void {
  const slot = cabinet.slots.payee[i]!
  if (slot >= 0) cabinet.purse(slot).receive(parcel)
}

/** Row of the account's last payment of the asset, −1: none. An account that was not read is looked up. */
function lastOutOf(sweep: Sweep, account: number, asset: number): number {
  const { columns, accounts } = sweep.walk
  const { slots } = sweep.cabinet
  if (accounts.has(account)) return slots.lastOut[slots.of(account, asset)] ?? -1
  const far = elsewhereOf(columns)
  if (far !== undefined) return far.lastPayment(account, asset)
  const { transfers, transactions } = columns
  let last = -1
  for (const transaction of columns.addresses.transactionsOf(account)) {
    const end = transactions.firstTransfer[transaction + 1]!
    for (let row = transactions.firstTransfer[transaction]!; row < end; row++) {
      if (transfers.from[row] === account && transfers.asset[row] === asset && transfers.moves[row] === 1) last = row
    }
  }
  return last
}

function firstRowAfter({ columns, rows }: AccountWalk, time: number): number {
  for (const row of rows) if (columns.transactions.time[columns.transfers.transaction[row]!]! > time) return row
  return NONE
}

/** Addresses of which nobody can hold the key: the zero account, and its well-known stand-in on EVM networks. */
function isBurn(columns: AccountColumns, account: number): boolean {
  return BURNS.has(columns.addresses.format(account))
}

const BURNS: ReadonlySet<string> = new Set([
  '0x0000000000000000000000000000000000000000',
  '0x000000000000000000000000000000000000dead',
  'T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb',
])
