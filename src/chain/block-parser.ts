import { assert } from '../std/assert.ts'
import { fault, type Reason, type Result } from './block-fault.ts'
import { HEADER_BYTES } from './block-header.ts'
import * as Mweb from './block-mweb.ts'
import type { BlockRules } from './block-rules.ts'
import * as Sink from './block-sink.ts'

/**
 * Reads the serialized block at `start` up to `end` into `sink`, one row per transaction, input and output.
 *
 * The structure alone is checked here: nothing is hashed (see block-check.ts). On a fault the sink is as it was.
 * Nothing is allocated per transaction; a count is believed only as far as the bytes that are left could hold it.
 * Bound on paper: three stores and one load per input and output, so memory speed is reached at about 2 bytes a cycle.
 */
export function parseBlock(
  bytes: Uint8Array,
  start: number,
  end: number,
  sink: Sink.BlockSink,
  rules: BlockRules,
): Result<{ readonly transactions: number }> {
  assert(end <= bytes.length && bytes.length < 2 ** 32, 'a block lies within bytes that 32-bit offsets reach')
  const { transactionCount, inputCount, outputCount } = sink
  const at = readBlock(bytes, start, end, sink, rules)
  if (at < 0) {
    sink.transactionCount = transactionCount
    sink.inputCount = inputCount
    sink.outputCount = outputCount
    return fault(CODES[sink.state.reason]!, sink.state.offset)
  }
  Sink.reserveBlock(sink)
  const block = sink.blockCount++
  sink.blocks.start[block] = start
  sink.blocks.end[block] = end
  sink.blocks.firstTransaction[block] = transactionCount
  sink.blocks.firstTransaction[block + 1] = sink.transactionCount
  return { ok: true, transactions: sink.transactionCount - transactionCount }
}

/** The least bytes that a transaction, an input and an output take. */
const TRANSACTION_LEAST = 60
const INPUT_LEAST = 41
const OUTPUT_LEAST = 9

/** No count times the least size, and no script, goes beyond a block's weight limit (BIP 141). */
const BLOCK_BYTES_MAX = 4_000_000

const CODES: readonly Reason[] = [
  'truncated',
  'trailing-bytes',
  'overlong-count',
  'count-too-large',
  'no-transactions',
  'no-inputs',
  'unknown-flag',
  'superfluous-witness',
  'amount-range',
  'mweb-malformed',
]
const [TRUNCATED, TRAILING, OVERLONG, TOO_LARGE, NO_TRANSACTIONS, NO_INPUTS, UNKNOWN_FLAG, SUPERFLUOUS, AMOUNT, MWEB] =
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const

// Readers give the offset after what they read, or −1 with the reason in `sink.state`.

