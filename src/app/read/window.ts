import type { Document } from '../../capture/capture.ts'

/**
 * A text that is too long to be searched as one, in windows of it, each a document of its own: what a search holds
 * besides the text is in proportion to a window. Cut where a line ends, else at white space, else at a sign; what
 * stands on both sides of a cut (an address in two parts, a call and where to pay) is not seen together.
 *
 * @param bytes of the file, which the windows share by their lengths
 */
export function* windowsOf(document: Document, bytes: number): Generator<{ document: Document; done: number }> {
  const { text } = document
  for (let from = 0; from < text.length; ) {
    const end = endOf(text, from)
    yield { document: windowOf(document, from, end), done: Math.floor((bytes * end) / text.length) }
    from = end
  }
}

/** Only plain words are cut: regions and messages have spans of their own, and what has such is a page or a chat. */
export function isWindowed({ text, regions, messages, apart }: Document): boolean {
  return text.length > WINDOWED_MIN && regions.length === 0 && messages.length === 0 && apart === undefined
}

/** UTF-16 units from which on a text is cut; a window has up to WINDOW, as much as is asked for a call at once. */
const WINDOWED_MIN = 8_000_000
const WINDOW = 2_000_000

/** How far back from the end of a window a place to cut is looked for. */
const LOOK = 65_536

function windowOf(document: Document, from: number, end: number): Document {
  return {
    ...document,
    text: document.text.slice(from, end),
    title: from === 0 ? document.title : null,
    byteOf: index => document.byteOf(index + from),
    bytesOf: (start, stop) => document.bytesOf(start + from, stop + from),
  }
}

function endOf(text: string, from: number): number {
  const most = from + WINDOW
  if (most >= text.length) return text.length
  for (const isCut of CUTS) {
    for (let at = most; at > most - LOOK; at--) if (isCut.test(text[at - 1]!)) return at
  }
  return /[\udc00-\udfff]/.test(text[most]!) ? most + 1 : most
}

/** After what a text is cut, the best first; never between the halves of a pair. */
const CUTS = [/\n/, /\s/, /[^\p{L}\p{N}\p{Cs}]/u]
