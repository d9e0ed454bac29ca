import * as Campaign from '../../campaign/campaign.ts'
import * as Amount from '../../model/amount.ts'
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
  readonly reason: string | null
  readonly en: string
  readonly ar: string
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
  const to = claim.period?.to ?? null
  const asked = { name: campaign, by, ...(to === null ? {} : { asOf: to }) }
  const { periods } = measured(asked, context).answer
  const usdOf = (chosen: typeof periods) => {
    const missing = chosen.find(one => one.usd === null)
    if (missing !== undefined) return { usd: null, reason: missing.usdReason ?? 'no price' }
    const cents = chosen.reduce((sum, one) => sum + Amount.parseUnits(one.usd!, 2)!, 0n)
    return { usd: Amount.formatUnits(cents, 2), reason: null }
  }
  const whole = usdOf(periods)
  const part = usdOf(periods.filter(one => one.period === of))
  const [top, bottom] = [part.usd, whole.usd].map(text => (text === null ? null : Amount.parseUnits(text, 2)!))
  const ratio =
    top === null || top === undefined || bottom === null || bottom === undefined || bottom === 0n
      ? null
      : Amount.formatRatio(top, bottom, 4)
  const reason = part.reason ?? whole.reason ?? (ratio === null ? 'nothing was received in what was read' : null)
  const shown = Campaign.figureInWords(claim, 'en')
  return {
    ...{ claim: claim.id, campaign, by, of, usd: part.usd, denominatorUsd: whole.usd, ratio, reason },
    en:
      `${shown} stands beside ${ratio ?? 'no share'}: ${part.usd ?? '—'} of ${whole.usd ?? '—'} USD of ` +
      `the receipts of “${campaign}” (transaction day${to === null ? '' : `, to ${to}`}); another ` +
      'whole is another share.',
    ar:
      `${Campaign.figureInWords(claim, 'ar')} بجانب ⁨${ratio ?? '—'}⁩: ⁨${part.usd ?? '—'}⁩ من ` +
      `⁨${whole.usd ?? '—'} USD⁩ من مقبوضات ⁨«${campaign}»⁩ (بسعر يوم المعاملة)؛ وكلّ آخر يعطي نسبة ` +
      'أخرى.',
  }
}