function readBlock(bytes: Uint8Array, start: number, end: number, sink: Sink.BlockSink, rules: BlockRules): number {
  let at = start + HEADER_BYTES
  if (at > end) return fail(sink, TRUNCATED, end)
  const count = readCount(bytes, at, end, TRANSACTION_LEAST, sink)
  if (count < 0) return -1
  if (count === 0) return fail(sink, NO_TRANSACTIONS, at)
  at += widthOf(bytes[at]!)
  Sink.reserveTransactions(sink, count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  sink.state.unitsHigh = Number(rules.unitsMax >> 32n)
  sink.state.unitsLow = Number(rules.unitsMax & 0xffff_ffffn)
  sink.state.flags = rules.mweb ? Sink.FLAG_WITNESS | Sink.FLAG_MWEB : Sink.FLAG_WITNESS
  for (let i = 0; i < count; i++) {
    at = readTransaction(bytes, view, at, end, sink)
    if (at < 0) return -1
  }
  const last = sink.transactionCount - 1
  sink.transactions.firstInput[last + 1] = sink.inputCount
  sink.transactions.firstOutput[last + 1] = sink.outputCount
  if (count >= 2 && (sink.transactions.flags[last]! & Sink.FLAG_MWEB) !== 0) {
    const tail = Mweb.skipBlock(bytes, at, end)
    if (tail < 0) return fail(sink, MWEB, at)
    at = tail
  }
  return at === end ? at : fail(sink, TRAILING, at)
}

function readTransaction(bytes: Uint8Array, view: DataView, start: number, end: number, sink: Sink.BlockSink): number {
  if (start + 10 > end) return fail(sink, TRUNCATED, start)
  const { transactions } = sink
  const row = sink.transactionCount
  let at = start + 4
  let flags = 0
  if (bytes[at] === 0) {
    flags = bytes[at + 1]!
    if (flags === 0) return fail(sink, NO_INPUTS, at)
    if ((flags & ~sink.state.flags) !== 0) return fail(sink, UNKNOWN_FLAG, at + 1)
    at += 2
  }
  transactions.start[row] = start
  transactions.body[row] = at
  transactions.flags[row] = flags
  const firstInput = sink.inputCount
  transactions.firstInput[row] = firstInput
  transactions.firstOutput[row] = sink.outputCount
  at = readInputs(bytes, at, end, sink, flags)
  if (at < 0) return -1
  at = readOutputs(bytes, view, at, end, sink)
  if (at < 0) return -1
  transactions.tail[row] = at
  if (flags !== 0) {
    at = readTail(bytes, at, end, sink, firstInput, flags)
    if (at < 0) return -1
    transactions.witnessEnd[row] = (flags & Sink.FLAG_MWEB) === 0 ? at : at - 1
  } else {
    transactions.witnessEnd[row] = at
  }
  at += 4
  if (at > end) return fail(sink, TRUNCATED, at - 4)
  transactions.end[row] = at
  sink.transactionCount = row + 1
  return at
}

function readInputs(bytes: Uint8Array, at: number, end: number, sink: Sink.BlockSink, flags: number): number {
  const count = readCount(bytes, at, end, INPUT_LEAST, sink)
  if (count < 0) return -1
  // The HogEx of Litecoin's MWEB may have no input: in the first MWEB block there is nothing to spend yet.
  if (count === 0 && (flags & Sink.FLAG_MWEB) === 0) return fail(sink, NO_INPUTS, at)
  at += widthOf(bytes[at]!)
  Sink.reserveInputs(sink, count)
  const { outpoint, script, scriptEnd } = sink.inputs
  let row = sink.inputCount
  for (const last = row + count; row < last; row++) {
    if (at + INPUT_LEAST > end) return fail(sink, TRUNCATED, at)
    let length = bytes[at + 36]!
    let from = at + 37
    if (length >= 0xfd) {
      length = readCount(bytes, at + 36, end, 1, sink)
      if (length < 0) return -1
      from = at + 36 + widthOf(bytes[at + 36]!)
    }
    outpoint[row] = at
    at = from + length
    script[row] = from
    scriptEnd[row] = at
    at += 4
    if (at > end) return fail(sink, TRUNCATED, from)
  }
  sink.inputCount = row
  return at
}

function readOutputs(bytes: Uint8Array, view: DataView, at: number, end: number, sink: Sink.BlockSink): number {
  const count = readCount(bytes, at, end, OUTPUT_LEAST, sink)
  if (count < 0) return -1
  if (count === 0) return fail(sink, NO_INPUTS, at)
  at += widthOf(bytes[at]!)
  Sink.reserveOutputs(sink, count)
  const { value, script, scriptEnd } = sink.outputs
  const { unitsHigh, unitsLow } = sink.state
  let row = sink.outputCount
  for (const last = row + count; row < last; row++) {
    if (at + OUTPUT_LEAST > end) return fail(sink, TRUNCATED, at)
    const high = view.getUint32(at + 4, true)
    if (high >= unitsHigh && (high > unitsHigh || view.getUint32(at, true) > unitsLow)) return fail(sink, AMOUNT, at)
    let length = bytes[at + 8]!
    let from = at + 9
    if (length >= 0xfd) {
      length = readCount(bytes, at + 8, end, 1, sink)
      if (length < 0) return -1
      from = at + 8 + widthOf(bytes[at + 8]!)
    }
    value[row] = at
    at = from + length
    script[row] = from
    scriptEnd[row] = at
    if (at > end) return fail(sink, TRUNCATED, from)
  }
  sink.outputCount = row
  return at
}

/** What stands between outputs and lock time: witnesses, and one byte for a transaction's MWEB part. */
function readTail(
  bytes: Uint8Array,
  at: number,
  end: number,
  sink: Sink.BlockSink,
  firstInput: number,
  flags: number,
): number {
  if ((flags & Sink.FLAG_WITNESS) !== 0) {
    at = readWitnesses(bytes, at, end, sink, firstInput)
    if (at < 0) return -1
  }
  if ((flags & Sink.FLAG_MWEB) === 0) return at
  if (at >= end) return fail(sink, TRUNCATED, at)
  // Blocks carry MWEB transactions in their tail: within a transaction the part is always absent (0).
  return bytes[at] === 0 ? at + 1 : fail(sink, MWEB, at)
}

function readWitnesses(bytes: Uint8Array, at: number, end: number, sink: Sink.BlockSink, firstInput: number): number {
  const { witness } = sink.inputs
  const begin = at
  let items = 0
  for (let row = firstInput; row < sink.inputCount; row++) {
    witness[row] = at
    const count = readCount(bytes, at, end, 1, sink)
    if (count < 0) return -1
    at += widthOf(bytes[at]!)
    items += count
    for (let i = 0; i < count; i++) {
      if (at >= end) return fail(sink, TRUNCATED, at)
      let length = bytes[at]!
      if (length >= 0xfd) {
        length = readCount(bytes, at, end, 1, sink)
        if (length < 0) return -1
        at += widthOf(bytes[at]!)
      } else {
        at++
      }
      at += length
      if (at > end) return fail(sink, TRUNCATED, at - length)
    }
  }
  return items === 0 ? fail(sink, SUPERFLUOUS, begin) : at
}

/** The count or length at `at`, in items of at least `least` bytes; −1 where it is no good. */
function readCount(bytes: Uint8Array, at: number, end: number, least: number, sink: Sink.BlockSink): number {
  if (at >= end) return fail(sink, TRUNCATED, at)
  let count = bytes[at]!
  if (count >= 0xfd) {
    const first = count
    const width = widthOf(first)
    if (at + width > end) return fail(sink, TRUNCATED, at)
    count = bytes[at + 1]! + bytes[at + 2]! * 0x100
    if (first > 0xfd) count += bytes[at + 3]! * 0x1_0000 + bytes[at + 4]! * 0x100_0000
    if (first === 0xff)
      count += (bytes[at + 5]! + bytes[at + 6]! * 0x100) * 2 ** 32 + (bytes[at + 7]! + bytes[at + 8]! * 0x100) * 2 ** 48
    if (count < (first === 0xfd ? 0xfd : first === 0xfe ? 0x1_0000 : 2 ** 32)) return fail(sink, OVERLONG, at)
    if (count * least > BLOCK_BYTES_MAX) return fail(sink, TOO_LARGE, at)
  }
  return count * least > end - at ? fail(sink, TRUNCATED, at) : count
}

/** Bytes that a count takes, by its first byte (Bitcoin's CompactSize). */
function widthOf(first: number): number {
  return first < 0xfd ? 1 : first === 0xfd ? 3 : first === 0xfe ? 5 : 9
}

function fail(sink: Sink.BlockSink, reason: number, offset: number): -1 {
  sink.state.reason = reason
  sink.state.offset = offset
  return -1
}
