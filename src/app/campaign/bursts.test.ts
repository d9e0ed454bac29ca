import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as Instant from '../../model/instant.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import { openWriter } from '../../store/store.ts'
import { check } from '../input.ts'
import { ledgerImport } from '../ledger/import.ts'
import type { Context, Operation } from '../operation.ts'
import { type BurstsAnswer, campaignBursts } from './bursts.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-bursts-'))
after(() => rmSync(folder, { recursive: true }))

const ADDRESS = `0x${'a1'.repeat(20)}`
const START = Instant.parse('2021-01-01')!

/** Gifts a day and transactions of others a day, by day; each gift from a sender of its own. */
function ledger(name: string, gifts: (day: number) => number, others: (day: number) => number) {
  const rows = ['network,txid,txIndex,logIndex,kind,status,height,time,from,to,amount']
  const row = (day: number, i: number, to: string) => {
    const time = Instant.format(START + day * Instant.DAY_SECONDS + i * 600)
    const from = `0x${sha256Hex(`${day} ${i} ${to}`).slice(0, 40)}`
    const txid = sha256Hex(`${name} ${day} ${i} ${to}`)
    rows.push(`ethereum,${txid},${i},0,transfer,ok,${10_000_000 + day},${time},${from},${to},0.5`)
  }
  for (let day = 0; day < 150; day++) {
    for (let i = 0; i < gifts(day); i++) row(day, i, ADDRESS)
    for (let i = 0; i < others(day); i++) row(day, 50 + i, `0x${'b2'.repeat(20)}`)
  }
  const file = join(folder, `${name}.csv`)
  writeFileSync(file, rows.join('\n'))
  const store = openWriter(join(folder, name))
  const context: Context = {
    ...{ store, clock: fixedClock(Instant.parse('2021-12-01')!), user: 'amal' },
    ...{ progress: () => {}, signal: new AbortController().signal },
  }
  const run = <T>(operation: Operation, input: object) => operation.run(check(operation, input) as never, context) as T
  run(ledgerImport, { file })
  const ask = (input: object = {}) => run<BurstsAnswer>(campaignBursts, { addresses: ADDRESS, ...input })
  return { ask, close: () => store.close() }
}

const rising = (day: number) => (day >= 100 && day < 112 ? 9 : 1)

test('a rise is found with start, ratio, robust z and one sentence; the runs of short gaps agree', () => {
  const { ask, close } = ledger('rise', rising, () => 4)
  const answer = ask()
  const [change, ...more] = answer.series.find(one => one.measure === 'count')!.changes
  assert.deepEqual([change?.start, change?.end, change?.before, change?.after], ['2021-04-11', '2021-04-22', 1, 9])
  assert.deepEqual([change?.ratio, change?.control, change?.burst, more.length], [9, 1, true, 0])
  assert.ok(change!.robustZ > 3.5)
  assert.match(change!.en, /From 2021-04-11 to 2021-04-22 the number of payments was 9 a day against 1 before/)
  assert.match(change!.ar, /عدد الدفعات/)
  const senders = answer.series.find(one => one.measure === 'senders')!.changes
  assert.deepEqual(
    senders.map(one => one.start),
    ['2021-04-11'],
  )
  assert.deepEqual(answer.series.find(one => one.measure === 'meanSize')!.changes, [])
  assert.equal(answer.runs[0]?.from.slice(0, 10), '2021-04-11')
  close()
})

test('it is quiet when the whole market moved as much, and says when there is no market to compare with', () => {
  const market = ledger('market', rising, day => 4 * rising(day))
  const [change] = market.ask().series.find(one => one.measure === 'count')!.changes
  assert.deepEqual([change?.ratio, change?.control, change?.burst], [9, 9, false])
  assert.match(change!.en, /not called a burst/)
  market.close()
  const alone = ledger('alone', rising, () => 0)
  const answer = alone.ask()
  assert.equal(answer.series[0]!.changes[0]!.control, null)
  assert.ok(answer.notes.some(note => note.startsWith('no control')))
  alone.close()
})

test('steady gifts have no change; an address that was never paid has none either', () => {
  const { ask, close } = ledger(
    'steady',
    day => 1 + (day % 2),
    () => 4,
  )
  assert.deepEqual(
    ask().series.flatMap(one => one.changes.filter(change => change.burst)),
    [],
  )
  assert.deepEqual(ask().study, null)
  assert.equal(ask({ addresses: `0x${'c3'.repeat(20)}` }).from, null)
  close()
})

test('event study: gifts that follow visits, with lag, effect and the share of other days that show as much', () => {
  const { ask, close } = ledger('visits', rising, () => 4)
  const visits = join(folder, 'visits.csv')
  const day = (i: number) => Instant.formatDay(START + i * Instant.DAY_SECONDS)
  writeFileSync(
    visits,
    ['date,value', ...Array.from({ length: 150 }, (_, i) => `${day(i)},${i >= 97 && i < 107 ? 900 : 50}`)].join('\n'),
  )
  const { study } = ask({ engagement: visits, window: 7, lag: 10 })
  assert.deepEqual(study?.events, [day(97)])
  assert.equal(study?.lag, 3)
  assert.equal(study?.effect, 8)
  assert.ok(study!.placebo.share < 0.1, String(study?.placebo.share))
  assert.match(study!.en, /not thereby caused/)
  const named = ask({ event: [day(30)], window: 7, lag: 3 })
  assert.equal(named.study?.effect, 0)
  writeFileSync(visits, 'date,value\n2021-02-30,5')
  assert.throws(() => ask({ engagement: visits }), /daily series/)
  assert.throws(() => ask({ window: 0 }), /cannot be studied/)
  close()
})
