import { lstatSync, readdirSync, readFileSync, readSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { concat } from '../../std/bytes.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { decode, piecesIn } from './decode.ts'
import { type Document, plain } from './document.ts'
import * as Why from './entry-failure.ts'
import { readHtml } from './html.ts'
import { readJson } from './json.ts'
import { ARCHIVE_DEPTH_MAX, FILE_BYTES_MAX, LONG_BYTES_MAX, MEMBERS_MAX, UNPACKED_BYTES_MAX } from './limit.ts'
import { type Long, openLong } from './long.ts'
import { isMail, partsOf } from './mail.ts'
import { detect, detectText, isReadable } from './media.ts'
import { gunzip, isTar, nameWithin, partsOfTar } from './packed.ts'
import type { Part, Seen } from './part.ts'
import { readPdf } from './pdf.ts'
import { readPicture } from './picture.ts'
import { LONG_BYTES_MIN } from './telegram-stream.ts'
import * as Wacz from './wacz.ts'
import { isWarc, partsOfWarc } from './warc.ts'
import { messagesOf } from './whatsapp.ts'
import * as Zip from './zip.ts'

/**
 * One file, or one member of an archive (`a.zip!/b.json`), with its bytes and what they say. What could not be read has
 * a `failure` instead of stopping the rest; what holds no text of ours has `document` null and a note.
 */
export type Entry = {
  readonly path: string
  readonly sha256: string | null
  readonly mediaType: string | null
  readonly bytes: Uint8Array | null
  readonly encoding: string | null
  /** The archive that holds it. */
  readonly container: { readonly path: string; readonly sha256: string } | null
  readonly document: Document | null
  /** Where and when its container says that it was seen. */
  readonly seen?: Seen
  /** Of what is too large to be read at once: then `bytes` and `document` are null. */
  readonly long?: Long
  readonly notes: readonly string[]
  readonly failure: Failure | null
}

/** Entries of a file, an archive (itself, then its members) or a folder (sorted, links not followed). Never throws. */
export function* readPath(path: string): Generator<Entry> {
  if (path === '-') return yield* readStdin()
  const stat = lookAt(path)
  if (stat instanceof Failure) yield failed(path, stat)
  else if (stat.isDirectory()) yield* readFolder(path)
  else if (!stat.isFile()) yield failed(path, Why.notAFile(path))
  else yield* stat.size < LONG_BYTES_MIN ? readFile(path) : readLong(path, stat.size)
}

/** Entries of bytes that came under a name. */
export function* readBytes(path: string, bytes: Uint8Array): Generator<Entry> {
  yield* readAny({ path, bytes, container: null, depth: 0, budget: { left: UNPACKED_BYTES_MAX } })
}

type Given = {
  readonly path: string
  readonly bytes: Uint8Array
  readonly container: Entry['container']
  readonly depth: number
  readonly budget: { left: number }
}

function* readFolder(path: string): Generator<Entry> {
  const paths: string[] = []
  const failure = collect(path, paths)
  for (const one of paths.sort()) yield* readPath(one)
  if (failure !== null) yield failed(path, failure)
  else if (paths.length === 0) yield failed(path, Why.emptyFolder(path))
}

/** Files below a folder. Links are not followed: a folder of someone else's making may point anywhere. */
function collect(folder: string, into: string[]): Failure | null {
  const open = [folder]
  try {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const item of readdirSync(next, { withFileTypes: true })) {
        if (item.isDirectory()) open.push(join(next, item.name))
        else if (item.isFile()) into.push(join(next, item.name))
        if (into.length > MEMBERS_MAX) return Why.tooManyFiles(folder)
      }
    }
  } catch (cause) {
    return Why.unreadable(folder, cause)
  }
  return null
}

/** What comes through a pipe. */
function* readStdin(): Generator<Entry> {
  const parts: Uint8Array[] = []
  let left = FILE_BYTES_MAX
  try {
    for (;;) {
      const window = new Uint8Array(65_536)
      const read = readSync(0, window, 0, window.length, null)
      if (read === 0) break
      left -= read
      if (left < 0) return yield failed(STDIN, Why.tooLarge(STDIN, FILE_BYTES_MAX + 1))
      parts.push(window.subarray(0, read))
    }
  } catch (cause) {
    // A pipe that its writer closed reads as this on some systems: it is the end.
    if ((cause as { code?: string }).code !== 'EOF') return yield failed(STDIN, Why.unreadable(STDIN, cause))
  }
  yield* readBytes(STDIN, concat(...parts))
}

const STDIN = 'stdin'

/** An export of any size in pieces; anything else as one, where it is not too large for that. */
function* readLong(path: string, size: number): Generator<Entry> {
  let found: ReturnType<typeof openLong>
  try {
    found = size > LONG_BYTES_MAX ? undefined : openLong(path, size)
  } catch (cause) {
    return yield failed(path, Why.unreadable(path, cause))
  }
  if (found !== undefined) yield longEntry(path, found.sha256, found.long)
  else if (size > FILE_BYTES_MAX) yield failed(path, Why.tooLarge(path, size))
  else yield* readFile(path)
}

