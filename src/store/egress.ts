import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '../std/failure.ts'

/**
 * What was asked of other machines: every query, before its answer is used. A database of its own beside the data, so
 * that reading operations leave their mark too. Append-only. Addresses come without what is secret in them.
 */
export type EgressLog = {
  append(entry: EgressEntry): void
  /** Newest first. */
  last(count: number): readonly (EgressEntry & { readonly id: number })[]
  close(): void
}

export type EgressEntry = {
  /** Whole seconds UTC. */
  readonly at: number
  readonly user: string
  readonly operation: string
  readonly method: string
  readonly url: string
  /** HTTP status, or null where no answer came. */
  readonly status: number | null
  /** Bytes. */
  readonly received: number
  /** `answered`, or the name of the failure. */
  readonly note: string
}

const COLUMNS = 'at, user, operation, method, url, status, received, note'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS egress (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  user TEXT NOT NULL,
  operation TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  status INTEGER,
  received INTEGER NOT NULL,
  note TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS egress_keep BEFORE UPDATE ON egress
  BEGIN SELECT RAISE(ABORT, 'egress is append-only'); END;
CREATE TRIGGER IF NOT EXISTS egress_stay BEFORE DELETE ON egress
  BEGIN SELECT RAISE(ABORT, 'egress is append-only'); END;
`

/** Failures: Egress.Unwritable: where no query can be logged, none is made. */
export function openEgressLog(directory: string): EgressLog {
  const database = connect(directory)
  const insert = database.prepare(`INSERT INTO egress (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
  const select = database.prepare(`SELECT id, ${COLUMNS} FROM egress ORDER BY id DESC LIMIT ?`)
  return {
    append({ at, user, operation, method, url, status, received, note }) {
      try {
        insert.run(at, user, operation, method, url, status, received, note)
      } catch (cause) {
        throw unwritable(directory, cause)
      }
    },
    last: count => select.all(count) as unknown as (EgressEntry & { id: number })[],
    close: () => database.close(),
  }
}

function connect(directory: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const database = new DatabaseSync(join(directory, 'egress.db'), { timeout: 10_000 })
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`)
    return database
  } catch (cause) {
    throw unwritable(directory, cause)
  }
}

function unwritable(directory: string, cause: unknown): Failure {
  return new Failure('Egress.Unwritable', 'denied', `The log of queries in ${directory} cannot be written.`, {
    hint: 'Check the rights and the free space of that folder. No query leaves the machine unlogged.',
    facts: { directory },
    cause,
  })
}
