import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import type { Entry } from './entry.ts'
import { keyTarget } from './judgement.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'

/** A list as it stands, ready to be handed on: what every writer of an exchange format takes. */
export type Pack = {
  readonly authority: string
  readonly list: string
  readonly title: string
  readonly version: string
  readonly publishedAt: Instant
  /** Digest of the list as it was read; null for what no list says (a case). */
  readonly sha256: string | null
  readonly entries: readonly Entry[]
  /** Entries that were judged `no` and so are not handed on. */
  readonly leftOut: number
}

/** Entries of all packs of one export; more belongs in the lists themselves. */
export const ENTRIES_MAX = 1_000_000

/**
 * The lists of an authority (of all, where null) in the version in force: designations by the valid clock, labels as
 * last known. Labels judged `no` by then are left out and counted. Failures: List.UnknownAuthority by the caller's
 * words, List.TooMuch.
 */
export function packs(store: Store, authority: string | null, asOf: Instant, knownAt: Instant): Pack[] {
  const wanted = authority?.toLowerCase()
  const rows = Table.versions(store).filter(row => wanted === undefined || row.authority.toLowerCase() === wanted)
  if (rows.length === 0 && authority !== null) throw unknownAuthority(store, authority)
  const refused = refusedBy(store, knownAt)
  const found: Pack[] = []
  let count = 0
  for (const versions of Map.groupBy(rows, row => row.list).values()) {
    const row = inForce(versions, asOf, knownAt)
    if (row === null) continue
    const pack = packOf(store, row, refused)
    count += pack.entries.length
    if (count > ENTRIES_MAX) throw tooMuch(count)
    found.push(pack)
  }
  return found
}

function inForce(versions: readonly Table.VersionRow[], asOf: Instant, knownAt: Instant): Table.VersionRow | null {
  const dated = versions.map(row => ({ ...row, publishedAt: row.published_at, knownAt: row.known_at }))
  const ordered = Timeline.order(dated, knownAt)
  if (versions[0]!.designates === 0) return ordered.at(-1) ?? null
  return ordered.findLast(one => one.publishedAt <= asOf) ?? null
}

function packOf(store: Store, row: Table.VersionRow, refused: ReadonlySet<string>): Pack {
  const members = Table.members(store, row.list, row.id)
  const kept = refused.size === 0 ? members : members.filter(member => !refused.has(keyTarget(member)))
  return {
    ...{ authority: row.authority, list: row.name, title: row.title ?? `${row.authority}: ${row.name}` },
    ...{ version: row.version, publishedAt: row.published_at, sha256: row.sha256 },
    entries: kept.map(Table.toEntry),
    leftOut: members.length - kept.length,
  }
}

function refusedBy(store: Store, knownAt: Instant): ReadonlySet<string> {
  const last = new Map<string, string>()
  for (const row of Table.judgements(store, null)) if (row.known_at <= knownAt) last.set(row.target, row.verdict)
  return new Set([...last].filter(([, verdict]) => verdict === 'no').map(([target]) => target))
}

export function unknownAuthority(store: Store, authority: string): Failure {
  const known = [...new Set(Table.versions(store).map(row => row.authority))].slice(0, 30)
  return new Failure('List.UnknownAuthority', 'missing', `No list of “${authority.slice(0, 80)}” was imported.`, {
    hint: known.length === 0 ? 'Import one: `athar list add FORMAT FILE`.' : `Imported: ${known.join(', ')}.`,
    facts: { authority: authority.slice(0, 80), known },
  })
}

function tooMuch(entries: number): Failure {
  return new Failure('List.TooMuch', 'limit', `The lists hold more than ${ENTRIES_MAX} entries (${entries}).`, {
    hint: 'Export one authority at a time: --authority.',
    facts: { entries, entriesMax: ENTRIES_MAX },
  })
}
