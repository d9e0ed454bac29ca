import * as Address from '../../src/chain/address.ts'
import * as Key from '../../src/chain/key.ts'
import type { NetworkId } from '../../src/model/network.ts'
import type { Random } from '../../src/std/random.ts'
import { seededRandom } from '../../src/std/random.ts'
import { coinDecoys, coins } from './coin.ts'

/**
 * Posts in Arabic and English as people write who do not want to be read, with the address that each one hides. One
 * form a post; around it decoys that are no address: wrong checksums, hashes, base64, hex dumps.
 */
export type Post = { readonly form: string; readonly text: string; readonly address: string }

export type Form = {
  readonly name: string
  readonly class: 'plain' | 'disguised' | 'listed apart'
  readonly write: (address: string, random: Random) => string
  /** Of a form for one coin: its addresses. */
  readonly make?: (random: Random) => string
}

/** `perForm` posts of each form; the same for the same seed. */
export function posts(perForm: number, seed: number): Post[] {
  const random = seededRandom(seed)
  return forms.flatMap(form =>
    Array.from({ length: perForm }, () => {
      const address = addressOf(form, random)
      const written = form.write(address, random)
      const decoy = random.below(2) === 0 ? ` ${random.pick(DECOYS)(random)} ` : ' '
      return { form: form.name, address, text: random.pick(AROUND).replace('@', () => written) + decoy }
    }),
  )
}

/** Posts with decoys only. */
export function decoys(count: number, seed: number): string[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => random.pick(AROUND).replace('@', () => random.pick(DECOYS)(random)))
}

/** As one compares: EVM addresses have no case of their own. */
export function canonical(address: string): string {
  return /^0x/i.test(address) ? address.toLowerCase() : address.replace(/^bitcoincash:/, '')
}

const KINDS: readonly (readonly [NetworkId, Key.KeyType])[] = [
  ['bitcoin', Key.P2PKH],
  ['bitcoin', Key.P2SH],
  ['bitcoin', Key.P2WPKH],
  ['bitcoin', Key.P2TR],
  ['litecoin', Key.P2PKH],
  ['tron', Key.TRON],
  ['ethereum', Key.EVM],
]

/** EVM addresses carry too little checksum for typing errors, so those forms are of the other kinds. */
function addressOf(form: Form, random: Random): string {
  if (form.make !== undefined) return form.make(random)
  const kinds = TYPED.test(form.name) ? KINDS.slice(0, -1) : KINDS
  const [network, type] = random.pick(/case/.test(form.name) ? BASE58_KINDS : kinds)
  return Address.format(Address.fromKey(network, type, random.bytes(type === Key.P2TR ? 32 : 20)))
}

const BASE58_KINDS = KINDS.filter(([, type]) => type === Key.P2PKH || type === Key.TRON)
const TYPED = /typing|OCR/

export const forms: readonly Form[] = [
  { name: 'plain', class: 'plain', write: address => address },
  { name: 'in a link', class: 'plain', write: address => `https://example.org/a/${address}?x=1` },
  { name: 'payment URI', class: 'plain', write: address => `bitcoin:${address}` },
  { name: 'zero-width inside', class: 'disguised', write: (a, random) => insert(a, random, '\u200b') },
  { name: 'bidi controls', class: 'disguised', write: (a, random) => `\u202e${insert(a, random, '\u2066')}\u202c` },
  { name: 'tatweel', class: 'disguised', write: (a, random) => insert(a, random, 'ـ') },
  { name: 'Arabic-Indic digits', class: 'disguised', write: address => digits(address, 0x660) },
  { name: 'Persian digits', class: 'disguised', write: address => digits(address, 0x6f0) },
  { name: 'styled letters', class: 'disguised', write: (a, random) => styled(a, random) },
  { name: 'isolates around groups', class: 'disguised', write: a => a.replace(/.{6}/g, one => `\u2066${one}\u2069`) },
  { name: 'full-width', class: 'disguised', write: (a, random) => wide(a, random) },
  { name: 'look-alike letters', class: 'disguised', write: address => lookalike(address) },
  { name: 'over lines', class: 'disguised', write: (a, random) => cut(a, random, 2, '\n') },
  { name: 'spaces', class: 'disguised', write: (a, random) => cut(a, random, 8, ' ') },
  { name: 'letter by letter', class: 'disguised', write: address => [...address].join(' ') },
  { name: 'dashes', class: 'disguised', write: (a, random) => cut(a, random, 5, '-') },
  { name: 'dots', class: 'disguised', write: (a, random) => cut(a, random, 5, '.') },
  {
    name: 'emoji',
    class: 'disguised',
    write: (a, random) => cut(a, random, 4, random.pick(['🔥', '🇵🇸', '❤️', '👉🏽'])),
  },
  { name: 'spaces and Arabic digits', class: 'disguised', write: (a, random) => cut(digits(a, 0x660), random, 5, ' ') },
  { name: 'reversed', class: 'disguised', write: address => [...address].reverse().join('') },
  { name: 'in two parts', class: 'disguised', write: (a, random) => parts(a, random, ENGLISH_PARTS) },
  { name: 'in two parts, Arabic', class: 'disguised', write: (a, random) => parts(a, random, ARABIC_PARTS) },
  { name: 'typing: substitution', class: 'disguised', write: substitute },
  { name: 'typing: transposition', class: 'disguised', write: transpose },
  { name: 'typing: omission', class: 'disguised', write: omit },
  { name: 'typing: one too many', class: 'disguised', write: add },
  { name: 'OCR', class: 'disguised', write: address => confuse(address) },
  { name: 'lower case', class: 'listed apart', write: address => address.toLowerCase() },
  { name: 'upper case', class: 'listed apart', write: address => address.toUpperCase() },
  ...coins.map(({ name, make }): Form => {
    return {
      name,
      class: 'plain',
      make,
      write: address => (name.startsWith('solana') ? `Solana: ${address}` : address),
    }
  }),
]

