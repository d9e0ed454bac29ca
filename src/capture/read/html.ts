import { Parser } from 'htmlparser2'
import { countsIn } from './count.ts'
import type { ByteOf } from './decode.ts'
import { append, appendAside, type Document, type Draft, draft } from './document.ts'
import { HTML_DEPTH_MAX } from './limit.ts'
import { type ChatMarks, chatMarks } from './telegram-html.ts'

/**
 * An HTML text as its visible words, block by block, then the values of attributes that may name something (targets of
 * links, contents of metas, long data values), one a line. Nothing is executed, loaded or resolved.
 *
 * `byteOf` is exact inside words that stand in the source as they are read; null across entities and attributes.
 */
export function readHtml(source: string, sourceByteOf: ByteOf): Document {
  const page = openPage(source)
  for (let from = 0; from < source.length; ) from = readFrom(page, from)
  page.chat.end(page.into.length)
  const visibleEnd = page.into.length
  if (page.aside.size > 0) {
    append(page.into, '\n')
    for (const line of page.aside) appendAside(page.into, line, 'attribute')
    page.into.notes.push('Values of attributes that name something follow the visible text.')
  }
  if (page.scripts > 0) page.into.notes.push(`${page.scripts} scripts were neither run nor read.`)
  return finish(page, visibleEnd, sourceByteOf)
}

/**
 * Reads from there to the end, or to where elements nest deeper than any page nests: the parser's time grows with the
 * square of the depth. Gives where to go on, with all of them taken as closed.
 */
