/**
 * Skips Litecoin's MWEB data exactly: what is inside is confidential and holds nothing to trace, yet the block's end
 * is only found by reading it.
 *
 * Source: Litecoin Core 0.21.4, `src/mweb/mweb_models.h` and `src/libmw/include/mw/models` (LIP 3 and LIP 4).
 * Readers give the offset after what they read, or −1.
 */

/** The tail of a block whose last transaction is a HogEx: one byte that says whether a block follows, and the block. */
export function skipBlock(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1
  // OptionalPtr: anything but 1 is read as absent.
  if (bytes[at] !== 1) return at + 1
  at = skipHeader(bytes, at + 1, end)
  at = skipList(bytes, at, end, INPUT_LEAST, skipInput)
  at = skipList(bytes, at, end, OUTPUT_LEAST, skipOutput)
  return skipList(bytes, at, end, KERNEL_LEAST, skipKernel)
}

const HASH = 32
const COMMITMENT = 33
const PUBLIC_KEY = 33
const SIGNATURE = 64
const RANGE_PROOF = 675
const INPUT_LEAST = 1 + HASH + COMMITMENT + PUBLIC_KEY + SIGNATURE
const OUTPUT_LEAST = COMMITMENT + 2 * PUBLIC_KEY + 1 + RANGE_PROOF + SIGNATURE
const KERNEL_LEAST = 1 + COMMITMENT + SIGNATURE

type Skip = (bytes: Uint8Array, at: number, end: number) => number

/** Height; roots of outputs, kernels and leafset; two offsets; two sizes. */
function skipHeader(bytes: Uint8Array, at: number, end: number): number {
  at = skipVarint(bytes, at, end)
  at = skip(at, 5 * HASH, end)
  at = skipVarint(bytes, at, end)
  return skipVarint(bytes, at, end)
}

function skipInput(bytes: Uint8Array, at: number, end: number): number {
  const features = bytes[at]!
  at = skip(at, 1 + HASH + COMMITMENT + PUBLIC_KEY, end)
  if ((features & 0x01) !== 0) at = skip(at, PUBLIC_KEY, end)
  if ((features & 0x02) !== 0) at = skipBytes(bytes, at, end)
  return skip(at, SIGNATURE, end)
}

function skipOutput(bytes: Uint8Array, at: number, end: number): number {
  at = skip(at, COMMITMENT + 2 * PUBLIC_KEY, end)
  if (at < 0 || at >= end) return -1
  const features = bytes[at]!
  at++
  // Key exchange key, view tag, masked value, masked nonce.
  if ((features & 0x01) !== 0) at = skip(at, PUBLIC_KEY + 1 + 8 + 16, end)
  if ((features & 0x02) !== 0) at = skipBytes(bytes, at, end)
  return skip(at, RANGE_PROOF + SIGNATURE, end)
}

/** Features: fee, peg-in, peg-outs, lock height, stealth excess, extra data; then excess and signature. */
function skipKernel(bytes: Uint8Array, at: number, end: number): number {
  const features = bytes[at]!
  at++
  if ((features & 0x01) !== 0) at = skipVarint(bytes, at, end)
  if ((features & 0x02) !== 0) at = skipVarint(bytes, at, end)
  if ((features & 0x04) !== 0) at = skipList(bytes, at, end, 2, skipPegOut)
  if ((features & 0x08) !== 0) at = skipVarint(bytes, at, end)
  if ((features & 0x10) !== 0) at = skip(at, PUBLIC_KEY, end)
  if ((features & 0x20) !== 0) at = skipBytes(bytes, at, end)
  return skip(at, COMMITMENT + SIGNATURE, end)
}

function skipPegOut(bytes: Uint8Array, at: number, end: number): number {
  return skipBytes(bytes, skipVarint(bytes, at, end), end)
}

function skipList(bytes: Uint8Array, at: number, end: number, least: number, item: Skip): number {
  const [count, next] = readCount(bytes, at, end)
  if (next < 0 || count * least > end - next) return -1
  at = next
  for (let i = 0; i < count && at >= 0; i++) at = at < end ? item(bytes, at, end) : -1
  return at
}

/** A count of bytes and so many bytes. */
function skipBytes(bytes: Uint8Array, at: number, end: number): number {
  const [count, next] = readCount(bytes, at, end)
  return next < 0 ? -1 : skip(next, count, end)
}

function skip(at: number, length: number, end: number): number {
  return at < 0 || at + length > end ? -1 : at + length
}

/** CompactSize: the count and the offset after it, which is −1 where it is cut off or not in shortest form. */
function readCount(bytes: Uint8Array, at: number, end: number): readonly [number, number] {
  if (at < 0 || at >= end) return [0, -1]
  const first = bytes[at]!
  const width = first < 0xfd ? 1 : first === 0xfd ? 3 : first === 0xfe ? 5 : 9
  if (at + width > end) return [0, -1]
  if (width === 1) return [first, at + 1]
  let count = 0
  for (let i = width - 1; i > 0; i--) count = count * 256 + bytes[at + i]!
  const least = width === 3 ? 0xfd : width === 5 ? 0x1_0000 : 2 ** 32
  return count < least ? [0, -1] : [count, at + width]
}

/** Core's VARINT: base 128, most significant first, at most 10 bytes. */
function skipVarint(bytes: Uint8Array, at: number, end: number): number {
  if (at < 0) return -1
  for (let i = at; i < end && i < at + 10; i++) {
    if (bytes[i]! < 0x80) return i + 1
  }
  return -1
}