function insert(address: string, random: Random, sign: string): string {
  const at = 3 + random.below(address.length - 6)
  return address.slice(0, at) + sign + address.slice(at)
}

function digits(address: string, zero: number): string {
  return address.replace(/\d/g, digit => String.fromCharCode(zero + Number(digit)))
}

function wide(address: string, random: Random): string {
  const write = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)
  return [...address].map((letter, i) => (i === 0 || random.below(4) === 0 ? write(letter) : letter)).join('')
}

function lookalike(address: string): string {
  return address.replace(/[aceopxyABCEHKMPTX]/g, letter => 'асеорхуАВСЕНКМРТХ'['aceopxyABCEHKMPTX'.indexOf(letter)]!)
}

/** In `count` pieces of about the same length. */
function cut(address: string, random: Random, count: number, sign: string): string {
  const size = Math.max(3, Math.ceil(address.length / count) + random.below(2))
  return address.match(new RegExp(`.{1,${size}}`, 'gu'))!.join(sign)
}

function parts(address: string, random: Random, words: readonly string[]): string {
  const at = 12 + random.below(10)
  return random
    .pick(words)
    .replace('1@', () => address.slice(0, at))
    .replace('2@', () => address.slice(at))
}

/** Past the prefix, so that what was meant stays an address of its kind. */
function place(address: string, random: Random): number {
  return 5 + random.below(address.length - 8)
}

function substitute(address: string, random: Random): string {
  const at = place(address, random)
  const alphabet = /^(?:bc|ltc)1/.test(address) ? '023456789acdefghjklmnpqrstuvwxyz' : BASE58
  const other = random.pick([...alphabet].filter(letter => letter !== address[at]))
  return address.slice(0, at) + other + address.slice(at + 1)
}

function transpose(address: string, random: Random): string {
  let at = place(address, random)
  while (address[at] === address[at + 1] && at < address.length - 2) at++
  return address.slice(0, at) + address[at + 1] + address[at] + address.slice(at + 2)
}

function omit(address: string, random: Random): string {
  const at = place(address, random)
  return address.slice(0, at) + address.slice(at + 1)
}

function add(address: string, random: Random): string {
  const at = place(address, random)
  const alphabet = /^(?:bc|ltc)1/.test(address) ? '023456789acdefghjklmnpqrstuvwxyz' : BASE58
  return address.slice(0, at) + random.pick([...alphabet]) + address.slice(at)
}

/** Mathematical sans-serif for every third letter: U+1D5A0 A, U+1D5BA a, U+1D7E2 0. */
function styled(address: string, random: Random): string {
  const write = (code: number) =>
    code < 58 ? 0x1d7e2 + code - 48 : code < 91 ? 0x1d5a0 + code - 65 : 0x1d5ba + code - 97
  return [...address]
    .map((letter, i) => (i === 0 || random.below(3) === 0 ? String.fromCodePoint(write(letter.charCodeAt(0))) : letter))
    .join('')
}

/** What OCR does to addresses: o and D as 0, 1 and i as l, all of them. */
function confuse(address: string): string {
  if (/^(?:bc|ltc)1/.test(address)) return address.replaceAll('0', 'o').replace('1', 'l')
  const head = address[0]!
  const read = address.slice(1).replace('o', '0').replace('i', 'l').replace('1', 'I')
  return read === address.slice(1)
    ? head + read.replace(/[58S]/, one => (one === '5' ? 'S' : one === '8' ? 'B' : '5'))
    : head + read
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const ENGLISH_PARTS = [
  'First half: 1@ and the second half: 2@.',
  'part 1 of the wallet is 1@\nsend to us for more\npart 2: 2@',
  'The second half is 2@, the first half is 1@',
]
const ARABIC_PARTS = [
  'النصف الأول من العنوان: 1@ والنصف الثاني 2@',
  'الجزء الأول 1@\nادعموا إخوانكم\nالجزء الثاني 2@',
  'النصف الثاني 2@، النصف الأول 1@',
]
const AROUND = [
  'Support the families this winter: @ thank you',
  'تبرعوا الآن على المحفظة @ بارك الله فيكم',
  'USDT/BTC wallet\n@\nsend proof to us',
  'العنوان الجديد (@) حملة الشتاء ٢٠٢١',
  'قبل 3 أيام نشرنا: «@» ولم يصل سوى 25 دولار',
  'In 2021 we raised 517,000 USD here, see @ for more',
]
const letters = (random: Random, length: number) => Array.from({ length }, () => BASE58[random.below(58)]!).join('')
const hex = (random: Random, bytes: number) => Buffer.from(random.bytes(bytes)).toString('hex')
const DECOYS: readonly ((random: Random) => string)[] = [
  ...coinDecoys,
  random => `1${letters(random, 33)}`,
  random => `T${letters(random, 33)}`,
  random => `3${letters(random, 33)}`,
  random => `bc1q${hex(random, 19)}`,
  random => hex(random, 20),
  random => `sha256 ${hex(random, 32)}`,
  random => Buffer.from(random.bytes(90)).toString('base64'),
  random => hex(random, 300),
  random => hex(random, 48).match(/.{8}/g)!.join(' '),
  random => hex(random, 40).match(/.{2}/g)!.join(':'),
  random => letters(random, 60),
  random => `T${letters(random, 33)}`.match(/.{1,5}/g)!.join(' '),
  random => `First half ${letters(random, 17)}, second half ${letters(random, 17)}`,
]
