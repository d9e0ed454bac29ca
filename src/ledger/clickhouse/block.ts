import { type AccountColumns, KINDS, NONE } from '../columns.ts'
import type { Batch, Keys } from './batch.ts'
import { encode, type NativeColumn } from './native.ts'
import { createNumberTable } from './number-table.ts'
import { createRowWriter, KEY, KEY_WORDS, PARTS, WIDTH, WORDS } from './row.ts'

/** What is sent of a batch to one shard: a block for each table, in pieces; undefined: nothing for it. */
export type Blocks = Readonly<Record<(typeof BLOCKS)[number], readonly Uint8Array[] | undefined>>

export const BLOCKS = ['transfer', 'payment', 'txid', 'address'] as const

/**
 * Makes the blocks of one batch after another, by shard, in ledger order: the servers sort, both at once. What it gave
 * holds until the one after next is made.
 */
export type Blocker = { blocks(batch: Batch): Blocks[] }

export function createBlocker(columns: AccountColumns, keys: Keys, generation: number, shards: number): Blocker {
  const writer = createRowWriter(columns, keys.words)
  const lots = Array.from({ length: shards }, (_, shard) => shard)
  const rooms = [0, 1].map(() => lots.map(() => ({ sides: createSides(), ids: createIds() })))
  let turn = 0
  return {
    blocks(batch) {
      keys.fill(batch.accounts)
      const sizes = sizesOf(columns, batch, shards)
      const room = rooms[turn++ % 2]!
      room.forEach((one, shard) => {
        one.sides.clear(sizes[shard]!)
        one.ids.clear(sizes[shard]!)
      })
      const sides = room.map(one => one.sides)
      const ids = room.map(one => one.ids)
      const last = lots.map(() => createPayments())
      const { from, to, moves, kind, transaction, asset } = columns.transfers
      const txid = columns.transactions.txid
      for (let row = batch.begin; row < batch.end; row++) {
        const [payer, payee] = [from[row]!, to[row]!]
        const isMove = moves[row] === 1
        if (payer !== NONE) {
          const shard = payer % shards
          const { words, account, position } = sides[shard]!
          const k = sides[shard]!.count++
          writer.write(words, k, row, false)
          account[2 * k] = payer
          position[2 * k] = row
          if (isMove) last[shard]!.pay(payer, asset[row]!, row)
        }
        if (payee !== NONE) {
          const shard = payee % shards
          const { words, account, position } = sides[shard]!
          const k = sides[shard]!.count++
          writer.write(words, k, row, true)
          account[2 * k] = payee
          position[2 * k] = row
        }
        // What may be named as `txid:index`, at its sender, or where it has none at its receiver.
        const named = payer === NONE ? payee : payer
        if (named !== NONE && isMove && kind[row] !== FEE) ids[named % shards]!.add(txid, transaction[row]!, named, row)
      }
      return lots.map(shard => ({
        transfer: block(generation, sides[shard]!.columns(), sides[shard]!.count),
        payment: last[shard]!.block(generation),
        txid: block(generation, ids[shard]!.columns(), ids[shard]!.count()),
        address: addressBlock(keys, generation, batch, shard, shards),
      }))
    },
  }
}

const FEE = KINDS.indexOf('fee')

/** Sides of transfers by shard. */
function sizesOf({ transfers: { from, to } }: AccountColumns, { begin, end }: Batch, shards: number): Uint32Array {
  const sizes = new Uint32Array(shards)
  for (let row = begin; row < end; row++) {
    if (from[row] !== NONE) sizes[from[row]! % shards]!++
    if (to[row] !== NONE) sizes[to[row]! % shards]!++
  }
  return sizes
}

