import type { Knowledge } from '../attribution/attribution.ts'
import type { Columns } from '../ledger/ledger.ts'
import type { Exit } from './crossing.ts'
import type { Declared } from './declaration.ts'
import type { Bridges } from './exit.ts'
import type { Method } from './method.ts'
import type { Origin } from './origin.ts'
import type { Outcome } from './outcome.ts'
import type { Peel } from './peel.ts'

/** What a walk over one ledger gives: an outcome per declared method. */
export type Walked = {
  readonly outcomes: readonly Outcome[]
  readonly edges: number
  readonly truncated: boolean
  readonly notes: readonly string[]
  /** Account chains, forward: by the lowest intermediate balance. */
  readonly lowest?: Omit<Outcome, 'method'>
  /** Account chains: what left (backward: came) over bridges that told so. */
  readonly exits?: readonly Exit[]
  /** UTXO, forward. */
  readonly peels?: readonly Peel[]
}

/** One side of a transaction that traced value went through, in the direction of the money. */
export type Leg = {
  readonly method: Method
  /** Row of the transaction; on account chains also of the transfer. */
  readonly transaction: number
  readonly transfer: number | null
  /** in: the address paid traced value into the transaction · out: it received it. */
  readonly side: 'in' | 'out'
  /** Row of the address, or NONE. */
  readonly address: number
  /** Row of the asset on account chains; 0 where there is one. */
  readonly asset: number
  readonly units: bigint
  /** Fewest transactions from the origin. */
  readonly hops: number
}

/** Told of every leg, for whoever shows the way and not the ends alone. */
export type Watch = (leg: Leg) => void

export type Walker<C extends Columns> = (
  columns: C,
  knowledge: Knowledge,
  origin: Origin,
  declared: Declared,
  watch?: Watch,
  bridges?: Bridges,
) => Walked
