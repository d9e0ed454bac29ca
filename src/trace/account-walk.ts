import { type AccountColumns, KINDS } from '../ledger/ledger.ts'
import type { Declared } from './declaration.ts'
import type { Exits } from './exit.ts'
import type { Labels } from './labels.ts'
import type { Origin } from './origin.ts'
import type { Parcel, Spending } from './purse.ts'

/** What a sweep over an account chain runs on. */
export type AccountWalk = {
  readonly columns: AccountColumns
  readonly origin: Origin
  readonly declared: Declared
  readonly labels: Labels
  /** Payments by which the walk leaves the network over a bridge. */
  readonly exits: Exits
  /** By row and method: what comes over from another network's part of the walk, traced there. */
  readonly entries: ReadonlyMap<number, ReadonlyMap<Spending, Parcel>>
  /** Accounts whose history was read. */
  readonly accounts: ReadonlySet<number>
  /** Their rows that move value, in ledger order. */
  readonly rows: Uint32Array
  readonly truncated: boolean
}

/** Code of fee rows: what they take is gone, and is never followed. */
export const FEE = KINDS.indexOf('fee')
