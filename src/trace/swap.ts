import { type AccountColumns, NONE } from '../ledger/ledger.ts'
import { FEE } from './account-walk.ts'
import type { Parcel, Piece } from './purse.ts'

/**
 * A swap as one linked edge: an account pays one asset into a contract that is known to exchange, and the same
 * transaction pays it exactly one other asset afterwards. Both legs are events of the protocol; anything less paired
 * (two payments in, a refund in the same asset, a bridge's far side) is not taken for a swap and stops there.
 */
export function paidBack({ transactions, transfers }: AccountColumns, row: number): number {
  const transaction = transfers.transaction[row]!
  return backAmong(
    transfers,
    row,
    transactions.firstTransfer[transaction]!,
    transactions.firstTransfer[transaction + 1]!,
  )
}

/**
 * The rows of a walk, ascending, with each that pays a swap back after the one that pays it in: calls are numbered from
 * the beginning of their transaction and events from that of the block, so that a call that came later may stand first.
 */
export function inOrderOfSwaps(
  columns: AccountColumns,
  rows: Uint32Array,
  accounts: ReadonlySet<number>,
  isSwap: (account: number) => boolean,
): Uint32Array {
  const { from, to } = columns.transfers
  const after = new Map<number, number>()
  for (const row of rows) {
    // Labels last: there is one of them to look up for every address.
    if (!accounts.has(from[row]!)) continue
    const back = paidBack(columns, row)
    if (back !== NONE && back < row && isSwap(to[row]!)) after.set(row, back)
  }
  if (after.size === 0) return rows
  const moved = new Set(after.values())
  return Uint32Array.from(
    [...rows].flatMap(row => (moved.has(row) ? [] : after.has(row) ? [row, after.get(row)!] : [row])),
  )
}

/** Rows of one transaction: those that touch the payer suffice. */
export type SwapRows = Readonly<Record<'from' | 'to' | 'asset' | 'kind' | 'moves', ArrayLike<number>>>

/** The row that pays back what `row` paid in, among the rows of its transaction from `first` up to `end`. */
export function backAmong(transfers: SwapRows, row: number, first: number, end: number): number {
  const { from, to, asset, kind, moves } = transfers
  const account = from[row]!
  if (account === NONE) return NONE
  let back = NONE
  for (let at = first; at < end; at++) {
    if (at === row || moves[at] === 0 || kind[at] === FEE) continue
    if (from[at] === account) return NONE
    if (to[at] !== account) continue
    // Events have an order, and calls have one; between the two none is told.
    const isBefore = at < row && kind[at] === kind[row]
    if (back !== NONE || isBefore || asset[at] === asset[row]) return NONE
    back = at
  }
  return back
}

/**
 * What was paid in (`given` units), as what was paid back or out (`got` units): each boundary between pieces moves to
 * its share of the other amount, rounded down, so that the order of units is kept and the pieces fill it exactly.
 */
export function convert(parcel: Parcel, given: bigint, got: bigint): Parcel {
  const pieces: Piece[] = []
  let [sum, done] = [0n, 0n]
  for (const { units, hops } of parcel) {
    sum += units
    const edge = (got * sum) / given
    if (edge > done) pieces.push({ units: edge - done, hops })
    done = edge
  }
  return pieces
}
