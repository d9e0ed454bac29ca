import type { AmountJson } from '../model/amount.ts'
import type { Coverage } from '../model/coverage.ts'
import type * as Canonical from '../std/canonical.ts'

/**
 * What a report is made from, gathered by app: the case, and the answers of its runs in the shapes of the interface.
 * Times are RFC 3339.
 */
export type Material = {
  readonly program: { readonly name: string; readonly version: string }
  readonly writtenAt: string
  readonly writtenBy: string
  readonly synthetic: boolean
  readonly case: CaseMaterial
  readonly captures: readonly CaptureMaterial[]
  readonly campaigns: readonly CampaignMaterial[]
  readonly traces: readonly TraceMaterial[]
  readonly screened: readonly ScreenedMaterial[]
  readonly claims: readonly ClaimMaterial[]
  /** What named persons say against a claim, label or listing of an address; none where left out. */
  readonly disputes?: readonly DisputeMaterial[]
  readonly lists: readonly ListMaterial[]
  readonly prices: readonly PriceMaterial[]
  readonly runs: readonly RunMaterial[]
  readonly coverage: readonly Coverage[]
}

export type CaseMaterial = {
  readonly name: string
  readonly title: string
  readonly status: string
  readonly notes: readonly { readonly text: string; readonly user: string; readonly at: string }[]
  readonly events: number
  readonly digest: string
}

export type CaptureMaterial = {
  readonly sha256: string
  readonly source: string | null
  readonly postedAt: string | null
  readonly capturedAt: string | null
  readonly mediaType: string | null
  readonly bytes: number | null
  /** Where an address of the campaign stands in it. */
  readonly shows: readonly {
    readonly address: string
    readonly member: string | null
    readonly start: number
    readonly end: number
  }[]
}

export type CampaignMaterial = {
  readonly name: string
  /** Who the posts say receives: a claim. */
  readonly claimedActor: string | null
  readonly addresses: readonly CampaignAddress[]
  readonly receipts: ReceiptsMaterial | null
}

export type CampaignAddress = {
  readonly network: string
  readonly address: string
  readonly role: string
  /** The service that hosts it; 'self'; null: not known. */
  readonly custody: string | null
  readonly publishedAt: string | null
}

/** The answer of `campaign receipts`, with the rows it was summed from where they were asked for. */
export type ReceiptsMaterial = {
  readonly run: Ran
  readonly inflow: readonly AmountJson[]
  readonly classes: Readonly<Record<string, readonly AmountJson[]>>
  readonly lower: readonly AmountJson[]
  readonly upper: readonly AmountJson[]
  readonly transactions: number
  readonly first: string | null
  readonly last: string | null
  /** Receipts of all assets in dollars; null: a price was missing. */
  readonly usd: { readonly value: string; readonly basis: string } | null
  readonly rows: readonly ReceiptRow[]
}

/** One payment to an address of the campaign. The payer is not in it. */
export type ReceiptRow = {
  readonly class: string
  readonly network: string
  readonly asset: string
  readonly decimals: number
  readonly units: string
  readonly txid: string
  readonly index: number | null
  readonly height: number | null
  readonly time: string
  readonly address: string
}

/** What was run: for the figures' register. */
export type Ran = {
  readonly operation: string
  readonly arguments: Canonical.Json
  readonly method: { readonly name: string; readonly version: string }
  /** SHA-256 of the filed answer, or null where it was not filed. */
  readonly sha256: string | null
}

export type TraceMaterial = {
  readonly run: Ran
  readonly network: string
  readonly origin: readonly string[]
  readonly declared: {
    readonly methods: readonly string[]
    readonly hops: number | null
    readonly min: string | null
    readonly reason: string
  }
  readonly total: readonly AmountJson[]
  readonly fees: readonly AmountJson[]
  readonly conserved: boolean
  readonly destinations: readonly Destination[]
  /** Where value went in its first step, and on from there: for the picture. Empty: drawn straight to the ends. */
  readonly links: readonly TraceLink[]
  /** What left the network over bridges: in none of the sums. None where left out. */
  readonly crossings?: readonly CrossingMaterial[]
  /** What came to other networks so, and where it lies there: each adds up by itself. */
  readonly onward?: readonly OnwardMaterial[]
}

export type CrossingMaterial = {
  readonly name: string
  readonly grade: 'proven' | 'told' | 'inferred'
  /** By which the protocol ties both sides. */
  readonly id: string | null
  readonly paid: CrossingSide
  readonly released: CrossingSide | null
  /** Where to, by the sending side's word. */
  readonly destination: { readonly network: string; readonly address: string | null } | null
}

export type CrossingSide = {
  readonly network: string
  readonly txid: string
  readonly address: string | null
  readonly amount: AmountJson
}

export type OnwardMaterial = Pick<TraceMaterial, 'network' | 'total' | 'fees' | 'conserved' | 'destinations'>

/** A place where value lies now, over all its outpoints. */
export type Destination = {
  /** Null where a label gathers several addresses, or the value pays no address. */
  readonly address: string | null
  readonly name: string | null
  readonly category: string | null
  readonly stop: string
  readonly hops: number
  readonly min: AmountJson
  readonly max: AmountJson
  readonly robust: boolean
  /** Transactions that brought it there. */
  readonly txids: readonly string[]
  /** Where the label comes from. */
  readonly list: {
    readonly authority: string
    readonly version: string
    readonly sha256: string
    readonly entry: string
  } | null
}

export type TraceLink = { readonly from: string; readonly to: string; readonly units: string; readonly asset: string }

export type ScreenedMaterial = {
  readonly address: string
  readonly network: string
  readonly status: string
  readonly designations: readonly {
    readonly authority: string
    readonly entity: string
    readonly listedAt: string | null
    readonly version: string
    readonly sha256: string
    readonly entry: string
  }[]
}

/** Who says what about an address, in what words: never a finding. */
export type ClaimMaterial = {
  readonly address: string
  readonly object: string
  readonly grade: string
  readonly speaker: string
  readonly medium: string
  readonly saidAt: string | null
  readonly words: string
  readonly capture: {
    readonly sha256: string
    readonly member?: string
    readonly start: number
    readonly end: number
  } | null
}

/** The word of a named person against what is said of an address: it stands beside it. */
export type DisputeMaterial = {
  readonly address: string
  readonly by: string
  readonly capacity: string | null
  readonly saidAt: string | null
  readonly words: string
}

export type ListMaterial = { readonly authority: string; readonly version: string; readonly sha256: string | null }

export type PriceMaterial = {
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly sha256: string
}

export type RunMaterial = {
  readonly operation: string
  readonly arguments: Canonical.Json
  readonly reason: string
  readonly declaredAt: string
  readonly sha256: string | null
}
