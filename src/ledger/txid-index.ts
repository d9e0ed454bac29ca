import { viewOf } from '../std/bytes.ts'
import { readWhole, writeWhole } from '../std/whole.ts'

/**
 * The newest row of each transaction, on disk: 32-byte ids filed by 64 bits of hash in pages, and each hit confirmed
 * against the id that is stored with the row, so that a collision costs time and never truth. In memory is where each
 * page lies: some 0.05 bytes a transaction (4 bytes a slot of the directory, about 240 transactions a page).
 *
 * Extendible hashing (Fagin and others, ACM TODS 1979): the first bits of the hash choose the page; a full page is
 * divided by the next bit, so no growth is more work than one page.
 */
export type TxidIndex = {
  /** Transactions that are there. */
  readonly count: number
  /** The newest row of the id at `at` of `bytes`, or −1. */
  find(bytes: Uint8Array, at: number): number
  /** Files a row for each of the ids, which must be distinct; `told` gets the row that each had before, or −1. */
  exchangeAll(ids: Uint8Array, rows: Uint32Array, count: number, told: (nth: number, before: number) => void): void
}

/** Whether the row's transaction has the id at `at` of `bytes`. */
export type Confirm = (row: number, bytes: Uint8Array, at: number) => boolean

/** @param descriptor an empty file, open for reading and writing · @param entries room of a page */
export function createTxidIndex(descriptor: number, confirm: Confirm, entries = ENTRIES): TxidIndex {
  const file = openPages(descriptor, entries)
  let directory = Uint32Array.of(file.make(0))
  let depth = 0
  let count = 0
  // One id after another is asked out of the same bytes.
  let asked: Uint8Array = new Uint8Array(0)
  let view = viewOf(asked)

  const slotOf = (high: number): number => (depth === 0 ? 0 : high >>> (32 - depth))
  /** The place of the id within the page that is loaded then; −1: it is not there, and its last page is loaded. */
  const seek = (high: number, low: number, bytes: Uint8Array, at: number): number => {
    for (let number = directory[slotOf(high)]!; ; number = file.page[NEXT]!) {
      file.load(number)
      const end = HEAD + 3 * file.page[COUNT]!
      for (let k = HEAD; k < end; k += 3) {
        if (file.page[k] === high && file.page[k + 1] === low && confirm(file.page[k + 2]!, bytes, at)) return k
      }
      if (file.page[NEXT] === 0) return -1
    }
  }
  /** Halves the page that is loaded by the next bit of the hash. */
  const divide = (high: number): void => {
    const { page } = file
    if (page[DEPTH] === depth) {
      const doubled = new Uint32Array(2 * directory.length)
      for (let slot = 0; slot < doubled.length; slot++) doubled[slot] = directory[slot >> 1]!
      directory = doubled
      depth++
    }
    const own = page[DEPTH]! + 1
    const [all, number] = [page.slice(), directory[slotOf(high)]!]
    const bit = 32 - own
    const halves = [0, 1].map(side => {
      const half = new Uint32Array(page.length)
      half[DEPTH] = own
      for (let k = HEAD; k < HEAD + 3 * all[COUNT]!; k += 3) {
        if (((all[k]! >>> bit) & 1) !== side) continue
        half.set(all.subarray(k, k + 3), HEAD + 3 * half[COUNT]!++)
      }
      return half
    })
    file.overwrite(number, halves[0]!)
    const other = file.make(own, halves[1])
    const first = (((high >>> bit) | 1) >>> 0) * 2 ** (depth - own)
    directory.fill(other, first, first + 2 ** (depth - own))
  }
  const insert = (high: number, low: number, row: number): void => {
    for (;;) {
      file.load(directory[slotOf(high)]!)
      while (file.page[COUNT] === entries && file.page[NEXT] !== 0) file.load(file.page[NEXT]!)
      if (file.page[COUNT]! < entries) break
      if (file.page[DEPTH]! < DEPTH_MAX) divide(high)
      else file.chain()
    }
    file.page.set([high, low, row], HEAD + 3 * file.page[COUNT]!++)
    file.touch()
    count++
  }
  return {
    get count() {
      return count
    },
    find(bytes, at) {
      if (bytes !== asked) {
        asked = bytes
        view = viewOf(bytes)
      }
      const k = seek(hash(view, at, 0x9e3779b1), hash(view, at, 0x85ebca6b), bytes, at)
      return k === -1 ? -1 : file.page[k + 2]!
    },
    exchangeAll(ids, rows, many, told) {
      const all = viewOf(ids)
      // By their first bits: those of one page come one after another, and it is read and written once.
      const order = new Float64Array(many)
      for (let k = 0; k < many; k++) order[k] = hash(all, 32 * k, 0x9e3779b1) * MANY_MAX + k
      order.sort()
      for (const key of order) {
        const nth = key % MANY_MAX
        const high = (key - nth) / MANY_MAX
        const low = hash(all, 32 * nth, 0x85ebca6b)
        const k = seek(high, low, ids, 32 * nth)
        if (k === -1) {
          insert(high, low, rows[nth]!)
          told(nth, -1)
          continue
        }
        const before = file.page[k + 2]!
        file.page[k + 2] = rows[nth]!
        file.touch()
        told(nth, before)
      }
      file.flush()
    },
  }
}

/** Ids filed at once: a hash of 32 bits and a place lie in one number. */
export const MANY_MAX = 2 ** 20

/** Words of a page before its entries, of three words each: hash, more of the hash, row. */
const [COUNT, DEPTH, NEXT, HEAD] = [0, 1, 2, 4] as const
/** With its head 4 KiB. */
const ENTRIES = 340
/** From here on a full page is not divided, another is hung behind it: somebody made ids that begin alike. */
const DEPTH_MAX = 24

/** Pages of the file, one of them in memory at a time. */
function openPages(descriptor: number, entries: number) {
  const words = HEAD + 3 * entries
  const page = new Uint32Array(words)
  const bytes = new Uint8Array(page.buffer)
  let [loaded, dirty, made] = [0, false, 1]
  const flush = (): void => {
    if (dirty) writeWhole(descriptor, bytes, loaded * bytes.length)
    dirty = false
  }
  const load = (number: number): void => {
    if (number === loaded) return
    flush()
    readWhole(descriptor, bytes, number * bytes.length)
    loaded = number
  }
  const write = (number: number, content: Uint32Array): void =>
    writeWhole(descriptor, new Uint8Array(content.buffer), number * bytes.length)
  const make = (depth: number, content = new Uint32Array(words)): number => {
    content[DEPTH] = depth
    write(made, content)
    return made++
  }
  return {
    page,
    load,
    flush,
    make,
    touch(): void {
      dirty = true
    },
    /** Puts something else in the place of a page, loaded or not. */
    overwrite(number: number, content: Uint32Array): void {
      if (number === loaded) {
        page.set(content)
        dirty = true
      } else write(number, content)
    },
    /** Hangs an empty page behind the one that is loaded, and loads that. */
    chain(): void {
      const next = make(page[DEPTH]!)
      page[NEXT] = next
      dirty = true
      load(next)
    },
  }
}

/** All eight words mixed, in another way for each factor: see `tagOf` of hash-index.ts. */
function hash(view: DataView, at: number, factor: number): number {
  let mixed = 0
  for (let word = 0; word < 32; word += 4) {
    mixed = Math.imul(mixed ^ view.getInt32(at + word, true), factor)
    mixed ^= mixed >>> 15
  }
  return mixed >>> 0
}
