import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { day, fresh, ofacXml } from '../../../test/lists.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation, Progress } from '../operation.ts'
import { claimAdd, claimList, judgementAdd } from '../read/claim.ts'
import { listAdd, listDiff, listStatus } from './list.ts'
import { listConflicts } from './list-conflicts.ts'
import { listExport } from './list-export.ts'
import { screen } from './screen.ts'

const A = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h'
const B = '1Kuf2Rd8mDyAViwBozGTNYnvWL8uYFrkVo'

const party = (id: string, address: string) => ({
  ...{ id, name: `PARTY ${id}`, listed: '2020-01-01', program: 'SDGT', wallets: [['XBT', address]] as const },
})

function contextOf(store: Store, notes: Progress[] = [], signal = new AbortController().signal): Context {
  return {
    ...{ store, signal, clock: () => day('2026-11-21'), user: 'tester' },
    progress: note => {
      notes.push(note)
    },
  }
}

/** Runs an operation as the faces do: the input is checked elsewhere. */
function run(operation: Operation, input: object, context: Context): Record<string, unknown> {
  return operation.run(input as never, context) as Record<string, unknown>
}

test('list add, diff and status: two versions of a list', scope => {
  const { store, write } = fresh(scope)
  const notes: Progress[] = []
  const context = contextOf(store, notes)
  const v1 = write('v1.xml', ofacXml('2024-01-10', [party('1', A)]))
  const v2 = write('v2.xml', ofacXml('2024-02-10', [party('2', B)]))
  const dry = run(listAdd, { format: 'ofac-advanced', file: v1, dryRun: true }, context)
  assert.deepEqual([dry['dryRun'], dry['added']], [true, 1])
  assert.deepEqual(run(listStatus, {}, context)['warnings'], [
    'No list is loaded: every screening answers "not checked".',
  ])
  const first = run(listAdd, { format: 'ofac-advanced', file: v1 }, context)
  assert.deepEqual(
    [first['authority'], first['version'], first['published'], first['added'], first['unchanged'], first['failed']],
    ['OFAC', '2024-01-10', '2024-01-10T00:00:00Z', 1, 0, []],
  )
  run(listAdd, { format: 'ofac-advanced', file: v2 }, context)
  assert.ok(notes.every(note => note.unit === 'bytes' && note.done <= note.total!))
  const diff = run(listDiff, { authority: 'OFAC', from: '2024-01-10', to: '2024-02-10' }, context)
  const short = (rows: unknown) => (rows as { address: string }[]).map(row => row.address)
  assert.deepEqual(
    [diff['authority'], diff['from'], diff['to'], short(diff['added']), short(diff['removed']), diff['changed']],
    ['OFAC', '2024-01-10', '2024-02-10', [B], [A], []],
  )
  const status = run(listStatus, {}, context)
  assert.deepEqual(status['warnings'], ['OFAC (SDN) was published 1015 days ago; it is stale after 7.'])
})

test('a folder of packs: the good ones are kept, the bad ones named; none good is a failure', scope => {
  const { store, write } = fresh(scope)
  const folder = join(dirname(write('x', '')), 'packs')
  mkdirSync(folder)
  const pack = `title: t\ncreator: c\nlabel: l\nconfidence: forensic\ncurrency: BTC\ntags:\n- address: ${A}\n`
  write('packs/bad.yaml', 'tags: [')
  const input = { format: 'tagpack', file: folder }
  assert.throws(() => run(listAdd, input, contextOf(store)), { name: 'List.Malformed' })
  write('packs/worse.yaml', 'a: b')
  assert.throws(() => run(listAdd, input, contextOf(store)), { name: 'List.NothingRead' })
  write('packs/good.yaml', pack)
  const answer = run(listAdd, input, contextOf(store))
  assert.deepEqual([answer['addresses'], (answer['failed'] as object[]).length], [1, 2])
  assert.equal(listAdd.verdict!(answer as never), 'no')
})

test('stopped: nothing of the file is kept', scope => {
  const { store, write } = fresh(scope)
  const stopped = contextOf(store, [], AbortSignal.abort())
  const input = { format: 'addresses', file: write('a.txt', A), authority: 'X' }
  assert.throws(() => run(listAdd, input, stopped), { name: 'List.Cancelled', kind: 'cancelled' })
  assert.deepEqual(run(listStatus, {}, contextOf(store))['lists'], [])
  const wrong = { ...input, published: '2026-02-30' }
  assert.throws(() => run(listAdd, wrong, contextOf(store)), { name: 'Input.BadTime', kind: 'usage' })
})

