import type { Disguise } from './kind.ts'

/**
 * A text with what hides an identifier taken away: one byte per UTF-16 unit for the scan, and for each byte the place
 * where it stood. Invisible characters are dropped; with `substitute` digits of other scripts, styled forms and
 * look-alike letters become the ASCII that they stand for. Whatever else is not ASCII becomes a break.
 *
 * Sources: Unicode 16, controls, bidi controls, default ignorables and combining marks; NFKC for styled forms;
 * look-alikes from the confusables of UTS #39, single letters only.
 */
export type Folded = { readonly bytes: Uint8Array; readonly from: Uint32Array }

export function fold(text: string, how: 'drop' | 'substitute'): Folded {
  const bytes = new Uint8Array(text.length)
  const from = new Uint32Array(text.length)
  let length = 0
  const table = how === 'drop' ? DROPPED : SUBSTITUTED
  let at = 0
  for (let base = 0; base < text.length; base += PIECE) {
    const end = pieceOf(text, base)
    for (; at < end; at++) {
      const code = UNITS[at - base]!
      const plain = table[code]!
      if (plain === INVISIBLE) {
        if (code === TAG_HIGH) at++
        continue
      }
      if (code === MATH_HIGH && how === 'substitute') {
        const letter = mathLetter(text.charCodeAt(at + 1))
        bytes[length] = letter
        from[length++] = letter === BREAK ? at : at++
        continue
      }
      bytes[length] = plain
      from[length++] = at
    }
  }
  return { bytes: bytes.subarray(0, length), from: from.subarray(0, length) }
}

/** One byte per unit, nothing dropped: ASCII as it is, all else a break; and which disguises occur at all. */
export function survey(text: string): { bytes: Uint8Array; invisible: boolean; substituted: boolean } {
  const bytes = new Uint8Array(text.length)
  let seen = 0
  for (let base = 0; base < text.length; base += PIECE) {
    const end = pieceOf(text, base)
    for (let at = base; at < end; at++) {
      const code = UNITS[at - base]!
      if (code < 0x80) {
        bytes[at] = code
        if (code < 0x20) seen |= SUSPICIOUS[code]!
      } else {
        bytes[at] = BREAK
        seen |= SUSPICIOUS[code]!
      }
    }
  }
  return { bytes, invisible: (seen & 1) !== 0, substituted: (seen & 2) !== 0 }
}

/** Puts the next units of a text in UNITS, a piece that stays in the cache; gives where it ends. */
function pieceOf(text: string, base: number): number {
  const end = Math.min(text.length, base + PIECE)
  UNIT_BYTES.write(base === 0 && end === text.length ? text : text.slice(base, end), 'utf16le')
  return end
}

const PIECE = 1 << 14
const UNITS = new Uint16Array(PIECE)
const UNIT_BYTES = Buffer.from(UNITS.buffer)

/** The bytes of `survey` alone. */
export function narrow(text: string): Uint8Array {
  return survey(text).bytes
}

/** Which disguises stand in a piece of text, and how many characters were written as others. */
export function disguisesOf(raw: string): { disguise: Disguise[]; edits: number } {
  const disguise = new Set<Disguise>()
  let edits = 0
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i)
    if (IS_DROPPED[code] === 1) {
      disguise.add('invisible')
      if (code === TAG_HIGH) i++
      continue
    }
    if (code < 0x80) continue
    edits++
    if (code === MATH_HIGH) i++
    disguise.add(isDigit(code) ? 'digits' : LOOKALIKE.has(code) ? 'lookalike' : 'width')
  }
  return { disguise: [...disguise], edits }
}

/** Whether a character is seen as nothing: dropped when words are compared as well. */
export function isInvisible(code: number): boolean {
  return IS_INVISIBLE[code] === 1
}

/** The ASCII digit of a digit of any script read here, else 0. */
export function digitOf(code: number): number {
  if (code >= 0x660 && code <= 0x669) return code - 0x660 + 48
  if (code >= 0x6f0 && code <= 0x6f9) return code - 0x6f0 + 48
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10 + 48
  return code >= 0x966 && code <= 0x96f ? code - 0x966 + 48 : 0
}

