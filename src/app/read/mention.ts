import { type Document, disclosed, type Entry, type Message, readPath } from '../../capture/capture.ts'
import {
  asRead,
  contextOf,
  find,
  isInFrame,
  type Mention,
  type Reading,
  type Rejected,
  readingOf,
  type Solicitation,
  solicitationOf,
  spanAt,
  viewOf,
} from '../../mention/mention.ts'
import * as Address from '../../model/address.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import * as Foreign from '../../model/network-foreign.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { startOf } from '../when.ts'
import { type Chunked, joined, jsonOf, type Packed, type Part, pack, partsOf, textOf } from './long.ts'
import { isWindowed, windowsOf } from './window.ts'
import { readWords } from './words.ts'

type Input = {
  readonly paths: readonly string[]
  readonly postedAt?: string
  readonly personal?: boolean
  readonly fromPart?: number
  readonly noOcr?: boolean
}

/** `athar mention find`: identifiers in files, folders and archives. Reads, and stores nothing. */
export const mentionFind: Operation = {
  name: 'mention find',
  summary: 'Find addresses and other identifiers in files; stores nothing',
  access: 'read',
  fields: {
    postedAt: { type: 'string', says: 'When it was posted: relative dates are counted from there' },
    personal: {
      ...{ type: 'boolean', default: false },
      says: 'Search the personal parts of an export too: contacts, sessions, letters',
    },
    fromPart: {
      ...{ type: 'integer', default: 1 },
      says: 'With --jsonl, of an export read in parts: begin at this part, after an interruption',
    },
    noOcr: {
      type: 'boolean',
      default: false,
      says: 'Do not read the words of pictures; ATHAR_TESSDATA=none says it for all',
    },
    paths: {
      type: 'strings',
      says: 'Files, folders or archives (text, HTML, PDF, pictures with QR codes, mail, Telegram exports, zip)',
      positional: true,
      required: true,
      path: true,
    },
  },
  examples: [
    { command: 'athar mention find post.txt', says: 'what one post names' },
    { command: 'athar mention find export/ --json', says: 'a folder, as JSON' },
    { command: 'athar mention find channel.zip --jsonl', says: 'one file a line, as they are read' },
  ],
  list: 'files',
  verdict: (answer: Answer) => (answer.files.every(file => file.error === null) ? 'ok' : 'no'),
  stream: (input: Input, context: Context) => filesOf(input, context, input.fromPart ?? 1, parts => parts),
  document: (input: Input, context: Context) => documentOf(input, context),
  print: (answer: Answer) => answer.files.map(lines).join('\n'),
  run: (input: Input, context: Context): Answer => {
    return { files: [...filesOf(input, context, 1, parts => [joined(parts)])] }
  },
}

export type Answer = { readonly files: readonly FileAnswer[] }

export type FileAnswer = {
  readonly path: string
  readonly sha256: string | null
  readonly mediaType: string | null
  readonly encoding: string | null
  readonly bytes: number | null
  readonly container: Entry['container']
  readonly mentions: readonly object[]
  /** Listed apart, outside of any count. */
  readonly possible: readonly object[]
  readonly rejected: readonly object[]
  readonly understood: Understood | null
  readonly notes: readonly string[]
  readonly error: object | null
  /** Of a file that is read in parts, where each part is a row. */
  readonly part?: Part
}

type Understood = {
  readonly language: string | null
  readonly title: string | null
  readonly characters: number
  readonly messages: number
  readonly leftOut: Reading['left']
  /** Followers and the like, where the file gives them. */
  readonly counts: NonNullable<Document['counts']>
  /** Characters of personal parts that were set apart and not searched. */
  readonly apart: number
  /** Whether it calls its reader to give, and by which words. */
  readonly solicitation: Solicitation
}

