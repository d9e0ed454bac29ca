import { sumUsd } from '../../campaign/campaign.ts'
import type { Exposure } from '../../exposure/exposure.ts'
import type { Prices } from '../../ledger/ledger.ts'
import { type AmountJson, toJson } from '../../model/amount.ts'
import * as Asset from '../../model/asset.ts'
import * as Instants from '../../model/instant.ts'

/** An amount with its dollars at the day of each transaction, or the reason why it has none. */
export type ValuedJson = AmountJson & { readonly usdReason?: string }

/** Null where the amount was not read. */
export function valued({ amount, lots, relation }: Exposure, prices: Prices): ValuedJson | null {
  if (amount === null) return null
  if (lots === null) return { ...toJson(amount), usdReason: relation === 'ownership' ? TURNOVER : APART }
  const priceOf = (asset: Asset.Asset, day: string) =>
    Asset.isPriced(asset) ? prices.on(asset.symbol, day) : undefined
  const { asset } = amount
  const { value, source, reason } = sumUsd(
    lots.map(({ units, time }) => ({ asset, day: Instants.formatDay(time), units })),
    priceOf,
  )
  if (value === null) return { ...toJson(amount), usdReason: reason }
  return toJson(amount, { value, basis: 'transaction-day', source })
}

const APART = 'several transactions of different days brought it, and no method keeps apart what each of them brought'
const TURNOVER = 'all that the address received or paid: a turnover, which is not valued here'
