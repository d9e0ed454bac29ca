import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Address from '../chain/address.ts'
import * as Key from '../chain/key.ts'
import type { NetworkId } from '../model/network.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import { find, findAddresses, findInBytes } from './mention.ts'

/**
 * P7: addresses extracted per second from a seeded Arabic and English corpus with true addresses and decoys; every
 * answer compared with the planted truth before anything is timed, ioc-extractor and ripgrep in the same run.
 *
 * Bound on paper: memory gives 12 GB/s, one probe in 26 bytes touches each cache line all the same; the walks back cost
 * about six loads in 26 bytes, near 1.5 GB/s; validation is 1.5 µs for each of some 400 candidates a megabyte.
 */
export type Corpus = { readonly text: string; readonly bytes: Uint8Array; readonly truth: readonly Planted[] }
export type Planted = { readonly address: string; readonly form: string }

const KINDS: readonly { form: string; network: NetworkId; type: Key.KeyType }[] = [
  { form: 'p2pkh', network: 'bitcoin', type: Key.P2PKH },
  { form: 'p2sh', network: 'bitcoin', type: Key.P2SH },
  { form: 'p2wpkh', network: 'bitcoin', type: Key.P2WPKH },
  { form: 'p2tr', network: 'bitcoin', type: Key.P2TR },
  { form: 'tron', network: 'tron', type: Key.TRON },
  { form: 'evm', network: 'ethereum', type: Key.EVM },
]

/** Text of about `size` bytes with an address each 3 KB and a decoy each 15 KB; `disguise` writes each as it wants. */
export function corpus(size: number, seed: number, disguise: Disguise | null): Corpus {
  const random = seededRandom(seed)
  const parts: string[] = []
  const truth: Planted[] = []
  for (let written = 0, next = 1000, decoy = 7000; written < size; ) {
    let piece = ` ${random.pick(WORDS)}`
    if (written > next) {
      const { form, network, type } = random.pick(KINDS)
      const plain = Address.format(Address.fromKey(network, type, random.bytes(type === Key.P2TR ? 32 : 20)))
      truth.push({ address: plain, form: disguise === null ? form : disguise.form })
      piece = random.pick(AROUND).replace('@', disguise === null ? plain : disguise.write(plain, random))
      next += 3000
    } else if (written > decoy) {
      piece = ` ${random.pick(DECOYS)(random)} `
      decoy += 15_000
    }
    parts.push(piece)
    written += Buffer.byteLength(piece)
  }
  const text = parts.join('')
  return { text, bytes: Buffer.from(text), truth }
}

export type Disguise = { readonly form: string; readonly write: (address: string, random: Random) => string }

export const disguises: readonly Disguise[] = [
  { form: 'zero-width inside', write: (address, random) => insert(address, random, ['\u200b', '\u200d', '\ufeff']) },
  {
    form: 'bidi controls',
    write: (address, random) => `\u202e${insert(address, random, ['\u2066', '\u2069', '\u200f'])}\u202c`,
  },
  { form: 'tatweel', write: (address, random) => insert(address, random, ['ـ']) },
  {
    form: 'Arabic-Indic digits',
    write: address => address.replace(/\d/g, digit => String.fromCharCode(0x660 + Number(digit))),
  },
  {
    form: 'Persian digits',
    write: address => address.replace(/\d/g, digit => String.fromCharCode(0x6f0 + Number(digit))),
  },
  {
    form: 'full-width',
    write: (address, random) => replaceSome(address, random, code => String.fromCharCode(code + 0xfee0)),
  },
  { form: 'styled letters', write: (address, random) => replaceSome(address, random, mathematical) },
  {
    form: 'Cyrillic letters',
    write: address => address.replace(/[aceopxyABCEHKMPTX]/g, letter => CYRILLIC.get(letter)!),
  },
]

/** Precision and recall of the addresses found against those planted, as lists. */
export function score(found: readonly string[], truth: readonly Planted[]): { precision: number; recall: number } {
  const left = new Map<string, number>()
  for (const { address } of truth) left.set(canonical(address), (left.get(canonical(address)) ?? 0) + 1)
  let hits = 0
  for (const address of found) {
    const many = left.get(canonical(address)) ?? 0
    if (many > 0) hits++
    left.set(canonical(address), many - 1)
  }
  return { precision: found.length === 0 ? 1 : hits / found.length, recall: hits / truth.length }
}

function canonical(address: string): string {
  return /^0x/i.test(address) ? address.toLowerCase() : address
}

function insert(address: string, random: Random, signs: readonly string[]): string {
  const at = 3 + random.below(address.length - 6)
  return address.slice(0, at) + random.pick(signs) + address.slice(at)
}

function replaceSome(address: string, random: Random, write: (code: number) => string): string {
  return [...address].map(letter => (random.below(4) === 0 ? write(letter.charCodeAt(0)) : letter)).join('')
}

/** Mathematical sans-serif: U+1D5A0 A, U+1D5BA a, U+1D7E2 0. */
function mathematical(code: number): string {
  if (code < 58) return String.fromCodePoint(0x1d7e2 + code - 48)
  return String.fromCodePoint(code < 91 ? 0x1d5a0 + code - 65 : 0x1d5ba + code - 97)
}

