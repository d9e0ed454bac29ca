import { scryptSync } from 'node:crypto'
import type { Instant } from '../model/instant.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import type { BlockRules } from './block-rules.ts'

/** The 80 bytes before the transactions of a block. Hashes are hex as printed (reverse of the bytes). */
export type BlockHeader = {
  readonly hash: string
  readonly version: number
  readonly previous: string
  readonly merkleRoot: string
  readonly minedAt: Instant
  /** The target in compact form. */
  readonly bits: number
  readonly nonce: number
}

export const HEADER_BYTES = 80

/** The header at `start`, or undefined where fewer than 80 bytes are left. The hash is sha256d on every network. */
export function parse(bytes: Uint8Array, start = 0): BlockHeader | undefined {
  if (bytes.length - start < HEADER_BYTES) return undefined
  const header = bytes.subarray(start, start + HEADER_BYTES)
  const view = new DataView(header.buffer, header.byteOffset, HEADER_BYTES)
  return {
    hash: toHex(reversed(sha256d(header))),
    version: view.getInt32(0, true),
    previous: toHex(reversed(header.subarray(4, 36))),
    merkleRoot: toHex(reversed(header.subarray(36, 68))),
    minedAt: view.getUint32(68, true),
    bits: view.getUint32(72, true),
    nonce: view.getUint32(76, true),
  }
}

/**
 * The 256-bit target that compact `bits` stand for, or undefined where they are negative, zero or overflow.
 * Source: `arith_uint256::SetCompact` of Bitcoin Core.
 */
export function targetOf(bits: number): bigint | undefined {
  const exponent = bits >>> 24
  const mantissa = bits & 0x7fffff
  if (mantissa === 0 || (bits & 0x800000) !== 0) return undefined
  const target =
    exponent <= 3 ? BigInt(mantissa) >> BigInt(8 * (3 - exponent)) : BigInt(mantissa) << BigInt(8 * (exponent - 3))
  return target === 0n || target >= 1n << 256n ? undefined : target
}

/**
 * Whether the header at `start` meets its own target and that target is within the network's limit. On its own this
 * proves little: blocks at the limit are cheap to make. Only the connection to a checkpoint anchors a block.
 */
export function hasWork(bytes: Uint8Array, start: number, rules: BlockRules): boolean {
  const header = bytes.subarray(start, start + HEADER_BYTES)
  if (header.length < HEADER_BYTES) return false
  const bits = header[72]! + header[73]! * 2 ** 8 + header[74]! * 2 ** 16 + header[75]! * 2 ** 24
  const target = targetOf(bits)
  if (target === undefined || target > rules.workLimit) return false
  return BigInt(`0x${toHex(reversed(workHash(header, rules)))}`) <= target
}

/** Litecoin's work is scrypt(1024, 1, 1) of the header, salted with itself; its block hash stays sha256d. */
function workHash(header: Uint8Array, rules: BlockRules): Uint8Array {
  return rules.work === 'sha256d' ? sha256d(header) : scryptSync(header, header, 32, { N: 1024, r: 1, p: 1 })
}
