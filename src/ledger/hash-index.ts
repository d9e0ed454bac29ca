/**
 * Finds a row by its 32 bytes (a transaction id, a block hash): open addressing over row numbers, whole bytes
 * compared, so that a collision costs time and never truth. 16 to 32 bytes a row.
 */
export type HashIndex = {
  /** Row with these 32 bytes at `at` of `bytes`, or −1. Of equal rows the one added last. */
  find(bytes: Uint8Array, at: number): number
  /** Adds `row` of the keys; returns the equal row that it now stands for, or −1. */
  add(row: number): number
}

/**
 * An empty index over the 32-byte `keys`, for at most `capacity` rows. Beside each row number stands the hash it was
 * filed under, so that a slot held by another key is passed without looking at that key: one cache miss less.
 */
export function createHashIndex(keys: Uint8Array, capacity: number): HashIndex {
  let size = 16
  while (size < 2 * capacity) size *= 2
  const mask = size - 1
  const slots = new Uint32Array(2 * size)
  let tag = 0
  const probe = (bytes: Uint8Array, at: number): number => {
    tag = hashAt(bytes, at)
    let slot = tag & mask
    for (;;) {
      const held = slots[2 * slot]!
      if (held === 0 || (slots[2 * slot + 1] === tag && same(keys, 32 * (held - 1), bytes, at))) return 2 * slot
      slot = (slot + 1) & mask
    }
  }
  return {
    find: (bytes, at) => slots[probe(bytes, at)]! - 1,
    add(row) {
      const slot = probe(keys, 32 * row)
      const before = slots[slot]! - 1
      slots[slot] = row + 1
      slots[slot + 1] = tag
      return before
    },
  }
}

/** The same over keys of its own, growing: which 32 bytes came as the how-manieth. */
export type HashSet = {
  readonly count: number
  /** Number of the 32 bytes at `at` of `bytes`, or −1. */
  find(bytes: Uint8Array, at: number): number
  /** Their number, old or new. */
  add(bytes: Uint8Array, at: number): number
  /** The 32 bytes with this number. */
  keyOf(number: number): Uint8Array
}

export function createHashSet(): HashSet {
  let keys = new Uint8Array(32 * 1024)
  let index = createHashIndex(keys, 1024)
  let count = 0
  const grow = (): void => {
    const larger = new Uint8Array(2 * keys.length)
    larger.set(keys)
    keys = larger
    index = createHashIndex(keys, keys.length / 32)
    for (let row = 0; row < count; row++) index.add(row)
  }
  return {
    get count() {
      return count
    },
    find: (bytes, at) => index.find(bytes, at),
    keyOf: number => keys.slice(32 * number, 32 * number + 32),
    add(bytes, at) {
      const held = index.find(bytes, at)
      if (held !== -1) return held
      if (32 * count === keys.length) grow()
      for (let k = 0; k < 32; k++) keys[32 * count + k] = bytes[at + k]!
      index.add(count)
      return count++
    },
  }
}

/** Bytes 4 to 8 and 12 to 16 mixed: block hashes end in zeros, and whoever grinds one word grinds not both. */
function hashAt(bytes: Uint8Array, at: number): number {
  const a = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24)
  const b = bytes[at + 12]! | (bytes[at + 13]! << 8) | (bytes[at + 14]! << 16) | (bytes[at + 15]! << 24)
  const mixed = Math.imul(a ^ (b >>> 15), 0x9e3779b1)
  return (mixed ^ (mixed >>> 15) ^ b) >>> 0
}

function same(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let k = 0; k < 32; k++) if (a[atA + k] !== b[atB + k]) return false
  return true
}
