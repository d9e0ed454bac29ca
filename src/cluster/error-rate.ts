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
    corpus: 'two emulated Wasabi 2 runs with known owners (coinjoin-analysis, lognorm-static-10-5utxo)',
    version: '2024-04-05',
    precision: null,
    recall: 0,
    note:
      'In these runs addresses are only spent together in mixes. The guard refused all 12, so no pair was linked ' +
      '(0 of 2,332 true ones) and precision cannot be measured; without it, it would be 0.109 (415 of 3,822 pairs).',
  },
}
