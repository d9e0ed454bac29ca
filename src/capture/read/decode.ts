import { isUtf8 } from 'node:buffer'

/**
 * Bytes as text, with the encoding that was recognised and the way back from a position in the text to its byte.
 *
 * Order: byte order mark, UTF-16 by statistic, valid UTF-8, Windows-1256 where the upper half reads as Arabic, else
 * UTF-8 with the broken bytes shown as U+FFFD. The text never holds the byte order mark; the byte positions count it.
 */
export type Decoded = {
  readonly text: string
  readonly encoding: Encoding
  readonly byteOf: ByteOf
  readonly notes: readonly string[]
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256' | 'windows-1252'

/** The byte at which the UTF-16 unit `index` begins; null where the text is not a one-to-one image of the bytes. */
export type ByteOf = (index: number) => number | null

/** Text of the bytes, or undefined where they are no text at all. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const marked = markOf(bytes)
  if (marked === 'utf-8') return fromUtf8(bytes, 3)
  if (marked !== undefined) return fromUtf16(bytes, marked, 2)
  const wide = wideBy(bytes)
  if (wide !== undefined) return fromUtf16(bytes, wide, 0)
  if (isBinary(bytes)) return undefined
  if (isUtf8(bytes)) return fromUtf8(bytes, 0)
  return fromBroken(bytes)
}

function fromUtf8(bytes: Uint8Array, skip: number): Decoded {
  const body = bytes.subarray(skip)
  if (!isUtf8(body)) return fromBroken(bytes, skip)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  return { text, encoding: 'utf-8', byteOf: utf8Positions(text, skip), notes: [] }
}

function fromUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be', skip: number): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(skip))
  const odd = (bytes.length - skip) % 2 === 1
  const notes = odd ? ['The last byte is half a character of UTF-16 and was not read.'] : []
  return { text, encoding, byteOf: index => Math.min(skip + 2 * index, bytes.length), notes }
}

function fromBroken(bytes: Uint8Array, skip = 0): Decoded {
  const { broken, whole, first, arabic, upper } = survey(bytes.subarray(skip))
  if (skip === 0 && broken > whole) {
    const encoding = arabic * 10 >= upper * 6 ? 'windows-1256' : 'windows-1252'
    const text = new TextDecoder(encoding).decode(bytes)
    const notes = [`Not UTF-8; read as ${encoding === 'windows-1256' ? 'Windows-1256' : 'Windows-1252'} by its bytes.`]
    return { text, encoding, byteOf: index => index, notes }
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(skip))
  const note = `${broken} bytes are not valid UTF-8 (the first at byte ${first + skip}) and stand as U+FFFD.`
  return { text, encoding: 'utf-8', byteOf: () => null, notes: [note] }
}

/** How many bytes of the upper half belong to whole UTF-8 sequences, how many do not, how many are 1256's letters. */
function survey(bytes: Uint8Array): Record<'broken' | 'whole' | 'first' | 'arabic' | 'upper', number> {
  const found = { broken: 0, whole: 0, first: -1, arabic: 0, upper: 0 }
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!
    if (byte < 0x80) {
      i++
      continue
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    let tail = 1
    while (tail < length && (bytes[i + tail] ?? 0) >> 6 === 2) tail++
    const isWhole = byte >= 0xc2 && byte < 0xf5 && tail === length
    if (isWhole) found.whole++
    else {
      if (found.broken++ === 0) found.first = i
    }
    const step = isWhole ? length : 1
    for (let j = i; j < i + step; j++) {
      found.upper++
      if (isArabicLetter1256(bytes[j]!)) found.arabic++
    }
    i += step
  }
  return found
}

/** Letters of Windows-1256 between hamza (C1) and ya (ED), without its Latin and sign positions (Microsoft's table). */
function isArabicLetter1256(byte: number): boolean {
  if (byte >= 0xc1 && byte <= 0xdf) return byte !== 0xd7
  return byte === 0xe1 || (byte >= 0xe3 && byte <= 0xe6) || byte === 0xec || byte === 0xed
}

function markOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** UTF-16 without a mark: at one parity most bytes are 00 (Latin) or 06 (Arabic), which no other text shows. */
function wideBy(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const length = Math.min(bytes.length, 65_536) & ~1
  if (length < 4) return undefined
  const high = [0, 0]
  for (let i = 0; i < length; i++) if (bytes[i] === 0 || bytes[i] === 6) high[i & 1]!++
  const half = length / 2
  if (high[1]! > half * 0.6 && high[0]! < half * 0.2) return 'utf-16le'
  if (high[0]! > half * 0.6 && high[1]! < half * 0.2) return 'utf-16be'
  return undefined
}

/** More than one control byte in a hundred of the beginning: no text has that. */
function isBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 65_536)
  let controls = 0
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++
  }
  return controls * 100 > length
}

/** A mark each CHECKPOINT units, made at the first question; from there on the units are counted. */
function utf8Positions(text: string, skip: number): ByteOf {
  let marks: Float64Array | undefined
  return index => {
    if (index < 0 || index > text.length) return null
    marks ??= markPositions(text, skip)
    const mark = Math.floor(index / CHECKPOINT)
    let byte = marks[mark]!
    for (let i = mark * CHECKPOINT; i < index; i++) byte += unitBytes(text.charCodeAt(i))
    return byte
  }
}

function markPositions(text: string, skip: number): Float64Array {
  const marks = new Float64Array(Math.floor(text.length / CHECKPOINT) + 1)
  let byte = skip
  for (let i = 0; i < text.length; i++) {
    if (i % CHECKPOINT === 0) marks[i / CHECKPOINT] = byte
    byte += unitBytes(text.charCodeAt(i))
  }
  if (text.length % CHECKPOINT === 0) marks[text.length / CHECKPOINT] = byte
  return marks
}

/** Bytes that a UTF-16 unit takes in UTF-8; the two halves of a pair take two each. */
function unitBytes(code: number): number {
  if (code < 0x80) return 1
  if (code < 0x800) return 2
  return code >= 0xd800 && code < 0xe000 ? 2 : 3
}

const CHECKPOINT = 1024
