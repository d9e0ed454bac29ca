import * as Base58 from '../chain/base58.ts'
import * as Bech32 from '../chain/bech32.ts'
import { concat } from '../std/bytes.ts'
import { hash160 } from '../std/digest.ts'
import type { Random } from '../std/random.ts'
import { sized } from './wire.ts'

/**
 * An output's lock made from chance: random bytes stand where a public key would. No private key exists for it, here
 * or anywhere, so nobody can spend what it holds; the "signatures" that open it are random bytes too. A full node would
 * refuse them. Everything else (hashes, scripts, checksums) is as on the network.
 */
export type Lock = {
  readonly type: LockType
  readonly address: string
  readonly script: Uint8Array
  /** 33 bytes as a compressed key; the x coordinate of a taproot output is its last 32. */
  readonly publicKey: Uint8Array
}

export type LockType = 'p2pkh' | 'p2sh' | 'p2wpkh' | 'p2tr'

export function createLock(random: Random, type: LockType): Lock {
  const publicKey = concat(Uint8Array.of(2 + random.below(2)), random.bytes(32))
  const script = scriptOf(type, publicKey)
  return { type, publicKey, script, address: addressOf(type, script) }
}

/** What stands in an input that spends the lock: its script and its witness stack. */
export function open(lock: Lock, random: Random): { script: Uint8Array; witness: readonly Uint8Array[] } {
  if (lock.type === 'p2tr') return { script: EMPTY, witness: [random.bytes(64)] }
  const signature = placeholderSignature(random)
  if (lock.type === 'p2pkh') return { script: concat(sized(signature), sized(lock.publicKey)), witness: [] }
  const witness = [signature, lock.publicKey]
  return { script: lock.type === 'p2sh' ? sized(redeemOf(lock.publicKey)) : EMPTY, witness }
}

const EMPTY = new Uint8Array()

function scriptOf(type: LockType, publicKey: Uint8Array): Uint8Array {
  if (type === 'p2pkh') return concat(Uint8Array.of(0x76, 0xa9, 0x14), hash160(publicKey), Uint8Array.of(0x88, 0xac))
  if (type === 'p2sh') return concat(Uint8Array.of(0xa9, 0x14), hash160(redeemOf(publicKey)), Uint8Array.of(0x87))
  if (type === 'p2wpkh') return redeemOf(publicKey)
  return concat(Uint8Array.of(0x51, 0x20), publicKey.subarray(1))
}

/** The witness program of the key: a P2WPKH script, and what P2SH wraps (BIP 141). */
function redeemOf(publicKey: Uint8Array): Uint8Array {
  return concat(Uint8Array.of(0x00, 0x14), hash160(publicKey))
}

/** DER form of a signature with 32-byte halves and the sighash byte ALL. Random: it signs nothing. */
function placeholderSignature(random: Random): Uint8Array {
  const half = () => {
    const bytes = random.bytes(32)
    bytes[0] = (bytes[0]! & 0x3f) | 0x01
    return concat(Uint8Array.of(0x02, 0x20), bytes)
  }
  return concat(Uint8Array.of(0x30, 0x44), half(), half(), Uint8Array.of(0x01))
}

/** Regtest's versions and prefix (Bitcoin Core, chainparams.cpp). */
function addressOf(type: LockType, script: Uint8Array): string {
  if (type === 'p2pkh') return Base58.encodeCheck(concat(Uint8Array.of(0x6f), script.slice(3, 23)))
  if (type === 'p2sh') return Base58.encodeCheck(concat(Uint8Array.of(0xc4), script.slice(2, 22)))
  const taproot = type === 'p2tr'
  const words = Bech32.toWords(taproot ? 1 : 0, script.slice(2))
  return Bech32.encode('bcrt', words, taproot ? 'bech32m' : 'bech32')
}
