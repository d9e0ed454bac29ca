import { createCipheriv, createDecipheriv } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { concat } from '../std/bytes.ts'
import { sha256Hex, sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { syncFolder } from '../std/folder.ts'
import { secretBytes } from '../std/random.ts'
import { unpackZstandard } from '../std/zstandard.ts'
import { type Keys, keysPath, openKeys } from './keys.ts'

/**
 * Bytes that law may ask to forget: each file enciphered under a key of its own and filed by a random id, so that
 * destroying the key destroys the bytes, wherever copies of the file lie.
 *
 * A file is `ATHARV1\n` and frames: u32 length, u8 1 for the last, then AES-256-GCM (NIST SP 800-38D) over a
 * Zstandard frame of at most PIECE_BYTES, its tag last. The nonce counts the frames (the key is used once), and id,
 * number and last-sign are authenticated: no frame can be altered, moved, left out or cut off unseen.
 */
export type Vault = {
  /** Enciphers pieces in their order. Nothing is kept of a file whose pieces break off. */
  put(pieces: Iterable<Uint8Array>): Kept
  /** The whole, checked against its digest. Failures: File.Missing, File.Altered, Vault.NoKey. */
  get(file: string, sha256: string): Uint8Array
  /** The same piece by piece, for what does not fit memory. */
  pieces(file: string, sha256: string): Generator<Uint8Array>
  /** Commitment to a digest under the salt of a file. */
  commitment(file: string, sha256: string): string | null
  pathOf(file: string): string
  /** Files that are there, by their ids. */
  files(): readonly string[]
  /** Takes away a file; its key is destroyed by `keys().erase` or `forget`. */
  remove(file: string): void
  keys(): Keys
  close(): void
}

export type Kept = {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly commitment: string
}

export const PIECE_BYTES = 4 * 2 ** 20
const FILE_BYTES_MAX = 2 ** 31 - 4096
const HEAD = Buffer.from('ATHARV1\n')
const TAG_BYTES = 16

export function openVault(directory: string): Vault {
  const folder = join(directory, 'vault')
  const pathOf = (file: string) => join(folder, file.slice(0, 2), `${file}.enc`)
  let held: Keys | null = null
  const keys = () => {
    held ??= openKeys(keysPath(directory))
    return held
  }
  const pairOf = (file: string) => (existsSync(keysPath(directory)) ? keys().find(file) : undefined)
  const pieces = (file: string, sha256: string) => decipher(pathOf(file), file, sha256, pairOf(file)?.key)
  return {
    pathOf,
    keys,
    put: source => put(pathOf, keys(), source),
    get(file, sha256) {
      const all = [...pieces(file, sha256)]
      return all.length === 1 ? all[0]! : concat(...all)
    },
    pieces,
    commitment(file, sha256) {
      const pair = pairOf(file)
      return pair === undefined ? null : commitTo(pair.salt, sha256)
    },
    files: () =>
      existsSync(folder)
        ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap(
            name => /([0-9a-f]{32})\.enc$/.exec(name)?.[1] ?? [],
          )
        : [],
    remove: file => rmSync(pathOf(file), { force: true }),
    close() {
      held?.close()
      held = null
    },
  }
}

function commitTo(salt: Uint8Array, sha256: string): string {
  return sha256Hex(concat(salt, Buffer.from(sha256, 'hex')))
}

/** The key is kept before the file has its name: a file without a key would be lost, a key without a file is nothing. */
function put(pathOf: (file: string) => string, keys: Keys, pieces: Iterable<Uint8Array>): Kept {
  const file = Buffer.from(secretBytes(16)).toString('hex')
  const pair = { key: secretBytes(32), salt: secretBytes(32) }
  const path = pathOf(file)
  const beside = `${path}.part`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const digest = sha256Stream()
  let bytes = 0
  const descriptor = openSync(beside, 'w', 0o600)
  try {
    try {
      writeAll(descriptor, HEAD)
      let number = 0
      let before: Uint8Array | null = null
      for (const piece of cut(pieces)) {
        digest.update(piece)
        bytes += piece.length
        if (before !== null) writeAll(descriptor, encipher(before, file, pair.key, number++, false))
        before = zstdCompressSync(piece)
      }
      const last = before ?? zstdCompressSync(new Uint8Array(0))
      writeAll(descriptor, encipher(last, file, pair.key, number, true))
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    keys.add(file, pair)
    renameSync(beside, path)
    syncFolder(dirname(path))
  } catch (cause) {
    rmSync(beside, { force: true })
    throw cause
  }
  const sha256 = digest.hex()
  return { file, sha256, bytes, commitment: commitTo(pair.salt, sha256) }
}

function* cut(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES)
  }
}

