import { toHex } from '../std/bytes.ts'
import * as Bech32 from './bech32.ts'

/**
 * What BOLT 12 writes in Bech32 without a checksum: offers (`lno1…`), requests for an invoice (`lnr1…`) and invoices
 * (`lni1…`). It is a list of fields in ascending order, each with its length, and `+` may join lines of it. A slip in a
 * letter is seen where it breaks this form, and not where it falls into a key or a text: so it is never more than
 * probable. Signatures of requests and invoices are not checked.
 */
export type Offer = {
  readonly kind: 'offer' | 'invoice-request' | 'invoice'
  readonly description: string | null
  readonly issuer: string | null
  /** In thousandths of a satoshi; null where the payer chooses, or where it is in another currency. */
  readonly millisatoshis: bigint | null
  /** Of the `millisatoshis`, where they are none: the code of ISO 4217. */
  readonly currency: string | null
  /** Whole seconds UTC. */
  readonly expiresAt: number | null
  /** The key that signs for it, compressed. */
  readonly issuerId: string | null
}

/** Undefined where the form is broken. Source: BOLT 12, "Encoding" and "Offers". */
export function parse(text: string): Offer | undefined {
  const joined = text.replace(/\+\s*/g, '')
  if (joined !== joined.toLowerCase() && joined !== joined.toUpperCase()) return undefined
  const lower = joined.toLowerCase()
  const kind = KIND.get(lower.slice(0, 4))
  if (kind === undefined || lower.length > TEXT_MAX) return undefined
  const words = Uint8Array.from(lower.slice(4), letter => CHARSET.indexOf(letter) & 0xff)
  const bytes = words.includes(0xff) ? undefined : Bech32.toBytes(words)
  const fields = bytes === undefined ? undefined : fieldsOf(bytes)
  return fields === undefined ? undefined : offerOf(kind, fields)
}

type Fields = ReadonlyMap<bigint, Uint8Array>

function offerOf(kind: Offer['kind'], fields: Fields): Offer | undefined {
  const issuerId = fields.get(ISSUER_ID)
  const hasKey = issuerId?.length === 33 && (issuerId[0] === 2 || issuerId[0] === 3)
  const [description, issuer, currency] = [DESCRIPTION, ISSUER, CURRENCY].map(type => textOf(fields.get(type)))
  const [amount, expiry] = [AMOUNT, EXPIRY].map(type => numberOf(fields.get(type)))
  if (description === undefined || issuer === undefined || currency === undefined) return undefined
  if (amount === undefined || expiry === undefined || (issuerId !== undefined && !hasKey)) return undefined
  if (kind === 'offer') {
    const isOffer = [...fields.keys()].every(type => type < 80n || (type >= 1_000_000_000n && type < 2_000_000_000n))
    if (!isOffer || (!hasKey && !fields.has(PATHS)) || (amount !== null && description === null)) return undefined
  } else if (fields.get(SIGNATURE)?.length !== 64 || !fields.has(kind === 'invoice' ? NODE_ID : PAYER_ID)) {
    return undefined
  }
  return {
    ...{ kind, description, issuer, currency },
    millisatoshis: currency === null ? amount : null,
    expiresAt: expiry === null ? null : Number(expiry > SECONDS_MAX ? SECONDS_MAX : expiry),
    issuerId: issuerId === undefined ? null : toHex(issuerId),
  }
}

/** Type, length, value, again and again: types ascend, numbers are written as shortly as they can be. */
function fieldsOf(bytes: Uint8Array): Fields | undefined {
  const fields = new Map<bigint, Uint8Array>()
  let last = -1n
  for (let at = 0; at < bytes.length; ) {
    const type = sizeAt(bytes, at)
    const length = type === undefined ? undefined : sizeAt(bytes, type.next)
    if (type === undefined || length === undefined || type.value <= last) return undefined
    const end = BigInt(length.next) + length.value
    if (end > BigInt(bytes.length)) return undefined
    fields.set(type.value, bytes.subarray(length.next, Number(end)))
    last = type.value
    at = Number(end)
  }
  return fields.size === 0 ? undefined : fields
}

/** BOLT 1, BigSize: one byte, or fd, fe, ff and two, four, eight. */
function sizeAt(bytes: Uint8Array, at: number): { value: bigint; next: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0xfd) return { value: BigInt(first), next: at + 1 }
  const width = first === 0xfd ? 2 : first === 0xfe ? 4 : 8
  if (at + 1 + width > bytes.length) return undefined
  let value = 0n
  for (let i = 1; i <= width; i++) value = (value << 8n) | BigInt(bytes[at + i]!)
  const least = width === 2 ? 0xfdn : width === 4 ? 0x1_0000n : 0x1_0000_0000n
  return value < least ? undefined : { value, next: at + 1 + width }
}

/** Null where the field is not there; undefined where it is no UTF-8. */
function textOf(bytes: Uint8Array | undefined): string | null | undefined {
  if (bytes === undefined) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).slice(0, WORDS_MAX)
  } catch {
    return undefined
  }
}

/** A number without leading zeros. */
function numberOf(bytes: Uint8Array | undefined): bigint | null | undefined {
  if (bytes === undefined) return null
  if (bytes.length > 8 || bytes[0] === 0) return undefined
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

const KIND = new Map([
  ['lno1', 'offer'],
  ['lnr1', 'invoice-request'],
  ['lni1', 'invoice'],
] as const) as ReadonlyMap<string, Offer['kind']>

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const [CURRENCY, AMOUNT, DESCRIPTION, EXPIRY, PATHS, ISSUER, ISSUER_ID] = [6n, 8n, 10n, 14n, 16n, 18n, 22n] as const
const [PAYER_ID, NODE_ID, SIGNATURE] = [88n, 176n, 240n] as const
const TEXT_MAX = 8000
const WORDS_MAX = 1000

/** The end of the year 9999. */
const SECONDS_MAX = 253_402_300_799n
