import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '../std/failure.ts'
import { adoptPlain, reapply } from './erasure.ts'
import { type Files, openFiles } from './files.ts'
import { keysPath } from './keys.ts'
import { type Lock, lockWriter } from './lock.ts'
import { checkTables, migrate, VERSION, versionOf } from './migrate.ts'
import { statement } from './statement.ts'
import { openVault, type Vault } from './vault.ts'

/** A data directory: one SQLite database, files by digest, captures under keys, ledger segments. */
export type Store = {
  readonly directory: string
  readonly database: DatabaseSync
  readonly files: Files
  readonly vault: Vault
  readonly writable: boolean
  /** Runs `work` in one transaction: all of it is kept, or none. May not be nested. */
  transaction<T>(work: () => T): T
  close(): void
}

/** Opens for reading and writing, and holds the writer lock until closed. Creates and migrates as needed. */
export function openWriter(directory: string): Store {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const lock = lockWriter(directory)
  try {
    const database = connect(join(directory, 'athar.db'))
    migrate(database, directory)
    const store = assemble(directory, database, lock)
    adoptPlain(store)
    if (existsSync(keysPath(directory))) reapply(store)
    return store
  } catch (cause) {
    lock.release()
    throw cause
  }
}

/**
 * Opens for reading, beside a writer if there is one. A directory that does not exist yet is created empty, unless
 * `mustExist` (the user named it): a mistyped name must not look like an empty store. Failure: Store.Missing.
 */
export function openReader(directory: string, mustExist: boolean = false): Store {
  if (mustExist && !existsSync(directory)) throw missing(directory)
  if (!existsSync(join(directory, 'athar.db'))) openWriter(directory).close()
  const path = join(directory, 'athar.db')
  const database = new DatabaseSync(path, { readOnly: true, timeout: BUSY_MILLISECONDS })
  if (versionOf(database) < VERSION) {
    database.close()
    openWriter(directory).close()
    return openReader(directory)
  }
  try {
    checkTables(database, directory)
  } catch (cause) {
    database.close()
    throw cause
  }
  return assemble(directory, database, null)
}

/** How long a statement waits for another connection's transaction. */
const BUSY_MILLISECONDS = 10_000

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_MILLISECONDS })
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;')
  return database
}

function assemble(directory: string, database: DatabaseSync, lock: Lock | null): Store {
  const vault = openVault(directory)
  return {
    directory,
    database,
    files: openFiles(join(directory, 'files')),
    vault,
    writable: lock !== null,
    transaction: work => transact(database, work),
    close() {
      vault.close()
      database.close()
      lock?.release()
    },
  }
}

function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw cause
  }
}

/**
 * A number that changes when another connection has committed to the database since (SQLite's data_version): whoever
 * keeps what it computed from a store asks whether that still holds.
 */
export function changeNumber(store: Store): number {
  return (statement(store, 'PRAGMA data_version').get() as { data_version: number }).data_version
}

function missing(directory: string): Failure {
  return new Failure('Store.Missing', 'missing', `There is no data directory "${directory}".`, {
    hint: 'Check --data and ATHAR_DATA. A command that adds something (such as `athar capture add`) makes it.',
    facts: { directory },
  })
}
