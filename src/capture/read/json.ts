import { Failure } from '../../std/failure.ts'
import { append, type Document, draft, NO_BYTES } from './document.ts'
import { JSON_DEPTH_MAX } from './limit.ts'
import { isFacebook, mended, readFacebook, readX, unwrapX } from './social-json.ts'
import { isExport, readExport } from './telegram-json.ts'

/**
 * A JSON text as a document: exports of Telegram, X and Facebook by their messages, anything else by its texts, one a
 * line (names
 * of fields too where they are long enough to be an identifier). Undefined where it is no JSON.
 *
 * Failures: Json.TooDeep, before anything is parsed.
 */
export function readJson(whole: string): Document | undefined {
  const wrapped = unwrapX(whole)
  const text = wrapped?.json ?? whole
  const deepest = depthOf(text)
  if (deepest.depth > JSON_DEPTH_MAX) throw tooDeep(deepest.at)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (wrapped !== undefined) return readX(wrapped.kind, value)
  if (isExport(value)) return readExport(value)
  return isFacebook(value) ? readFacebook(value) : readLeaves(value)
}

/** Deepest nesting of brackets outside of strings, and where the limit is first passed. */
export function depthOf(text: string): { depth: number; at: number } {
  let depth = 0
  let most = 0
  const at = -1
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === 0x7b || code === 0x5b) {
      depth++
      if (depth > most) most = depth
      if (depth > JSON_DEPTH_MAX && at < 0) return { depth, at: i }
    } else if (code === 0x7d || code === 0x5d) depth--
  }
  return { depth: most, at }
}

/** Position of the closing quote of the string that opens at `from`, or the end. */
function endOfString(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i
  }
  return text.length
}

function readLeaves(value: unknown): Document {
  const into = draft()
  let mends = 0
  walk(value, line => {
    const text = mended(line)!
    if (text !== line) mends++
    append(into, `${text}\n`)
  })
  const notes = ['JSON of no known kind: its texts were read one by one.']
  if (mends > 0) notes.push(`${mends} texts were UTF-8 read as Latin-1; they are shown as they were meant.`)
  const text = into.parts.join('')
  return { text, title: null, declaredLanguage: null, ...NO_BYTES, regions: [], messages: [], notes }
}

function walk(value: unknown, each: (line: string) => void): void {
  if (typeof value === 'string') each(value)
  else if (Array.isArray(value)) for (const item of value) walk(item, each)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (name.length >= IDENTIFIER_LENGTH_MIN) each(name)
      walk(item, each)
    }
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The shortest bitcoin address has 26 characters; 25 leaves room for what is broken. */
const IDENTIFIER_LENGTH_MIN = 25

function tooDeep(at: number): Failure {
  return new Failure(
    'Json.TooDeep',
    'limit',
    `The JSON nests deeper than ${JSON_DEPTH_MAX} levels at character ${at}.`,
    {
      hint: 'No export nests so deep. If it is genuine, split the file.',
      facts: { limit: JSON_DEPTH_MAX, at },
    },
  )
}
