import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as Erasure from '../store/erasure.ts'
import { type Erased, eraseCopies as eraseIn } from '../store/keys.ts'
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

/** What custody keeps of a row, so that a row changed later shows. */
export function detailOf(file: object, origin: Omit<OriginRow, 'id'>): object {
  const { path, parentSha256, sourceUrl, postedAt, capturedAt, collector, campaign } = origin
  return { ...file, path, parentSha256, sourceUrl, postedAt, capturedAt, collector, campaign }
}

/** Where the bytes of a capture are kept; undefined of those sealed by an older version and not yet brought over. */
export type SealRow = { readonly file: string; readonly commitment: string }

export function findSeal(store: Store, sha256: string): SealRow | undefined {
  const statement = store.database.prepare('SELECT file, commitment FROM capture_seal WHERE sha256 = ?')
  return statement.get(sha256) as SealRow | undefined
}

export function insertSeal(store: Store, sha256: string, { file, commitment }: SealRow): void {
  store.database.prepare('INSERT INTO capture_seal VALUES (?, ?, ?)').run(sha256, file, commitment)
}

/** Files in the vault that no capture names: what an interrupted sealing left. */
export function strayFiles(store: Store): string[] {
  const rows = store.database.prepare('SELECT file FROM capture_seal').all() as { file: string }[]
  const named = new Set(rows.map(row => row.file))
  return [...new Set([...store.vault.files(), ...store.vault.keys().files()])].filter(file => !named.has(file))
}

export type Tombstone = Erasure.Tombstone

export function findTombstone(store: Store, sha256: string): Tombstone | undefined {
  const columns = 'sha256, commitment, authority, reason, by, at, because'
  const statement = store.database.prepare(`SELECT ${columns} FROM capture_tombstone WHERE sha256 = ?`)
  const row = statement.get(sha256) as Tombstone | undefined
  return row === undefined ? undefined : { ...row }
}

/** Lays the tombstones and takes out what was derived, in the caller's transaction. */
export function bury(store: Store, tombstones: readonly Tombstone[], isFrom: (words: string) => boolean): number {
  for (const tombstone of tombstones) Erasure.insertTombstone(store.database, tombstone)
  const sha256s = tombstones.map(one => one.sha256)
  return Erasure.purge(store.database, sha256s, isFrom)
}

export function overwriteDeleted(store: Store): void {
  store.database.exec('PRAGMA secure_delete = ON')
}

/** Rewrites the database without what was deleted; false where a reader still holds the log. */
export function scrubDatabase(store: Store): boolean {
  return Erasure.scrub(store.database)
}

/** Takes away what an older version kept in the clear, unless a published list or the like rests on it. */
export function removePlain(store: Store, sha256s: readonly string[]): void {
  for (const sha256 of sha256s) {
    if (!Erasure.isOtherGround(store.database, sha256)) rmSync(store.files.pathOf(sha256), { force: true })
  }
}

/** Takes away copies of the database that a migration made: claims with their words are in them. */
export function removeOldBackups({ directory }: Store): void {
  for (const name of readdirSync(directory)) {
    if (/^athar\.db\.version-\d+\.backup$/.test(name)) rmSync(join(directory, name), { force: true })
  }
}

/** Erases the keys in each copy that is where it was written; gives the others. */
export function eraseCopies(store: Store, erased: readonly Erased[]): string[] {
  return eraseIn(store.vault.keys(), erased)
}

export type HoldRow = {
  readonly sha256: string
  readonly action: 'hold' | 'release'
  readonly authority: string
  readonly reason: string
  readonly by: string
  readonly at: number
}

export function insertHold(store: Store, { sha256, action, authority, reason, by, at }: HoldRow): void {
  store.database
    .prepare('INSERT INTO capture_hold VALUES (NULL, ?, ?, ?, ?, ?, ?)')
    .run(sha256, action, authority, reason, by, at)
}

/** In the order in which they were laid. */
export function holdsOf(store: Store, sha256: string): HoldRow[] {
  const columns = 'sha256, action, authority, reason, by, at'
  const statement = store.database.prepare(`SELECT ${columns} FROM capture_hold WHERE sha256 = ? ORDER BY id`)
  return (statement.all(sha256) as HoldRow[]).map(row => ({ ...row }))
}

