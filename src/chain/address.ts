import * as Model from '../model/address.ts'
import * as Network from '../model/network.ts'
import { assert } from '../std/assert.ts'
import { parseHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import * as Bech32 from './bech32.ts'
import * as BitcoinAddress from './bitcoin-address.ts'
import * as EvmAddress from './evm-address.ts'
import * as Key from './key.ts'
import * as TronAddress from './tron-address.ts'

/**
 * The one door through which a text becomes an address: plain or CAIP-10, of any network that Athar knows.
 *
 * The text decides which networks are possible; a hint narrows that choice and never widens it.
 */
export type Parsed =
  | {
      readonly ok: true
      /** Canonical, on the hinted network or else the first plausible one (mainnets first). */
      readonly address: Model.Address
      readonly key: Key.Key
      /** Every network on which the text is an address; a CAIP-10 text names one. */
      readonly networks: readonly Network.NetworkId[]
      /** EIP-55: true where the case was checked, false where it holds no checksum; null where case is none. */
      readonly caseVerified: boolean | null
    }
  | {
      readonly ok: false
      readonly reason: Key.Reason
      /** Where the text is an address although not where it was asked: only with the reason `network`. */
      readonly networks: readonly Network.NetworkId[]
    }

/** Longer texts are refused unread: no address and no CAIP-10 identifier reaches it. */
export const TEXT_MAX = 200

/** Reads a text, leaving out white space around it and nothing else. Never throws. */
export function parse(text: string, hint?: Network.NetworkId): Parsed {
  const plain = text.trim()
  if (plain.length === 0) return no('empty')
  if (plain.length > TEXT_MAX) return no('length')
  if (plain.includes(':')) return parseCaip10(plain, hint)
  const read = readPlain(plain, hint)
  if (!read.ok) return no(read.reason)
  const { key, networks } = read
  if (hint !== undefined && !networks.includes(hint)) return no('network', networks)
  return {
    ok: true,
    address: canonical(plain, hint ?? networks[0]!, key),
    key,
    networks,
    caseVerified: read.caseVerified ?? null,
  }
}

/** The canonical address, or a Failure that says what is wrong with the text. */
export function from(text: string, network?: Network.NetworkId): Model.Address {
  const parsed = parse(text, network)
  if (parsed.ok) return parsed.address
  throw refusal(text.trim(), parsed, network)
}

/** For the eye: EVM addresses with EIP-55's case, all others as they are. */
export function format(address: Pick<Model.Address, 'network' | 'address'>): string {
  return Network.from(address.network).family === 'evm' ? EvmAddress.toChecksum(address.address) : address.address
}

/** The same key on another network of the family; undefined where that network has no such address. */
export function on(address: Model.Address, network: Network.NetworkId): Model.Address | undefined {
  const { key, networks } = read(address)
  return networks.includes(network) ? fromKey(network, key.type, key.payload) : undefined
}

/** Type byte and payload of an address. */
export function toKey(address: Pick<Model.Address, 'network' | 'address'>): Key.Key {
  return read(address).key
}

/** The address of a key on a network. The key must be one of the network's family: ledger columns hold no others. */
export function fromKey(network: Network.NetworkId, type: Key.KeyType, payload: Uint8Array): Model.Address {
  assert(Key.isKey(type, payload.length), `type ${type} has no payload of ${payload.length} bytes`)
  if (type === Key.EVM) return { network, type: 'evm', address: EvmAddress.fromBytes(payload) }
  if (type === Key.TRON) return { network, type: 'tron', address: TronAddress.fromBytes(payload) }
  return BitcoinAddress.format(network, type, payload)
}

/** What `fromKey` gives, without encoding again what was just read in its canonical form. */
function canonical(plain: string, network: Network.NetworkId, key: Key.Key): Model.Address {
  const type = Key.addressTypeOf(key.type)
  const hex = type === 'tron' && plain.charCodeAt(0) !== 84
  const legacy = type === 'p2sh' && (network === 'litecoin' || network === 'litecoin-regtest')
  if (hex || legacy) return fromKey(network, key.type, key.payload)
  const base58 = type === 'p2pkh' || type === 'p2sh' || type === 'tron'
  return { network, type, address: base58 ? plain : plain.toLowerCase() }
}

type Read =
  | { ok: true; key: Key.Key; networks: readonly Network.NetworkId[]; caseVerified?: boolean }
  | { ok: false; reason: Key.Reason }

const TRON: readonly Network.NetworkId[] = ['tron']
const EVM: readonly Network.NetworkId[] = Network.evm.map(network => network.id)

function readPlain(text: string, hint: Network.NetworkId | undefined): Read {
  if (text.charCodeAt(0) === 48 || HEX_FORM.test(text)) return readHex(text, hint)
  const hrp = BitcoinAddress.hrpOf(text)
  if (hrp !== undefined) return readBech32(text, hrp)
  const read = readBase58(text)
  return !read.ok && looksLikeBech32(text) ? { ok: false, reason: 'network' } : read
}

/** A Tron node's form `41…` without `0x`. */
const HEX_FORM = /^41[0-9a-fA-F]{40}$/

/** `0x…` of 20 bytes is an EVM address, and a Tron address only where Tron was asked for. */
function readHex(text: string, hint: Network.NetworkId | undefined): Read {
  const tron = hint === 'tron' || text.length !== 42 || HEX_FORM.test(text) ? readTronHex(text) : undefined
  if (tron !== undefined) return { ok: true, key: { type: Key.TRON, payload: tron }, networks: TRON }
  if (!EvmAddress.hasForm(text)) return { ok: false, reason: hexReason(text) }
  const written = EvmAddress.checkCase(text)
  if (written === 'wrong') return { ok: false, reason: 'checksum' }
  const payload = parseHex(text.slice(2).toLowerCase())!
  return { ok: true, key: { type: Key.EVM, payload }, networks: EVM, caseVerified: written === 'ok' }
}

function readTronHex(text: string): Uint8Array | undefined {
  return TronAddress.parseHexForm(text.toLowerCase())
}

function hexReason(text: string): Key.Reason {
  if (!/^0x/i.test(text)) return 'unknown'
  return /^0x[0-9a-f]*$/i.test(text) ? 'length' : 'alphabet'
}

/** Some base58 addresses begin like a prefix of Bech32 (`Tb1…`, `Ltc1…`), but those have both cases. */
function readBech32(text: string, hrp: string): Read {
  const read = BitcoinAddress.parseBech32(text, hrp)
  if (read.ok || read.reason !== 'mixed-case') return read
  const base58 = readBase58(text)
  return base58.ok || (base58.reason === 'checksum' && text.length <= BASE58_ADDRESS_MAX) ? base58 : read
}

/** 25 bytes take at most 35 digits. */
const BASE58_ADDRESS_MAX = 35

function readBase58(text: string): Read {
  if (text.length === 34 && text.charCodeAt(0) === 84) {
    const tron = TronAddress.parse(text)
    if (tron.ok) return { ok: true, key: { type: Key.TRON, payload: tron.payload }, networks: TRON }
    if (tron.reason !== 'version') return tron
  }
  return BitcoinAddress.parseBase58(text)
}

/** Whether the text is whole Bech32 of a network that we do not know. */
function looksLikeBech32(text: string): boolean {
  return text.lastIndexOf('1') > 0 && Bech32.decode(text).ok
}

function parseCaip10(text: string, hint: Network.NetworkId | undefined): Parsed {
  const split = Model.splitCaip10(text)
  if (split === undefined) return no(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}:./.test(text) ? 'network' : 'unknown')
  const { id } = split.network
  const parsed = parse(split.address, id)
  if (!parsed.ok) return parsed
  return hint === undefined || hint === id ? { ...parsed, networks: [id] } : no('network', [id])
}

