import * as Amount from '../model/amount.ts'
import { type Asset, coin } from '../model/asset.ts'
import { formatDay } from '../model/instant.ts'
import type { Campaign, InflowClass } from './campaign.ts'
import { type Cast, walletsOf } from './cast.ts'
import { TRX, USDT } from './crowd.ts'
import type { Prices } from './price.ts'

/** What was planted: the answers that an investigation of the world must come to. */
export type Truth = {
  readonly campaign: string
  /** Published addresses, in the order of their publication. */
  readonly addresses: readonly PlantedAddress[]
  /** What the campaign's addresses took in, without the exchange office's. */
  readonly inflows: readonly PlantedInflow[]
  readonly totals: readonly Total[]
  /** Receipts in US dollars at each transaction's day, all assets, rounded half to even once. */
  readonly receiptsUsd: string
  /** Addresses that one holder spent together, with the published two the one that was never published. */
  readonly cluster: readonly string[]
  /** Addresses on the invented authority's list. */
  readonly listed: readonly string[]
  /** Where the campaign's money reached a service. */
  readonly cashOuts: readonly { readonly service: string; readonly address: string; readonly units: bigint }[]
  /** Owner of each Bitcoin-side address: what a clustering can be measured against. */
  readonly owners: ReadonlyMap<string, string>
}

export type PlantedAddress = {
  readonly network: 'bitcoin-regtest' | 'tron'
  readonly address: string
  readonly role: 'donation' | 'collector' | 'service'
  readonly publishedAt: number | null
  /** The service at which the address is hosted, or null: the holder's own. */
  readonly hostedAt: string | null
}

export type PlantedInflow = {
  readonly class: InflowClass
  readonly asset: Asset
  readonly address: string
  readonly units: bigint
  readonly txid: string
  readonly at: number
}

export type Total = {
  readonly asset: Asset
  readonly inflow: bigint
  readonly classes: Readonly<Record<InflowClass, bigint>>
  /** Distinct transactions that brought receipts. */
  readonly transactions: number
  /** Of receipts; null where there are none. */
  readonly first: number | null
  readonly last: number | null
}

export const BTC = coin('bitcoin-regtest')

export const CLASSES: readonly InflowClass[] = [
  ...(['receipts', 'undecided', 'beforePublication', 'afterFreeze', 'refund', 'selfTransfer', 'dust'] as const),
]

export function inflowsOf(campaign: Campaign): PlantedInflow[] {
  return campaign.inflows
    .map(({ class: what, address, units, made }) => {
      const mined = 'minedAt' in made
      return {
        ...{ class: what, address, units, txid: made.txid },
        asset: mined ? BTC : made.asset,
        at: mined ? made.minedAt : made.at,
      }
    })
    .sort((a, b) => a.at - b.at)
}

export function totalsOf(inflows: readonly PlantedInflow[]): Total[] {
  return [BTC, USDT, TRX].map(asset => {
    const own = inflows.filter(inflow => inflow.asset === asset)
    const receipts = own.filter(inflow => inflow.class === 'receipts')
    const sumOf = (what: InflowClass) => sum(own.filter(inflow => inflow.class === what))
    return {
      asset,
      inflow: sum(own),
      classes: Object.fromEntries(CLASSES.map(what => [what, sumOf(what)])) as Total['classes'],
      transactions: new Set(receipts.map(inflow => inflow.txid)).size,
      first: receipts[0]?.at ?? null,
      last: receipts.at(-1)?.at ?? null,
    }
  })
}

/** Exact sum over all assets, rounded half to even once. */
export function usdOf(inflows: readonly PlantedInflow[], prices: (asset: Asset) => Prices): string {
  let numerator = 0n
  for (const { asset, units, at } of inflows) {
    if (asset.decimals !== 8 && asset.decimals !== 6) continue
    numerator += units * prices(asset).get(formatDay(at))! * 10n ** BigInt(8 - asset.decimals)
  }
  return Amount.formatRatio(numerator, 10n ** 10n, 2)
}

export function ownersOf(cast: Cast, campaign: Campaign): Map<string, string> {
  const wallets = [...walletsOf(cast), campaign.wallet, campaign.collector.wallet]
  return new Map(wallets.flatMap(wallet => wallet.locks.map(lock => [lock.address, wallet.owner] as const)))
}

function sum(inflows: readonly { readonly units: bigint }[]): bigint {
  return inflows.reduce((all, inflow) => all + inflow.units, 0n)
}
