import { assert } from '../std/assert.ts'

/**
 * Where words may begin, so that the regular expressions are asked only where they could succeed: table look-ups by the
 * first three letters of the words that are looked for, folded as the flags `iu` fold them.
 */
export type Heads = { readonly one: Uint8Array; readonly pair: Uint8Array; readonly triple: Uint8Array }

/** The heads of these words; of what follows a space in one nothing is asked. */
export function headsOf(words: Iterable<string>): Heads {
  const [one, pair, triple] = [new Uint8Array(0x10000), new Uint8Array(0x10000), new Uint8Array(0x10000)]
  for (const name of words) {
    const word = name.split(/[ \u00a0]/)[0]!
    const [a, b, c] = [0, 1, 2].map(i => FOLDED[word.charCodeAt(i)] ?? 0) as [number, number, number]
    if (word.length === 1) one[a] = ALONE
    else {
      one[a]! |= SOME
      if (word.length === 2) pair[hash(a, b)] = 1
      else triple[hash(hash(a, b), c)] = 1
    }
  }
  return { one, pair, triple }
}

/** Whether one of the words may begin here: never false where one does. */
export function mayBegin(heads: Heads, text: string, at: number): boolean {
  const a = FOLDED[text.charCodeAt(at)]!
  const some = heads.one[a]!
  if (some === 0 || at >= text.length) return false
  if (some >= ALONE) return true
  const both = hash(a, FOLDED[text.charCodeAt(at + 1)] ?? 0)
  return heads.pair[both] === 1 || heads.triple[hash(both, FOLDED[text.charCodeAt(at + 2)] ?? 0)] === 1
}

/**
 * Where runs of letters and runs of ASCII digits begin, in order, and which lists of words may begin there: bits that
 * `listed` gave, DIGITS where it is a run of digits.
 */
export type Starts = { readonly at: Uint32Array; readonly lists: Uint8Array }

/** A list of words that are looked for where runs begin. All lists are asked at once, as one look at each place. */
export function listed(words: Iterable<string>): number {
  const list = 1 << ++lists
  assert(list < 256, 'a byte has room for seven lists of words')
  const { one, pair, triple } = headsOf(words)
  for (let i = 0; i < 0x10000; i++) {
    if (one[i]! >= ALONE) ALONE_IN[i]! |= list
    if (one[i] !== 0) SOME_IN[i]! |= list
    if (pair[i] === 1) PAIR_IN[i]! |= list
    if (triple[i] === 1) TRIPLE_IN[i]! |= list
  }
  return list
}

/** @param units of a text; behind `length` there are two zeros */
export function startsOf(units: Uint16Array, length: number): Starts {
  let places = new Uint32Array(Math.ceil(length / 4) + 16)
  let lists = new Uint8Array(places.length)
  let count = 0
  let before = 0
  for (let at = 0; at < length; at++) {
    const kind = KIND[units[at]!]!
    if (kind === before) continue
    before = kind
    if (kind !== LETTER && kind !== DIGIT) continue
    if (count === places.length) {
      places = longer(places)
      lists = longer(lists)
    }
    lists[count] = listsAt(units, at) | (kind === DIGIT ? DIGITS : 0)
    places[count++] = at
  }
  return { at: places.subarray(0, count), lists: lists.subarray(0, count) }
}

/** `mayBegin` of every list. */
function listsAt(units: Uint16Array, at: number): number {
  const a = FOLDED[units[at]!]!
  const some = SOME_IN[a]!
  if (some === 0) return 0
  const both = hash(a, FOLDED[units[at + 1]!]!)
  return ALONE_IN[a]! | (some & (PAIR_IN[both]! | TRIPLE_IN[hash(both, FOLDED[units[at + 2]!]!)]!))
}

function longer<T extends Uint32Array | Uint8Array>(column: T): T {
  const more = new (column.constructor as new (length: number) => T)(2 * column.length)
  more.set(column)
  return more
}

/** The bit of `Starts.lists` that says that digits begin there. */
export const DIGITS = 1

/** Whether a letter of any script ends just before `at`. */
export function isAfterLetter(text: string, at: number): boolean {
  if (at === 0) return false
  const kind = KIND[text.charCodeAt(at - 1)]!
  return kind === HALF ? at > 1 && /^\p{L}$/u.test(text.slice(at - 2, at)) : kind === LETTER
}

/** What a UTF-16 unit is: DIGIT (ASCII), LETTER of any script, HALF of a pair, or 0. */
export const DIGIT = 1
export const LETTER = 2
export const HALF = 3
export const KIND: Uint8Array = new Uint8Array(0x10000)

/** The unit as `iu` compares it: capitals of ASCII, the long s and the Kelvin sign as small letters. */
export const FOLDED: Uint16Array = Uint16Array.from({ length: 0x10000 }, (_, code) => code)

const SOME = 1
const ALONE = 2

let lists = 0
const ALONE_IN = new Uint8Array(0x10000)
const SOME_IN = new Uint8Array(0x10000)
const PAIR_IN = new Uint8Array(0x10000)
const TRIPLE_IN = new Uint8Array(0x10000)

function hash(a: number, b: number): number {
  return (a * 31 + b) & 0xffff
}

for (const { index } of String.fromCharCode(...range(0, 0xd800)).matchAll(/\p{L}/gu)) KIND[index] = LETTER
for (const { index } of String.fromCharCode(...range(0xe000, 0x10000)).matchAll(/\p{L}/gu))
  KIND[0xe000 + index] = LETTER
KIND.fill(DIGIT, 48, 58).fill(HALF, 0xd800, 0xe000)
for (let code = 65; code < 91; code++) FOLDED[code] = code + 32
FOLDED[0x17f] = 115
FOLDED[0x212a] = 107

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}
