import type { Label } from '../attribution/attribution.ts'
import * as Amount from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import * as Instant from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Class, Reason } from './classify.ts'
import { type Receipts, type Row, totals } from './receipts.ts'
import * as Usd from './usd.ts'

/** The answer of `campaign receipts`, as spec'd for every face. Amounts are lists, one per network and asset. */
export type Answer = {
  readonly campaign: string | null
  readonly addresses: number
  readonly inflow: readonly AmountJson[]
  readonly classes: Readonly<Record<Class, readonly AmountJson[]>>
  readonly lower: readonly AmountJson[]
  readonly upper: readonly AmountJson[]
  /** Distinct transactions that brought receipts, and when the first and the last of them did. */
  readonly transactions: number
  readonly first: string | null
  readonly last: string | null
  readonly by: By
  /** Receipts only. */
  readonly periods: readonly Period[]
  readonly transactionsByClass: Readonly<Record<Class, number>>
  readonly undecided: readonly { readonly reason: Reason; readonly amount: readonly AmountJson[] }[]
  readonly services: readonly { readonly network: NetworkId; readonly address: string; readonly because: string }[]
  readonly method: { readonly name: 'receipts'; readonly version: '1' }
  readonly notes: readonly string[]
  readonly coverage: readonly Coverage[]
}

/** With the reason where there is no dollar value. */
export type AmountJson = Amount.AmountJson & { readonly usdReason?: string }

export type By = 'month' | 'year' | 'chain' | 'source-country'

export const bys: readonly By[] = ['month', 'year', 'chain', 'source-country']

export type Period = {
  readonly period: string
  readonly transactions: number
  readonly amount: readonly AmountJson[]
  readonly usd: string | null
  readonly usdReason?: string
}

export type Asked = {
  readonly campaign: string | null
  readonly addresses: number
  readonly by: By
  readonly priceOf: Usd.PriceOf
  /** Country of the exchange that a label names, where its actor pack tells. */
  readonly countryOf?: (label: Label) => string | null
}

export function answer(receipts: Receipts, asked: Asked): Answer {
  const { rows } = receipts
  const assets = totals(rows).map(total => total.asset)
  const amounts = (chosen: readonly Row[]) => {
    const byAsset = Map.groupBy(chosen, row => Asset.key(row.asset))
    return assets.map(asset => amountOf(asset, byAsset.get(Asset.key(asset)) ?? [], asked.priceOf))
  }
  const byClass = Map.groupBy(rows, row => row.class)
  const of = (name: Class) => byClass.get(name) ?? []
  const taken = of('receipts')
  return {
    campaign: asked.campaign,
    addresses: asked.addresses,
    inflow: amounts(rows),
    classes: eachClass(name => amounts(of(name))),
    lower: amounts(taken),
    upper: amounts([...taken, ...of('undecided')]),
    transactions: countTransactions(taken),
    first: taken.length === 0 ? null : Instant.format(taken[0]!.time),
    last: taken.length === 0 ? null : Instant.format(taken.at(-1)!.time),
    by: asked.by,
    periods: periodsOf(taken, asked),
    transactionsByClass: eachClass(name => countTransactions(of(name))),
    undecided: reasonsOf(of('undecided')).map(reason => {
      return {
        reason,
        amount: perAsset(
          of('undecided').filter(row => row.reason === reason),
          asked.priceOf,
        ),
      }
    }),
    services: receipts.services.map(({ member: { network, address }, reason }) => ({
      ...{ network, address, because: SERVICE_WORDS[reason] },
    })),
    method: { name: 'receipts', version: '1' },
    notes: notesOf(receipts),
    coverage: receipts.coverage,
  }
}

/** The amount of rows of one asset, with their dollars at the transaction's day. */
export function amountOf(asset: Asset.Asset, rows: readonly Row[], priceOf: Usd.PriceOf): AmountJson {
  const units = rows.reduce((sum, row) => sum + row.units, 0n)
  const valued = Usd.sum(lotsOf(rows), priceOf)
  if (valued.value === null) return { ...Amount.toJson({ asset, units }), usdReason: valued.reason }
  const { value, source } = valued
  return Amount.toJson({ asset, units }, { value, basis: 'transaction-day', source })
}

