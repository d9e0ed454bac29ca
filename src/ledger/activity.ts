import type { Asset } from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import { type AccountColumns, type Columns, UNREAD, type UtxoColumns, unitsOf } from './columns.ts'
import { timeOf } from './history.ts'

/** What an address did on one day (UTC). */
export type ActiveDay = {
  readonly day: string
  readonly transactions: number
  readonly sums: readonly { readonly asset: Asset; readonly received: bigint; readonly sent: bigint }[]
  /** Transactions in which it paid with value that was not read: `sent` is short of it. */
  readonly unread: number
}

type Day = {
  transactions: number
  unread: number
  readonly sums: Map<number, { received: bigint; sent: bigint }>
}

/** Days with a transaction of the address at `row`, oldest first. One pass over its transactions. */
export function activityOf(columns: Columns, row: number): ActiveDay[] {
  const days = new Map<string, Day>()
  for (const transaction of columns.addresses.transactionsOf(row)) {
    const name = Instant.format(timeOf(columns, transaction)).slice(0, 10)
    const day = days.get(name) ?? { transactions: 0, unread: 0, sums: new Map() }
    days.set(name, day)
    day.transactions++
    if (columns.shape === 'utxo') addCoins(columns, row, transaction, day)
    else addTransfers(columns, row, transaction, day)
  }
  const assets = columns.shape === 'utxo' ? [columns.asset] : columns.assets
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, { transactions, unread, sums }]) => ({
      ...{ day, transactions, unread },
      sums: [...sums].map(([asset, sum]) => ({ asset: assets[asset]!, ...sum })),
    }))
}

function addCoins({ transactions, inputs, outputs }: UtxoColumns, row: number, t: number, day: Day): void {
  const sum = sumOf(day, 0)
  let unread = 0
  for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
    if (inputs.address[i] !== row) continue
    if (inputs.units[i] === UNREAD) unread = 1
    else sum.sent += inputs.units[i]!
  }
  for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
    if (outputs.address[o] === row) sum.received += outputs.units[o]!
  }
  day.unread += unread
}

function addTransfers({ transactions, transfers }: AccountColumns, row: number, t: number, day: Day): void {
  for (let r = transactions.firstTransfer[t]!; r < transactions.firstTransfer[t + 1]!; r++) {
    const [incoming, outgoing] = [transfers.to[r] === row, transfers.from[r] === row]
    if (transfers.moves[r] !== 1 || !(incoming || outgoing)) continue
    const sum = sumOf(day, transfers.asset[r]!)
    const units = unitsOf(transfers.units, r)
    if (incoming) sum.received += units
    if (outgoing) sum.sent += units
  }
}

function sumOf({ sums }: Day, asset: number): { received: bigint; sent: bigint } {
  const known = sums.get(asset)
  if (known !== undefined) return known
  const fresh = { received: 0n, sent: 0n }
  sums.set(asset, fresh)
  return fresh
}
