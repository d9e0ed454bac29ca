import assert from 'node:assert/strict'
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { day, fresh } from '../../../test/lists.ts'
import { writeBackup } from '../../store/backup.ts'
import type { Store } from '../../store/store.ts'
import { disputeAdd, disputeList } from '../name/dispute.ts'
import { entityAdd, entityLink, entityShow } from '../name/entity.ts'
import type { Context, Operation } from '../operation.ts'
import { claimAdd, claimList, judgementAdd } from '../read/claim.ts'
import { addressShow } from '../screen/address.ts'
import { screen } from '../screen/screen.ts'
import { printScreen } from '../screen/screen-print.ts'
import { type TriageAnswer, triage } from '../screen/triage.ts'
import { printTriage } from '../screen/triage-print.ts'
import { userAdd, userList, userRemove } from './user.ts'

const A = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'

function at(store: Store, when: string, user = 'layla'): Context {
  const { signal } = new AbortController()
  return { store, signal, user, clock: () => day(when), progress: () => {} }
}

type Answer = Record<string, never> & { [field: string]: string }

const run = (operation: Operation, input: object, context: Context) => operation.run(input as never, context) as Answer

const CLAIM = {
  ...{ subject: A, predicate: 'owner', object: 'al-Qassam Brigades', speaker: 'Reporter', medium: 'article' },
  ...{ words: 'The wallet is theirs.', grade: 'alleged', confidence: 'web_crawl', category: 'terrorist-financing' },
}

test('user add makes a key whose private half only its owner can read; judgements carry its signature', context => {
  const { store } = fresh(context)
  const added = run(userAdd, { name: 'layla' }, at(store, '2026-01-01'))
  const path = join(store.directory, 'keys', 'layla.pem')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.match(readFileSync(path, 'utf8'), /^-----BEGIN PRIVATE KEY-----/)
  assert.ok(!JSON.stringify(run(userList, {}, at(store, '2026-01-02'))).includes('PRIVATE'))
  assert.throws(() => run(userAdd, { name: 'layla' }, at(store, '2026-01-02')), { name: 'User.Exists' })
  const { id } = run(claimAdd, CLAIM, at(store, '2026-01-03'))
  const judge = (when: string, user: string) =>
    run(judgementAdd, { target: id, verdict: 'yes', reason: `seen by ${user}` }, at(store, when, user))
  const signed = judge('2026-01-04', 'layla')
  assert.deepEqual([signed['signed'], signed['signer']], ['valid', added['fingerprint']])
  assert.deepEqual(
    [judge('2026-01-04', 'omar')['signed'], judge('2026-01-04', 'omar')['signature']],
    ['unsigned', null],
  )
  const pem = readFileSync(path)
  rmSync(path)
  assert.throws(() => judge('2026-01-05', 'layla'), { name: 'User.KeyMissing' })
  writeFileSync(path, 'no key')
  assert.throws(() => judge('2026-01-05', 'layla'), { name: 'User.KeyMissing' })
  writeFileSync(path, pem)
  run(userRemove, { name: 'layla' }, at(store, '2026-02-01'))
  assert.throws(() => readFileSync(path), 'the private key is gone')
  assert.throws(() => run(userRemove, { name: 'layla' }, at(store, '2026-02-02')), { name: 'User.Unknown' })
  run(userAdd, { name: 'layla' }, at(store, '2026-03-01'))
  judge('2026-03-02', 'layla')
  const { claims } = run(claimList, {}, at(store, '2026-03-03')) as unknown as { claims: { judgements: Answer[] }[] }
  assert.deepEqual(
    claims[0]!.judgements.map(one => [one['by'], one['signed']]),
    [
      ['layla', 'valid'],
      ['omar', 'unsigned'],
      ['layla', 'valid'],
    ],
  )
})

test('no backup holds a private key', async context => {
  const { store } = fresh(context)
  run(userAdd, { name: 'layla' }, at(store, '2026-01-01'))
  const { file, keys } = await writeBackup(store, join(store.directory, '..', 'whole.backup'), () => {})
  for (const path of [file, keys]) assert.ok(!readFileSync(path, 'latin1').includes('PRIVATE KEY'), path)
  assert.ok(readFileSync(file, 'latin1').includes('athar.db'))
})

test('names that a path or a sentence could trip over are no users', context => {
  const { store } = fresh(context)
  for (const name of ['', '../x', 'a/b', '.a', 'a\nb', '\u202ea', 'x'.repeat(65), ' a', 'a\0'])
    assert.throws(() => run(userAdd, { name }, at(store, '2026-01-01')), { name: 'User.BadName' }, JSON.stringify(name))
  assert.equal(run(userAdd, { name: 'ليلى' }, at(store, '2026-01-01'))['user'], 'ليلى')
})

