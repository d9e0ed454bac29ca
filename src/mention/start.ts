/**
 * Positions in a view where a date may begin: the first digit of a run, or the first letter of a word that
 * begins as one of the known words does. A table look-up for each character, so that the regular expressions are asked
 * only where they could succeed.
 */
export function* startsIn(text: string, initials: Initials): Generator<number> {
  for (let i = 0; i < text.length; i++) {
    const kind = initials[text.charCodeAt(i)]!
    if (kind === 0) continue
    const before = i === 0 ? 0 : KIND[text.charCodeAt(i - 1)]!
    if (before !== kind) yield i
  }
}

export type Initials = Uint8Array

/** The table for words that begin with one of these letters (in either case), and for digits. */
export function initialsOf(letters: Iterable<string>): Initials {
  const table = new Uint8Array(0x10000)
  for (const letter of letters) {
    table[letter.toLowerCase().charCodeAt(0)] = LETTER
    table[letter.toUpperCase().charCodeAt(0)] = LETTER
  }
  return table.fill(DIGIT, 48, 58)
}

const DIGIT = 1
const LETTER = 2

/** Digits, and letters of the scripts whose words are looked for. */
const KIND = new Uint8Array(0x10000).fill(DIGIT, 48, 58)
for (let code = 65; code < 0x700; code++) if (/\p{L}/u.test(String.fromCharCode(code))) KIND[code] = LETTER
