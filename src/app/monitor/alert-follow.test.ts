import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { AlertChanges } from './alert-follow.ts'
import type { AlertAnswer } from './told.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-follow-'))
after(() => rmSync(directory, { recursive: true, force: true }))

const [own, payer, other] = ADDRESSES as [string, string, string]
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
let now = Date.parse('2024-06-01T00:00:00Z') / 1000

const run = <T>(name: string, input: object, user = 'amal'): Promise<T> =>
  perform(name, input, {
    ...{ directory, user, clock: () => now, progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

const ids = async (input: object): Promise<number[]> =>
  (await run<AlertList>('alert list', input)).alerts.map(alert => alert.id)

before(async () => {
  const rows = [
    [payer, own, '900.5'],
    [payer, own, '20'],
    [own, other, '50'],
  ].map(([from, to, amount], i) => {
    const [txid, time] = [String(i + 1).padStart(64, '0'), `2024-05-0${i + 1}T00:00:00Z`]
    return `tron,USDT,${USDT},${txid},0,0,transfer,ok,${100 + i},${time},${from},${to},${amount}`
  })
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(join(directory, 'in.csv'), `${head}\n${rows.join('\n')}\n`)
  await run('ledger import', { file: join(directory, 'in.csv') })
  await run('watch add', { target: own, name: 'slow', deadline: 48, rules: ['any-payment'] })
  await run('watch run', {})
  now += 3600
  await run('watch add', { target: other, name: 'soon', deadline: 1, rules: ['any-payment'] })
  await run('watch run', {})
})

test('alerts by rule, amount, time and watch; the soonest deadline first where that is asked', async () => {
  assert.deepEqual(await ids({}), [4, 3, 2, 1])
  assert.deepEqual(await ids({ order: 'deadline' }), [4, 3, 2, 1])
  assert.deepEqual(await ids({ watch: 'slow' }), [3, 2, 1])
  assert.deepEqual(await ids({ rule: 'any-payment' }), [4, 3, 2, 1])
  assert.deepEqual(await ids({ rule: 'burst' }), [])
  // A checked dollar token counts at its nominal where no price is kept.
  assert.deepEqual(await ids({ minUsd: 50 }), [4, 3, 1])
  assert.deepEqual(await ids({ minUsd: 901 }), [])
  assert.deepEqual(await ids({ since: '2024-06-01T00:30:00Z' }), [4])
  assert.deepEqual(await ids({ after: 2 }), [3, 4])
  await assert.rejects(ids({ since: 'yesterday' }), { name: 'Input.BadTime' })
})

test('who closed an alert takes it back, nobody else does; the record keeps both', async () => {
  const before = await run<AlertChanges>('alert changes', {})
  assert.deepEqual(before, { alerts: [], last: 0 })
  await assert.rejects(run('alert reopen', { alert: 1, reason: 'slip' }), { name: 'Alert.NotClosed' })
  await run('alert close', { alert: 1, as: 'false', reason: 'own wallet' })
  await assert.rejects(run('alert reopen', { alert: 1, reason: 'slip' }, 'zayd'), { name: 'Alert.NotYours' })
  const again = await run<AlertAnswer>('alert reopen', { alert: 1, reason: 'slip' })
  assert.deepEqual([again.status, again.disposition], ['open', null])
  assert.deepEqual(
    again.events.map(event => event.kind),
    ['closed', 'reopened'],
  )
  const since = await run<AlertChanges>('alert changes', { after: before.last })
  assert.deepEqual([since.alerts.map(alert => alert.id), since.last], [[1], 2])
  assert.deepEqual(await run('alert changes', { after: 2 }), { alerts: [], last: 2 })
})

test('who was disagreed with still stands in the alert', async () => {
  await run('alert close', { alert: 2, as: 'false', reason: 'own wallet' })
  const open = await run<AlertAnswer>('alert review', { alert: 2, verdict: 'disagree', reason: 'not so' }, 'zayd')
  assert.deepEqual(
    [open.status, open.disposition?.verdict, open.disposition?.reviewed?.agrees],
    ['open', 'false', false],
  )
})