function readFrom(page: Page, from: number): number {
  let isTooDeep = false
  const parser: Parser = new Parser(
    {
      onopentag: (name, attributes) => {
        open(page, name, attributes)
        if (page.depth <= HTML_DEPTH_MAX) return
        isTooDeep = true
        parser.pause()
      },
      ontext: data => words(page, data, from + parser.startIndex),
      onclosetag: name => close(page, name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  )
  parser.write(from === 0 ? page.source : page.source.slice(from))
  if (!isTooDeep) {
    parser.end()
    return page.source.length
  }
  closeAll(page)
  return from + parser.endIndex + 1
}

type Page = {
  readonly source: string
  readonly into: Draft
  readonly aside: Set<string>
  /** Words that stand in the source as they are: position in the text, position in the source, length. */
  readonly verbatim: number[]
  readonly chat: ChatMarks
  title: string | null
  inTitle: boolean
  language: string | null
  scripts: number
  /** Open elements whose words are not shown. */
  silent: number
  hidden: { depth: number; start: number } | null
  depth: number
  /** Whether a space or line break is due before the next word, and which. */
  gap: '' | ' ' | '\n'
}

function openPage(source: string): Page {
  return {
    ...{ source, into: draft(), aside: new Set(), verbatim: [], chat: chatMarks() },
    ...{ title: null, inTitle: false, language: null, scripts: 0, silent: 0, hidden: null, depth: 0, gap: '' as const },
  }
}

function open(page: Page, name: string, attributes: Record<string, string>): void {
  page.depth++
  if (name === 'html' && attributes['lang']) page.language = attributes['lang'].slice(0, 20)
  if (SILENT.has(name)) page.silent++
  if (name === 'script') page.scripts++
  if (name === 'title' && page.title === null) page.inTitle = true
  if (BLOCK.has(name)) page.gap = '\n'
  if (name === 'td' || name === 'th') page.gap ||= ' '
  if (name === 'img' && attributes['alt']) words(page, ` ${attributes['alt']} `, -1)
  if (page.hidden === null && !VOID.has(name) && isHidden(attributes)) {
    page.hidden = { depth: page.depth, start: page.into.length }
  }
  keepAside(page, name, attributes)
  page.chat.open(name, attributes, page.depth, page.into.length)
}

function close(page: Page, name: string): void {
  page.chat.close(page.depth, page.into.length)
  if (SILENT.has(name)) page.silent--
  if (name === 'title') page.inTitle = false
  if (BLOCK.has(name)) page.gap = '\n'
  if (page.hidden?.depth === page.depth) {
    if (page.into.length > page.hidden.start) {
      page.into.regions.push({ start: page.hidden.start, end: page.into.length, role: 'hidden' })
    }
    page.hidden = null
  }
  page.depth--
}

function closeAll(page: Page): void {
  const note = `Elements nest deeper than ${HTML_DEPTH_MAX}; all were taken as closed there.`
  if (!page.into.notes.includes(note)) page.into.notes.push(note)
  while (page.depth > 0) close(page, '')
  page.silent = 0
  page.inTitle = false
}

/** Adds words: runs of white space become one space, or the line break that is due. */
function words(page: Page, data: string, at: number): void {
  if (page.inTitle) page.title = ((page.title ?? '') + data).slice(0, 1000)
  if (page.silent > 0) return
  for (const match of data.matchAll(/[^ \t\r\n\f]+|[ \t\r\n\f]+/g)) {
    const piece = match[0]
    if (/^[ \t\r\n\f]/.test(piece)) {
      page.gap ||= ' '
      continue
    }
    if (page.gap !== '' && page.into.length > 0) append(page.into, page.gap)
    page.gap = ''
    const start = append(page.into, piece)
    const from = at + match.index
    if (at >= 0 && page.source.startsWith(piece, from)) page.verbatim.push(start, from, piece.length)
    page.chat.words(piece)
  }
}

/** Keeps values that may name something: links always, others where they hold a long run or an address sign. */
function keepAside(page: Page, name: string, attributes: Record<string, string>): void {
  for (const [key, value] of Object.entries(attributes)) {
    const text = value.trim().slice(0, ASIDE_LENGTH_MAX)
    const isLink = key === 'href' && (name === 'a' || name === 'area') && /^[a-z][a-z0-9+.-]{1,20}:/i.test(text)
    const isScript = /^(javascript|data|vbscript):/i.test(text)
    const mayName =
      !MUTE.has(key) && name !== 'script' && (LONG_RUN.test(text) || (key === 'content' && /@|:\/\//.test(text)))
    if ((isLink || mayName) && !isScript) page.aside.add(text.replace(/\s+/g, ' '))
  }
}

function isHidden(attributes: Record<string, string>): boolean {
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  return /display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden/i.test(attributes['style'] ?? '')
}

function finish(page: Page, visibleEnd: number, sourceByteOf: ByteOf): Document {
  const { into, verbatim } = page
  const sourceOf = (start: number, end: number): readonly [number, number] | null => {
    const piece = end > visibleEnd ? -1 : pieceAt(verbatim, start)
    if (piece < 0 || end > verbatim[piece]! + verbatim[piece + 2]!) return null
    const shift = verbatim[piece + 1]! - verbatim[piece]!
    return [start + shift, end + shift]
  }
  const bytesOf = (start: number, end: number): readonly [number, number] | null => {
    const source = sourceOf(start, end)
    const [from, to] = source === null ? [null, null] : [sourceByteOf(source[0]), sourceByteOf(source[1])]
    return from === null || to === null ? null : [from, to]
  }
  const byteOf = (index: number) => bytesOf(index, index)?.[0] ?? null
  const counts = countsIn(page.source)
  return {
    ...{ text: into.parts.join(''), title: page.title?.replace(/\s+/g, ' ').trim() || null },
    ...{ declaredLanguage: page.language, byteOf, bytesOf },
    ...{ regions: into.regions, messages: page.chat.messages, notes: into.notes },
    ...(counts.length === 0 ? {} : { counts }),
  }
}

/** The piece that holds `index` or ends there, by bisection; −1 where none does. */
function pieceAt(verbatim: readonly number[], index: number): number {
  let low = 0
  let high = verbatim.length / 3 - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (verbatim[3 * middle]! <= index) low = middle
    else high = middle - 1
  }
  const at = 3 * low
  const isInside = verbatim.length > 0 && index >= verbatim[at]! && index <= verbatim[at]! + verbatim[at + 2]!
  return isInside ? at : -1
}

const ASIDE_LENGTH_MAX = 2000
const LONG_RUN = /[A-Za-z0-9]{25}/

/** Attributes whose long values name nothing: styles, hashes of resources, drawings, classes. */
const MUTE = new Set([
  'style',
  'class',
  'integrity',
  'd',
  'src',
  'srcset',
  'points',
  'nonce',
  'id',
  'onclick',
  'onload',
])
const SILENT = new Set(['script', 'style', 'template', 'svg', 'title', 'head', 'object', 'iframe'])
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
const BLOCK = new Set([
  /** Paragraphs, rows and breaks of Word and OpenDocument (ECMA-376, ISO/IEC 26300). */
  ...['w:p', 'w:tr', 'w:br', 'a:p', 'text:p', 'text:h', 'table:table-row'],
  ...[
    'address',
    'article',
    'aside',
    'blockquote',
    'body',
    'br',
    'dd',
    'div',
    'dl',
    'dt',
    'fieldset',
    'figure',
    'footer',
  ],
  ...['form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'li', 'main', 'nav', 'noscript', 'ol', 'option', 'p'],
  ...['pre', 'section', 'table', 'tr', 'ul'],
])
