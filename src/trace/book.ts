import { NONE, txidOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import type { AccountWalk } from './account-walk.ts'
import { type Conversion, codeOf, type Outcome, type Reached, type Stop } from './outcome.ts'
import type { Parcel } from './purse.ts'

/** Where a sweep over an account chain writes what it found: per account, asset and reason. */
export type Book = {
  /** Value that entered the origin from outside; negative: it was counted and came from the origin itself. */
  enter(asset: number, units: bigint): void
  fee(asset: number, units: bigint): void
  /** Value that stopped at an account (NONE: nowhere), so far from the origin; `transfer` brought it there. */
  stop(account: number, asset: number, stop: Stop, units: bigint, hops: number, transfer?: number): void
  /** Tainted units that a swap turned into units of another asset: the transfer in, and the one that pays back. */
  convert(row: number, back: number, given: bigint, got: bigint): void
  /** Traced units that a transfer moved, so far from the origin. */
  move(row: number, units: bigint, hops: number): void
  /** What a transfer paid into a bridge, which told where to. */
  leave(row: number, parcel: Parcel): void
  close(): Omit<Outcome, 'method'>
}

export function createBook(
  { columns, labels }: Pick<AccountWalk, 'columns' | 'labels'>,
  told: Partial<Pick<Book, 'move' | 'leave'>> = {},
): Book {
  const totals = new Map<number, bigint>()
  const fees = new Map<number, bigint>()
  const stops = new Map<string, Row>()
  const converted: Conversion[] = []
  const amount = (asset: number, units: bigint): Amount => ({ asset: columns.assets[asset]!, units })
  return {
    move: told.move ?? (() => {}),
    leave: told.leave ?? (() => {}),
    enter: (asset, units) => add(totals, asset, units),
    fee: (asset, units) => {
      if (units > 0n) add(fees, asset, units)
    },
    stop(account, asset, stop, units, hops, transfer) {
      if (units === 0n) return
      const key = `${account} ${asset} ${stop}`
      const row = stops.get(key) ?? { account, asset, stop, units: 0n, hops, transfers: new Set<number>() }
      row.units += units
      row.hops = Math.min(row.hops, hops)
      if (transfer !== undefined && row.transfers.size < TRANSACTIONS_SHOWN) row.transfers.add(transfer)
      stops.set(key, row)
    },
    convert(row, back, given, got) {
      const { from, to, asset, transaction } = columns.transfers
      converted.push({
        txid: txidOf(columns, transaction[row]!),
        address: columns.addresses.format(from[row]!),
        contract: columns.addresses.format(to[row]!),
        from: amount(asset[row]!, given),
        to: amount(asset[back]!, got),
      })
    },
    close() {
      const list = (sums: Map<number, bigint>) =>
        [...sums].sort(([a], [b]) => a - b).map(([asset, units]) => amount(asset, units))
      for (const asset of totals.keys()) if (!fees.has(asset)) fees.set(asset, 0n)
      const rows = [...stops.values()].sort(compareRows)
      const reached = rows.map(
        ({ account, asset, stop, units, hops, transfers }): Reached => ({
          address: account === NONE ? null : columns.addresses.format(account),
          outpoint: null,
          amount: amount(asset, units),
          hops,
          stoppedBecause: stop,
          label: labels.labelOf(account),
          transactions: [...transfers].map(row => txidOf(columns, columns.transfers.transaction[row]!)),
        }),
      )
      return { reached, total: list(totals), fees: list(fees), ...(converted.length === 0 ? {} : { converted }) }
    },
  }
}

type Row = {
  readonly account: number
  readonly asset: number
  readonly stop: Stop
  units: bigint
  hops: number
  readonly transfers: Set<number>
}

/** Transactions named for one row. */
const TRANSACTIONS_SHOWN = 100

function add(sums: Map<number, bigint>, asset: number, units: bigint): void {
  sums.set(asset, (sums.get(asset) ?? 0n) + units)
}

/** Nearest first, then in ledger numbers, which follow first appearance. */
function compareRows(a: Row, b: Row): number {
  return a.hops - b.hops || a.account - b.account || a.asset - b.asset || codeOf(a.stop) - codeOf(b.stop)
}
