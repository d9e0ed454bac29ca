import type { Category } from '../model/category.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Role } from './label.ts'
import type { Flag } from './listed.ts'

/**
 * One row of a list or pack as an importer reads it. `key` is the same for the same listing in every version of its
 * list; everything else may change from version to version.
 */
export type Entry = {
  readonly kind: EntryKind
  readonly key: string
  /** Plain canonical form; as listed where no codec accepts it; null for what is no address. */
  readonly address: string | null
  /** Networks on which the listing stands. Empty: invalid, or a chain that Athar does not read. */
  readonly networks: readonly NetworkId[]
  readonly content: ListedAddress | Party | Account | Tag | Actor
}

export type EntryKind = 'address' | 'entity' | 'account' | 'tag' | 'actor'

/** An address as an authority lists it. */
export type ListedAddress = {
  /** The entry in the source: OFAC's profile or uid, an order's number, a line. */
  readonly entry: string
  readonly entity: string
  readonly program: readonly string[]
  readonly listedAt: Instant | null
  readonly expiresAt: Instant | null
  /** Symbol as listed (`XBT`, `USDT`, `TRON`): an asset or chain in the list's own words. */
  readonly asset: string | null
  /** Exactly as listed, before invisible characters and blanks were taken out. */
  readonly raw: string
  /** Chain that the symbol names where it is not one of ours (`bitcoin-sv`, `monero`). */
  readonly foreign: string | null
  readonly flags: readonly Flag[]
  readonly conflict: string | null
  /** What the writer may have meant where the address is invalid. Offered, never applied. */
  readonly probable: string | null
  /** `stated` in the field for it, or only found in free text. */
  readonly grade: 'stated' | 'comment'
  /** When the source itself says that the listing ended (an issuer lifted its freeze, an act was repealed). */
  readonly endedAt?: Instant
  /** How far an issuer's freeze has come, and each step of it. Only `submitted` is not yet in force. */
  readonly stages?: readonly Stage[]
  /** Later order that took its place (NBCTF forfeiture): the listing no longer lapses by time. */
  readonly forfeiture?: string
  readonly note?: string
  /** Authorities whose listing it is, where the list is a collection of others' lists. */
  readonly listedBy?: readonly string[]
}

/** One step of an issuer's freeze: asked of the issuer's signers, in force, lifted, or the frozen funds destroyed. */
export type Stage = {
  readonly stage: 'submitted' | 'effective' | 'removed' | 'destroyed'
  /** Null where the source gives a height and no time. */
  readonly at: Instant | null
  readonly height: number | null
  readonly txid: string
  /** Destroyed units of the token, whole number in its smallest unit. */
  readonly units?: string
}

/** A person, organisation or thing that an authority lists. */
export type Party = {
  readonly entry: string
  readonly type: 'person' | 'organisation' | 'vessel' | 'aircraft' | 'unknown'
  readonly names: readonly PartyName[]
  readonly program: readonly string[]
  readonly listedAt: Instant | null
  readonly remarks?: string
  /** Days, months or years of birth as the source writes them. */
  readonly born?: readonly string[]
  /** Countries as the source names them: nationality, citizenship, place. */
  readonly countries?: readonly string[]
}

export type PartyName = {
  readonly text: string
  /** ISO 15924 where the source says (`Latn`, `Arab`), else the source's word. */
  readonly script: string
  readonly kind: 'primary' | 'aka' | 'fka' | 'nka'
  /** A low-quality alias: never enough for a match by itself. */
  readonly weak: boolean
}

/** An account at a platform (exchange, wallet app): no address on any chain. */
export type Account = {
  readonly entry: string
  readonly platform: string
  readonly account: string
  readonly entity: string
  readonly program: readonly string[]
  readonly listedAt: Instant | null
  readonly expiresAt: Instant | null
}

/** A tag of a GraphSense pack with what its header lends it. */
export type Tag = {
  readonly name: string
  readonly category: Category
  /** GraphSense concept ids as tagged, the deciding one first. */
  readonly concepts: readonly string[]
  readonly confidence: string
  readonly source: string
  readonly actor: string | null
  readonly currency: string | null
  readonly network: string | null
  readonly raw: string
  readonly foreign: string | null
  readonly flags: readonly Flag[]
  readonly conflict: string | null
  readonly clusterDefiner: boolean
  readonly tagType: string | null
  readonly lastmod: string | null
  readonly context: string | null
  readonly role: Role | null
}

/** An actor of a GraphSense actor pack. */
export type Actor = {
  readonly id: string
  readonly label: string
  readonly uri: string | null
  readonly category: Category
  readonly concepts: readonly string[]
  readonly jurisdictions: readonly string[]
  readonly aliases: readonly string[]
  readonly legalName: string | null
}

/** What an importer says about the file as a whole, once it has read it. */
export type Heading = {
  readonly authority: string | null
  /** Name of the list within its authority: versions of one name follow each other. */
  readonly list: string
  readonly title: string | null
  readonly publishedAt: Instant | null
  readonly warnings: readonly string[]
  /** Paths of further files that belong to this version (dates of orders). */
  readonly companions?: readonly string[]
}
