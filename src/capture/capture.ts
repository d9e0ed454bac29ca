import type { Instant } from '../model/instant.ts'
import type { Clock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { TOOL } from './capture-tool.ts'
import * as Custody from './custody.ts'
import type { Entry } from './read/entry.ts'
import type { Seen } from './read/part.ts'
import { bytesOf, resolve } from './row.ts'
import * as Seal from './seal.ts'
import * as Table from './table.ts'

export { TOOL } from './capture-tool.ts'
/** The face of the capture folder: bytes are read, sealed once, and checked whenever asked. */
export { type Erasure, erase, type Hold, hold, standingHold } from './erasure.ts'
export { type Alike, alike, remember } from './likeness.ts'
export { type Chain, chainOf, link, RELATIONS } from './link.ts'
export { type Document, disclosed, type Message, type Region } from './read/document.ts'
export { type Entry, readBytes, readPath } from './read/entry.ts'
export { findLanguageData, type LanguageData, setLanguageData } from './read/ocr-data.ts'
export { readSealed } from './read-sealed.ts'
export { type Fault, type Verification, verify } from './verify.ts'

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
  /** By whose authority it was erased, and why; null where its bytes are kept. */
  readonly withheld: Table.Tombstone | null
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
  return sealPieces(store, entry, { sha256, bytes: bytes.length, pieces: () => [bytes] }, source, clock)
}

/** What is sealed piece by piece, because it does not fit memory. */
export type Long = {
  readonly sha256: string
  readonly bytes: number
  readonly pieces: () => Iterable<Uint8Array>
  /** Told after each piece of what takes long; may throw to stop there, and the next call goes on from there. */
  readonly onPiece?: (done: number) => void
}

type Sealable = Pick<Entry, 'path' | 'mediaType' | 'encoding' | 'container' | 'seen'>

/** `seal`, for bytes that come in pieces. Failures: Capture.Withheld, Capture.Changed. */
export function sealPieces(
  store: Store,
  entry: Sealable,
  { sha256, bytes, pieces, onPiece }: Long,
  source: Source,
  clock: Clock,
): Sealed {
  const tombstone = Table.findTombstone(store, sha256)
  if (tombstone !== undefined) throw withheld(tombstone)
  const isKept = Table.findSeal(store, sha256) !== undefined
  const kept = isKept ? null : onPiece ? store.vault.putLong(sha256, bytes, pieces, onPiece) : store.vault.put(pieces())
  if (kept !== null && kept.sha256 !== sha256) {
    store.vault.remove(kept.file)
    store.vault.keys().forget(kept.file)
    throw changed(entry.path)
  }
  const isNew = store.transaction(() => {
    const isFirst = record(store, entry, { sha256, bytes, commitment: kept?.commitment ?? null }, source, clock())
    if (kept !== null) Table.insertSeal(store, sha256, kept)
    if (entry.seen !== undefined) keepSeen(store, sha256, entry.seen, source.collector, clock())
    return isFirst
  })
  return { capture: show(store, sha256), isNew }
}

/** One capture with its origins and custody; eight digits of its hash are enough. Failures: Capture.Unknown. */
export function show(store: Store, sha256: string): Capture {
  return whole(store, resolve(store, sha256))
}

/** All captures in the order in which they were sealed, or those of a campaign. */
export function list(store: Store, campaign: string | null = null): Capture[] {
  return Table.listCaptures(store, campaign).map(row => whole(store, row))
}

function whole(store: Store, row: Table.CaptureRow): Capture {
  const { sha256 } = row
  const withheld = Table.findTombstone(store, sha256) ?? null
  return { ...row, origins: Table.listOrigins(store, sha256), custody: Table.custodyOf(store, sha256), withheld }
}

/**
 * The sealed bytes, checked against their hash as they are read.
 *
 * Failures: File.Missing, File.Altered, Vault.NoKey, Capture.Withheld.
 */