test('claims and judgements by command', scope => {
  const { store } = fresh(scope)
  const context = contextOf(store)
  const claim = run(
    claimAdd,
    {
      ...{
        subject: A,
        predicate: 'owner',
        object: 'Someone',
        speaker: 'A paper',
        medium: 'article',
        words: 'It is his.',
      },
      ...{ kind: 'address', grade: 'alleged', confidence: 'web_crawl', said: '2020-01-02' },
    },
    context,
  )
  assert.deepEqual(
    [claim['saidAt'], claim['subject']],
    ['2020-01-02T00:00:00Z', { kind: 'address', network: 'bitcoin', address: A }],
  )
  const judgement = run(judgementAdd, { target: claim['id'], verdict: 'unsure', reason: 'One source.' }, context)
  assert.deepEqual([judgement['verdict'], judgement['signature']], ['unsure', null])
  const { claims } = run(claimList, { address: A }, context) as { claims: { id: string; judgements: object[] }[] }
  assert.deepEqual(
    claims.map(one => [one.id, one.judgements.length]),
    [[claim['id'], 1]],
  )
})

test('an authority is a name that can be seen', scope => {
  const { store, write } = fresh(scope)
  for (const authority of ['', '  ', 'a\nb', '\u202eCAFO', '\u001b[31m', 'x'.repeat(201)]) {
    const input = { format: 'addresses', file: write('a.txt', A), authority }
    assert.throws(() => run(listAdd, input, contextOf(store)), { name: 'List.BadAuthority' }, JSON.stringify(authority))
  }
})

test('list add says which screenings it changes; list conflicts and list export by command', async scope => {
  const { store, write } = fresh(scope)
  const context = contextOf(store)
  const pack = (creator: string, category: string) =>
    `title: t\ncreator: ${creator}\nlabel: ${creator}\nsource: ${creator}\nconfidence: forensic\ncurrency: BTC\n` +
    `category: ${category}\ntags:\n- address: ${A}\n`
  const quiet = run(listAdd, { format: 'auto', file: write('a.yaml', pack('lottery', 'gambling')) }, context)
  assert.deepEqual([quiet['format'], quiet['labelConflicts']], ['tagpack', 0])
  run(listAdd, { format: 'addresses', file: write('b.txt', B), authority: 'Unit', published: '2026-01-01' }, context)
  await screen.run({ address: [A, B], customer: 'C-17' } as never, context)
  const later: Context = { ...context, clock: () => day('2026-11-22') }
  const list = write('v1.xml', ofacXml('2026-11-20', [party('1', A)]))
  const dry = run(listAdd, { format: 'ofac-advanced', file: list, dryRun: true }, later)
  assert.equal(dry['screenings'], null)
  const added = run(listAdd, { format: 'ofac-advanced', file: list }, later)
  assert.deepEqual(added['screenings'], {
    ...{ compared: 2, changed: 1, untold: 1, customers: ['C-17'] },
    next: 'athar screen review --untold: which answers, and who received them.',
  })
  const second = run(listAdd, { format: 'tagpack', file: write('c.yaml', pack('trader', 'exchange')) }, later)
  assert.equal((second['conflicting'] as object[]).length, 1)
  const found = run(listConflicts, {}, later)
  assert.deepEqual([found['unresolved'], (found['conflicts'] as object[]).length], [1, 1])
  const text = run(listExport, { format: 'stix', authority: 'ofac' }, later)
  assert.equal(JSON.parse(text['text'] as string).type, 'bundle')
  const out = join(dirname(list), 'out.yaml')
  const filed = run(listExport, { format: 'tagpack', out }, later)
  assert.deepEqual([filed['out'], filed['text']], [out, null])
  assert.equal(run(listAdd, { format: 'tagpack', file: out, dryRun: true }, later)['addresses'], 4)
  assert.throws(() => run(listExport, { format: 'ftm', authority: 'nobody' }, later), { name: 'List.UnknownAuthority' })
  assert.throws(() => run(listExport, { format: 'csv', out: '/nowhere/at/all/x' }, later), { name: 'List.NoFolder' })
  const empty = fresh(scope)
  assert.throws(() => run(listExport, { format: 'csv' }, contextOf(empty.store)), { name: 'List.NothingToExport' })
})
