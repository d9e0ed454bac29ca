import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fixedClock } from '../std/clock.ts'
import { openWriter, type Store } from '../store/store.ts'
import { erase, hold, link, readBytes, type Source, seal, verify } from './capture.ts'
import * as Custody from './custody.ts'
import * as Table from './table.ts'

const SOURCE: Source = { sourceUrl: null, postedAt: null, campaign: null, collector: 'tester' }
const clock = fixedClock(1_700_000_000)
const quiet = () => {}
const order = { authority: 'Court of X, 12/2026', reason: 'art. 17', by: 'tester' }

function withStore(work: (store: Store) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'athar-seal-'))
  const store = openWriter(directory)
  try {
    work(store)
  } finally {
    store.close()
    rmSync(directory, { recursive: true })
  }
}

const put = (store: Store, path: string, text: string) =>
  seal(store, [...readBytes(path, Buffer.from(text))][0]!, SOURCE, clock).capture.sha256

/** Two captures, one reached from the other, one held, one erased. */
function furnish(store: Store): string[] {
  const [first, second, third] = ['one', 'two', 'three'].map(text => put(store, `${text}.txt`, text)) as [
    string,
    string,
    string,
  ]
  put(store, 'again.txt', 'one')
  link(store, { sha256: second, parent: first, relation: 'click', by: 'tester' }, clock)
  hold(store, first, 'hold', order, clock)
  erase(store, third, order, clock)
  return [first, second, third]
}

/** Numbers of rows are not evidence; sha256 names the row; the file's name is checked by reading what it holds. */
const APART = new Set(['id', 'sha256', 'file'])

test('verify sees a change of any column of any table that tells of a capture', () => {
  const tables = [
    'capture',
    'capture_origin',
    'capture_seal',
    'capture_hold',
    'capture_link',
    'capture_tombstone',
    'custody',
  ]
  let columns: [string, string][] = []
  withStore(store => {
    columns = tables.flatMap(table =>
      (store.database.prepare(`PRAGMA table_info(${table})`).all() as { name: string }[])
        .filter(({ name }) => !APART.has(name))
        .map(({ name }): [string, string] => [table, name]),
    )
    furnish(store)
    const { ok, seals } = verify(store, null, quiet)
    assert.deepEqual([ok, seals], [true, [{ kind: 2, captures: 3, leavesOpen: [] }]])
    store.database.exec('PRAGMA foreign_keys = OFF')
    for (const table of tables) store.database.exec(`DROP TRIGGER ${table}_no_update`)
    for (const [table, column] of columns) {
      store.database.exec('SAVEPOINT change')
      const { type } = store.database
        .prepare(`SELECT type FROM pragma_table_info('${table}') WHERE name = '${column}'`)
        .get() as { type: string }
      const other = type === 'INTEGER' ? `coalesce(${column}, 0) + 1` : column === 'action' ? "'release'" : "'other'"
      const rowid = `(SELECT max(rowid) FROM ${table})`
      store.database.exec(`UPDATE ${table} SET ${column} = ${other} WHERE rowid = ${rowid}`)
      assert.equal(verify(store, null, quiet).ok, false, `${table}.${column}`)
      store.database.exec('ROLLBACK TO change; RELEASE change')
    }
    assert.equal(verify(store, null, quiet).ok, true)
  })
  assert.ok(columns.length > 30)
})

test('what an older version sealed is verified by what its seal says, and the rest is named', () => {
  withStore(store => {
    const first = put(store, 'one.txt', 'one')
    const row = Table.findCapture(store, first)!
    const origin = Table.listOrigins(store, first)[0]!
    const old = { mediaType: row.mediaType, bytes: row.bytes }
    const detail = JSON.stringify(Table.detailOf(old, origin))
    store.database.exec('DROP TRIGGER custody_no_delete; DROP TRIGGER capture_no_update; DELETE FROM custody')
    const what = { sha256: first, action: 'sealed', at: row.sealedAt, by: 'tester', tool: origin.tool, detail } as const
    Table.insertCustody(store, Custody.append(null, what))
    put(store, 'two.txt', 'two')
    const { ok, seals } = verify(store, null, quiet)
    assert.deepEqual(
      [ok, seals],
      [
        true,
        [
          { kind: 1, captures: 1, leavesOpen: ['encoding', 'commitment'] },
          { kind: 2, captures: 1, leavesOpen: [] },
        ],
      ],
    )
    store.database.exec(`UPDATE capture SET sealed_at = sealed_at + 60 WHERE sha256 = '${first}'`)
    assert.deepEqual(
      verify(store, first, quiet).failures.map(({ node, what, expected, found }) => [node, what, expected, found]),
      [[`captures/${first}/sealedAt`, 'row', '2023-11-14T22:13:20Z', '2023-11-14T22:14:20Z']],
    )
  })
})
