import { equals } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { fault, type Result } from './block-fault.ts'
import type { BlockRules } from './block-rules.ts'
import { decompressAmount, readCompressedScript, readVarint } from './undo-compressed.ts'

/**
 * The outputs that a block's inputs spend, in the order of the inputs (the coinbase has none), as columns. `script`
 * and `scriptEnd` are offsets in `scripts`.
 */
export type SpentOutputs = {
  readonly count: number
  readonly units: BigUint64Array
  readonly script: Uint32Array
  readonly scriptEnd: Uint32Array
  readonly scripts: Uint8Array
}

/** What of the block the undo data must fit. */
export type Spender = {
  /** Inputs of each transaction but the coinbase, in order. */
  readonly inputCounts: readonly number[]
  /** Hash of the block before it, 32 bytes in byte order: what Core's checksum is made with. */
  readonly previous: Uint8Array
}

/**
 * Reads the undo data of one block, in whichever form they are: the plain ordered list (64-bit value, counted
 * script), Bitcoin Core's compressed undo of one block, or a whole rev*.dat, from which the record of this block is
 * found by its checksum.
 *
 * A form is taken only if it fits the block's inputs to the last byte.
 */
export function parse(bytes: Uint8Array, spender: Spender, rules: BlockRules): Result<{ spent: SpentOutputs }> {
  if (startsWithMagic(bytes, 0, rules)) {
    const spent = findSpent(bytes, spender, rules)
    return spent === undefined ? fault('undo-mismatch', 0) : { ok: true, spent }
  }
  const spent = parsePlain(bytes, sum(spender.inputCounts)) ?? parseBare(bytes, spender)
  if (spent !== undefined) return { ok: true, spent }
  return fault(countPlain(bytes) === undefined ? 'undo-malformed' : 'undo-mismatch', 0)
}

/** The records of a rev*.dat: magic, size, undo data, checksum of 32 bytes. Padding and a cut-off end are let be. */
export function* records(bytes: Uint8Array, rules: BlockRules): Generator<{ start: number; end: number }> {
  let at = 0
  while (startsWithMagic(bytes, at, rules) && at + 8 <= bytes.length) {
    const start = at + 8
    const end = start + new DataView(bytes.buffer, bytes.byteOffset).getUint32(at + 4, true)
    if (end + 32 > bytes.length) return
    yield { start, end }
    at = end + 32
    while (bytes[at] === 0) at++
  }
}

/** Collects spent outputs one by one: for forms that are not columns already. */
export function createCollector(count: number): {
  add(units: bigint, script: Uint8Array): void
  done(): SpentOutputs
} {
  const units = new BigUint64Array(count)
  const [script, scriptEnd] = [new Uint32Array(count), new Uint32Array(count)]
  let scripts = new Uint8Array(count * 26)
  let [row, at] = [0, 0]
  return {
    add(value, bytes) {
      if (at + bytes.length > scripts.length) {
        const larger = new Uint8Array((at + bytes.length) * 2)
        larger.set(scripts)
        scripts = larger
      }
      scripts.set(bytes, at)
      units[row] = value
      script[row] = at
      at += bytes.length
      scriptEnd[row++] = at
    },
    done: () => ({ count: row, units, script, scriptEnd, scripts: scripts.slice(0, at) }),
  }
}

/**
 * What the record of this block tells: the one whose checksum (sha256d of the previous block's hash and the undo data)
 * is this block's, and that fits its inputs, since two blocks on one parent share the first part. A block that spends
 * nothing needs no record; the first block of a chain has none.
 */
function findSpent(bytes: Uint8Array, spender: Spender, rules: BlockRules): SpentOutputs | undefined {
  if (spender.inputCounts.length === 0) return createCollector(0).done()
  for (const record of recordsByCount(bytes, rules).get(spender.inputCounts.length) ?? []) {
    if (!hasChecksum(bytes, record, spender.previous)) continue
    const spent = parseCompressed(bytes, record.start, record.end, spender.inputCounts)
    if (spent !== undefined) return spent
  }
  return undefined
}

/** Records by their number of transactions, kept while the bytes are: a file is asked about each of its blocks. */
const byCount = new WeakMap<Uint8Array, Map<number, Span[]>>()

