import { isUtf8 } from 'node:buffer'
import { islandsOf } from './island.ts'
import { isControl, type Stretch, stretchesOf } from './stretch.ts'
import { positionsOf, stepAt } from './utf8.ts'

/**
 * Bytes as text, with the encodings that were recognised and the way back from a position in the text to its byte.
 *
 * A byte order mark and the statistic of zero bytes say how to begin; where the bytes say otherwise the reading changes
 * (`stretch.ts`). What is not UTF-16 is UTF-8 where it is valid, Windows-1256 where its upper half reads as Arabic,
 * line by line where a text has both, else UTF-8 with the broken bytes as U+FFFD. Control characters stay in the text;
 * of bytes that are mostly no text the pieces that read as text are taken (`island.ts`). The text never holds the byte
 * order mark; the byte positions count it. What was assumed is in the notes.
 */
export type Decoded = {
  readonly text: string
  /** Of most of the bytes. */
  readonly encoding: Encoding
  readonly byteOf: ByteOf
  readonly notes: readonly string[]
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256' | 'windows-1252'

/** The byte at which the UTF-16 unit `index` begins; null where the text is not a one-to-one image of the bytes. */
export type ByteOf = (index: number) => number | null

/** Text of the bytes, or undefined where they are no text at all. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const mark = markOf(bytes)
  const skip = mark === undefined ? 0 : mark === 'utf-8' ? 3 : 2
  const claimed = wideBy(bytes.subarray(skip)) ?? (mark === 'utf-8' ? 'narrow' : (mark ?? 'narrow'))
  const stretches = stretchesOf(bytes, skip, claimed)
  const noise = noiseOf(bytes, stretches)
  if (noise.isBinary) return piecesIn(bytes)
  const parts = stretches.flatMap(one => partsOf(bytes, one))
  const told = parts.flatMap(one => one.notes).slice(0, NOTES_MAX)
  const notes = [...markNote(mark, parts), ...mixtureNotes(parts), ...told]
  if (noise.controls > 0) notes.push(`${noise.controls} control characters (NUL and the like) were looked through.`)
  return joined(parts, skip, notes, '')
}

/** Only the pieces of the bytes that read as text, one a line; undefined where there is none. */
export function piecesIn(bytes: Uint8Array): Decoded | undefined {
  const pieces = stretchesOf(bytes, 0, 'narrow').flatMap(one =>
    one.form === 'narrow' ? islandsOf(bytes, one.from, one.to) : one.to - one.from < WIDE_MIN ? [] : [one],
  )
  if (pieces.length === 0) return undefined
  const parts = pieces.map(one => partOf(bytes, one.from, one.to, one.form === 'narrow' ? 'utf-8' : one.form))
  const note = `${parts.length} pieces of the bytes read as text and were searched; the rest is no text.`
  return joined(parts, 0, [note], '\n')
}

type PartOf = {
  readonly from: number
  readonly to: number
  readonly encoding: Encoding
  readonly text: string
  readonly byteOf: (index: number) => number | null
  readonly notes: readonly string[]
}

function partsOf(bytes: Uint8Array, { from, to, form }: Stretch): PartOf[] {
  if (form !== 'narrow') return [partOf(bytes, from, to, form)]
  if (isUtf8(bytes.subarray(from, to))) return [partOf(bytes, from, to, 'utf-8')]
  const { broken, whole, first } = survey(bytes, from, to)
  if (broken > whole && whole * 10 < broken) return [partOf(bytes, from, to, oneByteOf(bytes, from, to))]
  const groups = whole === 0 ? [] : groupsOf(bytes, from, to)
  if (groups.length > 1) return groups
  const note = `${broken} bytes are not valid UTF-8 (the first at byte ${first}) and stand as U+FFFD.`
  return [{ ...partOf(bytes, from, to, 'utf-8'), notes: [note] }]
}

/** Lines that are valid UTF-8, and lines that read as Windows-1256, in turn; none where a line is neither. */
function groupsOf(bytes: Uint8Array, from: number, to: number): PartOf[] {
  const ends: { from: number; to: number; encoding: Encoding }[] = []
  for (let start = from; start < to; ) {
    const found = bytes.indexOf(LINE_END, start)
    const end = found === -1 || found >= to ? to : found + 1
    const encoding = isUtf8(bytes.subarray(start, end)) ? 'utf-8' : oneByteOf(bytes, start, end)
    if (encoding === 'windows-1252') return []
    const last = ends.at(-1)
    if (last?.encoding === encoding) last.to = end
    else ends.push({ from: start, to: end, encoding })
    if (ends.length > GROUPS_MAX) return []
    start = end
  }
  return ends.map(one => partOf(bytes, one.from, one.to, one.encoding))
}

function partOf(bytes: Uint8Array, from: number, to: number, encoding: Encoding): PartOf {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const end = to - ((to - from) % 2)
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(from, end))
    const notes = end === to ? [] : [`Byte ${end} is half a character of UTF-16 and was not read.`]
    return { from, to, encoding, text, byteOf: index => from + 2 * index, notes }
  }
  const body = bytes.subarray(from, to)
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(body)
  if (encoding !== 'utf-8') return { from, to, encoding, text, byteOf: index => from + index, notes: [] }
  const positions = positionsOf(body)
  const byteOf = (index: number) => {
    const at = positions(index)
    return at === null ? null : from + at
  }
  return { from, to, encoding, text, byteOf, notes: [] }
}

