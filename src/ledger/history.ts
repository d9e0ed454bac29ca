import type * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import { assert } from '../std/assert.ts'
import { reversed, toHex } from '../std/bytes.ts'
import {
  type AccountColumns,
  type Columns,
  type Elsewhere,
  NONE,
  UNREAD,
  type UtxoColumns,
  unitsOf,
} from './columns.ts'
import type { Movement, Totals } from './movement.ts'

export type { Movement, Totals } from './movement.ts'

/** Movements of the address at `row`, newest first, from the `offset`-th transaction on, over `limit` transactions. */
export function movementsOf(columns: Columns, row: number, offset: number, limit: number): Movement[] {
  assert(offset >= 0 && limit >= 0, 'a page starts at 0 or later')
  const far = elsewhereOf(columns)
  if (far !== undefined) return far.movements(row, offset, limit)
  const touching = columns.addresses.transactionsOf(row)
  const end = Math.max(0, touching.length - offset)
  const page = Array.from(touching.subarray(Math.max(0, end - limit), end)).reverse()
  return page.flatMap(transaction => movementsIn(columns, row, transaction))
}

/**
 * Up to `until`, where it is given. Cost: one pass over the address's transactions, and nothing is made of each, so
 * that an exchange's address with millions of them is summed in a moment.
 */
export function totalsOf(columns: Columns, row: number, until: Instant = Number.POSITIVE_INFINITY): Totals {
  const far = elsewhereOf(columns)
  if (far !== undefined) return far.totals(row, until)
  const all = columns.addresses.transactionsOf(row)
  const touching =
    until === Number.POSITIVE_INFINITY ? all : all.filter(transaction => timeOf(columns, transaction) <= until)
  const { sums, unreadTransactions } =
    columns.shape === 'utxo' ? sumUtxo(columns, row, touching) : sumAccount(columns, row, touching)
  return {
    received: sums.map(({ asset, received }) => ({ asset, units: received })),
    sent: sums.map(({ asset, sent }) => ({ asset, units: sent })),
    balance: sums.map(({ asset, received, sent }) => {
      return unreadTransactions > 0 || sent > received ? null : { asset, units: received - sent }
    }),
    transactions: touching.length,
    unreadTransactions,
    first: touching.length === 0 ? null : timeOf(columns, touching[0]!),
    last: touching.length === 0 ? null : timeOf(columns, touching.at(-1)!),
  }
}

/**
 * The newest `count` transactions of an address, ascending; all of them where there are fewer. For who looks at so many
 * and no more: an exchange's millions are then not fetched from where they lie.
 */
export function newestOf(columns: Columns, row: number, count: number): Uint32Array {
  const far = elsewhereOf(columns)
  if (far !== undefined) return far.newest(row, count)
  const all = columns.addresses.transactionsOf(row)
  return all.subarray(Math.max(0, all.length - count))
}

/** What the columns are asked where the ledger itself lies elsewhere. */
export function elsewhereOf(columns: Columns): Elsewhere | undefined {
  return columns.shape === 'account' ? columns.elsewhere : undefined
}

type Sum = { readonly asset: Asset.Asset; received: bigint; sent: bigint }

function sumUtxo({ transactions, inputs, outputs, asset }: UtxoColumns, row: number, touching: Uint32Array) {
  const sum: Sum = { asset, received: 0n, sent: 0n }
  let unreadTransactions = 0
  for (let k = 0; k < touching.length; k++) {
    const t = touching[k]!
    let unread = 0
    for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
      if (inputs.address[i] !== row) continue
      if (inputs.units[i] === UNREAD) unread = 1
      else sum.sent += inputs.units[i]!
    }
    for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
      if (outputs.address[o] === row) sum.received += outputs.units[o]!
    }
    unreadTransactions += unread
  }
  return { sums: touching.length === 0 ? [] : [sum], unreadTransactions }
}

