import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sha256Stream } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { unpackZstandard } from '../std/zstandard.ts'

/**
 * A list file as text, piece by piece, with the SHA-256 of what was read. `.gz` and `.zst` are unpacked (their digest
 * is that of the unpacked list, so a list has one digest however it was packed).
 */
export type Source = {
  /** Decoded pieces; reading them to the end makes `sha256` known. Throws List.NotUtf8 at the first bad byte. */
  readonly pieces: () => Generator<string>
  readonly sha256: () => string
  readonly bytes: () => number
}

/** Limits on a list file, in bytes. OFAC's largest is 121 MB; a pack is held in memory, so it may be less. */
export const FILE_BYTES_MAX = 2 ** 30
export const PACK_BYTES_MAX = 2 ** 26

/** Longest line of a CSV or plain list, in characters. */
export const LINE_CHARACTERS_MAX = 2 ** 16

/** Called with the bytes read so far; it may throw to stop the import. */
export type Watch = (bytes: number, total: number) => void

export function open(path: string, bytesMax: number, watch: Watch): Source {
  requireFile(path, bytesMax)
  const digest = sha256Stream()
  let bytes = 0
  let done = ''
  function* pieces(): Generator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    for (const chunk of chunksOf(path, bytesMax)) {
      digest.update(chunk.bytes)
      const before = bytes
      bytes += chunk.bytes.length
      watch(bytes, chunk.total)
      yield decode(decoder, chunk.bytes, before, path)
    }
    yield decode(decoder, null, bytes, path)
    done = digest.hex()
  }
  return { pieces, sha256: () => done, bytes: () => bytes }
}

/** The whole file as one text, for formats whose parser wants it whole. */
export function readWhole(source: Source): string {
  let text = ''
  for (const piece of source.pieces()) text += piece
  return text
}

/** Lines without their ends, with their number from 1. */
export function* lines(source: Source, charactersMax = LINE_CHARACTERS_MAX): Generator<{ text: string; line: number }> {
  let rest = ''
  let line = 0
  for (const piece of source.pieces()) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop()!
    for (const part of parts) yield { text: strip(part, ++line, charactersMax), line }
    if (rest.length > charactersMax) throw longLine(line + 1, charactersMax)
  }
  if (rest !== '') yield { text: strip(rest, ++line, charactersMax), line }
}

function strip(part: string, line: number, charactersMax: number): string {
  if (part.length > charactersMax) throw longLine(line, charactersMax)
  return part.endsWith('\r') ? part.slice(0, -1) : part
}

type Chunk = { bytes: Uint8Array; total: number }

function* chunksOf(path: string, bytesMax: number): Generator<Chunk> {
  const packed = packingOf(path)
  if (packed === undefined) yield* plainChunks(path)
  else yield* slices(unpack(path, packed, bytesMax))
}

function* plainChunks(path: string): Generator<Chunk> {
  const descriptor = openSync(path, 'r')
  try {
    const total = fstatSync(descriptor).size
    const buffer = new Uint8Array(CHUNK_BYTES)
    for (;;) {
      const read = readSync(descriptor, buffer, 0, CHUNK_BYTES, null)
      if (read === 0) return
      yield { bytes: buffer.subarray(0, read), total }
    }
  } finally {
    closeSync(descriptor)
  }
}

/** The bytes as they are read for the digest (unpacked), in pieces that pack well. */
export function* bytesOf(path: string, bytesMax: number): Generator<Uint8Array> {
  const held = new Uint8Array(2 ** 20)
  let length = 0
  for (const { bytes } of chunksOf(path, bytesMax)) {
    if (length + bytes.length > held.length) {
      yield held.subarray(0, length)
      length = 0
    }
    held.set(bytes, length)
    length += bytes.length
  }
  if (length > 0) yield held.subarray(0, length)
}

function* slices(bytes: Uint8Array): Generator<Chunk> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield { bytes: bytes.subarray(at, at + CHUNK_BYTES), total: bytes.length }
  }
}

const CHUNK_BYTES = 2 ** 16

