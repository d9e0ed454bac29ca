import { ask, type Outcome } from './desk.ts'
import { append, type Document, type Draft, draft, NO_BYTES } from './document.ts'
import { PIXELS_MAX } from './limit.ts'
import type { Line } from './ocr.ts'
import { languageData } from './ocr-data.ts'
import { OCR_PIXELS_MAX, OCR_SECONDS_MAX } from './ocr-limit.ts'
import type { Code } from './qr.ts'

/** What a picture says by its QR codes, one after another, each with its place; or why it was not looked at. */
export type Read = { readonly document: Document | null; readonly notes: readonly string[] }

export function readPicture(bytes: Uint8Array, mediaType: string): Read {
  const size = sizeOf(bytes, mediaType)
  if (size === null) return { document: null, notes: ['Its size in pixels cannot be read; it was not looked at.'] }
  if (size.width * size.height > PIXELS_MAX) {
    const pixels = `${size.width} × ${size.height}`
    return { document: null, notes: [`It has ${pixels} pixels; the limit is ${PIXELS_MAX}. It was not looked at.`] }
  }
  const outcome: Outcome<Code[]> = ask({ kind: 'qr', bytes })
  if (!outcome.ok) return { document: null, notes: [`It was not searched for QR codes: ${outcome.why}.`] }
  return { document: documentOf(outcome.value, wordsOf(bytes, size)), notes: [] }
}

/** The lines of words, or why they were not read. */
function wordsOf(bytes: Uint8Array, { width, height }: Size): readonly Line[] | string {
  const languages = languageData()
  if (languages === null) return 'its words are not read.'
  if (width * height > OCR_PIXELS_MAX) return `its words are not read: more than ${OCR_PIXELS_MAX} pixels.`
  const outcome: Outcome<Line[]> = ask({ kind: 'ocr', bytes, languages }, OCR_SECONDS_MAX)
  return outcome.ok ? outcome.value : `its words were not read: ${outcome.why}.`
}

/** Adds a line that was read by OCR; what stands in it is never found verbatim. */
export function appendLine(into: Draft, { text, frame, x, y, w, h }: Line): void {
  const start = append(into, text)
  into.regions.push({ start, end: into.length, role: 'ocr', area: { page: frame, x, y, w, h } })
  append(into, '\n')
}

function documentOf(codes: readonly Code[], words: readonly Line[] | string): Document {
  const into = draft()
  for (const { text, frame, x, y, w, h } of codes) {
    const start = append(into, text)
    into.regions.push({ start, end: into.length, role: 'qr', area: { page: frame, x, y, w, h } })
    append(into, '\n')
  }
  if (typeof words !== 'string') for (const line of words) appendLine(into, line)
  const read = typeof words === 'string' ? words : `${words.length} lines of words were read by OCR.`
  const note = codes.length === 0 ? `No QR code was found in it; ${read}` : `${codes.length} QR codes; ${read}`
  const { regions, messages } = into
  return {
    ...{ text: into.parts.join(''), title: null, declaredLanguage: null, ...NO_BYTES },
    ...{ regions, messages, notes: [note] },
  }
}

/** Perceptual hashes of a picture that is not too large; undefined where it cannot be read. */
export function likenessOf(bytes: Uint8Array, mediaType: string): Uint8Array | undefined {
  const size = sizeOf(bytes, mediaType)
  if (size === null || size.width * size.height > PIXELS_MAX) return undefined
  const outcome: Outcome<Uint8Array | undefined> = ask({ kind: 'likeness', bytes })
  return outcome.ok ? outcome.value : undefined
}

type Size = { readonly width: number; readonly height: number }

/** Width and height as the header declares them, before anything is unpacked. */
export function sizeOf(bytes: Uint8Array, mediaType: string): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 30) return null
  if (mediaType === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) }
  if (mediaType === 'image/gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (mediaType === 'image/jpeg') return sizeOfJpeg(view)
  return mediaType === 'image/webp' ? sizeOfWebp(view) : null
}

/** ITU-T T.81: segments up to the start of a frame (C0 to CF, without C4, C8 and CC). */
function sizeOfJpeg(view: DataView): Size | null {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

/** RFC 9649: the three kinds of first chunk. */
function sizeOfWebp(view: DataView): Size | null {
  const chunk = view.getUint32(12)
  if (chunk === 0x5650_3858) return { width: threeBytes(view, 24) + 1, height: threeBytes(view, 27) + 1 }
  if (chunk === 0x5650_3820)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (chunk !== 0x5650_384c) return null
  const bits = view.getUint32(21, true)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

function threeBytes(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
}
