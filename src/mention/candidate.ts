import * as Address from '../chain/address.ts'
import { keccak256 } from '../chain/keccak.ts'
import * as Network from '../model/network.ts'
import type { Reason } from './kind.ts'
import { isOtherForm, parseOther } from './other-coin.ts'

/**
 * What a run of letters and digits is: an address with its checksum, a transaction id, a failed address, or nothing.
 *
 * The first letters and the length rule most runs out before a text is made of them; the chain's codecs judge the rest.
 */
export type Verdict =
  | { readonly is: 'address'; readonly address: Found }
  | { readonly is: 'txid'; readonly prefixed: boolean }
  /** Base58 of a length that a Solana account or signature has: no checksum, so the words beside it decide. */
  | { readonly is: 'key' }
  | { readonly is: 'rejected'; readonly reason: Reason }

export type Found = {
  readonly network: string
  readonly networks: readonly string[]
  readonly type: string
  readonly address: string
  readonly checksum: 'ok' | 'none'
}

/** Judges `bytes[start, end)`, which must be ASCII letters and digits. */
export function judge(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  const length = end - start
  const first = bytes[start]!
  if (first === ZERO && (bytes[start + 1]! | 32) === LETTER_X) return judgeHex(bytes, start, end)
  if (length === 64 && isHex(bytes, start, end)) return { is: 'txid', prefixed: false }
  const shape = SHAPE[first]!
  if (shape & BASE58 && length <= BASE58_MAX) {
    const verdict = judgeBase58(bytes, start, end)
    if (verdict !== undefined) return verdict
  }
  const verdict = shape & BECH32 ? judgeBech32(bytes, start, end) : judgeOther(bytes, start, end)
  return verdict ?? (isKeyLength(length) ? judgeKeyForm(bytes, start, end) : undefined)
}

/** 32 bytes, and 64, in Base58. */
function isKeyLength(length: number): boolean {
  return (length >= 37 && length <= 44) || (length >= 86 && length <= 88)
}

function judgeKeyForm(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  const kinds = kindsOf(bytes, start, end)
  return (kinds & OUTSIDE) === 0 && (kinds & MIXED) === MIXED ? { is: 'key' } : undefined
}

function judgeHex(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  const length = end - start
  if (length === 66) return isHex(bytes, start + 2, end) ? { is: 'txid', prefixed: true } : undefined
  if (length !== 42 || !isHex(bytes, start + 2, end)) return undefined
  const checksum = checkCase(bytes, start + 2)
  if (checksum === 'wrong') return { is: 'rejected', reason: 'checksum' }
  const address = `0x${textOf(LOWER_DIGITS, 0, 40)}`
  return { is: 'address', address: { network: 'ethereum', networks: EVM, type: 'evm', address, checksum } }
}

/** EIP-55 over the 40 digits at `start`, without a text of them; leaves them in lower case in LOWER_DIGITS. */
function checkCase(bytes: Uint8Array, start: number): 'ok' | 'none' | 'wrong' {
  let kinds = 0
  for (let i = 0; i < 40; i++) {
    const byte = bytes[start + i]!
    kinds |= KIND[byte]!
    LOWER_DIGITS[i] = byte >= 65 ? byte | 32 : byte
  }
  if ((kinds & (UPPER | LOWER)) !== (UPPER | LOWER)) return 'none'
  const hash = keccak256(LOWER_DIGITS)
  for (let i = 0; i < 40; i++) {
    const byte = bytes[start + i]!
    const nibble = (i & 1) === 0 ? hash[i >> 1]! >> 4 : hash[i >> 1]! & 15
    if (byte >= 65 && byte < 97 !== nibble >= 8) return 'wrong'
  }
  return 'ok'
}

function judgeBase58(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  const kinds = kindsOf(bytes, start + 1, end)
  if ((kinds & OUTSIDE) !== 0 || end - start < LENGTH_MIN[bytes[start]!]!) return undefined
  const text = textOf(bytes, start, end)
  const parsed = Address.parse(text)
  if (parsed.ok) return { is: 'address', address: foundOf(parsed) }
  const other = parseOther(text)
  if (other !== undefined) return { is: 'address', address: other }
  if (!looksLikeBase58(bytes[start]!, end - start, kinds)) {
    return isOtherForm(text) ? { is: 'rejected', reason: 'checksum' } : undefined
  }
  const reason = parsed.reason === 'length' || parsed.reason === 'version' ? parsed.reason : 'checksum'
  return { is: 'rejected', reason }
}

