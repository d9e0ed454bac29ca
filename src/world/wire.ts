/** Bytes in Bitcoin's own order: little-endian numbers, compact sizes, pushes. */

export function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

export function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, true)
  return bytes
}

/** CompactSize up to 65,535: the world makes nothing longer. */
export function size(value: number): Uint8Array {
  return value < 0xfd ? Uint8Array.of(value) : Uint8Array.of(0xfd, value & 255, value >> 8)
}

/** The bytes with their length before them. */
export function sized(bytes: Uint8Array): Uint8Array {
  const head = size(bytes.length)
  const whole = new Uint8Array(head.length + bytes.length)
  whole.set(head)
  whole.set(bytes, head.length)
  return whole
}

/** A script number pushed as Core pushes a height (BIP 34): OP_1 to OP_16, then the shortest signed little-endian. */
export function heightPush(height: number): Uint8Array {
  if (height <= 16) return Uint8Array.of(0x50 + height)
  const bytes: number[] = []
  for (let left = height; left > 0; left = Math.floor(left / 256)) bytes.push(left & 255)
  if (bytes.at(-1)! >= 128) bytes.push(0)
  return Uint8Array.of(bytes.length, ...bytes)
}
