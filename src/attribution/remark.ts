import { find } from '../mention/mention.ts'
import { identify, type Listed } from './listed.ts'

/** A wallet that a free-text remark names: the words as they stand, and what they stand for. */
export type Noted = { readonly raw: string; readonly listed: Listed }

/**
 * Wallets in a remark, each once, by the same finder that reads posts: only what passes its checksum (or has the form
 * of an EVM address) counts. One that was written wrongly is kept as it stands, invalid, with the repair offered.
 */
export function walletsIn(remark: string): Noted[] {
  if (!LONG_RUN.test(remark)) return []
  const found = new Map<string, Noted>()
  for (const mention of find(remark).mentions) {
    if (mention.kind !== 'address' || mention.networks.every(isTest)) continue
    const noted = mention.certainty === 'found' ? asWritten(mention) : repaired(mention)
    if (noted !== null && !found.has(noted.listed.address)) found.set(noted.listed.address, noted)
  }
  return [...found.values()]
}

/** No address has fewer letters and digits in one run, even where a line end divides it; most remarks end here. */
const LONG_RUN = /[0-9A-Za-z\u200b-\u200f\u2060\ufeff]{20}/

type Written = { readonly raw: string; readonly address: string; readonly network: string }

function asWritten({ raw, address, network }: Written): Noted {
  const listed = identify(address, null)
  if (listed.networks.length > 0) return { raw, listed }
  // A chain that is not read here: the finder has computed its checksum.
  return { raw, listed: { ...listed, foreign: network, flags: [], probable: null } }
}

function repaired({ raw, address }: Written & { readonly certainty: string }): Noted | null {
  const text = raw.replace(/\s+/g, '')
  const invalid = { address: text, networks: [], foreign: null, flags: ['invalid'] as const, conflict: null }
  return text === '' ? null : { raw, listed: { ...invalid, probable: address } }
}

function isTest(network: string): boolean {
  return network.includes('-') && /testnet|signet|regtest/.test(network)
}
