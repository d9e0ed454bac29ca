import { hash } from 'node:crypto'

/**
 * Whether 56 letters are the name of a version 3 onion service: base32 of a key, two bytes of SHA3-256 of
 * ".onion checksum", key and version, and the version 3 (Tor's rend-spec-v3, "Encoding onion addresses").
 */
export function isOnionName(label: string): boolean {
  const bytes = base32(label.toLowerCase())
  if (bytes === undefined || bytes.length !== 35 || bytes[34] !== 3) return false
  const digest = checksumOf(bytes.subarray(0, 32))
  return digest[0] === bytes[32] && digest[1] === bytes[33]
}

/** The name of a key of 32 bytes, without `.onion`. */
export function toOnionName(key: Uint8Array): string {
  const digest = checksumOf(key)
  const bytes = [...key, digest[0]!, digest[1]!, 3]
  let [held, value, text] = [0, 0, '']
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff
    held += 8
    while (held >= 5) {
      held -= 5
      text += LETTERS[(value >>> held) & 31]!
    }
  }
  return text
}

function checksumOf(key: Uint8Array): Uint8Array {
  return hash('sha3-256', Buffer.concat([Buffer.from('.onion checksum'), key, Uint8Array.of(3)]), 'buffer')
}

function base32(text: string): Uint8Array | undefined {
  const bytes: number[] = []
  let [held, value] = [0, 0]
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter)
    if (digit < 0) return undefined
    value = ((value << 5) | digit) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      bytes.push((value >>> held) & 255)
    }
  }
  return Uint8Array.from(bytes)
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
