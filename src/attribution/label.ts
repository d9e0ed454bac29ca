import { type Category, isCustodial as isCustodialCategory } from '../model/category.ts'
import type { Citation } from '../model/citation.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Stage } from './entry.ts'

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
  /** What a judgement names: the same for one tag or claim in all its versions. */
  readonly id?: string
  /** Every category that the source gives; `category` is the gravest of them (a sanctioned exchange is both). */
  readonly categories?: readonly Category[]
  /** The last judgement on it; without one, null. A label judged `no` is not shown at all. */
  readonly judgement?: 'yes' | 'unsure' | null
  /** Address and symbol exclude each other in the source, and how. */
  readonly conflict?: string | null
  /** Window in which a claim says it holds (government control, a campaign's use); null: open. */
  readonly validFrom?: Instant | null
  readonly validTo?: Instant | null
  /** How far a claim about a person has been carried. */
  readonly grade?: 'alleged' | 'reported' | 'designated' | 'convicted'
  /** What named persons say against it. Wherever the label is shown these are shown beside it. */
  readonly disputes?: readonly Dispute[]
}

/** The word of a named person against a claim, label or listing. It stands beside it and takes nothing away. */
export type Dispute = {
  readonly id: string
  /** Claim, statement or relation by its id; a label by its key; a listing as `listing:AUTHORITY:ADDRESS`. */
  readonly target: string
  /** Who disputes it, by name, and in what capacity ("the person named", "counsel"). */
  readonly by: string
  readonly capacity: string | null
  readonly words: string
  readonly url: string | null
  readonly saidAt: Instant | null
  readonly knownAt: Instant
}

/** Every category that the source gives: a sanctioned exchange is both. */
export function categoriesOf(label: Pick<Label, 'category' | 'categories'>): readonly Category[] {
  return label.categories === undefined ? [label.category] : [label.category, ...label.categories]
}

/** Whether any category of the label is a custodial business: a trace stops there, its turnover is no receipt. */
export function isCustodial(label: Pick<Label, 'category' | 'categories'>): boolean {
  return categoriesOf(label).some(isCustodialCategory)
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
  /** The symbol under which it is listed (`XBT`, `USDT`), in the list's own words. */
  readonly asset?: string | null
  /** The entry in the list (OFAC's profile id, an order's number). */
  readonly entry?: string
  /** Exactly as listed, where that is not the address itself. */
  readonly raw?: string
  /** Symbol and address exclude each other in the list, and how: shown, never resolved in silence. */
  readonly conflict?: string | null
  /** `comment`: found only in a free-text remark of the entry, so unverified. */
  readonly grade?: 'stated' | 'comment'
  /** The forfeiture order that took the seizure order's place. */
  readonly forfeiture?: string | null
  /** Authorities whose listing it is, where `authority` collects the lists of others. */
  readonly listedBy?: readonly string[]
  /** The steps of an issuer's freeze, each with its transaction. */
  readonly stages?: readonly Stage[]
  /** What named persons say against the listing. */
  readonly disputes?: readonly Dispute[]
}

/** A listing on a chain whose ledger is not read: nothing but its text can be compared. */
export type ForeignDesignation = Omit<Designation, 'network'> & { readonly network: string }

/** How a designation stands at an instant. */
export type Standing = 'listed' | 'formerly-listed' | 'expired' | 'not-yet-listed'

/** Whether it is in force then. Removal counts from its instant, expiry from the instant named as its end. */
export function standingOf(
  designation: Pick<Designation, 'listedAt' | 'removedAt' | 'expiresAt'>,
  asOf: Instant,
): Standing {
  const { listedAt, removedAt, expiresAt } = designation
  if (listedAt !== null && asOf < listedAt) return 'not-yet-listed'
  if (removedAt !== null && asOf >= removedAt) return 'formerly-listed'
  if (expiresAt !== null && asOf >= expiresAt) return 'expired'
  return 'listed'
}

/**
 * Category of what a designation says: terrorist financing under the programmes made for it (OFAC SDGT, SDT, FTO; EU
 * TERR and TAQA; the UN's and UK's regimes on Al-Qaida, ISIL and counter-terrorism; all orders of NBCTF, whose mandate
 * it is), else sanctioned.
 */
export function categoryOf(designation: Pick<Designation, 'authority' | 'program' | 'listedBy'>): Category {
  // An issuer's freeze is its own act and says nothing about why.
  if (designation.program.includes('issuer freeze')) return 'other'
  const terror = designation.program.some(program => TERROR_PROGRAMS.test(program))
  const isNbctf = designation.authority === 'NBCTF' || designation.listedBy?.includes(NBCTF_IN_WORDS)
  return terror || isNbctf === true ? 'terrorist-financing' : 'sanctioned'
}

/** As OpenSanctions names the publisher of its dataset il_mod_crypto. */
const NBCTF_IN_WORDS = 'National Bureau for Counter Terror Financing'

/** Behind the hyphen: keys of programmes that OpenSanctions made (meta/programs, 2026-08: US-TERR, EU-TAQA-EUAQ…). */
const TERROR_PROGRAMS = new RegExp(
  '^([A-Z]{2,4}-(TERR|TERROR|FTO219|TAQA|SCISIL|CT|ICT|ISIL|HAMAS|UNSC1373)|' +
    'SDGT|SDT|FTO|NS-PLC|TERR|TAQA|EUTAQA|Al-Qaida|ISIL|crime\\.terror)\\b|counter-terrorism',
  'i',
)

/** All that is known of addresses at two clocks (valid and known time): what cluster, trace and exposure ask. */
export type Knowledge = {
  labelsOf(network: NetworkId, address: string): readonly Label[]
  designationsOf(network: NetworkId, address: string): readonly Designation[]
  /** Lists loaded, with the version in force. Empty: nothing can be called "not listed". */
  readonly lists: readonly { authority: string; version: string }[]
  labelCount(network: NetworkId): number
  /**
   * Whether a list or claim may name the address, at whatever clock: never false where one does. It is the same
   * function until one is added, so that what it said may be remembered. Absent where nobody counts on that.
   */
  readonly isNamed?: (address: string) => boolean
}

/** Knows nothing: answers come out as "not checked". */
export const nothing: Knowledge = {
  labelsOf: () => [],
  designationsOf: () => [],
  lists: [],
  labelCount: () => 0,
}