const CYRILLIC = new Map([...'aceopxyABCEHKMPTX'].map((letter, i) => [letter, [...'асеорхуАВСЕНКМРТХ'][i]!] as const))
const AROUND = [' @ ', ' (@) ', ' BTC:@، ', ' العنوان @\n', ' https://example.org/a/@ ', '\n@\n', ' «@» ']
const WORDS = (
  'the of and donate support wallet address please send today brothers families winter campaign help network ' +
  'transfer ' +
  'من في على إلى هذا التي كان قال عن مع بعد خلال المحفظة العنوان التبرع الحملة الأسر الشتاء إخواننا العملات الرقمية ' +
  '2021 517,000 ١٩ نوفمبر بيتكوين internationalization المستخدمين والمعاملات'
).split(' ')
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const letters = (random: Random, length: number) => Array.from({ length }, () => BASE58[random.below(58)]!).join('')
const hex = (random: Random, bytes: number) => Buffer.from(random.bytes(bytes)).toString('hex')
const DECOYS: readonly ((random: Random) => string)[] = [
  random => `1${letters(random, 33)}`,
  random => `T${letters(random, 33)}`,
  random => hex(random, 20),
  random => `sha256 ${hex(random, 32)}`,
  random => Buffer.from(random.bytes(90)).toString('base64'),
  random => hex(random, 300),
  random => letters(random, 60),
  random => `bc1q${letters(random, 38).toLowerCase()}`,
]

function seconds(work: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const start = elapsedMilliseconds()
    work()
    least = Math.min(least, (elapsedMilliseconds() - start) / 1000)
  }
  return least
}

type Extractor = { extractIOC(text: string): { btcs: string[]; eths: string[] } }

/** All addresses by a peer's patterns; it gives each once, so the truth is counted once as well. */
function peerLine(plain: Corpus, oursMb: number): string {
  const { extractIOC } = createRequire(import.meta.url)('ioc-extractor') as Extractor
  const text = plain.text.slice(0, 1_000_000)
  const here = plain.truth.filter(({ address }) => text.includes(address))
  const { btcs, eths } = extractIOC(text)
  const { precision, recall } = score([...btcs, ...eths], here)
  const rate = Buffer.byteLength(text) / 1e6 / seconds(() => extractIOC(text), 2)
  const quality = `precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`
  return `ioc-extractor ${rate.toFixed(1)} MB/s, ${quality}; ours is ${(oursMb / rate).toFixed(0)}×`
}

function ripgrepLine(plain: Corpus, oursMb: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  try {
    const path = join(directory, 'corpus')
    writeFileSync(path, plain.bytes)
    const pattern =
      '(?-u:\\b)([13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{39,59}|' +
      'T[1-9A-HJ-NP-Za-km-z]{33}|0x[0-9a-fA-F]{40})(?-u:\\b)'
    const run = () => spawnSync('rg', ['--no-config', '-j1', '-a', '-o', '-c', pattern, path])
    if (run().error !== undefined) return 'ripgrep: not on this machine'
    const rate = plain.bytes.length / 1e6 / seconds(run, 3)
    return `ripgrep, no checksums, ${rate.toFixed(0)} MB/s; ours is ${(oursMb / rate).toFixed(1)}×`
  } finally {
    rmSync(directory, { recursive: true })
  }
}

if (import.meta.main) {
  const plain = corpus(48_000_000, 7, null)
  const megabytes = plain.bytes.length / 1e6
  const inBytes = findInBytes(plain.bytes)
  assert.deepEqual(
    score(
      inBytes.map(one => one.address),
      plain.truth,
    ),
    { precision: 1, recall: 1 },
  )
  for (const { byteStart, byteEnd, address } of inBytes) {
    assert.equal(canonical(Buffer.from(plain.bytes.subarray(byteStart, byteEnd)).toString()), address)
  }
  const rate = megabytes / seconds(() => findInBytes(plain.bytes), 7)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  say(`${megabytes.toFixed(0)} MB, ${plain.truth.length} addresses: precision 1, recall 1, byte spans checked`)
  say(`plain form, UTF-8 bytes: ${rate.toFixed(0)} MB/s (asked: 400)`)
  say(peerLine(plain, rate))
  say(ripgrepLine(plain, rate))
  for (const disguise of disguises) {
    const { text, bytes, truth } = corpus(3_000_000, 11, disguise)
    const found = findAddresses(text).mentions.flatMap(one => (one.kind === 'address' ? [one] : []))
    const { precision, recall } = score(
      found.map(one => one.address),
      truth,
    )
    const speed = bytes.length / 1e6 / seconds(() => findAddresses(text), 3)
    const marked = found.every(one => one.disguise.length > 0 || one.raw === one.address || /^0x/.test(one.address))
    assert.ok(precision === 1 && recall >= 0.95 && marked, `${disguise.form}: ${precision} ${recall}`)
    say(`${disguise.form}: precision 1, recall ${recall.toFixed(4)}, ${speed.toFixed(0)} MB/s (asked: 20)`)
  }
  const post = plain.text.slice(0, 4_000_000)
  const all = Buffer.byteLength(post) / 1e6 / seconds(() => find(post), 3)
  say(`every kind of identifier, find(text): ${all.toFixed(1)} MB/s`)
}
