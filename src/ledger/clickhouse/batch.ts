import * as Address from '../../chain/address.ts'
import { sha256Stream } from '../../std/digest.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import { createHasher, KEY, shardOf } from './hash.ts'
import { encode, type NativeColumn } from './native.ts'

/** Rows of a ledger that go to the database together, and the accounts that first appear in them. */
export type Batch = {
  readonly begin: number
  readonly end: number
  readonly accountsBefore: number
  readonly accounts: number
}

/** Rows of one batch: one insert of 100 bytes a row for each order and shard, small enough to be one block there. */
export const BATCH_ROWS = 262_144

/** The batch from `begin` to `end`. Addresses are numbered by first appearance: those of a prefix are a prefix too. */
export function batchOf({ transfers }: AccountColumns, begin: number, end: number, accountsBefore: number): Batch {
  let accounts = accountsBefore
  for (let row = begin; row < end; row++) {
    const [from, to] = [transfers.from[row]!, transfers.to[row]!]
    if (from !== NONE && from >= accounts) accounts = from + 1
    if (to !== NONE && to >= accounts) accounts = to + 1
  }
  return { begin, end, accountsBefore, accounts }
}

/** SHA-256 of all that the batch says: a later run knows by it that it goes on with the same ledger. */
export function digestOf(columns: AccountColumns, { begin, end, accountsBefore, accounts }: Batch): string {
  const { transfers, transactions, assets } = columns
  const running = sha256Stream()
  const add = ({ buffer, byteOffset, byteLength }: ArrayBufferView): void =>
    running.update(new Uint8Array(buffer, byteOffset, byteLength))
  for (const name of ['logIndex', 'kind', 'moves', 'asset', 'from', 'to'] as const) {
    add(transfers[name].subarray(begin, end))
  }
  add(transfers.units.low.subarray(begin, end))
  const large = [...transfers.units.above].filter(([row]) => row >= begin && row < end).sort(([a], [b]) => a - b)
  const [first, last] = [transfers.transaction[begin]!, transfers.transaction[end - 1]! + 1]
  add(transactions.txid.subarray(32 * first, 32 * last))
  for (const name of ['height', 'time', 'firstTransfer'] as const) add(transactions[name].subarray(first, last))
  let greatest = 0
  for (let row = begin; row < end; row++) greatest = Math.max(greatest, transfers.asset[row]!)
  const words = [large.map(([row, units]) => `${row} ${units}`), assets.slice(0, greatest + 1), begin, end]
  running.update(new TextEncoder().encode(JSON.stringify(words)))
  for (let row = accountsBefore; row < accounts; row++) running.update(keyOf(columns, row))
  return running.hex()
}

/** Hash and shard of each account, by row; filled as far as batches need it. */
export type Accounts = {
  readonly low: Uint32Array
  readonly high: Uint32Array
  readonly shard: Uint16Array
  fill(to: number): void
}

export function createAccounts(columns: AccountColumns, salt: string, shards: number): Accounts {
  const { count } = columns.addresses
  const hash = createHasher(salt)
  const accounts = { low: new Uint32Array(count), high: new Uint32Array(count), shard: new Uint16Array(count) }
  let filled = 0
  return {
    ...accounts,
    fill(to) {
      for (; filled < to; filled++) {
        const bytes = hash(keyOf(columns, filled))
        const view = new DataView(bytes.buffer, bytes.byteOffset, 8)
        accounts.low[filled] = view.getUint32(0, true)
        accounts.high[filled] = view.getUint32(4, true)
        accounts.shard[filled] = shardOf(accounts.low[filled]!, accounts.high[filled]!, shards)
      }
    },
  }
}

/** Type and payload, 21 bytes. */
function keyOf({ addresses, network }: AccountColumns, row: number): Uint8Array {
  if (addresses.keyOf !== undefined) return addresses.keyOf(row)
  const { type, payload } = Address.toKey({ network, address: addresses.format(row) })
  return Uint8Array.from([type, ...payload])
}

/** New accounts of a batch on one shard, as a block; undefined: none. */
export function accountBlock(
  columns: AccountColumns,
  accounts: Accounts,
  generation: number,
  { accountsBefore, accounts: end }: Batch,
  shard: number,
): Uint8Array[] | undefined {
  const rows: number[] = []
  for (let row = accountsBefore; row < end; row++) if (accounts.shard[row] === shard) rows.push(row)
  if (rows.length === 0) return undefined
  const keys = new Uint8Array(KEY * rows.length)
  for (let k = 0; k < rows.length; k++) keys.set(keyOf(columns, rows[k]!), KEY * k)
  return encode(rows.length, [
    { name: 'generation', type: 'UInt64', bytes: constant(generation, rows.length) },
    { name: 'account', type: 'UInt64', bytes: paired(rows, accounts.low, accounts.high) },
    { name: 'number', type: 'UInt64', bytes: wide(rows) },
    { name: 'low', type: `FixedString(${KEY})`, bytes: keys },
    { name: 'high', type: `FixedString(${KEY})`, bytes: keys },
  ])
}