const BREAK = 0x80
const INVISIBLE = 0xff

/** High surrogate of U+1D400–1D7FF, the styled letters of mathematics. */
const MATH_HIGH = 0xd835

/** High surrogate of U+E0000–E03FF, tags and selectors that show nothing. */
const TAG_HIGH = 0xdb40

const IS_INVISIBLE = new Uint8Array(0x10000)
for (const [first, last] of [
  ...([
    [0, 8],
    [0xe, 0x1a],
    [0x1c, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x34f, 0x34f],
    [0x61c, 0x61c],
    [0x640, 0x640],
    [0x115f, 0x1160],
    [0x17b4, 0x17b5],
    [0x180b, 0x180f],
    [0x200b, 0x200f],
  ] as const),
  ...([
    [0x202a, 0x202e],
    [0x2060, 0x206f],
    [0x20e3, 0x20e3],
    [0x3164, 0x3164],
    [0xfe00, 0xfe0f],
  ] as const),
  ...([
    [0xfeff, 0xfeff],
    [0xffa0, 0xffa0],
    [0xfff0, 0xfffb],
  ] as const),
]) {
  IS_INVISIBLE.fill(1, first, last + 1)
}

/** Within an address also strokes and dots that are laid over a letter: in words they are part of it. */
const IS_DROPPED = IS_INVISIBLE.slice().fill(1, 0x300, 0x370).fill(1, 0x20d0, 0x20f1)
IS_DROPPED[TAG_HIGH] = 1

const LOOKALIKE = new Map<number, number>()
for (const [script, latin] of [
  ['АВСЕНІЈКМОРЅТХУҮасеһіјкорѕхуԁԛԝ', 'ABCEHIJKMOPSTXYYacehijkopsxydqw'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορ', 'ABEZHIKMNOPTYXvop'],
] as const) {
  for (let i = 0; i < script.length; i++) LOOKALIKE.set(script.charCodeAt(i), latin.charCodeAt(i))
}

/** Latin letters with a sign, as OCR reads and some write them: the letter without it. */
for (let code = 0xc0; code < 0x180; code++) {
  const plain = String.fromCharCode(code).normalize('NFD')
  if (plain.length === 2 && /^[A-Za-z]/.test(plain)) LOOKALIKE.set(code, plain.charCodeAt(0))
}

const ASCII_OF = new Uint8Array(0x10000)
for (const [first, last] of [
  [0xaa, 0xbe],
  [0x2070, 0x209c],
  [0x2100, 0x214f],
  [0x2460, 0x24ff],
  [0xff01, 0xff5e],
] as const) {
  for (let code = first; code <= last; code++) {
    const plain = String.fromCharCode(code).normalize('NFKC')
    if (/^[!-~]$/.test(plain)) ASCII_OF[code] = plain.charCodeAt(0)
  }
}
for (let code = 0x660; code < 0x970; code++) if (digitOf(code) !== 0) ASCII_OF[code] = digitOf(code)
for (const [code, latin] of LOOKALIKE) ASCII_OF[code] = latin

/** What each unit becomes: itself, the ASCII that it stands for, BREAK, or nothing. */
const SUBSTITUTED = Uint8Array.from({ length: 0x10000 }, (_, code) =>
  IS_DROPPED[code] === 1 ? INVISIBLE : code < 0x80 ? code : ASCII_OF[code] || BREAK,
)
const DROPPED = SUBSTITUTED.map((plain, code) => (code < 0x80 || plain === INVISIBLE ? plain : BREAK))
const SUSPICIOUS = SUBSTITUTED.map((plain, code) =>
  plain === INVISIBLE ? 1 : code >= 0x80 && (plain !== BREAK || code === MATH_HIGH) ? 2 : 0,
)

function isDigit(code: number): boolean {
  return digitOf(code) !== 0
}

function mathLetter(low: number): number {
  if (low < 0xdc00 || low > 0xdfff) return BREAK
  const plain = String.fromCharCode(MATH_HIGH, low).normalize('NFKC')
  return /^[0-9A-Za-z]$/.test(plain) ? plain.charCodeAt(0) : BREAK
}
