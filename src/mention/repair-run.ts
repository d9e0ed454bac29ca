import * as Bech32 from '../chain/bech32.ts'
import { Base58Readings, digitsOf } from './base58-reading.ts'
import { type Found, judge } from './candidate.ts'
import { narrow } from './fold.ts'

/**
 * Readings of one run of letters and digits that is no address as it stands: what OCR confuses, one typing error, one
 * case for all letters. Each reading is judged by its checksum; the count of readings is the bound of a chance hit.
 */
export type Hit = { readonly found: Found; readonly edits: number; readonly rule: string }

/** `tried` readings were judged; each passes by chance once in 2^32 (Base58Check) or 2^30 (Bech32). */
export type Search = { readonly hits: readonly Hit[]; readonly tried: number }

/** Readings of one run at most. */
export const READINGS_MAX = 2 ** 16

/** The address that a text is, whole. */
export function readWhole(text: string): Found | undefined {
  const bytes = narrow(text)
  for (let i = 0; i < bytes.length; i++) if (!isPlain(bytes[i]!)) return undefined
  const verdict = judge(bytes, 0, bytes.length)
  return verdict?.is === 'address' ? verdict.address : undefined
}

/** All readings of a run that pass, those with the fewest edits only. */
export function searchRun(run: string, budget: number = READINGS_MAX): Search {
  const most = Math.min(budget, READINGS_MAX)
  if (HEX_FORM.test(run)) return searchHex(run)
  if (BECH32_FORM.test(run)) return searchBech32(run, most)
  return BASE58_FORM.test(run) && isMixed(run) ? searchBase58(run, most) : NOTHING
}

/** Whether `searchRun` would look at a run at all. */
export function isReadable(run: string): boolean {
  return HEX_FORM.test(run) || BECH32_FORM.test(run) || (BASE58_FORM.test(run) && isMixed(run))
}

/** How many letters of a Base58 text in one case could have been of the other; null where it is no such text. */
export function caseLetters(run: string): number | null {
  if (run.length < 26 || run.length > 35 || !/\d/.test(run) || !/^[13LMTlmt]/.test(run)) return null
  const tail = run.slice(1)
  if (tail !== tail.toLowerCase() && tail !== tail.toUpperCase()) return null
  if (/[0]/.test(run) || /^[0-9a-fA-F]+$/.test(run) || /^(?:ltc|bc|tb)1/i.test(run)) return null
  return [...tail].filter(letter => /[a-z]/i.test(letter) && !/[iol]/i.test(letter)).length
}

/** Both cases of every letter, where these are few enough for the bound. */
export function searchCase(run: string, budget: number): Search {
  const letters = caseLetters(run)
  if (letters === null || 2 ** letters > Math.min(budget, READINGS_MAX)) return NOTHING
  const search = new Readings(budget)
  const options = [...run].map((letter, i) => (i === 0 ? headsOf(letter) : casesOf(letter)))
  judgeEach(options, search, text => editsBetween(run, text), 'case')
  return search.settle()
}

function searchBase58(run: string, most: number): Search {
  const search = new Readings(most)
  const options = [...run].map(letter => FORCED.get(letter) ?? null)
  const forced = options.filter(one => one !== null).length
  if (forced > 0) {
    if (4 ** forced > most) return NOTHING
    const filled = options.map((one, i) => one ?? [run[i]!])
    const bases = judgeEach(filled, search, () => forced, 'ocr')
    if (search.isEmpty && bases.length <= 64) {
      for (const base of bases) {
        const readings = new Base58Readings(base, search.accept)
        confuse(readings, search, 1, forced)
        omit(readings, search, forced)
        readings.flush()
      }
    }
    return search.settle()
  }
  const readings = new Base58Readings(run, search.accept)
  typings58(readings, search, run.length < 34)
  readings.flush()
  if (search.isEmpty) confuse(readings, search, 2, 0)
  readings.flush()
  return search.settle()
}

/** Judges each choice of one letter a place; gives the texts. */
function judgeEach(
  options: readonly (readonly string[])[],
  search: Readings,
  editsOf: (text: string) => number,
  rule: string,
): string[] {
  const texts: string[] = []
  each(options, 0, '', text => {
    texts.push(text)
  })
  const readings = new Base58Readings(texts[0] ?? '', search.accept)
  for (const text of texts) {
    const digits = digitsOf(text)
    if (!search.count()) break
    if (digits !== undefined) readings.whole(digits, editsOf(text), rule)
  }
  readings.flush()
  return texts
}

/** One letter, or two, read as what they are confused with. */
function confuse(readings: Base58Readings, search: Readings, most: 1 | 2, edits: number): void {
  const { digits } = readings
  for (let a = 0; a < digits.length; a++) {
    for (const first of CONFUSED_DIGITS[digits[a]!]!) {
      if (!search.count()) return
      readings.change(a, first, -1, 0, edits + 1, 'ocr')
      for (let b = a + 1; most === 2 && b < digits.length; b++) {
        for (const second of CONFUSED_DIGITS[digits[b]!]!) {
          if (!search.count()) return
          readings.change(a, first, b, second, edits + 2, 'ocr')
        }
      }
    }
  }
}

