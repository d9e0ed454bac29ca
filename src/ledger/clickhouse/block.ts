import { KINDS, NONE } from '../columns.ts'
import type { Batch, Slice } from './batch.ts'
import { encode, type NativeColumn } from './native.ts'
import { createRowWriter, KEY, KEY_WORDS, PARTS, WIDTH, WORDS } from './row.ts'

/** What is sent to one shard at once: a block for each table, in pieces; undefined: nothing for it. */
export type Blocks = Readonly<Partial<Record<(typeof BLOCKS)[number], readonly Uint8Array[]>>>

export const BLOCKS = ['transfer', 'payment', 'txid', 'address'] as const

/**
 * Makes the blocks of a batch, by shard, stretch by stretch in ledger order: the servers sort, both at once. What it
 * gave holds until the one after next is asked for.
 */
export type Blocker = { blocks(slice: Slice, batch: Batch): Generator<Blocks[], void, void> }

export function createBlocker(generation: number, shards: number): Blocker {
  const lots = Array.from({ length: shards }, (_, shard) => shard)
  const rooms = [0, 1].map(() => lots.map(() => createRoom()))
  let turn = 0
  return {
    *blocks(slice, batch) {
      for (let begin = batch.begin; begin < batch.end; begin += STRETCH) {
        const room = rooms[turn++ % 2]!
        fill(slice, begin, Math.min(begin + STRETCH, batch.end), room)
        yield room.map(({ sides, ids, payments }) => ({
          ...block('transfer', generation, sides.columns(), sides.count),
          ...block('payment', generation, payments.columns(), payments.count),
          ...block('txid', generation, ids.columns(), ids.count),
        }))
      }
      for (let number = batch.accountsBefore; number < batch.accounts; number += STRETCH) {
        const to = Math.min(number + STRETCH, batch.accounts)
        yield lots.map(shard => addressBlock(slice, generation, { batch, from: number, to }, shard, shards))
      }
    },
  }
}

/** Rows that are sent at once: so few that they stay near the processor. */
const STRETCH = 32_768

/** Rows whose addresses are looked at together. */
const GROUP = 128

const FEE = KINDS.indexOf('fee')

type Room = ReturnType<typeof createRoom>

/** Room for what goes to one shard, used over and over. */
function createRoom() {
  return { sides: createSides(), ids: createIds(), payments: createPayments() }
}

/** Sides of transfers by shard. */
function sizesOf({ columns, accountOf }: Slice, begin: number, end: number, shards: number): Uint32Array {
  const { from, to } = columns.transfers
  const sizes = new Uint32Array(shards)
  const add = (account: number): void => {
    sizes[(accountOf === null ? account : accountOf[account]!) % shards]!++
  }
  for (let row = begin; row < end; row++) {
    if (from[row] !== NONE) add(from[row]!)
    if (to[row] !== NONE) add(to[row]!)
  }
  return sizes
}

function fill(slice: Slice, begin: number, end: number, room: readonly Room[]): void {
  const { columns, accountOf, assetOf, first } = slice
  const writer = createRowWriter(slice)
  const shards = room.length
  const sizes = sizesOf(slice, begin, end, shards)
  room.forEach((of, shard) => {
    for (const one of [of.sides, of.ids, of.payments]) one.clear(sizes[shard]!)
  })
  const { from, to, moves, kind, transaction, asset } = columns.transfers
  const { txid } = columns.transactions
  const put = (account: number, row: number, received: boolean): void => {
    const { sides } = room[account % shards]!
    const k = sides.count++
    writer.write(sides.words, k, row, received)
    setPair(sides.account, k, account)
    setPair(sides.position, k, first.row + row)
  }
  for (let row = begin; row < end; row++) {
    if ((row - begin) % GROUP === 0) warm(slice, row, Math.min(row + GROUP, end))
    const [payer, payee] = [from[row]!, to[row]!]
    const sender = payer === NONE || accountOf === null ? payer : accountOf[payer]!
    const receiver = payee === NONE || accountOf === null ? payee : accountOf[payee]!
    if (payer !== NONE) put(sender, row, false)
    if (payee !== NONE) put(receiver, row, true)
    if (moves[row] !== 1) continue
    const of = assetOf === null ? asset[row]! : assetOf[asset[row]!]!
    if (payer !== NONE) room[sender % shards]!.payments.pay(sender, of, first.row + row)
    // What may be named as `txid:index`, at its sender, or where it has none at its receiver.
    const named = payer === NONE ? receiver : sender
    if (named !== NONE && kind[row] !== FEE) {
      room[named % shards]!.ids.add(txid, transaction[row]!, named, first.row + row)
    }
  }
}

/**
 * Touches the keys that a group of rows will read, so that they need not wait for memory one after another: a third of
 * the time. What it gives keeps the engine from leaving it out.
 */
