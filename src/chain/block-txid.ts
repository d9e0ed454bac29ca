import { type BlockSink, FLAG_MWEB } from './block-sink.ts'
import type { Hasher } from './sha256.ts'

/**
 * Txids of the transactions `from` up to `to` of a sink, 32 bytes each in byte order, from `32 * from` in `out`.
 *
 * Spans of transactions without witnesses are copied whole, however many lie side by side; only those with a flag are
 * put together without it. `bytes` are those that were parsed.
 */
export function computeTxids(
  bytes: Uint8Array,
  sink: BlockSink,
  from: number,
  to: number,
  hasher: Hasher,
  out: Uint8Array,
): void {
  if (to === from) return
  const { start, end, body, tail, flags } = sink.transactions
  const area = hasher.reserve(end[to - 1]! - start[from]!)
  const spans = new Uint32Array(2 * (to - from))
  let at = 0
  let row = from
  while (row < to) {
    const runStart = start[row]!
    let runEnd = runStart
    for (; row < to && flags[row] === 0 && start[row] === runEnd; row++) {
      spans[2 * (row - from)] = at
      at += end[row]! - start[row]!
      spans[2 * (row - from) + 1] = at
      runEnd = end[row]!
    }
    if (runEnd > runStart) area.set(bytes.subarray(runStart, runEnd), at - (runEnd - runStart))
    if (row < to && flags[row] !== 0) {
      spans[2 * (row - from)] = at
      area.set(bytes.subarray(start[row]!, start[row]! + 4), at)
      area.set(bytes.subarray(body[row]!, tail[row]!), at + 4)
      at += 4 + tail[row]! - body[row]!
      area.set(bytes.subarray(end[row]! - 4, end[row]!), at)
      at += 4
      spans[2 * (row - from) + 1] = at
      row++
    }
  }
  hasher.hashStored(spans, to - from, out, 32 * from)
}

/** Hashes with witnesses (wtxids), in the same shape. A transaction without witnesses has its txid. */
export function computeWitnessIds(
  bytes: Uint8Array,
  sink: BlockSink,
  from: number,
  to: number,
  hasher: Hasher,
  out: Uint8Array,
): void {
  if (to === from) return
  const { start, end, body, witnessEnd, flags } = sink.transactions
  const area = hasher.reserve(end[to - 1]! - start[from]!)
  const spans = new Uint32Array(2 * (to - from))
  let at = 0
  for (let row = from; row < to; row++) {
    const first = start[row]!
    spans[2 * (row - from)] = at
    if ((flags[row]! & FLAG_MWEB) === 0) {
      area.set(bytes.subarray(first, end[row]!), at)
      at += end[row]! - first
    } else {
      // Litecoin hashes without the MWEB flag and part; with no other flag the extended form falls away whole.
      const head = flags[row] === FLAG_MWEB ? 0 : 2
      area.set(bytes.subarray(first, first + 4), at)
      if (head === 2) area.set([0, flags[row]! & ~FLAG_MWEB], at + 4)
      area.set(bytes.subarray(body[row]!, witnessEnd[row]!), at + 4 + head)
      at += 4 + head + witnessEnd[row]! - body[row]!
      area.set(bytes.subarray(end[row]! - 4, end[row]!), at)
      at += 4
    }
    spans[2 * (row - from) + 1] = at
  }
  hasher.hashStored(spans, to - from, out, 32 * from)
}