/** Archives from which a capture came, and captures that came from it. */
export function containersOf(store: Store, sha256: string): string[] {
  const statement = store.database.prepare(
    'SELECT DISTINCT parent_sha256 AS sha256 FROM capture_origin WHERE sha256 = ? AND parent_sha256 IS NOT NULL',
  )
  return (statement.all(sha256) as { sha256: string }[]).map(row => row.sha256)
}

export function membersOf(store: Store, sha256: string): string[] {
  const statement = store.database.prepare('SELECT DISTINCT sha256 FROM capture_origin WHERE parent_sha256 = ?')
  return (statement.all(sha256) as { sha256: string }[]).map(row => row.sha256)
}

/** One step of a capture of several: how `sha256` was reached from `parentSha256`. */
export type LinkRow = {
  readonly sha256: string
  readonly parentSha256: string
  readonly relation: string
  readonly by: string
  readonly at: number
}

export function insertLink(store: Store, { sha256, parentSha256, relation, by, at }: LinkRow): boolean {
  const statement = store.database.prepare('INSERT OR IGNORE INTO capture_link VALUES (NULL, ?, ?, ?, ?, ?)')
  return statement.run(sha256, parentSha256, relation, by, at).changes === 1
}

/** Steps that lead to a capture, and those that lead on from it. */
export function linksOf(store: Store, sha256: string, side: 'to' | 'from'): LinkRow[] {
  const column = side === 'to' ? 'sha256' : 'parent_sha256'
  const statement = store.database.prepare(
    `SELECT sha256, parent_sha256 AS parentSha256, relation, by, at FROM capture_link WHERE ${column} = ? ORDER BY id`,
  )
  return (statement.all(sha256) as LinkRow[]).map(row => ({ ...row }))
}

export type MarkRow = {
  readonly sha256: string
  readonly kind: 'image' | 'text'
  readonly member: string
  readonly mark: Uint8Array
}

export function hasMarks(store: Store, sha256: string): boolean {
  return store.database.prepare('SELECT 1 FROM capture_mark WHERE sha256 = ?').get(sha256) !== undefined
}

export function insertMark(store: Store, { sha256, kind, member, mark }: MarkRow, bands: readonly number[]): void {
  const { lastInsertRowid: id } = store.database
    .prepare('INSERT INTO capture_mark VALUES (NULL, ?, ?, ?, ?)')
    .run(sha256, kind, member, mark)
  const insert = store.database.prepare('INSERT INTO capture_band VALUES (?, ?, ?)')
  for (const [band, value] of bands.entries()) insert.run(id, band, value)
}

export function marksOf(store: Store, sha256: string): (MarkRow & { id: number })[] {
  const statement = store.database.prepare('SELECT id, sha256, kind, member, mark FROM capture_mark WHERE sha256 = ?')
  return statement.all(sha256) as (MarkRow & { id: number })[]
}

/** Marks of the kind that share a band with this one, each once, at most 1,000. */
export function marksNear(store: Store, id: number, kind: MarkRow['kind']): MarkRow[] {
  const statement = store.database.prepare(
    `SELECT sha256, kind, member, mark FROM capture_mark WHERE kind = ? AND id IN (
       SELECT b.mark FROM capture_band a JOIN capture_band b ON b.band = a.band AND b.value = a.value
       WHERE a.mark = ? AND b.mark <> a.mark LIMIT 16000) LIMIT 1000`,
  )
  return statement.all(kind, id) as MarkRow[]
}

export function insertFetch(store: Store, sha256: string, text: string): void {
  store.database.prepare('INSERT INTO capture_fetch VALUES (NULL, ?, ?)').run(sha256, text)
}

/** As JSON text, in the order in which they came. */
export function fetchesOf(store: Store, sha256: string): string[] {
  const statement = store.database.prepare('SELECT detail FROM capture_fetch WHERE sha256 = ? ORDER BY id')
  return (statement.all(sha256) as { detail: string }[]).map(row => row.detail)
}

const CAPTURE = 'sha256, media_type AS mediaType, encoding, bytes, sealed_at AS sealedAt'
const ORIGIN =
  'id, sha256, path, parent_sha256 AS parentSha256, source_url AS sourceUrl, posted_at AS postedAt, ' +
  'captured_at AS capturedAt, collector, tool, campaign'
const CUSTODY = 'seq, sha256, action, at, by, tool, detail, previous, hash'
