import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, test } from 'node:test'
import { openAudit } from './audit.ts'

const directory = mkdtempSync(join(tmpdir(), 'athar-audit-'))
after(() => rmSync(directory, { recursive: true }))

const entry = { at: 1_600_000_000, user: 'a', operation: 'screen', inputSha256: '00'.repeat(32), outcome: 'done' }

test('rows are appended and come back newest first', () => {
  const audit = openAudit(directory)
  audit.append(entry)
  audit.append({ ...entry, operation: 'trace' })
  assert.deepEqual(
    audit.last(5).map(({ id, operation }) => [id, operation]),
    [
      [2, 'trace'],
      [1, 'screen'],
    ],
  )
  assert.equal(audit.broken(), null)
  audit.close()
})

test('rows can be neither changed nor deleted; where somebody goes around that, it shows', () => {
  const database = new DatabaseSync(join(directory, 'audit.db'))
  assert.throws(() => database.exec("UPDATE audit SET user = 'b'"), /append-only/)
  assert.throws(() => database.exec('DELETE FROM audit'), /append-only/)
  database.exec("DROP TRIGGER audit_keep; UPDATE audit SET user = 'b' WHERE id = 2")
  database.close()
  const audit = openAudit(directory)
  assert.equal(audit.broken(), 2)
  audit.close()
})
