import type { Asset } from '../model/asset.ts'

/**
 * Payments that a node has heard of and no block has: they may be replaced or never come true, so they are looked at,
 * raise alerts, and are never kept in a ledger.
 */
export type Pool = {
  /** What waits now. Transactions of the look before are not read again. */
  look(): Promise<PoolLook>
  /**
   * Of transactions that waited once: those that wait no longer, by the node's word after its last look. Whether they
   * were mined, replaced or dropped only the chain tells.
   */
  gone(txids: readonly string[]): Promise<ReadonlyMap<string, Gone>>
}

/** What is known of a transaction that waits no longer. */
export type Gone = {
  /** What waits now and spends the same, or null: nothing that was seen. */
  readonly replacedBy: string | null
  /** What it would have spent, as `txid:index`; empty: not known, or a chain without outputs. */
  readonly spends: readonly string[]
}

export type PoolLook = {
  readonly waiting: readonly Waiting[]
  /** Transactions that wait and were not read: beyond the limit of one look, or gone while it read. */
  readonly unread: number
}

/** One transaction that waits, as who pays and who is paid. */
export type Waiting = {
  readonly txid: string
  /** Whether its sender says that it may be replaced (BIP 125), or may do so at will; null: not known. */
  readonly replaceable: boolean | null
  readonly paying: readonly Side[]
  readonly paid: readonly Side[]
  /** Inputs of which nobody tells who pays. */
  readonly unread: number
}

export type Side = { readonly address: string; readonly asset: Asset; readonly units: bigint }

/** Transactions that one look reads at most: the next look goes on. Ours: a full pool is read in a few looks. */
export const LOOK_MAX = 5000
