import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * The keys of enciphered captures, in a database of their own (`keys.db`): outside of ordinary backups, so that a key
 * destroyed here is destroyed. What is deleted is overwritten (`secure_delete`), and no log of changes is kept.
 *
 * Copies that `athar backup` writes are remembered by their place: an erasure reaches those that are still there.
 */
export type Keys = {
  add(file: string, pair: Pair): void
  find(file: string): Pair | undefined
  /** Forgets the key and its salt; what is kept says who asked for it and why. */
  erase(erased: Erased): void
  erased(): readonly Erased[]
  /** Files whose key is here. */
  files(): readonly string[]
  forget(file: string): void
  rememberCopy(path: string): void
  copies(): readonly string[]
  /** Overwrites what deletions left. */
  compact(): void
  close(): void
}

export type Pair = { readonly key: Uint8Array; readonly salt: Uint8Array }

export type Erased = {
  readonly file: string
  readonly sha256: string
  readonly commitment: string
  readonly authority: string
  readonly reason: string
  readonly by: string
  readonly at: number
  readonly because: string
}

export function keysPath(directory: string): string {
  return join(directory, 'keys.db')
}

export function openKeys(path: string): Keys {
  const fresh = !existsSync(path)
  const database = new DatabaseSync(path, { timeout: 10_000 })
  if (fresh) chmodSync(path, 0o600)
  database.exec(`PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; ${SCHEMA}`)
  const columns = 'file, sha256, commitment, authority, reason, by, at, because'
  return {
    add: (file, { key, salt }) => void database.prepare('INSERT INTO key VALUES (?, ?, ?)').run(file, key, salt),
    find: file => database.prepare('SELECT key, salt FROM key WHERE file = ?').get(file) as Pair | undefined,
    erase({ file, sha256, commitment, authority, reason, by, at, because }) {
      database.exec('BEGIN IMMEDIATE')
      database.prepare('DELETE FROM key WHERE file = ?').run(file)
      const values = [file, sha256, commitment, authority, reason, by, at, because] as const
      database.prepare('INSERT OR IGNORE INTO erased VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...values)
      database.exec('COMMIT')
    },
    erased: () => database.prepare(`SELECT ${columns} FROM erased ORDER BY rowid`).all() as unknown as Erased[],
    files: () => (database.prepare('SELECT file FROM key').all() as { file: string }[]).map(({ file }) => file),
    forget: file => void database.prepare('DELETE FROM key WHERE file = ?').run(file),
    rememberCopy: path => void database.prepare('INSERT OR IGNORE INTO copy VALUES (?)').run(path),
    copies: () => (database.prepare('SELECT path FROM copy').all() as { path: string }[]).map(one => one.path),
    compact: () => database.exec('VACUUM'),
    close: () => database.close(),
  }
}

/** Erases keys in each remembered copy that is where it was written; gives those that are not. */
export function eraseCopies(keys: Keys, erased: readonly Erased[]): string[] {
  return keys.copies().filter(path => {
    if (!existsSync(path)) return true
    const copy = openKeys(path)
    try {
      for (const one of erased) copy.erase(one)
      copy.compact()
      return false
    } finally {
      copy.close()
    }
  })
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS key (file TEXT PRIMARY KEY, key BLOB NOT NULL, salt BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS erased (
  file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, commitment TEXT NOT NULL, authority TEXT NOT NULL,
  reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, because TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS copy (path TEXT PRIMARY KEY) STRICT;
`
