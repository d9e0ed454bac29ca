import { stepAt } from './utf8.ts'

/**
 * Which parts of the bytes are in which encoding, as far as the bytes tell: a byte order mark is a claim and is
 * believed only where what follows fits it; texts of several encodings may stand one after another in one file.
 *
 * UTF-16 of the scripts that are read here shows itself by control bytes at one parity: 00 (Latin), 06 (Arabic), 04
 * and 05 (Cyrillic, Hebrew), 01 (Turkish). It ends where sixteen bytes are UTF-8 without any control byte.
 */
export type Stretch = { readonly from: number; readonly to: number; readonly form: Form }

export type Form = 'narrow' | 'utf-16le' | 'utf-16be'

/** Stretches in order that cover the bytes from `skip` on. `claimed` is what the mark, or the statistic, says. */
export function stretchesOf(bytes: Uint8Array, skip: number, claimed: Form): Stretch[] {
  const found: Stretch[] = []
  let form = claimed
  let from = skip
  while (from < bytes.length) {
    const isLast = found.length >= STRETCHES_MAX
    const to = isLast ? bytes.length : form === 'narrow' ? endOfNarrow(bytes, from) : endOfWide(bytes, from, form)
    if (to > from) found.push({ from, to, form: isLast ? 'narrow' : form })
    form = wideAt(bytes, to) ?? 'narrow'
    from = to
  }
  return found
}

/** Where UTF-16 begins: at four characters of it, one after another. */
function endOfNarrow(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (!isHigh(bytes[at]!)) continue
    if (at > from && wideAt(bytes, at - 1) === 'utf-16le') return at - 1
    if (wideAt(bytes, at) !== undefined) return at
  }
  return bytes.length
}

/** Where a byte too many shifts what follows, or UTF-8 begins; what stands before that without a control goes along. */
function endOfWide(bytes: Uint8Array, from: number, form: 'utf-16le' | 'utf-16be'): number {
  const high = form === 'utf-16le' ? 2 : 1
  for (let at = from; at + WINDOW <= bytes.length; at += 2) {
    if (isHigh(bytes[at + high]!) && wideAt(bytes, at + 1) === form && wideAt(bytes, at) !== form) return at + 1
    if (isControl(bytes[at]!) || isControl(bytes[at + 1]!)) continue
    if (!isNarrowAt(bytes, at)) continue
    let back = at
    while (back > from && !isControl(bytes[back - 1]!)) back--
    return back
  }
  return bytes.length
}

function isNarrowAt(bytes: Uint8Array, start: number): boolean {
  const end = start + WINDOW
  let at = start
  while (at - start < 3 && bytes[at]! >> 6 === 2) at++
  while (at < end) {
    if (isControl(bytes[at]!)) return false
    const step = stepAt(bytes, at)
    if (step < 0) return false
    at += step
  }
  return true
}

/** The form of UTF-16 of which four characters begin at `at`. */
export function wideAt(bytes: Uint8Array, at: number): 'utf-16le' | 'utf-16be' | undefined {
  if (at + 2 * UNITS > bytes.length) return undefined
  let [little, big] = [true, true]
  for (let i = at; i < at + 2 * UNITS; i += 2) {
    const [first, second] = [bytes[i]!, bytes[i + 1]!]
    little &&= isHigh(second) && isLow(first, second)
    big &&= isHigh(first) && isLow(second, first)
  }
  return little ? 'utf-16le' : big ? 'utf-16be' : undefined
}

/** High bytes of Latin, Turkish, Cyrillic, Hebrew and Arabic letters. */
function isHigh(byte: number): boolean {
  return byte < 7 && byte !== 2 && byte !== 3
}

/** Latin text has letters, digits, signs and line ends; of the others any low byte is a character. */
function isLow(low: number, high: number): boolean {
  return high !== 0 || (low >= 0x20 && low !== 0x7f) || isSpace(low)
}

/** What stands in no text of one byte a letter. */
export function isControl(byte: number): boolean {
  return (byte < 0x20 && !isSpace(byte) && byte !== ESCAPE) || byte === 0x7f
}

function isSpace(byte: number): boolean {
  return byte >= 9 && byte <= 13
}

const ESCAPE = 27
const UNITS = 4
const WINDOW = 16

/** A text put together from more pieces than this is made to be so: its rest is read as one. */
const STRETCHES_MAX = 10_000