/** Parts as one text, `between` them what stands for no byte. */
function joined(parts: readonly PartOf[], skip: number, notes: readonly string[], between: string): Decoded {
  const starts: number[] = []
  let length = 0
  for (const { text } of parts) {
    starts.push(length)
    length += text.length + between.length
  }
  const text = parts.length === 1 ? parts[0]!.text : parts.map(one => one.text).join(between)
  const byteOf: ByteOf = index => {
    if (index < 0 || index > text.length) return null
    if (parts.length === 0) return skip
    const at = lastAtMost(starts, index)
    const part = parts[at]!
    return index - starts[at]! > part.text.length ? null : part.byteOf(index - starts[at]!)
  }
  return { text, encoding: mostOf(parts), byteOf, notes }
}

/** Index of the last number that is not above `value`. */
function lastAtMost(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (sorted[middle]! <= value) low = middle
    else high = middle
  }
  return low
}

function mostOf(parts: readonly PartOf[]): Encoding {
  const bytes = new Map<Encoding, number>()
  for (const { encoding, from, to } of parts) bytes.set(encoding, (bytes.get(encoding) ?? 0) + to - from)
  return [...bytes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'utf-8'
}

function markNote(mark: Encoding | undefined, parts: readonly PartOf[]): string[] {
  const first = parts[0]?.encoding
  if (mark === undefined || first === undefined || first === mark) return []
  return [`The byte order mark says ${NAMES[mark]}, but the bytes after it are ${NAMES[first]}; read as these.`]
}

function mixtureNotes(parts: readonly PartOf[]): string[] {
  const encodings = new Set(parts.map(one => one.encoding))
  if (encodings.size === 1 && parts[0]!.encoding.startsWith('windows')) {
    return [`Not UTF-8; read as ${NAMES[parts[0]!.encoding]} by its bytes.`]
  }
  if (encodings.size < 2) return []
  const listed = parts.slice(0, 4).map(one => `${NAMES[one.encoding]} from byte ${one.from}`)
  return [`${parts.length} parts in different encodings: ${listed.join(', ')}${parts.length > 4 ? ' …' : ''}.`]
}

/** How many bytes of the upper half are in whole UTF-8 characters, and how many are not. */
function survey(bytes: Uint8Array, from: number, to: number): Record<'broken' | 'whole' | 'first', number> {
  const found = { broken: 0, whole: 0, first: -1 }
  for (let at = from; at < to; ) {
    const step = stepAt(bytes, at, to)
    if (step > 1) found.whole++
    else if (step < 0 && found.broken++ === 0) found.first = at
    at += Math.abs(step)
  }
  return found
}

/** The likely encoding of one byte a letter: six in ten of the upper half are Arabic letters, or not. */
function oneByteOf(bytes: Uint8Array, from: number, to: number): 'windows-1256' | 'windows-1252' {
  let [upper, arabic] = [0, 0]
  for (let at = from; at < to; at++) {
    if (bytes[at]! < 0x80) continue
    upper++
    if (isArabicLetter1256(bytes[at]!)) arabic++
  }
  return arabic * 10 >= upper * 6 ? 'windows-1256' : 'windows-1252'
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

/** UTF-16 by its bytes: at one parity most bytes are 00 (Latin) or 06 (Arabic), which no other text shows. */
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

/**
 * Control characters outside of UTF-16, and whether the bytes are mostly no text: more than one such byte in a hundred,
 * and more than one in ten of the others is no UTF-8 and no letter of Windows-1256.
 */
function noiseOf(bytes: Uint8Array, stretches: readonly Stretch[]): { controls: number; isBinary: boolean } {
  let [controls, broken, narrow] = [0, 0, 0]
  for (const { from, to, form } of stretches) {
    if (form !== 'narrow') continue
    narrow += to - from
    for (let at = from; at < to; ) {
      const byte = bytes[at]!
      if (byte < 0x80) {
        if (isControl(byte)) controls++
        at++
        continue
      }
      const step = stepAt(bytes, at, to)
      if (step < 0 && !isArabicLetter1256(byte)) broken++
      at += Math.abs(step)
    }
  }
  return { controls, isBinary: controls * 100 > narrow && broken * 10 > narrow - controls }
}

const NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 (little end first)',
  'utf-16be': 'UTF-16 (big end first)',
  'windows-1256': 'Windows-1256',
  'windows-1252': 'Windows-1252',
}

const LINE_END = 10
const GROUPS_MAX = 10_000
const NOTES_MAX = 20

/** Bytes of a piece of UTF-16 amid other bytes: sixteen characters. */
const WIDE_MIN = 32
