import { toHex } from '../std/bytes.ts'
import { sha256 } from '../std/digest.ts'
import * as Bech32 from './bech32.ts'
import { recoverKey } from './secp256k1-recover.ts'

/** A Lightning invoice (BOLT 11): who asks to be paid, how much, until when. Amounts in thousandths of a satoshi. */
export type Invoice = {
  readonly network: 'bitcoin' | 'bitcoin-testnet3' | 'bitcoin-signet' | 'bitcoin-regtest'
  /** Null where the payer chooses. */
  readonly millisatoshis: bigint | null
  /** Whole seconds UTC. */
  readonly createdAt: number
  readonly expiresAt: number
  /** The node that is paid, compressed: as written, or recovered from the signature. */
  readonly payee: string | null
  readonly paymentHash: string | null
  readonly description: string | null
}

export type Reason = 'checksum' | 'alphabet' | 'length' | 'mixed-case' | 'version'

export function parseInvoice(text: string): Invoice | Reason {
  const decoded = Bech32.decode(text, INVOICE_MAX)
  if (!decoded.ok) return decoded.reason === 'separator' ? 'length' : decoded.reason
  if (decoded.encoding !== 'bech32') return 'checksum'
  const { hrp, words } = decoded
  const prefix = PREFIX.exec(hrp)
  if (prefix === null || words.length < STAMP_WORDS + SIGNATURE_WORDS) return prefix === null ? 'version' : 'length'
  const amount = amountOf(prefix[2], prefix[3])
  if (amount === undefined) return 'version'
  const createdAt = numberOf(words.subarray(0, STAMP_WORDS))
  const fields = fieldsOf(words.subarray(STAMP_WORDS, words.length - SIGNATURE_WORDS))
  const expiry = fields.get(EXPIRY)
  const hash = fields.get(PAYMENT_HASH)
  const said = fields.get(DESCRIPTION)
  const seconds = expiry === undefined || expiry.length > 8 ? EXPIRY_DEFAULT_SECONDS : numberOf(expiry)
  return {
    ...{ network: NETWORK.get(prefix[1]!)!, millisatoshis: amount, createdAt, expiresAt: createdAt + seconds },
    paymentHash: hash?.length === 52 ? toHex(bytesOf(hash)) : null,
    description: said === undefined ? null : Buffer.from(bytesOf(said)).toString('utf8').slice(0, DESCRIPTION_MAX),
    payee: payeeOf(hrp, words, fields.get(PAYEE)),
  }
}

/** The URL that an LNURL hides (LUD-01), or why it is none. */
export function parseLnurl(text: string): { url: string } | Reason {
  const decoded = Bech32.decode(text, INVOICE_MAX)
  if (!decoded.ok) return decoded.reason === 'separator' ? 'length' : decoded.reason
  if (decoded.encoding !== 'bech32' || decoded.hrp !== 'lnurl') return 'checksum'
  const url = Buffer.from(bytesOf(decoded.words)).toString('utf8')
  return /^https?:\/\/[\x21-\x7e]{3,2000}$/.test(url) ? { url } : 'version'
}

/** `2500u` is 2,500 millionths of a bitcoin; undefined where it is no whole number of thousandths of a satoshi. */
function amountOf(digits: string | undefined, unit: string | undefined): bigint | null | undefined {
  if (digits === undefined || digits === '') return null
  const scaled = BigInt(digits) * MILLISATOSHIS.get(unit ?? '')!
  return unit === 'p' ? (scaled % 10n === 0n ? scaled / 10n : undefined) : scaled
}

function payeeOf(hrp: string, words: Uint8Array, written: Uint8Array | undefined): string | null {
  if (written?.length === 53) return toHex(bytesOf(written))
  const signed = words.subarray(0, words.length - SIGNATURE_WORDS)
  const signature = bytesOf(words.subarray(words.length - SIGNATURE_WORDS))
  const digest = sha256(Buffer.concat([Buffer.from(hrp), padded(signed)]))
  const key = recoverKey(digest, signature, signature[64]!)
  return key === undefined ? null : toHex(key)
}

function fieldsOf(words: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at + 3 <= words.length; ) {
    const end = at + 3 + words[at + 1]! * 32 + words[at + 2]!
    if (end > words.length) break
    if (!fields.has(words[at]!)) fields.set(words[at]!, words.subarray(at + 3, end))
    at = end
  }
  return fields
}

function numberOf(words: Uint8Array): number {
  let value = 0
  for (const word of words) value = value * 32 + word
  return value
}

/** Whole bytes; bits left over are dropped. */
function bytesOf(words: Uint8Array): Uint8Array {
  return padded(words).subarray(0, (words.length * 5) >> 3)
}

/** Bytes with zeros after the last bit, as the signature was made. */
function padded(words: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((words.length * 5) / 8))
  for (let i = 0; i < words.length * 5; i++) {
    if ((words[Math.floor(i / 5)]! >> (4 - (i % 5))) & 1) bytes[i >> 3]! |= 128 >> (i & 7)
  }
  return bytes
}

/** BOLT 11 sets no limit; invoices with many hints stay under 1,500 characters. */
const INVOICE_MAX = 4096

const DESCRIPTION_MAX = 640
/** 35 bits of seconds; 520 bits of signature. */
const STAMP_WORDS = 7
const SIGNATURE_WORDS = 104
/** BOLT 11: "Default is 3600 (1 hour) if not specified." */
const EXPIRY_DEFAULT_SECONDS = 3600

/** Field letters as their values: p, d, n, x. */
const PAYMENT_HASH = 1
const DESCRIPTION = 13
const PAYEE = 19
const EXPIRY = 6

const PREFIX = /^ln(bcrt|bc|tbs|tb)(?:([1-9]\d{0,18})([munp])?)?$/
const NETWORK = new Map<string, Invoice['network']>([
  ['bc', 'bitcoin'],
  ['tb', 'bitcoin-testnet3'],
  ['tbs', 'bitcoin-signet'],
  ['bcrt', 'bitcoin-regtest'],
])

/** Thousandths of a satoshi in one bitcoin and in its parts; a millionth of a millionth is a tenth of one. */
const MILLISATOSHIS = new Map([
  ['', 100_000_000_000n],
  ['m', 100_000_000n],
  ['u', 100_000n],
  ['n', 100n],
  ['p', 1n],
])
