import * as Base58 from './base58.ts'

/**
 * Solana accounts: Base58 of 32 bytes and nothing else. There is no checksum, so any Base58 text of the right size is
 * one. The one thing that can be asked is whether the bytes are a point of Ed25519's curve: a wallet's key always is,
 * an address that a program derived never is, and of random bytes every second one (RFC 8032; Solana, "Program derived
 * addresses").
 */
export type Parsed = { readonly bytes: Uint8Array; readonly isOnCurve: boolean }

/** Lengths that 32 bytes take, those left out that would need five leading zero bytes and more. */
const TEXT_MIN = 37
export const TEXT_MAX = 44

export function parse(text: string): Parsed | undefined {
  if (text.length < TEXT_MIN || text.length > TEXT_MAX) return undefined
  const bytes = Base58.decode(text)
  return bytes === undefined || bytes.length !== 32 ? undefined : { bytes, isOnCurve: isOnCurve(bytes) }
}

/** Whether 32 bytes of Base58 are a transaction's signature: 64 bytes. */
export function isSignature(text: string): boolean {
  return text.length >= 86 && text.length <= 88 && Base58.decode(text)?.length === 64
}

/** Whether x² = (y² − 1) / (d·y² + 1) has a root modulo 2^255 − 19, by the Jacobi symbol of the product of both. */
function isOnCurve(bytes: Uint8Array): boolean {
  let y = 0n
  for (let i = 31; i >= 0; i--) y = (y << 8n) | BigInt(i === 31 ? bytes[i]! & 127 : bytes[i]!)
  if (y >= PRIME) return false
  const square = (y * y) % PRIME
  const above = (square - 1n + PRIME) % PRIME
  const below = (D * square + 1n) % PRIME
  const product = (above * below) % PRIME
  return product === 0n || jacobi(product, PRIME) === 1
}

/** Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.4.10, for odd `n`. */
function jacobi(value: bigint, n: bigint): number {
  let sign = 1
  while (value !== 0n) {
    let zeros = 0
    while (((value >> BigInt(zeros)) & 1n) === 0n) zeros++
    value >>= BigInt(zeros)
    const rest = Number(n & 7n)
    if ((zeros & 1) === 1 && (rest === 3 || rest === 5)) sign = -sign
    if ((value & 3n) === 3n && (n & 3n) === 3n) sign = -sign
    const next = n % value
    n = value
    value = next
  }
  return n === 1n ? sign : 0
}

const PRIME = 2n ** 255n - 19n
/** −121665/121666. */
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n
