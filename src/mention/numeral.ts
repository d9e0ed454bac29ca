import { DIGIT, DIGITS as DIGITS_BEGIN, FOLDED, isAfterLetter, KIND, listed } from './start.ts'
import type { View } from './view.ts'

/**
 * Numbers as they are written in Arabic and English, in digits and in words, exact. Works on a view (digits are ASCII,
 * letters in one form), from a given position.
 */
export type Numeral = {
  readonly start: number
  readonly end: number
  readonly value: Decimal | null
  /** Why the value is null, or how a doubtful sign was read. */
  readonly note: string | null
}

/** `digits · 10^−places`. */
export type Decimal = { readonly digits: bigint; readonly places: number }

/** The longest number that begins at `at`, or null. `2.5 مليون`, `خمسة وعشرون ألف`, `three hundred thousand`. */
export function readNumeral(text: string, at: number): Numeral | null {
  let total: Decimal = ZERO
  let current: Decimal | null = null
  let note: string | null = null
  let end = at
  let last: Word['kind'] | 'digits' | null = null
  let broken = false
  let scale = 1n
  for (let position = at, first = true; end - at < LENGTH_MAX; first = false) {
    const token = readToken(text, position, first)
    if (token === null || !mayFollow(last, token.kind, current)) break
    if (token.kind === 'digits') {
      const read = readDigits(token.text)
      broken ||= read.value === null
      note ??= read.note
      current = read.value ?? ZERO
    } else if (token.kind === 'scale') {
      if (current === null && token.plural) return null
      total = add(total, multiply(current ?? ONE, token.value))
      current = null
      scale = token.value
    } else if (token.kind === 'half') {
      const part: Decimal = { digits: token.value, places: 2 }
      if (last === 'scale') total = add(total, multiply(part, scale))
      else current = add(current ?? ZERO, part)
    } else if (token.kind === 'part') {
      broken ||= token.value === 0n
      current = { digits: (current ?? ONE).digits * token.value, places: (current ?? ONE).places + 2 }
    } else if (token.kind === 'hundred') current = current === null ? fromInteger(100n) : multiply(current, 100n)
    else current = add(current ?? ZERO, fromInteger(token.value))
    last = token.kind
    end = token.end
    position = token.end
  }
  if (last === null) return null
  return { start: at, end, value: broken ? null : add(total, current ?? ZERO), note }
}

