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
  const tree: Tree = { file, directory: Uint32Array.of(file.make(0)), depth: 0 }
  let count = 0
  // One id after another is asked out of the same bytes.
  let asked: Uint8Array = new Uint8Array(0)
  let view = viewOf(asked)
  return {
    get count() {
      return count
    },
    find(bytes, at) {
      if (bytes !== asked) {
        asked = bytes
        view = viewOf(bytes)
      }
      const k = seek(tree, hash(view, at, HIGH), hash(view, at, LOW), row => confirm(row, bytes, at))
      return k === -1 ? -1 : file.page[k + 2]!
    },
    exchangeAll(ids, rows, many, told) {
      const all = viewOf(ids)
      // By their first bits: those of one page come one after another, and it is read and written once.
      const order = new Float64Array(many)
      for (let k = 0; k < many; k++) order[k] = hash(all, 32 * k, HIGH) * MANY_MAX + k
      order.sort()
      for (const key of order) {
        const nth = key % MANY_MAX
        const [high, low] = [(key - nth) / MANY_MAX, hash(all, 32 * nth, LOW)]
        const k = seek(tree, high, low, row => confirm(row, ids, 32 * nth))
        if (k === -1) {
          insert(tree, [high, low, rows[nth]!])
          count++
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

/** Which page the first bits of a hash lead to. */
type Tree = { readonly file: ReturnType<typeof openPages>; directory: Uint32Array; depth: number }

function slotOf({ depth }: Tree, high: number): number {
  return depth === 0 ? 0 : high >>> (32 - depth)
}

/** The entry's place in the page that is loaded then; −1: it is not there, and the last page of its hash is loaded. */
function seek(tree: Tree, high: number, low: number, isIt: (row: number) => boolean): number {
  const { page, load } = tree.file
  for (let number = tree.directory[slotOf(tree, high)]!; ; number = page[NEXT]!) {
    load(number)
    const end = HEAD + 3 * page[COUNT]!
    for (let k = HEAD; k < end; k += 3) {
      if (page[k] === high && page[k + 1] === low && isIt(page[k + 2]!)) return k
    }
    if (page[NEXT] === 0) return -1
  }
}

function insert(tree: Tree, entry: readonly [high: number, low: number, row: number]): void {
  const { file } = tree
  for (;;) {
    file.load(tree.directory[slotOf(tree, entry[0])]!)
    while (file.isFull() && file.page[NEXT] !== 0) file.load(file.page[NEXT]!)
    if (!file.isFull()) break
    if (file.page[DEPTH]! < DEPTH_MAX) divide(tree, entry[0])
    else file.chain()
  }
  file.page.set(entry, HEAD + 3 * file.page[COUNT]!++)
  file.touch()
}

/** Halves the page that is loaded by the next bit of the hash. */
function divide(tree: Tree, high: number): void {
  const { file } = tree
  if (file.page[DEPTH] === tree.depth) {
    const half = tree.directory
    tree.directory = Uint32Array.from({ length: 2 * half.length }, (_, slot) => half[slot >> 1]!)
    tree.depth++
  }
  const [all, own] = [file.page.slice(), file.page[DEPTH]! + 1]
  const bit = 32 - own
  const halves = [0, 1].map(side => {
    const half = new Uint32Array(all.length)
    half[DEPTH] = own
    for (let k = HEAD; k < HEAD + 3 * all[COUNT]!; k += 3) {
      if (((all[k]! >>> bit) & 1) === side) half.set(all.subarray(k, k + 3), HEAD + 3 * half[COUNT]!++)
    }
    return half
  })
  file.page.set(halves[0]!)
  file.touch()
  const slots = 2 ** (tree.depth - own)
  const first = (((high >>> bit) | 1) >>> 0) * slots
  tree.directory.fill(file.make(own, halves[1]), first, first + slots)
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
    isFull: (): boolean => page[COUNT] === entries,
    /** Hangs an empty page behind the one that is loaded, and loads that. */
    chain(): void {
      const next = make(page[DEPTH]!)
      page[NEXT] = next
      dirty = true
      load(next)
    },
  }
}

/** Factors of the two halves of a hash. */
const [HIGH, LOW] = [0x9e3779b1, 0x85ebca6b] as const

/** All eight words mixed, in another way for each factor: see `tagOf` of hash-index.ts. */
function hash(view: DataView, at: number, factor: number): number {
  let mixed = 0
  for (let word = 0; word < 32; word += 4) {
    mixed = Math.imul(mixed ^ view.getInt32(at + word, true), factor)
    mixed ^= mixed >>> 15
  }
  return mixed >>> 0
}
