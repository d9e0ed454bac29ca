import type { Instant } from '../model/instant.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Custody from './custody.ts'
import type { Entry } from './read/entry.ts'
import * as Table from './table.ts'

/** The face of the capture folder: bytes are read, sealed once, and checked whenever asked. */
export type { Document, Message, Region } from './read/document.ts'
export { type Entry, readBytes, readPath } from './read/entry.ts'

/** Name and version of what reads and seals, kept with each capture. */
export const TOOL = 'athar-capture/1'

/** Where bytes came from, as the one who adds them says. */
export type Source = {
  readonly sourceUrl: string | null
  readonly postedAt: Instant | null
  readonly campaign: string | null
  readonly collector: string
}

export type Capture = {
  readonly sha256: string
  readonly mediaType: string
  readonly encoding: string | null
  readonly bytes: number
  readonly sealedAt: Instant
  readonly origins: readonly Table.OriginRow[]
  readonly custody: readonly Custody.Entry[]
}

export type Sealed = { readonly capture: Capture; readonly isNew: boolean }

/**
 * Stores the bytes of an entry under their SHA-256 with where they came from. The same bytes are one capture; the same
 * bytes from the same place change nothing; from another place they are a second origin. Files are durable before the
 * rows are, so a process that dies between leaves at most an unnamed file, and the same call finishes the work.
 */
export function seal(store: Store, entry: Entry, source: Source, clock: Clock): Sealed {
  if (entry.bytes === null || entry.sha256 === null) throw nothingToSeal(entry.path)
  const { sha256, bytes } = entry
  store.files.put(bytes)
  const isNew = store.transaction(() => record(store, entry, sha256, bytes.length, source, clock()))
  return { capture: show(store, sha256), isNew }
}

/** One capture with its origins and custody; eight digits of its hash are enough. Failures: Capture.Unknown. */
export function show(store: Store, sha256: string): Capture {
  const row = resolve(store, sha256)
  return { ...row, origins: Table.listOrigins(store, row.sha256), custody: Table.custodyOf(store, row.sha256) }
}

/** All captures in the order in which they were sealed, or those of a campaign. */
export function list(store: Store, campaign: string | null = null): Capture[] {
  return Table.listCaptures(store, campaign).map(row => ({
    ...row,
    origins: Table.listOrigins(store, row.sha256),
    custody: Table.custodyOf(store, row.sha256),
  }))
}

/** The sealed bytes, checked against their hash as they are read. Failures: File.Missing, File.Altered. */
export function open(store: Store, sha256: string): Uint8Array {
  return store.files.get(resolve(store, sha256).sha256)
}

/** What is no longer as it was sealed, and where. */
export type Fault = {
  readonly sha256: string
  readonly node: string
  readonly what: string
  readonly expected: string
  readonly found: string
}

export type Verification = {
  readonly ok: boolean
  readonly checked: { readonly captures: number; readonly bytes: number; readonly custody: number }
  readonly head: string
  readonly failures: readonly Fault[]
}

/** Hashes every stored file again (or one), the whole custody chain, and the rows against what custody says of them. */
export function verify(
  store: Store,
  sha256: string | null,
  onCapture: (done: number, total: number) => void,
): Verification {
  const rows = sha256 === null ? Table.listCaptures(store, null) : [resolve(store, sha256)]
  const chain = Custody.check(Table.allCustody(store))
  const failures: Fault[] = chain.breaks.map(one => ({ ...one, node: `custody/${one.seq}` }))
  if (sha256 === null) failures.push(...findLost(store, new Set(rows.map(row => row.sha256))))
  let bytes = 0
  rows.forEach((row, i) => {
    failures.push(...checkFile(store, row), ...checkRows(store, row))
    bytes += row.bytes
    onCapture(i + 1, rows.length)
  })
  const checked = { captures: rows.length, bytes, custody: chain.count }
  return { ok: failures.length === 0, checked, head: chain.last, failures }
}

/** Captures that custody knows and the table does not. */
function findLost(store: Store, known: ReadonlySet<string>): Fault[] {
  const lost: Fault[] = []
  for (const { seq, sha256, action } of Table.allCustody(store)) {
    if (action !== 'sealed' || known.has(sha256)) continue
    lost.push({ sha256, node: `custody/${seq}`, what: 'capture', expected: sha256, found: 'nothing' })
  }
  return lost
}