export function open(store: Store, sha256: string): Uint8Array {
  const row = resolve(store, sha256)
  const tombstone = Table.findTombstone(store, row.sha256)
  if (tombstone !== undefined) throw withheld(tombstone)
  return bytesOf(store, row.sha256)
}

/** The sealed bytes, or null where they were erased. Failures: File.Missing, File.Altered, Vault.NoKey. */
export function openUnlessWithheld(store: Store, sha256: string): Uint8Array | null {
  const row = resolve(store, sha256)
  return Table.findTombstone(store, row.sha256) === undefined ? bytesOf(store, row.sha256) : null
}

type Kept = { readonly sha256: string; readonly bytes: number; readonly commitment: string | null }

function record(store: Store, entry: Sealable, { sha256, bytes, commitment }: Kept, source: Source, now: Instant) {
  const isNew = Table.findCapture(store, sha256) === undefined
  const mediaType = entry.mediaType ?? 'application/octet-stream'
  const origin = originOf(entry, sha256, source, now)
  if (!isNew && Table.listOrigins(store, sha256).some(known => isSameOrigin(known, origin))) return false
  const row = { sha256, mediaType, encoding: entry.encoding, bytes, sealedAt: now }
  if (isNew) Table.insertCapture(store, row)
  Table.insertOrigin(store, origin)
  const detail = Table.detailOf(isNew ? Seal.fileOf(Seal.NOW, row, commitment) : {}, origin)
  const what = {
    sha256,
    action: isNew ? 'sealed' : 'received',
    at: now,
    by: source.collector,
    tool: TOOL,
    detail: JSON.stringify(detail),
  } as const
  Table.insertCustody(store, Custody.append(Table.lastCustody(store) ?? null, what))
  return isNew
}

/** Headers and the like can be erased; custody keeps their digest. */
function keepSeen(store: Store, sha256: string, seen: Seen, by: string, at: Instant): void {
  const text = JSON.stringify(seen)
  if (Table.fetchesOf(store, sha256).includes(text)) return
  Table.insertFetch(store, sha256, text)
  const detail = JSON.stringify({ fetch: sha256Hex(text) })
  const what = { sha256, action: 'fetched', at, by, tool: TOOL, detail } as const
  Table.insertCustody(store, Custody.append(Table.lastCustody(store) ?? null, what))
}

/** What was seen of the fetching of a capture: by us, or by the crawler whose archive it came in. */
export function seenOf(store: Store, sha256: string): Seen[] {
  return Table.fetchesOf(store, resolve(store, sha256).sha256).map(text => JSON.parse(text) as Seen)
}

function originOf(
  entry: Pick<Entry, 'path' | 'container'>,
  sha256: string,
  source: Source,
  now: Instant,
): Omit<Table.OriginRow, 'id'> {
  const { path, container } = entry
  return { sha256, path, parentSha256: container?.sha256 ?? null, ...source, capturedAt: now, tool: TOOL }
}

/** The time apart: the same bytes named the same way again are the same coming. */
function isSameOrigin(a: Omit<Table.OriginRow, 'id'>, b: Omit<Table.OriginRow, 'id'>): boolean {
  const keys = ['path', 'parentSha256', 'sourceUrl', 'postedAt', 'collector', 'campaign'] as const
  return keys.every(key => a[key] === b[key])
}

function nothingToSeal(path: string): Failure {
  return new Failure('Capture.NothingToSeal', 'input', `"${path}" has no bytes that could be sealed.`, {
    hint: 'See the failure of the file itself.',
    facts: { path },
  })
}

function withheld({ sha256, authority, reason }: Table.Tombstone): Failure {
  return new Failure('Capture.Withheld', 'denied', `The capture ${sha256} was erased by authority of ${authority}.`, {
    hint: `Reason given: ${reason}. Its key was destroyed; its custody log stays.`,
    facts: { sha256, authority, reason },
  })
}

function changed(path: string): Failure {
  return new Failure('Capture.Changed', 'conflict', `"${path}" changed while it was read.`, {
    hint: 'Nothing was sealed. Run the command again when nothing writes to it.',
    facts: { path },
  })
}