/** One letter too many, beside those that were read wrongly: OCR sees some twice. */
function omit(readings: Base58Readings, search: Readings, edits: number): void {
  const { digits } = readings
  for (let at = 1; at < digits.length; at++) {
    if (digits[at] === digits[at - 1] || !search.count()) continue
    readings.whole(
      digits.filter((_, i) => i !== at),
      edits + 1,
      'ocr',
    )
  }
}

/** One letter wrong, two changed places, one too many, one missing. */
function typings58(readings: Base58Readings, search: Readings, mayMiss: boolean): void {
  const { digits } = readings
  for (let at = 0; at < digits.length; at++) {
    const [own, next] = [digits[at]!, digits[at + 1]]
    for (let digit = 0; digit < 58; digit++) {
      if (digit !== own && search.count()) readings.change(at, digit, -1, 0, 1, 'typing')
    }
    if (next === own) continue
    if (next !== undefined && search.count()) readings.change(at, next, at + 1, own, 1, 'typing')
    if (search.count())
      readings.whole(
        digits.filter((_, i) => i !== at),
        1,
        'typing',
      )
  }
  for (let at = 1; mayMiss && at <= digits.length; at++) {
    for (let digit = 0; digit < 58; digit++) {
      if (digit === digits[at] || !search.count()) continue
      readings.whole(Int32Array.of(...digits.subarray(0, at), digit, ...digits.subarray(at)), 1, 'typing')
    }
  }
}

function searchBech32(run: string, most: number): Search {
  const search = new Readings(most)
  const parts = BECH32_FORM.exec(run)!
  const prefix = `${parts[1]!.toLowerCase()}1`
  const data = parts[2]!
  const isMixedCase = run !== run.toLowerCase() && run !== run.toUpperCase()
  const options = [...data].map(letter => DATA_FORCED.get(letter) ?? DATA_FORCED.get(letter.toLowerCase()) ?? null)
  const forced = options.filter(one => one !== null).length
  if (3 ** forced > most) return NOTHING
  const plain = data.toLowerCase()
  const edits = forced + (parts[0].slice(0, prefix.length).toLowerCase() === prefix ? 0 : 1)
  const rule = edits > 0 ? 'ocr' : 'case'
  const bases: string[] = []
  each(
    options.map((one, i) => one ?? [plain[i]!]),
    0,
    '',
    text => {
      bases.push(text)
      search.judge(prefix + text, Math.max(1, edits), rule)
    },
  )
  if (!search.isEmpty || edits > 0 || isMixedCase) return search.settle()
  const size = prefix.length + plain.length
  if (!/^[qpzr]/.test(plain) && size < 40) return search.settle()
  typings32(prefix, plain, search, isShort(size))
  return search.settle()
}

/** The same errors in a Bech32 text: its checksum is linear, so a change has a sum of its own. */
function typings32(prefix: string, data: string, search: Readings, mayMiss: boolean): void {
  const words = Uint8Array.from(data, letter => CHARSET.indexOf(letter))
  const state = Bech32.stateOf(prefix.slice(0, -1), words)
  const judge = (sum: number, written: () => string) => {
    if (search.count() && Bech32.isEnd(sum)) search.accept(prefix + written(), 1, 'typing')
  }
  for (let at = 0; at < words.length; at++) {
    const [head, tail, own, left] = [data.slice(0, at), data.slice(at + 1), words[at]!, words.length - 1 - at]
    for (let word = 0; word < 32; word++) {
      if (word !== own) judge(state ^ Bech32.changeOf(word ^ own, left), () => head + CHARSET[word] + tail)
    }
    const next = words[at + 1]
    if (next === own) continue
    if (next !== undefined) {
      const sum = state ^ Bech32.changeOf(own ^ next, left) ^ Bech32.changeOf(own ^ next, left - 1)
      judge(sum, () => head + data[at + 1] + data[at] + data.slice(at + 2))
    }
    const shorter = words.filter((_, i) => i !== at)
    judge(Bech32.stateOf(prefix.slice(0, -1), shorter), () => head + tail)
  }
  for (let at = 1; mayMiss && at <= words.length; at++) {
    const longer = Uint8Array.of(...words.subarray(0, at), 0, ...words.subarray(at))
    const zero = Bech32.stateOf(prefix.slice(0, -1), longer)
    for (let word = 0; word < 32; word++) {
      if (word === words[at]) continue
      const sum = zero ^ Bech32.changeOf(word, words.length - at)
      judge(sum, () => data.slice(0, at) + CHARSET[word] + data.slice(at))
    }
  }
}

