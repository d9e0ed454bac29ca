import { partitionOf } from '../../cluster/cluster.ts'
import type { Columns } from '../../ledger/ledger.ts'
import type { Store } from '../../store/store.ts'

/** A cluster in two words: the member that sorts first, and how many they are. */
export type ClusterName = { readonly name: string; readonly size: number }

/** Null on account chains, which have no clusters. */
export function clusterOf(columns: Columns, row: number, store: Store): ClusterName | null {
  const members = partitionOf(columns, null, store)?.membersOf(row)
  return members === undefined ? null : { name: nameOf(columns, [...members]), size: members.length }
}

/** Members whose names are compared for the name of their cluster. */
const NAMED_MAX = 20_000

export function nameOf(columns: Columns, rows: readonly number[]): string {
  let least = columns.addresses.format(rows[0]!)
  for (const row of rows.slice(1, NAMED_MAX)) {
    const name = columns.addresses.format(row)
    if (name < least) least = name
  }
  return least
}
