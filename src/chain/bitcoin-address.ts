import type { Address, AddressType } from '../model/address.ts'
import type { NetworkId } from '../model/network.ts'
import { assert } from '../std/assert.ts'
import * as Base58 from './base58.ts'
import * as Bech32 from './bech32.ts'
import * as Key from './key.ts'

/**
 * Addresses of Bitcoin, Litecoin and their test networks: what a text says, on each network that reads it.
 *
 * Source of the version bytes and prefixes: chainparams.cpp of Bitcoin Core and of Litecoin Core 0.21. Testnet3,
 * signet and the regtests share base58 versions; testnet3 and signet share the prefix `tb` too: such a text names
 * several networks, and nothing in it says which.
 */
type Params = {
  readonly network: NetworkId
  readonly pubkeyHash: number
  /** What is written, first; further ones are read only: Litecoin's P2SH began as 3… and became M…. */
  readonly scriptHash: readonly [number, ...number[]]
  readonly hrp: string
  readonly mwebHrp: string | null
}

const PARAMS: readonly Params[] = [
  { network: 'bitcoin', pubkeyHash: 0, scriptHash: [5], hrp: 'bc', mwebHrp: null },
  { network: 'litecoin', pubkeyHash: 48, scriptHash: [50, 5], hrp: 'ltc', mwebHrp: 'ltcmweb' },
  { network: 'bitcoin-testnet3', pubkeyHash: 111, scriptHash: [196], hrp: 'tb', mwebHrp: null },
  { network: 'bitcoin-signet', pubkeyHash: 111, scriptHash: [196], hrp: 'tb', mwebHrp: null },
  { network: 'bitcoin-regtest', pubkeyHash: 111, scriptHash: [196], hrp: 'bcrt', mwebHrp: null },
  { network: 'litecoin-regtest', pubkeyHash: 111, scriptHash: [58, 196], hrp: 'rltc', mwebHrp: 'tmweb' },
]

/** What is paid, and the networks on which the text says so. */
export type Parsed = { ok: true; key: Key.Key; networks: readonly NetworkId[] } | { ok: false; reason: Key.Reason }

/** Reads a base58 text. */
export function parseBase58(text: string): Parsed {
  const checked = Base58.decodeCheck(text)
  if (!checked.ok) return checked.reason === 'checksum' && !hasForm(text) ? { ok: false, reason: 'length' } : checked
  const version = checked.payload[0]!
  const hash = VERSIONS.get(version)
  if (checked.payload.length !== 21) return { ok: false, reason: 'length' }
  if (hash === undefined) return { ok: false, reason: 'version' }
  return { ok: true, key: { type: hash.type, payload: checked.payload.subarray(1) }, networks: hash.networks }
}

/** The prefix of a text that begins as a segwit or MWEB address of a known network does, in either case. */
export function hrpOf(text: string): string | undefined {
  const separator = text.indexOf('1')
  if (separator < 2 || separator > 7) return undefined
  const hrp = text.slice(0, separator).toLowerCase()
  return HRPS.has(hrp) ? hrp : undefined
}

/** Reads a segwit text (BIP 173, BIP 350) or an MWEB address (LIP 4) whose prefix `hrpOf` knows. */
export function parseBech32(text: string, hrp: string): Parsed {
  const { mweb, networks } = HRPS.get(hrp)!
  const decoded = Bech32.decode(text, mweb ? MWEB_TEXT_MAX : Bech32.TEXT_MAX)
  if (!decoded.ok) return { ok: false, reason: decoded.reason === 'separator' ? 'alphabet' : decoded.reason }
  if (decoded.hrp !== hrp) return { ok: false, reason: 'alphabet' }
  if (decoded.words.length === 0) return { ok: false, reason: 'length' }
  const version = decoded.words[0]!
  const program = Bech32.toBytes(decoded.words, 1)
  if (program === undefined) return { ok: false, reason: 'padding' }
  const type = mweb ? mwebType(version, program.length) : Key.typeOfWitness(version, program.length)
  if (typeof type === 'string') return { ok: false, reason: type }
  const expected = version === 0 ? 'bech32' : 'bech32m'
  if (decoded.encoding !== expected) return { ok: false, reason: 'checksum' }
  return { ok: true, key: { type, payload: program }, networks }
}

