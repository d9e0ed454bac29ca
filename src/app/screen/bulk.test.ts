import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { KINDS } from '../../../test/address-kinds.ts'
import * as Address from '../../chain/address.ts'
import { fixedClock } from '../../std/clock.ts'
import { seededRandom } from '../../std/random.ts'
import type { Progress } from '../operation.ts'
import { perform, performRows } from '../perform.ts'
import { LINE_MAX } from './line.ts'
import type { ScreenResult } from './result.ts'
import { screen } from './screen.ts'

/** Screening over bytes gives what the ordinary screening gives, line for line, whatever the lines are. */

const directory = mkdtempSync(join(tmpdir(), 'athar-bulk-'))
const file = (name: string) => join(directory, name)
after(() => rmSync(directory, { recursive: true }))

const random = seededRandom(31)
const some = (kind: number) => {
  const [network, type, length] = KINDS[kind % KINDS.length]!
  return Address.fromKey(network, type, random.bytes(length))
}

// Made up: nobody's addresses.
const listed = Array.from({ length: 22 }, (_, i) => some(i))
const tron = Array.from({ length: 6 }, () => some(5).address)
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

const setting = (progress: (note: Progress) => void = () => {}, signal = new AbortController().signal) => ({
  ...{ directory: file('data'), user: 'tester', clock: fixedClock(1_795_000_000), progress, signal },
})

before(async () => {
  writeFileSync(file('list.txt'), listed.map(({ address }) => `${address}\n`).join(''))
  const list = {
    format: 'addresses',
    file: file('list.txt'),
    authority: 'Made up "A"',
    published: '2026-01-01',
  }
  await perform('list add', list, setting())
  const row = (n: number, from: string, to: string) =>
    `tron,USDT,${USDT},${n.toString(16).padStart(64, 'a')},0,0,transfer,ok,${n},2026-02-01T00:00:00Z,${from},${to},5`
  const transfers = tron.map((one, i) => row(i + 1, one, i === 0 ? listed[5]!.address : tron[(i + 1) % 6]!))
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(file('transfers.csv'), `${[head, ...transfers].join('\n')}\n`)
  await perform('ledger import', { file: file('transfers.csv') }, setting())
})

/** What the rows and bytes of a stream say. */
async function stream(input: object, progress?: (note: Progress) => void, signal?: AbortSignal): Promise<unknown[]> {
  let text = ''
  const add = (row: unknown) => {
    text += row instanceof Uint8Array ? Buffer.from(row).toString() : `${JSON.stringify(row)}\n`
  }
  await performRows(screen, input, setting(progress, signal), add)
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}

const damaged = (text: string) => {
  const at = 5 + random.below(text.length - 5)
  return text.slice(0, at) + (text[at] === '2' ? '3' : '2') + text.slice(at + 1)
}

/** One line, as people and enemies write them. */
function line(): string {
  const { address, network } = random.below(3) === 0 ? listed[random.below(listed.length)]! : some(random.below(11))
  const written = [
    ...[address, address, address, damaged(address), ` ${address}\t`, `${address}\r`, address.toUpperCase()],
    ...[`${Address.format({ network, address })}`, `${address}0`, address.slice(0, 20), `tron:728126428:${tron[1]}`],
    ...[
      tron[random.below(6)]!,
      `eip155:1:${listed[6]!.address}`,
      '',
      '# a note',
      `x\u0000${address}`,
      '\ud800',
      '￼',
      '"\\',
    ],
    ...[`\u00a0${address}\u2003`, `0X${'a'.repeat(40)}`, `41${'0f'.repeat(20)}`, 'm'.repeat(300), `${address},x`],
  ]
  return written[random.below(written.length)]!
}

