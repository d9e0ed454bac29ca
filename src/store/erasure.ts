import { rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { Failure } from '../std/failure.ts'
import type { Files } from './files.ts'
import type { Vault } from './vault.ts'

/**
 * What an erasure does to the data beside the capture's own rows, and how older data comes under keys
 * (docs/decisions/0020).
 */
type Place = { readonly database: DatabaseSync; readonly files: Files; readonly vault: Vault }

/**
 * Brings captures that were sealed in the clear under keys of their own: each by itself, so that an interruption loses
 * nothing. What is damaged or missing stays as it is: `capture verify` names it. Other ground (a published list) that
 * has the same bytes keeps its plain file.
 */
export function adoptPlain({ database, files, vault }: Place): void {
  const rows = database
    .prepare(
      `SELECT sha256 FROM capture WHERE sha256 NOT IN (SELECT sha256 FROM capture_seal)
       AND sha256 NOT IN (SELECT sha256 FROM capture_tombstone)`,
    )
    .all() as { sha256: string }[]
  for (const { sha256 } of rows) {
    let bytes: Uint8Array
    try {
      bytes = files.get(sha256)
    } catch (cause) {
      if (cause instanceof Failure) continue
      throw cause
    }
    const { file, commitment } = vault.put([bytes])
    database.prepare('INSERT INTO capture_seal VALUES (?, ?, ?)').run(sha256, file, commitment)
    if (!isOtherGround(database, sha256)) rmSync(files.pathOf(sha256), { force: true })
  }
}

/**
 * Finishes erasures that were cut off, and repeats those that the keys know and a restored database does not: a
 * tombstone whose key is still there loses it, an erased key's capture gets its tombstone.
 */
export function reapply({ database, vault }: Place): void {
  const rows = database
    .prepare('SELECT s.file, t.* FROM capture_tombstone t JOIN capture_seal s ON s.sha256 = t.sha256')
    .all() as unknown as (Tombstone & { file: string })[]
  for (const { file, ...tombstone } of rows) {
    vault.remove(file)
    if (vault.keys().find(file) !== undefined) vault.keys().erase({ file, ...tombstone })
  }
  const known = new Set(rows.map(row => row.file))
  const lost = vault
    .keys()
    .erased()
    .filter(one => !known.has(one.file) && isSealed(database, one.file))
  if (lost.length === 0) return
  database.exec('PRAGMA secure_delete = ON; BEGIN IMMEDIATE')
  for (const { file, ...tombstone } of lost) {
    insertTombstone(database, tombstone)
    vault.remove(file)
  }
  purge(
    database,
    lost.map(one => one.sha256),
    () => false,
  )
  database.exec('COMMIT')
  scrub(database)
}

export type Tombstone = {
  readonly sha256: string
  readonly commitment: string
  readonly authority: string
  readonly reason: string
  readonly by: string
  readonly at: number
  readonly because: string
}

export function insertTombstone(database: DatabaseSync, tombstone: Tombstone): void {
  const { sha256, commitment, authority, reason, by, at, because } = tombstone
  database
    .prepare('INSERT OR IGNORE INTO capture_tombstone VALUES (?, ?, ?, ?, ?, ?, ?)')
    .run(sha256, commitment, authority, reason, by, at, because)
}

/**
 * Takes out, in the caller's transaction, what was derived from captures: marks of likeness, what was seen of their
 * fetching, and the words of claims that cite them or that `isFrom` knows. Gives how many claims lost their words.
 */
export function purge(database: DatabaseSync, sha256s: readonly string[], isFrom: (words: string) => boolean): number {
  for (const sha256 of sha256s) {
    database
      .prepare('DELETE FROM capture_band WHERE mark IN (SELECT id FROM capture_mark WHERE sha256 = ?)')
      .run(sha256)
    database.prepare('DELETE FROM capture_mark WHERE sha256 = ?').run(sha256)
    database.prepare('DELETE FROM capture_fetch WHERE sha256 = ?').run(sha256)
  }
  const claims = database.prepare('SELECT number, content FROM claim').all() as { number: number; content: string }[]
  const cited = claims.filter(({ content }) => {
    const { capture, words } = JSON.parse(content) as { capture?: { sha256?: string } | null; words?: string }
    if (words === undefined || words === WITHHELD) return false
    return sha256s.includes(capture?.sha256 ?? '') || isFrom(words)
  })
  if (cited.length === 0) return 0
  withoutGuard(database, 'claim_no_update', () => {
    const update = database.prepare(`UPDATE claim SET content = json_set(content, '$.words', ?) WHERE number = ?`)
    for (const { number } of cited) update.run(WITHHELD, number)
  })
  return cited.length
}

/** What stands where words were. */
export const WITHHELD = '[withheld]'

/**
 * Rewrites the database without what was deleted, and empties its log. False where a reader still holds the log: then
 * the next erasure or `athar backup` does it.
 */
export function scrub(database: DatabaseSync): boolean {
  database.exec('VACUUM')
  const row = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  return row.busy === 0
}

/** The one way around a guard of ground: the trigger is taken off and put back within the caller's transaction. */
function withoutGuard(database: DatabaseSync, trigger: string, work: () => void): void {
  const row = database.prepare(`SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?`).get(trigger)
  const { sql } = row as { sql: string }
  database.exec(`DROP TRIGGER ${trigger}`)
  work()
  database.exec(sql)
}

function isSealed(database: DatabaseSync, file: string): boolean {
  return database.prepare('SELECT 1 FROM capture_seal WHERE file = ?').get(file) !== undefined
}

/** Whether a row beside captures and custody rests on a stored file of that digest. */
export function isOtherGround(database: DatabaseSync, sha256: string): boolean {
  const columns = database
    .prepare(
      `SELECT t.name AS t, c.name AS c FROM sqlite_master t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'capture%' AND t.name <> 'custody'
       AND (c.name LIKE '%sha256' OR c.name = 'undo')`,
    )
    .all() as { t: string; c: string }[]
  return columns.some(
    ({ t, c }) => database.prepare(`SELECT 1 FROM "${t}" WHERE "${c}" = ? LIMIT 1`).get(sha256) !== undefined,
  )
}
