import * as Campaign from '../../campaign/campaign.ts'
import * as Address from '../../chain/address.ts'
import * as Ledger from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import * as Asset from '../../model/asset.ts'
import * as Instant from '../../model/instant.ts'
import type { NetworkId } from '../../model/network.ts'
import { ledgersOf } from '../ledger/ledgers.ts'
import type { Context } from '../operation.ts'

/** A published figure beside what the ledger gives for it, measure by measure and basis by basis. */
export type Recomputed = {
  readonly claim: string
  readonly addresses: readonly { readonly network: NetworkId; readonly address: string }[]
  readonly from: string | null
  readonly to: string | null
  readonly computed: readonly Computed[]
  /** The first that the figure fits; null: none does. */
  readonly fits: { readonly measure: string; readonly basis: string | null } | null
  readonly en: string
  readonly ar: string
}

export type Computed = {
  readonly measure: 'received' | 'sent' | 'turnover' | 'balance'
  readonly asset: string
  /** In whole coins, or in dollars where a basis stands beside it. */
  readonly value: string | null
  readonly basis: 'transaction-day' | 'as-of-day' | 'report-day' | null
  /** Why there is no value. */
  readonly reason: string | null
  readonly fits: boolean
}

/** Transactions of one address that are summed for a claim. */
const TRANSACTIONS_MAX = 2_000_000

/** Recomputes every figure of money whose subject has addresses that the ledger knows. */
export function recompute(
  claims: readonly Campaign.PublishedClaim[],
  context: Context,
  campaign: string | null,
  priceOf: Campaign.CoinPrice,
): Recomputed[] {
  const ledgers = ledgersOf(context)
  const columnsOf = (network: NetworkId) => ledgers.open(network)
  return claims.flatMap(claim => {
    if (claim.kind !== 'figure' || !MEASURED.has(claim.measure ?? '') || !/^[A-Z]{3,5}$/.test(claim.unit ?? ''))
      return []
    const addresses = addressesOf(claim, context, campaign, columnsOf)
    return addresses.length === 0 ? [] : [one(claim, addresses, columnsOf, priceOf, context)]
  })
}

type Where = { readonly network: NetworkId; readonly address: string }
type ColumnsOf = (network: NetworkId) => Ledger.Columns | undefined

/** The address itself, else those of the campaign that was named or that bears the subject's name. */
function addressesOf(
  claim: Campaign.PublishedClaim,
  { store }: Context,
  named: string | null,
  columnsOf: ColumnsOf,
): Where[] {
  const subject = claim.scope.subject
  const parsed = subject?.kind === 'address' ? Address.parse(subject.key) : undefined
  if (parsed?.ok === true) {
    const networks = parsed.networks.filter(
      network => columnsOf(network)?.addresses.find(parsed.address.address) !== undefined,
    )
    return networks.map(network => ({
      network,
      address: (Address.on(parsed.address, network) ?? parsed.address).address,
    }))
  }
  const keys = [subject, claim.scope.actor].flatMap(party =>
    party === null || party === undefined ? [] : [Campaign.skeleton(party.name), party.key],
  )
  const found = Campaign.list(store).find(one => {
    return named === null
      ? [one.name, one.claimedActor].some(name => name !== null && keys.includes(Campaign.skeleton(name)))
      : one.name === named
  })
  const linked = found?.addresses.filter(one => !Campaign.outsideRoles.has(one.role)) ?? []
  return linked.filter(one => columnsOf(one.network)?.addresses.find(one.address) !== undefined)
}

type Flow = { readonly asset: Asset.Asset; readonly day: string; received: bigint; sent: bigint }

function one(
  claim: Campaign.PublishedClaim,
  addresses: readonly Where[],
  columnsOf: ColumnsOf,
  priceOf: Campaign.CoinPrice,
  context: Context,
): Recomputed {
  const { from, to } = spanOf(claim)
  const flows = addresses.flatMap(where => flowsOf(where, columnsOf, from, to))
  const report = claim.date.value?.length === 10 ? claim.date.value : null
  const asOf = to ?? Instant.formatDay(context.clock())
  const computed = (['received', 'sent', 'turnover', 'balance'] as const).flatMap(measure =>
    valuesOf(claim, measure, flows, { asOf, report }, priceOf),
  )
  const ordered = computed.toSorted((a, b) => Number(b.measure === claim.measure) - Number(a.measure === claim.measure))
  const fit = ordered.find(value => value.fits)
  const fits = fit === undefined ? null : { measure: fit.measure, basis: fit.basis }
  const places = addresses.map(({ network, address }) => ({ network, address }))
  return { claim: claim.id, addresses: places, from, to, computed, fits, ...said(claim, computed, fits) }
}

/** Movements by asset and day between two days; balance counts all until the last. */
function flowsOf({ network, address }: Where, columnsOf: ColumnsOf, from: string | null, to: string | null): Flow[] {
  const columns = columnsOf(network)!
  const row = columns.addresses.find(address)!
  const until = to === null ? Number.POSITIVE_INFINITY : (Instant.parseEnd(to) ?? Number.POSITIVE_INFINITY)
  const since = from === null ? 0 : (Instant.parse(from) ?? 0)
  const flows = new Map<string, Flow>()
  for (const movement of Ledger.movementsOf(columns, row, 0, TRANSACTIONS_MAX)) {
    if (movement.time > until || movement.time < since) continue
    for (const [amount, side] of [
      [movement.received, 'received'],
      [movement.sent, 'sent'],
    ] as const) {
      if (amount === null || Asset.isImpostor(amount.asset)) continue
      const day = Instant.formatDay(movement.time)
      const key = `${Asset.key(amount.asset)} ${day}`
      const flow = flows.get(key) ?? { asset: amount.asset, day, received: 0n, sent: 0n }
      flow[side] += amount.units
      flows.set(key, flow)
    }
  }
  return [...flows.values()]
}

