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
import { isRisk, type Policy, rankOf } from './policy.ts'

/** What an address is known as: by a listing in force, or by a label that may be believed. */
export type Touch = {
  readonly category: Category.Category
  readonly name: string
  readonly by: 'designation' | 'label'
  /** Authority and programme, or the label's source. */
  readonly source: string
  readonly since: Instant | null
  /** The listing; null where it is a label. */
  readonly listing: Pick<Designation, 'listedAt' | 'removedAt' | 'expiresAt'> | null
  /** False: a listing that was in force before the day asked for, and is no longer. */
  readonly inForce: boolean
  readonly citations: readonly Citation[]
  /** Whether a label calls the address a custodial business's, whatever else it is. */
  readonly custodial: boolean
}

/**
 * The gravest thing that an address is known as, or null. A risk that only posts claim is left out: anybody can publish
 * anybody's address (docs/methods/exposure.md).
 */
export function touchOf(view: View, address: string): Touch | null {
  return touchesOf(view, address)[0] ?? null
}

/** From where it is looked. */
export type View = {
  readonly knowledge: Knowledge
  readonly network: NetworkId
  readonly asOf: Instant
  readonly policy: Policy
}

/**
 * All of them: risks in force, the gravest first, then listings that have ended, then the rest. A listing that
 * has ended counts for whoever dealt with the address while it was in force.
 */
export function touchesOf({ knowledge, network, asOf, policy }: View, address: string): Touch[] {
  const designations = knowledge
    .designationsOf(network, address)
    .filter(one => standingOf(one, asOf) !== 'not-yet-listed')
  const labels = knowledge.labelsOf(network, address)
  const custodial = labels.some(isCustodial)
  const place = (touch: Omit<Touch, 'custodial'>) =>
    isRisk(policy, touch.category) ? (touch.inForce ? 0 : 1) : touch.inForce ? 2 : 3
  return [
    ...designations.map(one => fromDesignation(one, standingOf(one, asOf) === 'listed')),
    ...labels.flatMap(label => fromLabel(label, policy)),
  ]
    .map(touch => ({ ...touch, custodial }))
    .sort((a, b) => place(a) - place(b) || rankOf(policy, a.category) - rankOf(policy, b.category))
}

/**
 * What a trace is told: it stops where a category is touched, so that each amount is counted where it first got. The
 * same for the same view, so that what was found with it is known again.
 */
export function stoppingAt({ knowledge, policy, asOf }: Omit<View, 'network'>): Knowledge {
  const made = STOPPING.get(knowledge) ?? new Map<Policy, Map<Instant, Knowledge>>()
  STOPPING.set(knowledge, made)
  const byTime = made.get(policy) ?? new Map<Instant, Knowledge>()
  made.set(policy, byTime)
  const known = byTime.get(asOf) ?? createStopping({ knowledge, policy, asOf })
  byTime.set(asOf, known)
  return known
}

const STOPPING = new WeakMap<Knowledge, Map<Policy, Map<Instant, Knowledge>>>()

function createStopping(view: Omit<View, 'network'>): Knowledge {
  const { knowledge, policy } = view
  return {
    ...knowledge,
    labelsOf(network, address) {
      const labels = knowledge.labelsOf(network, address)
      const touch = touchOf({ ...view, network }, address)
      if (touch === null || !isRisk(policy, touch.category)) return labels
      return [stop(network, address, touch), ...labels]
    },
  }
}

function fromDesignation(one: Designation, inForce: boolean): Omit<Touch, 'custodial'> {
  const program = one.program.length === 0 ? '' : ` (${one.program.join(', ')})`
  return {
    category: categoryOf(one),
    name: one.entity,
    by: 'designation',
    source: `${one.authority}${program}`,
    since: one.listedAt,
    listing: { listedAt: one.listedAt, removedAt: one.removedAt, expiresAt: one.expiresAt },
    inForce,
    citations: [one.citation],
  }
}

function fromLabel(label: Label, policy: Policy): Omit<Touch, 'custodial'>[] {
  const categories = label.categories ?? [label.category]
  const claimed = isOnlyClaimed(label, policy)
  return categories
    .filter(category => !(claimed && isRisk(policy, category)))
    .map(category => ({
      category,
      name: label.name,
      by: 'label' as const,
      source: label.source,
      since: label.validFrom ?? null,
      ...{ listing: null, inForce: true },
      citations: label.citations,
    }))
}

/** Whether nothing but captured posts stands behind it, and no analyst has judged it. */
function isOnlyClaimed(label: Label, policy: Policy): boolean {
  if (label.judgement === 'yes' || label.confidence.level > policy.claimLevelMax.level) return false
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
