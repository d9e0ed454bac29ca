import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import type { ListedAddress } from './entry.ts'
import { standingOf } from './label.ts'
import { unknownAuthority } from './pack.ts'
import { spells } from './spell.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'

/** An address in the answer. `network` is the first on which it stands, or the chain that only the symbol names. */
export type DiffRow = {
  readonly address: string
  readonly network: NetworkId | string | null
  readonly networks: readonly NetworkId[]
  readonly entity: string
  readonly program: readonly string[]
  readonly asset: string | null
}

export type ChangedRow = DiffRow & { readonly before: { readonly entity: string; readonly program: readonly string[] } }

export type Diff = {
  readonly authority: string
  readonly from: string
  readonly to: string
  readonly added: readonly DiffRow[]
  /** Delisted, or lapsed by time: `why` says which. */
  readonly removed: readonly (DiffRow & { readonly why: 'removed' | 'expired' })[]
  readonly changed: readonly ChangedRow[]
  readonly versions: readonly { readonly list: string; readonly version: string }[]
}

/** What an authority's designations in force on one day have that those of another day have not, as known now. */
export function diff(store: Store, authority: string, from: Instant, to: Instant, knownAt: Instant): Diff {
  const wanted = authority.toLowerCase()
  const rows = Table.versions(store).filter(row => row.authority.toLowerCase() === wanted && row.designates === 1)
  if (rows.length === 0) throw unknownAuthority(store, authority)
  const answer: Mutable = { added: [], removed: [], changed: [] }
  for (const [list, versions] of Map.groupBy(rows, row => row.list)) {
    const ordered = Timeline.order(versions.map(toVersion), knownAt)
    compareList(store, list, ordered, from, to, answer)
  }
  const inTime = rows.filter(row => row.known_at <= knownAt).sort((a, b) => a.published_at - b.published_at)
  return {
    ...{ authority: rows[0]!.authority, from: Instants.format(from), to: Instants.format(to), ...answer },
    versions: inTime.map(row => ({ list: row.name, version: row.version })),
  }
}

type Mutable = {
  added: DiffRow[]
  removed: (DiffRow & { why: 'removed' | 'expired' })[]
  changed: ChangedRow[]
}

function toVersion(row: Table.VersionRow): Timeline.Version {
  return { id: row.id, publishedAt: row.published_at, knownAt: row.known_at }
}

type Stored = { readonly row: Table.EntryRow; readonly content: ListedAddress; readonly listedAt: Instant | null }

function compareList(
  store: Store,
  list: number,
  versions: readonly Timeline.Version[],
  from: Instant,
  to: Instant,
  answer: Mutable,
): void {
  const changes = Map.groupBy(Table.changesOfList(store, list), change => change.entry)
  const byKey = Map.groupBy(Table.entriesOfList(store, list, ['address']), row => row.key)
  for (const rows of byKey.values()) {
    const stored = rows.map(row => {
      const content = JSON.parse(row.content) as ListedAddress
      return { row, content, listedAt: content.listedAt }
    })
    const shown = versions.map(version => ({
      version,
      content: stored.find(one => Timeline.isMember(changes.get(one.row.id) ?? [], version.id)) ?? null,
    }))
    judge(inForce(shown, from), inForce(shown, to), answer)
  }
}

type Force = { readonly stored: Stored; readonly lapsed: boolean } | null

function inForce(shown: readonly Timeline.Shown<Stored>[], asOf: Instant): Force {
  for (const { from, removedAt, stored } of spells(shown, asOf)) {
    const { expiresAt } = stored.content
    const standing = standingOf({ listedAt: from, removedAt, expiresAt }, asOf)
    if (standing === 'listed' || standing === 'expired') return { stored, lapsed: standing === 'expired' }
  }
  return null
}

function judge(before: Force, after: Force, answer: Mutable): void {
  const was = before !== null && !before.lapsed
  const is = after !== null && !after.lapsed
  if (!was && is) answer.added.push(toRow(after.stored))
  if (was && !is) {
    const why = after === null ? 'removed' : 'expired'
    answer.removed.push({ ...toRow(before.stored), why })
  }
  if (was && is && before.stored.row.id !== after.stored.row.id) {
    const { entity, program } = before.stored.content
    answer.changed.push({ ...toRow(after.stored), before: { entity, program } })
  }
}

function toRow({ row, content }: Stored): DiffRow {
  const networks = row.networks === '' ? [] : (row.networks.split(',') as NetworkId[])
  const { entity, program, asset, foreign } = content
  return { address: row.address!, network: networks[0] ?? foreign, networks, entity, program, asset }
}
