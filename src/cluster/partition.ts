import type { UtxoColumns } from '../ledger/ledger.ts'
import { linkOf, type Refusal } from './link.ts'

/** Addresses of one ledger in clusters. Rows of addresses in, rows of addresses out. */
export type Partition = {
  /** A row that stands for the cluster; only good for comparing. */
  find(address: number): number
  sizeOf(address: number): number
  /** Ascending. */
  membersOf(address: number): Uint32Array
  /** Transactions that would have linked addresses and were refused, ascending. */
  readonly refused: ReadonlyMap<number, Refusal>
}

/** One pass over the inputs: union by size with path halving (Tarjan and van Leeuwen 1984). */
export function partition(columns: UtxoColumns): Partition {
  const count = columns.addresses.count
  const parent = new Uint32Array(count)
  const size = new Uint32Array(count).fill(1)
  for (let i = 0; i < count; i++) parent[i] = i
  const refused = new Map<number, Refusal>()
  for (let transaction = 0; transaction < columns.transactions.count; transaction++) {
    if (columns.transactions.coinbase[transaction] === 1) continue
    const link = linkOf(columns, transaction)
    if (link.refused !== null) refused.set(transaction, link.refused)
    for (let i = 1; i < link.addresses.length; i++) union(parent, size, link.addresses[0]!, link.addresses[i]!)
  }
  return {
    find: address => find(parent, address),
    sizeOf: address => size[find(parent, address)]!,
    membersOf: address => members(parent, size, address),
    refused,
  }
}

function find(parent: Uint32Array, member: number): number {
  while (parent[member] !== member) {
    parent[member] = parent[parent[member]!]!
    member = parent[member]!
  }
  return member
}

function union(parent: Uint32Array, size: Uint32Array, a: number, b: number): void {
  let [large, small] = [find(parent, a), find(parent, b)]
  if (large === small) return
  if (size[large]! < size[small]!) [large, small] = [small, large]
  parent[small] = large
  size[large]! += size[small]!
}

function members(parent: Uint32Array, size: Uint32Array, address: number): Uint32Array {
  const root = find(parent, address)
  const list = new Uint32Array(size[root]!)
  if (list.length === 1) list[0] = address
  else for (let row = 0, at = 0; at < list.length; row++) if (find(parent, row) === root) list[at++] = row
  return list
}
