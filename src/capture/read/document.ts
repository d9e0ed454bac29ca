import type { Instant } from '../../model/instant.ts'
import type { ByteOf } from './decode.ts'

/**
 * What a file says, as one text with its parts. Positions are UTF-16 units of `text`.
 *
 * `byteOf` and `bytesOf` lead back to the file's bytes where the text is their one-to-one image at that place; a span
 * that is put together from several places (letters in different elements) has none, and they give null.
 */
export type Document = {
  readonly text: string
  readonly title: string | null
  /** The language that the file itself declares (`lang`), if any. */
  readonly declaredLanguage: string | null
  readonly byteOf: ByteOf
  readonly bytesOf: BytesOf
  readonly regions: readonly Region[]
  readonly messages: readonly Message[]
  readonly notes: readonly string[]
  /** Words about the owner of an account and the people they know: not shown and not searched unless asked for. */
  readonly apart?: string
  /** Followers and the like, where the file gives them. */
  readonly counts?: readonly Count[]
}

/** A number that a page shows of itself: `value` is null where it is rounded (12.3K). */
export type Count = { readonly what: string; readonly raw: string; readonly value: number | null }

/** First byte and the one after the last of a span of the text. */
export type BytesOf = (start: number, end: number) => readonly [number, number] | null

/**
 * A part of the text that was not plain visible words (an attribute's value, a hidden element, a link's target, a QR
 * code, words read from a picture), or words with a place on a page.
 */
export type Region = { readonly start: number; readonly end: number; readonly role: Role; readonly area?: Area }

export type Role = 'attribute' | 'hidden' | 'qr' | 'page' | 'ocr' | 'personal'

/** A box on a page (from 1; pictures have one): pixels of a picture, points of a page, from its top left. */
export type Area = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

/** One message of a chat. Where the export gives no zone, `postedAt` is null and the local time stays as written. */
export type Message = {
  readonly id: string
  readonly start: number
  readonly end: number
  readonly from: string | null
  readonly postedAt: Instant | null
  readonly postedLocal: string | null
  readonly zone: 'utc' | 'unknown'
  readonly editedAt: Instant | null
  readonly forwardedFrom: string | null
  readonly replyTo: string | null
  /** The picture or file that came with it, as the export names it. */
  readonly media?: string
  /** A poll's answers, each with its votes where the export gives them. */
  readonly votes?: readonly { readonly answer: string; readonly voters: number | null }[]
}

/** A plain text. */
export function plain(text: string, byteOf: ByteOf, notes: readonly string[] = []): Document {
  return {
    text,
    title: null,
    declaredLanguage: null,
    byteOf,
    bytesOf: between(byteOf),
    regions: [],
    messages: [],
    notes,
  }
}

/** Spans of a text that is one image of the bytes. */
function between(byteOf: ByteOf): BytesOf {
  return (start, end) => {
    const [from, to] = [byteOf(start), byteOf(end)]
    return from === null || to === null ? null : [from, to]
  }
}

/** Of a text that is put together from values: no byte stands for a character. */
export const NO_BYTES: Pick<Document, 'byteOf' | 'bytesOf'> = { byteOf: () => null, bytesOf: () => null }

/** A document as it is put together, part by part. */
export type Draft = {
  readonly parts: string[]
  length: number
  readonly regions: Region[]
  readonly messages: Message[]
  readonly notes: string[]
  /** Lines that are set apart. */
  readonly apart: string[]
}

export function draft(): Draft {
  return { parts: [], length: 0, regions: [], messages: [], notes: [], apart: [] }
}

/** Keeps a line out of the text, for who asks for personal parts. */
export function setApart(to: Draft, line: string): void {
  if (line !== '') to.apart.push(line)
}

/** The document with what was set apart, at its end; whoever asks has a reason and says it. */
export function disclosed(document: Document): Document {
  const { apart, ...rest } = document
  if (apart === undefined) return document
  const start = document.text.length + 1
  const region: Region = { start, end: start + apart.length, role: 'personal' }
  return { ...rest, text: `${document.text}\n${apart}`, regions: [...document.regions, region] }
}

/** Adds text and gives the position where it begins. */
export function append(to: Draft, text: string): number {
  const start = to.length
  to.parts.push(text)
  to.length += text.length
  return start
}

/** Adds a line that the reader of the file would not see. */
export function appendAside(to: Draft, text: string, role: Role): void {
  const start = append(to, text)
  to.regions.push({ start, end: to.length, role })
  append(to, '\n')
}
