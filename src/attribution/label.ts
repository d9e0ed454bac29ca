import type { Category } from '../model/category.ts'
import type { Citation } from '../model/citation.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'

/**
 * What claims and judgements amount to now for one address. A label is derived: it can be thrown away and rebuilt from
 * the claims, and it never travels without its citations.
 */
export type Label = {
  readonly network: NetworkId
  readonly address: string
  /** Name of the claimed owner or place, as the source words it. */
  readonly name: string
  /** Identifier of the entity or actor in its source, where it has one. */
  readonly entity: string | null
  readonly category: Category
  readonly role: Role | null
  /** GraphSense confidence id and its level 0–100 (confidence.csv). */
  readonly confidence: { readonly id: string; readonly level: number }
  readonly source: string
  readonly citations: readonly Citation[]
}

/** What an address is for in a campaign. Custody (self, or hosted at a service) is separate from it. */
export type Role =
  | 'donation'
  | 'collector'
  | 'operational'
  | 'intermediary'
  | 'service'
  | 'cash-out'
  | 'payer'
  | 'government-controlled'
  | 'unknown'

/** A listing of an address by an authority. */
export type Designation = {
  readonly authority: string
  readonly program: readonly string[]
  readonly entity: string
  readonly network: NetworkId
  readonly address: string
  readonly listedAt: Instant | null
  readonly removedAt: Instant | null
  /** Orders that lapse by themselves (NBCTF: two years). */
  readonly expiresAt: Instant | null
  /** When the version that says so reached us. */
  readonly knownAt: Instant
  readonly citation: Citation
}

/** All that is known of addresses at two clocks (valid and known time): what cluster, trace and exposure ask. */
export type Knowledge = {
  labelsOf(network: NetworkId, address: string): readonly Label[]
  designationsOf(network: NetworkId, address: string): readonly Designation[]
  /** Lists loaded, with the version in force. Empty: nothing can be called "not listed". */
  readonly lists: readonly { authority: string; version: string }[]
  labelCount(network: NetworkId): number
}

/** Knows nothing: answers come out as "not checked". */
export const nothing: Knowledge = {
  labelsOf: () => [],
  designationsOf: () => [],
  lists: [],
  labelCount: () => 0,
}
