import { parseHex, toHex } from '../std/bytes.ts'
import * as Base58 from './base58.ts'

/**
 * Tron addresses: Base58Check of 0x41 and 20 bytes, which makes 34 characters starting with T. Base58Check alone is
 * not enough: the prefix byte is part of the address (developers.tron.network, "Account Address Format").
 */
export const PREFIX = 0x41

export type Parsed =
  | { ok: true; payload: Uint8Array }
  | { ok: false; reason: 'alphabet' | 'length' | 'checksum' | 'version' }

/** The 20 bytes of a base58 Tron address. */
export function parse(text: string): Parsed {
  const checked = Base58.decodeCheck(text)
  if (!checked.ok) return checked
  if (checked.payload.length !== 21) return { ok: false, reason: 'length' }
  if (checked.payload[0] !== PREFIX) return { ok: false, reason: 'version' }
  return { ok: true, payload: checked.payload.subarray(1) }
}

/**
 * The 20 bytes of a hex form: `41…` and `0x41…` with 42 digits, as nodes print them, or `0x…` with 40, as the
 * contracts' own logs hold them. No hex form has a checksum.
 */
export function parseHexForm(text: string): Uint8Array | undefined {
  const digits = /^0x/i.test(text) ? text.slice(2) : text
  const bytes = parseHex(digits)
  if (bytes === undefined) return undefined
  if (bytes.length === 21) return bytes[0] === PREFIX ? bytes.subarray(1) : undefined
  return bytes.length === 20 && digits !== text ? bytes : undefined
}

/** Base58 address of 20 bytes. */
export function fromBytes(bytes: Uint8Array): string {
  const payload = new Uint8Array(21)
  payload[0] = PREFIX
  payload.set(bytes, 1)
  return Base58.encodeCheck(payload)
}

/** The node's hex form of 20 bytes: `41` and 40 digits. */
export function toHexForm(bytes: Uint8Array): string {
  return `41${toHex(bytes)}`
}
