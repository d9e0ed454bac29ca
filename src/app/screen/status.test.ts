import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { fromKey } from '../../chain/address.ts'
import { TRON } from '../../chain/key.ts'
import type { ScreenResult } from './result.ts'
import type { ScreenAnswer } from './screen.ts'

/** The eight statuses as a user gets them: the program itself, one by one and in bulk, at both clocks. */

const main = resolve(import.meta.dirname, '../../cli/main.ts')
const directory = mkdtempSync(join(tmpdir(), 'athar-status-'))
after(() => rmSync(directory, { recursive: true }))

function athar(...words: string[]): string {
  const env = { ...process.env, ATHAR_DATA: join(directory, 'data'), NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', env })
  assert.equal(status, 0, stderr)
  return stdout
}

// Made up: nobody's addresses.
const make = (n: number) => fromKey('tron', TRON, new Uint8Array(20).fill(n)).address
const [LISTED, FORMER, LAPSED, DIRECT, INDIRECT, BETWEEN, QUIET] = [1, 2, 3, 4, 5, 6, 7].map(make) as [
  ...[string, string, string, string],
  ...[string, string, string],
]
const WRONG = `${QUIET.slice(0, -1)}${QUIET.endsWith('2') ? '3' : '2'}`
const ASKED = [LISTED, FORMER, LAPSED, DIRECT, INDIRECT, QUIET, WRONG]

before(() => {
  const list = (year: string, rows: readonly string[]) => {
    mkdirSync(join(directory, year))
    writeFileSync(join(directory, year, 'list.csv'), `${['address,network,listed,expires', ...rows].join('\n')}\n`)
    const from = ['--authority', 'Made up', '--published', `${year}-01-01`]
    athar('list', 'add', 'addresses', join(directory, year, 'list.csv'), ...from)
  }
  const held = [`${LISTED},tron,2024-01-01,`, `${LAPSED},tron,2024-01-01,2025-03-01`]
  list('2024', [...held, `${FORMER},tron,2024-01-01,`])
  list('2025', held)
  const row = (n: number, from: string, to: string) =>
    `tron,TRX,,${String(n).repeat(64)},0,0,transfer,ok,${n},2024-02-0${n}T00:00:00Z,${from},${to},5`
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  const fund = (n: number, to: string) => row(n, '', to)
  const paid = [fund(1, DIRECT), fund(2, INDIRECT), fund(3, QUIET), row(4, DIRECT, LISTED), row(5, INDIRECT, BETWEEN)]
  writeFileSync(join(directory, 'paid.csv'), `${[head, ...paid, row(6, BETWEEN, LISTED)].join('\n')}\n`)
  athar('ledger', 'import', join(directory, 'paid.csv'))
  writeFileSync(join(directory, 'asked.txt'), `${ASKED.join('\n')}\n`)
})

/** Statuses one by one, and the same in bulk: they are the same. */
function statuses(...at: string[]): Record<string, string> {
  const { results } = JSON.parse(athar('screen', ...ASKED, '--hops', '3', '--json', ...at)) as ScreenAnswer
  const file = ['--file', join(directory, 'asked.txt'), '--jsonl']
  const lines = athar('screen', ...file, '--hops', '3', ...at)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as ScreenResult)
  assert.deepEqual(lines, JSON.parse(JSON.stringify(results)))
  return Object.fromEntries(results.map(one => [one.input, one.status]))
}

const WORDS = ['listed', 'formerly-listed', 'expired', 'direct', 'indirect', 'no-finding', 'invalid'] as const

test('seven of the eight statuses at once, for one and in bulk', () => {
  assert.deepEqual(statuses(), Object.fromEntries(ASKED.map((address, i) => [address, WORDS[i]!])))
})

test('as of a day while all was listed, and of one before any was', () => {
  const then = statuses('--as-of', '2024-06-30')
  assert.deepEqual(
    ASKED.map(address => then[address]),
    ['listed', 'listed', 'listed', 'direct', 'indirect', 'no-finding', 'invalid'],
  )
  const early = statuses('--as-of', '2023-12-31')
  assert.deepEqual(
    ASKED.map(address => early[address]),
    [...Array(6).fill('no-finding'), 'invalid'],
  )
})

test('known before anything was loaded: the eighth, not checked', () => {
  const past = statuses('--known-at', '2020-01-01')
  assert.deepEqual(
    ASKED.map(address => past[address]),
    [...Array(6).fill('not-checked'), 'invalid'],
  )
})
