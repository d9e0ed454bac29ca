import { type AccountColumns, NONE, unitsOf } from '../ledger/ledger.ts'
import { FEE } from './account-walk.ts'
import type { Parcel, Piece } from './purse.ts'

/**
 * A swap as one linked edge: an account pays one asset into a contract that is known to exchange, and the same
 * transaction pays it exactly one other asset afterwards. Both legs are events of the protocol; anything less paired
 * (two payments in, a refund in the same asset, a bridge's far side) is not taken for a swap: "contract not decoded".
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
    if (back !== NONE || at < row || asset[at] === asset[row]) return NONE
    back = at
  }
  return back
}

/**
 * What was paid in, as what was paid back: each boundary between pieces moves to its share of the other amount, rounded
 * down, so that the order of units is kept and the pieces fill it exactly.
 */
export function convert({ transfers }: AccountColumns, parcel: Parcel, row: number, back: number): Parcel {
  const [given, got] = [unitsOf(transfers.units, row), unitsOf(transfers.units, back)]
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
