/**
 * A text for comparing: letters that are written in several ways become one, and what only decorates is dropped.
 * Case, compatibility forms and accents (NFKD); Arabic: alef and yeh forms, teh marbuta as heh, harakat, tatweel;
 * Persian keheh and yeh; digits of other scripts become ASCII. `from[i]` is the place of the i-th unit in the original.
 */
export type Folded = { readonly text: string; readonly from: readonly number[] }

export function fold(text: string): Folded {
  let folded = ''
  const from: number[] = []
  let at = 0
  for (const character of text) {
    for (const one of letters(character)) {
      folded += one
      for (let i = 0; i < one.length; i++) from.push(at)
    }
    at += character.length
  }
  return { text: folded, from }
}

/** Letters of one group are searched as one. */
const SAME: Readonly<Record<string, string>> = {
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  ٱ: 'ا',
  ؤ: 'و',
  ئ: 'ي',
  ھ: 'ه',
  ہ: 'ه',
}

/** Whether a letter may be written otherwise: a search that cannot fold leaves its place open. */
export function isOpen(letter: string): boolean {
  return /[\p{Nd}]/u.test(letter) || 'اأإآٱىيیئةهھہؤوكک'.includes(letter) || letter.normalize('NFKD') !== letter
}

function letters(character: string): string[] {
  const code = character.codePointAt(0)!
  if (code < 0x80) return [character.toLowerCase()]
  return [...character.normalize('NFKD').toLowerCase()].flatMap(one => {
    if (/[\p{Mn}\p{Cf}]/u.test(one) || one === 'ـ') return []
    return [SAME[one] ?? digit(one)]
  })
}

/** Blocks of decimal digits are ten in a row, so a digit's value is its distance from its block's zero. */
function digit(one: string): string {
  if (!/\p{Nd}/u.test(one)) return one
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(one.codePointAt(0)! - value - 1))) value++
  return String(value)
}