/** The answer for one entry that was read. Of a part of a file, `base` is where its text begins in the whole's. */
export function describe(
  entry: Entry,
  postedAt: Instant.Instant | null,
  personal: boolean = false,
  base: number = 0,
): FileAnswer {
  const { path, sha256, mediaType, encoding, container, notes, failure } = entry
  const document = personal && entry.document !== null ? disclosed(entry.document) : entry.document
  const file = { path, sha256, mediaType, encoding, bytes: entry.bytes?.length ?? null, container, notes }
  const error = failure?.toJSON() ?? null
  if (document === null) return { ...file, mentions: [], possible: [], rejected: [], understood: null, error }
  const { text, title, declaredLanguage } = document
  const reading = readingOf(text, { title, language: declaredLanguage })
  const view = viewOf(text)
  const findings = find(view, at => spanAt(document.messages, at)?.postedAt ?? postedAt)
  const { rejected, notes: limits } = findings
  const mentions = findings.mentions.map(one => (isOcr(document, one.start) ? asRead(one) : one))
  const told = rowsOf(document, reading, base)
  const possible = mentions.filter(one => one.certainty === 'possible')
  const solicitation = solicitationOf(view, mentions)
  return {
    ...file,
    notes: [...notes, ...limits],
    mentions: (possible.length === 0 ? mentions : mentions.filter(one => one.certainty !== 'possible')).map(told),
    possible: possible.map(told),
    rejected: rejected.map(one => rejectedRow(one, document, base)),
    understood: {
      ...{ language: reading.language, title: reading.title, characters: text.length },
      ...{ messages: document.messages.length, leftOut: reading.left.map(movedBy(base)) },
      ...{ counts: document.counts ?? [], apart: document.apart?.length ?? 0 },
      solicitation: { ...solicitation, cues: solicitation.cues.map(movedBy(base)) },
    },
    error,
  }
}

function isOcr(document: Document, at: number): boolean {
  return spanAt(document.regions, at)?.role === 'ocr'
}

/** The answer of `run` as text: of an export of a gigabyte no list of it stands in memory as a whole. */
function* documentOf(input: Input, context: Context): Generator<string, 'ok' | 'no'> {
  let sign = '{"files":['
  let verdict: 'ok' | 'no' = 'ok'
  for (const file of filesOf(input, context, 1, parts => [pack(parts)])) {
    yield sign
    sign = ','
    const isPacked = 'rows' in file
    if ((isPacked ? file.whole : file).error !== null) verdict = 'no'
    if (isPacked) yield* textOf(file)
    else yield jsonOf(file)
  }
  yield sign === ',' ? ']}' : `${sign}]}`
  return verdict
}

/**
 * Where only one thing was asked for and it failed, its failure is the answer; in a batch it is one of the rows. What
 * `ofParts` makes of a file that is read in parts takes its place.
 */
function* filesOf<T extends FileAnswer | Packed>(
  input: Input,
  context: Context,
  from: number,
  ofParts: (parts: Generator<FileAnswer>) => Iterable<T | undefined>,
): Generator<FileAnswer | T> {
  const postedAt = input.postedAt === undefined ? null : startOf('postedAt', input.postedAt)
  readWords(input.noOcr ?? false)
  let done = 0
  let held: { answer: FileAnswer; failure: Failure } | null = null
  let isBatch = false
  for (const path of input.paths) {
    for (const entry of readPath(path)) {
      if (context.signal.aborted) throw cancelled()
      context.progress({ done: ++done, total: null, unit: 'files', note: entry.path })
      if (entry.mediaType === 'application/zip' && entry.failure === null && entry.notes.length === 0) continue
      const long = entry.long ?? windowed(entry)
      if (long !== undefined) {
        const describePart = (document: Document, base: number) =>
          describe({ ...entry, document }, postedAt, input.personal, base)
        const watch = { signal: context.signal, progress: context.progress, stopped: cancelled }
        isBatch = true
        for (const row of ofParts(partsOf(entry.path, long, from, describePart, watch)))
          yield row ?? describe(entry, postedAt)
        continue
      }
      const answer = describe(entry, postedAt, input.personal)
      if (!isBatch && held === null && entry.failure !== null) {
        held = { answer, failure: entry.failure }
        continue
      }
      if (held !== null) yield held.answer
      held = null
      isBatch = true
      yield answer
    }
  }
  if (held !== null) throw held.failure
}

