import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import { viewOf } from '../std/bytes.ts'
import { type AddressBook, createAddressColumn, type Dictionary, openBook, toRows } from './address-column.ts'
import { type AccountColumns, KINDS, NONE, type UnitsColumn, unitsOf } from './columns.ts'
import { createGrowing, type Growing, type Touches } from './growing-history.ts'

/**
 * Transfers as they were read, as columns without links. Address numbers are those of one dictionary, asset numbers
 * those of one list, over all batches.
 */
export type TransferBatch = {
  readonly count: number
  readonly txid: Uint8Array
  readonly txIndex: Uint32Array
  readonly logIndex: Int32Array
  /** Place in KINDS; bit 7: failed. */
  readonly kind: Uint8Array
  readonly height: Uint32Array
  readonly time: Uint32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly asset: Uint16Array
  readonly units: UnitsColumn
}

export const FAILED = 0x80

export type AccountLinkInput = {
  readonly network: NetworkId
  readonly batches: readonly TransferBatch[]
  readonly assets: readonly Asset.Asset[]
  readonly addresses: Dictionary
  readonly coverage: (heights: Uint32Array, transactions: number) => Coverage
}

export type LinkedAccount = { readonly columns: AccountColumns; readonly seed: AccountSeed }

/** What is not in the columns and is needed to go on at their end (grow-account.ts), which changes it. */
export type AccountSeed = {
  readonly book: AddressBook
  readonly history: Growing
  /** Places of assets in the columns by their numbers. */
  readonly assetAt: Map<number, number>
  /** Of the last transaction: its place in its block. */
  readonly txIndex: number
}

/** Batches → one ledger in the order height, transaction index, transaction id, event index, kind. */
export function linkAccount(input: AccountLinkInput): LinkedAccount {
  const rows = gather(input.batches)
  const order = sortRows(rows, input)
  const laid = lay(rows, order)
  const book = openBook(input.addresses.count)
  const count = numberAddresses(laid.transfers, book, 0)
  const assetAt = new Map<number, number>()
  const assets = numberAssets(laid.transfers.asset, input.assets, assetAt, [])
  const seed = { book, history: createGrowing(), assetAt, txIndex: lastIndex(rows, order) }
  return { columns: accountColumns(input, laid, assets, seed, count), seed }
}

export type Laid = Pick<AccountColumns, 'transactions' | 'transfers'>

/** The columns that rows are, and their addresses. */
export function accountColumns(
  { network, addresses, coverage }: Omit<AccountLinkInput, 'batches' | 'assets'>,
  { transactions, transfers }: Laid,
  assets: readonly Asset.Asset[],
  { book, history }: Pick<AccountSeed, 'book' | 'history'>,
  count: number,
): AccountColumns {
  const visit: Touches['visit'] = (first, end, touch) => {
    for (let t = first; t < end; t++) {
      for (let row = transactions.firstTransfer[t]!; row < transactions.firstTransfer[t + 1]!; row++) {
        touch(transfers.from[row]!, t)
        touch(transfers.to[row]!, t)
      }
    }
  }
  const touches = { count: transactions.count, visit }
  return {
    ...{ shape: 'account', network, transactions, transfers, assets },
    addresses: createAddressColumn(addresses, book, count, row => history(touches, count, row)),
    coverage: () => coverage(transactions.height, transactions.count),
  }
}

/** Of the row that is the last in its order: its transaction's place in its block; −1: there is no row. */
export function lastIndex({ txIndex }: TransferBatch, order: Uint32Array): number {
  return order.length === 0 ? -1 : txIndex[order.at(-1)!]!
}

/** All batches as one; a single batch as it is. */
export function gather(batches: readonly TransferBatch[]): TransferBatch {
  if (batches.length === 1) return batches[0]!
  const n = batches.reduce((sum, batch) => sum + batch.count, 0)
  const above = new Map<number, bigint>()
  const whole = {
    ...{ count: n, txid: new Uint8Array(32 * n), txIndex: new Uint32Array(n), logIndex: new Int32Array(n) },
    ...{ kind: new Uint8Array(n), height: new Uint32Array(n), time: new Uint32Array(n), from: new Uint32Array(n) },
    ...{ to: new Uint32Array(n), asset: new Uint16Array(n), units: { low: new BigUint64Array(n), above } },
  }
  let at = 0
  for (const batch of batches) {
    whole.txid.set(batch.txid, 32 * at)
    for (const name of ['txIndex', 'logIndex', 'kind', 'height', 'time', 'from', 'to', 'asset'] as const) {
      whole[name].set(batch[name], at)
    }
    whole.units.low.set(batch.units.low, at)
    for (const [row, units] of batch.units.above) above.set(at + row, units)
    at += batch.count
  }
  return whole
}

export function sortRows(rows: TransferBatch, input: Texts): Uint32Array {
  const compare = (a: number, b: number): number => comparePlaces(rows, a, b) || compareTexts(rows, input, a, b)
  const order = new Uint32Array(rows.count)
  let sorted = true
  for (let row = 0; row < rows.count; row++) {
    order[row] = row
    if (row > 0 && compare(row - 1, row) > 0) sorted = false
  }
  return sorted ? order : order.sort(compare)
}