function judgeBech32(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  const text = textOf(bytes, start, end)
  if (!BECH32_FORM.test(text)) return undefined
  const parsed = Address.parse(text)
  if (parsed.ok) return { is: 'address', address: foundOf(parsed) }
  const { reason } = parsed
  const isKnown = reason === 'checksum' || reason === 'alphabet' || reason === 'length' || reason === 'mixed-case'
  return { is: 'rejected', reason: isKnown ? reason : reason === 'version' ? 'version' : 'checksum' }
}

function judgeOther(bytes: Uint8Array, start: number, end: number): Verdict | undefined {
  if ((SHAPE[bytes[start]!]! & OTHER) === 0) return undefined
  const text = textOf(bytes, start, end)
  const address = parseOther(text)
  if (address !== undefined) return { is: 'address', address }
  return isOtherForm(text) ? { is: 'rejected', reason: 'checksum' } : undefined
}

/** A mixture of digits, capitals and small letters, as 20 random bytes have it: words and numbers do not. */
function looksLikeBase58(first: number, length: number, kinds: number): boolean {
  if ((kinds & MIXED) !== MIXED) return false
  if (first === LETTER_T) return length >= 33 && length <= 35
  if (first === 68 || first === 88) return length === 34
  return (SHAPE[first]! & COMMON) !== 0 && length <= 35
}

function foundOf(parsed: Extract<ReturnType<typeof Address.parse>, { ok: true }>): Found {
  const { network, type, address } = parsed.address
  return { network, networks: parsed.networks, type, address, checksum: parsed.caseVerified === false ? 'none' : 'ok' }
}

function isHex(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((KIND[bytes[i]!]! & HEX) === 0) return false
  return true
}

function kindsOf(bytes: Uint8Array, start: number, end: number): number {
  let kinds = 0
  for (let i = start; i < end; i++) kinds |= KIND[bytes[i]!]!
  return kinds
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[])
}

const EVM = Network.evm.map(network => network.id)
const LOWER_DIGITS = new Uint8Array(40)

const ZERO = 48
const LETTER_X = 120
const LETTER_T = 84

const DIGIT = 1
const UPPER = 2
const LOWER = 4
const HEX = 8
/** Not in the base58 alphabet: 0, O, I, l. */
const OUTSIDE = 16
const MIXED = DIGIT | UPPER | LOWER

const KIND = new Uint8Array(256)
for (const [letters, kind] of [
  ['0123456789', DIGIT | HEX],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', UPPER],
  ['abcdefghijklmnopqrstuvwxyz', LOWER],
] as const) {
  for (const letter of letters) KIND[letter.charCodeAt(0)]! |= kind
}
for (const letter of 'abcdefABCDEF') KIND[letter.charCodeAt(0)]! |= HEX
for (const letter of '0OIl') KIND[letter.charCodeAt(0)]! |= OUTSIDE

const BASE58 = 1
const BECH32 = 2
const OTHER = 4
/** Letters that only addresses of the common networks begin with, so that a wrong checksum is worth reporting. */
const COMMON = 8

/** What may begin with a letter. Version bytes: chainparams.cpp of each coin's node. */
const SHAPE = new Uint8Array(256)
for (const [letters, shape] of [
  ['13LMmn2T', BASE58 | COMMON],
  ['DXtr', BASE58],
  ['Qq9A7', OTHER],
  ['blrBLRtT', BECH32],
  ['48GaDzsAX', OTHER],
] as const) {
  for (const letter of letters) SHAPE[letter.charCodeAt(0)]! |= shape
}

/** Monero's integrated addresses have 106 characters; what begins with a digit or letter above stays under 36. */
const BASE58_MAX = 36
const LENGTH_MIN = new Uint8Array(256).fill(26)
LENGTH_MIN[LETTER_T] = 30

/** Prefixes of Bitcoin, Litecoin and their test networks, with the separator. */
const BECH32_FORM =
  /^(?:bc|tb|bcrt|ltc|tltc|rltc|ltcmweb|tmweb)1[0-9a-z]{13,}$|^(?:BC|TB|BCRT|LTC|RLTC|LTCMWEB)1[0-9A-Z]{13,}$/
