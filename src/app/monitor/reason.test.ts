import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { AlertAnswer } from './told.ts'
import type { WatchRun } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-reason-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [own, payee, mixer] = ADDRESSES as [string, string, string]
const DAY = 86_400
let now = Date.parse('2024-06-01T00:00:00Z') / 1000

const run = <T>(name: string, input: object, user = 'amal'): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, 'data'), user, clock: () => now, progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

const look = async (): Promise<WatchRun> => {
  now += DAY
  return run<WatchRun>('watch run', {})
}
const show = (alert: number): Promise<AlertAnswer> => run<AlertAnswer>('alert show', { alert })
/** A list of addresses as it is published on a day; what it no longer names is lifted on that day. */
const publish = (published: string, ...addresses: string[]): Promise<unknown> => {
  const file = join(folder, 'list.txt')
  writeFileSync(file, addresses.map(one => `${one}\n`).join(''))
  return run('list add', { format: 'addresses', file, authority: 'TEST', published })
}

/** A pack of labels in its next version: one address is a mixer's. */
let version = 0
const label = (address: string): Promise<unknown> => {
  const file = join(folder, 'pack.yaml')
  const head = 'title: t\ncreator: unit\nsource: unit\nconfidence: forensic\ncurrency: TRX\ncategory: mixing_service\n'
  writeFileSync(
    file,
    `${head}lastmod: 2024-05-${String(10 + ++version)}\ntags:\n- address: ${address}\n  label: Example Mixer\n`,
  )
  return run('list add', { format: 'tagpack', file })
}

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const line = (k: number, to: string, at: string): string =>
  `tron,USDT,${USDT},${String(k).padStart(64, '0')},0,0,transfer,ok,${1000 + k},${at},${own},${to},20`

before(async () => {
  const file = join(folder, 'transfers.csv')
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  const lines = [line(1, payee, '2024-05-01T00:00:00Z'), line(2, mixer, '2024-05-02T00:00:00Z')]
  writeFileSync(file, `${head}\n${lines.join('\n')}\n`)
  await run('ledger import', { file })
  await run('watch add', { target: own, rules: ['listed-counterparty', 'campaign-counterparty', 'mixer-contact'] })
  await run('receiver add', { name: 'log', kind: 'file', target: join(folder, 'told.jsonl') })
})

const told = (): { id: string; type: string; alert: AlertAnswer }[] =>
  readFileSync(join(folder, 'told.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map(one => JSON.parse(one))

test('a listing that comes raises; lifted, the alert says so, stays open and keeps what it said', async () => {
  assert.deepEqual((await look()).raised, [])
  await publish('2024-04-01', payee)
  const { raised, changed } = await look()
  assert.deepEqual([raised.map(one => one.rule), changed], [['listed-counterparty@1'], []])
  const first = raised[0]!
  await publish('2024-06-02', mixer)
  const again = await look()
  assert.deepEqual(again.raised, [])
  const [lifted] = again.changed
  assert.deepEqual([lifted?.id, lifted?.status, lifted?.reason?.holds], [first.id, 'open', 'lifted'])
  assert.deepEqual(
    [lifted?.because, lifted?.measured, lifted?.thresholds],
    [first.because, first.measured, first.thresholds],
  )
  assert.match(lifted!.reason!.en, /held on the day of the payment, and has been lifted since: authorities TEST\./)
  assert.match(lifted!.reason!.ar, /كان قائمًا يوم الدفع ثم رُفع/)
  const last = told().at(-1)!
  assert.deepEqual([last.type, last.alert.id, last.alert.reason?.holds], ['changed', first.id, 'lifted'])
  // Once, not with each look.
  assert.deepEqual((await look()).changed, [])
})

test('listed again: the same alert says that its reason is back', async () => {
  await publish('2024-06-05', mixer, payee)
  const { raised, changed } = await look()
  assert.deepEqual(
    raised.map(one => one.rule),
    [],
  )
  assert.deepEqual(
    changed.map(one => [one.id, one.reason?.holds]),
    [[1, 'yes']],
  )
})

test('a campaign that takes an address up raises; closed, a second campaign opens it again', async () => {
  await run('campaign add', { name: 'winter' })
  await run('campaign link', { name: 'winter', addresses: [mixer], role: 'donation' })
  const [alert] = (await look()).raised
  assert.deepEqual([alert?.rule, alert?.measured], ['campaign-counterparty@1', { campaigns: 'winter' }])
  await run('alert close', { alert: alert!.id, as: 'false', reason: 'a shop of that name' })
  assert.deepEqual((await look()).changed, [])
  await run('campaign add', { name: 'spring' })
  await run('campaign link', { name: 'spring', addresses: [mixer], role: 'collector' })
  const { raised, changed } = await look()
  assert.deepEqual([raised, changed.map(one => [one.id, one.status])], [[], [[alert!.id, 'open']]])
  assert.match(changed[0]!.reason!.en, /campaigns winter, spring; before: campaigns winter/)
  // What was said of it stands in its record.
  assert.deepEqual(
    changed[0]!.events.map(one => one.kind),
    ['closed', 'changed', 'reopened'],
  )
  assert.equal(changed[0]!.disposition?.verdict, 'false')
})

test('a label that is taken back, and comes back', async () => {
  await label(mixer)
  const [alert] = (await look()).raised
  assert.deepEqual([alert?.rule, alert?.measured], ['mixer-contact@1', { category: 'mixer' }])
  await label(ADDRESSES[5]!)
  const gone = await look()
  assert.deepEqual(
    gone.changed.map(one => [one.id, one.status, one.reason?.holds, one.reason?.measured]),
    [[alert!.id, 'open', 'no', {}]],
  )
  assert.match(gone.changed[0]!.reason!.en, /no longer holds; it was: category mixer\./)
  const only = await run<AlertList>('alert list', { changed: true, status: 'open' })
  assert.ok(only.alerts.some(one => one.id === alert!.id))
  assert.equal(only.counts.changed, only.of)
  await run('alert close', { alert: alert!.id, as: 'unclear', reason: 'the label went away' })
  await label(mixer)
  const back = await look()
  assert.deepEqual(
    back.changed.map(one => [one.id, one.status, one.reason?.holds]),
    [[alert!.id, 'open', 'yes']],
  )
  assert.deepEqual(
    (await show(alert!.id)).events.map(one => one.kind),
    ['changed', 'closed', 'changed', 'reopened'],
  )
})