function read(address: Pick<Model.Address, 'network' | 'address'>): Extract<Parsed, { ok: true }> {
  const parsed = parse(address.address, address.network)
  assert(parsed.ok, `${address.address} is no canonical address of ${address.network}`)
  return parsed
}

function no(reason: Key.Reason, networks: readonly Network.NetworkId[] = []): Parsed {
  return { ok: false, reason, networks }
}

function refusal(
  text: string,
  { reason, networks }: Extract<Parsed, { ok: false }>,
  network: Network.NetworkId | undefined,
): Failure {
  const shown = text.length > 110 ? `${text.slice(0, 110)}…` : text
  const facts = { address: shown, reason, network: network ?? null, networks }
  if (reason === 'network') {
    const asked = network === undefined ? 'a network that Athar knows' : Network.from(network).name
    return new Failure('Address.WrongNetwork', 'input', `“${shown}” is no address of ${asked}.`, {
      hint: networks.length === 0 ? 'Networks that Athar reads: see docs/glossary.md.' : `It is one of: ${networks}.`,
      facts,
    })
  }
  if (DAMAGED.has(reason)) {
    return new Failure('Address.BadChecksum', 'input', `“${shown}” ${DAMAGED.get(reason)}.`, {
      hint: 'Copy it again from its source; one wrong character is enough. Never send to or accuse by it.',
      facts,
    })
  }
  return new Failure('Address.Unknown', 'input', `“${shown}” is not an address (${WORDS.get(reason)}).`, {
    hint: 'Give a Bitcoin, Litecoin, Tron or EVM address, plain or as CAIP-10.',
    facts,
  })
}

const DAMAGED = new Map<Key.Reason, string>([
  ['checksum', 'has the form of an address but its checksum is wrong'],
  ['mixed-case', 'mixes upper and lower case, which a Bech32 address never does'],
  ['padding', 'has the checksum of Bech32 but bits left over, so no address was encoded'],
])

const WORDS = new Map<Key.Reason, string>([
  ['empty', 'nothing was given'],
  ['alphabet', 'a character that addresses do not use'],
  ['length', 'too long or too short'],
  ['version', 'its version byte belongs to no network that Athar knows'],
  ['unknown', 'no known form'],
])
