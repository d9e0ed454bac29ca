import { Failure } from '../std/failure.ts'
import { lines, readWhole, type Source } from './read.ts'

/**
 * JSON lists as plain data: a whole document, or one object a line. Everything read from one is unknown until it was
 * looked at; what is missing or of another type reads as absent.
 */
export type Fields = Readonly<Record<string, unknown>>

/** One object of a file with where it stands, in words. */
export type Placed = { readonly fields: Fields; readonly where: string }

/** Longest line of a list of objects: OpenSanctions nests a target with all it knows of it in one line. */
export const OBJECT_CHARACTERS_MAX = 2 ** 23

/** Deepest nesting; STIX and MISP nest below ten. */
const DEPTH_MAX = 64

/** The document of a source. Failures: List.Malformed with the place, List.TooDeep. */
export function readDocument(source: Source, file: string): unknown {
  return parse(readWhole(source), file, null)
}

/** Each line that is not blank as an object. Failures: List.Malformed, List.TooDeep, List.TooLong, with the line. */
export function* readLines(source: Source, file: string): Generator<Placed> {
  for (const { text, line } of lines(source, OBJECT_CHARACTERS_MAX)) {
    const bare = line === 1 ? text.replace(/^\uFEFF/, '') : text
    if (bare.trim() === '') continue
    const where = `line ${line}`
    yield { fields: object(parse(bare, file, line), file, where), where }
  }
}

export function parse(text: string, file: string, line: number | null): unknown {
  refuseDepth(text, file, line)
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw malformed(file, placeIn(text, cause, line), cause)
  }
}

/** An object, or a Failure that says where there is none: the schema has changed. */
export function object(value: unknown, file: string, where: string): Fields {
  if (isObject(value)) return value
  throw malformed(file, `${where}: no object stands there`, null)
}

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not empty, or a number or truth value as text; else null. */
export function text(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return null
  const trimmed = value.trim()
  return trimmed === '' ? null : trimmed
}

/** Texts of a list, or of a single value that stands for a list of one. */
export function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.map(text).filter(item => item !== null)
}

export function objects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []
}

/** Brackets are counted before the parser builds anything, since what it builds is far larger than what it reads. */
function refuseDepth(text: string, file: string, line: number | null): void {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quoted) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) quoted = false
    } else if (code === QUOTE) quoted = true
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (++depth > DEPTH_MAX) throw tooDeep(file, line ?? lineAt(text, at))
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** V8 names the offset for most errors; a text that ends too soon has none: its end is the place. */
function placeIn(text: string, cause: unknown, line: number | null): string {
  const said = cause instanceof Error ? cause.message : ''
  const offset = Number(/position (\d+)/.exec(said)?.[1] ?? text.length)
  return `line ${line ?? lineAt(text, offset)}, character ${offset}`
}

function malformed(file: string, where: string, cause: unknown): Failure {
  return new Failure('List.Malformed', 'input', `${file} breaks off or is damaged at ${where}.`, {
    hint: 'Nothing was imported and the version before stays in force. Fetch the file again.',
    facts: { file, where },
    cause,
  })
}

function tooDeep(file: string, line: number): Failure {
  return new Failure('List.TooDeep', 'limit', `${file} nests deeper than ${DEPTH_MAX} in line ${line}.`, {
    hint: 'No list nests so deep: the file is damaged or hostile. Nothing was imported.',
    facts: { file, line, depthMax: DEPTH_MAX },
  })
}