type Texts = Pick<AccountLinkInput, 'assets' | 'addresses'>

/** The native transfer comes before its fee, then the events by index. */
function comparePlaces({ height, txIndex, txid, logIndex, kind }: TransferBatch, a: number, b: number): number {
  return (
    height[a]! - height[b]! ||
    txIndex[a]! - txIndex[b]! ||
    compareTxids(txid, a, txid, b) ||
    logIndex[a]! - logIndex[b]! ||
    (kind[a]! & ~FAILED) - (kind[b]! & ~FAILED)
  )
}

/** Rows without an event index share a place: what they say decides, never the number they happen to have here. */
function compareTexts(rows: TransferBatch, { assets, addresses }: Texts, a: number, b: number): number {
  const text = (row: number) => {
    const place = (number: number) => (number === NONE ? '' : addresses.format(number))
    const units = unitsOf(rows.units, row).toString().padStart(78, '0')
    return `${Asset.key(assets[rows.asset[row]!]!)} ${place(rows.from[row]!)} ${place(rows.to[row]!)} ${units}`
  }
  const [textA, textB] = [text(a), text(b)]
  return textA < textB ? -1 : textA > textB ? 1 : 0
}

/** The ids of row `a` of some and of row `b` of others. */
export function compareTxids(ids: Uint8Array, a: number, others: Uint8Array, b: number): number {
  for (let k = 0; k < 32; k++) {
    const difference = ids[32 * a + k]! - others[32 * b + k]!
    if (difference !== 0) return difference
  }
  return 0
}

export function lay(rows: TransferBatch, order: Uint32Array): Laid {
  const n = rows.count
  const above = new Map<number, bigint>()
  const transfers = {
    ...{ count: n, transaction: new Uint32Array(n), logIndex: new Int32Array(n), kind: new Uint8Array(n) },
    ...{ moves: new Uint8Array(n), asset: new Uint16Array(n), from: new Uint32Array(n), to: new Uint32Array(n) },
    units: { low: new BigUint64Array(n), above },
  }
  const first: number[] = []
  for (let row = 0; row < n; row++) {
    const from = order[row]!
    if (row === 0 || compareTxids(rows.txid, order[row - 1]!, rows.txid, from) !== 0) first.push(row)
    transfers.transaction[row] = first.length - 1
    transfers.logIndex[row] = rows.logIndex[from]!
    transfers.kind[row] = rows.kind[from]! & ~FAILED
    transfers.moves[row] = doesMove(rows, from) ? 1 : 0
    transfers.asset[row] = rows.asset[from]!
    transfers.from[row] = rows.from[from]!
    transfers.to[row] = rows.to[from]!
    transfers.units.low[row] = rows.units.low[from]!
    const large = rows.units.above.get(from)
    if (large !== undefined) above.set(row, large)
  }
  return { transactions: layTransactions(rows, order, first), transfers }
}

function layTransactions(rows: TransferBatch, order: Uint32Array, first: readonly number[]) {
  const n = first.length
  const transactions = {
    ...{ count: n, txid: new Uint8Array(32 * n), height: new Uint32Array(n), time: new Uint32Array(n) },
    firstTransfer: new Uint32Array(n + 1),
  }
  const [ids, view] = [viewOf(transactions.txid), viewOf(rows.txid)]
  for (let t = 0; t < n; t++) {
    const from = order[first[t]!]!
    for (let k = 0; k < 32; k += 4) ids.setUint32(32 * t + k, view.getUint32(32 * from + k))
    transactions.height[t] = rows.height[from]!
    transactions.time[t] = rows.time[from]!
    transactions.firstTransfer[t] = first[t]!
  }
  transactions.firstTransfer[n] = rows.count
  return transactions
}

/** A failed transaction moves only its fee; an approval and a transfer of nothing move nothing. */
function doesMove({ kind, units }: TransferBatch, row: number): boolean {
  const name = KINDS[kind[row]! & ~FAILED]!
  if (name === 'approve' || unitsOf(units, row) === 0n) return false
  return name === 'fee' || (kind[row]! & FAILED) === 0
}

/** By first appearance, sender before receiver; `count` have rows already. How many have now. */
export function numberAddresses({ count: rows, from, to }: Laid['transfers'], book: AddressBook, count: number) {
  let now = count
  for (let row = 0; row < rows; row++) {
    now = toRows(book, now, from, row, row + 1)
    now = toRows(book, now, to, row, row + 1)
  }
  return now
}

/** Assets by first appearance, after those that have places already; those that no row names are left out. */
export function numberAssets(
  column: Uint16Array,
  assets: readonly Asset.Asset[],
  assetAt: Map<number, number>,
  before: readonly Asset.Asset[],
): readonly Asset.Asset[] {
  const used = [...before]
  for (let row = 0; row < column.length; row++) {
    let at = assetAt.get(column[row]!)
    if (at === undefined) {
      at = used.push(assets[column[row]!]!) - 1
      assetAt.set(column[row]!, at)
    }
    column[row] = at
  }
  return used
}
