import type { Prices } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import type { Event } from './event.ts'

/** Dollar tokens of checked contracts: without a price of the day they count at their nominal, and answers say so. */
const NOMINAL: ReadonlySet<string> = new Set(['USDT', 'USDC'])

/** Value in US cents, and what it rests on. */
export type Value = Pick<Event, 'cents' | 'priceSource'>

const NONE: Value = { cents: null }

/**
 * Value in US cents at the day of the transaction; `cents` null: no price is known. `priceSource` names the price of
 * that day; null: none is loaded, and the nominal of a dollar token counts. Rounded down: a threshold is met by what is
 * surely there.
 */
export function usdOf(prices: Prices, asset: Asset.Asset, units: bigint, at: Instant): Value {
  if (!Asset.isPriced(asset)) return NONE
  const price = prices.at(asset.symbol, at)
  const isNominal = price === undefined && isDollar(asset)
  const usd = isNominal ? '1' : price?.usd
  const match = usd === undefined ? null : /^(\d+)(?:\.(\d{1,12}))?/.exec(usd)
  if (match === null) return NONE
  const fraction = (match[2] ?? '').padEnd(12, '0')
  const rate = BigInt(match[1]! + fraction)
  return { cents: (units * rate * 100n) / 10n ** BigInt(asset.decimals + 12), priceSource: price?.source ?? null }
}

/** A token that promises a dollar; that its contract is the real one is asked elsewhere. */
function isDollar({ symbol, contract }: Asset.Asset): boolean {
  return NOMINAL.has(symbol) && contract !== null
}