/** One letter shorter than the addresses of 20 and 32 bytes are, with the prefixes of two and three letters. */
function isShort(size: number): boolean {
  return size === 41 || size === 42 || size === 61 || size === 62
}

/** Letters that stand for a hex digit: one reading. */
function searchHex(run: string): Search {
  const text = `0x${[...run.slice(2)].map(letter => HEX_FORCED.get(letter) ?? letter).join('')}`
  if (text === run || !/^0x[0-9a-fA-F]{40}$/.test(text)) return NOTHING
  const found = readWhole(text)
  return { hits: found === undefined ? [] : [{ found, edits: editsBetween(run, text), rule: 'ocr' }], tried: 1 }
}

/** Judges readings until the budget is spent; keeps those with the fewest edits. */
class Readings {
  private readonly hits = new Map<string, Hit>()
  private tried = 0
  private readonly most: number

  constructor(most: number) {
    this.most = most
  }

  get isEmpty(): boolean {
    return this.hits.size === 0
  }

  /** Takes one reading from the budget; false where it is spent. */
  count(): boolean {
    if (this.tried >= this.most) return false
    this.tried++
    return true
  }

  judge(text: string, edits: number, rule: string): void {
    if (this.count()) this.accept(text, edits, rule)
  }

  /** A reading that is an address. */
  accept = (text: string, edits: number, rule: string): void => {
    const found = readWhole(text)
    if (found === undefined || this.hits.has(found.address)) return
    this.hits.set(found.address, { found, edits, rule })
  }

  settle(): Search {
    return { hits: [...this.hits.values()], tried: this.tried }
  }
}

function each(options: readonly (readonly string[])[], at: number, head: string, give: (text: string) => void): void {
  if (at === options.length) give(head)
  else for (const letter of options[at]!) each(options, at + 1, head + letter, give)
}

function headsOf(letter: string): readonly string[] {
  return /\d/.test(letter) ? [letter] : [letter.toUpperCase()]
}

function casesOf(letter: string): readonly string[] {
  return [...new Set([letter.toLowerCase(), letter.toUpperCase()])].filter(one => BASE58.includes(one))
}

function editsBetween(a: string, b: string): number {
  let edits = 0
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) edits++
  return edits
}

/** Small and capital letters and digits: what is of one case only is a word, a number or another encoding. */
function isMixed(run: string): boolean {
  return /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run)
}

function isPlain(byte: number): boolean {
  return (byte >= 48 && byte < 58) || (byte >= 65 && byte < 91) || (byte >= 97 && byte < 123)
}

const NOTHING: Search = { hits: [], tried: 0 }
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const BASE58_FORM = /^[13LMTIl][0-9A-Za-z]{24,35}$/
const BECH32_FORM = /^(bc|tb|ltc|bcrt)[1lIi]([0-9A-Za-z]{36,60})$/i
const HEX_FORM = /^[0Oo][xX][0-9A-Za-z]{40}$/

/** Letters that the alphabet does not have, and what they were read or typed for. */
const FORCED = new Map([
  ['0', ['o', 'Q', 'D']],
  ['O', ['o', 'Q', 'D']],
  ['I', ['1', 'i', 'L', 'j']],
  ['l', ['1', 'i', 'L', 'j']],
])
const DATA_FORCED = new Map([
  ['1', ['l']],
  ['i', ['l', 'j']],
  ['o', ['0']],
  ['b', ['6', '8', 'h']],
  ['B', ['8', '6', 'h']],
])
const HEX_FORCED = new Map<string, string>([...'Oo'].map(letter => [letter, '0']))
for (const [letters, digit] of [
  ['lI', '1'],
  ['Ss', '5'],
  ['Zz', '2'],
  ['G', '6'],
  ['gq', '9'],
] as const) {
  for (const letter of letters) HEX_FORCED.set(letter, digit)
}

/** Letters of the alphabet that are confused with one another by OCR, and the two cases of one letter. */
const CONFUSED = new Map<string, string[]>()
const PAIRS = '5S 5s 8B 6G 6b 6e 2Z 2z 1i 1L 1j 9g 9q oQ oD uv ce CG nh ft VU QD rt hb ij aq mn vy VY EF PR KX'
for (const pair of PAIRS.split(' ')) {
  const [a, b] = [pair[0]!, pair[1]!]
  CONFUSED.set(a, [...(CONFUSED.get(a) ?? []), b])
  CONFUSED.set(b, [...(CONFUSED.get(b) ?? []), a])
}
for (const letter of BASE58) {
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  if (other !== letter && BASE58.includes(other)) CONFUSED.set(letter, [...(CONFUSED.get(letter) ?? []), other])
}

/** The same by digits. */
const CONFUSED_DIGITS = [...BASE58].map(letter => (CONFUSED.get(letter) ?? []).map(other => BASE58.indexOf(other)))
