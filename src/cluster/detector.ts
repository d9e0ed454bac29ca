import type { Sides } from './sides.ts'

/**
 * One way of telling a mix by its shape: the contract of them all. A detector looks at one transaction and says whether
 * it fires; it never looks at labels or at other transactions. What it costs in wrong answers is measured apart for
 * each, by name: docs/methods/cluster.md.
 */
export type Detector = {
  readonly name: DetectorName
  readonly version: string
  /** Paper, proposal or program that the rule is taken from, and what in it is ours. */
  readonly source: string
  /** `many`: coins of many holders, so nothing is merged over it. `one`: one holder who enters a mix; only marked. */
  readonly holders: 'many' | 'one'
  readonly fires: (sides: Sides) => boolean
}

export type DetectorName = CoinJoin | 'whirlpool-tx0'

export type CoinJoin = 'wasabi2' | 'wasabi1' | 'whirlpool' | 'joinmarket' | 'equal-outputs'
