import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { trace as SCHEMA } from '../store/schema/trace.ts'

/** What was declared, before it was run. */
export type RunRecord = {
  readonly declaredAt: Instant
  readonly user: string
  readonly network: string
  readonly origin: readonly string[]
  readonly declared: object
}

/** A run as it was kept; `sha256` is the digest of its answer, null where it never came to one. */
export type KeptRun = RunRecord & { readonly id: number; readonly sha256: string | null }

/** Keeps the declaration, and gives the number of the run. Failure: Trace.RunsUnwritable. */
export function declareRun(directory: string, run: RunRecord): number {
  return within(directory, database => {
    const insert = database.prepare(
      'INSERT INTO trace_run (declared_at, user, network, origin, declared) VALUES (?, ?, ?, ?, ?)',
    )
    const [origin, declared] = [JSON.stringify(run.origin), JSON.stringify(run.declared)]
    return Number(insert.run(run.declaredAt, run.user, run.network, origin, declared).lastInsertRowid)
  })
}

/** Keeps the digest of the answer that a run came to. */
export function finishRun(directory: string, id: number, finishedAt: Instant, sha256: string): void {
  within(directory, database => {
    database.prepare('INSERT INTO trace_result (run, finished_at, sha256) VALUES (?, ?, ?)').run(id, finishedAt, sha256)
  })
}

/** All runs of a data directory, newest first, at most `limit`. */
export function listRuns(directory: string, limit: number): KeptRun[] {
  if (!existsSync(join(directory, 'runs.db'))) return []
  const rows = within(directory, database =>
    database.prepare(`${SELECT} ORDER BY id DESC LIMIT ?`).all(limit),
  ) as unknown as Row[]
  return rows.map(({ origin, declared, ...row }) => ({
    ...row,
    origin: JSON.parse(origin) as string[],
    declared: JSON.parse(declared) as object,
  }))
}

type Row = Omit<KeptRun, 'origin' | 'declared'> & { readonly origin: string; readonly declared: string }

const SELECT = `SELECT id, declared_at AS declaredAt, user, network, origin, declared, sha256
FROM trace_run LEFT JOIN trace_result ON run = id`

function within<T>(directory: string, work: (database: DatabaseSync) => T): T {
  let database: DatabaseSync | undefined
  try {
    const path = join(directory, 'runs.db')
    const isFresh = !existsSync(path)
    database = new DatabaseSync(path, { timeout: 10_000 })
    if (isFresh) database.exec('PRAGMA journal_mode = WAL;')
    database.exec(`PRAGMA synchronous = FULL; ${SCHEMA}`)
    return work(database)
  } catch (cause) {
    throw unwritable(directory, cause)
  } finally {
    database?.close()
  }
}

function unwritable(directory: string, cause: unknown): Failure {
  return new Failure('Trace.RunsUnwritable', 'denied', `The record of runs in ${directory} cannot be written.`, {
    hint: 'Check the rights and the free space of that folder, or use another with --data.',
    facts: { directory },
    cause,
  })
}