function recordsByCount(bytes: Uint8Array, rules: BlockRules): Map<number, Span[]> {
  const held = byCount.get(bytes)
  if (held !== undefined) return held
  const made = new Map<number, Span[]>()
  for (const record of records(bytes, rules)) {
    const count = readCount({ bytes: bytes.subarray(0, record.end), at: record.start })
    if (count === undefined) continue
    const list = made.get(count)
    if (list === undefined) made.set(count, [record])
    else list.push(record)
  }
  byCount.set(bytes, made)
  return made
}

type Span = { readonly start: number; readonly end: number }

function hasChecksum(bytes: Uint8Array, { start, end }: Span, previous: Uint8Array): boolean {
  const hashed = new Uint8Array(32 + end - start)
  hashed.set(previous)
  hashed.set(bytes.subarray(start, end), 32)
  return equals(sha256d(hashed), bytes.subarray(end, end + 32))
}

/** One block's record without magic and size; with its checksum or, where it has none, on its own. */
function parseBare(bytes: Uint8Array, spender: Spender): SpentOutputs | undefined {
  const end = bytes.length - 32
  const checked = end > 0 && hasChecksum(bytes, { start: 0, end }, spender.previous)
  return parseCompressed(bytes, 0, checked ? end : bytes.length, spender.inputCounts)
}

/** Bitcoin Core's CBlockUndo (undo.h). Litecoin's may have MWEB data after it, which are let be. */
function parseCompressed(
  bytes: Uint8Array,
  start: number,
  end: number,
  inputCounts: readonly number[],
): SpentOutputs | undefined {
  const collector = createCollector(sum(inputCounts))
  const cursor = { bytes: bytes.subarray(0, end), at: start }
  if (readCount(cursor) !== inputCounts.length) return undefined
  for (const count of inputCounts) {
    if (readCount(cursor) !== count) return undefined
    for (let i = 0; i < count; i++) {
      const heightAndCoinbase = readVarint(cursor)
      // Of old a transaction version stood here, and now a zero; without a height there is neither.
      if (heightAndCoinbase === undefined) return undefined
      if (heightAndCoinbase > 1n && readVarint(cursor) === undefined) return undefined
      const amount = readVarint(cursor)
      const script = readCompressedScript(cursor)
      if (amount === undefined || script === undefined) return undefined
      const units = decompressAmount(amount)
      if (units >= 1n << 63n) return undefined
      collector.add(units, script)
    }
  }
  return collector.done()
}

/** The plain list, if it holds exactly `count` outputs. */
function parsePlain(bytes: Uint8Array, count: number): SpentOutputs | undefined {
  if (countPlain(bytes) !== count) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const units = new BigUint64Array(count)
  const [script, scriptEnd] = [new Uint32Array(count), new Uint32Array(count)]
  const cursor = { bytes, at: 0 }
  for (let row = 0; row < count; row++) {
    units[row] = view.getBigUint64(cursor.at, true)
    cursor.at += 8
    const length = readCount(cursor)!
    script[row] = cursor.at
    cursor.at += length
    scriptEnd[row] = cursor.at
  }
  return { count, units, script, scriptEnd, scripts: bytes }
}

/** Outputs in a plain list, or undefined where it does not end with one. */
function countPlain(bytes: Uint8Array): number | undefined {
  const cursor = { bytes, at: 0 }
  let count = 0
  for (; cursor.at < bytes.length; count++) {
    // Values are below 2^63: the sign bit is never set.
    if ((bytes[cursor.at + 7] ?? 0x80) >= 0x80) return undefined
    cursor.at += 8
    const length = readCount(cursor)
    if (length === undefined || cursor.at + length > bytes.length) return undefined
    cursor.at += length
  }
  return count
}

/** CompactSize in shortest form, below 2^32. */
function readCount(cursor: { bytes: Uint8Array; at: number }): number | undefined {
  const { bytes, at } = cursor
  const first = bytes[at]
  if (first === undefined || first === 0xff) return undefined
  const width = first < 0xfd ? 0 : first === 0xfd ? 2 : 4
  cursor.at = at + 1 + width
  if (cursor.at > bytes.length) return undefined
  if (width === 0) return first
  let count = 0
  for (let i = width; i > 0; i--) count = count * 256 + bytes[at + i]!
  return count >= (width === 2 ? 0xfd : 0x1_0000) ? count : undefined
}

function startsWithMagic(bytes: Uint8Array, at: number, rules: BlockRules): boolean {
  if (at + 4 > bytes.length) return false
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, false) === rules.magic
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