/** Assets in the order in which the address first met them. Nothing is unread on account chains. */
function sumAccount({ transactions, transfers, assets }: AccountColumns, row: number, touching: Uint32Array) {
  const sums = new Map<number, Sum>()
  for (let k = 0; k < touching.length; k++) {
    const end = transactions.firstTransfer[touching[k]! + 1]!
    for (let t = transactions.firstTransfer[touching[k]!]!; t < end; t++) {
      const [incoming, outgoing] = [transfers.to[t] === row, transfers.from[t] === row]
      if (transfers.moves[t] !== 1 || !(incoming || outgoing)) continue
      const asset = transfers.asset[t]!
      const sum = sums.get(asset) ?? { asset: assets[asset]!, received: 0n, sent: 0n }
      const units = unitsOf(transfers.units, t)
      if (incoming) sum.received += units
      if (outgoing) sum.sent += units
      sums.set(asset, sum)
    }
  }
  return { sums: [...sums.values()], unreadTransactions: 0 }
}

/** The transaction's id as printed. */
export function txidOf(columns: Columns, transaction: number): string {
  const bytes = columns.transactions.txid.subarray(32 * transaction, 32 * transaction + 32)
  return toHex(columns.shape === 'utxo' ? reversed(bytes) : bytes)
}

export function timeOf(columns: Columns, transaction: number): Instant {
  if (columns.shape === 'account') return columns.transactions.time[transaction]!
  return columns.blocks.time[columns.transactions.block[transaction]!]!
}

export function heightOf(columns: Columns, transaction: number): number | null {
  if (columns.shape === 'account') return columns.transactions.height[transaction]!
  const height = columns.blocks.height[columns.transactions.block[transaction]!]!
  return height < 0 ? null : height
}

const COUNTERPARTIES_MAX = 8

function movementsIn(columns: Columns, row: number, transaction: number): Movement[] {
  return columns.shape === 'utxo'
    ? [utxoMovement(columns, row, transaction)]
    : accountMovements(columns, row, transaction)
}

function utxoMovement(columns: UtxoColumns, row: number, transaction: number): Movement {
  const { inputs, outputs, transactions, asset } = columns
  const payers = new Set<number>()
  const payees = new Set<number>()
  let received = 0n
  let sent = 0n
  let unread = false
  for (let i = transactions.firstInput[transaction]!; i < transactions.firstInput[transaction + 1]!; i++) {
    if (inputs.address[i] !== row) payers.add(inputs.address[i]!)
    else if (inputs.units[i] === UNREAD) unread = true
    else sent += inputs.units[i]!
  }
  for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
    if (outputs.address[o] === row) received += outputs.units[o]!
    else payees.add(outputs.address[o]!)
  }
  const paid = unread || sent > 0n
  return {
    txid: txidOf(columns, transaction),
    height: heightOf(columns, transaction),
    time: timeOf(columns, transaction),
    received: received > 0n ? { asset, units: received } : null,
    sent: sent > 0n ? { asset, units: sent } : null,
    unread,
    counterparties: named(columns, paid ? payees : payers),
  }
}

function accountMovements(columns: AccountColumns, row: number, transaction: number): Movement[] {
  const { transfers, transactions, assets } = columns
  const movements: Movement[] = []
  for (let t = transactions.firstTransfer[transaction]!; t < transactions.firstTransfer[transaction + 1]!; t++) {
    const outgoing = transfers.from[t] === row
    if (transfers.moves[t] !== 1 || !(outgoing || transfers.to[t] === row)) continue
    const amount = { asset: assets[transfers.asset[t]!]!, units: unitsOf(transfers.units, t) }
    const incoming = transfers.to[t] === row
    movements.push({
      txid: txidOf(columns, transaction),
      height: heightOf(columns, transaction),
      time: timeOf(columns, transaction),
      received: incoming ? amount : null,
      sent: outgoing ? amount : null,
      unread: false,
      counterparties: named(columns, [outgoing ? transfers.to[t]! : transfers.from[t]!]),
    })
  }
  return movements
}

function named(columns: Columns, rows: Iterable<number>): (string | null)[] {
  const list = [...rows].slice(0, COUNTERPARTIES_MAX)
  return list.map(row => (row === NONE ? null : columns.addresses.format(row)))
}