/** The canonical address of a key on a network of this family. */
export function format(network: NetworkId, type: Key.KeyType, payload: Uint8Array): Address {
  const params = BY_NETWORK.get(network)
  assert(params !== undefined, `${network} has no addresses of this family`)
  return { network, type: Key.addressTypeOf(type), address: write(params, type, payload) }
}

/** Whether addresses of the network are read and written here. */
export function covers(network: NetworkId): boolean {
  return BY_NETWORK.has(network)
}

/** Types that an address of this family may have. */
export const types: readonly AddressType[] = ['p2pkh', 'p2sh', 'p2wpkh', 'p2wsh', 'p2tr', 'witness', 'mweb']

/** 7 letters of prefix, separator, version, 66 bytes in 106 words, checksum. */
const MWEB_TEXT_MAX = 7 + 1 + 1 + 106 + 6

const BY_NETWORK = new Map(PARAMS.map(params => [params.network, params]))
const VERSIONS = collectVersions()
const HRPS = collectHrps()

function write(params: Params, type: Key.KeyType, payload: Uint8Array): string {
  switch (type) {
    case Key.P2PKH:
      return base58(params.pubkeyHash, payload)
    case Key.P2SH:
      return base58(params.scriptHash[0], payload)
    case Key.MWEB:
      assert(params.mwebHrp !== null, `${params.network} has no MWEB`)
      return Bech32.encode(params.mwebHrp, Bech32.toWords(0, payload), 'bech32')
    default: {
      const version = Key.witnessVersionOf(type)
      assert(version !== undefined, `type ${type} is not of this family`)
      return Bech32.encode(params.hrp, Bech32.toWords(version, payload), version === 0 ? 'bech32' : 'bech32m')
    }
  }
}

function base58(version: number, hash: Uint8Array): string {
  const payload = new Uint8Array(21)
  payload[0] = version
  payload.set(hash, 1)
  return Base58.encodeCheck(payload)
}

/** Version, 20 bytes and checksum take 26 to 35 digits: other lengths are no damaged address but none at all. */
function hasForm(text: string): boolean {
  return text.length >= 26 && text.length <= 35
}

function mwebType(version: number, length: number): Key.KeyType | 'version' | 'length' {
  if (version !== 0) return 'version'
  return length === 66 ? Key.MWEB : 'length'
}

function collectVersions(): Map<number, { type: Key.KeyType; networks: NetworkId[] }> {
  const found = new Map<number, { type: Key.KeyType; networks: NetworkId[] }>()
  const add = (version: number, type: Key.KeyType, network: NetworkId) => {
    const entry = found.get(version) ?? { type, networks: [] }
    assert(entry.type === type, `version ${version} means two things`)
    entry.networks.push(network)
    found.set(version, entry)
  }
  for (const params of PARAMS) {
    add(params.pubkeyHash, Key.P2PKH, params.network)
    for (const version of params.scriptHash) add(version, Key.P2SH, params.network)
  }
  return found
}

function collectHrps(): Map<string, { mweb: boolean; networks: NetworkId[] }> {
  const found = new Map<string, { mweb: boolean; networks: NetworkId[] }>()
  for (const { network, hrp, mwebHrp } of PARAMS) {
    for (const [prefix, mweb] of [[hrp, false] as const, [mwebHrp, true] as const]) {
      if (prefix === null) continue
      const entry = found.get(prefix) ?? { mweb, networks: [] }
      entry.networks.push(network)
      found.set(prefix, entry)
    }
  }
  return found
}
