import { closeSync, openSync, readSync } from 'node:fs'
import { sha256Stream } from '../../std/digest.ts'
import { beginsLikeExport, type Chunk, chunksOf } from './telegram-stream.ts'

/**
 * What is too large to be read at once: its bytes in pieces, and what they say in documents, one after another. Both
 * may
 * be asked for again.
 */
export type Long = {
  readonly bytes: number
  /** Each piece is its own where `keep` is set; else the next one may take its place in memory. */
  readonly pieces: (keep?: boolean) => Generator<Uint8Array>
  readonly chunks: () => Generator<Chunk>
}

/** A file that is read in pieces, with its SHA-256; undefined where it is of no kind that can be. Throws as fs does. */
export function openLong(path: string, bytes: number): { long: Long; sha256: string } | undefined {
  const pieces = (keep = true) => piecesOf(path, keep)
  const [head] = pieces()
  if (head === undefined || !beginsLikeExport(head)) return undefined
  const digest = sha256Stream()
  for (const piece of pieces(false)) digest.update(piece)
  return { long: longOf(bytes, pieces), sha256: digest.hex() }
}

/** Bytes that come in pieces, as an export. */
export function longOf(bytes: number, pieces: Long['pieces']): Long {
  return { bytes, pieces, chunks: () => chunksOf(pieces(false)) }
}

function* piecesOf(path: string, keep: boolean): Generator<Uint8Array> {
  const descriptor = openSync(path, 'r')
  try {
    let window = new Uint8Array(WINDOW_BYTES)
    for (;;) {
      if (keep) window = new Uint8Array(WINDOW_BYTES)
      const read = readSync(descriptor, window, 0, WINDOW_BYTES, null)
      if (read === 0) return
      yield window.subarray(0, read)
    }
  } finally {
    closeSync(descriptor)
  }
}

const WINDOW_BYTES = 2 ** 20