/** An export that is read in pieces, by its name and hash. */
export function longEntry(path: string, sha256: string, long: Long): Entry {
  const rest = { bytes: null, encoding: 'utf-8', container: null, document: null, notes: [], failure: null }
  return { path, sha256, mediaType: 'application/json', ...rest, long }
}

function* readFile(path: string): Generator<Entry> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch (cause) {
    yield failed(path, Why.unreadable(path, cause))
    return
  }
  yield* readBytes(path, bytes)
}

/** What could not be read as what it begins like is searched for pieces of text: a few bytes in front hide nothing. */
function* readAny(given: Given): Generator<Entry> {
  for (const entry of readByType(given)) {
    yield entry.path === given.path && isUnread(entry) ? withPieces(entry, given.bytes) : entry
  }
}

/** Neither read nor taken apart: an archive whose members follow has its words in them, one over a limit is packed. */
function isUnread({ document, failure, mediaType }: Entry): boolean {
  if (document !== null) return false
  return mediaType === null || !CONTAINERS.test(mediaType) || (failure !== null && failure.kind !== 'limit')
}

const CONTAINERS = /^(?:application\/(?:zip|gzip|warc|x-tar)|message\/rfc822)/

function withPieces(entry: Entry, bytes: Uint8Array): Entry {
  const pieces = piecesIn(bytes)
  if (pieces === undefined) return entry
  const { text, byteOf, encoding, notes } = pieces
  return { ...entry, encoding, document: plain(text, byteOf), notes: [...entry.notes, ...notes] }
}

function* readByType(given: Given): Generator<Entry> {
  const mediaType = detect(given.bytes)
  if (given.bytes.length === 0) yield { ...sealed(given, 'application/octet-stream'), failure: Why.empty(given.path) }
  else if (mediaType === 'application/zip') yield* readArchive(given)
  else if (mediaType === 'application/gzip') yield* readPacked(given)
  else if (isWarc(given.bytes)) yield* readWarc(given, sealed(given, WARC))
  else if (mediaType === 'text/plain' && isTar(given.bytes)) yield* readTar(given, sealed(given, TAR))
  else if (mediaType === 'text/plain' && isMail(given.bytes)) yield* readMail(given)
  else if (isReadable(mediaType)) yield readText(given)
  else if (mediaType.startsWith('image/') || mediaType === PDF) yield readOnDesk(given, mediaType)
  else yield { ...sealed(given, mediaType), notes: [`The content of ${mediaType} is not read in this version.`] }
}

function* readArchive(given: Given): Generator<Entry> {
  const self = sealed(given, 'application/zip')
  let members: readonly Zip.ZipMember[]
  try {
    if (given.depth >= ARCHIVE_DEPTH_MAX) throw Why.tooDeep(given.path)
    members = Zip.list(given.bytes, given.budget.left, given.path)
    for (const member of members) given.budget.left -= member.bytes
  } catch (cause) {
    yield { ...self, failure: asFailure(cause) }
    return
  }
  const files = members.filter(member => !member.isFolder)
  const manifest = manifestOf(given, files)
  yield { ...self, notes: files.length === 0 ? ['The archive has no members.'] : (manifest?.notes ?? []) }
  const container = { path: given.path, sha256: self.sha256! }
  for (const member of files) yield* readMember(given, member, container, manifest)
}

/** The manifest of a WACZ, where the archive is one. */
function manifestOf(given: Given, files: readonly Zip.ZipMember[]): Wacz.Manifest | undefined {
  const unpack = (name: string): Uint8Array | null => {
    const member = files.find(one => one.name === name)
    if (member === undefined) return null
    try {
      return Zip.unpack(given.bytes, member, given.path)
    } catch (cause) {
      asFailure(cause)
      return null
    }
  }
  const bytes = unpack(Wacz.MANIFEST)
  return bytes === null ? undefined : Wacz.readManifest(bytes, unpack(Wacz.MANIFEST_DIGEST))
}

function* readMember(
  archive: Given,
  member: Zip.ZipMember,
  container: Entry['container'],
  manifest: Wacz.Manifest | undefined,
): Generator<Entry> {
  const path = `${archive.path}!/${member.name}`
  let bytes: Uint8Array
  try {
    bytes = Zip.unpack(archive.bytes, member, path)
  } catch (cause) {
    yield { ...failed(path, asFailure(cause)), container }
    return
  }
  const wrong = manifest === undefined ? null : Wacz.checkMember(manifest, member.name, bytes)
  const climbs = /(^|[/\\])\.\.([/\\]|$)|^([/\\]|[A-Za-z]:)/.test(member.name)
  for (const entry of readAny({ path, bytes, container, depth: archive.depth + 1, budget: archive.budget })) {
    const note = 'The name points outside of its archive; it is used as a label only.'
    const notes = climbs ? [...entry.notes, note] : entry.notes
    yield entry.path === path ? { ...entry, notes, failure: entry.failure ?? wrong } : entry
  }
}

