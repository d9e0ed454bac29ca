import { type Partition, partition, why } from '../cluster/cluster.ts'
import type { Columns, UtxoColumns } from '../ledger/ledger.ts'
import { isRisk } from './policy.ts'
import { held, type Reason } from './reason.ts'
import type { Touch } from './touch.ts'

/**
 * What the cluster of an address is known as: its other addresses, held to be one holder's since they sign together
 * (multi-input heuristic, docs/methods/cluster.md). A stranger cannot bring that about: it takes the keys of both.
 *
 * Nothing is taken over from a large cluster or from one that holds a labelled service: a listed deposit address makes
 * neither the exchange nor its customers listed.
 */
export type Holding = { readonly other: string; readonly touch: Touch; readonly reason: Reason }

/** Addresses of a cluster up to which a listing is taken over. Ours: a campaign's wallet, not a service's. */
export const MEMBERS_MAX = 1000

/** Members that are named. */
const NAMED_MAX = 3

export function holdingsOf(columns: Columns, row: number, touchOfName: (address: string) => Touch | null): Holding[] {
  if (columns.shape === 'account') return []
  const members = membersOf(columns, row)
  if (members.length < 2 || members.length > MEMBERS_MAX) return []
  const known = Array.from(members, member => columns.addresses.format(member))
    .map(other => ({ other, touch: touchOfName(other) }))
    .filter((one): one is { other: string; touch: Touch } => one.touch !== null)
  if (known.some(({ touch }) => touch.custodial)) return []
  const subject = columns.addresses.format(row)
  return known
    .filter(({ other, touch }) => other !== subject && isRisk(touch.category))
    .slice(0, NAMED_MAX)
    .map(({ other, touch }) => {
      const { witness } = why(columns, subject, other)
      const { network } = columns
      const transactions = witness.map(({ txid }) => ({ kind: 'transaction' as const, network, txid }))
      return { other, touch, reason: held(other, touch, transactions) }
    })
}

type Index = { readonly clusters: Partition; readonly first: Map<number, number>; readonly rows: Uint32Array }

/** One partition for each ledger snapshot; it goes when the snapshot goes. */
const INDEXES = new WeakMap<UtxoColumns, Index>()

function membersOf(columns: UtxoColumns, row: number): Uint32Array {
  const index = INDEXES.get(columns) ?? indexOf(columns)
  INDEXES.set(columns, index)
  const start = index.first.get(index.clusters.find(row))!
  return index.rows.subarray(start, start + index.clusters.sizeOf(row))
}

/** Rows sorted by cluster, so that the members of each lie together: one pass instead of one for each question. */
function indexOf(columns: UtxoColumns): Index {
  const clusters = partition(columns)
  const { count } = columns.addresses
  const first = new Map<number, number>()
  let next = 0
  for (let row = 0; row < count; row++) {
    const root = clusters.find(row)
    if (first.has(root)) continue
    first.set(root, next)
    next += clusters.sizeOf(row)
  }
  const filled = new Map(first)
  const rows = new Uint32Array(count)
  for (let row = 0; row < count; row++) {
    const root = clusters.find(row)
    const at = filled.get(root)!
    rows[at] = row
    filled.set(root, at + 1)
  }
  return { clusters, first, rows }
}
