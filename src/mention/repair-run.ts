import * as Base58 from '../chain/base58.ts'
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
  each(options, 0, '', text => search.judge(text, editsBetween(run, text), 'case'))
  return search.settle()
}

function searchBase58(run: string, most: number): Search {
  const search = new Readings(most)
  const options = [...run].map(letter => FORCED.get(letter) ?? null)
  const forced = options.filter(one => one !== null).length
  if (forced > 0) {
    if (4 ** forced > most) return NOTHING
    const bases: string[] = []
    each(
      options.map((one, i) => one ?? [run[i]!]),
      0,
      '',
      text => {
        bases.push(text)
        search.judge(text, forced, 'ocr')
      },
    )
    if (search.isEmpty && bases.length <= 64) for (const base of bases) confuse(base, 0, 1, forced, search)
    return search.settle()
  }
  typings(run, BASE58, search, run.length < 34)
  if (search.isEmpty) confuse(run, 0, 2, 0, search)
  return search.settle()
}

/** Up to `more` further letters read as what they are confused with. */
function confuse(text: string, from: number, more: number, edits: number, search: Readings): void {
  for (let at = from; at < text.length && search.isOpen; at++) {
    for (const other of CONFUSED.get(text[at]!) ?? []) {
      const next = text.slice(0, at) + other + text.slice(at + 1)
      search.judge(next, edits + 1, 'ocr')
      if (more > 1) confuse(next, at + 1, more - 1, edits + 1, search)
    }
  }
}

/** One letter wrong, two changed places, one too many, one missing. */
function typings(text: string, alphabet: string, search: Readings, mayMiss: boolean): void {
  for (let at = 0; at < text.length; at++) {
    const [head, tail] = [text.slice(0, at), text.slice(at + 1)]
    for (const letter of alphabet) if (letter !== text[at]) search.judge(head + letter + tail, 1, 'typing')
    const next = text[at + 1]
    if (next !== undefined && next !== text[at]) {
      search.judge(head + next + text[at] + text.slice(at + 2), 1, 'typing')
    }
    if (next !== text[at]) search.judge(head + tail, 1, 'typing')
  }
  if (!mayMiss) return
  for (let at = 1; at <= text.length; at++) {
    for (const letter of alphabet) {
      if (letter !== text[at]) search.judge(text.slice(0, at) + letter + text.slice(at), 1, 'typing')
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
  const size = prefix.length - 1 + 1 + plain.length
  if (!/^q|^p|^z|^r/.test(plain) && size < 40) return search.settle()
  typings(plain, CHARSET, { judge: (text, n, why) => search.judge(prefix + text, n, why) } as Readings, isShort(size))
  return search.settle()
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

  get isOpen(): boolean {
    return this.tried < this.most
  }

  judge(text: string, edits: number, rule: string): void {
    if (!this.isOpen) return
    this.tried++
    if (BASE58_HEADS.includes(text[0]!) && !Base58.decodeCheck(text).ok) return
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
const BASE58_HEADS = '13LMTmn2D'
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
for (const pair of '5S 5s 8B 6G 6b 2Z 2z 1i 1L 1j 9g 9q oQ oD uv ce CG nh ft VU QD rt hb ij aq mn vy VY EF PR KX'.split(
  ' ',
)) {
  const [a, b] = [pair[0]!, pair[1]!]
  CONFUSED.set(a, [...(CONFUSED.get(a) ?? []), b])
  CONFUSED.set(b, [...(CONFUSED.get(b) ?? []), a])
}
for (const letter of BASE58) {
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
  if (other !== letter && BASE58.includes(other)) CONFUSED.set(letter, [...(CONFUSED.get(letter) ?? []), other])
}