function readText(given: Given): Entry {
  const decoded = decode(given.bytes)
  const self = sealed(given, 'application/octet-stream')
  if (decoded === undefined) return { ...self, notes: ['The bytes are no text and of no kind that is known.'] }
  const { text, byteOf, encoding } = decoded
  const mediaType = detectText(text)
  const read = { ...self, mediaType, encoding, notes: decoded.notes }
  try {
    const markup = mediaType === 'text/html' || mediaType === 'text/xml' ? readHtml(text, byteOf) : undefined
    const structured = mediaType === 'application/json' ? readJson(text) : undefined
    const document = markup ?? structured
    if (document !== undefined) return { ...read, document, notes: [...read.notes, ...document.notes] }
    const broken = mediaType === 'application/json' ? ['It begins like JSON but is none; read as plain text.'] : []
    const notes = [...read.notes, ...broken]
    return { ...read, mediaType: 'text/plain', document: { ...plain(text, byteOf), messages: messagesOf(text) }, notes }
  } catch (cause) {
    return { ...read, failure: asFailure(cause) }
  }
}

const WARC = 'application/warc'
const TAR = 'application/x-tar'

/** A gzip file: what it holds stands in its place, so that `.warc.gz` and `.tar.gz` are archives of one level. */
function* readPacked(given: Given): Generator<Entry> {
  const self = sealed(given, 'application/gzip')
  let bytes: Uint8Array
  try {
    if (given.depth >= ARCHIVE_DEPTH_MAX) throw Why.tooDeep(given.path)
    bytes = gunzip(given.bytes, given.budget.left, given.path)
  } catch (cause) {
    yield { ...self, failure: asFailure(cause) }
    return
  }
  given.budget.left -= bytes.length
  const inner = { ...given, bytes }
  if (isWarc(bytes)) yield* readWarc(inner, { ...self, mediaType: `${WARC}+gzip` })
  else if (isTar(bytes)) yield* readTar(inner, { ...self, mediaType: `${TAR}+gzip` })
  else yield* readParts(given, self, { parts: [{ name: nameWithin(given.path), bytes }], notes: [] })
}

/** The parts of a gzip file came out of the budget as a whole. */
function* readWarc(given: Given, self: Entry): Generator<Entry> {
  yield* readParts(given, self, partsOfWarc(given.bytes))
}

function* readTar(given: Given, self: Entry): Generator<Entry> {
  yield* readParts(given, self, partsOfTar(given.bytes))
}

/** A container itself, then its parts as members. */
function* readParts(
  given: Given,
  self: Entry,
  { parts, notes }: { parts: readonly Part[]; notes: readonly string[] },
): Generator<Entry> {
  if (given.depth >= ARCHIVE_DEPTH_MAX) {
    yield { ...self, failure: Why.tooDeep(given.path) }
    return
  }
  yield { ...self, notes: [...self.notes, `${parts.length} parts follow as members.`, ...notes] }
  const container = { path: given.path, sha256: self.sha256! }
  for (const { name, bytes, seen, failure, isRest = false, notes: told = [] } of parts) {
    given.budget.left -= bytes.length
    if (given.budget.left < 0)
      return yield { ...failed(given.path, Why.tooMuch(given.path)), container: given.container }
    const path = `${given.path}!/${name}`
    const inner = { path, bytes, container, depth: given.depth + 1, budget: given.budget }
    for (const entry of isRest ? [readText(inner)] : readAny(inner)) {
      if (entry.path !== path) yield entry
      else {
        const more = { notes: [...entry.notes, ...told], failure: entry.failure ?? failure ?? null }
        yield { ...entry, ...more, ...(seen === undefined ? {} : { seen }) }
      }
    }
  }
}

/** A mail, a mailbox or a saved page: itself, then its parts as members. */
function* readMail(given: Given): Generator<Entry> {
  const { parts, more } = given.depth >= ARCHIVE_DEPTH_MAX ? { parts: [], more: 0 } : partsOf(given.bytes)
  const notes = more === 0 ? [] : [`${more} of its parts were not read: the limit is reached.`]
  yield* readParts(given, sealed(given, 'message/rfc822'), { parts, notes })
}

const PDF = 'application/pdf'

function readOnDesk(given: Given, mediaType: string): Entry {
  const { document, notes } = mediaType === PDF ? readPdf(given.bytes) : readPicture(given.bytes, mediaType)
  return { ...sealed(given, mediaType), document, notes: [...notes, ...(document?.notes ?? [])] }
}

function sealed(given: Given, mediaType: string): Entry {
  const { path, bytes, container } = given
  const rest = { encoding: null, document: null, notes: [], failure: null }
  return { path, bytes, container, sha256: sha256Hex(bytes), mediaType, ...rest }
}

function failed(path: string, failure: Failure): Entry {
  const nothing = { sha256: null, mediaType: null, bytes: null, encoding: null, container: null, document: null }
  return { path, ...nothing, notes: [], failure }
}

function lookAt(path: string): Stats | Failure {
  try {
    return lstatSync(path).isSymbolicLink() ? statSync(path) : lstatSync(path)
  } catch (cause) {
    return (cause as { code?: string }).code === 'ENOENT' ? Why.missing(path) : Why.unreadable(path, cause)
  }
}

/** A failure as it is; anything else is a bug and must stop the job. */
function asFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  throw cause
}
