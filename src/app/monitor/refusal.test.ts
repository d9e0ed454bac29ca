import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { addWatch } from '../../monitor/monitor.ts'
import { sha256Hex } from '../../std/digest.ts'
import { openWriter } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { AlertAnswer } from './told.ts'
import { type Listed, type WatchRun, watchRun } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-refusal-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [payer, own] = ADDRESSES as [string, string]
const now = Date.parse('2024-06-01T00:00:00Z') / 1000
const data = join(folder, 'data')
const notes: string[] = []
const run = <T>(name: string, input: object, signal = new AbortController().signal): Promise<T> =>
  perform(name, input, {
    ...{ directory: data, user: 'amal', clock: () => now, signal },
    progress: one => notes.push(`${one.done} ${one.unit}`),
  }) as Promise<T>
const refused = (name: string, input: object, failure: string): Promise<void> =>
  assert.rejects(run(name, input), { name: failure }, JSON.stringify(input))

test('a deadline has bounds, and one of an older record without them is told as none', async () => {
  for (const deadline of [0, -5, 87_601, 99_999_999_999]) {
    await refused('watch add', { target: own, deadline }, 'Watch.BadDeadline')
  }
  const store = openWriter(data)
  const rest = { target: own, network: 'tron', rules: ['any-payment'], reference: null } as const
  addWatch(store, { name: 'old', kind: 'address', ...rest, deadlineHours: 99_999_999_999 }, now, 'amal')
  store.close()
  const csv = join(folder, 'one.csv')
  writeFileSync(
    csv,
    'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount\n' +
      `tron,USDT,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,${'1'.padStart(64, '0')},0,0,transfer,ok,1,` +
      `2024-05-01T00:00:00Z,${payer},${own},5\n`,
  )
  await run('ledger import', { file: csv })
  const { raised } = await run<WatchRun>('watch run', {})
  assert.deepEqual(
    raised.map(one => [one.watch, one.deadline, one.direction]),
    [['old', null, 'in']],
  )
  assert.equal((await run<AlertList>('alert list', {})).of, 1)
  assert.equal((await run<AlertAnswer>('alert close', { alert: 1, as: 'false', reason: 'x' })).status, 'closed')
})

test('a target that cannot fire is refused, and a damaged address as an address', async () => {
  writeFileSync(join(folder, 'plain.txt'), 'x')
  await refused('watch add', { target: '1LaNXgq2ctDEa4fTha6PTo8sucqzieQcts' }, 'Address.BadChecksum')
  await refused('watch add', { target: '0x12' }, 'Address.Unknown')
  await refused('watch add', { target: 'winter' }, 'Campaign.Missing')
  await refused('watch add', { target: ' ' }, 'Watch.NoTarget')
  await refused('watch add', { target: 'ghost', kind: 'entity' }, 'Watch.NoEntity')
  for (const target of ['/', '/proc', '/sys/kernel', '/dev', join(folder, 'none'), join(folder, 'plain.txt')]) {
    await refused('watch add', { target, kind: 'folder' }, 'Watch.BadFolder')
  }
  await run('campaign add', { name: 'empty' })
  await run('watch add', { target: 'empty' })
  const { watches } = await run<{ watches: Listed[] }>('watch list', {})
  const idle = 'it watches nothing: it stands for no address now'
  assert.deepEqual(
    watches.map(one => [one.name, one.idle]),
    [
      ['old', null],
      ['empty', idle],
    ],
  )
  assert.deepEqual((await run<WatchRun>('watch run', {})).idle, [{ watch: 'empty', why: idle }])
})

test('a post’s alert has no movement; its file is read once; a stop is heard; a lost folder is named', async () => {
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming)
  const text = `Donate: ${ADDRESSES[7]}`
  writeFileSync(join(incoming, 'a.txt'), text)
  await run('watch add', { target: incoming, kind: 'folder', name: 'incoming' })
  const stopped = new AbortController()
  stopped.abort()
  assert.deepEqual((await run<WatchRun>('watch run', {}, stopped.signal)).raised, [])
  const answer = await run<WatchRun>('watch run', {})
  assert.deepEqual(
    answer.raised.map(one => [one.direction, one.amount, one.txid, one.txids, one.post, one.measured['post']]),
    [[null, null, null, [], sha256Hex(Buffer.from(text)), sha256Hex(Buffer.from(text))]],
  )
  const files = () => notes.filter(one => one.endsWith(' files'))
  assert.deepEqual(files(), ['1 files'])
  writeFileSync(join(incoming, 'b.txt'), 'nothing')
  await run('watch run', {})
  assert.deepEqual(files(), ['1 files', '2 files'], 'what is unchanged is not read again')
  rmSync(incoming, { recursive: true })
  const { idle } = await run<WatchRun>('watch run', {})
  assert.match(idle.find(one => one.watch === 'incoming')!.why, /is not there/)
  const many = { ...answer, raised: Array.from({ length: 30 }, () => answer.raised[0]!) }
  const lines = watchRun.print!(many as never, { columns: 80, color: false }).split('\n')
  assert.equal(lines.filter(line => /^ {2}\d+ {2}/.test(line)).length, 20)
  assert.ok(lines.includes('  … and 10 more: athar alert list'))
})

test('a receiver’s file is none of Athar’s, and holds nothing else: when added and when written', async () => {
  const text = join(folder, 'letter.txt')
  writeFileSync(text, 'Dear sir')
  symlinkSync(join(data, 'athar.db'), join(folder, 'link.jsonl'))
  const wrong = [join(data, 'athar.db'), join(data, 'new.jsonl'), join(folder, 'link.jsonl'), text, folder]
  for (const target of [...wrong, join(folder, 'none/a.jsonl'), join(folder, 'a\n.jsonl'), '/dev/null']) {
    await refused('receiver add', { name: 'fin', kind: 'file', target }, 'Receiver.NotUnderstood')
  }
  const hook = { name: 'desk', kind: 'webhook', target: 'https://desk.example/', secret: join(folder, 'nothing') }
  await refused('receiver add', hook, 'Source.NoSecret')
  const later = join(folder, 'later.jsonl')
  await run('receiver add', { name: 'fin', kind: 'file', target: later })
  writeFileSync(later, 'mine')
  await run('alert reopen', { alert: 1, reason: 'again' })
  const { receivers } = await run<{ receivers: { why: string }[] }>('receiver run', {})
  assert.match(receivers[0]!.why, /something else than lines of JSON/)
  assert.equal(readFileSync(later, 'utf8'), 'mine')
})

test('controls and thresholds have bounds, each named', async () => {
  await refused('rule test', { rule: 'structuring', controls: -3 }, 'Rule.BadControls')
  const good = { limitUsd: 3000, margin: 0.2, count: 2, hours: 24 }
  const path = join(folder, 'rule.json')
  for (const [field, value] of [
    ...[['limitUsd', '1e999'] as const, ['limitUsd', '1e300'] as const, ['margin', '1.5'] as const],
    ...[['count', '-1'] as const, ['hours', '876001'] as const, ['hours', 'null'] as const],
  ]) {
    const text = JSON.stringify({ id: 'mine', indicator: 'structuring', source: 'x', thresholds: good })
    writeFileSync(path, text.replace(new RegExp(`"${field}":[^,}]+`), `"${field}":${value}`))
    await assert.rejects(run('rule add', { file: path }), (cause: { facts: { field: string } }) => {
      assert.equal(cause.facts.field, `thresholds.${field}`)
      return true
    })
  }
})
