import * as Campaign from '../../campaign/campaign.ts'
import * as Amount from '../../model/amount.ts'
import * as Instant from '../../model/instant.ts'
import type { Context } from '../operation.ts'
import { measured } from './receipts.ts'

/**
 * A published share by chain, or sum by country of the paying exchanges, beside the same of a campaign's receipts.
 * The denominator is printed: a share of one campaign's receipts is not one of all terrorist financing.
 */
export type Share = {
  readonly claim: string
  readonly campaign: string
  readonly by: 'chain' | 'source-country'
  readonly of: string
  readonly usd: string | null
  readonly denominatorUsd: string | null
  readonly ratio: string | null
  /** By source country: what came to the campaign's own addresses, and apart to services among them. Else null. */
  readonly destinations: readonly Destination[] | null
  readonly reason: string | null
  readonly en: string
  readonly ar: string
}

/** Withdrawals of exchanges of the country. They are no people, and the exchange's country is not the sender's. */
export type Destination = {
  readonly to: 'campaign' | 'services'
  readonly transactions: number
  readonly usd: string | null
  readonly reason: string | null
}

export function shares(claims: readonly Campaign.PublishedClaim[], context: Context, campaign: string | null): Share[] {
  if (campaign === null) return []
  return claims.flatMap(claim => {
    if (claim.kind !== 'figure') return []
    const network = claim.scope.subject?.kind === 'network' ? claim.scope.subject.key : null
    if (claim.measure === 'share' && network !== null) return [share(claim, context, campaign, 'chain', network)]
    const place = claim.scope.places[0]
    const fromExchange = claim.measure === 'sent' && /بورص|منص|exchange/i.test(claim.words)
    return fromExchange && place !== undefined ? [share(claim, context, campaign, 'source-country', place)] : []
  })
}

function share(claim: Campaign.PublishedClaim, context: Context, campaign: string, by: Share['by'], of: string): Share {
  const [from, to] = [claim.period?.from ?? null, claim.period?.to ?? null]
  const { receipts, answerOf } = measured({ name: campaign, by, ...(to === null ? {} : { asOf: to }) }, context)
  const since = from === null ? 0 : (Instant.parse(from.padEnd(10, '-01').slice(0, 10)) ?? 0)
  const rows = receipts.rows.filter(row => row.time >= since)
  const { periods } = answerOf(rows)
  const whole = usdOf(periods)
  const part = usdOf(periods.filter(one => one.period === of))
  const [top, bottom] = [part.usd, whole.usd].map(text => (text === null ? null : Amount.parseUnits(text, 2)!))
  const ratio =
    top === null || top === undefined || bottom === null || bottom === undefined || bottom === 0n
      ? null
      : Amount.formatRatio(top, bottom, 4)
  const reason = part.reason ?? whole.reason ?? (ratio === null ? 'nothing was received in what was read' : null)
  const shown = Campaign.figureInWords(claim, 'en')
  const served = rows.flatMap(row => (row.class === 'service' ? [{ ...row, class: 'receipts' as const }] : []))
  const destinations =
    by === 'chain'
      ? null
      : [destination('campaign', periods, of), destination('services', answerOf(served).periods, of)]
  const apart = destinations === null ? NOTHING : inWords(destinations)
  return {
    ...{ claim: claim.id, campaign, by, of, usd: part.usd, denominatorUsd: whole.usd, ratio, destinations, reason },
    en:
      `${shown} stands beside ${ratio ?? 'no share'}: ${part.usd ?? '—'} of ${whole.usd ?? '—'} USD of ` +
      `the receipts of “${campaign}” (transaction day${span(from, to)}); another ` +
      `whole is another share.${apart.en}`,
    ar:
      `${Campaign.figureInWords(claim, 'ar')} بجانب ⁨${ratio ?? '—'}⁩: ⁨${part.usd ?? '—'}⁩ من ` +
      `⁨${whole.usd ?? '—'} USD⁩ من مقبوضات ⁨«${campaign}»⁩ (بسعر يوم المعاملة)؛ وكلّ آخر يعطي نسبة ` +
      `أخرى.${apart.ar}`,
  }
}

type Periods = Campaign.Answer['periods']

function usdOf(chosen: Periods): { usd: string | null; reason: string | null } {
  const missing = chosen.find(one => one.usd === null)
  if (missing !== undefined) return { usd: null, reason: missing.usdReason ?? 'no price' }
  const cents = chosen.reduce((sum, one) => sum + Amount.parseUnits(one.usd!, 2)!, 0n)
  return { usd: Amount.formatUnits(cents, 2), reason: null }
}

function destination(to: Destination['to'], periods: Periods, country: string): Destination {
  const own = periods.filter(one => one.period === country)
  return { to, transactions: own.reduce((sum, one) => sum + one.transactions, 0), ...usdOf(own) }
}

const NOTHING = { en: '', ar: '' }

function inWords(destinations: readonly Destination[]): { en: string; ar: string } {
  const [campaign, services] = destinations.map(one => `${one.usd ?? '—'} USD`)
  return {
    en:
      ` To the campaign’s own addresses ${campaign}, to services among them ${services}: withdrawals of exchanges, ` +
      'not people, and the exchange’s country is not the sender’s.',
    ar:
      ` إلى عناوين الحملة نفسها ⁨${campaign}⁩، وإلى الخدمات بينها ⁨${services}⁩: هذه سحوبات من منصات لا أشخاص، ` +
      'وبلد المنصة ليس بلد المرسل.',
  }
}

function span(from: string | null, to: string | null): string {
  return `${from === null ? '' : `, from ${from}`}${to === null ? '' : `, to ${to}`}`
}
