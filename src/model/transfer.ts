import type { Instant } from './instant.ts'
import type { NetworkId } from './network.ts'

/**
 * One movement that an account chain reports: a transfer of its coin or of a token, a fee, an internal call that
 * carries value, or an approval, which moves nothing.
 */
export type Transfer = {
  readonly network: NetworkId
  /** 64 lower-case hex digits. */
  readonly txid: string
  readonly txIndex: number
  /** Of a token's event: its number in the block. −1: the transaction itself; below that: its fee and its calls. */
  readonly logIndex: number
  readonly kind: 'transfer' | 'internal' | 'fee' | 'approve'
  readonly failed: boolean
  readonly height: number
  readonly time: Instant
  /** Plain canonical; null: none (a coin minted), or nobody (a coin burned, a fee). */
  readonly from: string | null
  readonly to: string | null
  readonly token: Token | null
  /** In the asset's smallest unit. */
  readonly units: bigint
}

/** Of a token: its exact contract, and what its contract says of itself, which proves nothing. */
export type Token = { readonly contract: string; readonly symbol: string; readonly decimals: number | null }
