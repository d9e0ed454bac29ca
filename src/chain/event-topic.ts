import { toHex } from '../std/bytes.ts'
import type { IssuerEvent } from './account-block.ts'
import { keccak256 } from './keccak.ts'

/** First topics of the events that are read, as 64 lower-case hex digits: the Keccak-256 of their signatures. */
export const TRANSFER = topicOf('Transfer(address,address,uint256)')
export const APPROVAL = topicOf('Approval(address,address,uint256)')

/**
 * What issuers of stablecoins do to addresses. Tether's contract (tether.to; the same on Tron as on Ethereum) writes
 * the address into the data, Circle's (FiatTokenV2) into a topic.
 */
export const ISSUER: ReadonlyMap<string, IssuerEvent['kind']> = new Map([
  [topicOf('AddedBlackList(address)'), 'frozen'],
  [topicOf('RemovedBlackList(address)'), 'unfrozen'],
  [topicOf('DestroyedBlackFunds(address,uint256)'), 'destroyed'],
  [topicOf('Blacklisted(address)'), 'frozen'],
  [topicOf('UnBlacklisted(address)'), 'unfrozen'],
])

/** Address and value of an issuer's event, wherever it writes them: words of 64 hex digits, or null. */
export function issuerWords(
  kind: IssuerEvent['kind'],
  topics: readonly string[],
  words: readonly string[],
): { readonly address: string; readonly units: bigint | null } | null {
  const [address, value] = [...topics.slice(1), ...words]
  if (address === undefined) return null
  return { address, units: kind === 'destroyed' && value !== undefined ? BigInt(`0x${value}`) : null }
}

/** Data of an event, hex without prefix, in words of 32 bytes; what is left over is no word. */
export function wordsOf(data: string): string[] {
  return Array.from({ length: Math.floor(data.length / 64) }, (_, at) => data.slice(64 * at, 64 * at + 64))
}

/** First topic of an event, as 64 lower-case hex digits: the Keccak-256 of its signature. */
export function topicOf(signature: string): string {
  return toHex(keccak256(new TextEncoder().encode(signature)))
}
