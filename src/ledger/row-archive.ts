import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readWhole, writeWhole } from '../std/whole.ts'
import { NONE } from './columns.ts'
import { createHashSet } from './hash-index.ts'
import type { TransferBatch } from './link-account.ts'
import { longer } from './room.ts'
import { type Archive, compare, createRows, type Rows, sliceOf } from './transfer-roll.ts'
import { createTxidIndex, MANY_MAX, type TxidIndex } from './txid-index.ts'

/**
 * The rows of an account chain on disk, in the order of their coming, so that a process that follows need not hold
 * them: found by transaction, to tell repeats, and by address, for what an address did. The files are scratch of this
 * process, without a name from the start, and derived from the chunks whenever it starts: nothing rests on them.
 *
 * On disk 104 bytes a row and some 17 a transaction; in memory 8 bytes for each address that the ledger names, and
 * what `createTxidIndex` says. A row is read at a time: about 3 µs while the system has it in memory.
 */
export type RowArchive = Archive & {
  readonly transactions: number
  /** Of the lowest and the highest row; null: there is none. */
  readonly heights: { readonly low: number; readonly high: number } | null
  has(txid: Uint8Array): boolean
  /** Transactions that an address has part in; those that came in pieces count for each piece. */
  countOf(address: number): number
  /** The rows that name one of these addresses, by their numbers in the dictionary, in the order of their coming. */
  rowsOf(addresses: Iterable<number>): TransferBatch
}

/** @param folder where the files go; there must be room for all rows */
export function openRowArchive(folder: string): RowArchive {
  const files = { rows: openScratch(folder), index: openScratch(folder) }
  const rows = openRecords(files.rows)
  const ends = createEnds()
  /** Those that are being added: not yet in the file. */
  let adding: TransferBatch | null = null
  const index = createTxidIndex(files.index, (row, ids, at) => {
    if (row >= rows.count) return isSame(adding!.txid, 32 * (row - rows.count), ids, at)
    rows.load(row)
    return isSame(rows.bytes, 0, ids, at)
  })
  let [low, high] = [NONE, 0]
  const addSome = (batch: TransferBatch): void => {
    adding = batch
    const content = pack(batch)
    const transactions = linkTransactions(batch, rows.count, content, index)
    ends.link(batch, rows.count, content, transactions)
    for (const height of batch.height) [low, high] = [Math.min(low, height), Math.max(high, height)]
    rows.write(content, batch.count)
    adding = null
  }
  const archive: RowArchive = {
    get count() {
      return rows.count
    },
    get transactions() {
      return index.count
    },
    get heights() {
      return rows.count === 0 ? null : { low, high }
    },
    judge(txid, at, row) {
      const found = index.find(txid, at)
      if (found === -1) return undefined
      const one = createRows(1)
      for (let other = found; other !== NONE; other = rows.words[BEFORE]!) {
        rows.load(other)
        unpack(rows, one, 0)
        const verdict = compare(one, 0, row)
        if (verdict !== undefined) return verdict
      }
      return undefined
    },
    append(batch) {
      for (let from = 0; from < batch.count; from += ROWS_AT_ONCE) {
        addSome(stretch(batch, from, Math.min(batch.count, from + ROWS_AT_ONCE)))
      }
    },
    has: txid => index.find(txid, 0) !== -1,
    countOf: ends.countOf,
    rowsOf(addresses) {
      const order = Float64Array.from(numbersOf(addresses, ends, rows)).sort()
      const found = createRows(order.length)
      for (const [k, row] of order.entries()) {
        rows.load(row)
        unpack(rows, found, k)
      }
      return sliceOf(found, 0, order.length)
    },
  }
  CLOSING.register(archive, files)
  return archive
}

type Records = ReturnType<typeof openRecords>

