import { checksumOf } from '../chain/sha256-block.ts'

/**
 * Base58Check of 25 bytes (version, hash, checksum) judged where it stands in a text, without making a text or arrays of
 * it: the version, or a negative number where it is none. src/chain/base58.ts is what it is held to.
 *
 * Four characters at a time into limbs of 24 bits: 58^4 · 2^24 < 2^53, so plain numbers stay exact.
 */
export function versionOf(bytes: Uint8Array, start: number, end: number): number {
  let ones = start
  while (ones < end && bytes[ones] === ONE) ones++
  LIMBS.fill(0)
  for (let at = ones; at < end; ) {
    const stop = Math.min(at + 4, end)
    let carry = 0
    let scale = 1
    for (; at < stop; at++) {
      const digit = VALUE[bytes[at]!]!
      if (digit === NONE) return -1
      carry = carry * 58 + digit
      scale *= 58
    }
    for (let i = 0; i < LIMBS.length; i++) {
      const whole = LIMBS[i]! * scale + carry
      carry = Math.floor(whole / LIMB)
      LIMBS[i] = whole - carry * LIMB
    }
    if (carry > 0) return -1
  }
  if (LIMBS[8]! > 255) return -1
  for (let i = 0; i < 25; i++) BUFFER[i] = LIMBS[Math.floor((24 - i) / 3)]! >>> (8 * ((24 - i) % 3))
  let zeros = 0
  while (zeros < 25 && BUFFER[zeros] === 0) zeros++
  if (zeros !== ones - start) return -1
  const written = ((BUFFER[21]! << 24) | (BUFFER[22]! << 16) | (BUFFER[23]! << 8) | BUFFER[24]!) >>> 0
  return written === checksumOf(BUFFER, 21) ? BUFFER[0]! : -1
}

const ONE = 49
const NONE = 255
const LIMB = 0x100_0000
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const VALUE = new Uint8Array(256).fill(NONE)
for (let i = 0; i < ALPHABET.length; i++) VALUE[ALPHABET.charCodeAt(i)] = i

/** Little-endian, nine limbs hold 27 bytes; used within one call only. */
const LIMBS = new Float64Array(9)
const BUFFER = new Uint8Array(25)
