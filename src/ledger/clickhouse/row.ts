import { NONE } from '../columns.ts'
import type { Slice } from './batch.ts'

/**
 * A transfer as it stands at one of its two accounts: 128 bytes, little-endian. A walk reads a few rows here and there
 * out of very many, and what that costs is the number of columns times the number of places: so all that it needs is
 * one column, the address of the other side too, and nothing has to be asked for a second time.
 */
export const WIDTH = 128

/** Words (32 bits) of a row. */
export const WORDS = WIDTH / 4

/** Bytes of a key of an account chain: type and the 20 bytes of its payload (src/chain/key.ts). */
export const KEY = 21

/** Where each part begins, in bytes, and its type there. */
export const PARTS = {
  position: [0, 'UInt64'],
  transaction: [8, 'UInt64'],
  /** The other account; all ones: nobody. */
  other: [16, 'UInt64'],
  asset: [24, 'UInt16'],
  kind: [26, 'UInt8'],
  flags: [27, 'UInt8'],
  log_index: [28, 'Int32'],
  height: [32, 'UInt32'],
  time: [36, 'UInt32'],
  txid: [40, 'FixedString(32)'],
  units: [72, 'UInt256'],
  /** Of the other account; zeros: nobody. */
  key: [104, `FixedString(${KEY})`],
} as const

/** Flags: the account received (else it sent); the transfer moves value. */
export const [RECEIVED, MOVES] = [1, 2]

/** A part of the column `row` as an expression of SQL. */
export function sqlOf(part: keyof typeof PARTS): string {
  const [at, type] = PARTS[part]
  const width = /\d+/.exec(type)!
  if (type.startsWith('FixedString')) return `toFixedString(substring(row, ${at + 1}, ${width}), ${width})`
  return `reinterpretAs${type}(substring(row, ${at + 1}, ${Number(width) / 8}))`
}

/** Words of a key, the last of them not full. */
export const KEY_WORDS = 6

/** Writes row after row into blocks. */
export type RowWriter = {
  /** The `k`-th row of `into` (as words), all of it: transfer `row` as it stands at the receiver, or at the sender. */
  write(into: Uint32Array, k: number, row: number, received: boolean): void
}

export function createRowWriter({ columns, keys, first, accountOf, assetOf }: Slice): RowWriter {
  const { transfers, transactions } = columns
  const { from, to, asset, kind, moves, logIndex, transaction } = transfers
  const { low, above } = transfers.units
  const units = new Uint32Array(low.buffer, low.byteOffset, 2 * low.length)
  const { height, time } = transactions
  const txid = wordsOf(transactions.txid)
  const isLarge = above.size > 0
  const words = keys.words
  return {
    write(into, k, row, received) {
      const at = WORDS * k
      const of = transaction[row]!
      const other = received ? from[row]! : to[row]!
      const flags = (received ? RECEIVED : 0) | (moves[row] === 1 ? MOVES : 0)
      setWhole(into, at, first.row + row)
      setWhole(into, at + 2, first.transaction + of)
      into[at + 4] = other === NONE || accountOf === null ? other : accountOf[other]!
      into[at + 5] = other === NONE ? NONE : 0
      into[at + 6] = (assetOf === null ? asset[row]! : assetOf[asset[row]!]!) | (kind[row]! << 16) | (flags << 24)
      into[at + 7] = logIndex[row]!
      into[at + 8] = height[of]!
      into[at + 9] = time[of]!
      const id = 8 * of
      for (let w = 0; w < 8; w++) into[at + 10 + w] = txid[id + w]!
      into[at + 18] = units[2 * row]!
      into[at + 19] = units[2 * row + 1]!
      for (let w = 20; w < 26; w++) into[at + w] = 0
      const large = isLarge ? above.get(row) : undefined
      if (large !== undefined) writeLarge(into, at + 18, large)
      const key = KEY_WORDS * other
      for (let w = 0; w < KEY_WORDS; w++) into[at + 26 + w] = other === NONE ? 0 : words[key + w]!
    },
  }
}

function setWhole(into: Uint32Array, at: number, value: number): void {
  into[at] = value
  into[at + 1] = value < 2 ** 32 ? 0 : value / 2 ** 32
}

function writeLarge(into: Uint32Array, at: number, units: bigint): void {
  for (let w = 0; w < 8; w++) into[at + w] = Number((units >> BigInt(32 * w)) & 0xffff_ffffn)
}

/** As words, copied where they do not lie on a boundary. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice()
  return new Uint32Array(whole.buffer, whole.byteOffset, whole.length >> 2)
}
