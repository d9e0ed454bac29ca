import type { Label } from './label.ts'

/**
 * How several labels on one address are taken together. Levels are an order and no probability, so nothing is added or
 * multiplied: the strongest label speaks, support counts who else says the same, and contradictions are shown.
 */

/** The label to show first: judged `yes` before unjudged before `unsure`, then the higher level; null where none. */
export function strongest(labels: readonly Label[]): Label | null {
  const ranked = [...labels].sort((a, b) => rank(b) - rank(a) || b.confidence.level - a.confidence.level)
  return ranked[0] ?? null
}

function rank(label: Label): number {
  if (label.judgement === 'yes') return 2
  return label.judgement === 'unsure' ? 0 : 1
}

/**
 * How many independent sources say the same category as the label. Two labels from one host or speaker count once, and
 * so do two that give the same citation: repeating is not corroborating.
 */
export function support(label: Label, labels: readonly Label[]): number {
  const same = labels.filter(other => other.category === label.category)
  return new Set(same.map(originOf)).size
}

/** Host of a URL, else the source's words folded: circular reporting keeps its origin. */
function originOf(label: Label): string {
  const host = /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(label.source)?.[1]
  return (host ?? label.source).trim().toLowerCase()
}

export type LabelConflict = { readonly a: Label; readonly b: Label; readonly about: 'category' | 'custody' }

/**
 * Pairs of labels that cannot both be right, judged by their category: kept, shown with both sources, and resolved only
 * by a judgement. A general word (`other`, `person`, `contract`…) contradicts nothing.
 */
export function conflicts(labels: readonly Label[]): LabelConflict[] {
  const found: LabelConflict[] = []
  const one = [...Map.groupBy(labels, label => label.category).values()].map(group => strongest(group)!)
  for (let i = 0; i < one.length; i++) {
    for (let j = i + 1; j < one.length; j++) {
      const [a, b] = [one[i]!, one[j]!]
      if (GENERAL.has(a.category) || GENERAL.has(b.category)) continue
      if (a.categories?.includes(b.category) || b.categories?.includes(a.category)) continue
      found.push({ a, b, about: CUSTODIAL.has(a.category) === CUSTODIAL.has(b.category) ? 'category' : 'custody' })
    }
  }
  return found
}

/** Words that say little or stand beside any other: a sanctioned exchange is no contradiction. */
const GENERAL: ReadonlySet<string> = new Set([
  ...['other', 'person', 'organisation', 'government', 'contract', 'token'],
  ...['sanctioned', 'terrorist-financing', 'donation', 'scam', 'hack', 'darknet', 'ransomware'],
])

const CUSTODIAL: ReadonlySet<string> = new Set([
  ...['exchange', 'mixer', 'payment-processor', 'gambling', 'wallet-service', 'hosting', 'marketplace'],
  ...['mining-pool', 'atm', 'lending'],
])
