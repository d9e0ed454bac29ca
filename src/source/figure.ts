import * as EvmAddress from '../chain/evm-address.ts'
import * as Quantity from '../chain/quantity.ts'
import { notUnderstood, wordOf } from './json-rpc.ts'

/**
 * Numbers and addresses as other machines write them. What is no such thing, or was rounded on its way (a JSON number
 * beyond 2^53), is refused: nothing of the answer is taken.
 */

/** A whole number from 0: decimal or 0x as text, or a JSON number. */
export function wholeOf(url: string, value: unknown, what = 'a number'): number {
  const isNumber = isDigits(value) || typeof value === 'number' || Quantity.parse(value) !== undefined
  const number = isNumber ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw notUnderstood(url, `“${wordOf(value).slice(0, 40)}” for ${what}`)
}

/** Height of a block. Ledgers number theirs below 2^31. */
export function heightOf(url: string, value: unknown): number {
  const height = wholeOf(url, value, 'a height')
  if (height < 2 ** 31) return height
  throw notUnderstood(url, `“${wordOf(value).slice(0, 40)}” for a height`)
}

/** Whole seconds of a block that was mined: no chain is older than 2009, and milliseconds lie in years to come. */
export function timeOf(url: string, value: unknown): number {
  const time = wholeOf(url, value, 'a time')
  if (time >= FIRST_SECOND && time < 2 ** 32) return time
  throw notUnderstood(url, `“${wordOf(value).slice(0, 40)}” for a time in seconds`)
}

/** 2009-01-03T00:00:00Z: Bitcoin's block 0. */
const FIRST_SECOND = 1_230_940_800

/** An amount in smallest units: decimal, as text or as a JSON number that was not rounded. */
export function unitsOf(url: string, value: unknown, what = 'an amount'): bigint {
  if (isDigits(value)) return BigInt(value)
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value)
  throw notUnderstood(url, `“${wordOf(value).slice(0, 40)}” for ${what}`)
}

/** Of an EVM chain, in lower case. */
export function addressOf(url: string, value: unknown): string {
  const address = addressOrNull(url, value)
  if (address !== null) return address
  throw notUnderstood(url, `“${wordOf(value).slice(0, 60)}” for an address`)
}

/** The same; null where none is told. */
export function addressOrNull(url: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' && EvmAddress.hasForm(value)) return value.toLowerCase()
  throw notUnderstood(url, `“${wordOf(value).slice(0, 60)}” for an address`)
}

/** Hashes from a transaction up to its block's Merkle root: a block of 2^32 transactions would have 32. */
export function branchOf(url: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length <= 32) return value.map(wordOf)
  throw notUnderstood(url, 'a proof without its parts')
}

/** Decimal digits, as many as 2^256 has. */
function isDigits(value: unknown): value is string {
  return typeof value === 'string' && /^\d{1,78}$/.test(value)
}
