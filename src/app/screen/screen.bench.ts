import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import * as Address from '../../chain/address.ts'
import * as Key from '../../chain/key.ts'
import * as Exposure from '../../exposure/exposure.ts'
import type { NetworkId } from '../../model/network.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import { seededRandom } from '../../std/random.ts'
import { perform, performRows } from '../perform.ts'
import { piecesOf } from './line.ts'
import { screen } from './screen.ts'

/**
 * P9 in bulk: 2 M addresses from a file against 1 M listed, one in a thousand of them listed. Seconds are those of the
 * processor, one core.
 *
 * - matching alone (what P9 defines): bytes of a file → which lines are listed, beside a Python set and a JavaScript
 *   Set, each with its table built beforehand. The numbers of the lines found are compared first.
 * - the command itself, over a real data directory: matches, answers that found something, and all answers in full.
 *   Whether an address is valid is compared with multicoin-address-validator on the first 20,000.
 *
 * Bound on paper: two multiplications a byte, one random load a line: near 10 M lines a second.
 */
const [LISTED, ASKED] = [1_000_000, 2_000_000]

const KINDS: readonly (readonly [NetworkId, Key.KeyType, number, string])[] = [
  ...([
    ['bitcoin', Key.P2PKH, 20, 'btc'],
    ['bitcoin', Key.P2SH, 20, 'btc'],
  ] as const),
  ...([
    ['bitcoin', Key.P2WPKH, 20, 'btc'],
    ['bitcoin', Key.P2TR, 32, 'btc'],
  ] as const),
  ...([
    ['tron', Key.TRON, 20, 'trx'],
    ['ethereum', Key.EVM, 20, 'eth'],
  ] as const),
]

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  try {
    const { asked, kinds } = lay(folder)
    matching(folder)
    await commands(folder, asked, kinds)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Writes both files. Only a sample stays: three million texts held here would be counted as the collector's work. */
function lay(folder: string): { asked: string[]; kinds: string[] } {
  const random = seededRandom(9)
  const kinds: string[] = []
  const make = () => {
    const [network, type, length, currency] = KINDS[random.below(KINDS.length)]!
    kinds.push(currency)
    return Address.fromKey(network, type, random.bytes(length)).address
  }
  const listed = Array.from({ length: LISTED }, make)
  kinds.length = 0
  const asked = Array.from({ length: ASKED }, (_, i) => {
    const text = make()
    if (i % 1000 === 500) return listed[random.below(LISTED)]!
    return i % 97 === 3 ? `${text.slice(0, -1)}${text.at(-1) === '2' ? '3' : '2'}` : text
  })
  writeFileSync(join(folder, 'listed.txt'), `${listed.join('\n')}\n`)
  writeFileSync(join(folder, 'asked.txt'), `${asked.join('\n')}\n`)
  return { asked: asked.slice(0, SAMPLE), kinds: kinds.slice(0, SAMPLE) }
}

function matching(folder: string): void {
  const listed = readFileSync(join(folder, 'listed.txt'), 'utf8').split('\n').slice(0, -1)
  const matcher = Exposure.createMatcher(LISTED)
  for (const address of listed) matcher.add(address)
  const path = join(folder, 'asked.txt')
  const ours = best(4, () => {
    const lines = Exposure.createLines()
    const found: number[] = []
    let line = 0
    for (const { bytes, end } of piecesOf(path)) {
      for (let at = 0; at < end; line += lines.count) {
        at = Exposure.split(bytes, at, end, lines)
        matcher.match(lines)
        for (let k = 0; k < lines.count; k++) if (lines.hit[k] === 1) found.push(line + k)
      }
    }
    return sha256Hex(found.join('\n'))
  })
  const set = new Set(listed)
  const javascript = best(2, () => {
    const found: number[] = []
    const all = readFileSync(path, 'utf8').split('\n')
    for (let i = 0; i < all.length - 1; i++) if (set.has(all[i]!)) found.push(i)
    return sha256Hex(found.join('\n'))
  })
  assert.equal(ours.answer, javascript.answer, 'other lines than a Set finds')
  told('matching alone, ours', ours.seconds, ours.seconds)
  told('split + Set', javascript.seconds, ours.seconds)
  const { status, stdout } = spawnSync('python3', ['-c', PYTHON, join(folder, 'listed.txt'), path], {
    encoding: 'utf8',
  })
  if (status !== 0) {
    console.log('Python is not here')
    return
  }
  const [digest, seconds] = stdout.trim().split(' ')
  assert.equal(ours.answer, digest, 'other lines than a Python set finds')
  told('Python set of bytes', Number(seconds), ours.seconds)
}

const PYTHON = `
import sys, time, hashlib
listed = set(open(sys.argv[1], 'rb').read().split(b'\\n'))
listed.discard(b'')
best = None
for _ in range(3):
    start = time.process_time()
    found = [i for i, line in enumerate(open(sys.argv[2], 'rb')) if line[:-1] in listed]
    took = time.process_time() - start
    best = took if best is None else min(best, took)
print(hashlib.sha256('\\n'.join(map(str, found)).encode()).hexdigest(), best)
`

async function commands(folder: string, asked: readonly string[], kinds: readonly string[]): Promise<void> {
  const setting = {
    ...{ directory: join(folder, 'data'), user: 'bench', clock: fixedClock(1_795_000_000), progress: () => {} },
    signal: new AbortController().signal,
  }
  const list = { format: 'addresses', file: join(folder, 'listed.txt'), authority: 'A', published: '2026-01-01' }
  await perform('list add', list, setting)
  writeFileSync(join(folder, 'none.txt'), `${asked[0]}\n`)
  await timed({ file: join(folder, 'none.txt') })
  const empty = await timed({ file: join(folder, 'none.txt') })
  console.log(`the command's start (1 M listed read from the store): ${empty.seconds.toFixed(2)} s of processor`)
  for (const lines of ['matches', 'found', 'all']) {
    const unkept = await timed({ file: join(folder, 'asked.txt'), lines, record: false })
    const { seconds, valid, bytes } = await timed({ file: join(folder, 'asked.txt'), lines })
    const net = seconds - empty.seconds
    console.log(
      [`--lines ${lines}`.padEnd(22), perSecond(net), `${(bytes / 2 ** 20).toFixed(0)} MB written`].join('  '),
      `(with its start ${perSecond(seconds)}; not kept ${perSecond(unkept.seconds - empty.seconds)})`,
    )
    if (lines === 'all') compareValid(asked, kinds, valid)
  }

  async function timed(input: object): Promise<{ seconds: number; bytes: number; valid: boolean[] }> {
    const valid: boolean[] = []
    let bytes = 0
    const start = cpuUsage()
    await performRows(screen, input, setting, row => {
      const piece = row instanceof Uint8Array ? row : Buffer.from(`${JSON.stringify(row)}\n`)
      bytes += piece.length
      if (valid.length >= SAMPLE) return
      for (const line of Buffer.from(piece).toString().split('\n')) {
        if (line !== '') valid.push(!line.includes('"status":"invalid"'))
      }
    })
    const { user, system } = cpuUsage(start)
    return { seconds: (user + system) / 1e6, bytes, valid }
  }
}

const SAMPLE = 20_000

function compareValid(asked: readonly string[], kinds: readonly string[], valid: readonly boolean[]): void {
  const peer = createRequire(import.meta.url)('multicoin-address-validator') as {
    validate(address: string, currency: string): boolean
  }
  const isListed = (i: number) => i % 1000 === 500
  const start = cpuUsage()
  for (let i = 0; i < SAMPLE; i++) {
    if (isListed(i)) continue
    assert.equal(valid[i], peer.validate(asked[i]!, kinds[i]!), `${asked[i]} is judged otherwise`)
  }
  const { user, system } = cpuUsage(start)
  console.log(`multicoin-address-validator alone  ${perSecond(((user + system) / 1e6) * (ASKED / SAMPLE))}`)
}

function best<T>(runs: number, work: () => T): { seconds: number; answer: T } {
  let least = Number.POSITIVE_INFINITY
  let answer = work()
  for (let i = 0; i < runs; i++) {
    const start = cpuUsage()
    answer = work()
    const { user, system } = cpuUsage(start)
    least = Math.min(least, (user + system) / 1e6)
  }
  return { seconds: least, answer }
}

function told(who: string, seconds: number, ours: number): void {
  console.log([who.padEnd(22), perSecond(seconds), `ours is ${(seconds / ours).toFixed(1)}×`].join('  '))
}

function perSecond(seconds: number): string {
  return `${(ASKED / seconds / 1e6).toFixed(2)} M/s`
}

if (import.meta.main) await run()
