/**
 * Where a statement comes from, so that a stranger can open it: bytes in a capture, an entry of a list version, a
 * transaction or block, a price of a day, an analyst's judgement, the filed answer of a declared run.
 */
export type Citation =
  | {
      readonly kind: 'capture'
      readonly sha256: string
      readonly member?: string
      readonly start: number
      readonly end: number
    }
  | {
      readonly kind: 'list'
      readonly authority: string
      readonly version: string
      readonly sha256: string
      readonly entry: string
    }
  | { readonly kind: 'transaction'; readonly network: string; readonly txid: string; readonly index?: number }
  | { readonly kind: 'block'; readonly network: string; readonly hash: string; readonly height: number | null }
  | { readonly kind: 'price'; readonly asset: string; readonly day: string; readonly sha256: string }
  | { readonly kind: 'judgement'; readonly id: string }
  | { readonly kind: 'run'; readonly operation: string; readonly sha256: string }
