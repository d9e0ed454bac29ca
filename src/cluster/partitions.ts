import type { Columns, UtxoColumns } from '../ledger/ledger.ts'
import type { Store } from '../store/store.ts'
import type { Change } from './change.ts'
import { openClusters } from './kept.ts'
import { grow, type Partition, partition } from './partition.ts'

/** One pass a ledger: kept with the columns, which live until a newer manifest; one for each set of heuristics. */
const PARTITIONS = new WeakMap<Columns, Map<string, Partition>>()

/** The newest partition of each network and set of heuristics: what a grown ledger is clustered from. */
const LATEST = new Map<string, Partition>()

/** The partition of a UTXO ledger; null on account chains. */
export function partitionOf(columns: Columns, change: Change | null = null, store?: Store): Partition | null {
  if (columns.shape !== 'utxo') return null
  const reason = change?.reason ?? ''
  const kept = PARTITIONS.get(columns) ?? new Map<string, Partition>()
  PARTITIONS.set(columns, kept)
  const known = kept.get(reason)
  if (known !== undefined) return known
  const latest = LATEST.get(`${columns.network} ${reason}`)
  const fresh = latest === undefined ? first(columns, change, store) : grow(latest, columns)
  kept.set(reason, fresh)
  LATEST.set(`${columns.network} ${reason}`, fresh)
  return fresh
}

/** What `ledger add` kept is gone on from; only it writes. */
function first(columns: UtxoColumns, change: Change | null, store: Store | undefined): Partition {
  return change === null && store !== undefined ? openClusters(store, columns) : partition(columns, change)
}
