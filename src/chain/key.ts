import type { AddressType } from '../model/address.ts'

/**
 * An address as bytes: one type byte and the payload, the same on all networks of a family. Ledger columns keep these
 * and make strings at the face only.
 *
 * | type | payload |
 * |---|---|
 * | 1 p2pkh, 2 p2sh, 3 p2wpkh, 7 tron, 8 evm | 20 bytes |
 * | 4 p2wsh, 5 p2tr | 32 bytes |
 * | 9 mweb | 66 bytes: scan and spend key |
 * | 0x10 + version (1 to 16) | witness program of 2 to 40 bytes that no other type stands for |
 */
export type Key = { readonly type: KeyType; readonly payload: Uint8Array }

export type KeyType = number

export const P2PKH = 1
export const P2SH = 2
export const P2WPKH = 3
export const P2WSH = 4
export const P2TR = 5
export const TRON = 7
export const EVM = 8
export const MWEB = 9
/** Plus the witness version, 1 to 16. */
export const WITNESS = 0x10

/** Why a text is no address. */
export type Reason =
  | 'empty'
  | 'alphabet'
  | 'length'
  | 'checksum'
  | 'mixed-case'
  | 'padding'
  | 'version'
  | 'network'
  | 'unknown'

/** The type byte of a witness program, or why there is none (BIP 141, BIP 341). */
export function typeOfWitness(version: number, length: number): KeyType | 'version' | 'length' {
  if (version > 16) return 'version'
  if (length < 2 || length > 40) return 'length'
  if (version === 0) return length === 20 ? P2WPKH : length === 32 ? P2WSH : 'length'
  return version === 1 && length === 32 ? P2TR : WITNESS + version
}

/** The witness version that a type stands for; undefined where it is none. */
export function witnessVersionOf(type: KeyType): number | undefined {
  if (type === P2WPKH || type === P2WSH) return 0
  if (type === P2TR) return 1
  return type > WITNESS && type <= WITNESS + 16 ? type - WITNESS : undefined
}

export function addressTypeOf(type: KeyType): AddressType {
  return NAMES.get(type) ?? 'witness'
}

/** Whether the type byte and the length of its payload fit each other. */
export function isKey(type: KeyType, length: number): boolean {
  const fixed = LENGTHS.get(type)
  if (fixed !== undefined) return fixed === length
  const version = witnessVersionOf(type)
  return version !== undefined && typeOfWitness(version, length) === type
}

const NAMES = new Map<KeyType, AddressType>([
  [P2PKH, 'p2pkh'],
  [P2SH, 'p2sh'],
  [P2WPKH, 'p2wpkh'],
  [P2WSH, 'p2wsh'],
  [P2TR, 'p2tr'],
  [TRON, 'tron'],
  [EVM, 'evm'],
  [MWEB, 'mweb'],
])

const LENGTHS = new Map<KeyType, number>([
  [P2PKH, 20],
  [P2SH, 20],
  [P2WPKH, 20],
  [P2WSH, 32],
  [P2TR, 32],
  [TRON, 20],
  [EVM, 20],
  [MWEB, 66],
])
