import type { IssuerEvent, ToldBeside } from '../chain/account-block.ts'
import type { NetworkId } from '../model/network.ts'
import type { Transfer } from '../model/transfer.ts'

/**
 * A provider of histories: everything that one address did, page by page, as far as the provider tells it. A provider
 * can leave out, repeat, reorder or lie: what it contradicts itself in is told, and whether all was read is worked out
 * from the ledger afterwards.
 */
export type HistorySource = {
  readonly network: NetworkId
  /** Pages in ledger order, from a cursor on; each can be kept by itself, and its cursor is where to go on. */
  pages(address: string, cursor: string | null): AsyncGenerator<HistoryPage>
  /** What the provider says that the address holds and has done, to be held against what was read. */
  statement(address: string): Promise<Statement>
}

export type HistoryPage = {
  readonly transfers: readonly Transfer[]
  readonly issuer: readonly IssuerEvent[]
  /** Ids of transactions of the address on this page. */
  readonly txids: readonly string[]
  /** What was read for it besides, by the hash of the block. */
  readonly told?: readonly ToldInBlock[]
  /** Where to go on after this page; the same text again means: no further. */
  readonly cursor: string
  /** In what the provider contradicts itself, in a sentence each. */
  readonly faults: readonly string[]
}

export type ToldInBlock = ToldBeside & { readonly block: string }

export type Statement = {
  /** Transactions of the address; null: the provider does not say. */
  readonly transactions: number | null
  /** Balance of the coin (contract null) and of tokens, in their smallest units. */
  readonly balances: readonly { readonly contract: string | null; readonly units: bigint }[]
  /** Why a balance need not be receipts less payments here, or null. */
  readonly reserve: string | null
  readonly tip: { readonly height: number; readonly hash: string } | null
}
