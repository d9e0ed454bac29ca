import * as Asset from '../model/asset.ts'
import * as Network from '../model/network.ts'

/** The thresholds of docs/methods/receipts.md, in one place. */

/**
 * Units at or under which an inflow is dust. 546: Bitcoin Core, policy.cpp, the least P2PKH output that is relayed at
 * the default dust fee; sprinklers send just that. The others are ours. 0 where nothing is known of the token.
 */
export function dustUnitsMax(asset: Asset.Asset): bigint {
  const { family } = Network.from(asset.network)
  if (family === 'bitcoin') return 546n
  if (asset.contract !== null) return Asset.token(asset.network, asset.contract) === undefined ? 0n : 10_000n
  return family === 'tron' ? 10_000n : 1_000_000_000_000n
}

/** An inflow that leaves whole within this time was passed through. Ours, after FATF 2020 (24 h for bursts). */
export const PASS_THROUGH_SECONDS = 24 * 3600

/**
 * The shape of a service: high two-way count, balanced, many counterparties. Ours; observed at an exchange business:
 * 1,300 in and 1,200 out in 7.5 months. What it keeps is not asked: a business has a float of its own.
 */
export const SERVICE = {
  transactionsMin: 100,
  /** in/out between 4/5 and 5/4. */
  ratio: { numerator: 5, denominator: 4 },
  counterpartiesMin: 20,
} as const
