import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { GivenFile } from '../../ledger/ledger.ts'
import { sha256Hex, sha256Stream } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'

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
  // A file that is too large to be kept need not be held until that shows.
  const mayBeKept = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) < KEPT_BYTES_MAX
  for (const piece of piecesOf(path)) {
    running.update(piece)
    bytes += piece.length
    if (mayBeKept && bytes < KEPT_BYTES_MAX) held.push(piece.slice())
    else held.length = 0
  }
  const kept = mayBeKept && bytes < KEPT_BYTES_MAX
  return {
    ...{ kind, name: basename(path), sha256: running.hex(), bytes, height: null, statedHeight: null, undo: null },
    path: kept ? null : resolve(path),
    content: kept ? Buffer.concat(held) : null,
  }
}

/**
 * A kept file without the obfuscation of Bitcoin Core 28 and later, which XORs block files with the eight bytes of
 * `xor.dat` beside them; undefined where there is no such key. What is kept must be readable without that key.
 */
export function inTheClear(path: string, { content, ...file }: GivenFile): GivenFile | undefined {
  const beside = join(dirname(path), 'xor.dat')
  if (content === null || !isKey(beside)) return undefined
  const key = readFileSync(beside)
  const clear = content.map((byte, at) => byte ^ key[at % XOR_KEY_BYTES]!)
  return { ...file, name: `${file.name} (in the clear)`, sha256: sha256Hex(clear), content: clear }
}

function isKey(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size === XOR_KEY_BYTES
}

/** Bitcoin Core, node/blockstorage.cpp. */
const XOR_KEY_BYTES = 8

const PIECE_BYTES = 4 * 2 ** 20

/** The bytes of a file, piece by piece; a piece is valid until the next is asked for. */
export function* piecesOf(path: string): Generator<Uint8Array> {
  const descriptor = open(path)
  try {
    const buffer = new Uint8Array(PIECE_BYTES)
    for (let read = readSync(descriptor, buffer); read > 0; read = readSync(descriptor, buffer)) {
      yield buffer.subarray(0, read)
    }
  } finally {
    closeSync(descriptor)
  }
}

/** Looked at before it is opened: opening a pipe waits for its writer, for ever where there is none. */
function open(path: string): number {
  try {
    if (!statSync(path).isFile()) throw notAFile(path)
    return openSync(path, 'r')
  } catch (cause) {
    if (cause instanceof Failure) throw cause
    throw new Failure('Ledger.NoSuchFile', 'missing', `“${path}” cannot be opened.`, {
      hint: 'Check the path and the permissions.',
      facts: { path },
      cause,
    })
  }
}

function notAFile(path: string): Failure {
  return new Failure('Ledger.NotAFile', 'input', `“${path}” is not a file.`, {
    hint: 'Name the file itself; save what comes from a pipe to a file first.',
    facts: { path },
  })
}
