import { keccak_256 } from '@noble/hashes/sha3.js'
import { toHex } from '../std/bytes.ts'

/**
 * EVM addresses: `0x` and 40 hex digits. Canonical is lower-case; the case of the letters may carry EIP-55's checksum.
 */
export type Case = 'ok' | 'wrong' | 'unverified'

/** Whether `text` has the form at all; says nothing about its case. */
export function hasForm(text: string): boolean {
  return /^0[xX][0-9a-fA-F]{40}$/.test(text)
}

/**
 * What the letters' case says (EIP-55): `ok` and `wrong` where it is mixed; `unverified` where all letters have one
 * case, or there are none, since then nothing was written that could be checked.
 */
export function checkCase(text: string): Case {
  const digits = text.slice(2)
  if (!/[a-f]/.test(digits) || !/[A-F]/.test(digits)) return 'unverified'
  return toChecksum(text).slice(2) === digits ? 'ok' : 'wrong'
}

/** The address with EIP-55's case, for the eye. */
export function toChecksum(text: string): string {
  const lower = text.slice(2).toLowerCase()
  for (let i = 0; i < 40; i++) ASCII[i] = lower.charCodeAt(i)
  const hash = keccak_256(ASCII)
  let checked = '0x'
  for (let i = 0; i < 40; i++) {
    const nibble = i % 2 === 0 ? hash[i >> 1]! >> 4 : hash[i >> 1]! & 15
    checked += nibble >= 8 ? lower[i]!.toUpperCase() : lower[i]!
  }
  return checked
}

/** Canonical address of 20 bytes. */
export function fromBytes(bytes: Uint8Array): string {
  return `0x${toHex(bytes)}`
}

const ASCII = new Uint8Array(40)
