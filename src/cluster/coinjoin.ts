import type { UtxoColumns } from '../ledger/ledger.ts'
import type { CoinJoin, Detector } from './detector.ts'
import { EQUAL_OUTPUTS, JOINMARKET } from './equal-output.ts'
import { sidesOf } from './sides.ts'
import { WASABI1, WASABI2 } from './wasabi.ts'
import { WHIRLPOOL, WHIRLPOOL_TX0 } from './whirlpool.ts'

/**
 * Every detector, in the order in which a name is given: the narrowest first. A CoinJoin spends coins of many holders
 * on purpose, so nothing is merged over it. Definitions and measured errors: docs/methods/cluster.md.
 *
 * Where input values were not read, the tests on them are left out: a mix is then refused on its outputs alone.
 */
export const DETECTORS: readonly Detector[] = [WASABI2, WHIRLPOOL, WASABI1, JOINMARKET, EQUAL_OUTPUTS, WHIRLPOOL_TX0]

const MIXES = DETECTORS.filter(detector => detector.holders === 'many')

/** Which CoinJoin a transaction looks like, or null. */
export function detect(columns: UtxoColumns, transaction: number): CoinJoin | null {
  const { firstInput, firstOutput } = columns.transactions
  const outputCount = firstOutput[transaction + 1]! - firstOutput[transaction]!
  const inputCount = firstInput[transaction + 1]! - firstInput[transaction]!
  if (inputCount < 2 || outputCount < OUTPUTS_LEAST) return null
  const sides = sidesOf(columns, transaction)
  return (MIXES.find(detector => detector.fires(sides))?.name as CoinJoin | undefined) ?? null
}

/** Every detector that fires, by itself: for measuring, and for saying all that a transaction looks like. */
export function firing(columns: UtxoColumns, transaction: number): Detector[] {
  const sides = sidesOf(columns, transaction)
  return DETECTORS.filter(detector => detector.fires(sides))
}

/** No mix has fewer outputs. */
const OUTPUTS_LEAST = 3
