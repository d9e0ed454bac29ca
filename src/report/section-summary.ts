import type { Desk } from './desk.ts'
import type { Block, Section } from './document.ts'
import type { Figure } from './figure.ts'
import type { Inline } from './inline.ts'
import type { CampaignMaterial, Destination, TraceMaterial } from './material.ts'
import { receiptsFigures } from './section-receipts.ts'
import { reachedFigures } from './section-trace.ts'
import { SERVICES } from './stop.ts'

/** What a reader takes away, in sentences whose figures are those of the sections below. */
export function summarySection(desk: Desk): Section {
  const { words, material } = desk
  const items = [
    ...material.campaigns.flatMap(campaign => [...published(desk, campaign), ...receipts(desk, campaign)]),
    ...material.traces.flatMap(trace => reached(desk, trace)),
    ...listed(desk),
  ]
  const figures = material.campaigns.flatMap(campaign => headline(desk, campaign))
  const blocks: Block[] = [
    ...(figures.length === 0 ? [] : [{ kind: 'figures' as const, figures }]),
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, items }]),
    { kind: 'paragraph', content: [words.say('claims')] },
    { kind: 'paragraph', content: [words.say('reading')] },
  ]
  return { id: 'summary', title: words.say('summary'), blocks }
}

function headline(desk: Desk, campaign: CampaignMaterial): Figure[] {
  if (campaign.receipts === null) return []
  const { usd, totals, transactions } = receiptsFigures(desk, campaign, campaign.receipts)
  return [usd, ...totals, transactions].filter(figure => figure !== null)
}

function published({ words, material }: Desk, campaign: CampaignMaterial): Inline[][] {
  const shown = campaign.addresses.filter(({ address }) =>
    material.captures.some(capture => capture.shows.some(place => place.address === address)),
  )
  const captures = words.count(material.captures.length, 'capture')
  const addresses = words.count(shown.length, 'address')
  const first = words.tell('summary.published', { captures, addresses, campaign: { name: campaign.name } })
  if (campaign.claimedActor === null) return [first]
  const second = words.tell('summary.publishedBy', { actor: { name: campaign.claimedActor } })
  return [[...first, ' ', ...second]]
}

function receipts(desk: Desk, campaign: CampaignMaterial): Inline[][] {
  if (campaign.receipts === null) return []
  const { words } = desk
  const { usd, transactions, first, last, undecided } = receiptsFigures(desk, campaign, campaign.receipts)
  const amounts = undecided.flatMap((figure, i): Inline[] => (i === 0 ? [{ figure }] : [', ', { figure }]))
  const beside = amounts.length === 0 ? [] : [words.tell('summary.undecided', { amounts })]
  if (first === null || last === null) return beside
  const parts = { transactions: { figure: transactions }, first: { figure: first }, last: { figure: last } }
  if (usd === null) return [words.tell('summary.receiptsUnvalued', parts), ...beside]
  return [words.tell('summary.receipts', { ...parts, usd: { figure: usd } }), ...beside]
}

/** What reached a named service: where someone can act. */
function reached(desk: Desk, trace: TraceMaterial): Inline[][] {
  const { words } = desk
  const services = trace.destinations.filter(at => at.name !== null && SERVICES.includes(at.stop))
  return services.map((at: Destination) => {
    const { min, max } = reachedFigures(desk, trace, at)
    const category = at.category === null ? words.term('stop', at.stop) : words.term('category', at.category)
    const parts = {
      name: { name: at.name! },
      category,
      amount: { figure: min },
      min: { figure: min },
      max: { figure: max },
    }
    if (!at.robust) return words.tell('summary.reachedFragile', parts)
    return words.tell(at.min.amount === at.max.amount ? 'summary.reached' : 'summary.reachedBetween', parts)
  })
}

function listed({ words, material }: Desk): Inline[][] {
  if (material.screened.length === 0 || material.lists.length === 0) return []
  const count = material.screened.filter(one => one.status === 'listed').length
  return [
    words.tell('summary.listed', { listed: words.count(count, 'address'), screened: String(material.screened.length) }),
  ]
}
