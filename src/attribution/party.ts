import type { Instant } from '../model/instant.ts'
import type { Store } from '../store/store.ts'
import type { Actor, Party } from './entry.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'

/** A listed party with the list that names it: what name matching reads. */
export type PartyRecord = Party & { readonly authority: string; readonly version: string } & Seen

/** Publication of the first and the last known version that show it, and of the one that changed it last. */
type Seen = { readonly firstSeen: Instant; readonly lastSeen: Instant; readonly lastChange: Instant }

/** Parties of all lists, as the version known last by then names them. */
export function* parties(store: Store, knownAt: Instant): Generator<PartyRecord> {
  for (const { authority, version, rows, seenOf } of current(store, knownAt, 'entity')) {
    for (const row of rows) yield { ...(JSON.parse(row.content) as Party), authority, version, ...seenOf(row) }
  }
}

/** The actor of a pack by its id (the `entity` of a label), as known by then, or undefined. */
export function actor(store: Store, id: string, knownAt: Instant): Actor | undefined {
  for (const [list, versions] of Map.groupBy(Table.versions(store), row => row.list)) {
    const last = lastOf(versions, knownAt)
    if (last === undefined) continue
    const rows = Table.entriesByKey(store, list, 'actor', id)
    const row = rows.find(one => Timeline.isMember(Table.changesOf(store, one.id), last.id))
    if (row !== undefined) return JSON.parse(row.content) as Actor
  }
  return undefined
}

type Current = {
  authority: string
  version: string
  rows: Table.EntryRow[]
  seenOf(row: Table.EntryRow): Seen
}

function* current(store: Store, knownAt: Instant, kind: 'entity'): Generator<Current> {
  for (const [list, versions] of Map.groupBy(Table.versions(store), row => row.list)) {
    const last = lastOf(versions, knownAt)
    if (last === undefined) continue
    const changes = Map.groupBy(Table.changesOfList(store, list), change => change.entry)
    const all = Table.entriesOfList(store, list, [kind])
    const rows = all.filter(row => Timeline.isMember(changes.get(row.id) ?? [], last.id))
    const published = new Map(versions.map(one => [one.id, one.published_at]))
    const since = ({ id }: Table.EntryRow) => {
      const came = (changes.get(id) ?? []).filter(one => one.present === 1 && one.version <= last.id)
      return came.map(one => published.get(one.version) ?? last.published_at)
    }
    const byKey = Map.groupBy(all, row => row.key)
    const seenOf = (row: Table.EntryRow): Seen => ({
      firstSeen: Math.min(...(byKey.get(row.key) ?? [row]).flatMap(since)),
      lastSeen: last.published_at,
      lastChange: Math.max(...since(row)),
    })
    yield { authority: last.authority, version: last.version, rows, seenOf }
  }
}

function lastOf(versions: readonly Table.VersionRow[], knownAt: Instant): Table.VersionRow | undefined {
  const rows = versions.map(row => ({ ...row, publishedAt: row.published_at, knownAt: row.known_at }))
  return Timeline.order(rows, knownAt).at(-1)
}
