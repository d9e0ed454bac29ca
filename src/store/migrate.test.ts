import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { digestOfTables, migrate, RELEASED, STEPS, VERSION, versionOf } from './migrate.ts'
import { openReader, openWriter } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-migrate-'))
after(() => rmSync(folder, { recursive: true, force: true }))

test('a step is never edited once it is here: change a table by a new step (docs/decisions/0004)', () => {
  const database = new DatabaseSync(':memory:')
  const found = STEPS.map(step => {
    database.exec(step)
    return { text: sha256Hex(step), tables: digestOfTables(database) }
  })
  assert.deepEqual(found, RELEASED)
})

test('a database of every older version is brought to this one, with a backup, and keeps its rows', () => {
  for (let version = 1; version < VERSION; version++) {
    const directory = mkdtempSync(join(folder, 'old-'))
    const old = new DatabaseSync(join(directory, 'athar.db'))
    for (const step of STEPS.slice(0, version)) old.exec(step)
    old.exec(`PRAGMA user_version = ${version}`)
    old.exec(`INSERT INTO ledger_manifest (network, generation, chunks, blocks, transactions, sha256, committed_at)
      VALUES ('bitcoin', 1, 0, 0, 0, '', 5)`)
    old.close()
    const store = openReader(directory)
    assert.equal(versionOf(store.database), VERSION)
    assert.equal(digestOfTables(store.database), RELEASED.at(-1)!.tables)
    const row = store.database.prepare('SELECT network, format, committed_at FROM ledger_manifest').get()
    assert.deepEqual({ ...row }, { network: 'bitcoin', format: 1, committed_at: 5 })
    store.close()
    const backup = new DatabaseSync(join(directory, `athar.db.version-${version}.backup`), { readOnly: true })
    assert.equal(versionOf(backup), version)
    backup.close()
  }
})

test('a newer database, and one whose tables are others, are refused by name and left as they are', () => {
  const directory = mkdtempSync(join(folder, 'other-'))
  openWriter(directory).close()
  const change = (sql: string): void => {
    const database = new DatabaseSync(join(directory, 'athar.db'))
    database.exec(sql)
    database.close()
  }
  change('ALTER TABLE ledger_chunk RENAME COLUMN sha256 TO digest')
  for (const open of [openReader, openWriter])
    assert.equal(
      nameOf(() => open(directory)),
      'Store.Tables',
    )
  change(`ALTER TABLE ledger_chunk RENAME COLUMN digest TO sha256; PRAGMA user_version = ${VERSION + 1}`)
  for (const open of [openReader, openWriter])
    assert.equal(
      nameOf(() => open(directory)),
      'Store.Newer',
    )
  change(`PRAGMA user_version = ${VERSION}`)
  openWriter(directory).close()
})

test('opening twice changes nothing', () => {
  const database = new DatabaseSync(':memory:')
  migrate(database, folder)
  const before = database.prepare('SELECT sql FROM sqlite_master ORDER BY name').all()
  migrate(database, folder)
  assert.deepEqual(database.prepare('SELECT sql FROM sqlite_master ORDER BY name').all(), before)
})

function nameOf(work: () => unknown): string {
  try {
    work()
  } catch (thrown) {
    assert(thrown instanceof Failure, String(thrown))
    return thrown.name
  }
  return 'nothing was thrown'
}
