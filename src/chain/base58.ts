import { assert } from '../std/assert.ts'
import { checksumOf } from './sha256-block.ts'

/**
 * Base58 and Base58Check as Bitcoin uses them (Bitcoin Core base58.cpp): the alphabet without 0, O, I and l, each
 * leading zero byte a leading `1`, a checksum of four bytes of double SHA-256.
 *
 * Works four characters and three bytes at a time: 58^4 · 2^24 < 2^53, so plain numbers stay exact.
 */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Longest text that is read: 64 bytes never take more than 88 digits. */
export const TEXT_MAX = 88

/** Most bytes that are written or read. */
export const BYTES_MAX = 64

/** Bytes of a Base58 text; undefined where a character is outside the alphabet or the text is over the limit. */
export function decode(text: string): Uint8Array | undefined {
  const length = decodeInto(text)
  return length < 0 ? undefined : BUFFER.slice(0, length)
}

/** Base58 of at most 64 bytes. */
export function encode(bytes: Uint8Array): string {
  assert(bytes.length <= BYTES_MAX, 'base58 is written for at most 64 bytes')
  let zeros = 0
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++
  let limbs = splitLimbs(bytes, zeros)
  let digits = ''
  while (limbs > 0) {
    let rest = 0
    for (let i = limbs - 1; i >= 0; i--) {
      const whole = rest * LIMB + LIMBS[i]!
      const quotient = Math.floor(whole / CHUNK)
      LIMBS[i] = quotient
      rest = whole - quotient * CHUNK
    }
    while (limbs > 0 && LIMBS[limbs - 1] === 0) limbs--
    digits = fourDigits(rest) + digits
  }
  return '1'.repeat(zeros) + digits.replace(/^1+/, '')
}

/** Payload of a Base58Check text (version byte included), or why it is none. */
export type Checked = { ok: true; payload: Uint8Array } | { ok: false; reason: 'alphabet' | 'length' | 'checksum' }

export function decodeCheck(text: string): Checked {
  const length = decodeInto(text)
  if (length === NOT_IN_ALPHABET) return { ok: false, reason: 'alphabet' }
  if (length < 5 || length > 55) return { ok: false, reason: 'length' }
  const size = length - 4
  const written =
    ((BUFFER[size]! << 24) | (BUFFER[size + 1]! << 16) | (BUFFER[size + 2]! << 8) | BUFFER[size + 3]!) >>> 0
  if (written !== checksumOf(BUFFER, size)) return { ok: false, reason: 'checksum' }
  return { ok: true, payload: BUFFER.slice(0, size) }
}

/** Base58Check of a payload of at most 55 bytes, version byte included. */
export function encodeCheck(payload: Uint8Array): string {
  const bytes = new Uint8Array(payload.length + 4)
  bytes.set(payload)
  const checksum = checksumOf(payload, payload.length)
  for (let i = 0; i < 4; i++) bytes[payload.length + i] = checksum >>> (24 - 8 * i)
  return encode(bytes)
}

const NOT_IN_ALPHABET = -1
const TOO_LONG = -2
const LIMB = 0x100_0000
const CHUNK = 58 ** 4

/** Value of each ASCII character; 255 where it is no digit. */
const VALUE = new Uint8Array(128).fill(255)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** Little-endian limbs of 24 bits and the bytes that were read last: used within one call only. */
const LIMBS = new Float64Array(24)
const BUFFER = new Uint8Array(BYTES_MAX)

/** Reads `text` into BUFFER and gives the number of bytes, or a negative reason. */
function decodeInto(text: string): number {
  const { length } = text
  if (length > TEXT_MAX) return TOO_LONG
  let zeros = 0
  while (zeros < length && text.charCodeAt(zeros) === 49) zeros++
  let limbs = 0
  let at = zeros
  while (at < length) {
    const end = Math.min(at + 4, length)
    let carry = 0
    let scale = 1
    for (; at < end; at++) {
      const code = text.charCodeAt(at)
      const digit = code < 128 ? VALUE[code]! : 255
      if (digit === 255) return NOT_IN_ALPHABET
      carry = carry * 58 + digit
      scale *= 58
    }
    for (let i = 0; i < limbs; i++) {
      const whole = LIMBS[i]! * scale + carry
      carry = Math.floor(whole / LIMB)
      LIMBS[i] = whole - carry * LIMB
    }
    if (carry > 0) LIMBS[limbs++] = carry % LIMB
    if (carry >= LIMB) LIMBS[limbs++] = Math.floor(carry / LIMB)
  }
  return joinLimbs(limbs, zeros)
}

/** Writes `zeros` zero bytes and the limbs, most significant first, without leading zeros of their own. */
function joinLimbs(limbs: number, zeros: number): number {
  let size = 0
  if (limbs > 0) {
    const top = LIMBS[limbs - 1]!
    size = 3 * (limbs - 1) + (top > 0xffff ? 3 : top > 0xff ? 2 : 1)
  }
  if (zeros + size > BYTES_MAX) return TOO_LONG
  BUFFER.fill(0, 0, zeros)
  for (let i = 0; i < size; i++) {
    const place = size - 1 - i
    BUFFER[zeros + i] = LIMBS[Math.floor(place / 3)]! >>> (8 * (place % 3))
  }
  return zeros + size
}

/** Fills LIMBS from `bytes` after its leading zeros; gives the number of limbs. */
function splitLimbs(bytes: Uint8Array, zeros: number): number {
  const size = bytes.length - zeros
  const limbs = Math.ceil(size / 3)
  LIMBS.fill(0, 0, limbs)
  for (let i = 0; i < size; i++) {
    const place = size - 1 - i
    LIMBS[Math.floor(place / 3)]! += bytes[zeros + i]! * 256 ** (place % 3)
  }
  return limbs
}

/** Four digits of a value below 58^4. */
function fourDigits(value: number): string {
  const d = value % 58
  const c = Math.floor(value / 58) % 58
  const b = Math.floor(value / 3364) % 58
  const a = Math.floor(value / 195112)
  return ALPHABET[a]! + ALPHABET[b]! + ALPHABET[c]! + ALPHABET[d]!
}