/** Room for sides of transfers, used over and over. */
function createSides() {
  const none = new Uint32Array(0)
  const sides = { count: 0, words: none, account: none, position: none }
  return Object.assign(sides, {
    /** Empty again, for so many at most. */
    clear(size: number): void {
      sides.count = 0
      if (2 * size <= sides.account.length) return
      sides.words = new Uint32Array(WORDS * size)
      sides.account = new Uint32Array(2 * size)
      sides.position = new Uint32Array(2 * size)
    },
    columns: (): NativeColumn[] => [
      { name: 'account', type: 'UInt64', bytes: bytesOf(sides.account.subarray(0, 2 * sides.count)) },
      { name: 'position', type: 'UInt64', bytes: bytesOf(sides.position.subarray(0, 2 * sides.count)) },
      { name: 'row', type: `FixedString(${WIDTH})`, bytes: bytesOf(sides.words.subarray(0, WORDS * sides.count)) },
    ],
  })
}

/** Ids of transactions, the first eight bytes of each, and where their transfers stand. */
function createIds() {
  let [ids, account, position] = [new Uint8Array(0), new Uint32Array(0), new Uint32Array(0)]
  let count = 0
  return {
    clear(size: number): void {
      count = 0
      if (8 * size <= ids.length) return
      ids = new Uint8Array(8 * size)
      account = new Uint32Array(2 * size)
      position = new Uint32Array(2 * size)
    },
    count: () => count,
    add(txid: Uint8Array, transaction: number, of: number, row: number): void {
      const [at, into] = [32 * transaction, 8 * count]
      for (let k = 0; k < 8; k++) ids[into + k] = txid[at + k]!
      account[2 * count] = of
      position[2 * count++] = row
    },
    columns: (): NativeColumn[] => [
      { name: 'id', type: 'UInt64', bytes: ids.subarray(0, 8 * count) },
      { name: 'account', type: 'UInt64', bytes: bytesOf(account.subarray(0, 2 * count)) },
      { name: 'position', type: 'UInt64', bytes: bytesOf(position.subarray(0, 2 * count)) },
    ],
  }
}

/** The last payment of each account in each asset. */
function createPayments() {
  const payers = createNumberTable()
  let last = new Uint32Array(4096)
  return {
    pay(account: number, asset: number, row: number): void {
      const place = payers.add(account * ASSETS + asset)
      if (place === last.length) {
        const longer = new Uint32Array(2 * last.length)
        longer.set(last)
        last = longer
      }
      last[place] = row
    },
    block(generation: number): Uint8Array[] | undefined {
      const { count } = payers
      const [account, position] = [new Uint32Array(2 * count), new Uint32Array(2 * count)]
      const asset = new Uint16Array(count)
      for (let place = 0; place < count; place++) {
        account[2 * place] = Math.floor(payers.at(place) / ASSETS)
        asset[place] = payers.at(place) % ASSETS
        position[2 * place] = last[place]!
      }
      const columns = [
        { name: 'account', type: 'UInt64', bytes: bytesOf(account) },
        { name: 'asset', type: 'UInt16', bytes: bytesOf(asset) },
        { name: 'position', type: 'UInt64', bytes: bytesOf(position) },
      ]
      return block(generation, columns, count)
    },
  }
}

/** More assets than a ledger has (`UInt16`). */
const ASSETS = 65_536

/** The accounts that first appear in the batch. */
function addressBlock(
  keys: Keys,
  generation: number,
  { accountsBefore, accounts }: Batch,
  shard: number,
  shards: number,
) {
  const rows: number[] = []
  for (let row = accountsBefore; row < accounts; row++) if (row % shards === shard) rows.push(row)
  const from = bytesOf(keys.words)
  const bytes = new Uint8Array(KEY * rows.length)
  const account = new Uint32Array(2 * rows.length)
  rows.forEach((row, k) => {
    account[2 * k] = row
    for (let at = 0; at < KEY; at++) bytes[KEY * k + at] = from[4 * KEY_WORDS * row + at]!
  })
  const columns = [
    { name: 'key', type: PARTS.key[1], bytes },
    { name: 'account', type: 'UInt64', bytes: bytesOf(account) },
  ]
  return block(generation, columns, rows.length)
}

function block(generation: number, columns: readonly NativeColumn[], count: number): Uint8Array[] | undefined {
  if (count === 0) return undefined
  const same = new BigUint64Array(count).fill(BigInt(generation))
  return encode(count, [{ name: 'generation', type: 'UInt64', bytes: bytesOf(same) }, ...columns])
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
