import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { GivenFile } from '../ledger/ledger.ts'
import { sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'

/**
 * Files of this size and larger stay where they are and are referred to by path, size and SHA-256: a node's own block
 * files have 128 MiB, and nobody copies 700 GB. Smaller ones are kept beside the database. Ours.
 */
export const KEPT_BYTES_MAX = 64 * 2 ** 20

/**
 * What the ground table will say of the file; its bytes where they are to be kept. Reads it once.
 *
 * Failures: Ledger.NoSuchFile, Ledger.NotAFile.
 */
export function describeFile(path: string, kind: GivenFile['kind']): GivenFile {
  const running = sha256Stream()
  const held: Uint8Array[] = []
  let bytes = 0
  for (const piece of piecesOf(path)) {
    running.update(piece)
    bytes += piece.length
    if (bytes < KEPT_BYTES_MAX) held.push(piece.slice())
    else held.length = 0
  }
  const kept = bytes < KEPT_BYTES_MAX
  return {
    ...{ kind, name: basename(path), sha256: running.hex(), bytes, height: null, statedHeight: null, undo: null },
    path: kept ? null : resolve(path),
    content: kept ? Buffer.concat(held) : null,
  }
}

const PIECE_BYTES = 4 * 2 ** 20

/** The bytes of a file, piece by piece; a piece is valid until the next is asked for. */
export function* piecesOf(path: string): Generator<Uint8Array> {
  const descriptor = open(path)
  try {
    if (!fstatSync(descriptor).isFile()) throw notAFile(path)
    const buffer = new Uint8Array(PIECE_BYTES)
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, read)
    }
  } finally {
    closeSync(descriptor)
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (cause) {
    throw new Failure('Ledger.NoSuchFile', 'missing', `“${path}” cannot be opened.`, {
      hint: 'Check the path and the permissions.',
      facts: { path },
      cause,
    })
  }
}

function notAFile(path: string): Failure {
  return new Failure('Ledger.NotAFile', 'input', `“${path}” is not a file.`, {
    hint: 'Name the file itself.',
    facts: { path },
  })
}
