import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Document, Entry } from '../../capture/capture.ts'
import type { FileAnswer } from './mention.ts'

/** What the describing of one document is given, with where its text begins in that of the whole; and gives. */
type Describe = (document: Document, base: number) => FileAnswer

type Watch = {
  readonly signal: AbortSignal
  readonly stopped: () => Error
  readonly progress: (note: { done: number; total: number; unit: string; note: string }) => void
}

/** What comes in documents, one after another. */
export type Chunked = Pick<NonNullable<Entry['long']>, 'bytes' | 'chunks'>

/** A part of a file that is read in pieces: its number from 1, and the bytes of the file that are done with it. */
export type Part = { readonly number: number; readonly done: number; readonly bytes: number }

/**
 * The answers for a long file, part by part; positions are those in the text of the whole. Parts before `from` are
 * passed over: whoever has kept the rows of an interrupted run goes on after the last of them.
 */
export function* partsOf(
  path: string,
  long: Chunked,
  from: number,
  describe: Describe,
  watch: Watch,
): Generator<FileAnswer> {
  let number = 0
  let base = 0
  for (const { document, done } of long.chunks()) {
    if (watch.signal.aborted) throw watch.stopped()
    number++
    if (number >= from) {
      const part: Part = { number, done, bytes: long.bytes }
      yield { ...describe(document, base), bytes: long.bytes, part }
    }
    base += document.text.length
    watch.progress({ done, total: long.bytes, unit: 'bytes', note: path })
  }
}

/** What the parts of one file say together, its lists packed: rows of a gigabyte do not fit memory as objects. */
export type Packed = {
  /** With its lists empty. */
  readonly whole: FileAnswer
  /** Lists of rows as JSON, packed, part by part. */
  readonly rows: Readonly<Record<List, readonly Uint8Array[]>>
}

/** Parts as one answer: lists joined, counts summed. Undefined where there is no part. */
export function joined(parts: Iterable<FileAnswer>): FileAnswer | undefined {
  const packed = pack(parts)
  if (packed === undefined) return undefined
  const listOf = (held: readonly Uint8Array[]) => held.flatMap(piece => JSON.parse(unpacked(piece)) as object[])
  const { mentions, possible, rejected } = packed.rows
  return { ...packed.whole, mentions: listOf(mentions), possible: listOf(possible), rejected: listOf(rejected) }
}

/** The same, its rows packed until they are told. */
export function pack(parts: Iterable<FileAnswer>): Packed | undefined {
  const rows: Record<List, Uint8Array[]> = { mentions: [], possible: [], rejected: [] }
  const notes = new Set<string>()
  let whole: FileAnswer | undefined
  for (const { part: _, ...answer } of parts) {
    for (const note of answer.notes) if (notes.size < NOTES_MAX) notes.add(note)
    for (const list of LISTS) {
      if (answer[list].length > 0) rows[list].push(zstdCompressSync(JSON.stringify(answer[list]), QUICKLY))
    }
    const bare = { ...answer, mentions: [], possible: [], rejected: [], understood: own(answer.understood) }
    whole = whole === undefined ? bare : { ...whole, understood: sumOf(whole.understood, answer.understood) }
  }
  return whole === undefined ? undefined : { whole: { ...whole, notes: [...notes] }, rows }
}

/** The JSON of `joined`, in pieces that end between values. */
export function* textOf({ whole, rows }: Packed): Generator<string> {
  let sign = '{'
  for (const [key, value] of Object.entries(whole)) {
    const list = LISTS.find(one => one === key)
    yield `${sign}${JSON.stringify(key)}:${list === undefined ? JSON.stringify(value) : '['}`
    sign = ','
    if (list === undefined) continue
    for (const [i, piece] of rows[list].entries()) yield `${i === 0 ? '' : ','}${unpacked(piece).slice(1, -1)}`
    yield ']'
  }
  yield '}'
}

/** Copied through JSON: a piece of a text holds the whole text in memory, and of these texts there are hundreds. */
function own(understood: FileAnswer['understood']): FileAnswer['understood'] {
  return JSON.parse(JSON.stringify(understood)) as FileAnswer['understood']
}

function unpacked(piece: Uint8Array): string {
  return zstdDecompressSync(piece).toString()
}

type List = (typeof LISTS)[number]

const LISTS = ['mentions', 'possible', 'rejected'] as const

/** Rows repeat each other: the quickest level already takes them to a tenth. */
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Notes of all parts that are kept. */
const NOTES_MAX = 100

function sumOf(a: FileAnswer['understood'], b: FileAnswer['understood']): FileAnswer['understood'] {
  if (a === null || b === null) return a ?? b
  return {
    ...a,
    title: a.title ?? b.title,
    language: a.language ?? b.language,
    characters: a.characters + b.characters,
    messages: a.messages + b.messages,
    leftOut: [...a.leftOut, ...b.leftOut].slice(0, NOTES_MAX),
    solicitation: callsOf(a.solicitation, b.solicitation),
  }
}

/** An export calls its reader to give where one of its parts does. */
function callsOf(a: Calls, b: Calls): Calls {
  const both = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])].sort()
  return {
    ...{ is: a.is || b.is, reason: a.is || !b.is ? a.reason : b.reason },
    ...{ purposes: both(a.purposes, b.purposes), actors: both(a.actors, b.actors), rails: both(a.rails, b.rails) },
    cues: [...a.cues, ...b.cues].slice(0, NOTES_MAX),
  }
}

type Calls = NonNullable<FileAnswer['understood']>['solicitation']

/** Whole numbers beyond 2^53 are texts. Few answers have any, and the question costs more than all the rest. */
export function jsonOf(answer: FileAnswer): string {
  try {
    return JSON.stringify(answer)
  } catch {
    return JSON.stringify(answer, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))
  }
}