function encipher(packed: Uint8Array, file: string, key: Uint8Array, number: number, isLast: boolean): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number))
  cipher.setAAD(saidOf(file, number, isLast))
  const body = Buffer.concat([cipher.update(packed), cipher.final(), cipher.getAuthTag()])
  const head = Buffer.alloc(5)
  head.writeUInt32LE(body.length)
  head[4] = isLast ? 1 : 0
  return Buffer.concat([head, body])
}

function* decipher(path: string, file: string, sha256: string, key: Uint8Array | undefined): Generator<Uint8Array> {
  if (!existsSync(path)) throw missing(sha256)
  if (key === undefined) throw noKey(sha256)
  const digest = sha256Stream()
  const descriptor = openSync(path, 'r')
  try {
    const read = (length: number) => readExactly(descriptor, length) ?? altered(sha256)
    if (!Buffer.from(read(HEAD.length)).equals(HEAD)) altered(sha256)
    for (let number = 0, isLast = false; !isLast; number++) {
      const head = Buffer.from(read(5))
      const length = head.readUInt32LE()
      if (head[4]! > 1 || length < TAG_BYTES || length > 2 * PIECE_BYTES) altered(sha256)
      isLast = head[4] === 1
      const piece = openFrame(read(length), file, key, number, isLast) ?? altered(sha256)
      digest.update(piece)
      yield piece
    }
    if (readExactly(descriptor, 1) !== undefined || digest.hex() !== sha256) altered(sha256)
  } finally {
    closeSync(descriptor)
  }
}

function openFrame(
  body: Uint8Array,
  file: string,
  key: Uint8Array,
  number: number,
  isLast: boolean,
): Uint8Array | undefined {
  try {
    const open = createDecipheriv('aes-256-gcm', key, nonceOf(number))
    open.setAAD(saidOf(file, number, isLast))
    open.setAuthTag(body.subarray(body.length - TAG_BYTES))
    const packed = Buffer.concat([open.update(body.subarray(0, body.length - TAG_BYTES)), open.final()])
    return unpackZstandard(packed, FILE_BYTES_MAX)
  } catch {
    return undefined
  }
}

function nonceOf(number: number): Uint8Array {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(number, 8)
  return nonce
}

function saidOf(file: string, number: number, isLast: boolean): Uint8Array {
  return Buffer.from(`${file}:${number}:${isLast ? 'last' : 'more'}`)
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(descriptor, bytes, written)
}

function readExactly(descriptor: number, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length)
  let filled = 0
  while (filled < length) {
    const more = readSync(descriptor, bytes, filled, length - filled, null)
    if (more === 0) return undefined
    filled += more
  }
  return bytes
}

function missing(sha256: string): Failure {
  return new Failure('File.Missing', 'missing', `No stored file has the SHA-256 ${sha256}.`, {
    hint: 'List what is stored with `athar capture list`.',
    facts: { sha256 },
  })
}

function altered(sha256: string): never {
  throw new Failure('File.Altered', 'corrupt', `The stored file ${sha256} no longer has that SHA-256.`, {
    hint: 'Restore it from a backup; nothing that rests on it can be called evidence until then.',
    facts: { sha256 },
  })
}

function noKey(sha256: string): Failure {
  return new Failure('Vault.NoKey', 'missing', `The key of ${sha256} is not in keys.db: it cannot be read.`, {
    hint: 'After a restore, bring the keys that were written beside the backup: `athar restore FILE --keys KEYS`.',
    facts: { sha256 },
  })
}
