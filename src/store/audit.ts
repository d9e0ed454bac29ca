import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'

/**
 * Who asked for what, and when. A database of its own beside the data, so that reading leaves its mark without the
 * writer lock, and while an import holds a transaction. Append-only; each row carries the digest of all rows before it,
 * so a row that is changed or taken out shows.
 */
export type Audit = {
  append(entry: Entry): void
  /** Newest first. */
  last(count: number): readonly Row[]
  /** The first row whose digest does not follow from the rows before it, or null where the chain is whole. */
  broken(): number | null
  close(): void
}

export type Entry = {
  /** Whole seconds UTC. */
  readonly at: number
  readonly user: string
  readonly operation: string
  /** SHA-256 of the canonical input: the log proves what was asked without repeating addresses of people. */
  readonly inputSha256: string
  /** begun, done, or the name of the failure. */
  readonly outcome: string
}

export type Row = Entry & { readonly id: number; readonly chain: string }

export function openAudit(directory: string): Audit {
  const database = connect(directory)
  const newest = database.prepare('SELECT chain FROM audit ORDER BY id DESC LIMIT 1')
  const insert = database.prepare(
    'INSERT INTO audit (at, user, operation, input_sha256, outcome, chain) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const select = database.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY id DESC LIMIT ?`)
  return {
    append(entry) {
      database.exec('BEGIN IMMEDIATE')
      try {
        const before = newest.get() as { chain: string } | undefined
        const chain = link(before?.chain ?? '', entry)
        insert.run(entry.at, entry.user, entry.operation, entry.inputSha256, entry.outcome, chain)
        database.exec('COMMIT')
      } catch (cause) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw unwritable(directory, cause)
      }
    },
    last: count => select.all(count) as unknown as Row[],
    broken: () => firstBroken(database),
    close: () => database.close(),
  }
}

const COLUMNS = 'id, at, user, operation, input_sha256 AS inputSha256, outcome, chain'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  user TEXT NOT NULL,
  operation TEXT NOT NULL,
  input_sha256 TEXT NOT NULL,
  outcome TEXT NOT NULL,
  chain TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS audit_keep BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_stay BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
`

function connect(directory: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const path = join(directory, 'audit.db')
    const fresh = !existsSync(path)
    const database = new DatabaseSync(path, { timeout: 10_000 })
    if (fresh) database.exec('PRAGMA journal_mode = WAL;')
    database.exec(`PRAGMA synchronous = NORMAL; ${SCHEMA}`)
    return database
  } catch (cause) {
    throw unwritable(directory, cause)
  }
}

function link(before: string, entry: Entry): string {
  const { at, user, operation, inputSha256, outcome } = entry
  return sha256Hex(JSON.stringify([before, at, user, operation, inputSha256, outcome]))
}

function firstBroken(database: DatabaseSync): number | null {
  let before = ''
  for (const row of database.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY id`).iterate()) {
    const { id, chain, ...entry } = row as unknown as Row
    if (link(before, entry) !== chain) return id
    before = chain
  }
  return null
}

function unwritable(directory: string, cause: unknown): Failure {
  return new Failure('Audit.Unwritable', 'denied', `The audit log in ${directory} cannot be written.`, {
    hint: 'Check the rights and the free space of that folder, or use another with --data.',
    facts: { directory },
    cause,
  })
}
