import * as Attribution from '../../attribution/attribution.ts'
import * as Exposure from '../../exposure/exposure.ts'
import type * as Ledger from '../../ledger/ledger.ts'
import { toCaip10 } from '../../model/address.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import type * as Instants from '../../model/instant.ts'
import type { NetworkId } from '../../model/network.ts'
import * as Foreign from '../../model/network-foreign.ts'
import type { ForeignAddress } from './foreign.ts'
import { type LabelJson, type ListingJson, labelJson, listingJson } from './label-json.ts'
import { type ValuedJson, valued } from './value.ts'

/** What a screening says of one address. */
export type ScreenResult = {
  /** As it was asked for. */
  readonly input: string
  /** Plain canonical; as asked where it is invalid. */
  readonly address: string
  /** Also one whose ledger is not read (`monero`, `eip155:61`): of it lists alone are compared, if these. */
  readonly network: string | null
  readonly caip10: string | null
  readonly status: Exposure.Status
  readonly listing: { readonly status: Exposure.ListingStatus }
  readonly exposureStatus: Exposure.ExposureStatus
  /** Why it is invalid, or of a chain that is not read; else null. */
  readonly reason: string | null
  readonly designations: readonly DesignationJson[]
  readonly labels: readonly LabelJson[]
  readonly exposure: readonly ExposureJson[]
  /** Null: no rule fired. 0: some fired, and scored nothing. */
  readonly risk: Exposure.Risk
  /** By which policy; null where the address is invalid. */
  readonly policy: { readonly version: string; readonly digest: string } | null
  /** What else must be known: the same key on another network, a conflict in a list. */
  readonly notes: readonly string[]
  readonly coverage: Coverage | null
}

export type DesignationJson = ListingJson & { readonly status: Attribution.Standing }

export type ExposureJson = Omit<Exposure.Exposure, 'amount' | 'beyondListing' | 'lots'> & {
  readonly amount: ValuedJson | null
}

export type Asked = {
  readonly text: string
  readonly network: NetworkId
  readonly address: string
  readonly knowledge: Attribution.StoredKnowledge
  readonly columns: Ledger.Columns | undefined
  readonly coverage: Coverage
  readonly asOf: Instants.Instant
  readonly hops: number
  readonly policy: Exposure.Policy
  readonly prices: Ledger.Prices
  /** What is to be said of other networks. */
  readonly others: readonly string[]
}

/** Lists, labels and contacts of an address on a network that Athar reads. */
export function one({ text, coverage, prices, others, ...question }: Asked): ScreenResult {
  const { network, address, knowledge, columns, asOf, policy } = question
  const designations = knowledge.designationsOf(network, address)
  const exposures = Exposure.measure(question)
  const listing = Exposure.listingOf(designations, knowledge.lists, asOf)
  const exposureStatus = Exposure.exposureOf(exposures, columns, knowledge, network)
  return {
    ...{ input: text, address, network, caip10: toCaip10({ network, address }) },
    status: Exposure.overall(listing, exposureStatus),
    listing: { status: listing },
    ...{ exposureStatus, reason: null },
    designations: designations.map(designation => designationJson(designation, asOf)),
    labels: knowledge.labelsOf(network, address).map(labelJson),
    exposure: exposures.map(exposure => exposureJson(exposure, prices)),
    risk: Exposure.riskOf(policy, listing, exposures),
    policy: { version: policy.version, digest: Exposure.digestOfPolicy(policy) },
    notes: [...notesOf(network, address, knowledge, columns), ...others],
    coverage,
  }
}

/** What was checked: the ledger as it lies, the lists in force and the labels of this network. */
export function coverageOf(
  network: NetworkId,
  knowledge: Attribution.Knowledge,
  columns: Ledger.Columns | undefined,
): Coverage {
  const coverage = columns?.coverage() ?? unread(network)
  return { ...coverage, lists: [...knowledge.lists], labels: knowledge.labelCount(network) }
}

function designationJson(
  designation: Attribution.Designation | Attribution.ForeignDesignation,
  asOf: Instants.Instant,
): DesignationJson {
  return { ...listingJson(designation), status: Attribution.standingOf(designation, asOf) }
}

/** Of a chain that is not read lists alone are compared. */
export function outside(
  text: string,
  { address, network, caip10, designations }: ForeignAddress,
  { knowledge, asOf, policy }: Pick<Asked, 'knowledge' | 'asOf' | 'policy'>,
): ScreenResult {
  const compared = Foreign.isInLists(network)
  const listing = Exposure.listingOf(designations, compared ? knowledge.lists : [], asOf)
  const exposureStatus = 'not-checked'
  return {
    ...{ input: text, address, network, caip10 },
    ...{ status: Exposure.overall(listing, exposureStatus), listing: { status: listing }, exposureStatus },
    reason: 'network',
    designations: designations.map(one => designationJson(one, asOf)),
    ...{ labels: [], exposure: [], risk: Exposure.riskOf(policy, listing, []) },
    policy: { version: policy.version, digest: Exposure.digestOfPolicy(policy) },
    notes: [
      `Athar does not read ${network}: ${compared ? 'contacts were not' : 'neither lists nor contacts were'} checked.`,
      ...knowledge.relatedOf(network, address).map(isRelated),
    ],
    coverage: { ...unread(network), lists: compared ? [...knowledge.lists] : [] },
  }
}

function exposureJson(exposure: Exposure.Exposure, prices: Ledger.Prices): ExposureJson {
  const { beyondListing: _, lots: __, ...rest } = exposure
  return { ...rest, amount: valued(exposure, prices) }
}

function notesOf(
  network: NetworkId,
  address: string,
  knowledge: Attribution.StoredKnowledge,
  columns: Ledger.Columns | undefined,
): string[] {
  const related = knowledge.relatedOf(network, address)
  const conflicts = knowledge.designationsOf(network, address).flatMap(({ conflict }) => conflict ?? [])
  return [
    ...related.map(isRelated),
    ...conflicts,
    ...(columns === undefined ? [`The ledger of ${network} was not read: contacts were not checked.`] : []),
    ...(columns !== undefined && columns.addresses.find(address) === undefined
      ? [`The address does not occur in what was read of ${network}.`]
      : []),
  ]
}

function isRelated({ network, authority, entity }: Attribution.Designation): string {
  return `The same key is listed on ${network} by ${authority} as “${entity}”.`
}

/** Of a text that is no address nothing else can be said. */
export function invalid(text: string, reason: string): ScreenResult {
  return {
    ...{ input: text.slice(0, 200), address: text.slice(0, 200), network: null, caip10: null, status: 'invalid' },
    ...{ listing: { status: 'not-checked' }, exposureStatus: 'not-checked', reason },
    ...{
      designations: [],
      labels: [],
      exposure: [],
      risk: { score: null, rules: [] },
      policy: null,
      notes: [],
      coverage: null,
    },
  }
}
