import type { Category } from '../model/category.ts'

/**
 * From GraphSense concepts to our categories. A concept that has no category of its own takes that of the nearest
 * broader concept which has one (concepts.yaml of graphsense-tagpack-tool, 2025-09-04).
 */

/** Category of the most telling concept: abuse before kind of service, the earlier before the later. */
export function toCategory(concepts: readonly string[]): Category {
  let best: Category = 'other'
  for (const concept of concepts) {
    const category = categoryOf(concept)
    if (rank(category) > rank(best)) best = category
  }
  return best
}

/** Category of one concept, climbing to broader ones; `other` for a concept that the taxonomy does not hold. */
export function categoryOf(concept: string): Category {
  let at: string | undefined = concept.trim().toLowerCase()
  for (let climbs = 0; at !== undefined && climbs < CLIMBS_MAX; climbs++) {
    const category = DIRECT.get(at)
    if (category !== undefined) return category
    at = BROADER.get(at)
  }
  return 'other'
}

/** Depth of the taxonomy, with room; a loop in a later edition must not hang. */
const CLIMBS_MAX = 12

const DIRECT = new Map<string, Category>([
  ['terrorism_financing', 'terrorist-financing'],
  ['terrorism', 'terrorist-financing'],
  ['sanction', 'sanctioned'],
  ['black_list', 'sanctioned'],
  ['donation', 'donation'],
  ['exchange', 'exchange'],
  ['mixing_service', 'mixer'],
  ['coinjoin', 'coinjoin'],
  ['payment_processor', 'payment-processor'],
  ['gambling', 'gambling'],
  ['wallet_service', 'wallet-service'],
  ['hosting', 'hosting'],
  ['market', 'marketplace'],
  ['miner', 'mining-pool'],
  ['mining_service', 'mining-pool'],
  ['atm', 'atm'],
  ['defi_lending', 'lending'],
  ['defi_dex', 'dex'],
  ['defi_bridge', 'bridge'],
  ['defi_token', 'token'],
  ['defi', 'contract'],
  ['ransomware', 'ransomware'],
  ['hacking', 'hack'],
  ['scam', 'scam'],
  ['investment_fraud', 'scam'],
  ['phishing', 'scam'],
  ['sextortion', 'scam'],
  ['dark_web', 'darknet'],
  ['organization', 'organisation'],
  ['user', 'person'],
])

const BROADER = new Map<string, string>([
  ['ponzi_scheme', 'investment_fraud'],
  ['pyramid_scheme', 'ponzi_scheme'],
  ['service_hack', 'hacking'],
  ['account_hack', 'hacking'],
  ['exploit', 'hacking'],
  ['data_breach', 'hacking'],
  ['social_engineering', 'hacking'],
  ['malware', 'hacking'],
  ['victim', 'user'],
  ['perpetrator', 'user'],
  ['escrow_wallet', 'wallet_service'],
  ['ico_wallet', 'wallet_service'],
  ['defi_dex_pair', 'defi_dex'],
  ['defi_derivatives', 'defi'],
  ['defi_derivative', 'defi'],
  ['defi_dao', 'defi'],
  ['defi_staking', 'defi'],
  ['defi_custody', 'defi'],
  ['mixing', 'mixing_service'],
])

/** Which of several categories an address is shown under: grave findings first, then services, then the rest. */
const GRAVITY: readonly (readonly Category[])[] = [
  ['other'],
  ['person', 'organisation', 'government'],
  ['contract', 'token', 'donation'],
  ['dex', 'bridge', 'coinjoin'],
  // Who holds the money of others comes before what else they run: an exchange with a DEX is an exchange.
  [
    ...(['exchange', 'payment-processor', 'gambling', 'wallet-service', 'hosting', 'marketplace'] as const),
    ...(['mining-pool', 'atm', 'lending', 'mixer'] as const),
  ],
  ['scam', 'hack', 'ransomware', 'darknet'],
  ['sanctioned'],
  ['terrorist-financing'],
]

function rank(category: Category): number {
  return GRAVITY.findIndex(level => level.includes(category))
}

/** Whether the taxonomy (concepts.yaml, 2025-09-04) holds the concept: a pack may name no other. */
export function isConcept(concept: string): boolean {
  return ABUSES.has(concept) || OTHERS.has(concept)
}

/** Whether it is a kind of abuse, which a tag may name beside what the address is. */
export function isAbuse(concept: string): boolean {
  return ABUSES.has(concept)
}

const ABUSES: ReadonlySet<string> = new Set([
  ...['abuse', 'sexual_abuse', 'child_sexual_abuse', 'violence', 'human_trafficking', 'murder', 'torture', 'scam'],
  ...['financial_crime', 'investment_fraud', 'ponzi_scheme', 'pyramid_scheme', 'money_laundering', 'extortion'],
  ...['sextortion', 'phishing', 'hacking', 'service_hack', 'account_hack', 'exploit', 'data_breach'],
  ...['social_engineering', 'malware', 'drugs', 'weapons', 'payment_card_fraud', 'ransomware', 'sanction'],
  ...['counterfeit', 'extremism', 'terrorism', 'terrorism_financing'],
])

const OTHERS: ReadonlySet<string> = new Set([
  ...['concept', 'unknown', 'behaviour', 'source', 'mention', 'website_mention', 'forum_mention', 'gray_usage'],
  ...['mixing', 'white_usage', 'dark_web', 'entity', 'organization', 'user', 'service', 'victim', 'perpetrator'],
  ...['donation', 'exchange', 'wallet_service', 'escrow_wallet', 'ico_wallet', 'cold_wallet', 'hot_wallet'],
  ...['warm_wallet', 'filesharing', 'index', 'market', 'messaging_service', 'mixing_service', 'coinjoin', 'miner'],
  ...['mining_service', 'gambling', 'search_engine', 'shop', 'faucet', 'payment_processor', 'atm', 'hosting', 'vpn'],
  ...['nameservice', 'defi', 'defi_token', 'defi_lending', 'defi_dex', 'defi_dex_pair', 'defi_derivative'],
  ...['defi_bridge', 'defi_dao', 'defi_staking', 'defi_custody', 'item', 'collectible'],
])