/** A text that is searched in windows; undefined where it is searched as one. */
function windowed({ document, bytes }: Entry): Chunked | undefined {
  if (document === null || bytes === null || !isWindowed(document)) return undefined
  return { bytes: bytes.length, chunks: () => windowsOf(document, bytes.length) }
}

/** Makes rows of mentions in their order: what several of one message share is made once. */
function rowsOf(document: Document, reading: Reading, base: number): (mention: Mention) => object {
  let [message, shared]: [Message | undefined, object] = [undefined, {}]
  return mention => {
    const { start, end } = mention
    const holder = spanAt(document.messages, start)
    if (holder !== message) [message, shared] = [holder, holder === undefined ? {} : { message: messageRow(holder) }]
    const region = document.regions.length === 0 ? undefined : spanAt(document.regions, start)
    return {
      ...mention,
      ...{ start: start + base, end: end + base },
      ...(mention.kind === 'address' ? { caip10: caip10Of(mention.network, mention.address) } : {}),
      ...bytesOf(document, start, end),
      context: contextOf(document.text, mention),
      ...(region === undefined ? {} : { where: region.role }),
      ...(region?.area === undefined ? {} : { region: region.area }),
      ...(isInFrame(reading, start) ? { inFrame: true } : {}),
      ...shared,
    }
  }
}

function rejectedRow(rejected: Rejected, document: Document, base: number): object {
  const { start, end } = rejected
  const places = { start: start + base, end: end + base, ...bytesOf(document, start, end) }
  return { ...rejected, ...places, context: contextOf(document.text, rejected) }
}

function movedBy(base: number): <T extends { start: number; end: number }>(span: T) => T {
  return span => (base === 0 ? span : { ...span, start: span.start + base, end: span.end + base })
}

function bytesOf(document: Document, start: number, end: number): { byteStart: number | null; byteEnd: number | null } {
  const [byteStart, byteEnd] = document.bytesOf(start, end) ?? [null, null]
  return { byteStart, byteEnd }
}

function messageRow(message: Message): object {
  const { id, from, postedAt, postedLocal, zone, forwardedFrom } = message
  return { id, from, postedAt: postedAt === null ? null : Instant.format(postedAt), postedLocal, zone, forwardedFrom }
}

/** Null for networks that have no CAIP-2 identifier here. */
function caip10Of(network: string, address: string): string | null {
  const known = Network.parse(network)
  return known === undefined ? Foreign.toCaip10(network, address) : Address.toCaip10({ network: known.id, address })
}

function lines(file: FileAnswer): string {
  const counts = `${file.mentions.length} found, ${file.rejected.length} rejected`
  const head = `${file.path}  ${file.mediaType ?? 'not read'}  ${counts}`
  const rows = (file.mentions as { kind: string; raw: string; start: number; certainty: string }[]).map(
    ({ kind, raw, start, certainty }) =>
      `  ${kind.padEnd(8)} ${raw}  at ${start}${certainty === 'found' ? '' : `, ${certainty}`}`,
  )
  const refused = (file.rejected as { raw: string; reason: string; start: number }[]).map(
    ({ raw, reason, start }) => `  rejected ${raw}  at ${start}: ${reason}`,
  )
  const error = file.error === null ? [] : [`  error: ${(file.error as { message: string }).message}`]
  return [head, ...rows, ...refused, ...file.notes.map(note => `  note: ${note}`), ...error].join('\n')
}

function cancelled(): Failure {
  return new Failure('Mention.Cancelled', 'cancelled', 'The search was stopped before it was done.', {
    hint: 'Run it again; nothing was stored.',
  })
}
