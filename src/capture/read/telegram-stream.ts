import { append, type Count, type Document, draft } from './document.ts'
import { JSON_DEPTH_MAX } from './limit.ts'
import { countsOf, documentOf, isPersonal, readMessage, readPersonal } from './telegram-json.ts'

/**
 * Telegram Desktop's `result.json` of any size, in pieces: the file goes by once, message after message, and comes out
 * as documents of about CHUNK_BYTES of it. Only one of them is in memory at a time.
 *
 * Cost: the bytes are looked at once by a loop and once by JSON.parse. What is no JSON is told, with its place.
 */
export type Chunk = {
  readonly document: Document
  /** Bytes of the file that are done when this has been read. */
  readonly done: number
}

/** Bytes of a file from which it is read in pieces. */
export const LONG_BYTES_MIN = 32 * 2 ** 20

/** Bytes of the file that one document is made of. */
const CHUNK_BYTES = 2 * 2 ** 20

/** One message, or one personal part. Telegram's longest post has 4,096 characters. */
const ELEMENT_BYTES_MAX = 64 * 2 ** 20

/** Whether bytes begin as such an export does; decided by its first fields, before the rest is there. */
export function beginsLikeExport(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 65_536)).toString('latin1')
  if (!/^(?:\u00ef\u00bb\u00bf)?\s*\{/.test(text)) return false
  const isAccount = /^[^{]*\{\s*"about"\s*:\s*"/.test(text) || /"chats"\s*:\s*\{/.test(text)
  return isAccount || (/"messages"\s*:\s*\[/.test(text) && /"type"\s*:\s*"|"id"\s*:\s*\d/.test(text))
}

/** The documents of an export that comes in pieces. Never throws of what is in it. */
export function* chunksOf(pieces: Iterable<Uint8Array>): Generator<Chunk> {
  const reader = openReader()
  let done = 0
  for (const piece of pieces) {
    reader.take(piece)
    done += piece.length
    if (reader.held() >= CHUNK_BYTES) yield { document: reader.give(), done }
  }
  yield { document: reader.finish(), done }
}

type Reader = {
  take(piece: Uint8Array): void
  /** Bytes of messages since the last document. */
  held(): number
  give(): Document
  finish(): Document
}

/** What is open around a place: an object with the key that is being read, or a list. */
type Level = { readonly isList: boolean; key: string }

type State = {
  readonly levels: Level[]
  /** Messages that ended in the buffer and are not handed over yet. */
  places: number[]
  /** Bytes of the piece before that belong to an element which is not whole yet. */
  rest: Buffer
  work: Buffer
  /** Where in `rest` + piece the element begins that is being collected; −1 where none is. */
  start: number
  /** Depth at which that element ends. */
  endDepth: number
  depth: number
  inString: boolean
  /** Where the open string began, outside of elements: keys and names are short. */
  stringStart: number
  lastString: string
}

function openReader(): Reader {
  let into = draft()
  let counts: Count[] = []
  let held = 0
  let title: string | null = null
  let chats = 0
  let isBroken = false
  const state: State = {
    ...{ levels: [], places: [], rest: Buffer.alloc(0), work: Buffer.alloc(0), start: -1, endDepth: 0, depth: 0 },
    ...{ inString: false, stringStart: -1, lastString: '' },
  }
  const each: Each = {
    messages(buffer, places) {
      held += places.at(-1)! - places[0]!
      for (const message of parseAll(buffer, places, into.notes)) if (isObject(message)) readMessage(message, into)
    },
    personal(name, bytes) {
      held += bytes.length
      const [value] = parseAll(bytes, [0, bytes.length], into.notes)
      if (value !== undefined) readPersonal(name, value, into)
    },
    field(name, value) {
      if (name === 'name' && typeof value === 'string') {
        title = chats++ === 0 ? value : null
      } else counts = [...counts, ...countsOf({ [name]: value })]
    },
    tooLarge(at) {
      into.notes.push(`An element has more than ${ELEMENT_BYTES_MAX} bytes (from byte ${at} on); it was left out.`)
    },
  }
  const cut = (): Document => {
    const document = documentOf(into, title, counts)
    into = draft()
    counts = []
    held = 0
    return document
  }
  let passed = 0
  return {
    take(piece) {
      if (isBroken) return
      const before = state.rest.length
      const buffer = joined(state, piece)
      isBroken = !scan(state, buffer, before, passed, each)
      passed += piece.length
      if (isBroken) into.notes.push(`Near byte ${passed} it nests deeper than ${JSON_DEPTH_MAX} levels: not read on.`)
    },
    held: () => held,
    give: cut,
    finish() {
      if (state.depth !== 0 && !isBroken) {
        into.notes.push('The export ends in the middle: it is cut off. What came before was read.')
      }
      if (into.length === 0 && into.notes.length === 0) append(into, '')
      return cut()
    },
  }
}

/** Bytes of messages that are parsed in one call. */
const BATCH_BYTES = 1 << 18

/** What was left and the piece, in a buffer that is used again: a thousand of them would wait for the collector. */
function joined(state: State, piece: Uint8Array): Buffer {
  const { rest } = state
  const length = rest.length + piece.length
  if (state.work.length < length) {
    const larger = Buffer.alloc(length + piece.length)
    larger.set(rest)
    state.work = larger
  } else state.work.set(rest)
  state.work.set(piece, rest.length)
  return state.work.subarray(0, length)
}

/** Elements parsed together; where that fails one by one, so that a broken one costs itself only. */
function parseAll(buffer: Buffer, places: readonly number[], notes: string[]): unknown[] {
  try {
    return JSON.parse(`[${buffer.toString('utf8', places[0], places.at(-1))}]`) as unknown[]
  } catch {
    const values: unknown[] = []
    for (let i = 0; i < places.length; i += 2) {
      try {
        values.push(JSON.parse(buffer.toString('utf8', places[i], places[i + 1])))
      } catch {
        if (notes.length < 100) notes.push('An element is no JSON and was left out.')
      }
    }
    return values
  }
}

type Each = {
  /** Messages of one list in their order: where each begins and ends, between them only commas and white space. */
  messages(buffer: Buffer, places: readonly number[]): void
  personal(name: string, bytes: Buffer): void
  field(name: string, value: unknown): void
  tooLarge(at: number): void
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST, COLON] = [0x7b, 0x7d, 0x5b, 0x5d, 0x3a]

/**
 * Goes over `buffer` from `from` on, hands over each element that ends in it, and keeps what is not whole. False where
 * it nests too deep.
 */
function scan(state: State, buffer: Buffer, from: number, passed: number, each: Each): boolean {
  const length = buffer.length
  let at = from
  while (at < length) {
    if (state.inString) {
      at = endOfString(buffer, at, state)
      if (state.inString) break
      if (state.start === -1) keepString(state, buffer, at, each)
      at++
      continue
    }
    const byte = buffer[at]!
    if (byte === QUOTE) {
      state.inString = true
      state.stringStart = at
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (!open(state, byte === OPEN_LIST, at)) return false
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) close(state, buffer, at, each)
    else if (state.start === -1) {
      if (byte === COLON && state.levels.length > 0) state.levels.at(-1)!.key = state.lastString
      else if (byte >= 0x30 && byte <= 0x39) at = keepNumber(state, buffer, at, each)
    }
    at++
  }
  handOver(state, buffer, each)
  keepRest(state, buffer, passed, each)
  return true
}

/** What must be there when the next piece comes: the element or the string that is open. */
function keepRest(state: State, buffer: Buffer, passed: number, each: Each): void {
  const from = state.start !== -1 ? state.start : state.inString ? state.stringStart : buffer.length
  if (buffer.length - from > ELEMENT_BYTES_MAX) {
    each.tooLarge(passed)
    if (state.start !== -1) state.start = TOO_LARGE
    state.rest = Buffer.alloc(0)
    state.stringStart = 0
    return
  }
  state.rest = from < 0 ? Buffer.alloc(0) : buffer.subarray(from)
  if (state.start >= 0) state.start = 0
  if (state.inString) state.stringStart = state.start >= 0 ? state.stringStart - from : 0
}

/** An element that is passed over up to its end. */
const TOO_LARGE = -2

/** The place of the closing quote; where the piece ends before it, `inString` stays set. */
function endOfString(buffer: Buffer, from: number, state: State): number {
  for (let at = buffer.indexOf(QUOTE, from); at !== -1; at = buffer.indexOf(QUOTE, at + 1)) {
    let slashes = 0
    while (at - 1 - slashes >= state.stringStart && buffer[at - 1 - slashes] === BACKSLASH) slashes++
    if (slashes % 2 === 0) {
      state.inString = false
      return at
    }
  }
  return buffer.length
}

/** A key, or a value outside of elements: a chat's name is told. */
function keepString(state: State, buffer: Buffer, at: number, each: Each): void {
  const text = buffer.toString('utf8', state.stringStart + 1, Math.min(at, state.stringStart + 1 + 4096))
  const level = state.levels.at(-1)
  if (level !== undefined && !level.isList && level.key === 'name' && isChat(state.levels)) {
    each.field('name', parseString(text))
    level.key = ''
  }
  state.lastString = text
}

function parseString(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string
  } catch {
    return text
  }
}

function keepNumber(state: State, buffer: Buffer, at: number, each: Each): number {
  let end = at
  while (end < buffer.length && buffer[end]! >= 0x30 && buffer[end]! <= 0x39) end++
  const level = state.levels.at(-1)
  if (level !== undefined && !level.isList && end - at < 16 && isChat(state.levels)) {
    each.field(level.key, Number(buffer.toString('latin1', at, end)))
  }
  return end - 1
}

/** Whether the innermost object is a chat: the whole file, or one of `chats.list`. */
function isChat(levels: readonly Level[]): boolean {
  if (levels.length === 1) return true
  return levels.length === 4 && levels[0]!.key === 'chats' && levels[1]!.key === 'list'
}

function open(state: State, isList: boolean, at: number): boolean {
  state.depth++
  if (state.depth > JSON_DEPTH_MAX) return false
  if (state.start !== -1) return true
  const { levels } = state
  const top = levels.at(-1)
  const chat = levels.at(-2)
  const isMessage = !isList && top?.isList === true && chat?.key === 'messages' && isChat(levels.slice(0, -1))
  const isPart = levels.length === 1 && isPersonal(top!.key)
  if (isMessage || isPart) {
    state.start = at
    state.endDepth = state.depth - 1
  } else levels.push({ isList, key: '' })
  return true
}

function close(state: State, buffer: Buffer, at: number, each: Each): void {
  state.depth = Math.max(0, state.depth - 1)
  if (state.start === -1) {
    handOver(state, buffer, each)
    state.levels.pop()
    const above = state.levels.at(-1)
    if (above !== undefined && !above.isList) above.key = ''
    return
  }
  if (state.depth !== state.endDepth) return
  if (state.start !== TOO_LARGE) {
    const top = state.levels.at(-1)!
    if (top.isList) {
      state.places.push(state.start, at + 1)
      if (at - state.places[0]! >= BATCH_BYTES) handOver(state, buffer, each)
    } else each.personal(top.key, buffer.subarray(state.start, at + 1))
  }
  state.start = -1
}

function handOver(state: State, buffer: Buffer, each: Each): void {
  if (state.places.length === 0) return
  each.messages(buffer, state.places)
  state.places = []
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
