import type { Store } from '../store/store.ts'
import type { Entry } from './custody.ts'

/** Rows of the capture folder: the only place in it that speaks SQL. */
export type CaptureRow = {
  readonly sha256: string
  readonly mediaType: string
  readonly encoding: string | null
  readonly bytes: number
  readonly sealedAt: number
}

export type OriginRow = {
  readonly id: number
  readonly sha256: string
  readonly path: string
  readonly parentSha256: string | null
  readonly sourceUrl: string | null
  readonly postedAt: number | null
  readonly capturedAt: number
  readonly collector: string
  readonly tool: string
  readonly campaign: string | null
}

export function findCapture(store: Store, sha256: string): CaptureRow | undefined {
  return store.database.prepare(`SELECT ${CAPTURE} FROM capture WHERE sha256 = ?`).get(sha256) as CaptureRow | undefined
}

/** Captures whose hash begins so, at most `limit`. */
export function findByPrefix(store: Store, prefix: string, limit: number): CaptureRow[] {
  const statement = store.database.prepare(
    `SELECT ${CAPTURE} FROM capture WHERE sha256 >= ? AND sha256 < ? ORDER BY sha256 LIMIT ?`,
  )
  return statement.all(prefix, `${prefix}g`, limit) as CaptureRow[]
}

export function listCaptures(store: Store, campaign: string | null): CaptureRow[] {
  const where = 'sha256 IN (SELECT sha256 FROM capture_origin WHERE campaign = ?)'
  const order = 'ORDER BY sealed_at, rowid'
  if (campaign === null) return store.database.prepare(`SELECT ${CAPTURE} FROM capture ${order}`).all() as CaptureRow[]
  return store.database.prepare(`SELECT ${CAPTURE} FROM capture WHERE ${where} ${order}`).all(campaign) as CaptureRow[]
}

export function insertCapture(store: Store, row: CaptureRow): void {
  const { sha256, mediaType, encoding, bytes, sealedAt } = row
  store.database.prepare('INSERT INTO capture VALUES (?, ?, ?, ?, ?)').run(sha256, mediaType, encoding, bytes, sealedAt)
}

export function listOrigins(store: Store, sha256: string): OriginRow[] {
  return store.database
    .prepare(`SELECT ${ORIGIN} FROM capture_origin WHERE sha256 = ? ORDER BY id`)
    .all(sha256) as OriginRow[]
}

export function insertOrigin(store: Store, row: Omit<OriginRow, 'id'>): void {
  const { sha256, path, parentSha256, sourceUrl, postedAt, capturedAt, collector, tool, campaign } = row
  store.database
    .prepare('INSERT INTO capture_origin VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(sha256, path, parentSha256, sourceUrl, postedAt, capturedAt, collector, tool, campaign)
}

export function lastCustody(store: Store): Entry | undefined {
  return store.database.prepare(`SELECT ${CUSTODY} FROM custody ORDER BY seq DESC LIMIT 1`).get() as Entry | undefined
}

/** The whole chain in order, row by row. */
export function allCustody(store: Store): IterableIterator<Entry> {
  return store.database.prepare(`SELECT ${CUSTODY} FROM custody ORDER BY seq`).iterate() as IterableIterator<Entry>
}

export function custodyOf(store: Store, sha256: string): Entry[] {
  return store.database.prepare(`SELECT ${CUSTODY} FROM custody WHERE sha256 = ? ORDER BY seq`).all(sha256) as Entry[]
}

export function insertCustody(store: Store, entry: Entry): void {
  const { seq, sha256, action, at, by, tool, detail, previous, hash } = entry
  store.database
    .prepare('INSERT INTO custody VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(seq, sha256, action, at, by, tool, detail, previous, hash)
}

const CAPTURE = 'sha256, media_type AS mediaType, encoding, bytes, sealed_at AS sealedAt'
const ORIGIN =
  'id, sha256, path, parent_sha256 AS parentSha256, source_url AS sourceUrl, posted_at AS postedAt, ' +
  'captured_at AS capturedAt, collector, tool, campaign'
const CUSTODY = 'seq, sha256, action, at, by, tool, detail, previous, hash'
