import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { sha256Hex, sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { syncFolder } from '../std/folder.ts'
import { writeWhole } from '../std/whole.ts'
import { unpackZstandard } from '../std/zstandard.ts'

/** Bytes filed by their SHA-256, compressed, sealed once and checked at each read. */
export type Files = {
  /** Stores the bytes and returns their SHA-256. Storing the same bytes again changes nothing. */
  put(bytes: Uint8Array): string
  /** The same for what does not fit memory: pieces in their order, each of them packed by itself. */
  putPieces(pieces: Iterable<Uint8Array>): string
  has(sha256: string): boolean
  get(sha256: string): Uint8Array
  pathOf(sha256: string): string
}

/** Limit on one stored file, unpacked: 2 GiB less a page, the most that one typed array of Node's zlib may hold. */
export const FILE_BYTES_MAX = 2 ** 31 - 4096

export function openFiles(directory: string): Files {
  const pathOf = (sha256: string) => join(directory, sha256.slice(0, 2), `${sha256}.zst`)
  return {
    pathOf,
    has: sha256 => existsSync(pathOf(sha256)),
    put(bytes) {
      const sha256 = sha256Hex(bytes)
      const path = pathOf(sha256)
      if (!existsSync(path)) writeDurably(path, zstdCompressSync(bytes))
      return sha256
    },
    putPieces: pieces => putPieces(directory, pathOf, pieces),
    get: sha256 => read(pathOf(sha256), sha256),
  }
}

/** Zstandard frames may follow each other, and reading joins them (RFC 8878, section 3). */
function putPieces(directory: string, pathOf: (sha256: string) => string, pieces: Iterable<Uint8Array>): string {
  const digest = sha256Stream()
  const beside = join(directory, `pieces-${process.pid}.part`)
  mkdirSync(directory, { recursive: true })
  const packed = function* () {
    for (const piece of pieces) {
      digest.update(piece)
      yield zstdCompressSync(piece)
    }
  }
  let sha256 = ''
  writeBeside(beside, packed(), () => {
    sha256 = digest.hex()
    mkdirSync(dirname(pathOf(sha256)), { recursive: true })
    return pathOf(sha256)
  })
  return sha256
}

/** Writes beside, syncs, renames, syncs the folder: after a crash the file is whole or absent. */
export function writeDurably(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeBeside(`${path}.part`, [bytes], () => path)
}

/** The same for what does not fit memory: pieces are written as they come. */
export function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  mkdirSync(dirname(path), { recursive: true })
  writeBeside(`${path}.part`, pieces, () => path)
}

/** Writes the pieces to `beside`, then gives it its name, which may rest on them. A failure leaves nothing behind. */
function writeBeside(beside: string, pieces: Iterable<Uint8Array>, nameOf: () => string): void {
  const descriptor = openSync(beside, 'w')
  try {
    try {
      for (const piece of pieces) writeWhole(descriptor, piece)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    const path = nameOf()
    renameSync(beside, path)
    syncFolder(dirname(path))
  } catch (cause) {
    rmSync(beside, { force: true })
    throw cause
  }
}

function read(path: string, sha256: string): Uint8Array {
  if (!existsSync(path)) throw missing(sha256)
  const bytes = decompress(path, sha256)
  if (sha256Hex(bytes) !== sha256) throw altered(sha256)
  return bytes
}

function decompress(path: string, sha256: string): Uint8Array {
  try {
    return unpackZstandard(readFileSync(path), FILE_BYTES_MAX)
  } catch (cause) {
    throw altered(sha256, cause)
  }
}

export function missing(sha256: string): Failure {
  return new Failure('File.Missing', 'missing', `No stored file has the SHA-256 ${sha256}.`, {
    hint: 'List what is stored with `athar capture list`.',
    facts: { sha256 },
  })
}

export function altered(sha256: string, cause?: unknown): Failure {
  return new Failure('File.Altered', 'corrupt', `The stored file ${sha256} no longer has that SHA-256.`, {
    hint: 'Restore it from a backup; nothing that rests on it can be called evidence until then.',
    facts: { sha256 },
    cause,
  })
}
