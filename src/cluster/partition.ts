import type { UtxoColumns } from '../ledger/ledger.ts'
import type { Change } from './change.ts'
import { createForest, extend, type Forest, find, sizeOf, unite } from './forest.ts'
import { linkedBy, linkOf, type Refusal } from './link.ts'

/** Addresses of one ledger in clusters. Rows of addresses in, rows of addresses out. */
export type Partition = {
  /** What it was made with, null: the multi-input heuristic alone. */
  readonly change: Change | null
  /** A row that stands for the cluster; only good for comparing. */
  find(address: number): number
  sizeOf(address: number): number
  /** Ascending. */
  membersOf(address: number): Uint32Array
  /** Transactions that would have linked addresses and were refused, ascending. */
  readonly refused: ReadonlyMap<number, Refusal>
  /** Transactions that joined two large clusters, in ledger order. */
  readonly merges: readonly Merge[]
  /** The sets themselves, for `grow`. */
  readonly forest: Forest
  readonly columns: UtxoColumns
}

/** A transaction that joined two clusters of `LARGE` addresses each or more, and what they were before it. */
export type Merge = { readonly transaction: number; readonly sizes: readonly [number, number] }

/**
 * Addresses from which on a cluster is large: joining two such is raised as an alarm. Ours. Most clusters have fewer
 * than ten addresses, and super-clusters arise from single wrong merges (Harrigan and Fretter, UIC 2016).
 */
export const LARGE = 100

/** One pass over the inputs, in ledger order. */
export function partition(columns: UtxoColumns, change: Change | null = null): Partition {
  return build(columns, change, createForest(columns.addresses.count), 0, new Map(), [])
}

/**
 * The partition of a ledger that has grown: equal to a rebuild. Only new transactions are looked at where the older
 * columns are the beginning of the new ones, and all of them otherwise (reorganised, blocks put in between, values read
 * since), and with change heuristics that look at later spends.
 */
export function grow(before: Partition, columns: UtxoColumns): Partition {
  const { change, columns: old } = before
  if (change?.heuristics.some(heuristic => heuristic.looksAhead) || !isBeginning(old, columns)) {
    return partition(columns, change)
  }
  const forest = extend(before.forest, columns.addresses.count)
  const { count } = old.transactions
  return build(columns, change, forest, count, new Map(before.refused), [...before.merges])
}

/** The multi-input partition of a ledger whose first `from` transactions are in the forest, which is changed. */
export function continued(
  columns: UtxoColumns,
  forest: Forest,
  from: number,
  refused: Map<number, Refusal>,
  merges: Merge[],
): Partition {
  return build(columns, null, forest, from, refused, merges)
}

/** Pairs that are joined at once. */
const PAIRS = 1 << 16

function build(
  columns: UtxoColumns,
  change: Change | null,
  forest: Forest,
  from: number,
  refused: Map<number, Refusal>,
  merges: Merge[],
): Partition {
  const room = Math.min(PAIRS, Math.max(1, columns.inputs.count))
  const [a, b, reason] = [new Uint32Array(room), new Uint32Array(room), new Uint32Array(room)]
  let pairs = 0
  const flush = (): void => {
    unite(forest, a, b, pairs, LARGE, (pair, greater, less) => {
      merges.push({ transaction: reason[pair]!, sizes: [greater, less] })
    })
    pairs = 0
  }
  for (let transaction = from; transaction < columns.transactions.count; transaction++) {
    const link = linkOf(columns, transaction, change)
    if (link.refused !== null) refused.set(transaction, link.refused)
    const linked = linkedBy(link)
    for (let i = 1; i < linked.length; i++) {
      a[pairs] = linked[0]!
      b[pairs] = linked[i]!
      reason[pairs++] = transaction
      if (pairs === room) flush()
    }
  }
  flush()
  const members = membersBy(forest)
  return {
    ...{ change, columns, forest, refused, merges },
    find: address => find(forest, address),
    sizeOf: address => sizeOf(forest, address),
    membersOf: address => members(address),
  }
}

/** Members of any cluster: rows sorted by cluster at the first question, so that later ones need no pass. */
function membersBy(forest: Forest): (address: number) => Uint32Array {
  let index: { readonly end: Uint32Array; readonly rows: Uint32Array } | undefined
  return address => {
    const root = find(forest, address)
    const size = -forest[root]!
    if (size === 1) return Uint32Array.of(address)
    index ??= indexOf(forest)
    return index.rows.slice(index.end[root]! - size, index.end[root]!)
  }
}

function indexOf(forest: Forest): { end: Uint32Array; rows: Uint32Array } {
  const end = new Uint32Array(forest.length)
  for (let row = 0, next = 0; row < forest.length; row++) {
    if (forest[row]! >= 0) continue
    end[row] = next
    next -= forest[row]!
  }
  const rows = new Uint32Array(forest.length)
  for (let row = 0; row < forest.length; row++) rows[end[find(forest, row)]!++] = row
  return { end, rows }
}

/** Whether the older columns are the first rows of the newer ones, in all that clustering looks at. */
function isBeginning(old: UtxoColumns, columns: UtxoColumns): boolean {
  const { transactions, inputs, outputs } = old
  if (old.network !== columns.network || old.addresses.count > columns.addresses.count) return false
  if (transactions.count > columns.transactions.count) return false
  return (
    starts(transactions.txid, columns.transactions.txid, 32 * transactions.count) &&
    starts(transactions.coinbase, columns.transactions.coinbase, transactions.count) &&
    starts(transactions.firstInput, columns.transactions.firstInput, transactions.count + 1) &&
    starts(transactions.firstOutput, columns.transactions.firstOutput, transactions.count + 1) &&
    starts(inputs.address, columns.inputs.address, inputs.count) &&
    starts(inputs.units, columns.inputs.units, inputs.count) &&
    starts(inputs.flags, columns.inputs.flags, inputs.count) &&
    starts(outputs.address, columns.outputs.address, outputs.count)
  )
}

type Column = Uint8Array | Uint32Array | BigUint64Array

/** A txid commits to outputs and outpoints, so equal columns under equal txids mean equal addresses. */
function starts(old: Column, now: Column, count: number): boolean {
  if (now.length < count) return false
  const bytes = count * old.BYTES_PER_ELEMENT
  const view = (column: Column) => Buffer.from(column.buffer, column.byteOffset, bytes)
  return view(old).equals(view(now))
}
