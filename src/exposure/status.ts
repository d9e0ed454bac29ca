import { type Designation, type Knowledge, type Standing, standingOf } from '../attribution/attribution.ts'
import type { Columns } from '../ledger/ledger.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Exposure } from './measure.ts'

/** How an address stands with the lists. "Not listed" needs a list; without one it is "not checked". */
export type ListingStatus = 'listed' | 'formerly-listed' | 'expired' | 'not-listed' | 'not-checked'

/** What was found of its contacts. */
export type ExposureStatus = 'direct' | 'indirect' | 'no-finding' | 'not-checked'

/** Both in one word: the graver first. Nothing here ever says "clean". */
export type Status = Exclude<ListingStatus, 'not-listed'> | ExposureStatus | 'invalid'

export function listingOf(
  designations: readonly Pick<Designation, 'listedAt' | 'removedAt' | 'expiresAt'>[],
  lists: Knowledge['lists'],
  asOf: Instant,
): ListingStatus {
  const standings = designations.map(one => standingOf(one, asOf))
  const held = ORDER.find(standing => standings.includes(standing))
  if (held !== undefined) return held
  return lists.length === 0 ? 'not-checked' : 'not-listed'
}

const ORDER = ['listed', 'formerly-listed', 'expired'] as const satisfies readonly Standing[]

/**
 * Ownership by a label or by the cluster counts as direct: the listing has a status of its own. Without a ledger of
 * the network, or with neither a list nor a label to compare with, nothing was checked.
 */
export function exposureOf(
  exposures: readonly Exposure[],
  columns: Columns | undefined,
  knowledge: Knowledge,
  network: NetworkId,
): ExposureStatus {
  const raising = exposures.filter(one => one.raises)
  if (raising.some(one => one.beyondListing || one.relation === 'direct')) return 'direct'
  if (raising.some(one => one.relation === 'indirect')) return 'indirect'
  const blind = knowledge.lists.length === 0 && knowledge.labelCount(network) === 0
  return columns === undefined || blind ? 'not-checked' : 'no-finding'
}

export function overall(listing: ListingStatus, exposure: ExposureStatus): Status {
  if (listing === 'listed' || listing === 'formerly-listed' || listing === 'expired') return listing
  if (exposure === 'direct' || exposure === 'indirect') return exposure
  return listing === 'not-listed' || exposure === 'no-finding' ? 'no-finding' : 'not-checked'
}