test('line for line the same answer as the ordinary screening', async () => {
  const lines = Array.from({ length: 4000 }, line)
  writeFileSync(file('ask.txt'), `\ufeff${lines.join('\n')}`)
  const found = (await stream({ file: file('ask.txt') })) as ScreenResult[]
  const asked = lines.map(one => one.trim()).filter(one => one !== '' && !one.startsWith('#'))
  const expected: unknown[] = []
  await performRows(screen, { address: asked.map(one => Buffer.from(one).toString()) }, setting(), row =>
    expected.push(row),
  )
  assert.equal(found.length, asked.length)
  assert.deepEqual(found, JSON.parse(JSON.stringify(expected)))
  const statuses = new Set(found.map(({ status }) => status))
  assert.deepEqual([...statuses].sort(), ['direct', 'invalid', 'listed', 'no-finding'])
})

test('a file in UTF-16, by its mark, is read as the same lines', async () => {
  const little = Buffer.from(`\ufeff${listed[0]!.address}\r\n${listed[1]!.address}\r\n`, 'utf16le')
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    writeFileSync(file('sixteen.txt'), bytes)
    const found = (await stream({ file: file('sixteen.txt') })) as ScreenResult[]
    assert.deepEqual(
      found.map(({ address, status }) => [address, status]),
      [0, 1].map(k => [listed[k]!.address, 'listed']),
    )
  }
})

test('bytes that are no text, NUL, a line without end: each line has its answer and nothing breaks', async () => {
  const good = listed[0]!.address
  const long = 'a'.repeat(3 * LINE_MAX)
  const parts = [`${good}\n`, Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x0a]), `${long}\n`, `${good}\r\n`, '\0\0\n', long]
  writeFileSync(file('hostile.txt'), Buffer.concat(parts.map(part => Buffer.from(part))))
  const found = (await stream({ file: file('hostile.txt') })) as ScreenResult[]
  assert.deepEqual(
    found.map(({ status, reason }) => [status, reason]),
    [
      ...[
        ['listed', null],
        ['invalid', 'unknown'],
        ['invalid', 'length'],
        ['listed', null],
      ],
      ...[
        ['invalid', 'unknown'],
        ['invalid', 'length'],
      ],
    ].map(pair => (pair[1] === 'unknown' ? [pair[0], found[1]!.reason] : pair)),
  )
  assert.ok(found.every(({ input }) => input.length <= 200))
})

test('what was found, and what lists alone match: the sums say what was asked and nobody verified', async () => {
  const unknown = Array.from({ length: 3000 }, () => some(random.below(7)).address)
  const wrong = damaged(some(0).address)
  const lines = [...unknown, listed[0]!.address, wrong, listed[6]!.address.toUpperCase().replace('X', 'x'), tron[0]!]
  writeFileSync(file('many.txt'), lines.join('\r\n'))
  const told: Progress[] = []
  const found = await stream({ file: file('many.txt'), lines: 'found' }, note => told.push(note))
  assert.deepEqual(
    (found.slice(0, -1) as ScreenResult[]).map(({ status }) => status),
    ['listed', 'invalid', 'listed', 'direct'],
  )
  assert.deepEqual(found.at(-1), {
    summary: { asked: 3004, statuses: { 'no-finding': 3000, listed: 2, invalid: 1, direct: 1 }, unverified: 0 },
  })
  assert.equal(told.at(-1)!.note, 'no-finding: 3000, listed: 2, invalid: 1, direct: 1')
  const matches = await stream({ file: file('many.txt'), lines: 'matches' })
  assert.deepEqual(matches.at(-1), { summary: { asked: 3004, statuses: { listed: 2 }, unverified: 3002 } })
  assert.equal(matches.length, 3)
})

test('a run that is stopped stops between two pieces', async () => {
  writeFileSync(file('long.txt'), `${listed[0]!.address}\n`.repeat(40_000))
  const controller = new AbortController()
  await assert.rejects(
    stream({ file: file('long.txt'), lines: 'found' }, () => controller.abort(), controller.signal),
    { name: 'AbortError' },
  )
})