function record(store: Store, entry: Entry, sha256: string, bytes: number, source: Source, now: Instant): boolean {
  const isNew = Table.findCapture(store, sha256) === undefined
  const mediaType = entry.mediaType ?? 'application/octet-stream'
  const origin = originOf(entry, sha256, source, now)
  if (!isNew && Table.listOrigins(store, sha256).some(known => isSameOrigin(known, origin))) return false
  if (isNew) Table.insertCapture(store, { sha256, mediaType, encoding: entry.encoding, bytes, sealedAt: now })
  Table.insertOrigin(store, origin)
  const detail = JSON.stringify(detailOf(isNew ? { mediaType, bytes } : {}, origin))
  const what = {
    sha256,
    action: isNew ? 'sealed' : 'received',
    at: now,
    by: source.collector,
    tool: TOOL,
    detail,
  } as const
  Table.insertCustody(store, Custody.append(Table.lastCustody(store) ?? null, what))
  return isNew
}

function originOf(entry: Entry, sha256: string, source: Source, now: Instant): Omit<Table.OriginRow, 'id'> {
  const { path, container } = entry
  return { sha256, path, parentSha256: container?.sha256 ?? null, ...source, capturedAt: now, tool: TOOL }
}

/** The time apart: the same bytes named the same way again are the same coming. */
function isSameOrigin(a: Omit<Table.OriginRow, 'id'>, b: Omit<Table.OriginRow, 'id'>): boolean {
  const keys = ['path', 'parentSha256', 'sourceUrl', 'postedAt', 'collector', 'campaign'] as const
  return keys.every(key => a[key] === b[key])
}

/** What custody keeps of a row, so that a row changed later shows. */
function detailOf(file: object, origin: Omit<Table.OriginRow, 'id'>): object {
  const { path, parentSha256, sourceUrl, postedAt, capturedAt, collector, campaign } = origin
  return { ...file, path, parentSha256, sourceUrl, postedAt, capturedAt, collector, campaign }
}

function checkFile(store: Store, row: Table.CaptureRow): Fault[] {
  const node = `captures/${row.sha256}/file`
  try {
    const bytes = store.files.get(row.sha256)
    if (bytes.length === row.bytes) return []
    const sizes = { expected: `${row.bytes} bytes`, found: `${bytes.length} bytes` }
    return [{ sha256: row.sha256, node, what: 'size', ...sizes }]
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    return [{ sha256: row.sha256, node, what: 'file', expected: row.sha256, found: cause.name }]
  }
}

/** Each origin must be what its custody entry says, in order, and the capture what was sealed. */
function checkRows(store: Store, row: Table.CaptureRow): Fault[] {
  const { sha256, mediaType, bytes } = row
  const expected = Table.custodyOf(store, sha256).map(entry => entry.detail)
  const found = Table.listOrigins(store, sha256).map((origin, i) =>
    JSON.stringify(detailOf(i === 0 ? { mediaType, bytes } : {}, origin)),
  )
  const faults: Fault[] = []
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    if (expected[i] === found[i]) continue
    const node = `captures/${sha256}/origins/${i}`
    faults.push({ sha256, node, what: 'row', expected: expected[i] ?? 'nothing', found: found[i] ?? 'nothing' })
  }
  return faults
}

function resolve(store: Store, sha256: string): Table.CaptureRow {
  const hash = sha256.toLowerCase()
  if (!/^[0-9a-f]{8,64}$/.test(hash)) throw unknown(sha256)
  const rows = hash.length === 64 ? [Table.findCapture(store, hash)] : Table.findByPrefix(store, hash, 2)
  if (rows.length !== 1 || rows[0] === undefined) throw unknown(sha256)
  return rows[0]
}

function unknown(sha256: string): Failure {
  return new Failure('Capture.Unknown', 'missing', `No one capture has the SHA-256 "${sha256.slice(0, 80)}".`, {
    hint: 'Give the whole hash, or at least eight digits of it. `athar capture list` shows what is sealed.',
    facts: { sha256: sha256.slice(0, 80) },
  })
}

function nothingToSeal(path: string): Failure {
  return new Failure('Capture.NothingToSeal', 'input', `"${path}" has no bytes that could be sealed.`, {
    hint: 'See the failure of the file itself.',
    facts: { path },
  })
}