test('a judgement says which past screening would now be answered otherwise, and who received it', async context => {
  const { store } = fresh(context)
  const { id } = run(claimAdd, { ...CLAIM, confidence: 'authority_data' }, at(store, '2026-01-03'))
  const before = (await run(screen, { address: [A], hops: 0 }, at(store, '2026-01-04', 'omar'))) as unknown as {
    results: { status: string }[]
  }
  const judged = run(judgementAdd, { target: id, verdict: 'no', reason: 'an old mistake' }, at(store, '2026-01-05'))
  const [changed] = judged['changedAnswers'] as unknown as { was: string; now: string; askedBy: string }[]
  assert.equal(before.results[0]!.status, 'direct')
  assert.deepEqual([changed?.was, changed?.askedBy], ['direct', 'omar'])
  assert.notEqual(changed?.now, 'direct')
})

test('a dispute stands beside the label on the screen, on the address and in the list, from its day', async context => {
  const { store } = fresh(context)
  const { id } = run(claimAdd, CLAIM, at(store, '2026-01-03'))
  const words = 'Not ours.\u202e'
  run(disputeAdd, { target: id, by: 'A. Person', words, capacity: 'counsel' }, at(store, '2026-01-10'))
  const screened = await run(screen, { address: [A], hops: 0 }, at(store, '2026-01-11'))
  const text = printScreen(screened as never)
  assert.match(text, /disputed by \u2068A\. Person\u2069 \(\u2068counsel\u2069\): \u2068Not ours\.\u2069/)
  const shown = await run(addressShow, { address: A, offset: 0, limit: 1 }, at(store, '2026-01-11'))
  const [label] = shown['labels'] as unknown as { disputes: { by: string; saidAt: null; knownAt: string }[] }[]
  assert.deepEqual(
    label!.disputes.map(one => [one.by, one.saidAt, one.knownAt]),
    [['A. Person', null, '2026-01-10T00:00:00Z']],
  )
  const first = (await run(triage, { text: [A] }, at(store, '2026-01-11'))) as unknown as TriageAnswer
  assert.deepEqual(
    first.addresses[0]!.labels.map(one => one.disputes?.map(({ by, knownAt }) => [by, knownAt])),
    [[['A. Person', '2026-01-10T00:00:00Z']]],
  )
  assert.match(printTriage(first), /disputed by \u2068A\. Person\u2069/)
  const old = await run(
    addressShow,
    { address: A, offset: 0, limit: 1, knownAt: '2026-01-05' },
    at(store, '2026-01-11'),
  )
  assert.equal((old['labels'] as unknown as { disputes?: unknown }[])[0]!.disputes, undefined)
  const { disputes } = run(disputeList, { target: id }, at(store, '2026-01-11')) as unknown as { disputes: Answer[] }
  assert.deepEqual(
    disputes.map(one => one['words']),
    [words],
  )
})

test('what is disputed of an entity stands beside its statement and its relation, from its day on', context => {
  const { store } = fresh(context)
  const said = { source: 'A paper', grade: 'alleged' }
  const { statements } = run(entityAdd, { id: 'p', kind: 'person', name: 'P', ...said }, at(store, '2026-01-03'))
  run(entityAdd, { id: 'o', kind: 'organisation', name: 'O', ...said }, at(store, '2026-01-03'))
  const link = { subject: 'p', relation: 'part-of', object: 'o', ...said }
  const { id } = run(entityLink, link, at(store, '2026-01-04')) as unknown as { id: string }
  const [statement] = statements as unknown as { id: string }[]
  for (const target of [statement!.id, id])
    run(disputeAdd, { target, by: 'P', words: 'Never.', said: '2026-01-09' }, at(store, '2026-01-10'))
  type Shown = { statements: Beside[]; links: Beside[] }
  type Beside = { disputes?: { by: string; saidAt: string; knownAt: string }[] }
  const show = (when: string) => run(entityShow, { id: 'p', rollUp: false }, at(store, when)) as unknown as Shown
  const shown = show('2026-01-11')
  const dispute = [['P', '2026-01-09T00:00:00Z', '2026-01-10T00:00:00Z']]
  for (const one of [shown.statements[0]!, shown.links[0]!])
    assert.deepEqual(
      one.disputes?.map(({ by, saidAt, knownAt }) => [by, saidAt, knownAt]),
      dispute,
    )
  assert.equal(show('2026-01-05').statements[0]!.disputes, undefined)
})
