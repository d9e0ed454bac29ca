import { toHex } from '../std/bytes.ts'
import { crc16 } from './crc.ts'

/**
 * TON addresses (docs.ton.org, TEP-2). User-friendly: 48 characters of base64 or base64url of a tag, the workchain, 32
 * bytes and CRC-16. Raw: the workchain, a colon and 64 hex digits, without a checksum.
 */
export type Parsed = {
  readonly workchain: number
  readonly bytes: Uint8Array
  readonly type: 'bounceable' | 'non-bounceable'
  readonly isTest: boolean
}

export function parseFriendly(text: string): Parsed | 'form' | 'checksum' {
  if (!/^[EUk0][Qf](?:[A-Za-z0-9_-]{46}|[A-Za-z0-9+/]{46})$/.test(text)) return 'form'
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'))
  if (bytes.length !== 36) return 'form'
  if (crc16(bytes, 34) !== ((bytes[34]! << 8) | bytes[35]!)) return 'checksum'
  const tag = bytes[0]! & 0x7f
  const workchain = bytes[1] === 0xff ? -1 : bytes[1]!
  if ((tag !== 0x11 && tag !== 0x51) || workchain > 0) return 'form'
  return {
    ...{ workchain, bytes: bytes.subarray(2, 34), isTest: bytes[0]! >= 0x80 },
    type: tag === 0x11 ? 'bounceable' : 'non-bounceable',
  }
}

/** The one form in which both kinds are compared: `0:…` in lower case. */
export function formatRaw({ workchain, bytes }: Pick<Parsed, 'workchain' | 'bytes'>): string {
  return `${workchain}:${toHex(bytes)}`
}

/** The user-friendly form, bounceable, as explorers print it. */
export function format(workchain: number, bytes: Uint8Array): string {
  const all = new Uint8Array(36)
  all[0] = 0x11
  all[1] = workchain & 0xff
  all.set(bytes, 2)
  const crc = crc16(all, 34)
  all[34] = crc >> 8
  all[35] = crc & 255
  return Buffer.from(all).toString('base64url')
}
