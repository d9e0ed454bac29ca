import type { Prices } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'

/** Dollar tokens whose contracts were checked: without a price file they count at their nominal, which rules say. */
const NOMINAL: ReadonlySet<string> = new Set(['USDT', 'USDC'])

/**
 * Value in US cents at the day of the transaction, for thresholds only; null: no price is known. Rounded down: a
 * threshold is met by what is surely there.
 */
export function centsOf(prices: Prices, asset: Asset.Asset, units: bigint, at: Instant): bigint | null {
  if (!Asset.isPriced(asset)) return null
  const usd = prices.at(asset.symbol, at)?.usd ?? (NOMINAL.has(asset.symbol) && asset.contract !== null ? '1' : null)
  const match = usd === null ? null : /^(\d+)(?:\.(\d{1,12}))?/.exec(usd)
  if (match === null) return null
  const fraction = (match[2] ?? '').padEnd(12, '0')
  const price = BigInt(match[1]! + fraction)
  return (units * price * 100n) / 10n ** BigInt(asset.decimals + 12)
}
