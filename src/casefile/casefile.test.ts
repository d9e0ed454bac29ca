import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openWriter, type Store } from '../store/store.ts'
import * as CaseFile from './casefile.ts'
import { firstBroken } from './event.ts'

function withStore(work: (store: Store) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'athar-case-'))
  const store = openWriter(directory)
  try {
    work(store)
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
}

function fill(store: Store): CaseFile.CaseFile {
  CaseFile.open(store, 'case 1', 'The Example Campaign', 'analyst', 100)
  CaseFile.add(store, 'case 1', { kind: 'evidence', what: 'campaign', value: 'example', network: null }, 'analyst', 110)
  const input = { campaign: 'example', by: 'month' }
  const declared = { kind: 'declared', operation: 'campaign receipts', input, reason: 'first measure' } as const
  CaseFile.add(store, 'case 1', declared, 'analyst', 120)
  const result = { kind: 'result', declared: 3, operation: 'campaign receipts', sha256: 'ab'.repeat(32) } as const
  CaseFile.add(store, 'case 1', result, 'analyst', 121)
  return CaseFile.add(store, 'case 1', { kind: 'note', text: 'ملاحظة' }, 'second', 130)
}

test('a case is what its events amount to', () => {
  withStore(store => {
    const { events, ...rest } = fill(store)
    assert.equal(events.length, 5)
    assert.deepEqual(rest, {
      ...{ name: 'case 1', title: 'The Example Campaign', status: 'open', openedAt: 100, openedBy: 'analyst' },
      evidence: [{ what: 'campaign', value: 'example', network: null, user: 'analyst', at: 110 }],
      runs: [
        {
          ...{ sequence: 3, operation: 'campaign receipts', input: { campaign: 'example', by: 'month' } },
          ...{ reason: 'first measure', declaredAt: 120, sha256: 'ab'.repeat(32) },
        },
      ],
      notes: [{ text: 'ملاحظة', user: 'second', at: 130 }],
      ...{ statuses: [], tasks: [], assignee: null, outcome: null },
      reports: [],
    })
    assert.deepEqual(CaseFile.read(store, 'case 1').events, events)
    assert.deepEqual(CaseFile.names(store), ['case 1'])
  })
})

test('events cannot be changed or taken out, and a forged one shows', () => {
  withStore(store => {
    const { events } = fill(store)
    assert.throws(() => store.database.exec("UPDATE case_event SET user = 'other'"), /append-only/)
    assert.throws(() => store.database.exec('DELETE FROM case_event'), /append-only/)
    assert.equal(firstBroken(events), null)
    assert.equal(firstBroken(events.filter(event => event.sequence !== 2)), 3)
    assert.equal(firstBroken(events.map(event => (event.sequence === 4 ? { ...event, user: 'other' } : event))), 4)
    store.database.exec("DROP TRIGGER case_event_no_update; UPDATE case_event SET user = 'x' WHERE sequence = 2")
    assert.throws(() => CaseFile.read(store, 'case 1'), { name: 'Case.Altered' })
  })
})

test('what is refused', () => {
  withStore(store => {
    fill(store)
    assert.throws(() => CaseFile.open(store, 'case 1', 'again', 'analyst', 1), { name: 'Case.Exists' })
    assert.throws(() => CaseFile.open(store, '../x', 'path', 'analyst', 1), { name: 'Case.Name' })
    assert.throws(() => CaseFile.read(store, 'case 2'), { name: 'Case.Missing' })
    const long = { kind: 'note', text: 'x'.repeat(20_001) } as const
    assert.throws(() => CaseFile.add(store, 'case 1', long, 'analyst', 140), { name: 'Case.TooLong' })
    CaseFile.add(store, 'case 1', { kind: 'closed', outcome: 'reported' }, 'analyst', 150)
    assert.equal(CaseFile.read(store, 'case 1').status, 'closed')
    const report = { kind: 'report', format: 'html', language: 'ar', sha256: 'cd'.repeat(32) } as const
    assert.equal(CaseFile.add(store, 'case 1', report, 'analyst', 155).reports[0]!.at, 155)
    assert.equal(CaseFile.read(store, 'case 1').status, 'closed')
    const late = { kind: 'note', text: 'late' } as const
    assert.throws(() => CaseFile.add(store, 'case 1', late, 'analyst', 160), { name: 'Case.Closed' })
  })
})

test('tasks are done once, by their number; who leads and each status are told', () => {
  withStore(store => {
    fill(store)
    const task = { kind: 'task', text: 'Ask the exchange', assignee: 'second' } as const
    CaseFile.add(store, 'case 1', task, 'analyst', 140)
    CaseFile.add(store, 'case 1', { kind: 'assigned', to: 'second' }, 'analyst', 141)
    CaseFile.add(store, 'case 1', { kind: 'status', status: 'waiting' }, 'second', 142)
    const done = CaseFile.add(store, 'case 1', { kind: 'task-done', task: 6 }, 'second', 150)
    const { text, assignee } = task
    assert.deepEqual(done.tasks, [
      { sequence: 6, text, assignee, user: 'analyst', at: 140, done: { user: 'second', at: 150 } },
    ])
    assert.deepEqual([done.assignee, done.statuses], ['second', [{ status: 'waiting', user: 'second', at: 142 }]])
    for (const task of [6, 1, 99]) {
      const again = { kind: 'task-done', task } as const
      assert.throws(() => CaseFile.add(store, 'case 1', again, 'second', 160), { name: 'Case.NoSuchTask' })
    }
  })
})
