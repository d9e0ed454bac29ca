import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ADDRESSES } from '../../../test/tron-node.ts'
import { perform } from '../perform.ts'
import type { RuleListed, RuleTest } from './rule.ts'
import type { WatchRun } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-post-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const [old, fresh, other] = ADDRESSES as [string, string, string]
const now = Date.parse('2024-06-01T00:00:00Z') / 1000

const run = <T>(name: string, input: object): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, 'data'), user: 'amal', clock: () => now, progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

let serial = 0
const seal = (text: string, posted: string, url: string | null = 'https://t.me/example/12'): Promise<unknown> => {
  const file = join(folder, `post-${serial++}.txt`)
  writeFileSync(file, text)
  return run('capture add', { paths: [file], ...(url === null ? {} : { sourceUrl: url }), postedAt: posted })
}

before(async () => {
  await run('campaign add', { name: 'winter' })
  await run('campaign link', {
    ...{ name: 'winter', addresses: [old], role: 'donation', published: '2024-01-01', publisher: 't.me/example' },
  })
  await run('watch add', { target: 'winter', kind: 'campaign' })
})

test('while no rule over posts is in force nothing is told of them', async () => {
  await seal(`Donate to the fighters, they need ammunition: ${fresh}`, '2024-05-01')
  assert.deepEqual((await run<WatchRun>('watch run', {})).raised, [])
})

test('tested on posts of campaigns and on others, then put in force', async () => {
  // Everyday words of faith and charity, a report, and a shop: none is a message of support.
  await seal(
    'Give your zakat and sadaqa: sponsor an orphan, kafala for the family of a martyr. Donate now.',
    '2024-05-02',
    null,
  )
  await seal('تبرعوا الآن: زكاة أموالكم وصدقاتكم وكفالة الأيتام وأسر الشهداء', '2024-05-02', null)
  await seal(
    'The report says that the group asked supporters to fund weapons and rockets for fighters.',
    '2024-05-02',
    null,
  )
  const tested = await run<RuleTest>('rule test', { rule: 'supportive-message' })
  assert.deepEqual([tested.of, tested.watched.fired, tested.watched.addresses], ['posts', 1, 1])
  assert.deepEqual([tested.controls.fired, tested.controls.addresses], [0, 3])
  assert.match(tested.says, /1 of 1 posts of campaigns and on 0 of 3 other posts/)
  await run('rule activate', { rule: 'supportive-message' })
})

test('a message of support, a new address in place of the old one: each once, with what is not certain', async () => {
  await assert.rejects(run('rule activate', { rule: 'rotation' }), { name: 'Rule.Untested' })
  // A test over an empty ledger says nothing.
  await run('rule test', { rule: 'rotation' })
  await assert.rejects(run('rule activate', { rule: 'rotation' }), { name: 'Rule.Untested' })
  await run('ledger import', { file: ledger() })
  await run('rule test', { rule: 'rotation', controls: 5 })
  await run('rule activate', { rule: 'rotation' })
  const { raised } = await run<WatchRun>('watch run', {})
  const posts = raised.filter(one => one.isPost)
  assert.deepEqual(
    posts.map(one => [one.rule, one.address, one.status]),
    [
      ['rotation@1', fresh, 'open'],
      ['supportive-message@1', fresh, 'open'],
    ],
  )
  assert.equal(posts[0]!.measured['previous'], old)
  assert.match(posts[0]!.because.en, /a post of 2024-05-01T00:00:00Z shows T/)
  assert.match(posts[1]!.unsure!, /somebody must read/)
  assert.match(posts[1]!.because.ar, /منشور بتاريخ/)
  const again = await run<WatchRun>('watch run', {})
  assert.deepEqual([again.raised, again.withdrawn, again.changed], [[], [], []])
})

test('a reused appeal: by a known outlet, after an event of the calendar that the rule carries', async () => {
  const path = join(folder, 'appeal.json')
  const rule = { id: 'appeal-reuse', indicator: 'appeal-reuse', source: 'ours' }
  writeFileSync(path, JSON.stringify({ ...rule, thresholds: { events: ['2024-05-10'], days: 14 } }))
  await run('rule add', { file: path })
  await seal('Donate now: food baskets for the displaced', '2024-05-12')
  await seal('Donate now: medicine for the displaced', '2024-05-30')
  await seal('Donate now: blankets for the displaced', '2024-05-12', 'https://t.me/unknown/1')
  await run('rule test', { rule: 'appeal-reuse' })
  await run('rule activate', { rule: 'appeal-reuse' })
  const { raised } = await run<WatchRun>('watch run', {})
  assert.deepEqual(
    raised.map(one => [one.rule, one.address, one.measured]),
    // It shows no address: the alert is about the one that its publisher showed last.
    [['appeal-reuse@2', old, { publisher: 't.me/example', campaigns: 'winter', event: '2024-05-10' }]],
  )
  for (const events of [[], ['soon'], ['2024-02-30'], 7]) {
    writeFileSync(path, JSON.stringify({ ...rule, thresholds: { events, days: 14 } }))
    await assert.rejects(run('rule add', { file: path }), { name: 'Rule.NotUnderstood' }, String(events))
  }
})

test('a folder’s posts are looked at too', async () => {
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming)
  await run('watch add', { target: incoming, kind: 'folder', name: 'incoming' })
  writeFileSync(join(incoming, 'a.txt'), `Send bitcoin: equip a fighter, he needs rifles and ammunition. ${other}`)
  const { raised } = await run<WatchRun>('watch run', {})
  assert.deepEqual(raised.map(one => [one.watch, one.rule, one.isPost]).sort(), [
    ['incoming', 'publication@1', true],
    ['incoming', 'supportive-message@1', true],
  ])
})

test('each rule says what became of its alerts', async () => {
  await run('alert close', { alert: 1, as: 'false', reason: 'a game' })
  const { rules } = await run<{ rules: RuleListed[] }>('rule list', {})
  const all = rules.map(one => one.alerts)
  const sum = (name: 'open' | 'false' | 'true'): number => all.reduce((total, one) => total + one[name], 0)
  assert.deepEqual([sum('false'), sum('true')], [1, 0])
  const [judged] = rules.filter(one => one.alerts.false === 1)
  assert.equal(judged?.alerts.falseShare?.share, 1)
  assert.ok(judged!.alerts.falseShare!.low < 0.3, 'one says little')
})

/** The old address is paid until April. */
function ledger(): string {
  const path = join(folder, 'transfers.csv')
  const usdt = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  const line = (k: number, day: string): string =>
    `tron,USDT,${usdt},${String(k).padStart(64, '0')},0,0,transfer,ok,${k},${day}T00:00:00Z,${other},${old},20`
  const head = 'network,asset,contract,txid,txIndex,logIndex,kind,status,height,time,from,to,amount'
  writeFileSync(path, `${head}\n${[line(1, '2024-03-01'), line(2, '2024-04-01'), line(3, '2024-04-20')].join('\n')}\n`)
  return path
}
