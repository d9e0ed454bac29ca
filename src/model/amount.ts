import { assert } from '../std/assert.ts'
import type { Asset } from './asset.ts'

/** A whole number of an asset's smallest unit. Never a float, never negative unless a difference. */
export type Amount = { readonly asset: Asset; readonly units: bigint }

/** The shape of an amount in every JSON answer. */
export type AmountJson = {
  asset: string
  network?: string
  contract?: string
  amount: string
  decimals: number
  value: string
  usd: UsdJson
}

/**
 * Value in US dollars with its basis, or the reason why there is none. Nominal: no price of the day is loaded, and a
 * token that promises a dollar counts as one.
 */
export type UsdJson = { value: string; basis: UsdBasis; source: string } | null

export type UsdBasis = 'transaction-day' | 'as-of-day' | 'report-day' | 'nominal'

/** `1.5` with 8 decimals → 150000000n; undefined where it is no plain decimal or has more digits than the asset. */
export function parseUnits(text: string, decimals: number): bigint | undefined {
  const match = /^(\d{1,78})(?:\.(\d{0,78}))?$/.exec(text)
  if (match === null) return undefined
  const fraction = (match[2] ?? '').replace(/0+$/, '')
  if (fraction.length > decimals) return undefined
  return BigInt(match[1]! + fraction.padEnd(decimals, '0'))
}

/** 150000000n with 8 decimals → `1.50000000`: always all decimals, so that columns align and nothing is rounded. */
export function formatUnits(units: bigint, decimals: number): string {
  const sign = units < 0n ? '-' : ''
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The JSON shape. Tokens carry network and contract, since a symbol alone names nothing. */
export function toJson(amount: Amount, usd: UsdJson = null): AmountJson {
  const { symbol, decimals, network, contract } = amount.asset
  return {
    asset: symbol,
    network,
    ...(contract === null ? {} : { contract }),
    amount: amount.units.toString(),
    decimals,
    value: formatUnits(amount.units, decimals),
    usd,
  }
}

/**
 * `numerator / denominator` as a decimal text of `places` digits, rounded half to even (the rounding of IEEE 754 and
 * of bookkeeping). Both are whole numbers; denominator > 0.
 */
export function formatRatio(numerator: bigint, denominator: bigint, places: number): string {
  assert(denominator > 0n, 'a ratio needs a positive denominator')
  const scaled = numerator * 10n ** BigInt(places)
  return formatUnits(divideHalfEven(scaled, denominator), places)
}

/** `a / b` to the nearest whole number, ties to even. b > 0. */
export function divideHalfEven(a: bigint, b: bigint): bigint {
  const negative = a < 0n
  const dividend = negative ? -a : a
  const quotient = dividend / b
  const twice = (dividend % b) * 2n
  const up = twice > b || (twice === b && quotient % 2n === 1n)
  const rounded = up ? quotient + 1n : quotient
  return negative ? -rounded : rounded
}
