import {
  categoryOf,
  type Designation,
  isCustodial,
  type Knowledge,
  type Label,
  standingOf,
} from '../attribution/attribution.ts'
import type * as Category from '../model/category.ts'
import type { Citation } from '../model/citation.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { CLAIM_LEVEL_MAX, isRisk, rankOf } from './policy.ts'

/** What an address is known as: by a listing in force, or by a label that may be believed. */
export type Touch = {
  readonly category: Category.Category
  readonly name: string
  readonly by: 'designation' | 'label'
  /** Authority and programme, or the label's source. */
  readonly source: string
  readonly since: Instant | null
  readonly citations: readonly Citation[]
  /** Whether a label calls the address a custodial business's, whatever else it is. */
  readonly custodial: boolean
}

/**
 * The gravest thing that an address is known as, or null. A risk that only posts claim is left out: anybody can publish
 * anybody's address (docs/methods/exposure.md).
 */
export function touchOf(knowledge: Knowledge, network: NetworkId, address: string, asOf: Instant): Touch | null {
  return touchesOf(knowledge, network, address, asOf)[0] ?? null
}

/** All of them, the gravest first; listings before labels of the same category. */
export function touchesOf(knowledge: Knowledge, network: NetworkId, address: string, asOf: Instant): Touch[] {
  const listed = knowledge.designationsOf(network, address).filter(one => standingOf(one, asOf) === 'listed')
  const labels = knowledge.labelsOf(network, address)
  const custodial = labels.some(isCustodial)
  return [...listed.map(fromDesignation), ...labels.flatMap(fromLabel)]
    .map(touch => ({ ...touch, custodial }))
    .sort((a, b) => rankOf(a.category) - rankOf(b.category))
}

/** What a trace is told: it stops where a category is touched, so that each amount is counted where it first got. */
export function stoppingAt(knowledge: Knowledge, asOf: Instant): Knowledge {
  return {
    ...knowledge,
    labelsOf(network, address) {
      const labels = knowledge.labelsOf(network, address)
      const touch = touchOf(knowledge, network, address, asOf)
      if (touch === null || !isRisk(touch.category)) return labels
      return [stop(network, address, touch), ...labels]
    },
  }
}

function fromDesignation(one: Designation): Omit<Touch, 'custodial'> {
  const program = one.program.length === 0 ? '' : ` (${one.program.join(', ')})`
  return {
    category: categoryOf(one),
    name: one.entity,
    by: 'designation',
    source: `${one.authority}${program}`,
    since: one.listedAt,
    citations: [one.citation],
  }
}

function fromLabel(label: Label): Omit<Touch, 'custodial'>[] {
  const categories = label.categories ?? [label.category]
  const claimed = isOnlyClaimed(label)
  return categories
    .filter(category => !(claimed && isRisk(category)))
    .map(category => ({
      category,
      name: label.name,
      by: 'label' as const,
      source: label.source,
      since: label.validFrom ?? null,
      citations: label.citations,
    }))
}

/** Whether nothing but captured posts stands behind it, and no analyst has judged it. */
function isOnlyClaimed(label: Label): boolean {
  if (label.judgement === 'yes' || label.confidence.level > CLAIM_LEVEL_MAX) return false
  return label.citations.every(citation => citation.kind === 'capture')
}

/** A place of risk dressed as a custodial one: a walk goes no further than a custodial service. */
function stop(network: NetworkId, address: string, touch: Touch): Label {
  const category: Category.Category = touch.category === 'mixer' ? 'mixer' : 'hosting'
  return {
    ...{ network, address, name: touch.name, entity: null, category, role: null },
    ...{ confidence: { id: 'unknown', level: 0 }, source: touch.source, citations: touch.citations },
  }
}
