import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { AlertList } from './alert.ts'
import type { RuleListed } from './rule.ts'
import type { AlertAnswer } from './told.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-life-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [own, payer] = ADDRESSES as [string, string]
let now = Date.parse('2024-06-01T00:00:00Z') / 1000

const run = <T>(name: string, input: object, user = 'amal'): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, 'data'), user, clock: () => now, progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

const close = (alert: number, as: string, user = 'amal'): Promise<AlertAnswer> =>
  run<AlertAnswer>('alert close', { alert, as, reason: 'looked at the file' }, user)

before(async () => {
  const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  const line = (k: number): string => {
    const place = `${String(k).padStart(64, '0')},0,0,transfer,ok,${1000 + k},2024-05-0${k}T00:00:00Z`
    return `tron,USDT,${usdt},${place},${payer},${own},${k}0`
  }
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(join(folder, 't.csv'), `${head}\n${[1, 2, 3, 4, 5].map(line).join('\n')}\n`)
  await run('ledger import', { file: join(folder, 't.csv') })
  await run('watch add', { target: own, name: 'desk', reference: 'C-9', deadline: 2 })
  await run('watch run', {})
})

describe('bad input is refused, and nothing is recorded', () => {
  const bad: readonly (readonly [string, object, string])[] = [
    ['alert close', { alert: 99, as: 'false', reason: 'own' }, 'Alert.Unknown'],
    ['alert close', { alert: -1, as: 'false', reason: 'own' }, 'Alert.Unknown'],
    ['alert close', { alert: 1, as: 'false', reason: '' }, 'Alert.NoReason'],
    ['alert close', { alert: 1, as: 'false', reason: ' \u200b. ' }, 'Alert.NoReason'],
    ['alert close', { alert: 1, as: 'false', reason: 'x'.repeat(2001) }, 'Alert.NoReason'],
    ['alert close', { alert: 1, as: 'false' }, 'Input.Missing'],
    ['alert close', { alert: 1, as: 'perhaps', reason: 'own' }, 'Input.NotAChoice'],
    ['alert close', { alert: '1', as: 'false', reason: 'own' }, 'Input.WrongType'],
    ['alert review', { alert: 1, verdict: 'agree', reason: 'own' }, 'Alert.NotClosed'],
    ['alert reopen', { alert: 1, reason: 'own' }, 'Alert.NotClosed'],
    ['alert show', { alert: 0 }, 'Alert.Unknown'],
    ['alert list', { limit: 0 }, 'Alert.BadLimit'],
    ['alert list', { limit: -4 }, 'Alert.BadLimit'],
    ['alert list', { since: 'soon' }, 'Input.BadTime'],
    ['alert list', { status: 'lost' }, 'Input.NotAChoice'],
  ]
  for (const [name, input, failure] of bad) {
    test(`${name} ${JSON.stringify(input).slice(0, 60)}: ${failure}`, async () => {
      await assert.rejects(run(name, input), { name: failure })
    })
  }
  test('nothing was recorded', async () => {
    assert.deepEqual((await run<AlertAnswer>('alert show', { alert: 1 })).events, [])
  })
})

test('a second person: another, only on what is closed, and who disagrees opens it', async () => {
  await close(1, 'false')
  await assert.rejects(close(1, 'true'), { name: 'Alert.NotOpen' })
  const asked = { alert: 1, verdict: 'disagree', reason: 'no proof' }
  await assert.rejects(run('alert review', { ...asked, reason: '-' }, 'badr'), { name: 'Alert.NoReason' })
  await assert.rejects(run('alert review', asked), { name: 'Alert.SameReviewer' })
  const opened = await run<AlertAnswer>('alert review', asked, 'badr')
  assert.deepEqual([opened.status, opened.disposition?.reviewed?.agrees], ['open', false])
  // It is open: nobody has to agree with what was said before.
  await assert.rejects(run('alert review', { ...asked, verdict: 'agree' }, 'dina'), { name: 'Alert.NotClosed' })
  const again = await close(1, 'true', 'badr')
  assert.deepEqual([again.status, again.disposition?.verdict, again.disposition?.reviewed], ['closed', 'true', null])
  const agreed = await run<AlertAnswer>('alert review', { alert: 1, verdict: 'agree', reason: 'the same' })
  assert.deepEqual([agreed.status, agreed.disposition?.reviewed?.by, agreed.events.length], ['closed', 'amal', 5])
})

