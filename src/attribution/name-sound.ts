import anyAscii from 'any-ascii'

/**
 * What a word sounds like, in one alphabet for Arabic and Latin letters, so that the two can be compared. Capitals are
 * sounds that Latin writes with two letters: T th, D dh, S sh, G gh; x is kh, c is ch (چ). a, i, u are vowels, A, I, U
 * the long ones, the only ones that Arabic writes. Doubled consonants are one.
 *
 * Sources: the letters' values in ALA-LC and BGN/PCGN romanisation, French and English newspaper usage beside them
 * (ou, ch, dj, k for q).
 */
export type Sound = string

/** Sounds of a word in Arabic letters (Persian and Urdu ones too), or in Latin ones after any-ascii. */
export function soundOf(word: string): Sound {
  return ARABIC.test(word) ? fromArabic(word) : fromLatin(toLatin(word))
}

export function isArabic(word: string): boolean {
  return ARABIC.test(word)
}

const ARABIC = /[\u0621-\u064a\u066e-\u06d3]/

/** Lower-case a to z and digits; letters of other scripts by any-ascii. */
export function toLatin(word: string): string {
  const plain = /^\p{ASCII}*$/u.test(word) ? word : anyAscii(word)
  return plain.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/**
 * The consonant skeleton: sounds without vowels, sounds that are often taken for each other as one. The key under which
 * a word is found; `weak` keeps w, v and y inside a word, which Arabic writes like long vowels.
 */
export function skeletonOf(sound: Sound, weak: boolean): string {
  let skeleton = ''
  for (let i = 0; i < sound.length; i++) {
    const one = sound[i]!
    const isWeak = one === 'w' || one === 'v' || one === 'y'
    if (VOWELS.includes(one)) {
      if (weak && i > 0 && one !== 'a' && one !== 'A') skeleton += one === 'u' || one === 'U' ? 'w' : 'y'
      continue
    }
    if (isWeak && i > 0 && !weak) continue
    const key = CLASSES[one] ?? one
    if (skeleton.at(-1) !== key) skeleton += key
  }
  return skeleton === '' ? sound.slice(0, 1).toLowerCase() : skeleton
}

const VOWELS = 'aiuAIU'

const CLASSES: Readonly<Record<string, string>> = {
  ...{ p: 'b', T: 't', D: 'd', c: 'S', q: 'k', g: 'k', G: 'k', v: 'w' },
}

/**
 * The consonants of a word as bits, near ones as one: words that share too few cannot be alike. w, v and y are left
 * out, since Arabic writes vowels like them.
 */
export function maskOf(sound: Sound): number {
  let mask = 0
  for (let i = 0; i < sound.length; i++) mask |= BITS[sound.charCodeAt(i) & 127]!
  return mask
}

const BITS: Readonly<Int32Array> = bits(['bp', 'f', 'tTdD', 'sSzDT', 'jcg', 'kqgGx', 'hx', 'l', 'm', 'n', 'r'])

function bits(groups: readonly string[]): Int32Array {
  const table = new Int32Array(128)
  groups.forEach((group, bit) => {
    for (const one of group) table[one.charCodeAt(0)]! |= 1 << bit
  })
  return table
}

const LETTERS: Readonly<Record<string, string>> = {
  ...{ ا: 'A', أ: 'a', إ: 'i', آ: 'A', ٱ: 'a', ى: 'i', ئ: 'i', ؤ: 'u', ء: '', ع: '' },
  ...{ ب: 'b', پ: 'p', ت: 't', ٹ: 't', ث: 'T', ج: 'j', چ: 'c', ح: 'h', خ: 'x' },
  ...{ د: 'd', ڈ: 'd', ذ: 'D', ر: 'r', ڑ: 'r', ز: 'z', ژ: 'j', س: 's', ش: 'S', ص: 's', ض: 'D', ط: 't', ظ: 'D' },
  ...{ غ: 'G', ف: 'f', ڤ: 'v', ق: 'q', ك: 'k', ک: 'k', گ: 'g', ڭ: 'g', ل: 'l', م: 'm', ن: 'n', ں: 'n' },
  ...{ ه: 'h', ہ: 'h', ھ: 'h', ۀ: 'h', ە: 'h', ة: 'h', و: 'U', ۇ: 'U', ۆ: 'U', ي: 'I', ی: 'I', ې: 'I', ے: 'I' },
}

function fromArabic(word: string): Sound {
  let sound = ''
  for (const letter of word) sound += LETTERS[letter] ?? (/[0-9a-z]/.test(letter) ? letter : '')
  // A doubled letter is written once: two are two, but for the article before Allah. Alef at the start only carries.
  return finish(
    sound
      .replace(/ll/g, 'l')
      .replace(/^A(?=[UI])/, '')
      .replace(/^A(?=.)/, 'a'),
  )
}

/** Latin spellings of one sound, the longer first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/(tsch|tch|tsh)/g, 'c'],
  [/sch/g, 'S'],
  [/(sh|ch)/g, 'S'],
  [/kh/g, 'x'],
  [/gh/g, 'G'],
  [/th/g, 'T'],
  [/dh/g, 'D'],
  [/zh/g, 'j'],
  [/ph/g, 'f'],
  [/(dj|dzh)/g, 'j'],
  [/(ck|qu|cq)/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
]

function fromLatin(word: string): Sound {
  // A real x is k and s; the letter then stands for kh.
  let sound = word.replaceAll('x', 'ks').replace(/([wy])\1/g, '$1')
  for (const [spelling, to] of SPELLINGS) sound = sound.replace(spelling, to)
  sound = sound
    .replace(/(?:[ae]i|[ae]y(?![aeiou])|ee|ii|ie)/g, 'I')
    .replace(/(?:oo|uu|au|[aou]w(?![aeiou]))/g, 'U')
    .replace(/aa/g, 'A')
    .replace(/(?<=[^aeiou])y(?![aeiouAIU])/g, 'i')
    .replace(/ou/g, 'u')
    .replace(/e/g, 'i')
    .replace(/o/g, 'u')
  return finish(sound.replace(/(.)\1+/g, '$1'))
}

/** A last h is mute, but in words of two sounds (Taha). */
function finish(sound: string): Sound {
  return sunLetters(sound.replace(/(?<=..)h$/, ''))
}

/** Abd al-Rahman is said Abdurrahman: the l of the article goes where the next letter takes its place. */
function sunLetters(sound: Sound): Sound {
  return sound.replace(/^(a?bd[aiuA]?)l(?=[tTdDrzsSn])/, '$1')
}

const NEAR: Readonly<Record<string, number>> = {
  ...{ kq: 0.1, gq: 0.15, gk: 0.3, Gg: 0.1, Gq: 0.2, Gk: 0.35, kx: 0.25, hx: 0.3, gj: 0.25, cj: 0.3, jy: 0.4 },
  ...{ Sc: 0.2, Ss: 0.4, Sj: 0.4, Tt: 0.15, Ts: 0.3, Dd: 0.15, Dz: 0.15, DT: 0.2, Sc2: 1, sz: 0.35, jz: 0.4 },
  ...{ dt: 0.5, bp: 0.15, dz: 0.4, vw: 0.1, fv: 0.3, bv: 0.3, mn: 0.5, ck: 0.5, cs: 0.5, ks: 0.7, tx: 0.9, lr: 0.6 },
  ...{ uw: 0.05, uv: 0.05, Uw: 0.05, Uv: 0.05, iy: 0.05, Iy: 0.05, aw: 0.4 },
  ...{ ai: 0.18, au: 0.25, iu: 0.25, Aa: 0, Ii: 0, Uu: 0, Ai: 0.3, Au: 0.45, Ia: 0.45, Iu: 0.5, Ua: 0.45, Ui: 0.5 },
  ...{ AI: 0.6, AU: 0.6, IU: 0.6 },
}

const COSTS: readonly Float64Array[] = tableOfCosts()

function tableOfCosts(): Float64Array[] {
  const table = Array.from({ length: 128 }, () => new Float64Array(128).fill(1))
  for (let i = 0; i < 128; i++) table[i]![i] = 0
  for (const [pair, cost] of Object.entries(NEAR)) {
    const [a, b] = [pair.charCodeAt(0), pair.charCodeAt(1)]
    table[a]![b] = cost
    table[b]![a] = cost
  }
  return table
}

/** What each sound weighs: a vowel little, since half of them are not written or written in several ways. */
function weigh(code: number): number {
  if (isVowel(code)) return 0.3
  return code === H ? 0.6 : 1
}

const H = 104

function isVowel(code: number): boolean {
  return isShort(code) || code === 65 || code === 73 || code === 85
}

function isShort(code: number): boolean {
  return code === 97 || code === 105 || code === 117
}

/**
 * How alike two words sound, 0 to 1: edit distance over sounds in which what is often confused costs little.
 * `unwritten`: one of the two is in Arabic letters, so a vowel that only the other has costs next to nothing.
 */
export function alike(a: Sound, b: Sound, unwritten: 'a' | 'b' | null): number {
  if (a === b) return 1
  const [n, m] = [Math.min(a.length, 40), Math.min(b.length, 40)]
  let above = ROWS[0]
  let row = ROWS[1]
  above[0] = 0
  let weightB = 0
  for (let j = 0; j < m; j++) {
    weightB += weigh(b.charCodeAt(j))
    above[j + 1] = above[j]! + gap(b.charCodeAt(j), unwritten === 'a')
  }
  let weightA = 0
  for (let i = 0; i < n; i++) {
    const code = a.charCodeAt(i)
    weightA += weigh(code)
    const costs = COSTS[code & 127]!
    row[0] = above[0]! + gap(code, unwritten === 'b')
    for (let j = 0; j < m; j++) {
      const other = b.charCodeAt(j)
      let least = above[j]! + costs[other & 127]!
      least = Math.min(least, above[j + 1]! + gap(code, unwritten === 'b'), row[j]! + gap(other, unwritten === 'a'))
      row[j + 1] = least
    }
    const swap = above
    above = row
    row = swap
  }
  return Math.max(0, 1 - above[m]! / Math.max(weightA, weightB, 1))
}

const ROWS: [Float64Array, Float64Array] = [new Float64Array(41), new Float64Array(41)]

/** A sound that only one of the two has. */
function gap(code: number, vowelsUnwritten: boolean): number {
  if (isShort(code)) return vowelsUnwritten ? 0.03 : 0.22
  if (isVowel(code)) return 0.35
  return code === H ? 0.45 : 0.9
}
