import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { hmacSha256Hex } from '../../std/digest.ts'
import { perform } from '../perform.ts'
import type { ReceiverListed, ReceiverTested } from './receiver.ts'
import type { RuleList } from './rule.ts'
import type { WatchRun } from './watch.ts'

// How it goes with receivers, tests that are no alerts, pauses, and a watch whose ending is taken back.

const folder = mkdtempSync(join(tmpdir(), 'athar-receiver-'))
const [own, payer] = ADDRESSES as [string, string]
const LOG = join(folder, 'alerts.jsonl')
const KEY = join(folder, 'hook.key')

let now = Date.parse('2024-06-01T00:00:00Z') / 1000
let status = 200
const came: { headers: NodeJS.Dict<string | string[]>; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', piece => {
    body += String(piece)
  })
  request.on('end', () => {
    came.push({ headers: request.headers, body })
    response.writeHead(status).end()
  })
})

const run = <T>(name: string, input: object): Promise<T> =>
  perform(name, input, asTester(join(folder, 'data'), { user: 'amal', clock: () => now })) as Promise<T>

const listed = async (name: string): Promise<ReceiverListed> => {
  const { receivers } = await run<{ receivers: ReceiverListed[] }>('receiver list', {})
  return receivers.find(one => one.name === name)!
}

before(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  writeFileSync(KEY, 'a secret key\n')
  const line = (k: number): string => {
    const place = `${String(k).padStart(64, '0')},0,0,transfer,ok,${1000 + k},2024-05-0${k}T00:00:00Z`
    return `tron,USDT,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,${place},${payer},${own},${k}0`
  }
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(join(folder, 't.csv'), `${head}\n${[1, 2].map(line).join('\n')}\n`)
  await run('ledger import', { file: join(folder, 't.csv') })
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`
  await run('receiver add', { name: 'desk', kind: 'webhook', target, secret: KEY })
  await run('receiver add', { name: 'log', kind: 'file', target: LOG })
})
after(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a new receiver has had nothing, and a secret is named by its file alone', async () => {
  const { target: _, ...desk } = await listed('desk')
  assert.deepEqual(desk, {
    ...{ name: 'desk', kind: 'webhook', secret: KEY, server: null, addedAt: '2024-06-01T00:00:00Z' },
    ...{ note: null, pausedAt: null, waiting: 0, deliveredAt: null, failing: null },
  })
})

test('a test is signed like an alert, says that it is none, and leaves no trace in what is due', async () => {
  assert.deepEqual(await run<ReceiverTested>('receiver test', { name: 'desk' }), { receiver: 'desk', why: null })
  const { headers, body } = came.at(-1)!
  const { id, ...rest } = JSON.parse(body) as { id: string }
  assert.deepEqual(rest, { type: 'test', sentAt: '2024-06-01T00:00:00Z', alert: null })
  assert.match(id, /^test-[0-9a-f-]{36}$/)
  const signed = hmacSha256Hex('a secret key', `${id}.${headers['webhook-timestamp']}.${body}`)
  assert.deepEqual([headers['webhook-id'], headers['webhook-signature']], [id, `v1,${signed}`])
  assert.equal((await run<ReceiverTested>('receiver test', { name: 'log' })).why, null)
  assert.match(readFileSync(LOG, 'utf8'), /^\{"id":"test-[^\n]+"type":"test"[^\n]+\}\n$/)
  assert.equal((await listed('desk')).deliveredAt, null)
  status = 403
  assert.match((await run<ReceiverTested>('receiver test', { name: 'desk' })).why!, /status 403/)
  assert.equal((await listed('desk')).failing, null)
  assert.match((await run<ReceiverTested>('receiver test', { name: 'desk', noEgress: true })).why!, /forbidden/)
  await assert.rejects(run('receiver test', { name: 'nobody' }), { name: 'Receiver.Unknown' })
})

test('what fails is told since when and why, and when it is tried next; what waits is counted', async () => {
  await run('watch add', { target: own, network: 'tron', name: 'w' })
  await run('watch run', {})
  const first = await listed('desk')
  assert.deepEqual(
    { ...first.failing, waiting: first.waiting },
    {
      ...{ since: '2024-06-01T00:00:00Z', nextAt: '2024-06-01T00:00:30Z', waiting: 2 },
      why: first.failing!.why,
    },
  )
  assert.match(first.failing!.why, /status 403/)
  now += 60
  await run('receiver run', {})
  const { failing } = await listed('desk')
  assert.deepEqual([failing!.since, failing!.nextAt], ['2024-06-01T00:00:00Z', '2024-06-01T00:02:00Z'])
  const log = await listed('log')
  assert.deepEqual([log.waiting, log.deliveredAt, log.failing], [0, '2024-06-01T00:00:00Z', null])
})

test('paused: nothing is sent and all stays due; resumed: all of it comes once', async () => {
  const paused = await run<ReceiverListed>('receiver pause', { name: 'desk' })
  assert.deepEqual([paused.pausedAt, paused.waiting], ['2024-06-01T00:01:00Z', 2])
  now += 86_400
  status = 200
  const before = came.length
  await run('receiver run', {})
  assert.equal(came.length, before)
  assert.equal((await listed('desk')).addedAt, '2024-06-01T00:00:00Z')
  assert.equal((await run<ReceiverListed>('receiver resume', { name: 'desk' })).pausedAt, null)
  await run('receiver run', {})
  assert.deepEqual(
    came.slice(before).map(one => one.headers['webhook-id']),
    ['1-0', '2-0'],
  )
  const desk = await listed('desk')
  assert.deepEqual([desk.waiting, desk.deliveredAt, desk.failing], [0, '2024-06-02T00:01:00Z', null])
})

test('the ending of a watch is taken back: it stands as it did, and tells nothing twice', async () => {
  const before = (await run<{ watches: object[] }>('watch list', {})).watches
  await assert.rejects(run('watch restore', { name: 'w' }), { name: 'Watch.Exists' })
  await run('watch remove', { name: 'w', reason: 'a slip' })
  now += 60
  await run('watch restore', { name: 'w' })
  assert.deepEqual((await run<{ watches: object[] }>('watch list', {})).watches, before)
  assert.deepEqual((await run<WatchRun>('watch run', {})).raised, [])
  await assert.rejects(run('watch restore', { name: 'never' }), { name: 'Watch.Unknown' })
  assert.ok(existsSync(LOG))
})

test('rule list says what a rule may ask, as its reader takes it', async () => {
  const { indicators } = await run<RuleList>('rule list', {})
  const of = (name: string) => indicators.find(one => one.indicator === name)!.thresholds
  assert.deepEqual(of('structuring'), [
    { name: 'limitUsd', kind: 'number', most: 1e12 },
    { name: 'margin', kind: 'number', most: 1 },
    { name: 'count', kind: 'number', most: 1e12 },
    { name: 'hours', kind: 'number', most: 876_000 },
  ])
  assert.deepEqual(of('appeal-reuse')[0], { name: 'events', kind: 'days', most: null })
  assert.deepEqual(of('category-counterparty'), [{ name: 'categories', kind: 'words', most: null }])
})
