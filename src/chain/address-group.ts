import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'
import * as EvmAddress from './evm-address.ts'
import * as Key from './key.ts'
import { createHasher } from './sha256.ts'

/**
 * Many addresses checked from their bytes, a group at a time, for screening by the million: no text is made, and the
 * checksums of a group are hashed four side by side. It reads the common forms of the mainnets alone; what it does not
 * know is OTHER, and whoever asks then reads the text with `address.ts`. Held to it by a property test.
 *
 * Bound on paper: a base58 address is some 45 multiplications and two SHA-256 blocks: near 0.4 µs.
 */
export type AddressGroup = {
  /** Verdict of each line: a code below. */
  readonly verdict: Uint8Array
  /** Payloads of those that are addresses, 32 bytes of room each; as long as the key of that code has. */
  readonly payload: Uint8Array
  /** Checks lines `0 … count` of `bytes`, each from `from` up to `end`; lines marked in `skip` are left alone. */
  check(bytes: Uint8Array, from: Uint32Array, end: Uint32Array, count: number, skip: Uint8Array): void
}

/** Not read here: a rarer form, or no address. */
export const OTHER = 0
/** Has the letters and the length of a base58 address, and its checksum is wrong. */
export const DAMAGED = 1
/** Codes from here on are addresses: bitcoin (3… litecoin as well), tron and the EVM networks. */
export const [P2PKH, P2SH, P2WPKH, P2WSH, P2TR, TRON, EVM] = [2, 3, 4, 5, 6, 7, 8] as const

const BITCOIN: readonly NetworkId[] = ['bitcoin']

/** Key type and length of the payload by code. */
export const keys: readonly (readonly [type: Key.KeyType, length: number] | null)[] = [
  ...[null, null, [Key.P2PKH, 20] as const, [Key.P2SH, 20] as const, [Key.P2WPKH, 20] as const],
  ...([[Key.P2WSH, 32] as const, [Key.P2TR, 32] as const, [Key.TRON, 20] as const, [Key.EVM, 20] as const] as const),
]

/** Networks on which an address of each code may live; none for the codes that are no address. */
export const networks: readonly (readonly NetworkId[])[] = [
  ...[[], [], BITCOIN, [...BITCOIN, 'litecoin' as const], BITCOIN, BITCOIN, BITCOIN, ['tron'] as const],
  Network.evm.map(network => network.id),
]

/** Bytes of room for one payload. */
export const ROOM = 32

/** Whether the line begins and is as long as the forms that are read here: any other form is to be read as text. */
export function hasCommonForm(bytes: Uint8Array, from: number, end: number): boolean {
  const [first, length] = [bytes[from]!, end - from]
  if (first === 49 || first === 51 || first === 84) return length >= 26 && length <= 35
  if (first === 98) return bytes[from + 1] === 99 && bytes[from + 2] === 49
  return first === 48 && bytes[from + 1] === 120 && length === 42
}

export function createAddressGroup(size: number): AddressGroup {
  const verdict = new Uint8Array(size)
  const payload = new Uint8Array(size * ROOM)
  const hasher = createHasher()
  const area = new Uint8Array(STRIDE * size)
  const line = new Uint32Array(size)
  const written = new Uint32Array(size)
  return {
    verdict,
    payload,
    check(bytes, from, end, count, skip) {
      let pending = 0
      for (let i = 0; i < count; i++) {
        verdict[i] = OTHER
        if (skip[i] === 1) continue
        const [at, length] = [from[i]!, end[i]! - from[i]!]
        const first = bytes[at]!
        if (length >= 26 && length <= 35 && (first === 49 || first === 51 || first === 84)) {
          const place = pending * STRIDE
          if (!decodeBase58(bytes, at, at + length, area, place)) continue
          line[pending] = i
          written[pending++] = checksumAt(area, place + 21)
          area.fill(0, place + 21, place + 25)
        } else if (first === 98) verdict[i] = readBech32(bytes, at, at + length, payload, i * ROOM)
        else if (first === 48 && length === 42) verdict[i] = readHex(bytes, at, payload, i * ROOM)
      }
      const digests = hasher.hashShort(area, 21, pending)
      for (let k = 0; k < pending; k++) {
        const [i, place] = [line[k]!, k * STRIDE]
        verdict[i] = checksumAt(digests, 32 * k) === written[k] ? (VERSIONS[area[place]!] ?? OTHER) : DAMAGED
        for (let b = 0; b < 20; b++) payload[i * ROOM + b] = area[place + 1 + b]!
      }
    },
  }
}

/** Room for 25 bytes, as one block that is hashed. */
const STRIDE = 64

/** Codes by version byte (chainparams.cpp of Bitcoin Core; Tron's prefix). */
const VERSIONS: Readonly<Record<number, number>> = { 0: P2PKH, 5: P2SH, 65: TRON }

function checksumAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const DIGIT = new Uint8Array(256).fill(255)
for (let i = 0; i < 58; i++) DIGIT[ALPHABET.charCodeAt(i)] = i

/** 58^4 · 2^24 < 2^53: plain numbers stay exact. 25 bytes are nine limbs at most. */
const LIMB = 0x100_0000
const LIMBS = new Float64Array(12)

