import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { exposure as SCHEMA } from '../store/schema/exposure.ts'

/** The rows of this folder: the only SQL in it. */
export type Tables = {
  addScreening(row: ScreeningRow): number
  addAnswer(row: AnswerRow): void
  addBatch(row: BatchRow): void
  addTold(row: ToldRow): void
  /** All of it, or nothing. */
  transaction(work: () => void): void
  screenings(): (ScreeningRow & { readonly number: number })[]
  answers(): Iterable<AnswerRow>
  batches(): Iterable<BatchRow>
  told(): ToldRow[]
  /** Whether the file is still the one that was opened: a folder may have been taken away, or brought back. */
  isThere(): boolean
  close(): void
}

export type ScreeningRow = {
  readonly answeredAt: Instant
  readonly askedBy: string
  readonly customer: string | null
  readonly asOf: Instant | null
  readonly knownAt: Instant | null
  readonly hops: number
  /** JSON of the lists, packs and policy that the answers rest on. */
  readonly basis: string
}

export type AnswerRow = {
  readonly screening: number
  /** Also one that is not read. */
  readonly network: string
  readonly address: string
  readonly listing: string
  readonly exposure: string
  readonly status: string
}

/** `first` is the line of the first answer, from 0. */
export type BatchRow = { readonly screening: number; readonly first: number; readonly answers: Uint8Array }

export type ToldRow = Pick<AnswerRow, 'screening' | 'network' | 'address' | 'status'> & {
  readonly toldAt: Instant
  readonly toldBy: string
}

/** Whether anything was ever answered and kept there. */
export function hasAnswers(directory: string): boolean {
  return existsSync(join(directory, FILE))
}

/** Failure: Screen.RegisterUnwritable. */
export function openTables(directory: string): Tables {
  const database = connect(directory)
  const path = join(directory, FILE)
  const inode = statSync(path).ino
  const prepare = (sql: string) => database.prepare(sql)
  const basis = prepare('INSERT OR IGNORE INTO basis (content) VALUES (?)')
  const basisOf = prepare('SELECT number FROM basis WHERE content = ?')
  const screening = prepare(
    `INSERT INTO screening (answered_at, asked_by, customer, as_of, known_at, hops, basis)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const answer = prepare(
    'INSERT INTO answer (screening, network, address, listing, exposure, status) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const batch = prepare('INSERT INTO batch (screening, first, answers) VALUES (?, ?, ?)')
  const told = prepare(
    'INSERT INTO told (screening, network, address, status, told_at, told_by) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return {
    addScreening({ answeredAt, askedBy, customer, asOf, knownAt, hops, basis: content }) {
      basis.run(content)
      const { number } = basisOf.get(content) as { number: number }
      return Number(screening.run(answeredAt, askedBy, customer, asOf, knownAt, hops, number).lastInsertRowid)
    },
    addAnswer(row) {
      answer.run(row.screening, row.network, row.address, row.listing, row.exposure, row.status)
    },
    addBatch(row) {
      batch.run(row.screening, row.first, row.answers)
    },
    addTold(row) {
      told.run(row.screening, row.network, row.address, row.status, row.toldAt, row.toldBy)
    },
    transaction: work => transact(database, work),
    screenings: () => prepare(SCREENINGS).all() as (ScreeningRow & { number: number })[],
    answers: () => prepare(`SELECT ${ANSWER} FROM answer ORDER BY number`).iterate() as Iterable<AnswerRow>,
    batches: () =>
      prepare('SELECT screening, first, answers FROM batch ORDER BY number').iterate() as Iterable<BatchRow>,
    told: () => prepare(TOLD).all() as ToldRow[],
    isThere: () => statSync(path, { throwIfNoEntry: false })?.ino === inode,
    close: () => database.close(),
  }
}

const FILE = 'answers.db'

const ANSWER = 'screening, network, address, listing, exposure, status'

const SCREENINGS = `SELECT s.number, answered_at AS answeredAt, asked_by AS askedBy, customer, as_of AS asOf,
  known_at AS knownAt, hops, b.content AS basis FROM screening s JOIN basis b ON b.number = s.basis ORDER BY s.number`

const TOLD = `SELECT screening, network, address, status, told_at AS toldAt, told_by AS toldBy FROM told
  ORDER BY number`

/** A commit need not reach the disk before the answer leaves: a lost power cord may cost the last moments of it. */
function connect(directory: string): DatabaseSync {
  try {
    const path = join(directory, FILE)
    const fresh = !existsSync(path)
    const database = new DatabaseSync(path, { timeout: 10_000 })
    if (fresh) database.exec('PRAGMA journal_mode = WAL;')
    database.exec(`PRAGMA synchronous = NORMAL; ${SCHEMA}`)
    return database
  } catch (cause) {
    throw unwritable(directory, cause)
  }
}

function transact(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    work()
    database.exec('COMMIT')
  } catch (cause) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw cause
  }
}

function unwritable(directory: string, cause: unknown): Failure {
  return new Failure(
    'Screen.RegisterUnwritable',
    'denied',
    `The register of answers in ${directory} cannot be written.`,
    {
      hint: 'Check the rights and the free space of that folder, or answer without keeping it: --no-record.',
      facts: { directory },
      cause,
    },
  )
}
