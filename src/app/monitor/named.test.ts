import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { sha256Hex } from '../../std/digest.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { RuleTest } from './rule.ts'
import type { Listed } from './watch.ts'

// What names may be, what a dollar value rests on, and what a test must have looked at.

const folder = mkdtempSync(join(tmpdir(), 'athar-named-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const [own, payer, other] = ADDRESSES as [string, string, string]
const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

const run = <T>(name: string, input: object): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, 'data'), user: 'amal', clock: () => 1_717_200_000, progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

const WRONG = [
  'x'.repeat(201),
  'two\nlines',
  'bell\u0007',
  '\u202egnp.exe',
  'a\u2066b',
  'a\u2028b',
  'a\u0085b',
  '\u200b',
]

/** Lines of a transfers file: day, who pays whom, how much. */
const importRows = async (name: string, rows: readonly [string, string, string, number][]): Promise<void> => {
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  const lines = rows.map(([day, from, to, k]) => {
    const place = `${String(k).padStart(64, '0')},0,0,transfer,ok,${k},${day}T00:00:00Z`
    return `tron,USDT,${USDT},${place},${from},${to},${k}`
  })
  writeFileSync(join(folder, name), `${head}\n${lines.join('\n')}\n`)
  await run('ledger import', { file: join(folder, name) })
}

test('names and references are one line of 1 to 200 characters that turn nothing around', async () => {
  const hook = { kind: 'webhook', target: 'https://desk.example/' }
  const thresholds = { limitUsd: 3000, margin: 0.2, count: 2, hours: 24 }
  const path = join(folder, 'rule.json')
  for (const name of WRONG) {
    await assert.rejects(run('watch add', { target: own, name }), { name: 'Watch.BadName' }, JSON.stringify(name))
    await assert.rejects(run('watch add', { target: own, reference: name }), { name: 'Watch.BadName' })
    await assert.rejects(run('receiver add', { ...hook, name }), { name: 'Receiver.NotUnderstood' })
    await assert.rejects(run('campaign add', { name }), { name: 'Campaign.Name' })
    const source = name.length > 200 ? name.repeat(2) : name
    writeFileSync(path, JSON.stringify({ id: 'mine', indicator: 'structuring', source, thresholds }))
    await assert.rejects(run('rule add', { file: path }), { name: 'Rule.NotUnderstood' })
    writeFileSync(path, JSON.stringify({ id: name, indicator: 'structuring', source: 'ours', thresholds }))
    await assert.rejects(run('rule add', { file: path }), { name: 'Rule.NotUnderstood' })
  }
  const long = join(folder, 'f'.repeat(200))
  mkdirSync(long)
  await assert.rejects(run('watch add', { target: long, kind: 'folder' }), (cause: { name: string; hint: string }) => {
    assert.deepEqual([cause.name, cause.hint.includes('--name')], ['Watch.BadName', true])
    return true
  })
  // Joiners belong to the writing of Persian, and a flag is a name as good as another.
  for (const [k, name] of ['می\u200cخواهم', 'حملة الشتاء', '🚩', 'x'.repeat(200)].entries()) {
    const watch = await run<Listed>('watch add', { target: ADDRESSES[3 + k]!, name, reference: name })
    assert.deepEqual([watch.name, watch.reference], [name, name])
  }
})

test('a value says what it rests on: the price of the day, the nominal, or why there is none', async () => {
  await importRows('one.csv', [
    ['2024-05-01', payer, own, 1],
    ['2024-05-02', payer, own, 2],
  ])
  const prices = 'date,usd\n2024-05-02,0.999\n'
  writeFileSync(join(folder, 'USDT.csv'), prices)
  await run('ledger price', { asset: 'USDT', file: join(folder, 'USDT.csv') })
  await run('watch add', { target: own, name: 'own' })
  await run('watch run', {})
  const { alerts } = await run<AlertList>('alert list', { watch: 'own' })
  assert.deepEqual(alerts.map(one => one.amount!.usd).reverse(), [
    {
      value: '1.00',
      basis: 'nominal',
      source: 'USDT at its nominal of 1 US dollar: no price of 2024-05-01 is loaded',
    },
    { value: '1.99', basis: 'transaction-day', source: sha256Hex(Buffer.from(prices)) },
  ])
  assert.deepEqual(Object.keys(alerts[0]!.amount!).sort(), [
    ...['amount', 'asset', 'contract', 'decimals', 'network', 'usd', 'value'],
  ])
})

test('a rule of ours stays a draft until it was tested on controls', async () => {
  const tested = await run<RuleTest>('rule test', { rule: 'structuring' })
  assert.ok(tested.watched.addresses > 0)
  assert.equal(tested.controls.addresses, 0)
  assert.match(tested.says, /0 of 0 controls.*cannot be put in force/)
  await assert.rejects(run('rule activate', { rule: 'structuring' }), (cause: Error & { hint: string }) => {
    assert.equal(cause.name, 'Rule.Untested')
    assert.match(cause.message, /structuring@1 was tested on \d+ of what is watched and on 0 controls/)
    assert.match(cause.hint, /nobody watches.*three transactions.*athar rule test structuring/)
    return true
  })
  await importRows('more.csv', [
    ['2024-05-03', payer, other, 3],
    ['2024-05-04', payer, other, 4],
    ['2024-05-05', payer, other, 5],
  ])
  assert.ok((await run<RuleTest>('rule test', { rule: 'structuring' })).controls.addresses > 0)
  await run('rule activate', { rule: 'structuring' })
})