const SERVICE_WORDS = {
  role: 'its role in the campaign is service',
  label: 'a label says that a custodial service holds it',
  shape: 'it has the shape of a service: many in and out, balanced, many counterparties',
} as const

/** In the order of the interface. */
const ORDER: readonly Class[] = [
  ...(['receipts', 'undecided', 'beforePublication', 'afterExposure', 'afterFreeze', 'refund'] as const),
  ...(['passThrough', 'selfTransfer', 'service', 'dust', 'governmentWindow'] as const),
]

function eachClass<T>(make: (name: Class) => T): Record<Class, T> {
  return Object.fromEntries(ORDER.map(name => [name, make(name)])) as Record<Class, T>
}

function perAsset(rows: readonly Row[], priceOf: Usd.PriceOf): AmountJson[] {
  return [...Map.groupBy(rows, row => Asset.key(row.asset)).values()].map(own => {
    return amountOf(own[0]!.asset, own, priceOf)
  })
}

function periodsOf(taken: readonly Row[], { by, priceOf, countryOf }: Asked): Period[] {
  const groups = Map.groupBy(taken, row => periodOf(row, by, countryOf))
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, rows]) => {
      const { value, reason } = Usd.sum(lotsOf(rows), priceOf)
      const transactions = countTransactions(rows)
      const amount = perAsset(rows, priceOf)
      return { period, transactions, amount, usd: value, ...(reason === null ? {} : { usdReason: reason }) }
    })
}

/** By source country: where the exchange that paid is said to be; apart from what came out of no labelled service. */
function periodOf(row: Row, by: By, countryOf: Asked['countryOf']): string {
  switch (by) {
    case 'month':
      return Instant.formatMonth(row.time)
    case 'year':
      return Instant.formatDay(row.time).slice(0, 4)
    case 'chain':
      return row.network
    case 'source-country': {
      if (row.sources.length === 0) return 'no labelled service'
      const countries = row.sources.map(label => countryOf?.(label) ?? null).filter(country => country !== null)
      return new Set(countries).size === 1 ? countries[0]! : 'not known'
    }
  }
}

/** Units by asset and day: as many prices as days, not as rows. */
function lotsOf(rows: readonly Row[]): Usd.Lot[] {
  const lots = new Map<string, { asset: Asset.Asset; day: string; units: bigint }>()
  for (const { asset, time, units } of rows) {
    const number = Math.floor(time / Instant.DAY_SECONDS)
    const key = `${Asset.key(asset)} ${number}`
    const lot = lots.get(key)
    if (lot === undefined) lots.set(key, { asset, day: Instant.formatDay(time), units })
    else lot.units += units
  }
  return [...lots.values()]
}

/** Rows stand by time and txid, so those of one transaction stand together. */
function countTransactions(rows: readonly Row[]): number {
  let count = 0
  rows.forEach(({ txid, network }, i) => {
    const before = rows[i - 1]
    if (before === undefined || before.txid !== txid || before.network !== network) count++
  })
  return count
}

function reasonsOf(rows: readonly Row[]): Reason[] {
  return [...new Set(rows.map(row => row.reason))].filter(reason => reason !== null)
}

function notesOf({ unseen, ignored, members, rows }: Receipts): string[] {
  const notes: string[] = []
  const say = (count: number, words: (n: number) => string) => {
    if (count > 0) notes.push(words(count))
  }
  const unknown = members.filter(member => member.window.publishedAt === null).length
  say(
    unseen.length,
    n =>
      `${n} of the addresses do not appear in what was read: ${unseen
        .slice(0, 5)
        .map(member => member.address)
        .join(', ')}`,
  )
  say(unknown, n => `date of publication not known for ${n} addresses: nothing of theirs was taken out as earlier`)
  say(ignored.impostor, n => `${n} transfers of fake tokens (a known symbol at another contract) are not inflow`)
  say(ignored.zero, n => `${n} transfers of zero value are not inflow`)
  say(ignored.failed, n => `${n} failed transfers are not inflow`)
  say(ignored.approve, n => `${n} approvals are not inflow`)
  const claimed = rows.some(row => row.reason === 'one-publisher')
  if (claimed)
    notes.push('claimed donation address: one publisher shows it and nothing confirms it, so the lower bound is 0')
  return notes
}