/** The file of records, one of them in memory at a time. */
function openRecords(descriptor: number) {
  const words = new Uint32Array(RECORD_WORDS)
  const bytes = new Uint8Array(words.buffer)
  const records = {
    words,
    bytes,
    count: 0,
    load(row: number): void {
      readWhole(descriptor, bytes, row * RECORD_BYTES)
    },
    write(content: Uint32Array, rows: number): void {
      writeWhole(descriptor, new Uint8Array(content.buffer), records.count * RECORD_BYTES)
      records.count += rows
    },
  }
  return records
}

/**
 * Hangs the rows of each transaction on one another, the first of them on the newest that is on disk, and files the
 * last. Which rows are of one transaction: the same number for each.
 */
function linkTransactions(batch: TransferBatch, base: number, content: Uint32Array, index: TxidIndex): Uint32Array {
  const ids = createHashSet()
  const transactions = new Uint32Array(batch.count)
  ids.addMany(batch.txid, batch.count, transactions)
  const [first, last] = [new Uint32Array(ids.count).fill(NONE), new Uint32Array(ids.count)]
  const distinct = new Uint8Array(32 * ids.count)
  for (let k = 0; k < batch.count; k++) {
    const nth = transactions[k]!
    content[RECORD_WORDS * k + BEFORE] = last[nth]!
    if (first[nth] === NONE) {
      first[nth] = k
      for (let at = 0; at < 32; at++) distinct[32 * nth + at] = batch.txid[32 * k + at]!
    }
    last[nth] = base + k
  }
  index.exchangeAll(distinct, last, ids.count, (nth, before) => {
    content[RECORD_WORDS * first[nth]! + BEFORE] = before === -1 ? NONE : before
  })
  return transactions
}

type Ends = ReturnType<typeof createEnds>

/** By address: its newest row, on which those before it hang, and in how many transactions it has part. */
function createEnds() {
  let newest = new Uint32Array(1024).fill(NONE)
  let touched = new Uint32Array(1024)
  const reserve = (address: number): void => {
    if (address < newest.length) return
    newest = longer(newest, newest.length, Math.max(address + 1, 2 * newest.length), NONE)
    touched = longer(touched, touched.length, newest.length)
  }
  return {
    newestOf: (address: number): number => newest[address] ?? NONE,
    countOf: (address: number): number => touched[address] ?? 0,
    link(batch: TransferBatch, base: number, content: Uint32Array, transactions: Uint32Array): void {
      for (let k = 0; k < batch.count; k++) {
        for (const [name, before] of ENDS) {
          const address = batch[name][k]!
          content[RECORD_WORDS * k + before] = NONE
          if (address === NONE) continue
          reserve(address)
          const held = newest[address]!
          // Both ends may be one address: then the chain goes through the sender's end.
          if (held === base + k) continue
          content[RECORD_WORDS * k + before] = held
          if (held === NONE || held < base || transactions[held - base] !== transactions[k]) touched[address]!++
          newest[address] = base + k
        }
      }
    },
  }
}

/** Rows that name one of the addresses. */
function numbersOf(addresses: Iterable<number>, ends: Ends, rows: Records): Set<number> {
  const found = new Set<number>()
  for (const address of addresses) {
    for (let row = ends.newestOf(address); row !== NONE; ) {
      found.add(row)
      rows.load(row)
      row = rows.words[rows.words[FROM] === address ? BEFORE_FROM : BEFORE_TO]!
    }
  }
  return found
}

/** Rows added in one go: what a copy of them takes for a moment is 100 MB at most. */
const ROWS_AT_ONCE = Math.min(MANY_MAX, 500_000)

const CLOSING = new FinalizationRegistry<Readonly<Record<string, number>>>(files => {
  for (const descriptor of Object.values(files)) closeSync(descriptor)
})

let serial = 0

