import type { UtxoColumns } from '../ledger/ledger.ts'
import type { Change } from './change.ts'
import { linkedBy, linkOf } from './link.ts'

/**
 * One cluster as a graph of two kinds of nodes: addresses, and the transactions that link them. Local numbers.
 */
export type Component = {
  /** Row of each address. */
  readonly addresses: readonly number[]
  /** Row of each linking transaction. */
  readonly transactions: readonly number[]
  /** Local addresses of each transaction, and local transactions of each address. */
  readonly linked: readonly (readonly number[])[]
  readonly linking: readonly (readonly number[])[]
  /** Row of the address that took each transaction's change and was linked for it, NONE: none was. */
  readonly change: readonly number[]
  /** The limit cut it: what is here is a part of the cluster. */
  readonly truncated: boolean
}

/** The cluster around an address, breadth first, up to `limit` links between addresses and transactions. */
export function componentOf(
  columns: UtxoColumns,
  start: number,
  limit: number,
  heuristics: Change | null = null,
): Component {
  const addresses = [start]
  const local = new Map([[start, 0]])
  const transactions: number[] = []
  const change: number[] = []
  const known = new Set<number>()
  const linked: number[][] = []
  const linking: number[][] = [[]]
  let links = 0
  for (let at = 0; at < addresses.length && links < limit; at++) {
    for (const transaction of columns.addresses.transactionsOf(addresses[at]!)) {
      if (known.has(transaction)) continue
      const link = linkOf(columns, transaction, heuristics)
      const held = linkedBy(link)
      if (held.length < 2 || !held.includes(addresses[at]!)) continue
      const number = transactions.length
      known.add(transaction)
      transactions.push(transaction)
      change.push(link.change)
      linked.push([])
      links += held.length
      for (const address of held) {
        const place = local.get(address) ?? addresses.length
        if (place === addresses.length) {
          local.set(address, place)
          addresses.push(address)
          linking.push([])
        }
        linked[number]!.push(place)
        linking[place]!.push(number)
      }
    }
  }
  return { addresses, transactions, linked, linking, change, truncated: links >= limit }
}

/** One step of a chain: a transaction and the two addresses that it links, local numbers. */
export type Step = { readonly transaction: number; readonly from: number; readonly to: number }

/** A chain of fewest transactions between two addresses, or undefined; `without` transactions are left out. */
export function shortest(
  { linked, linking, addresses }: Component,
  from: number,
  to: number,
  without: ReadonlySet<number> = new Set(),
): Step[] | undefined {
  const via = new Int32Array(addresses.length).fill(-1)
  const before = new Int32Array(addresses.length).fill(-1)
  const used = new Set(without)
  const queue = [from]
  before[from] = from
  for (let at = 0; at < queue.length && before[to] === -1; at++) {
    for (const transaction of linking[queue[at]!]!) {
      if (used.has(transaction)) continue
      used.add(transaction)
      for (const address of linked[transaction]!) {
        if (before[address] !== -1) continue
        before[address] = queue[at]!
        via[address] = transaction
        queue.push(address)
      }
    }
  }
  if (before[to] === -1) return undefined
  const chain: Step[] = []
  for (let at = to; at !== from; at = before[at]!) chain.push({ transaction: via[at]!, from: before[at]!, to: at })
  return chain.reverse()
}
