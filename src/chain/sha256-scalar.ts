import { sha256d } from '../std/digest.ts'

/**
 * Double SHA-256 of many messages at once.
 *
 * Messages first go into the hasher's own memory: `reserve` gives it, the caller copies whole spans once, then
 * `hashStored` hashes each span of it.
 */
export type Hasher = {
  readonly kind: 'simd' | 'scalar'
  /** At least `length` writable bytes. What an earlier call gave is void. */
  reserve(length: number): Uint8Array
  /** Hashes `count` spans (pairs of start and end in the reserved bytes) to 32 bytes each, from `outStart` in `out`. */
  hashStored(spans: Uint32Array, count: number, out: Uint8Array, outStart: number): void
  /**
   * Hashes `count` messages of 64 bytes that lie side by side from the start of the reserved bytes; gives those bytes,
   * in which the digests now lie side by side from the start. What else was there is void.
   */
  hashPairs(count: number): Uint8Array
  /**
   * Hashes `count` messages of one length, at most SHORT_MAX, which lie at each 64 bytes of `blocks` with zeros behind
   * them; gives bytes in which the digests lie side by side from the start, void at the next call.
   */
  hashShort(blocks: Uint8Array, length: number, count: number): Uint8Array
}

/** A message of so many bytes fits one block with the bit behind it and its length (FIPS 180-4, section 5.1.1). */
export const SHORT_MAX = 55

/** A hasher over node:crypto, for machines without WebAssembly SIMD and as the oracle of the other. */
export function createScalarHasher(): Hasher {
  let memory = new Uint8Array(1 << 16)
  const reserve = (length: number): Uint8Array => {
    if (memory.length < length) memory = new Uint8Array(Math.max(length, memory.length * 2))
    return memory
  }
  return {
    kind: 'scalar',
    reserve,
    hashStored(spans, count, out, outStart) {
      for (let i = 0; i < count; i++) {
        out.set(sha256d(memory.subarray(spans[2 * i]!, spans[2 * i + 1]!)), outStart + 32 * i)
      }
    },
    hashPairs(count) {
      for (let i = 0; i < count; i++) memory.set(sha256d(memory.subarray(64 * i, 64 * i + 64)), 32 * i)
      return memory
    },
    hashShort(blocks, length, count) {
      reserve(32 * count)
      for (let i = 0; i < count; i++) memory.set(sha256d(blocks.subarray(64 * i, 64 * i + length)), 32 * i)
      return memory
    },
  }
}
