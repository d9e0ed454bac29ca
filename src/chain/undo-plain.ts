import type { SpentOutputs } from './undo.ts'

/**
 * Spent outputs of any source as the plain ordered list that `parse` of undo.ts reads: 64-bit value (little-endian),
 * CompactSize, script.
 */
export function encode({ count, units, script, scriptEnd, scripts }: SpentOutputs): Uint8Array {
  let size = 0
  for (let row = 0; row < count; row++) {
    const length = scriptEnd[row]! - script[row]!
    size += 8 + widthOf(length) + length
  }
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (let row = 0; row < count; row++) {
    view.setBigUint64(at, units[row]!, true)
    at = putCount(bytes, at + 8, scriptEnd[row]! - script[row]!)
    bytes.set(scripts.subarray(script[row]!, scriptEnd[row]!), at)
    at += scriptEnd[row]! - script[row]!
  }
  return bytes
}

function widthOf(count: number): number {
  return count < 0xfd ? 1 : count < 0x1_0000 ? 3 : 5
}

function putCount(bytes: Uint8Array, at: number, count: number): number {
  const width = widthOf(count)
  if (width === 1) bytes[at] = count
  else {
    bytes[at] = width === 3 ? 0xfd : 0xfe
    for (let k = 1; k < width; k++) bytes[at + k] = (count >>> (8 * (k - 1))) & 0xff
  }
  return at + width
}