function unpack(path: string, packing: string, bytesMax: number): Uint8Array {
  if (!isUnpacked(packing)) throw packed(path, packing)
  const limit = Math.min(bytesMax, UNPACKED_BYTES_MAX)
  try {
    const bytes = readFileSync(path)
    return packing === 'gz'
      ? new Uint8Array(gunzipSync(bytes, { maxOutputLength: limit }))
      : unpackZstandard(bytes, limit)
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw unpacksTooBig(path, limit, cause)
    throw new Failure('List.Malformed', 'input', `${path} cannot be unpacked.`, {
      hint: `It is damaged, or is no .${packing} file. Fetch it again.`,
      facts: { file: path },
      cause,
    })
  }
}

/** A packed file is unpacked in memory, so it may hold less than a plain one: twice OFAC's largest. */
const UNPACKED_BYTES_MAX = 2 ** 28

function unpacksTooBig(path: string, bytesMax: number, cause: unknown): Failure {
  return new Failure('List.TooBig', 'limit', `${path} unpacks to more than ${bytesMax} bytes.`, {
    hint: 'Lists are far smaller: it may be a bomb. Unpack it by hand if you trust it, and give the plain file.',
    facts: { file: path, bytesMax },
    cause,
  })
}

function decode(decoder: TextDecoder, bytes: Uint8Array | null, offset: number, path: string): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (cause) {
    const hint = 'Lists are read as UTF-8. Save it as UTF-8, or fetch it again: it may be damaged.'
    const message = `${path} is not UTF-8 within ${CHUNK_BYTES} bytes of byte ${offset}.`
    throw new Failure('List.NotUtf8', 'input', message, { hint, facts: { file: path, offset }, cause })
  }
}

/** Refuses what cannot be read as a list, before anybody looks into it. A folder is left to its format. */
export function refuseUnread(path: string, bytesMax: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) requireFile(path, bytesMax)
  const packing = packingOf(path)
  if (packing !== undefined && !isUnpacked(packing)) throw packed(path, packing)
}

function packingOf(path: string): string | undefined {
  return /\.(gz|zst|bz2|zip|xz|7z)$/i.exec(path)?.[1]?.toLowerCase()
}

function isUnpacked(packing: string): packing is 'gz' | 'zst' {
  return packing === 'gz' || packing === 'zst'
}

function requireFile(path: string, bytesMax: number): void {
  if (!existsSync(path)) {
    throw new Failure('List.Missing', 'missing', `There is no file ${path}.`, {
      hint: 'Check the path; `list add` takes the format first and the file second.',
      facts: { file: path },
    })
  }
  const stat = statSync(path)
  if (stat.isDirectory()) {
    throw new Failure('List.Directory', 'input', `${path} is a folder, and this format is one file.`, {
      hint: 'Name the file. Folders are read for tagpack, actorpack and nbctf.',
      facts: { file: path },
    })
  }
  if (!stat.isFile()) {
    throw new Failure('List.NotAFile', 'input', `${path} is no file: pipes, sockets and devices are not read.`, {
      hint: 'Save the content to a file first: a list is read twice, and its digest is kept.',
      facts: { file: path },
    })
  }
  if (stat.size > bytesMax) {
    throw new Failure('List.TooBig', 'limit', `${path} has ${stat.size} bytes; at most ${bytesMax} are read.`, {
      hint: 'Lists of this kind are far smaller: check that it is the right file, or split it.',
      facts: { file: path, bytes: stat.size, bytesMax },
    })
  }
}

function packed(path: string, packing: string): Failure {
  return new Failure('List.Packed', 'input', `${path} is packed as .${packing}, which is not read.`, {
    hint: `Unpack it first: ${UNPACK.get(packing) ?? 'with its own program'} (or pack it as .gz or .zst).`,
    facts: { file: path },
  })
}

const UNPACK = new Map([
  ['bz2', 'bzip2 -dk FILE'],
  ['xz', 'xz -dk FILE'],
  ['zip', 'unzip FILE'],
  ['7z', '7z x FILE'],
])

function longLine(line: number, charactersMax: number): Failure {
  const message = `Line ${line} has more than ${charactersMax} characters.`
  const hint = 'No list has such lines: check that the file is what it should be.'
  return new Failure('List.TooLong', 'limit', message, { hint, facts: { line, charactersMax } })
}
