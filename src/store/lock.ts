import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '../std/failure.ts'

/**
 * One writer per data directory. The lock is SQLite's own exclusive lock on a small file beside the data, so the
 * system lets go of it when the process dies, however it dies; a process id in a text file names the holder.
 */
export type Lock = { release(): void }

export function lockWriter(directory: string): Lock {
  const database = new DatabaseSync(join(directory, 'writer.lock'))
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch {
    database.close()
    throw locked(directory)
  }
  writeFileSync(join(directory, 'writer.pid'), String(process.pid))
  return { release: () => database.close() }
}

function locked(directory: string): Failure {
  const holder = readHolder(directory)
  return new Failure('Store.Locked', 'busy', `Another process (${holder}) is writing to ${directory}.`, {
    hint: 'Wait until it ends, or use another data directory with --data.',
    facts: { holder, directory },
  })
}

function readHolder(directory: string): string {
  try {
    return `pid ${readFileSync(join(directory, 'writer.pid'), 'utf8')}`
  } catch {
    return 'pid unknown'
  }
}