/** The 25 bytes of a base58 text at `place` of `into`; false where it has another length or letters of no base58. */
function decodeBase58(bytes: Uint8Array, from: number, end: number, into: Uint8Array, place: number): boolean {
  let zeros = 0
  while (from + zeros < end && bytes[from + zeros] === 49) zeros++
  let limbs = 0
  for (let at = from + zeros; at < end; ) {
    const stop = Math.min(at + 4, end)
    let carry = 0
    let scale = 1
    for (; at < stop; at++) {
      const digit = DIGIT[bytes[at]!]!
      if (digit === 255) return false
      carry = carry * 58 + digit
      scale *= 58
    }
    for (let i = 0; i < limbs; i++) {
      const whole = LIMBS[i]! * scale + carry
      carry = Math.floor(whole / LIMB)
      LIMBS[i] = whole - carry * LIMB
    }
    if (carry > 0) LIMBS[limbs++] = carry
  }
  if (limbs === 0 || limbs > 9) return false
  const top = LIMBS[limbs - 1]!
  const size = 3 * (limbs - 1) + (top > 0xffff ? 3 : top > 0xff ? 2 : 1)
  if (zeros + size !== 25) return false
  for (let k = 0; k < zeros; k++) into[place + k] = 0
  let at = place + 24
  for (let i = 0; i < limbs; i++) {
    const limb = LIMBS[i]!
    into[at] = limb
    if (at > place + zeros) into[at - 1] = limb >>> 8
    if (at > place + zeros + 1) into[at - 2] = limb >>> 16
    at -= 3
  }
  return true
}

const WORD = new Uint8Array(256).fill(255)
for (let i = 0; i < 32; i++) WORD['qpzry9x8gf2tvdw0s3jn54khce6mua7l'.charCodeAt(i)] = i

/** What the top five bits fold back in: the generator of BIP 173 for each of their 32 values. */
const FOLD = new Int32Array(32)
for (let top = 0; top < 32; top++) {
  const generator = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
  for (let bit = 0; bit < 5; bit++) if ((top >> bit) & 1) FOLD[top]! ^= generator[bit]!
}

/** The checksum's state after the prefix `bc`: high bits, a zero, low bits. */
const AFTER_BC = [3, 3, 0, 2, 3].reduce((state, value) => fold(state) ^ value, 1)

function fold(state: number): number {
  return ((state & 0x1ff_ffff) << 5) ^ FOLD[state >>> 25]!
}

/** Checksums of BIP 173 (version 0) and BIP 350 (version 1). */
const BECH32 = 1
const BECH32M = 0x2bc8_30a3

/** A lower-case `bc1q…` of 20 or 32 bytes or `bc1p…` of 32: its code, or OTHER. */
function readBech32(bytes: Uint8Array, from: number, end: number, into: Uint8Array, place: number): number {
  const length = end - from
  if ((length !== 42 && length !== 62) || bytes[from + 1] !== 99 || bytes[from + 2] !== 49) return OTHER
  const version = WORD[bytes[from + 3]!]!
  if (version > 1 || (version === 1 && length === 42)) return OTHER
  let state = fold(AFTER_BC) ^ version
  let [held, value, at] = [0, 0, place]
  for (let k = from + 4; k < end - 6; k++) {
    const word = WORD[bytes[k]!]!
    if (word === 255) return OTHER
    state = fold(state) ^ word
    value = ((value << 5) | word) & 0xfff
    held += 5
    if (held < 8) continue
    held -= 8
    into[at++] = value >>> held
  }
  for (let k = end - 6; k < end; k++) {
    const word = WORD[bytes[k]!]!
    if (word === 255) return OTHER
    state = fold(state) ^ word
  }
  if (state !== (version === 0 ? BECH32 : BECH32M) || (value & ((1 << held) - 1)) !== 0) return OTHER
  return version === 1 ? P2TR : length === 42 ? P2WPKH : P2WSH
}

const NIBBLE = new Uint8Array(256).fill(255)
for (const digit of '0123456789abcdefABCDEF') NIBBLE[digit.charCodeAt(0)] = Number.parseInt(digit, 16)

/** `0x` and 40 digits, with the case that EIP-55 asks for where it is mixed. */
function readHex(bytes: Uint8Array, from: number, into: Uint8Array, place: number): number {
  if (bytes[from + 1] !== 120) return OTHER
  let [upper, lower] = [false, false]
  for (let k = 0; k < 20; k++) {
    const [a, b] = [bytes[from + 2 + 2 * k]!, bytes[from + 3 + 2 * k]!]
    const [high, low] = [NIBBLE[a]!, NIBBLE[b]!]
    if (high === 255 || low === 255) return OTHER
    upper ||= (a >= 65 && a <= 70) || (b >= 65 && b <= 70)
    lower ||= a >= 97 || b >= 97
    into[place + k] = (high << 4) | low
  }
  if (upper && lower && !hasItsCase(bytes, from)) return OTHER
  return EVM
}

function hasItsCase(bytes: Uint8Array, from: number): boolean {
  return EvmAddress.checkCase(String.fromCharCode(...bytes.subarray(from, from + 42))) === 'ok'
}
