import type { Label } from '../attribution/attribution.ts'
import type { Amount } from '../model/amount.ts'
import type { Asset } from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import type { Exit } from './crossing.ts'
import type { Declared } from './declaration.ts'
import type { Method } from './method.ts'
import type { Peel } from './peel.ts'

/** The answer of a run: where the origin's value lies, method by method, and how far the methods agree. */
export type Trace = {
  readonly network: NetworkId
  /** As given, in canonical form: addresses or `txid:index`. */
  readonly origin: readonly string[]
  readonly declared: Declared
  readonly methods: Readonly<Partial<Record<Method, Outcome>>>
  readonly envelope: readonly Range[]
  /** Whether reached and fees add up to the total in every conserving method: computed from the rows. */
  readonly conserved: boolean
  /** Whether the edge limit cut the walk. */
  readonly truncated: boolean
  /** Inputs and outputs (account chains: transfers) that were read. */
  readonly edges: number
  readonly coverage: Coverage
  /**
   * Account chains, forward: where value lies if each account kept it as long as its balance allowed, by the rule of
   * the lowest intermediate balance. No method and in no range: of what an account took in, the least that can have
   * left again.
   */
  readonly lowest: Omit<Outcome, 'method'> | null
  /** Account chains: what left (backward: came) over bridges that told so; it stands in `reached` as a contract. */
  readonly exits?: readonly Exit[]
  /** Peel chains that a forward walk over coins went along, longest first: their shape, by no method. */
  readonly peels: readonly Peel[]
  /** What the reader must know: an origin not in what was read, value that stops at unread inputs. */
  readonly notes: readonly string[]
}

export type Outcome = {
  readonly method: Method
  readonly reached: readonly Reached[]
  /** Value of the origin, one per asset. */
  readonly total: readonly Amount[]
  readonly fees: readonly Amount[]
  /** Account chains: value that went on in another asset. For each asset total − from + to = reached + fees. */
  readonly converted?: readonly Conversion[]
}

/** Traced value that a swap turned into another asset, both legs in one transaction. */
export type Conversion = {
  readonly txid: string
  /** Whoever swapped. */
  readonly address: string
  readonly contract: string
  readonly from: Amount
  readonly to: Amount
}

/** Where value lies now: one row per outpoint; on account chains per address, asset and reason. */
export type Reached = {
  /** Null where the script pays no address, or value was burned. */
  readonly address: string | null
  /** `txid:index`; null on account chains. */
  readonly outpoint: string | null
  readonly amount: Amount
  /** The fewest transactions that tainted units took from the origin. */
  readonly hops: number
  readonly stoppedBecause: Stop
  /** The label that stopped it, else the first that the address has, else null. */
  readonly label: Label | null
  /** Ids of the transactions that brought it there (backward: took it from there), up to 100. */
  readonly transactions: readonly string[]
}

export type Stop = (typeof STOPS)[number]

/** Codes are positions in this list; 0 is "goes on". */
export const STOPS = [
  'followed',
  'mixer',
  'service',
  'contract',
  'burned',
  'coinbase',
  'unspent',
  'horizon',
  'time',
  'min',
  'unread',
  'limit',
] as const

/** Code of a stop. */
export function codeOf(stop: Stop): number {
  return STOPS.indexOf(stop)
}

/** Least and greatest amount of one address (and asset) over the methods that conserve value. */
export type Range = {
  readonly address: string
  readonly asset: Asset
  readonly min: Amount
  readonly max: Amount
  /** More than nothing by every method that was run. */
  readonly robust: boolean
}
