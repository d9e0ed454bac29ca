import { zstdDecompressSync } from 'node:zlib'
import { assert } from './assert.ts'
import { concat } from './bytes.ts'

/**
 * All frames of a Zstandard file, unpacked and joined (RFC 8878, section 3.1: frames may follow each other). Node 26
 * does that in one call; Node 24 stops after each frame in silence, and says how far it came.
 *
 * Failures: those of node:zlib; ERR_BUFFER_TOO_LARGE where it holds more than `bytesMax`.
 */
export function unpackZstandard(packed: Uint8Array, bytesMax: number): Uint8Array {
  const parts: Uint8Array[] = []
  let left = bytesMax
  for (let at = 0; at < packed.length; ) {
    const limits = { info: true, maxOutputLength: Math.max(1, left) }
    const { buffer, engine } = zstdDecompressSync(packed.subarray(at), limits) as unknown as Unpacked
    assert(engine.bytesWritten > 0, 'a frame has bytes')
    at += engine.bytesWritten
    left -= buffer.length
    parts.push(buffer)
  }
  return parts.length === 1 ? new Uint8Array(parts[0]!) : concat(...parts)
}

/** What `info: true` gives: the bytes, and the engine that counts those it took. */
type Unpacked = { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }
