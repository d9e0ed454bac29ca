import type { AccountBlock } from '../chain/account-block.ts'

/** A node of an account chain: whole blocks with what they moved. */
export type AccountSource = {
  status(): Promise<AccountStatus>
  /** Hashes of the blocks at these heights, in the same order; null above the tip. */
  hashes(heights: readonly number[]): Promise<readonly (string | null)[]>
  /** Blocks from a height on. Failures: Source.NotUnderstood names the height and what was wrong. */
  blocks(from: number, count: number): Promise<readonly AccountBlock[]>
}

export type AccountStatus = {
  readonly tip: { readonly height: number; readonly hash: string }
  /** Up to which height no reorganisation can come, by the network's own word. */
  readonly finalHeight: number
  readonly version: string
  /** Whether internal transfers are told. */
  readonly internal: boolean
}