/** A batch's rows by sender or by receiver on one shard, as a block; undefined: none. */
export function transferBlock(
  columns: AccountColumns,
  accounts: Accounts,
  generation: number,
  { begin, end }: Batch,
  side: 'from' | 'to',
  shard: number,
): Uint8Array[] | undefined {
  const { transfers, transactions } = columns
  const [near, far] = side === 'from' ? [transfers.from, transfers.to] : [transfers.to, transfers.from]
  let count = 0
  const chosen = new Uint32Array(end - begin)
  for (let row = begin; row < end; row++) {
    if (near[row] !== NONE && accounts.shard[near[row]!] === shard) chosen[count++] = row
  }
  if (count === 0) return undefined
  const rows = chosen.subarray(0, count)
  const pick = <T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(into: T, column: T, at: Uint32Array) => {
    for (let k = 0; k < count; k++) into[k] = column[at[k]!]!
    return into
  }
  const of = pick(new Uint32Array(count), transfers.transaction, rows)
  const { low, high } = accounts
  const columnsOf: [string, string, Uint8Array][] = [
    ['generation', 'UInt64', constant(generation, count)],
    ['account', 'UInt64', paired(pick(new Uint32Array(count), near, rows), low, high)],
    ['position', 'UInt64', wide(rows)],
    ['other', 'UInt64', paired(pick(new Uint32Array(count), far, rows), low, high)],
    ['transaction', 'UInt64', wide(of)],
    ['asset', 'UInt16', bytesOf(pick(new Uint16Array(count), transfers.asset, rows))],
    ['kind', 'UInt8', pick(new Uint8Array(count), transfers.kind, rows)],
    ['moves', 'UInt8', pick(new Uint8Array(count), transfers.moves, rows)],
    ['log_index', 'Int32', bytesOf(pick(new Int32Array(count), transfers.logIndex, rows))],
    ['height', 'UInt32', bytesOf(pick(new Uint32Array(count), transactions.height, of))],
    ['time', 'UInt32', bytesOf(pick(new Uint32Array(count), transactions.time, of))],
    ['size', 'UInt32', bytesOf(sizesOf(transactions.firstTransfer, of))],
    ['txid', 'FixedString(32)', txids(transactions.txid, of)],
    ['units', 'UInt256', unitsColumn(columns, rows)],
  ]
  return encode(
    count,
    columnsOf.map(([name, type, bytes]): NativeColumn => ({ name, type, bytes })),
  )
}

/** 32 bytes a row, little-endian. */
function unitsColumn({ transfers }: AccountColumns, rows: Uint32Array): Uint8Array {
  const { low, above } = transfers.units
  const words = new Uint32Array(low.buffer, low.byteOffset, 2 * low.length)
  const into = new Uint32Array(8 * rows.length)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    const large = above.size === 0 ? undefined : above.get(row)
    if (large === undefined) {
      into[8 * k] = words[2 * row]!
      into[8 * k + 1] = words[2 * row + 1]!
    } else for (let w = 0; w < 8; w++) into[8 * k + w] = Number((large >> BigInt(32 * w)) & 0xffff_ffffn)
  }
  return bytesOf(into)
}

function txids(txid: Uint8Array, transactions: Uint32Array): Uint8Array {
  const into = new Uint8Array(32 * transactions.length)
  const [words, from] = [new Int32Array(into.buffer), new Int32Array(txid.buffer, txid.byteOffset, txid.length >> 2)]
  for (let k = 0; k < transactions.length; k++) {
    const at = 8 * transactions[k]!
    for (let w = 0; w < 8; w++) words[8 * k + w] = from[at + w]!
  }
  return into
}

/** Transfers in each transaction. */
function sizesOf(firstTransfer: Uint32Array, transactions: Uint32Array): Uint32Array {
  const into = new Uint32Array(transactions.length)
  for (let k = 0; k < into.length; k++) {
    into[k] = firstTransfer[transactions[k]! + 1]! - firstTransfer[transactions[k]!]!
  }
  return into
}

/** Nobody is account 0. */
function paired(rows: ArrayLike<number>, low: Uint32Array, high: Uint32Array): Uint8Array {
  const into = new Uint32Array(2 * rows.length)
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    if (row === NONE) continue
    into[2 * k] = low[row]!
    into[2 * k + 1] = high[row]!
  }
  return bytesOf(into)
}

function wide(values: ArrayLike<number>): Uint8Array {
  const into = new Uint32Array(2 * values.length)
  for (let k = 0; k < values.length; k++) into[2 * k] = values[k]!
  return bytesOf(into)
}

function constant(value: number, count: number): Uint8Array {
  return bytesOf(new BigUint64Array(count).fill(BigInt(value)))
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
