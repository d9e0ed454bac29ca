/**
 * What kind of thing an address or entity is, with the GraphSense concept it maps to (concepts.yaml, derived from the
 * INTERPOL Darknet and Cryptocurrencies Working Group taxonomy).
 */
export type Category = (typeof TABLE)[number]['id']

const TABLE = [
  { id: 'terrorist-financing', concept: 'terrorism_financing', custodial: false },
  { id: 'sanctioned', concept: 'sanction', custodial: false },
  { id: 'donation', concept: 'donation', custodial: false },
  { id: 'exchange', concept: 'exchange', custodial: true },
  { id: 'mixer', concept: 'mixing_service', custodial: true },
  { id: 'coinjoin', concept: 'coinjoin', custodial: false },
  { id: 'payment-processor', concept: 'payment_processor', custodial: true },
  { id: 'gambling', concept: 'gambling', custodial: true },
  { id: 'wallet-service', concept: 'wallet_service', custodial: true },
  { id: 'hosting', concept: 'hosting', custodial: true },
  { id: 'marketplace', concept: 'market', custodial: true },
  { id: 'mining-pool', concept: 'miner', custodial: true },
  { id: 'atm', concept: 'atm', custodial: true },
  { id: 'lending', concept: 'defi_lending', custodial: true },
  { id: 'dex', concept: 'defi_dex', custodial: false },
  { id: 'bridge', concept: 'defi_bridge', custodial: false },
  { id: 'contract', concept: 'defi', custodial: false },
  { id: 'token', concept: 'token_standard', custodial: false },
  { id: 'ransomware', concept: 'ransomware', custodial: false },
  { id: 'hack', concept: 'hack', custodial: false },
  { id: 'scam', concept: 'scam', custodial: false },
  { id: 'darknet', concept: 'darkweb', custodial: false },
  { id: 'government', concept: 'organization', custodial: false },
  { id: 'organisation', concept: 'organization', custodial: false },
  { id: 'person', concept: 'user', custodial: false },
  { id: 'other', concept: 'entity', custodial: false },
] as const

export const all: readonly Category[] = TABLE.map(row => row.id)

/** Whether value that enters such a place loses its thread: tracing stops there. */
export function isCustodial(category: Category): boolean {
  return TABLE.find(row => row.id === category)!.custodial
}

export function parse(text: string): Category | undefined {
  return all.find(category => category === text)
}

/** The GraphSense concept id of a category. */
export function toConcept(category: Category): string {
  return TABLE.find(row => row.id === category)!.concept
}
