import type { Address } from '../model/address.ts'
import type { NetworkId } from '../model/network.ts'
import * as BitcoinAddress from './bitcoin-address.ts'
import * as Key from './key.ts'

/**
 * Output scripts ⇄ what they pay. A script pays an address only where the address says the whole script: bare public
 * keys (P2PK), bare multisig, OP_RETURN and the rest pay none, although some programs print a P2PKH address for P2PK
 * (it would merge two different scripts, and people paid by one never see the other).
 *
 * A packed key tells type and place without allocating: use `typeOf`, `offsetOf`, `lengthOf` on it; 0 means "pays no
 * address".
 */
export type Packed = number

/** What a script of `length` bytes at `at` pays. The payload lies at `at + offsetOf(packed)`. */
export function toKey(script: Uint8Array, at: number, length: number): Packed {
  if (length < 4 || length > 42) return 0
  const first = script[at]!
  if (length === 25 && first === OP_DUP) return isP2pkh(script, at) ? pack(Key.P2PKH, 3, 20) : 0
  if (length === 23 && first === OP_HASH160) {
    return script[at + 1] === 20 && script[at + 22] === OP_EQUAL ? pack(Key.P2SH, 2, 20) : 0
  }
  if (first !== 0 && (first < OP_1 || first > OP_16)) return 0
  if (script[at + 1] !== length - 2) return 0
  const type = Key.typeOfWitness(first === 0 ? 0 : first - OP_1 + 1, length - 2)
  return typeof type === 'number' ? pack(type, 2, length - 2) : 0
}

/**
 * The same for Litecoin, whose witness versions 8 (the block's own HogAddr) and 9 (peg-in to MWEB) with 32 bytes pay
 * no address (Litecoin Core, script/standard.cpp).
 */
function toLitecoinKey(script: Uint8Array, at: number, length: number): Packed {
  const packed = toKey(script, at, length)
  const type = typeOf(packed)
  return (type === HOGADDR || type === PEGIN) && length === 34 ? 0 : packed
}

/** The reader of a network's scripts. */
export function keyReaderOf(network: NetworkId): (script: Uint8Array, at: number, length: number) => Packed {
  return network === 'litecoin' || network === 'litecoin-regtest' ? toLitecoinKey : toKey
}

export function typeOf(packed: Packed): Key.KeyType {
  return packed & 0xff
}

/** Of the payload, from the script's start. */
export function offsetOf(packed: Packed): number {
  return (packed >>> 8) & 0xff
}

export function lengthOf(packed: Packed): number {
  return packed >>> 16
}

/** The address that a whole output script pays, or null. */
export function toAddress(network: NetworkId, script: Uint8Array): Address | null {
  const packed = keyReaderOf(network)(script, 0, script.length)
  if (packed === 0) return null
  const from = offsetOf(packed)
  return BitcoinAddress.format(network, typeOf(packed), script.subarray(from, from + lengthOf(packed)))
}

/** The output script of a key; undefined for types that have none (accounts, MWEB). */
export function fromKey(type: Key.KeyType, payload: Uint8Array): Uint8Array | undefined {
  if (type === Key.P2PKH) return Uint8Array.of(OP_DUP, OP_HASH160, 20, ...payload, OP_EQUALVERIFY, OP_CHECKSIG)
  if (type === Key.P2SH) return Uint8Array.of(OP_HASH160, 20, ...payload, OP_EQUAL)
  const version = Key.witnessVersionOf(type)
  if (version === undefined) return undefined
  return Uint8Array.of(version === 0 ? 0 : OP_1 - 1 + version, payload.length, ...payload)
}

/** Whether no input can ever spend the script at `at` (Bitcoin Core, CScript::IsUnspendable). */
export function isUnspendable(script: Uint8Array, at: number, length: number): boolean {
  return (length > 0 && script[at] === OP_RETURN) || length > SCRIPT_BYTES_MAX
}

/** MAX_SCRIPT_SIZE of Bitcoin Core (script/script.h): a longer one fails when it is run. */
const SCRIPT_BYTES_MAX = 10_000

/** What a script is, for those that pay no address too. */
export type Kind = 'address' | 'p2pk' | 'multisig' | 'op-return' | 'mweb-hogaddr' | 'mweb-pegin' | 'other'

export function kindOf(network: NetworkId, script: Uint8Array): Kind {
  if (keyReaderOf(network)(script, 0, script.length) !== 0) return 'address'
  const [first, last] = [script[0], script[script.length - 1]]
  if (first === OP_RETURN) return 'op-return'
  const witness = typeOf(toKey(script, 0, script.length))
  if (witness === HOGADDR) return 'mweb-hogaddr'
  if (witness === PEGIN) return 'mweb-pegin'
  const key = script.subarray(1, script.length - 1)
  if (last === OP_CHECKSIG && first === key.length && isPublicKey(key)) return 'p2pk'
  const counted = first !== undefined && first >= OP_1 && first <= OP_16
  return counted && last === OP_CHECKMULTISIG ? 'multisig' : 'other'
}

/** Whether bytes have the form of a public key: 33 bytes with 02 or 03, 65 with 04 (06 and 07 are the hybrid form). */
export function isPublicKey(bytes: Uint8Array): boolean {
  const first = bytes[0]
  if (bytes.length === 33) return first === 2 || first === 3
  return bytes.length === 65 && (first === 4 || first === 6 || first === 7)
}

export const OP_1 = 0x51
export const OP_16 = 0x60
const OP_RETURN = 0x6a
const OP_DUP = 0x76
const OP_EQUAL = 0x87
const OP_EQUALVERIFY = 0x88
const OP_HASH160 = 0xa9
export const OP_CHECKSIG = 0xac
export const OP_CHECKMULTISIG = 0xae

/** Litecoin Core, script/script.h: MWEB_HOG_ADDR_WITNESS_VERSION = 8, MWEB_PEGIN_WITNESS_VERSION = 9. */
const HOGADDR = Key.WITNESS + 8
const PEGIN = Key.WITNESS + 9

function isP2pkh(script: Uint8Array, at: number): boolean {
  return (
    script[at + 1] === OP_HASH160 &&
    script[at + 2] === 20 &&
    script[at + 23] === OP_EQUALVERIFY &&
    script[at + 24] === OP_CHECKSIG
  )
}

function pack(type: Key.KeyType, offset: number, length: number): Packed {
  return type | (offset << 8) | (length << 16)
}
