import { type Found, judge } from './candidate.ts'
import type { Folded } from './fold.ts'
import { HALF, KIND, LETTER } from './start.ts'

/**
 * Addresses whose letters stand apart: over lines, by spaces, dashes, dots or emoji. A joined text begins and ends with
 * whole runs of letters and digits; between them stand only signs, never a letter of any script.
 */
export type Joined = {
  readonly found: Found
  readonly start: number
  readonly end: number
  readonly gaps: number
  readonly rule: string
  readonly tried: number
}

/** `isTaken` tells whether a place is part of what has been found; `mayJudge` is asked before each judging. */
export function findJoined(
  text: string,
  { bytes, from }: Folded,
  isTaken: (at: number) => boolean,
  mayJudge: () => boolean,
): Joined[] {
  const found: Joined[] = []
  for (let at = 0; at < bytes.length; at++) {
    if (HEAD[bytes[at]!] === 0 || (at > 0 && IN_RUN[bytes[at - 1]!] === 1)) continue
    if (isTaken(from[at]!)) continue
    const joined = joinAt(text, bytes, from, at, mayJudge)
    if (joined === null) continue
    found.push(joined.value)
    at = joined.next - 1
  }
  return found
}

type At = { readonly value: Joined; readonly next: number }

function joinAt(text: string, bytes: Uint8Array, from: Uint32Array, start: number, mayJudge: () => boolean): At | null {
  let size = 0
  let gap = 0
  let gaps = 0
  let tried = 0
  for (let at = start; at < bytes.length && gap <= GAP_MAX; at++) {
    const byte = bytes[at]!
    if (IN_RUN[byte] === 0) {
      if (isLetterAt(text, from[at]!)) return null
      if (gap++ === 0) gaps++
      continue
    }
    gap = 0
    BUFFER[size++] = byte
    if (!mayGoOn(size)) return null
    const isEnd = at + 1 === bytes.length || IN_RUN[bytes[at + 1]!] === 0
    if (!isEnd || gaps === 0 || !fits(size)) continue
    if (!mayJudge()) return null
    tried++
    const verdict = judge(BUFFER, 0, size)
    if (verdict?.is !== 'address') continue
    const end = endOf(text, from[at]!)
    const value = {
      found: verdict.address,
      start: from[start]!,
      end,
      gaps,
      rule: ruleOf(text, from[start]!, end),
      tried,
    }
    return { value, next: at + 1 }
  }
  return null
}

/** Whether what was collected can still become an address: its prefix, its alphabet, its length. */
function mayGoOn(size: number): boolean {
  const first = BUFFER[0]!
  const last = BUFFER[size - 1]!
  if (first === 0x30) return size === 2 ? (last | 32) === 0x78 : size <= 42 && (size < 3 || KIND_OF[last]! & HEX) !== 0
  if (hasPrefix(size)) return size <= 90
  return first !== 0x62 && first !== 0x42 && first !== 0x6c && size <= 35 && (KIND_OF[last]! & OUTSIDE) === 0
}

/** Whether what was collected begins as a Bech32 address does, in one case. */
function hasPrefix(size: number): boolean {
  const small = BUFFER[0]! | 32
  if (small !== 0x62 && small !== 0x6c) return false
  for (const prefix of PREFIXES) {
    let same = 0
    while (same < size && same < prefix.length && BUFFER[same] === prefix[same]) same++
    if (same === Math.min(size, prefix.length)) return true
  }
  return false
}

function fits(size: number): boolean {
  const first = BUFFER[0]!
  if (first === 0x30) return size === 42
  if (hasPrefix(size)) return SEGWIT.has(size)
  if (first === 0x54 ? size !== 34 : size < 26) return false
  let kinds = 0
  for (let i = 0; i < size; i++) kinds |= KIND_OF[BUFFER[i]!]!
  return (kinds & MIXED) === MIXED
}

function isLetterAt(text: string, at: number): boolean {
  const kind = KIND[text.charCodeAt(at)]!
  return kind === LETTER || (kind === HALF && /^\p{L}/u.test(text.slice(at, at + 2)))
}

function endOf(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code < 0xdc00 ? at + 2 : at + 1
}

/** What stood between, named. */
function ruleOf(text: string, start: number, end: number): string {
  const signs = text.slice(start, end).replace(/[\p{L}\p{N}\p{Cf}\u0640]/gu, '')
  const rules = [
    ...[
      /[\n\r]/.test(signs) ? 'lines' : '',
      /[^\S\n\r]/u.test(signs) ? 'spaces' : '',
      /[-‐-―_]/.test(signs) ? 'dashes' : '',
    ],
    ...[/[.·•]/.test(signs) ? 'dots' : '', /\p{Extended_Pictographic}/u.test(signs) ? 'emoji' : ''],
  ].filter(rule => rule !== '')
  return rules.length === 0 ? 'signs' : rules.join('+')
}

/** Signs between two parts at most: an indented line, a row of emoji. */
const GAP_MAX = 16
const BUFFER = new Uint8Array(128)

const PREFIXES = ['bc1', 'BC1', 'ltc1', 'LTC1'].map(prefix => Buffer.from(prefix))

/** 20 and 32 bytes with the prefixes bc, tb and ltc. */
const SEGWIT = new Set([42, 43, 62, 63])

const DIGIT = 1
const UPPER = 2
const LOWER = 4
const HEX = 8
const OUTSIDE = 16
const MIXED = DIGIT | UPPER | LOWER
const KIND_OF = new Uint8Array(256)
const IN_RUN = new Uint8Array(256)
for (let byte = 48; byte < 123; byte++) {
  const letter = String.fromCharCode(byte)
  if (!/[0-9A-Za-z]/.test(letter)) continue
  IN_RUN[byte] = 1
  KIND_OF[byte] = /\d/.test(letter) ? DIGIT : /[A-Z]/.test(letter) ? UPPER : LOWER
  if (/[0-9a-f]/i.test(letter)) KIND_OF[byte]! |= HEX
  if (/[0OIl]/.test(letter)) KIND_OF[byte]! |= OUTSIDE
}
const HEAD = new Uint8Array(256)
for (const letter of '13LMTDX0bBl') HEAD[letter.charCodeAt(0)] = 1
