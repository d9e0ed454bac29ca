import { toHex } from '../std/bytes.ts'
import { keccak256 } from './keccak.ts'

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
  let upper = false
  let lower = false
  for (let i = 2; i < 42; i++) {
    const code = text.charCodeAt(i)
    if (code >= 97) lower = true
    else if (code >= 65) upper = true
    ASCII[i - 2] = code >= 65 ? code | 0x20 : code
  }
  if (!upper || !lower) return 'unverified'
  const hash = keccak256(ASCII)
  for (let i = 0; i < 40; i++) {
    const code = text.charCodeAt(i + 2)
    const written = code < 97
    if (code >= 65 && written !== isUpper(hash, i)) return 'wrong'
  }
  return 'ok'
}

/** The address with EIP-55's case, for the eye. */
export function toChecksum(text: string): string {
  const lower = text.slice(2).toLowerCase()
  for (let i = 0; i < 40; i++) ASCII[i] = lower.charCodeAt(i)
  const hash = keccak256(ASCII)
  let checked = '0x'
  for (let i = 0; i < 40; i++) checked += isUpper(hash, i) ? lower[i]!.toUpperCase() : lower[i]!
  return checked
}

/** Canonical address of 20 bytes. */
export function fromBytes(bytes: Uint8Array): string {
  return `0x${toHex(bytes)}`
}

const ASCII = new Uint8Array(40)

/** Whether EIP-55 writes digit `i` in upper case, where it is a letter. */
function isUpper(hash: Uint8Array, i: number): boolean {
  return (hash[i >> 1]! & (i % 2 === 0 ? 0x80 : 0x08)) !== 0
}
