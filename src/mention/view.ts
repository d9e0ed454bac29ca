import { digitOf, isInvisible } from './fold.ts'
import { type Starts, startsOf } from './start.ts'
import { unitsOf } from './unit.ts'

/**
 * A text as it is compared: invisible characters, tatweel and harakat dropped, digits of all scripts as ASCII, forms of
 * alef as ا, ى as ي, ة as ه, Persian ک and ی as Arabic, full-width forms as ASCII. `start` and `end` lead back.
 */
export type View = {
  readonly text: string
  readonly original: string
  /** Where the view's character `index` stands in the original. */
  readonly start: (index: number) => number
  /** Where a piece that ends before the view's `index` ends in the original. */
  readonly end: (index: number) => number
  /** Where runs of letters and runs of ASCII digits begin: what is looked for begins at one of these. */
  readonly starts: () => Starts
}

export function viewOf(original: string): View {
  const units = unitsOf(original)
  let from: Uint32Array | null = null
  let length = 0
  let changed = 0
  for (let i = 0; i < original.length; i++) {
    const code = units[i]!
    const plain = code < 0x80 && code >= 0x20 ? code : WORD[code]!
    if (plain === DROP) {
      from ??= identity(original.length, length)
      continue
    }
    changed |= plain ^ code
    if (from !== null) from[length] = i
    units[length++] = plain
  }
  units.fill(0, length)
  const isSame = changed === 0 && length === original.length
  const text = isSame ? original : Buffer.from(units.buffer, 0, 2 * length).toString('utf16le')
  const map = from
  let known: Starts | null = null
  const starts = () => {
    known ??= startsOf(units, length)
    return known
  }
  if (map === null) return { text, original, starts, start: index => index, end: index => index }
  return {
    ...{ text, original, starts },
    start: index => (index < length ? map[index]! : original.length),
    end: index => (index === 0 ? 0 : map[index - 1]! + 1),
  }
}

function identity(size: number, known: number): Uint32Array {
  const from = new Uint32Array(size)
  for (let i = 0; i < known; i++) from[i] = i
  return from
}

const DROP = 0

const WORD = new Uint16Array(0x10000)
for (let code = 1; code < 0x10000; code++) WORD[code] = isInvisible(code) ? DROP : digitOf(code) || code
/** Harakat, the small signs of the Quran's script, dagger alef. */
for (const [first, last] of [
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6dc],
  [0x6df, 0x6e8],
] as const) {
  WORD.fill(DROP, first, last + 1)
}
for (const [letters, plain] of [
  ['أإآٱ', 'ا'],
  ['ىیې', 'ي'],
  ['ةۀہھ', 'ه'],
  ['ک', 'ك'],
  ['ؤ', 'و'],
  ['ئ', 'ي'],
] as const) {
  for (const letter of letters) WORD[letter.charCodeAt(0)] = plain.charCodeAt(0)
}
for (let code = 0xff01; code <= 0xff5e; code++) WORD[code] = code - 0xfee0
