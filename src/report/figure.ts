import type { Citation } from '../model/citation.ts'
import * as Canonical from '../std/canonical.ts'
import type { Countable } from './plural.ts'

/**
 * One number of a report with all that is needed to compute it again: the operation and its arguments, the method in
 * its version, and what it rests on. `digest` is SHA-256 over the canonical form of those and of the value.
 */
export type Figure = {
  /** A path such as `receipts/total/rBTC`: the anchor and the node that a verifier names. */
  readonly id: string
  readonly label: string
  readonly value: Value
  readonly operation: string
  readonly arguments: Canonical.Json
  readonly method: { readonly name: string; readonly version: string }
  /** Numbers of entries of the evidence appendix. */
  readonly evidence: readonly string[]
  readonly digest: string
}

export type Value =
  | { readonly kind: 'amount'; readonly asset: string; readonly value: string; readonly units: string }
  | { readonly kind: 'usd'; readonly value: string; readonly basis: string }
  | { readonly kind: 'count'; readonly count: number; readonly of: Countable }
  | { readonly kind: 'time'; readonly at: string }

/** Digest of a figure: what a stranger recomputes. Labels and numbering are left out: they change with the language. */
export function digestOf(
  figure: Pick<Figure, 'id' | 'value' | 'operation' | 'arguments' | 'method'>,
  citations: readonly Citation[],
): string {
  const { id, value, operation, arguments: given, method } = figure
  const rests = citations.map(citation => Canonical.digest(citation as Canonical.Json)).sort()
  return Canonical.digest({ id, value, operation, arguments: given, method, citations: rests })
}
