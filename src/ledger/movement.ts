import type { Amount } from '../model/amount.ts'
import type { Instant } from '../model/instant.ts'

/** What one transaction did to one address, in one asset. */
export type Movement = {
  readonly txid: string
  /** Null where the block's height is not known. */
  readonly height: number | null
  readonly time: Instant
  readonly received: Amount | null
  /** What the address paid in. Null: nothing; `unread` says whether something was paid in whose value was not read. */
  readonly sent: Amount | null
  readonly unread: boolean
  /** The other side, by value paid; null where the sender or payee has no address that was read. At most eight. */
  readonly counterparties: readonly (string | null)[]
}

/** What an address received and sent in all that was read, per asset. */
export type Totals = {
  readonly received: readonly Amount[]
  readonly sent: readonly Amount[]
  /** Received − sent; null for an asset where the address paid with value that was not read: more than it received. */
  readonly balance: readonly (Amount | null)[]
  readonly transactions: number
  readonly unreadTransactions: number
  readonly first: Instant | null
  readonly last: Instant | null
}
