/**
 * How often a heuristic is wrong, as measured: docs/methods/cluster.md says how. Precision: of the pairs of addresses
 * that it links, how many have one owner. Recall: of the pairs with one owner, how many it links.
 */
export type ErrorRate = {
  readonly corpus: string
  readonly version: string
  readonly precision: number | null
  readonly recall: number | null
  /** Why a figure is null, or what it does not say. */
  readonly note: string
}

export const MULTI_INPUT: { readonly name: string; readonly version: string; readonly errorRate: ErrorRate } = {
  name: 'multi-input',
  version: '1',
  errorRate: {
    corpus: 'emulated Wasabi 2 runs',
    version: 'lognorm-static-10-5utxo, 2024-04-05',
    precision: null,
    recall: null,
    note: 'not measured yet',
  },
}
