import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HEADER_BYTES } from '../chain/block-header.ts'
import type { NetworkId } from '../model/network.ts'
import { equals, parseHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { EXCERPT } from './batch.ts'
import { decodeUtxo } from './chunk.ts'
import { readChunk } from './segment.ts'
import { findManifest, type Ground, listChunks, listGround } from './table.ts'

/** A block as it was read: the bytes that proofs rest on, and the file they lie in. */
export type BlockBytes = { readonly bytes: Uint8Array; readonly ground: Ground; readonly offset: number }

/**
 * The serialized block with this hash (as printed), on the active chain or not; undefined: it was never read. The
 * bytes are checked against the hash; what else they say is for the reader to check.
 *
 * Failures: Ledger.GroundMissing, Ledger.Format, Ledger.SegmentAltered, File.Altered.
 */
export function findBlock(store: Store, network: NetworkId, hash: string): BlockBytes | undefined {
  const manifest = findManifest(store, network)
  const wanted = parseHex(hash)?.reverse()
  if (manifest === undefined || wanted?.length !== 32) return undefined
  for (const chunk of listChunks(store, manifest)) {
    const { blocks } = decodeUtxo(readChunk(store, manifest, chunk)).batch
    for (let row = 0; row < blocks.count; row++) {
      if (!equals(blocks.hash.subarray(32 * row, 32 * row + 32), wanted)) continue
      // Only some of its transactions were read: the block itself is not here.
      if ((blocks.flags[row]! & EXCERPT) !== 0) continue
      const ground = listGround(store, network).find(one => one.id === blocks.ground[row])
      if (ground === undefined) return undefined
      const [offset, size] = [blocks.offset[row]!, blocks.size[row]!]
      return { bytes: read(store, ground, offset, size, wanted), ground, offset }
    }
  }
  return undefined
}

function read(store: Store, ground: Ground, offset: number, size: number, hash: Uint8Array): Uint8Array {
  if (ground.path === null) {
    const bytes = store.files.get(ground.sha256).slice(offset, offset + size)
    if (isBlock(bytes, size, hash)) return bytes
    throw missing(ground)
  }
  const bytes = readPart(ground.path, offset, size)
  if (isBlock(bytes, size, hash)) return bytes
  const clear = reveal(ground.path, bytes, offset)
  if (isBlock(clear, size, hash)) return clear
  throw missing(ground)
}

function isBlock(bytes: Uint8Array, size: number, hash: Uint8Array): boolean {
  return bytes.length === size && equals(sha256d(bytes.subarray(0, HEADER_BYTES)), hash)
}

function readPart(path: string, offset: number, size: number): Uint8Array {
  if (!existsSync(path)) return new Uint8Array(0)
  const descriptor = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(size)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, size, offset))
  } finally {
    closeSync(descriptor)
  }
}

/** Bitcoin Core 28 and later XORs its block files with the eight bytes of xor.dat beside them. */
function reveal(path: string, bytes: Uint8Array, offset: number): Uint8Array {
  const beside = join(dirname(path), 'xor.dat')
  if (!existsSync(beside)) return bytes
  const key = readFileSync(beside)
  return bytes.map((byte, at) => byte ^ (key[(offset + at) % key.length] ?? 0))
}

function missing({ path, sha256, name }: Ground): Failure {
  return new Failure('Ledger.GroundMissing', 'missing', `“${name}” is gone, or is no longer what was read from it.`, {
    hint: 'Put the file back where it was.',
    facts: { path, sha256, name },
  })
}