function warm({ columns, keys }: Slice, begin: number, end: number): number {
  const { from, to } = columns.transfers
  let sum = 0
  for (let row = begin; row < end; row++) {
    if (from[row] !== NONE) sum ^= keys.words[KEY_WORDS * from[row]!]!
    if (to[row] !== NONE) sum ^= keys.words[KEY_WORDS * to[row]!]!
  }
  return sum
}

/** Sides of transfers. */
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
  let [id, account, position] = [new Uint8Array(0), new Uint32Array(0), new Uint32Array(0)]
  const ids = {
    count: 0,
    clear(size: number): void {
      ids.count = 0
      if (8 * size <= id.length) return
      id = new Uint8Array(8 * size)
      account = new Uint32Array(2 * size)
      position = new Uint32Array(2 * size)
    },
    add(txid: Uint8Array, transaction: number, of: number, at: number): void {
      const [begin, into] = [32 * transaction, 8 * ids.count]
      for (let k = 0; k < 8; k++) id[into + k] = txid[begin + k]!
      setPair(account, ids.count, of)
      setPair(position, ids.count++, at)
    },
    columns: (): NativeColumn[] => [
      { name: 'id', type: 'UInt64', bytes: id.subarray(0, 8 * ids.count) },
      { name: 'account', type: 'UInt64', bytes: bytesOf(account.subarray(0, 2 * ids.count)) },
      { name: 'position', type: 'UInt64', bytes: bytesOf(position.subarray(0, 2 * ids.count)) },
    ],
  }
  return ids
}

/**
 * The last payment of each account in each asset, as far as a small memory of those that paid last tells: some stand
 * twice, and who asks takes the last. To know all of them took a quarter of the time of encoding.
 */
function createPayments() {
  let [account, position, asset] = [new Uint32Array(0), new Uint32Array(0), new Uint16Array(0)]
  /** By slot: who paid last, which asset, and where that stands. */
  const [heldBy, heldOf, heldAt] = [new Uint32Array(HELD), new Uint16Array(HELD), new Uint32Array(HELD)]
  const payments = {
    count: 0,
    clear(size: number): void {
      payments.count = 0
      heldBy.fill(NONE)
      if (size <= asset.length) return
      account = new Uint32Array(2 * size)
      position = new Uint32Array(2 * size)
      asset = new Uint16Array(size)
    },
    pay(by: number, of: number, at: number): void {
      const slot = Math.imul(by ^ Math.imul(of, 0x85eb_ca6b), 0x9e37_79b1) >>> (32 - HELD_BITS)
      if (heldBy[slot] !== by || heldOf[slot] !== of) {
        heldBy[slot] = by
        heldOf[slot] = of
        setPair(account, payments.count, by)
        asset[payments.count] = of
        heldAt[slot] = payments.count++
      }
      setPair(position, heldAt[slot]!, at)
    },
    columns: (): NativeColumn[] => [
      { name: 'account', type: 'UInt64', bytes: bytesOf(account.subarray(0, 2 * payments.count)) },
      { name: 'asset', type: 'UInt16', bytes: bytesOf(asset.subarray(0, payments.count)) },
      { name: 'position', type: 'UInt64', bytes: bytesOf(position.subarray(0, 2 * payments.count)) },
    ],
  }
  return payments
}

/** Slots in the memory of payments: 80 kB. */
const HELD_BITS = 13
const HELD = 2 ** HELD_BITS

/** Accounts that first appear in the batch, some of them. */
function addressBlock(
  { keys, fresh }: Slice,
  generation: number,
  { batch, from, to }: { readonly batch: Batch; readonly from: number; readonly to: number },
  shard: number,
  shards: number,
): Blocks {
  const numbers: number[] = []
  for (let number = from; number < to; number++) if (number % shards === shard) numbers.push(number)
  const all = bytesOf(keys.words)
  const bytes = new Uint8Array(KEY * numbers.length)
  const account = new Uint32Array(2 * numbers.length)
  numbers.forEach((number, k) => {
    const row = fresh === null ? number : fresh[number - batch.accountsBefore]!
    account[2 * k] = number
    for (let at = 0; at < KEY; at++) bytes[KEY * k + at] = all[4 * KEY_WORDS * row + at]!
  })
  const columns = [
    { name: 'key', type: PARTS.key[1], bytes },
    { name: 'account', type: 'UInt64', bytes: bytesOf(account) },
  ]
  return block('address', generation, columns, numbers.length)
}

function block(
  table: (typeof BLOCKS)[number],
  generation: number,
  columns: readonly NativeColumn[],
  count: number,
): Blocks {
  if (count === 0) return {}
  const same = new BigUint64Array(count).fill(BigInt(generation))
  return { [table]: encode(count, [{ name: 'generation', type: 'UInt64', bytes: bytesOf(same) }, ...columns]) }
}

/** The `k`-th of 64-bit numbers. */
function setPair(into: Uint32Array, k: number, value: number): void {
  into[2 * k] = value
  into[2 * k + 1] = value < 2 ** 32 ? 0 : value / 2 ** 32
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