function valuesOf(
  claim: Campaign.PublishedClaim,
  measure: Computed['measure'],
  flows: readonly Flow[],
  days: { asOf: string; report: string | null },
  priceOf: Campaign.CoinPrice,
): Computed[] {
  const wanted = claim.unit === 'USD' ? claim.asset : claim.unit
  const chosen = flows.filter(
    ({ asset }) => Asset.isPriced(asset) && (wanted === null || sameSymbol(asset.symbol, wanted)),
  )
  const unitsOf = ({ received, sent }: Flow) =>
    measure === 'received'
      ? received
      : measure === 'sent'
        ? sent
        : measure === 'turnover'
          ? received + sent
          : received - sent
  if (claim.unit !== 'USD') {
    const first = chosen[0]?.asset
    if (first === undefined) return []
    const units = chosen.filter(flow => Asset.equals(flow.asset, first)).reduce((sum, flow) => sum + unitsOf(flow), 0n)
    const value = Amount.formatUnits(units, first.decimals)
    return [{ measure, asset: first.symbol, value, basis: null, reason: null, fits: isWithin(claim, value) }]
  }
  const bases = [
    ['transaction-day', (day: string) => day],
    ['as-of-day', () => days.asOf],
    ...(days.report === null ? [] : [['report-day', () => days.report!] as const]),
  ] as const
  return bases.map(([basis, dayOf]) => {
    const lots = chosen.map(flow => ({ asset: flow.asset, day: dayOf(flow.day), units: unitsOf(flow) }))
    const { value, reason } = Campaign.sumUsd(lots, (asset, day) => priceOf(asset.symbol, day))
    return { measure, asset: wanted ?? 'all', value, basis, reason, fits: value !== null && isWithin(claim, value) }
  })
}

function sameSymbol(symbol: string, wanted: string): boolean {
  return (
    symbol.toUpperCase() === wanted.toUpperCase() ||
    symbol.toUpperCase().replace(/^[TRS](?=BTC|LTC)/, '') === wanted.toUpperCase()
  )
}

/** Whether a recomputed value lies in what the words allow: the range of the figure. */
function isWithin({ quantity }: Campaign.PublishedClaim, value: string): boolean {
  if (quantity === null || quantity.value === null) return false
  const number = Number(value)
  const high = quantity.high === null ? Number(quantity.value) * MORE_THAN : Number(quantity.high)
  return number >= Number(quantity.low) && number <= high
}

/** Ours: what is said as "more than X" is fitted by up to a quarter more; beyond it the words would be others. */
const MORE_THAN = 1.25

function spanOf({ period, date }: Campaign.PublishedClaim): { from: string | null; to: string | null } {
  if (period === null) return { from: null, to: null }
  if (period.kind !== 'rolling' || period.months === null) return { from: period.from, to: period.to }
  const end = date.value === null ? undefined : Instant.parse(date.value.padEnd(10, '-01').slice(0, 10))
  if (end === undefined) return { from: null, to: null }
  const [year, month, day] = Instant.formatDay(end).split('-').map(Number) as [number, number, number]
  const months = year * 12 + month - 1 - period.months
  const from =
    `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-` +
    `${String(Math.min(day, 28)).padStart(2, '0')}`
  return { from, to: Instant.formatDay(end) }
}

const MEASURED: ReadonlySet<string> = new Set(['received', 'raised', 'sent', 'turnover', 'balance'])

function said(
  claim: Campaign.PublishedClaim,
  computed: readonly Computed[],
  fits: Recomputed['fits'],
): { en: string; ar: string } {
  const value = (one: Computed) => `${one.value ?? '—'} ${one.basis === null ? one.asset : 'USD'}`
  const own = computed.find(one => one.measure === (claim.measure === 'raised' ? 'received' : claim.measure))
  const shown =
    own === undefined
      ? ['', '']
      : [
          `; recomputed ${own.measure}: ${value(own)}`,

          '؛ وبإعادة الحساب ' +
            `${Campaign.measureInWords({ ...claim, measure: own.measure, state: null }, 'ar')}: ` +
            `⁨${value(own)}⁩`,
        ]
  const [en, ar] = [Campaign.figureInWords(claim, 'en'), Campaign.figureInWords(claim, 'ar')]
  if (fits === null) {
    return {
      en: `No measure and no value basis of what was read gives ${en}${shown[0]}: the coverage says how much was read.`,
      ar: `لا يعطي أي مقياس ولا أي أساس تقييم مما قُرئ ${ar}${shown[1]}؛ والتغطية تبيّن كم قُرئ.`,
    }
  }
  const basis = fits.basis === null ? '' : ` (${fits.basis})`
  const same = fits.measure === claim.measure || (claim.measure === 'raised' && fits.measure === 'received')
  const note = same ? ['', ''] : [`, not ${claim.measure}`, '، لا ما تقوله العبارة']
  return {
    en: `${en} fits what was read as ${fits.measure}${basis}${note[0]}${shown[0]}.`,
    ar:
      `${ar} يوافق ما قُرئ بوصفه ` +
      `${Campaign.measureInWords({ ...claim, measure: fits.measure as 'received', state: null }, 'ar')}` +
      `${fits.basis === null ? '' : ` (⁨${fits.basis}⁩)`}${note[1]}${shown[1]}.`,
  }
}
