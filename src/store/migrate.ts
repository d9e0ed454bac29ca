import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import { attribution } from './schema/attribution.ts'
import { campaign } from './schema/campaign.ts'
import { capture } from './schema/capture.ts'
import { casefile } from './schema/casefile.ts'
import { ledger } from './schema/ledger.ts'
import { step2 } from './schema/step-2.ts'
import { step3 } from './schema/step-3.ts'
import { step4 } from './schema/step-4.ts'
import { step5 } from './schema/step-5.ts'

/**
 * The database's history: step N takes version N−1 to N. A step is never edited once it is here: a change of a table
 * is a new file `schema/step-N.ts`, a line in STEPS and one in RELEASED (docs/decisions/0004). The version is SQLite's
 * user_version.
 */
export const STEPS: readonly string[] = [
  [capture, attribution, ledger, campaign, casefile].join('\n'),
  step2,
  step3,
  step4,
  step5,
]

/**
 * What each step is held to: the SHA-256 of its text, and of the tables and columns that a database has after it. A
 * test computes both; the second is also asked of every database that is opened.
 */
export const RELEASED: readonly { readonly text: string; readonly tables: string }[] = [
  {
    text: 'cc986adbfe7127f0942b08eec055a4c77bde381277a501782de44d03e93a86f7',
    tables: 'e7ebae606d4074c471fcc1f869805296ceede66bfbf94613cf08213cbd406404',
  },
  {
    text: '815c637f3fe110a4d09c07a1c5dfbba6507ea6570b7d4a4c1f7079000a1a6f41',
    tables: 'cbd6518e0bc8a2af74ebb4557c138d1b233e3dbde8394e0b68c774ddda7ad02a',
  },
  {
    text: '8ac64d9d7aed28a55e4a25300374eaa257b7d08e4179778a67ec1a0f5ce78e2b',
    tables: '57e51869ccb00f84f1896890f4b5ad69b3aecc86ab147a4bc0d7e6287cf2ea41',
  },
  {
    text: '3fa079013cb9ca84f9528ea630d3c0ff0f9587388bfc6a03f0ac1c5e39a71da8',
    tables: '075f3194d7a8a20c47af9c0fcc63f27c416573f3c1c073dec7f7f479994164e5',
  },
  {
    text: '4993aa5eea41f47b120a9a2479a6684d35ba884f1180f511036fe0f5ac042224',
    tables: '3ea090b0226a9f0d25dad09c9a90a0f826e5dca63b51b7508932d7622a289a09',
  },
]

/** The version that this program writes. */
export const VERSION = STEPS.length

export function versionOf(database: DatabaseSync): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number }
  return row.user_version
}

/** SHA-256 over the names of all tables and their columns. */
export function digestOfTables(database: DatabaseSync): string {
  const rows = database
    .prepare(
      `SELECT t.name AS name, group_concat(c.name) AS columns FROM sqlite_master t, pragma_table_info(t.name) c
       WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' GROUP BY t.name ORDER BY t.name`,
    )
    .all() as { name: string; columns: string }[]
  return sha256Hex(rows.map(row => `${row.name}(${row.columns})\n`).join(''))
}

/**
 * Brings the database to this program's version, after a backup beside it where there is something to lose.
 *
 * Failures: Store.Newer, Store.Tables.
 */
export function migrate(database: DatabaseSync, directory: string): void {
  const version = versionOf(database)
  checkTables(database, directory)
  if (version === VERSION) return
  if (version > 0) backUp(database, join(directory, `athar.db.version-${version}.backup`))
  for (let step = version; step < VERSION; step++) {
    database.exec('BEGIN IMMEDIATE')
    database.exec(`${STEPS[step]!}; PRAGMA user_version = ${step + 1}; COMMIT`)
  }
}

/** Refuses tables that are not those of the version that the database says it has: an unreleased program wrote them. */
export function checkTables(database: DatabaseSync, directory: string): void {
  const version = versionOf(database)
  if (version > VERSION) throw newer(directory, version)
  if (version > 0 && digestOfTables(database) !== RELEASED[version - 1]!.tables) throw otherTables(directory, version)
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

function otherTables(directory: string, version: number): Failure {
  return new Failure('Store.Tables', 'corrupt', `The tables in ${directory} are not those of version ${version}.`, {
    hint: 'An unreleased program wrote it, or it was changed by hand. Use a new data directory with --data.',
    facts: { directory, version },
  })
}
