import * as Base58 from '../chain/base58.ts'
import * as Bech32 from '../chain/bech32.ts'
import { crc16, crc32 } from '../chain/crc.ts'
import { keccak256 } from '../chain/keccak.ts'
import type { Found } from './candidate.ts'

/**
 * Addresses of networks whose ledgers are not read: Dogecoin, Dash, Zcash (transparent, Sapling), XRP Ledger, Stellar,
 * Monero, Bitcoin Cash and Cardano. Each has a checksum, and only what passes it is found.
 *
 * Sources: chainparams.cpp of each coin's node; SEP-23 (Stellar); XRPL "Base58 Encodings" and XLS-5; Monero's
 * base58.cpp; CIP-19; the CashAddr specification; Zcash's protocol specification, section 5.6.
 */
export function parseOther(text: string): Found | undefined {
  const first = text[0]!
  if (first === 'D' || first === 'X' || first === 't' || first === '7' || first === 'A' || first === '9') {
    const base58 = fromBase58(text)
    if (base58 !== undefined) return base58
  }
  if (first === 'r') return fromRipple(text)
  if (first === 'X' && text.length === 47) return fromRippleTagged(text)
  if (first === 'G') return fromStellar(text)
  if (first === '4' || first === '8') return fromMonero(text)
  if (first === 'a' || first === 's') return fromCardano(text)
  if (first === 'A' || first === 'D') return fromByron(text)
  if (first === 'z') return fromSapling(text)
  return first === 'q' || first === 'p' || first === 'Q' ? fromCashAddr(text) : undefined
}

/** Whether a text that failed has the form so fully that its failure is worth a word. */
export function isOtherForm(text: string): boolean {
  return FORM.test(text) && /\d/.test(text)
}

function fromBase58(text: string): Found | undefined {
  const checked = Base58.decodeCheck(text)
  if (!checked.ok) return undefined
  const { payload } = checked
  if (payload.length === 21) {
    const known = ONE_BYTE.get(payload[0]!)
    return known === undefined ? undefined : found(known[0], known[1], text)
  }
  if (payload.length !== 22) return undefined
  const type = TWO_BYTES.get((payload[0]! << 8) | payload[1]!)
  return type === undefined ? undefined : found('zcash', type, text)
}

/** The same checksum over an alphabet of its own; account addresses have version 0. */
function fromRipple(text: string): Found | undefined {
  if (text.length < 25 || text.length > 35) return undefined
  const payload = ripplePayload(text)
  return payload?.length === 21 && payload[0] === 0 ? found('ripple', 'account', text) : undefined
}

/** XLS-5: prefix 05 44 (test network 04 93), account, flag, destination tag. */
function fromRippleTagged(text: string): Found | undefined {
  const payload = ripplePayload(text)
  const isTagged = payload?.length === 31 && payload[0] === 0x05 && payload[1] === 0x44
  return isTagged ? found('ripple', 'x-address', text) : undefined
}

function ripplePayload(text: string): Uint8Array | undefined {
  let bitcoin = ''
  for (const letter of text) {
    const digit = RIPPLE.indexOf(letter)
    if (digit < 0) return undefined
    bitcoin += BITCOIN[digit]!
  }
  const checked = Base58.decodeCheck(bitcoin)
  return checked.ok ? checked.payload : undefined
}

/** Base32 of version, 32 bytes and CRC-16/XMODEM, little-endian. */
function fromStellar(text: string): Found | undefined {
  if (!/^G[A-Z2-7]{55}$/.test(text)) return undefined
  const bytes = new Uint8Array(35)
  let held = 0
  let value = 0
  let at = 0
  for (const letter of text) {
    value = ((value << 5) | BASE32.indexOf(letter)) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      bytes[at++] = value >>> held
    }
  }
  return crc16(bytes, 33) === (bytes[33]! | (bytes[34]! << 8)) ? found('stellar', 'account', text) : undefined
}

/** Blocks of eight bytes in eleven digits; the last four bytes are Keccak-256 of the rest. */
function fromMonero(text: string): Found | undefined {
  if (text.length !== 95 && text.length !== 106) return undefined
  const size = text.length === 95 ? 69 : 77
  const bytes = new Uint8Array(size)
  for (let block = 0; block * 11 < text.length; block++) {
    const digits = text.slice(block * 11, block * 11 + 11)
    const width = digits.length === 11 ? 8 : digits.length === 7 ? 5 : 6
    let value = 0n
    for (const letter of digits) {
      const digit = BITCOIN.indexOf(letter)
      if (digit < 0) return undefined
      value = value * 58n + BigInt(digit)
    }
    if (value >> BigInt(8 * width) !== 0n) return undefined
    for (let i = width - 1; i >= 0; i--, value >>= 8n) bytes[block * 8 + i] = Number(value & 255n)
  }
  const hash = keccak256(bytes.subarray(0, size - 4))
  for (let i = 0; i < 4; i++) if (hash[i] !== bytes[size - 4 + i]) return undefined
  const type = MONERO.get(bytes[0]!)
  return type === undefined ? undefined : found('monero', type, text)
}