/** `24000000`, `0.92`: no sign, no zeros at the end of the fraction. */
export function formatDecimal({ digits, places }: Decimal): string {
  const text = String(digits).padStart(places + 1, '0')
  const whole = text.slice(0, text.length - places)
  const fraction = text.slice(text.length - places).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** The same number with the point `by` places further left. */
export function shift(value: Decimal, by: number): Decimal {
  return { digits: value.digits, places: value.places + by }
}

/**
 * A number in digits with its separators. A point before exactly three digits is read as a decimal point and noted;
 * what fits no convention has no value.
 */
export function readDigits(text: string): { value: Decimal | null; note: string | null } {
  if (/[ \u00a0\u202f\u2009]/.test(text)) return decimalOf(text.replace(/[ \u00a0\u202f\u2009]/g, ''))
  const separators = text.replace(/\d/g, '')
  if (separators === '') return { value: fromInteger(BigInt(text)), note: null }
  const last = separators.at(-1)!
  const groups = text.split(/\D/)
  const same = [...separators].every(sign => sign === last)
  const inThrees = groups.slice(1).every(group => group.length === 3) && groups[0]!.length <= 3 && groups[0] !== '0'
  if (last === '\u066b') return decimal(groups)
  if (last === '\u066c' || last === "'" || last === '’') return inThrees ? whole(groups) : BAD
  if (separators.length > 1 && same) return inThrees ? whole(groups) : BAD
  if (separators.length > 1) {
    const headInThrees = groups.slice(1, -1).every(group => group.length === 3)
    return headInThrees && !separators.slice(0, -1).includes(last) ? decimal(groups) : BAD
  }
  if (!inThrees) return last === ',' ? { ...decimal(groups), note: 'decimal-comma' } : decimal(groups)
  return last === ',' ? whole(groups) : { ...decimal(groups), note: 'point-before-three-digits' }
}

/** Where numbers may begin: at a digit that follows none, or at a word for a number (after its particles). */
export function* numeralStarts({ text, starts }: Pick<View, 'text' | 'starts'>): Generator<number> {
  const { at: all, lists } = starts()
  for (let i = 0; i < all.length; i++) {
    if ((lists[i]! & (DIGITS_BEGIN | WORDS_BEGIN)) === 0) continue
    const at = all[i]!
    if ((lists[i]! & DIGITS_BEGIN) !== 0) {
      if (isDigitStart(text, at)) yield at
    } else if (KIND[text.charCodeAt(at - 1)] !== DIGIT && !isAfterLetter(text, at)) {
      const start = wordStart(text, at)
      if (start >= 0) yield start
    }
  }
}

function isDigitStart(text: string, at: number): boolean {
  const sign = FOLDED[text.charCodeAt(at - 1)]!
  if ((sign >= 97 && sign < 123) || sign === 0x5f) return false
  return !(at > 1 && KIND[text.charCodeAt(at - 2)] === DIGIT && isSeparator(sign))
}

/** After how many particles (two at most, as many as there are) a word for a number stands; -1 where none does. */
function wordStart(text: string, at: number): number {
  let most = 0
  while (most < 2 && PARTICLES.includes(text[at + most] ?? ' ')) most++
  for (; most >= 0; most--) {
    WORD_AHEAD.lastIndex = at + most
    if (WORD_AHEAD.test(text)) return at + most
  }
  return -1
}

/** What may stand between the digits of a number. */
export function isSeparator(code: number): boolean {
  return code === 0x2e || code === 0x2c || code === 0x66b || code === 0x66c || code === 0x27 || code === 0x2019
}

/** Words that may follow digits and belong to the number. */
export function scaleWords(): string[] {
  return [...WORDS].filter(([, { kind }]) => kind === 'scale').map(([word]) => word)
}

type Word = {
  /** `half`: added, in hundredths; `part`: times what stands before it, 0 where not exact. */
  readonly kind: 'unit' | 'ten' | 'hundred' | 'hundreds' | 'scale' | 'half' | 'part'
  readonly value: bigint
  readonly plural: boolean
}

type Token = { end: number; text: string; kind: Word['kind'] | 'digits'; value: bigint; plural: boolean }

function readToken(text: string, at: number, first: boolean): Token | null {
  TOKEN.lastIndex = at
  const match = TOKEN.exec(text)
  if (match === null || (first && match[1] !== '') || match[0].length === 0) return null
  const end = at + match[0].length
  if (match[2] !== undefined) return { end, text: match[2], kind: 'digits', value: 0n, plural: false }
  const word = WORDS.get(match[3]!.toLowerCase())
  return word === undefined ? null : { end, text: match[3]!, ...word }
}

/** Two numbers side by side are two numbers; a unit after a ten, a ten after a unit, anything after a scale is one. */
function mayFollow(last: Token['kind'] | null, next: Token['kind'], current: Decimal | null): boolean {
  if (last === 'half' || last === 'part') return next === 'scale' || next === 'hundred'
  if (next === 'half') return true
  if (next === 'part') return last === null || last === 'unit' || last === 'digits'
  if (last === null || next === 'scale')
    return next !== 'scale' || last !== 'scale' || current !== null || last === 'scale'
  if (next === 'digits') return last === 'scale'
  return last !== 'digits'
}

/** What stood in threes, its spaces gone: a sign that is left is the decimal one. */
function decimalOf(text: string): { value: Decimal; note: string } {
  const [whole, fraction = ''] = text.split(/[.,]/)
  const value = { digits: BigInt(whole! + fraction), places: fraction.length }
  return { value, note: 'spaces-between-threes' }
}

function decimal(groups: readonly string[]): { value: Decimal; note: null } {
  const fraction = groups.at(-1)!
  return { value: { digits: BigInt(groups.join('')), places: fraction.length }, note: null }
}

function whole(groups: readonly string[]): { value: Decimal; note: null } {
  return { value: fromInteger(BigInt(groups.join(''))), note: null }
}

function fromInteger(value: bigint): Decimal {
  return { digits: value, places: 0 }
}

function multiply(value: Decimal, by: bigint): Decimal {
  return { digits: value.digits * by, places: value.places }
}

function add(a: Decimal, b: Decimal): Decimal {
  const places = Math.max(a.places, b.places)
  const scaled = (value: Decimal) => value.digits * 10n ** BigInt(places - value.places)
  return { digits: scaled(a) + scaled(b), places }
}

const ZERO: Decimal = { digits: 0n, places: 0 }
const ONE: Decimal = { digits: 1n, places: 0 }
const BAD = { value: null, note: 'separators-of-no-convention' } as const
const LENGTH_MAX = 120
const PARTICLES = 'وفبلك'

const WORDS = new Map<string, Word>()
/** A scale in the plural counts only after a number: "ملايين الدولارات" says no amount. */
for (const [kind, value, words, plurals] of [
  ...([
    ['unit', 1n, 'واحد واحده one'],
    ['unit', 2n, 'اثنان اثنين اثنتان اثنتين اثنا اثني two'],
  ] as const),
  ...([
    ['unit', 3n, 'ثلاث ثلاثه three'],
    ['unit', 4n, 'اربع اربعه four'],
    ['unit', 5n, 'خمس خمسه five'],
  ] as const),
  ...([
    ['unit', 6n, 'ست سته six'],
    ['unit', 7n, 'سبع سبعه seven'],
    ['unit', 8n, 'ثمان ثماني ثمانيه eight'],
  ] as const),
  ...([
    ['unit', 9n, 'تسع تسعه nine'],
    ['unit', 10n, 'عشر عشره ten'],
    ['unit', 11n, 'eleven احدعشر'],
  ] as const),
  ...([
    ['unit', 12n, 'twelve'],
    ['unit', 13n, 'thirteen'],
    ['unit', 14n, 'fourteen'],
    ['unit', 15n, 'fifteen'],
  ] as const),
  ...([
    ['unit', 16n, 'sixteen'],
    ['unit', 17n, 'seventeen'],
    ['unit', 18n, 'eighteen'],
    ['unit', 19n, 'nineteen'],
  ] as const),
  ...([
    ['ten', 20n, 'عشرون عشرين twenty'],
    ['ten', 30n, 'ثلاثون ثلاثين thirty'],
    ['ten', 40n, 'اربعون اربعين forty'],
  ] as const),
  ...([
    ['ten', 50n, 'خمسون خمسين fifty'],
    ['ten', 60n, 'ستون ستين sixty'],
    ['ten', 70n, 'سبعون سبعين seventy'],
  ] as const),
  ...([
    ['ten', 80n, 'ثمانون ثمانين eighty'],
    ['ten', 90n, 'تسعون تسعين ninety'],
  ] as const),
  ...([
    ['hundred', 100n, 'hundred'],
    ['hundreds', 100n, 'ميه مايه'],
    ['hundreds', 200n, 'ميتان ميتين ميتي ميتا مايتان مايتين مايتي مايتا'],
  ] as const),
  ...([
    ['hundreds', 300n, 'ثلاثميه ثلاثمايه'],
    ['hundreds', 400n, 'اربعميه اربعمايه'],
    ['hundreds', 500n, 'خمسميه خمسمايه'],
  ] as const),
  ...([
    ['hundreds', 600n, 'ستميه ستمايه'],
    ['hundreds', 700n, 'سبعميه سبعمايه'],
    ['hundreds', 800n, 'ثمانميه ثمانيميه ثمانمايه ثمانيمايه'],
  ] as const),
  ...([['hundreds', 900n, 'تسعميه تسعمايه']] as const),
  ...([
    ['scale', 1000n, 'الف الفا thousand k', 'الاف thousands'],
    ['scale', 2000n, 'الفان الفين الفي'],
  ] as const),
  ...([
    ['scale', 10n ** 6n, 'مليون مليونا million mln m', 'ملايين millions'],
    ['scale', 2n * 10n ** 6n, 'مليونان مليونين مليوني'],
  ] as const),
  ...([
    ['half', 50n, 'نصف half'],
    ['half', 25n, 'ربع quarter'],
    ['part', 25n, 'ارباع quarters'],
    ['part', 0n, 'ثلث ثلثي ثلثا third thirds'],
  ] as const),
  ...([['scale', 10n ** 9n, 'مليار مليارا بليون billion bn b', 'مليارات billions']] as const),
  ...([
    ['scale', 2n * 10n ** 9n, 'ملياران مليارين ملياري'],
    ['scale', 10n ** 12n, 'تريليون ترليون trillion', 'تريليونات'],
  ] as const),
]) {
  for (const word of words.split(' ')) WORDS.set(word, { kind, value, plural: /^[kmb]$|^bn$|^mln$/.test(word) })
  for (const word of plurals?.split(' ') ?? []) WORDS.set(word, { kind, value, plural: true })
}

/** Threes apart by spaces, as French and SI write them: "12 500", "1 234,56". */
const THREES =
  String.raw`(?<!\d[ \u00a0\u202f\u2009])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}){1,4}` +
  String.raw`(?! ?\d)(?:[.,]\d{1,8})?(?![.,]?\d)`
const DIGITS = String.raw`(?:${THREES}|\d{1,15}(?:[.,\u066b\u066c'’](?=\d)\d{1,15}){0,8})`
const TOKEN = new RegExp(
  String.raw`([ \u00a0\u202f-]{0,2}(?:و[ ]?|and[ ]|,[ ](?=[a-z]))?(?:an?[ ])?)` +
    String.raw`(?:(${DIGITS})(?=(?:k|m|bn?|mln)(?![\p{L}\d])|(?![A-Za-z\d]))|` +
    String.raw`([A-Za-z]{1,9}|[\u0621-\u064a]{2,10})(?![\p{L}\d]))`,
  'iuy',
)

const LONG_WORDS = [...WORDS.keys()].filter(word => word.length > 2).sort((a, b) => b.length - a.length)

const LONG = LONG_WORDS.join('|')
const WORD_AHEAD = new RegExp(String.raw`(?:${LONG})(?![\p{L}\d])`, 'iuy')
const WORDS_BEGIN = listed(
  ['', ...PARTICLES].flatMap(one => ['', ...PARTICLES].flatMap(two => LONG_WORDS.map(word => one + two + word))),
)
