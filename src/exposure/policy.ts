import * as Asset from '../model/asset.ts'
import type { Category } from '../model/category.ts'
import { digest } from '../std/canonical.ts'

/**
 * What raises a status, what does not, and what it scores, as data: an answer names the version and digest of the
 * policy that it was given by. A file replaces the built-in one as a whole (policy-file.ts).
 */
export type Policy = {
  readonly version: string
  readonly name: string
  /** Categories whose contact raises a status, the gravest first; contact with any other is told and raises nothing. */
  readonly categories: readonly Weight[]
  /**
   * Most that a stranger sends to be seen, in smallest units by symbol or CAIP-19: incoming contact up to it raises
   * nothing. No entry: nothing is dust.
   */
  readonly dust: { readonly units: Readonly<Record<string, string>>; readonly source: string }
  /** Confidence up to which a claim of posts alone raises nothing; a judgement `yes` lifts it. */
  readonly claimLevelMax: { readonly level: number; readonly source: string }
  readonly rules: readonly Rule[]
}

/** What a rule's score is multiplied by, in hundredths. */
export type Weight = { readonly category: Category; readonly weight: number; readonly source: string }

export type Rule = {
  readonly id: string
  readonly version: string
  /** `listing`: the address itself is listed; `former-listing`: it was. The others are relations of an exposure. */
  readonly relation: 'listing' | 'former-listing' | 'ownership' | 'direct' | 'indirect'
  readonly direction: 'in' | 'out' | 'any'
  /** Empty: those that raise a status. */
  readonly categories: readonly Category[]
  /** The share from which it fires; 0: from anything above nothing, an amount that was not read included. */
  readonly share: number
  /** 0 to 100. */
  readonly score: number
  readonly source: string
}

const FINCEN = 'FinCEN alert FIN-2023-TFHAMAS, October 2023'
const FATF = 'FATF, Virtual Assets Red Flag Indicators, September 2020'
const OURS = 'ours: an order of gravity, measured on no corpus'

const rule = (id: string, relation: Rule['relation'], direction: Rule['direction'], more: Partial<Rule>): Rule => {
  return { ...{ id, version: '1', relation, direction, categories: [], share: 0, score: 0, source: OURS }, ...more }
}

/** The policy that is built in. Version it when it changes: answers change with it. */
export const standard: Policy = {
  version: '2',
  name: 'Athar standard',
  categories: [
    { category: 'terrorist-financing', weight: 100, source: FINCEN },
    { category: 'sanctioned', weight: 100, source: 'OFAC, Sanctions Compliance Guidance for Virtual Currency, 2021' },
    { category: 'mixer', weight: 60, source: `${FATF}; the weight: ${OURS}` },
    { category: 'ransomware', weight: 90, source: `${FATF}; the weight: ${OURS}` },
    { category: 'darknet', weight: 70, source: `${FATF}; the weight: ${OURS}` },
    { category: 'hack', weight: 80, source: `${FATF}; the weight: ${OURS}` },
    { category: 'scam', weight: 60, source: `${FATF}; the weight: ${OURS}` },
  ],
  dust: {
    units: {
      ...{ BTC: '1100', LTC: '11000', tBTC: '1100', sBTC: '1100', rBTC: '1100', rLTC: '11000' },
      ...{ TRX: '1000000', ETH: '200000000000000', BNB: '1000000000000000', USDT: '1000000', USDC: '1000000' },
    },
    source:
      'Bitcoin family: twice the 546 sat that Bitcoin Core relays at least (policy/policy.h, P2PKH at 3 sat/vB), ' +
      'rounded up; account chains: what address poisoning was seen to send, under a dollar; ours',
  },
  claimLevelMax: { level: 20, source: 'GraphSense confidence.csv, web_crawl' },
  rules: [
    rule('listed', 'listing', 'any', { score: 100, source: 'OFAC, 31 CFR 594; NBCTF orders: a listing of itself' }),
    rule('formerly-listed', 'former-listing', 'any', { source: `told, and scored 0: ${OURS}` }),
    rule('ownership', 'ownership', 'any', { score: 100, source: FINCEN }),
    rule('direct-out', 'direct', 'out', { score: 90, source: FINCEN }),
    rule('direct-in', 'direct', 'in', { score: 60, source: `${FINCEN}; ${OURS}: anybody can send` }),
    rule('indirect-out', 'indirect', 'out', { score: 50, share: 0.01, source: `${FINCEN}; the share: ours` }),
    rule('indirect-in', 'indirect', 'in', { score: 30, share: 0.05, source: `${FINCEN}; the share: ours` }),
    rule('service-contact', 'direct', 'any', {
      categories: ['exchange', 'payment-processor', 'gambling', 'wallet-service', 'marketplace', 'atm', 'lending'],
      source: `told, and scored 0: ${OURS}`,
    }),
  ],
}

/** SHA-256 of the policy in canonical JSON: names it whatever its file looks like. */
export function digestOf(policy: Policy): string {
  const held = DIGESTS.get(policy) ?? digest(policy)
  DIGESTS.set(policy, held)
  return held
}

const DIGESTS = new WeakMap<Policy, string>()

export function isRisk(policy: Policy, category: Category): boolean {
  return policy.categories.some(one => one.category === category)
}

/** Position by gravity: risks first, in their order. */
export function rankOf(policy: Policy, category: Category): number {
  const rank = policy.categories.findIndex(one => one.category === category)
  return rank === -1 ? policy.categories.length : rank
}

/** Up to so many units of an asset an incoming contact raises nothing. */
export function dustOf(policy: Policy, asset: Asset.Asset): bigint {
  const { units } = policy.dust
  return BigInt(units[Asset.key(asset)] ?? units[asset.symbol] ?? '0')
}

/**
 * Whether a movement of this asset proves anything about its sender. A stranger deploys a contract that reports any
 * transfers it likes, from anybody to anybody: only the network's coin and tokens known by their contract count. No
 * policy can lift this.
 */
export function isTrusted(asset: Asset.Asset): boolean {
  return asset.contract === null || Asset.token(asset.network, asset.contract) !== undefined
}