/** CIP-19: the first byte is the kind (0 to 7, 14 and 15 for stake) and the network, 1 on the mainnet. */
function fromCardano(text: string): Found | undefined {
  const type = text.startsWith('addr1') ? 'shelley' : text.startsWith('stake1') ? 'stake' : undefined
  if (type === undefined) return undefined
  const decoded = Bech32.decode(text, 120)
  if (!decoded.ok || decoded.encoding !== 'bech32') return undefined
  const bytes = Bech32.toBytes(decoded.words)
  if (bytes === undefined || (bytes[0]! & 15) !== 1 || bytes[0]! >= 0xe0 !== (type === 'stake')) return undefined
  return bytes.length === 29 || bytes.length === 57 ? found('cardano', type, text) : undefined
}

/** Byron: CBOR of a pair, the wrapped payload and its CRC-32 (short forms `Ae2…`, long ones `DdzFF…` with a path). */
function fromByron(text: string): Found | undefined {
  if (text.length < 56 || text.length > BYRON_MAX) return undefined
  const bytes = longBase58(text)
  if (bytes === undefined || bytes.length < 40 || !BYRON.every((byte, i) => bytes[i] === byte)) return undefined
  const end = 5 + bytes[4]!
  if (bytes[end] !== 0x1a || bytes.length !== end + 5) return undefined
  const crc = crc32(bytes.subarray(5, end))
  for (let i = 0; i < 4; i++) if (bytes[end + 1 + i] !== ((crc >>> (24 - 8 * i)) & 255)) return undefined
  return found('cardano', 'byron', text)
}

/** Base58 of more bytes than the chain's codec reads; none of them begins with a zero. */
function longBase58(text: string): Uint8Array | undefined {
  let value = 0n
  for (const letter of text) {
    const digit = BITCOIN.indexOf(letter)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

function fromSapling(text: string): Found | undefined {
  if (text.length !== 78 || !text.startsWith('zs1')) return undefined
  const decoded = Bech32.decode(text)
  return decoded.ok && decoded.encoding === 'bech32' ? found('zcash', 'sapling', text) : undefined
}

/** Without its prefix the text is read as mainnet's: the prefix is part of the checksum. */
function fromCashAddr(text: string): Found | undefined {
  const lower = text.toLowerCase()
  if (text.length !== 42 || (text !== lower && text !== text.toUpperCase())) return undefined
  let state = 1n
  const step = (value: number) => {
    const top = state >> 35n
    state = ((state & 0x07_ffff_ffffn) << 5n) ^ BigInt(value)
    for (let i = 0; i < 5; i++) if ((top >> BigInt(i)) & 1n) state ^= CASH[i]!
  }
  for (const letter of 'bitcoincash') step(letter.charCodeAt(0) & 31)
  step(0)
  for (const letter of lower) {
    const value = CHARSET.indexOf(letter)
    if (value < 0) return undefined
    step(value)
  }
  if (state !== 1n) return undefined
  return found('bitcoin-cash', lower[0] === 'q' ? 'p2pkh' : 'p2sh', `bitcoincash:${lower}`)
}

function found(network: string, type: string, address: string): Found {
  return { network, networks: [network], type, address, checksum: 'ok' }
}

/** The longest are of test networks, whose number they carry. */
const BYRON_MAX = 120

/** An array of two, tag 24, a byte string whose length follows. */
const BYRON = [0x82, 0xd8, 0x18, 0x58]

/** Whole forms of XRP Ledger, Stellar, Monero, Cardano and Zcash. */
const DIGIT = '[1-9A-HJ-NP-Za-km-z]'
const FORM = new RegExp(
  `^(?:r(?=.*[a-z].*[A-Z]|.*[A-Z].*[a-z])${DIGIT}{32,33}|G[A-Z2-7]{55}|[48]${DIGIT}{94}|` +
    `addr1[0-9a-z]{53,98}|zs1[0-9a-z]{75}|Ae2${DIGIT}{56}|DdzFF${DIGIT}{99})$`,
)

const BITCOIN = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const CASH = [0x98_f2bc_8e61n, 0x79_b76d_99e2n, 0xf3_3e5f_b3c4n, 0xae_2eab_e2a8n, 0x1e_4f43_e470n]

const ONE_BYTE = new Map<number, readonly [string, string]>([
  [0x1e, ['dogecoin', 'p2pkh']],
  [0x16, ['dogecoin', 'p2sh']],
  [0x4c, ['dash', 'p2pkh']],
  [0x10, ['dash', 'p2sh']],
] as const)

const TWO_BYTES = new Map([
  [0x1cb8, 'p2pkh'],
  [0x1cbd, 'p2sh'],
])

const MONERO = new Map([
  [18, 'standard'],
  [19, 'integrated'],
  [42, 'subaddress'],
])
