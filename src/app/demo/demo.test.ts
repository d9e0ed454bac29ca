import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as CaseFile from '../../casefile/casefile.ts'
import { assert as sure } from '../../std/assert.ts'
import { fixedClock } from '../../std/clock.ts'
import { openReader, openWriter, type Store } from '../../store/store.ts'
import { caseAdd, caseClose, caseList, caseNote, caseOpen, caseShow } from '../case/case.ts'
import { reportWrite, type Written } from '../case/report.ts'
import { check } from '../input.ts'
import type { Context, Operation } from '../operation.ts'
import { type DemoAnswer, demo } from './demo.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-demo-'))
after(() => rmSync(folder, { recursive: true }))

function contextOf(store: Store | null): Context {
  return {
    get store() {
      sure(store !== null, 'the sample asks for no store of the user')
      return store
    },
    ...{ clock: fixedClock(1_760_000_000), user: 'amal', progress: () => {}, signal: new AbortController().signal },
  }
}

async function run<T>(operation: Operation, input: object, store: Store | null): Promise<T> {
  return (await operation.run(check(operation, input) as never, contextOf(store))) as T
}

const out = join(folder, 'sample')
const answer = await run<DemoAnswer>(demo, { out }, null)

test('the report of the sample says what was planted', () => {
  assert.deepEqual(
    answer.checks.filter(one => !one.ok),
    [],
  )
  assert.equal(answer.ok, true)
  assert.ok(answer.checks.length >= 15)
})

test('another world, the same agreement', async () => {
  const other = await run<DemoAnswer>(demo, { out: join(folder, 'other'), seed: 7 }, null)
  assert.deepEqual(
    other.checks.filter(one => !one.ok),
    [],
  )
})

test('both reports carry the banner, every link leads somewhere, and no payer is named', () => {
  const rows = readFileSync(join(out, 'ledger/tron-transfers.csv'), 'utf8').trim().split('\n').slice(1)
  const cells = rows.map(row => row.split(','))
  const { address } = answer.found.screened.find(one => one.network === 'tron')!
  const payers = cells.filter(row => row[11] === address && row[1] === 'USDT').map(row => row[10]!)
  assert.ok(new Set(payers).size > 50)
  const supplier = answer.found.destinations.map(one => one.address)
  for (const path of answer.reports.filter(one => one.endsWith('.html'))) {
    const html = readFileSync(path, 'utf8')
    assert.match(html, /SYNTHETIC/)
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1]))
    for (const match of html.matchAll(/ href="#([^"]+)"/g)) assert.ok(ids.has(match[1]!), match[1]!)
    for (const payer of payers) assert.ok(supplier.includes(payer) || !html.includes(payer), payer)
  }
})

test('a second sample takes the place of the first, with the same report; other folders are left alone', async () => {
  const before = readFileSync(join(out, 'report.ar.html'), 'utf8')
  await run(demo, { out }, null)
  assert.equal(readFileSync(join(out, 'report.ar.html'), 'utf8'), before)
  const mine = join(folder, 'mine')
  const store = openWriter(mine)
  store.close()
  await assert.rejects(run(demo, { out: mine }, null), { name: 'Demo.NotEmpty' })
  assert.ok(existsSync(join(mine, 'athar.db')))
})

test('the record of the case declares each run before its answer, and the answers are as they were filed', () => {
  const store = openReader(answer.data)
  try {
    const { runs, events } = CaseFile.read(store, answer.case)
    assert.deepEqual(
      runs.map(one => one.operation),
      ['campaign receipts', 'screen', 'trace', 'trace'],
    )
    for (const { sequence, sha256 } of runs) {
      assert.ok(store.files.get(sha256!).length > 100)
      assert.equal(events[sequence]!.body.kind, 'result')
    }
  } finally {
    store.close()
  }
})

test('a case by hand: opened, noted, reported, closed; what is refused changes nothing', async () => {
  const store = openWriter(join(folder, 'data'))
  try {
    await run(caseOpen, { name: 'one', title: 'First' }, store)
    await run(caseNote, { name: 'one', text: 'seen', status: 'in-review' }, store)
    await assert.rejects(run(caseNote, { name: 'one' }, store), { name: 'Case.NothingToAdd' })
    await assert.rejects(run(caseAdd, { name: 'one' }, store), { name: 'Case.NothingToAdd' })
    await assert.rejects(run(caseAdd, { name: 'one', campaign: 'none' }, store), { name: 'Campaign.Missing' })
    const trace = ['1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq']
    await assert.rejects(run(caseAdd, { name: 'one', trace }, store), { name: 'Case.LedgerNotRead' })
    await assert.rejects(run(caseAdd, { name: 'one', trace: [`${'a'.repeat(64)}:0`] }, store), {
      name: 'Case.WhichNetwork',
    })
    assert.equal(CaseFile.read(store, 'one').events.length, 3)
    await run(caseAdd, { name: 'one', address: trace[0], reason: 'asked' }, store)
    const written = await run<Written>(reportWrite, { case: 'one', language: 'ar' }, store)
    assert.match(written.text!, /<html lang="ar" dir="rtl">/)
    const body = written.text!.slice(written.text!.indexOf('<body'))
    assert.doesNotMatch(body, /SYNTHETIC/i)
    assert.match(body, /لم يُقرأ سجل/)
    assert.match(body, /لم يُفحص/)
    assert.equal(new TextDecoder().decode(store.files.get(written.sha256)), written.text)
    await assert.rejects(run(reportWrite, { case: 'one', format: 'pdf' }, store), { name: 'Report.NotInThisVersion' })
    const missing = join(folder, 'nowhere', 'r.html')
    await assert.rejects(run(reportWrite, { case: 'one', out: missing }, store), { name: 'Report.NoFolder' })
    await run(caseClose, { name: 'one', outcome: 'handed over' }, store)
    const { status, reports } = await run<{ status: string; reports: object[] }>(caseShow, { name: 'one' }, store)
    assert.deepEqual([status, reports.length], ['closed', 1])
    const { cases } = await run<{ cases: { name: string; title: string }[] }>(caseList, {}, store)
    assert.deepEqual([cases.length, cases[0]!.name, cases[0]!.title], [1, 'one', 'First'])
  } finally {
    store.close()
  }
})
