import { createCipheriv, createDecipheriv } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { concat } from '../std/bytes.ts'
import { sha256Hex, sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { syncFolder } from '../std/folder.ts'
import { secretBytes } from '../std/random.ts'
import { readWhole, writeWhole } from '../std/whole.ts'
import { unpackZstandard } from '../std/zstandard.ts'
import { altered, FILE_BYTES_MAX, missing } from './files.ts'
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
  /**
   * The same for what takes long: what an interruption leaves is gone on with by the next call for the same digest,
   * from the last frame that is whole. `onPiece` may throw to stop between two pieces.
   */
  putLong(sha256: string, bytes: number, pieces: () => Iterable<Uint8Array>, onPiece: (done: number) => void): Kept
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
    putLong: (sha256, bytes, source, onPiece) =>
      putLong({ folder, pathOf, keys: keys(), sha256, bytes, onPiece }, source),
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

/**
 * The key is kept before the file has its name: a file without a key would be lost, a key without a file is nothing.
 */
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
      writeWhole(descriptor, HEAD)
      let number = 0
      let before: Uint8Array | null = null
      for (const piece of cut(pieces)) {
        digest.update(piece)
        bytes += piece.length
        if (before !== null) writeWhole(descriptor, encipher(before, file, pair.key, number++, false))
        before = zstdCompressSync(piece)
      }
      const last = before ?? zstdCompressSync(new Uint8Array(0))
      writeWhole(descriptor, encipher(last, file, pair.key, number, true))
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

type Staged = {
  readonly folder: string
  readonly pathOf: (file: string) => string
  readonly keys: Keys
  readonly sha256: string
  readonly bytes: number
  readonly onPiece: (done: number) => void
}

/**
 * Frames of PIECE_BYTES each go to a file that is named by digest and id until it is whole. Which frames are there is
 * read from the file itself, so that nothing else has to be kept in step with it.
 */
function putLong(staged: Staged, pieces: () => Iterable<Uint8Array>): Kept {
  const { folder, pathOf, keys, sha256, bytes, onPiece } = staged
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { file, path } = stageOf(staged)
  const { key, salt } = keys.find(file)!
  const descriptor = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600)
  const digest = sha256Stream()
  let done = 0
  try {
    const { frames, end } = wholeFrames(descriptor, file, key)
    ftruncateSync(descriptor, end)
    let at = end
    const write = (piece: Uint8Array) => {
      writeWhole(descriptor, piece, at)
      at += piece.length
    }
    if (at === 0) write(HEAD)
    let number = 0
    for (const piece of regular(pieces())) {
      digest.update(piece)
      done += piece.length
      if (number >= frames) {
        write(encipher(zstdCompressSync(piece), file, key, number, done >= bytes))
        if (number % FRAMES_A_COMMIT === 0) fdatasyncSync(descriptor)
      }
      number++
      onPiece(done)
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  const kept = { file, sha256: digest.hex(), bytes: done, commitment: commitTo(salt, sha256) }
  if (kept.sha256 !== sha256) {
    rmSync(path, { force: true })
    keys.forget(file)
    return kept
  }
  mkdirSync(dirname(pathOf(file)), { recursive: true, mode: 0o700 })
  renameSync(path, pathOf(file))
  syncFolder(dirname(pathOf(file)))
  return kept
}

/** Frames after which what was written is made to last: 64 MiB. */
const FRAMES_A_COMMIT = 16

/** The stage that an interruption left for this digest and whose key is still there, or a new one. */
function stageOf({ folder, keys, sha256 }: Staged): { file: string; path: string } {
  for (const name of readdirSync(folder)) {
    const file = new RegExp(`^${sha256}-([0-9a-f]{32})\\.part$`).exec(name)?.[1]
    if (file !== undefined && keys.find(file) !== undefined) return { file, path: join(folder, name) }
    if (file !== undefined) rmSync(join(folder, name), { force: true })
  }
  const file = Buffer.from(secretBytes(16)).toString('hex')
  keys.add(file, { key: secretBytes(32), salt: secretBytes(32) })
  return { file, path: join(folder, `${sha256}-${file}.part`) }
}

/** Frames that are there to their last byte; the last sign is never among them, since then the file has its name. */
function wholeFrames(descriptor: number, file: string, key: Uint8Array): { frames: number; end: number } {
  const size = fstatSync(descriptor).size
  const head = Buffer.alloc(5)
  let frames = 0
  let end = 0
  for (let at = HEAD.length; at + 5 <= size; frames++) {
    readWhole(descriptor, head, at)
    const next = at + 5 + head.readUInt32LE()
    if (next > size || head[4] !== 0) break
    const body = new Uint8Array(next - at - 5)
    readWhole(descriptor, body, at + 5)
    if (openFrame(body, file, key, frames, false) === undefined) break
    end = next
    at = next
  }
  return frames === 0 ? { frames: 0, end: 0 } : { frames, end }
}

/** The same bytes in pieces of PIECE_BYTES each, the last one apart: frames must not depend on how they came. */
function* regular(pieces: Iterable<Uint8Array>): Generator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  for (const piece of pieces) {
    held.push(piece)
    length += piece.length
    if (length < PIECE_BYTES) continue
    const joined = held.length === 1 ? held[0]! : concat(...held)
    let at = 0
    for (; at + PIECE_BYTES <= joined.length; at += PIECE_BYTES) yield joined.subarray(at, at + PIECE_BYTES)
    held = at < joined.length ? [joined.subarray(at)] : []
    length = joined.length - at
  }
  if (length > 0) yield concat(...held)
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
    const bad = (): never => {
      throw altered(sha256)
    }
    const read = (length: number) => readExactly(descriptor, length) ?? bad()
    if (!Buffer.from(read(HEAD.length)).equals(HEAD)) bad()
    for (let number = 0, isLast = false; !isLast; number++) {
      const head = Buffer.from(read(5))
      const length = head.readUInt32LE()
      if (head[4]! > 1 || length < TAG_BYTES || length > 2 * PIECE_BYTES) bad()
      isLast = head[4] === 1
      const piece = openFrame(read(length), file, key, number, isLast) ?? bad()
      digest.update(piece)
      yield piece
    }
    if (readExactly(descriptor, 1) !== undefined || digest.hex() !== sha256) bad()
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

function readExactly(descriptor: number, length: number): Uint8Array | undefined {
  const bytes = new Uint8Array(length)
  return readWhole(descriptor, bytes) === length ? bytes : undefined
}

function noKey(sha256: string): Failure {
  return new Failure('Vault.NoKey', 'missing', `The key of ${sha256} is not in keys.db: it cannot be read.`, {
    hint: 'After a restore, bring the keys that were written beside the backup: `athar restore FILE --keys KEYS`.',
    facts: { sha256 },
  })
}
