import { type ForeignDesignation, farNetworkOf, type StoredKnowledge } from '../../attribution/attribution.ts'
import * as Address from '../../chain/address.ts'
import * as Solana from '../../chain/solana-address.ts'
import * as Foreign from '../../model/network-foreign.ts'

/**
 * An address of a chain whose ledger is not read: lists name such addresses too (Monero, Solana, Zcash…), and an
 * identifier of a chain that Athar does not know is no invalid address. What can be compared is its text.
 */
export type ForeignAddress = {
  /** Plain, in the form in which it is written in lists. */
  readonly address: string
  /** The chain's name where it has one here, else its CAIP-2 identifier. */
  readonly network: string
  readonly caip10: string | null
  readonly designations: readonly ForeignDesignation[]
}

/** Reads a text that is no address of a network that is read; undefined where it is none of another chain either. */
export function readForeign(text: string, knowledge: StoredKnowledge): ForeignAddress | undefined {
  const plain = text.trim()
  if (plain.length === 0 || plain.length > Address.TEXT_MAX) return undefined
  const [, caip2, rest] = CAIP10.exec(plain) ?? []
  if (caip2 === undefined) return byText(plain, knowledge)
  const network = Foreign.fromCaip2(caip2)
  if (caip2.startsWith('eip155:')) return onOtherEvm(caip2, network, rest!)
  if (network === undefined) return undefined
  const found = byText(network === 'bitcoin-cash' ? `bitcoincash:${rest}` : rest!, knowledge)
  return found?.network === network ? { ...found, caip10: plain } : undefined
}

const CAIP10 = /^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}):([-.%a-zA-Z0-9]{1,128})$/

/** A key is one on all EVM chains, so a listing on another is told as related; of this one no list is read. */
function onOtherEvm(caip2: string, name: string | undefined, text: string): ForeignAddress | undefined {
  const parsed = Address.parse(text, 'ethereum')
  if (!parsed.ok || !/^eip155:(?!0)\d{1,32}$/.test(caip2)) return undefined
  const { address } = parsed.address
  return { address, network: name ?? caip2, caip10: `${caip2}:${address}`, designations: [] }
}

/** What a list names counts also where its checksum is not computed here. */
function byText(plain: string, knowledge: StoredKnowledge): ForeignAddress | undefined {
  const bare = plain.replace(/^bitcoincash:(?=[qp])/i, '')
  const designations = [...new Set([plain, bare])].flatMap(one => knowledge.foreignOf(one))
  const listed = designations[0]
  // Verge and Dogecoin write their addresses alike: a list says which it means.
  const network = listed?.network ?? chainOf(bare)
  if (network === undefined) return undefined
  const address = listed?.address ?? bare
  return { address, network, caip10: Foreign.toCaip10(network, address), designations }
}

function chainOf(text: string): string | undefined {
  return farNetworkOf(text) ?? (Solana.parse(text) === undefined ? undefined : 'solana')
}
