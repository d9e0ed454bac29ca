import * as Amount from '../model/amount.ts'
import type { Asset } from '../model/asset.ts'

/** The dollars that one whole coin cost on a day (`2020-01-19`), as a plain decimal text, and who says so. */
export type PriceOf = (asset: Asset, day: string) => { readonly usd: string; readonly source: string } | undefined

/** Units of one asset on one day: what is valued. */
export type Lot = { readonly asset: Asset; readonly day: string; readonly units: bigint }

/** The sum in cents text with its sources, or why there is none. */
export type Valued =
  | { readonly value: string; readonly source: string; readonly reason: null }
  | { readonly value: null; readonly source: null; readonly reason: string }

/** Exact sum of units times price over all lots, rounded half to even once, to cents. Empty: 0.00. */
export function sum(lots: Iterable<Lot>, priceOf: PriceOf): Valued {
  const sources = new Set<string>()
  let numerator = 0n
  for (const { asset, day, units } of lots) {
    if (units === 0n) continue
    const price = priceOf(asset, day)
    const scaled = price === undefined ? undefined : Amount.parseUnits(price.usd, PRICE_DECIMALS)
    if (price === undefined || scaled === undefined) {
      return { value: null, source: null, reason: `no price of ${asset.symbol} on ${day}` }
    }
    sources.add(price.source)
    numerator += units * scaled * 10n ** BigInt(DECIMALS_MAX - asset.decimals)
  }
  const denominator = 10n ** BigInt(PRICE_DECIMALS + DECIMALS_MAX)
  const source = sources.size === 0 ? 'none needed' : [...sources].sort().join(', ')
  return { value: Amount.formatRatio(numerator, denominator, 2), source, reason: null }
}

/** Prices are read with up to this many digits after the point. */
const PRICE_DECIMALS = 30

/** ERC-20 stores decimals in one byte. */
const DECIMALS_MAX = 255
