import { type AccountColumns, KINDS, NONE } from '../columns.ts'
import type { Batch, Keys } from './batch.ts'
import { encode, type NativeColumn } from './native.ts'
import { createRowWriter, KEY, PARTS, type RowWriter, WIDTH } from './row.ts'
import { orderOf } from './sorted.ts'

/** What is sent of a batch to one shard: a block for each table, in pieces. */
export type Blocks = Readonly<Record<'transfer' | 'payment' | 'txid' | 'address', readonly Uint8Array[] | undefined>>

/** Makes the blocks of one batch after another. */
export type Blocker = {
  /** Undefined where the shard gets none. Sorted as the tables are: the servers find nothing left to sort. */
  blocks(batch: Batch, shard: number): Blocks
}

export function createBlocker(columns: AccountColumns, keys: Keys, generation: number, shards: number): Blocker {
  const writer = createRowWriter(columns, keys.bytes)
  const maker: Maker = { columns, keys, writer, generation: BigInt(generation), shards }
  return {
    blocks(batch, shard) {
      keys.fill(batch.accounts)
      const sides = sidesOf(maker, batch, shard)
      return {
        transfer: transferBlock(maker, sides),
        payment: paymentBlock(maker, sides),
        txid: txidBlock(maker, batch, shard),
        address: addressBlock(maker, batch, shard),
      }
    },
  }
}

type Maker = {
  readonly columns: AccountColumns
  readonly keys: Keys
  readonly writer: RowWriter
  readonly generation: bigint
  readonly shards: number
}

/** The sides of a batch's transfers that stand on a shard, by account and then as they come: account, row, which. */
type Sides = { readonly account: Uint32Array; readonly row: Uint32Array; readonly received: Uint8Array }

function sidesOf({ columns, shards }: Maker, { begin, end }: Batch, shard: number): Sides {
  const { from, to } = columns.transfers
  const room = { account: new Uint32Array(2 * (end - begin)), side: new Uint32Array(2 * (end - begin)) }
  let count = 0
  for (let row = begin; row < end; row++) {
    if (from[row] !== NONE && from[row]! % shards === shard) {
      room.account[count] = from[row]!
      room.side[count++] = 2 * (row - begin)
    }
    if (to[row] !== NONE && to[row]! % shards === shard) {
      room.account[count] = to[row]!
      room.side[count++] = 2 * (row - begin) + 1
    }
  }
  const order = orderOf(room.account.subarray(0, count))
  const sides = { account: new Uint32Array(count), row: new Uint32Array(count), received: new Uint8Array(count) }
  for (let k = 0; k < count; k++) {
    const at = order[k]!
    sides.account[k] = room.account[at]!
    sides.row[k] = begin + (room.side[at]! >>> 1)
    sides.received[k] = room.side[at]! & 1
  }
  return sides
}

function transferBlock({ writer, generation }: Maker, { account, row, received }: Sides) {
  const count = row.length
  if (count === 0) return undefined
  const words = new Uint32Array((WIDTH / 4) * count)
  for (let k = 0; k < count; k++) writer.write(words, k, row[k]!, received[k] === 1)
  return encode(count, [
    constant('generation', generation, count),
    wide('account', account),
    wide('position', row),
    { name: 'row', type: `FixedString(${WIDTH})`, bytes: bytesOf(words) },
  ])
}

/** The last payment that moves value of each account in each asset. */
function paymentBlock({ columns, generation }: Maker, { account, row, received }: Sides) {
  const { moves, asset } = columns.transfers
  const [accounts, positions] = [new Uint32Array(row.length), new Uint32Array(row.length)]
  const assets = new Uint16Array(row.length)
  const last = new Map<number, number>()
  let count = 0
  for (let first = 0, end = 0; first < row.length; first = end) {
    last.clear()
    for (; end < row.length && account[end] === account[first]; end++) {
      if (received[end] === 0 && moves[row[end]!] === 1) last.set(asset[row[end]!]!, row[end]!)
    }
    for (const [of, position] of last) {
      accounts[count] = account[first]!
      assets[count] = of
      positions[count++] = position
    }
  }
  if (count === 0) return undefined
  return encode(count, [
    constant('generation', generation, count),
    wide('account', accounts.subarray(0, count)),
    { name: 'asset', type: 'UInt16', bytes: bytesOf(assets.subarray(0, count)) },
    wide('position', positions.subarray(0, count)),
  ])
}

/** Each transfer that may be named as `txid:index`, at its sender, or where it has none at its receiver. */
function txidBlock({ columns, generation, shards }: Maker, { begin, end }: Batch, shard: number) {
  const { transfers, transactions } = columns
  const fee = KINDS.indexOf('fee')
  const [accounts, positions] = [new Uint32Array(end - begin), new Uint32Array(end - begin)]
  const ids = new Uint8Array(8 * (end - begin))
  let count = 0
  for (let row = begin; row < end; row++) {
    const account = transfers.from[row] === NONE ? transfers.to[row]! : transfers.from[row]!
    if (account === NONE || account % shards !== shard) continue
    if (transfers.moves[row] === 0 || transfers.kind[row] === fee) continue
    const at = 32 * transfers.transaction[row]!
    for (let k = 0; k < 8; k++) ids[8 * count + k] = transactions.txid[at + k]!
    accounts[count] = account
    positions[count++] = row
  }
  if (count === 0) return undefined
  return encode(count, [
    constant('generation', generation, count),
    { name: 'id', type: 'UInt64', bytes: ids.subarray(0, 8 * count) },
    wide('account', accounts.subarray(0, count)),
    wide('position', positions.subarray(0, count)),
  ])
}

/** The accounts that first appear in the batch. */
function addressBlock({ keys, generation, shards }: Maker, { accountsBefore, accounts }: Batch, shard: number) {
  const rows: number[] = []
  for (let row = accountsBefore; row < accounts; row++) if (row % shards === shard) rows.push(row)
  if (rows.length === 0) return undefined
  const bytes = new Uint8Array(KEY * rows.length)
  rows.forEach((row, k) => {
    bytes.set(keys.bytes.subarray(KEY * row, KEY * row + KEY), KEY * k)
  })
  return encode(rows.length, [
    constant('generation', generation, rows.length),
    { name: 'key', type: PARTS.key[1], bytes },
    wide('account', rows),
  ])
}

function constant(name: string, value: bigint, count: number): NativeColumn {
  return { name, type: 'UInt64', bytes: bytesOf(new BigUint64Array(count).fill(value)) }
}

function wide(name: string, values: ArrayLike<number>): NativeColumn {
  const into = new Uint32Array(2 * values.length)
  for (let k = 0; k < values.length; k++) into[2 * k] = values[k]!
  return { name, type: 'UInt64', bytes: bytesOf(into) }
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