test('who closed it takes it back, and nobody else', async () => {
  await close(2, 'unclear')
  await assert.rejects(run('alert reopen', { alert: 2, reason: 'mine' }, 'badr'), { name: 'Alert.NotYours' })
  const back = await run<AlertAnswer>('alert reopen', { alert: 2, reason: 'wrong row' })
  assert.deepEqual([back.status, back.disposition], ['open', null])
})

test('what a night shift asks: by state, rule, watch and day, the soonest first, with counts of all', async () => {
  now += 3 * 3600
  const all = await run<AlertList>('alert list', { limit: 2 })
  assert.deepEqual([all.shown, all.of], [2, 5])
  assert.deepEqual(all.counts, {
    ...{ open: 4, closed: 1, withdrawn: 0, overdue: 4, changed: 0 },
    byRule: [{ rule: 'any-payment@1', open: 4 }],
    byWatch: [{ watch: 'desk', open: 4 }],
  })
  const of = async (input: object): Promise<readonly number[]> =>
    (await run<AlertList>('alert list', input)).alerts.map(one => one.id)
  assert.deepEqual(await of({ status: 'closed' }), [1])
  assert.deepEqual(await of({ rule: 'any-payment', status: 'open' }), [5, 4, 3, 2])
  assert.deepEqual(await of({ rule: 'burst' }), [])
  assert.deepEqual(await of({ watch: 'other' }), [])
  assert.deepEqual(await of({ since: '2024-06-02' }), [])
  assert.deepEqual(await of({ minUsd: 40 }), [5, 4])
  assert.deepEqual(await of({ after: 3, order: 'deadline' }), [5, 4])
  const [first] = (await run<AlertList>('alert list', {})).alerts
  assert.deepEqual([first?.reference, first?.deadline], ['C-9', '2024-06-01T02:00:00Z'])
})

test('how often a rule was wrong stands beside it, with how little a few alerts say', async () => {
  for (const [alert, as] of [
    [2, 'false'],
    [3, 'false'],
    [4, 'unclear'],
  ] as const)
    await close(alert, as)
  const { rules } = await run<{ rules: RuleListed[] }>('rule list', {})
  const { falseShare, ...counts } = rules.find(one => one.id === 'any-payment')!.alerts
  assert.deepEqual(counts, { open: 1, withdrawn: 0, true: 1, false: 2, unclear: 1 })
  assert.deepEqual([falseShare!.share.toFixed(2), falseShare!.low < 0.3, falseShare!.high > 0.9], ['0.67', true, true])
})

test('a new version waits beside the one in force, takes its place when it is activated, and no sooner', async () => {
  const path = join(folder, 'rule.json')
  const rule = { id: 'any-payment', indicator: 'payment', source: 'the analyst', stated: true }
  writeFileSync(path, JSON.stringify({ ...rule, thresholds: { minUsd: 25 } }))
  await run('rule add', { file: path })
  const states = async (): Promise<string[]> =>
    (await run<{ rules: RuleListed[] }>('rule list', {})).rules
      .filter(one => one.id === 'any-payment')
      .map(one => `${one.version} ${one.state}`)
  assert.deepEqual(await states(), ['2 draft', '1 active'])
  await run('rule activate', { rule: 'any-payment' })
  assert.deepEqual(await states(), ['2 active'])
  await run('rule activate', { rule: 'any-payment', as: 'draft' })
  assert.deepEqual(await states(), ['2 draft'])
  await run('rule activate', { rule: 'any-payment@1' })
  assert.deepEqual(await states(), ['2 draft', '1 active'])
  // To reject the draft leaves the other in force.
  await run('rule add', { file: path })
  assert.deepEqual(await states(), ['3 draft', '1 active'])
  await run('rule activate', { rule: 'any-payment@3', as: 'retired' })
  assert.deepEqual(await states(), ['3 retired', '1 active'])
  await run('rule activate', { rule: 'any-payment', as: 'draft' })
  assert.deepEqual(await states(), ['3 retired'])
  await assert.rejects(run('rule activate', { rule: 'any-payment@7' }), { name: 'Rule.Unknown' })
})
