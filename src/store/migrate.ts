import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { Failure } from '../std/failure.ts'
import { attribution } from './schema/attribution.ts'
import { campaign } from './schema/campaign.ts'
import { capture } from './schema/capture.ts'
import { casefile } from './schema/casefile.ts'
import { ledger } from './schema/ledger.ts'

/**
 * The database's history: step N takes version N−1 to N. Once released a step is never edited; a change is a new
 * step. The version is SQLite's user_version.
 */
const STEPS: readonly string[] = [[capture, attribution, ledger, campaign, casefile].join('\n')]

/** The version that this program writes. */
export const VERSION = STEPS.length

export function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}

/** Brings the database to this program's version, after a backup beside it where there is something to lose. */
export function migrate(database: DatabaseSync, directory: string): void {
  const version = versionOf(database)
  if (version > VERSION) throw newer(directory, version)
  if (version === VERSION) return
  if (version > 0) backUp(database, join(directory, `athar.db.version-${version}.backup`))
  for (let step = version; step < VERSION; step++) {
    database.exec('BEGIN IMMEDIATE')
    database.exec(`${STEPS[step]!}; PRAGMA user_version = ${step + 1}; COMMIT`)
  }
}

function backUp(database: DatabaseSync, path: string): void {
  if (existsSync(path)) rmSync(path)
  database.prepare('VACUUM INTO ?').run(path)
}

function newer(directory: string, version: number): Failure {
  return new Failure('Store.Newer', 'conflict', `${directory} was written by a newer Athar (version ${version}).`, {
    hint: `This program reads up to version ${VERSION}. Update it, or use another data directory with --data.`,
    facts: { directory, version, supported: VERSION },
  })
}
