import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { Failure } from '../std/failure.ts'
import type { Source } from './read.ts'

/**
 * Reads XML as a stream of elements, never as a tree. A document type is refused outright: entities are how an XML
 * file of a kilobyte unpacks to gigabytes, and no sanctions list has one.
 */
export type Handler = {
  open(name: string, attributes: Readonly<Record<string, string>>, at: Place): void
  /** `text` is what stood directly inside the element, trimmed. */
  close(name: string, text: string, at: Place): void
}

/** Where the reader stands: for messages. */
export type Place = { readonly line: number; readonly column: number; readonly offset: number }

/** Longest text or tag, and deepest nesting. OFAC's longest remark has a few thousand characters and 13 levels. */
export const TEXT_CHARACTERS_MAX = 2 ** 20
export const DEPTH_MAX = 64

export function read(source: Source, root: string, handler: Handler): void {
  const parser = new SaxesParser({ position: true })
  const at = (): Place => ({ line: parser.line, column: parser.column, offset: parser.position })
  const state: State = { texts: [], tags: 0 }
  let quiet = 0
  listen(parser, root, handler, state, at)
  for (const piece of source.pieces()) {
    const before = state.tags
    parser.write(piece)
    quiet = state.tags === before ? quiet + piece.length : 0
    if (quiet > TEXT_CHARACTERS_MAX) throw tooLong(at())
  }
  parser.close()
}

/** Texts of the open elements, and how many tags were seen: when that stands still, one text or tag has no end. */
type State = { readonly texts: string[]; tags: number }

function listen(parser: SaxesParser, root: string, handler: Handler, state: State, at: () => Place): void {
  const { texts } = state
  parser.on('error', error => {
    throw malformed(error.message, at())
  })
  parser.on('doctype', () => {
    throw doctype(at())
  })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    state.tags++
    const name = local(tag.name)
    if (texts.length === 0 && name !== root) throw otherRoot(tag.name, root, at())
    if (texts.push('') > DEPTH_MAX) throw tooDeep(at())
    handler.open(name, tag.attributes as Record<string, string>, at())
  })
  const append = (text: string) => {
    if (texts.length > 0) texts[texts.length - 1] += text
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', (tag: SaxesTagPlain) => {
    state.tags++
    handler.close(local(tag.name), own(texts.pop()!.trim()), at())
  })
}

/**
 * A copy that owns its characters. V8 lets a cut-out of 13 characters or more point into the text it was cut from, so
 * keeping a name would keep the 64 KiB piece around it, and 48,000 names the whole file.
 */
function own(text: string): string {
  return text.length < 13 ? text : Buffer.from(text).toString()
}

/** Lists are told apart by their root, not by the prefix that a publisher happens to use. */
function local(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

function malformed(message: string, at: Place): Failure {
  return new Failure('List.Malformed', 'input', `The list breaks off or is damaged at ${place(at)}: ${message}`, {
    hint: 'Nothing was imported and the version before stays in force. Fetch the file again.',
    facts: { ...at },
  })
}

function doctype(at: Place): Failure {
  return new Failure('Xml.Doctype', 'input', `The file declares a document type at ${place(at)}.`, {
    hint: 'No sanctions list has one; it is how an entity bomb is built. Nothing was imported.',
    facts: { ...at },
  })
}

function otherRoot(found: string, wanted: string, at: Place): Failure {
  return new Failure('List.OtherFormat', 'input', `The file starts with <${found}>, not with <${wanted}>.`, {
    hint: 'Check the format: `list add FORMAT FILE`.',
    facts: { found, wanted, ...at },
  })
}

function tooLong(at: Place): Failure {
  const message = `A text or tag at ${place(at)} has more than ${TEXT_CHARACTERS_MAX} characters.`
  const hint = 'No list holds such a text: the file is damaged or hostile. Nothing was imported.'
  return new Failure('List.TooLong', 'limit', message, { hint, facts: { ...at, charactersMax: TEXT_CHARACTERS_MAX } })
}

function tooDeep(at: Place): Failure {
  return new Failure('List.TooDeep', 'limit', `Elements nest deeper than ${DEPTH_MAX} at ${place(at)}.`, {
    hint: 'No list nests so deep: the file is damaged or hostile. Nothing was imported.',
    facts: { ...at, depthMax: DEPTH_MAX },
  })
}

/** For readers that keep a record at a time: one of more elements than any list has. */
export function tooMany(elementsMax: number, at: Place): Failure {
  return new Failure('List.TooLong', 'limit', `One record has more than ${elementsMax} elements (${place(at)}).`, {
    hint: 'No list holds such a record: the file is damaged or hostile. Nothing was imported.',
    facts: { ...at, elementsMax },
  })
}

export function place(at: Place): string {
  return `line ${at.line}, column ${at.column} (character ${at.offset})`
}
