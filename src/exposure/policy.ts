import * as Asset from '../model/asset.ts'
import type { Category } from '../model/category.ts'

/** What raises a status, and what does not, as data. Version it when it changes: answers change with it. */
export const VERSION = '1'

/**
 * Categories whose contact raises a status, the gravest first: terrorist financing and sanctions (FinCEN alert
 * FIN-2023-TFHAMAS), mixers and darknet places (FATF, Virtual Assets Red Flag Indicators, 2020), proceeds of crime.
 * Contact with any other category (an exchange, a pool) is reported and raises nothing.
 */
export const RISKS: readonly Category[] = [
  ...(['terrorist-financing', 'sanctioned', 'mixer', 'ransomware', 'darknet', 'hack', 'scam'] as const),
]

export function isRisk(category: Category): boolean {
  return RISKS.includes(category)
}

/** Position by gravity: risks first, in their order. */
export function rankOf(category: Category): number {
  const rank = RISKS.indexOf(category)
  return rank === -1 ? RISKS.length : rank
}

/**
 * Most that a stranger sends to be seen: incoming contact up to it raises nothing. Bitcoin family: twice the 546 sat
 * that Bitcoin Core relays at least (policy/policy.h, P2PKH at 3 sat/vB), rounded up; coins and tokens of account
 * chains: what address poisoning was seen to send, under a dollar. Ours.
 */
export function dustOf(asset: Asset.Asset): bigint {
  return DUST[Asset.key(asset)] ?? DUST[asset.symbol] ?? 0n
}

const DUST: Readonly<Record<string, bigint>> = {
  ...{ BTC: 1_100n, LTC: 11_000n, tBTC: 1_100n, sBTC: 1_100n, rBTC: 1_100n, rLTC: 11_000n },
  ...{ TRX: 1_000_000n, ETH: 200_000_000_000_000n, BNB: 1_000_000_000_000_000n },
  ...{ USDT: 1_000_000n, USDC: 1_000_000n },
}

/**
 * Whether a movement of this asset proves anything about its sender. A stranger deploys a contract that reports any
 * transfers it likes, from anybody to anybody: only the network's coin and tokens known by their contract count.
 */
export function isTrusted(asset: Asset.Asset): boolean {
  return asset.contract === null || Asset.token(asset.network, asset.contract) !== undefined
}

/** Confidence up to which a claim of posts alone raises nothing: GraphSense's web_crawl. A judgement `yes` lifts it. */
export const CLAIM_LEVEL_MAX = 20
