import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import type { Store } from '../store/store.ts'
import { staleAfterDays } from './format.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'

/** One list as it stands, with how old it is. */
export type ListStatus = {
  readonly authority: string
  readonly list: string
  readonly title: string | null
  readonly kind: 'designations' | 'labels'
  readonly format: string
  readonly version: string
  readonly publishedAt: string
  readonly knownAt: string
  readonly sha256: string
  readonly versions: number
  readonly addresses: number
  readonly entries: number
  readonly invalid: number
  readonly ageDays: number
  readonly staleAfterDays: number
  readonly stale: boolean
}

/** Every list that was imported by then, the version published last, and whether it is too old to rest on. */
export function status(store: Store, now: Instant): ListStatus[] {
  const found: ListStatus[] = []
  for (const rows of Map.groupBy(Table.versions(store), row => row.list).values()) {
    const ordered = Timeline.order(
      rows.map(row => ({ ...row, publishedAt: row.published_at, knownAt: row.known_at })),
      now,
    )
    const row = ordered.at(-1)
    if (row !== undefined) found.push(toStatus(row, ordered.length, now))
  }
  return found.sort((a, b) =>
    a.authority === b.authority ? compare(a.list, b.list) : compare(a.authority, b.authority),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function toStatus(row: Table.VersionRow, versions: number, now: Instant): ListStatus {
  const counts = JSON.parse(row.counts) as { addresses: number; entries: number; invalid: number }
  const ageDays = Math.max(0, Math.floor((now - row.published_at) / Instants.DAY_SECONDS))
  const limit = staleAfterDays(row.authority, row.designates === 1)
  return {
    authority: row.authority,
    list: row.name,
    title: row.title,
    kind: row.designates === 1 ? 'designations' : 'labels',
    format: row.format,
    version: row.version,
    publishedAt: Instants.format(row.published_at),
    knownAt: Instants.format(row.known_at),
    sha256: row.sha256,
    versions,
    addresses: counts.addresses,
    entries: counts.entries,
    invalid: counts.invalid,
    ageDays,
    staleAfterDays: limit,
    stale: ageDays > limit,
  }
}
