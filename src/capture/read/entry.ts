import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { decode } from './decode.ts'
import { type Document, plain } from './document.ts'
import { readHtml } from './html.ts'
import { readJson } from './json.ts'
import { ARCHIVE_DEPTH_MAX, FILE_BYTES_MAX, MEMBERS_MAX, UNPACKED_BYTES_MAX } from './limit.ts'
import { isMail, partsOf } from './mail.ts'
import { detect, detectText, isReadable } from './media.ts'
import { readPdf } from './pdf.ts'
import { readPicture } from './picture.ts'
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
  readonly notes: readonly string[]
  readonly failure: Failure | null
}

/** Entries of a file, an archive (itself, then its members) or a folder (sorted, links not followed). Never throws. */
export function* readPath(path: string): Generator<Entry> {
  const stat = lookAt(path)
  if (stat instanceof Failure) yield failed(path, stat)
  else if (stat.isDirectory()) yield* readFolder(path)
  else if (!stat.isFile()) yield failed(path, notAFile(path))
  else if (stat.size > FILE_BYTES_MAX) yield failed(path, tooLarge(path, stat.size))
  else yield* readFile(path)
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
  else if (paths.length === 0) yield failed(path, emptyFolder(path))
}

/** Files below a folder. Links are not followed: a folder of someone else's making may point anywhere. */
function collect(folder: string, into: string[]): Failure | null {
  const open = [folder]
  try {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const item of readdirSync(next, { withFileTypes: true })) {
        if (item.isDirectory()) open.push(join(next, item.name))
        else if (item.isFile()) into.push(join(next, item.name))
        if (into.length > MEMBERS_MAX) return tooManyFiles(folder)
      }
    }
  } catch (cause) {
    return unreadable(folder, cause)
  }
  return null
}

function* readFile(path: string): Generator<Entry> {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch (cause) {
    yield failed(path, unreadable(path, cause))
    return
  }
  yield* readBytes(path, bytes)
}

function* readAny(given: Given): Generator<Entry> {
  const mediaType = detect(given.bytes)
  if (given.bytes.length === 0) yield { ...sealed(given, 'application/octet-stream'), failure: empty(given.path) }
  else if (mediaType === 'application/zip') yield* readArchive(given)
  else if (mediaType === 'text/plain' && isMail(given.bytes)) yield* readMail(given)
  else if (isReadable(mediaType)) yield readText(given)
  else if (mediaType.startsWith('image/') || mediaType === PDF) yield readOnDesk(given, mediaType)
  else yield { ...sealed(given, mediaType), notes: [`The content of ${mediaType} is not read in this version.`] }
}

function* readArchive(given: Given): Generator<Entry> {
  const self = sealed(given, 'application/zip')
  let members: readonly Zip.ZipMember[]
  try {
    if (given.depth >= ARCHIVE_DEPTH_MAX) throw tooDeep(given.path)
    members = Zip.list(given.bytes, given.budget.left, given.path)
    for (const member of members) given.budget.left -= member.bytes
  } catch (cause) {
    yield { ...self, failure: asFailure(cause) }
    return
  }
  const files = members.filter(member => !member.isFolder)
  yield { ...self, notes: files.length === 0 ? ['The archive has no members.'] : [] }
  const container = { path: given.path, sha256: self.sha256! }
  for (const member of files) yield* readMember(given, member, container)
}

function* readMember(archive: Given, member: Zip.ZipMember, container: Entry['container']): Generator<Entry> {
  const path = `${archive.path}!/${member.name}`
  let bytes: Uint8Array
  try {
    bytes = Zip.unpack(archive.bytes, member, path)
  } catch (cause) {
    yield { ...failed(path, asFailure(cause)), container }
    return
  }
  const climbs = /(^|[/\\])\.\.([/\\]|$)|^([/\\]|[A-Za-z]:)/.test(member.name)
  for (const entry of readAny({ path, bytes, container, depth: archive.depth + 1, budget: archive.budget })) {
    const note = 'The name points outside of its archive; it is used as a label only.'
    yield climbs && entry.path === path ? { ...entry, notes: [...entry.notes, note] } : entry
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

/** A mail, a mailbox or a saved page: itself, then its parts as members. */
function* readMail(given: Given): Generator<Entry> {
  const self = sealed(given, 'message/rfc822')
  if (given.depth >= ARCHIVE_DEPTH_MAX) {
    yield { ...self, failure: tooDeep(given.path) }
    return
  }
  const { parts, more } = partsOf(given.bytes)
  const left = more === 0 ? [] : [`${more} of its parts were not read: the limit is reached.`]
  yield { ...self, notes: [`${parts.length} parts follow as members.`, ...left] }
  const container = { path: given.path, sha256: self.sha256! }
  for (const { name, bytes } of parts) {
    given.budget.left -= bytes.length
    if (given.budget.left < 0) return
    yield* readAny({ path: `${given.path}!/${name}`, bytes, container, depth: given.depth + 1, budget: given.budget })
  }
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
    return (cause as { code?: string }).code === 'ENOENT' ? missing(path) : unreadable(path, cause)
  }
}

/** A failure as it is; anything else is a bug and must stop the job. */
function asFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  throw cause
}

function missing(path: string): Failure {
  return new Failure('Capture.Missing', 'missing', `There is no file "${path}".`, {
    hint: 'Check the path; paths are read from the folder that you are in.',
    facts: { path },
  })
}

function unreadable(path: string, cause: unknown): Failure {
  const code = (cause as { code?: string }).code ?? 'unknown'
  return new Failure('Capture.Unreadable', 'input', `"${path}" cannot be read (${code}).`, {
    hint: 'Check its permissions.',
    facts: { path, code },
    cause,
  })
}

function notAFile(path: string): Failure {
  return new Failure('Capture.NotAFile', 'input', `"${path}" is neither a file nor a folder.`, {
    hint: 'Pipes, sockets and devices are not read: save the content to a file.',
    facts: { path },
  })
}

function empty(path: string): Failure {
  return new Failure('Capture.Empty', 'input', `"${path}" is empty (0 bytes).`, {
    hint: 'Get the file again: nothing can be found or proven in it.',
    facts: { path },
  })
}

function emptyFolder(path: string): Failure {
  return new Failure('Capture.EmptyFolder', 'input', `The folder "${path}" holds no files.`, {
    hint: 'Links inside folders are not followed; name the files themselves.',
    facts: { path },
  })
}

function tooLarge(path: string, bytes: number): Failure {
  return new Failure('Capture.TooLarge', 'limit', `"${path}" has ${bytes} bytes; the limit is ${FILE_BYTES_MAX}.`, {
    hint: 'Split the file, or export the chat in parts.',
    facts: { path, bytes, limit: FILE_BYTES_MAX },
  })
}

function tooManyFiles(path: string): Failure {
  return new Failure('Capture.TooMany', 'limit', `The folder "${path}" holds more than ${MEMBERS_MAX} files.`, {
    hint: 'Name its folders one by one.',
    facts: { path, limit: MEMBERS_MAX },
  })
}

function tooDeep(path: string): Failure {
  return new Failure('Archive.TooDeep', 'limit', `${path} is an archive inside ${ARCHIVE_DEPTH_MAX} others.`, {
    hint: `Archives are read ${ARCHIVE_DEPTH_MAX} deep. Unpack it by hand.`,
    facts: { path, limit: ARCHIVE_DEPTH_MAX },
  })
}