/** A file that goes with the process, however that ends. */
function openScratch(folder: string): number {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${process.pid}-${serial++}.scratch`)
  const descriptor = openSync(path, 'w+', 0o600)
  rmSync(path)
  return descriptor
}

/** Words of a record: the id, then these, then the units in eight words, the lowest first. */
const [TX_INDEX, LOG_INDEX, HEIGHT, TIME, FROM, TO, ASSET_KIND, BEFORE, BEFORE_FROM, BEFORE_TO, UNITS] = [
  ...([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] as const),
] as const
const RECORD_WORDS = 26
const RECORD_BYTES = 4 * RECORD_WORDS
const ENDS = [
  ['from', BEFORE_FROM],
  ['to', BEFORE_TO],
] as const

/** The records of rows, without what hangs on them. */
function pack(batch: TransferBatch): Uint32Array {
  const content = new Uint32Array(RECORD_WORDS * batch.count)
  const bytes = new Uint8Array(content.buffer)
  const { low, above } = batch.units
  const words = new Uint32Array(low.buffer, low.byteOffset, 2 * batch.count)
  for (let row = 0; row < batch.count; row++) {
    const base = RECORD_WORDS * row
    for (let k = 0; k < 32; k++) bytes[4 * base + k] = batch.txid[32 * row + k]!
    content[base + TX_INDEX] = batch.txIndex[row]!
    content[base + LOG_INDEX] = batch.logIndex[row]!
    content[base + HEIGHT] = batch.height[row]!
    content[base + TIME] = batch.time[row]!
    content[base + FROM] = batch.from[row]!
    content[base + TO] = batch.to[row]!
    content[base + ASSET_KIND] = batch.asset[row]! | (batch.kind[row]! << 16)
    content[base + UNITS] = words[2 * row]!
    content[base + UNITS + 1] = words[2 * row + 1]!
  }
  for (const [row, units] of above) {
    let left = units
    for (let word = RECORD_WORDS * row + UNITS; left > 0n; left >>= 32n) content[word++] = Number(left & 0xffff_ffffn)
  }
  return content
}

/** The record that was read becomes one of the rows. */
function unpack({ words, bytes }: Records, rows: Rows, row: number): void {
  for (let k = 0; k < 32; k++) rows.txid[32 * row + k] = bytes[k]!
  rows.txIndex[row] = words[TX_INDEX]!
  rows.logIndex[row] = words[LOG_INDEX]!
  rows.height[row] = words[HEIGHT]!
  rows.time[row] = words[TIME]!
  rows.from[row] = words[FROM]!
  rows.to[row] = words[TO]!
  rows.asset[row] = words[ASSET_KIND]!
  rows.kind[row] = words[ASSET_KIND]! >>> 16
  rows.words[2 * row] = words[UNITS]!
  rows.words[2 * row + 1] = words[UNITS + 1]!
  rows.above.delete(row)
  let most = RECORD_WORDS - 1
  while (most > UNITS + 1 && words[most] === 0) most--
  if (most === UNITS + 1) return
  let above = 0n
  for (let word = most; word >= UNITS; word--) above = (above << 32n) | BigInt(words[word]!)
  rows.above.set(row, above)
  rows.large.push(row)
}

function isSame(a: Uint8Array, atA: number, b: Uint8Array, atB: number): boolean {
  for (let k = 0; k < 32; k++) if (a[atA + k] !== b[atB + k]) return false
  return true
}

/** Rows of a batch from one number up to another, as views. */
function stretch(batch: TransferBatch, from: number, to: number): TransferBatch {
  if (from === 0 && to === batch.count) return batch
  const above = new Map<number, bigint>()
  for (const [row, units] of batch.units.above) if (row >= from && row < to) above.set(row - from, units)
  return {
    ...{ count: to - from, txid: batch.txid.subarray(32 * from, 32 * to), txIndex: batch.txIndex.subarray(from, to) },
    ...{ logIndex: batch.logIndex.subarray(from, to), kind: batch.kind.subarray(from, to) },
    ...{ height: batch.height.subarray(from, to), time: batch.time.subarray(from, to) },
    ...{ from: batch.from.subarray(from, to), to: batch.to.subarray(from, to), asset: batch.asset.subarray(from, to) },
    units: { low: batch.units.low.subarray(from, to), above },
  }
}
