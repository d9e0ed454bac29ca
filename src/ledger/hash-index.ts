import { viewOf } from '../std/bytes.ts'

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

/** An empty index over the 32-byte `keys`, for at most `capacity` rows. */
export function createHashIndex(keys: Uint8Array, capacity: number): HashIndex {
  const table = tableFor(keys, capacity)
  const own = viewOf(keys)
  return {
    find: (bytes, at) => table.slots[probe(table, bytes, at)]! - 1,
    add(row) {
      const slot = probeView(table, own, 32 * row, tagOf(own, 32 * row))
      const before = table.slots[slot]! - 1
      put(table, slot, row, tagOf(own, 32 * row))
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
  /** Numbers of many, where they lie in `bytes`: the first `count` of `offsets`. −1 becomes 0xffffffff. */
  findMany(bytes: Uint8Array, offsets: Uint32Array, count: number, into: Uint32Array): void
  /** The same for `count` that lie side by side from the start of `bytes`; those that are new are added. */
  addMany(bytes: Uint8Array, count: number, into: Uint32Array): void
  /** The 32 bytes with this number. */
  keyOf(number: number): Uint8Array
}

export function createHashSet(): HashSet {
  let table = tableFor(new Uint8Array(32 * 1024), 1024)
  let count = 0
  const push = (view: DataView, at: number, slot: number, tag: number): number => {
    for (let k = 0; k < 32; k += 8) table.view.setBigUint64(32 * count + k, view.getBigUint64(at + k))
    put(table, slot, count, tag)
    return count++
  }
  const reserve = (more: number): void => {
    if (32 * (count + more) > table.keys.length) table = grown(table, count + more)
  }
  const group = createGroup()
  return {
    get count() {
      return count
    },
    find: (bytes, at) => table.slots[probe(table, bytes, at)]! - 1,
    keyOf: number => table.keys.slice(32 * number, 32 * number + 32),
    add(bytes, at) {
      reserve(1)
      const view = viewOf(bytes)
      const tag = tagOf(view, at)
      const slot = probeView(table, view, at, tag)
      const held = table.slots[slot]!
      return held === 0 ? push(view, at, slot, tag) : held - 1
    },
    findMany(bytes, offsets, many, into) {
      const view = viewOf(bytes)
      for (let from = 0; from < many; from += GROUP) {
        const to = Math.min(many, from + GROUP)
        for (let k = from; k < to; k++) group.tags[k - from] = tagOf(view, offsets[k]!)
        warm(table, group, to - from)
        for (let k = from; k < to; k++) {
          into[k] = table.slots[probeView(table, view, offsets[k]!, group.tags[k - from]!)]! - 1
        }
      }
    },
    addMany(bytes, many, into) {
      reserve(many)
      const view = viewOf(bytes)
      for (let from = 0; from < many; from += GROUP) {
        const to = Math.min(many, from + GROUP)
        for (let k = from; k < to; k++) group.tags[k - from] = tagOf(view, 32 * k)
        warm(table, group, to - from)
        for (let k = from; k < to; k++) {
          const slot = probeView(table, view, 32 * k, group.tags[k - from]!)
          const held = table.slots[slot]!
          into[k] = held === 0 ? push(view, 32 * k, slot, group.tags[k - from]!) : held - 1
        }
      }
    },
  }
}

/**
 * Beside each row number (+ 1; 0 where empty) stands the hash it was filed under, so that a slot held by another key
 * is passed without looking at that key: one cache miss less. Twice as many slots as rows at least, a power of two.
 */
type Table = {
  readonly keys: Uint8Array
  readonly view: DataView
  readonly slots: Uint32Array
  readonly mask: number
}

function tableFor(keys: Uint8Array, capacity: number): Table {
  let size = 16
  while (size < 2 * capacity) size *= 2
  return { keys, view: viewOf(keys), slots: new Uint32Array(2 * size), mask: size - 1 }
}

/** Filed anew by the hashes that stand beside the rows: no key is looked at. */
function grown(from: Table, rows: number): Table {
  let capacity = from.keys.length / 32
  while (capacity < rows) capacity *= 2
  const keys = new Uint8Array(32 * capacity)
  keys.set(from.keys)
  const to = tableFor(keys, capacity)
  for (let at = 0; at < from.slots.length; at += 2) {
    if (from.slots[at] === 0) continue
    const tag = from.slots[at + 1]!
    let slot = tag & to.mask
    while (to.slots[2 * slot] !== 0) slot = (slot + 1) & to.mask
    put(to, 2 * slot, from.slots[at]! - 1, tag)
  }
  return to
}

function put({ slots }: Table, slot: number, row: number, tag: number): void {
  slots[slot] = row + 1
  slots[slot + 1] = tag
}

function probe(table: Table, bytes: Uint8Array, at: number): number {
  const view = viewOf(bytes)
  return probeView(table, view, at, tagOf(view, at))
}

/** Where the pair of the key stands, or the empty one where it would go. */
function probeView({ slots, mask, view: keys }: Table, view: DataView, at: number, tag: number): number {
  let slot = tag & mask
  for (;;) {
    const held = slots[2 * slot]!
    if (held === 0 || (slots[2 * slot + 1] === tag && isSame(keys, 32 * (held - 1), view, at))) return 2 * slot
    slot = (slot + 1) & mask
  }
}

/** Keys looked up together: so few that what they touch stays in the nearest caches until it is needed. */
const GROUP = 256

type Group = { readonly tags: Uint32Array; readonly held: Uint32Array; readonly word: Int32Array }

function createGroup(): Group {
  return { tags: new Uint32Array(GROUP), held: new Uint32Array(GROUP), word: new Int32Array(GROUP) }
}

/**
 * Touches what the look-ups of a group will read. One look-up waits for memory at each step (some 100 ns); loads that
 * do not depend on one another are under way at the same time. Measured: a third of the time of one after another.
 */
function warm({ slots, mask, view }: Table, { tags, held, word }: Group, count: number): void {
  for (let k = 0; k < count; k++) held[k] = slots[2 * (tags[k]! & mask)]!
  for (let k = 0; k < count; k++) word[k] = held[k] === 0 ? 0 : view.getInt32(32 * (held[k]! - 1), true)
}

/**
 * All eight words mixed: block hashes end in zeros, made-up txids begin with them, and whoever grinds one word grinds
 * not all of them.
 */
function tagOf(view: DataView, at: number): number {
  let mixed = 0
  for (let word = 0; word < 32; word += 4) {
    mixed = Math.imul(mixed ^ view.getInt32(at + word, true), 0x9e3779b1)
    mixed ^= mixed >>> 15
  }
  return mixed >>> 0
}

function isSame(a: DataView, atA: number, b: DataView, atB: number): boolean {
  for (let k = 0; k < 32; k += 4) if (a.getInt32(atA + k, true) !== b.getInt32(atB + k, true)) return false
  return true
}
