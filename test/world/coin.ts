import * as Base58 from '../../src/chain/base58.ts'
import * as Bech32 from '../../src/chain/bech32.ts'
import { crc16 } from '../../src/chain/crc.ts'
import { keccak256 } from '../../src/chain/keccak.ts'
import { toOnionName } from '../../src/chain/onion-name.ts'
import * as Solana from '../../src/chain/solana-address.ts'
import * as Ton from '../../src/chain/ton-address.ts'
import type { Random } from '../../src/std/random.ts'

/** Addresses of the networks whose ledgers are not read, made at random, whole: written here as their codecs say. */
export type Coin = { readonly name: string; readonly make: (random: Random) => string }

export const coins: readonly Coin[] = [
  { name: 'dogecoin', make: random => Base58.encodeCheck(Uint8Array.of(0x1e, ...random.bytes(20))) },
  { name: 'dash', make: random => Base58.encodeCheck(Uint8Array.of(0x4c, ...random.bytes(20))) },
  { name: 'zcash t', make: random => Base58.encodeCheck(Uint8Array.of(0x1c, 0xb8, ...random.bytes(20))) },
  { name: 'zcash Sapling', make: random => bech32('zs', random.bytes(43)) },
  { name: 'bitcoin cash', make: random => cashAddress(random.bytes(20)) },
  { name: 'ripple', make: random => ripple(random.bytes(20)) },
  { name: 'stellar', make: random => stellar(random.bytes(32)) },
  { name: 'monero', make: random => monero(random.bytes(64)) },
  { name: 'cardano', make: random => bech32('addr', Uint8Array.of(0x01, ...random.bytes(56))) },
  { name: 'ton', make: random => Ton.format(0, random.bytes(32)) },
  { name: 'solana beside its name', make: random => solana(random) },
  { name: 'lightning', make: random => lightning(random) },
]

/** An onion name of version 3. */
export function onion(random: Random): string {
  return `${toOnionName(random.bytes(32))}.onion`
}

/** Forms of these coins that fail: one letter of the right alphabet changed, or random from the start. */
export const coinDecoys: readonly ((random: Random) => string)[] = [
  ...coins.filter(coin => !coin.name.startsWith('solana')).map(coin => (random: Random) => spoiled(coin.make(random))),
  random => `r${letters(random, 33)}`,
  random => `G${draw(random, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 55)}`,
  random => `4${letters(random, 94)}`,
  random => `EQ${Buffer.from(random.bytes(36)).toString('base64url').slice(0, 46)}`,
  random => letters(random, 43),
  random => `private key ${letters(random, 44)}`,
  random => `${draw(random, 'abcdefghijklmnopqrstuvwxyz234567', 56)}.onion`,
  random => `0:${Buffer.from(random.bytes(32)).toString('hex')}`,
  random => `lnbc${random.below(9) + 1}u1${draw(random, CHARSET, 260)}`,
]

/** The last letter another one of the alphabet. */
function spoiled(address: string): string {
  return address.slice(0, -1) + (address.endsWith('2') ? '3' : '2')
}

function solana(random: Random): string {
  for (;;) {
    const text = Base58.encode(random.bytes(32))
    if (Solana.parse(text)?.isOnCurve === true) return text
  }
}

function bech32(prefix: string, bytes: Uint8Array): string {
  return Bech32.encode(prefix, Bech32.toWords(0, bytes).subarray(1), 'bech32')
}

/** A prefix, a time and random fields: the signature is nobody's. */
function lightning(random: Random): string {
  const words = Uint8Array.from({ length: 7 + 104 + 55 }, () => random.below(32))
  words.set([0, 12, 18, 31, 28, 25, 2], 0)
  words.set([1, 1, 20], 7)
  return Bech32.encode(`lnbc${random.below(900) + 1}u`, words, 'bech32')
}

function ripple(bytes: Uint8Array): string {
  const plain = Base58.encodeCheck(Uint8Array.of(0, ...bytes))
  return [...plain].map(letter => RIPPLE[BASE58.indexOf(letter)]!).join('')
}

function stellar(bytes: Uint8Array): string {
  const payload = Uint8Array.of(6 << 3, ...bytes)
  const crc = crc16(payload)
  let bits = ''
  for (const byte of [...payload, crc & 255, crc >> 8]) bits += byte.toString(2).padStart(8, '0')
  return bits
    .match(/.{5}/g)!
    .map(five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)]!)
    .join('')
}

function monero(keys: Uint8Array): string {
  const payload = Uint8Array.of(18, ...keys)
  const bytes = Uint8Array.of(...payload, ...keccak256(payload).subarray(0, 4))
  let text = ''
  for (let at = 0; at < bytes.length; at += 8) {
    const block = bytes.subarray(at, at + 8)
    let value = block.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    let digits = ''
    for (let i = 0; i < (block.length === 8 ? 11 : 7); i++, value /= 58n) digits = BASE58[Number(value % 58n)]! + digits
    text += digits
  }
  return text
}

/** The CashAddr specification, version byte 0 (P2PKH of 20 bytes), without its prefix. */
function cashAddress(bytes: Uint8Array): string {
  const words = [...Bech32.toWords(0, Uint8Array.of(0, ...bytes)).subarray(1)]
  const prefix = [...'bitcoincash'].map(letter => letter.charCodeAt(0) & 31)
  let state = 1n
  for (const value of [...prefix, 0, ...words, 0, 0, 0, 0, 0, 0, 0, 0]) {
    const top = state >> 35n
    state = ((state & 0x07_ffff_ffffn) << 5n) ^ BigInt(value)
    for (let i = 0; i < 5; i++) if ((top >> BigInt(i)) & 1n) state ^= CASH[i]!
  }
  state ^= 1n
  const sum = Array.from({ length: 8 }, (_, i) => Number((state >> BigInt(5 * (7 - i))) & 31n))
  return [...words, ...sum].map(value => CHARSET[value]!).join('')
}

function letters(random: Random, length: number): string {
  return draw(random, BASE58, length)
}

function draw(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[random.below(alphabet.length)]!).join('')
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const RIPPLE = 'rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz'
const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const CASH = [0x98_f2bc_8e61n, 0x79_b76d_99e2n, 0xf3_3e5f_b3c4n, 0xae_2eab_e2a8n, 0x1e_4f43_e470n]
