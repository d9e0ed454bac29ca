import type { Asset } from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'

/** One movement of one address, as rules see it. */
export type Event = {
  readonly txid: string
  readonly height: number | null
  readonly time: Instant
  readonly direction: 'in' | 'out'
  readonly asset: Asset
  readonly units: bigint
  /** Value in US cents at the day of the transaction, rounded down; null: no price is known. */
  readonly cents: bigint | null
  /** Whose price of the day that is; null: none is loaded, and the nominal of a dollar token counts. */
  readonly priceSource?: string | null
  /** The other side, where one was read. */
  readonly other: string | null
  /** Unconfirmed: waits to be mined, and may never be. Such an event raises alerts and is no evidence. */
  readonly standing: 'mined' | 'unconfirmed'
  /** Of one that waits: whether its sender may still replace it; null: nobody says. */
  readonly replaceable?: boolean | null
  /** A post that shows the address: nothing moves, `txid` names its capture. */
  readonly isPost?: true
}

/** The address whose events are looked at. */
export type Subject = { readonly network: NetworkId; readonly address: string }

/** What rules may ask about the other side. Every answer is as of the instant given. */
export type Around = {
  /** Authorities that list the address on that day. */
  designatedBy(network: NetworkId, address: string, at: Instant): readonly string[]
  /** Campaigns that name it as an address of donation or collection. */
  campaignsOf(network: NetworkId, address: string): readonly string[]
  /** Category of the strongest label; null: none is known. */
  categoryOf(network: NetworkId, address: string): string | null
  /** Name of the entity of a label, to tell services apart; null: none is known. */
  serviceOf(network: NetworkId, address: string): string | null
  /** Countries of that service where a pack tells them. */
  countriesOf(network: NetworkId, address: string): readonly string[]
  /** Donation addresses that campaigns name there, with who shows them since when. */
  donationsOn(network: NetworkId): readonly Donation[]
  /** What the stored ledger says that an address did until then, oldest first; null: not read, or too much. */
  historyOf(network: NetworkId, address: string, at: Instant): readonly Event[] | null
  /** Who pays for what an address of an account chain does; none: nobody, a service, or not known. */
  sponsorsOf(network: NetworkId, address: string, at: Instant): readonly Sponsor[]
  /** Words that a transaction carries. */
  messagesIn(network: NetworkId, txid: string): readonly Message[]
}

/** A donation address as a campaign names it. */
export type Donation = {
  readonly address: string
  readonly campaign: string
  readonly publishers: readonly string[]
  /** Null: not known. */
  readonly publishedAt: Instant | null
}

/** A private payer of what somebody does, with all for whom it alone pays, the subject among them. */
export type Sponsor = {
  readonly payer: string
  /** By native coins, of which nobody else gave any; by energy that it alone lent; by an activation. */
  readonly by: 'coins' | 'energy' | 'activation'
  readonly sponsored: readonly string[]
}

/** Words that a transaction carries, and who signed it. */
export type Message = {
  readonly text: string
  /** Null: whoever signed the inputs, of whom any one may have written it. */
  readonly writer: string | null
  /** Words of the lexicon in it, with their kind. */
  readonly words: readonly { readonly kind: string; readonly word: string }[]
}

/** Events of one address in the order of the ledger, with what has been forgotten of the oldest. */
export type History = {
  readonly events: Event[]
  /** Time of the last event before those kept, or null: none. */
  before: Instant | null
}
