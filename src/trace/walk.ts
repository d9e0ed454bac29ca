import type { Knowledge } from '../attribution/attribution.ts'
import type { Columns } from '../ledger/ledger.ts'
import type { Declared } from './declaration.ts'
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
  /** UTXO, forward. */
  readonly peels?: readonly Peel[]
}

export type Walker<C extends Columns> = (columns: C, knowledge: Knowledge, origin: Origin, declared: Declared) => Walked
