import type { Columns, UtxoColumns } from '../ledger/ledger.ts'
import { type Coverage, unread } from '../model/coverage.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { type Component, componentOf, type Step, shortest } from './component.ts'
import { smallestCut } from './cut.ts'
import { type ErrorRate, MULTI_INPUT } from './error-rate.ts'
import type { Partition } from './partition.ts'

/** Addresses held to be one holder's, with the linking transaction of every merge: docs/methods/cluster.md. */
export { detect as detectCoinJoin } from './coinjoin.ts'
export { linkOf, type Refusal } from './link.ts'
export { type Partition, partition } from './partition.ts'

/** The cluster of an address. A cluster is a hypothesis, so it travels with its heuristics and their error rates. */
export type Cluster = {
  readonly address: string
  /** The member that sorts first names the cluster; it changes when a smaller address joins. */
  readonly cluster: string
  readonly size: number
  /** Sorted; at most `ADDRESSES_SHOWN`, see `note`. */
  readonly addresses: readonly string[]
  readonly heuristics: readonly { readonly name: string; readonly version: string; readonly errorRate: ErrorRate }[]
  /** Transactions of its members that would have linked more, and why they were refused. */
  readonly refused: readonly { readonly txid: string; readonly reason: string }[]
  readonly coverage: Coverage
  readonly note: string | null
}

/** Why two addresses are, or are not, in one cluster. */
export type Why = {
  readonly linked: boolean
  /** A shortest chain of linking transactions, each with the two addresses that it links. */
  readonly witness: readonly {
    readonly txid: string
    readonly heuristic: string
    readonly addresses: readonly string[]
  }[]
  /** The fewest transactions whose removal separates the two. */
  readonly cut: readonly string[]
  /** Where the search was bounded: no smaller cut separates them. */
  readonly cutAtLeast: number | null
  /** Computed again without the transactions of `cut`. */
  readonly without: { readonly linked: boolean }
  readonly coverage: Coverage
  readonly note: string | null
}

/** `clusters` saves a pass where the partition of these columns is at hand. */
export function show(columns: Columns, address: string, clusters: Partition | null): Cluster {
  const row = columns.addresses.find(address)
  const lone = { address, cluster: address, size: 1, addresses: [address], heuristics: [], refused: [] }
  if (row === undefined) {
    return { ...lone, coverage: columns.coverage(), note: notRead(columns, [address]) }
  }
  if (columns.shape === 'account' || clusters === null) {
    return { ...lone, coverage: columns.coverage(), note: NO_INPUTS }
  }
  const rows = clusters.membersOf(row)
  const members = Array.from(rows, member => columns.addresses.format(member)).sort()
  return {
    ...{ address, cluster: members[0]!, size: members.length, addresses: members.slice(0, ADDRESSES_SHOWN) },
    heuristics: [MULTI_INPUT],
    refused: refusedOf(columns, clusters, rows),
    coverage: columns.coverage(),
    note: members.length > ADDRESSES_SHOWN ? `The first ${ADDRESSES_SHOWN} of ${members.length} addresses.` : null,
  }
}

export function why(columns: Columns, a: string, b: string): Why {
  const [from, to] = [columns.addresses.find(a), columns.addresses.find(b)]
  const apart = { linked: false, witness: [], cut: [], cutAtLeast: null, without: { linked: false } }
  const coverage = columns.coverage()
  const unknown = [...(from === undefined ? [a] : []), ...(to === undefined ? [b] : [])]
  if (from === undefined || to === undefined) return { ...apart, coverage, note: notRead(columns, unknown) }
  if (from === to) return { ...apart, linked: true, without: { linked: true }, coverage, note: SAME }
  if (columns.shape === 'account') return { ...apart, coverage, note: NO_INPUTS }
  const component = componentOf(columns, from, LINKS_MAX)
  const target = component.addresses.indexOf(to)
  const chain = target === -1 ? undefined : shortest(component, 0, target)
  if (chain === undefined) return { ...apart, coverage, note: component.truncated ? TRUNCATED : null }
  return { ...explain(columns, component, chain, target), coverage, note: null }
}

/** The answer where nothing of a network was read. */
export function showUnread(network: string, address: string): Cluster {
  const note = `The ledger of ${network} was not read: nothing is known of this address.`
  const nothing = { address, cluster: address, size: 1, addresses: [address], heuristics: [], refused: [] }
  return { ...nothing, coverage: unread(network), note }
}

/** Addresses listed in one answer. */
const ADDRESSES_SHOWN = 100_000
/** Refused transactions listed in one answer. */
const REFUSED_SHOWN = 10_000
/** Links between addresses and transactions that `why` takes in. */
const LINKS_MAX = 2_000_000
/** Links that the search for the smallest cut looks at. */
const CUT_WORK = 200_000_000

const NO_INPUTS = 'Multi-input linking needs transactions with several inputs, which this network does not have.'
const SAME = 'The two addresses are one.'
const TRUNCATED = `No link was found within the first ${LINKS_MAX} links of the cluster, which is larger.`

function notRead(columns: Columns, addresses: readonly string[]): string {
  return `Nowhere in what was read of ${columns.network}: ${addresses.join(', ')}. That is not the same as unlinked.`
}

function explain(columns: UtxoColumns, component: Component, chain: readonly Step[], target: number) {
  const name = (place: number) => columns.addresses.format(component.addresses[place]!)
  const witness = chain.map(step => ({
    txid: txidOf(columns, component.transactions[step.transaction]!),
    heuristic: 'multi-input',
    addresses: [name(step.from), name(step.to)],
  }))
  const cut = component.truncated ? { transactions: null, atLeast: 1 } : smallestCut(component, 0, target, CUT_WORK)
  const removed = new Set(cut.transactions ?? [])
  return {
    linked: true,
    witness,
    cut: [...removed].map(place => txidOf(columns, component.transactions[place]!)).sort(),
    cutAtLeast: cut.atLeast,
    without: { linked: shortest(component, 0, target, removed) !== undefined },
  }
}

/** Transactions with a member among the inputs that were refused, in ledger order. */
function refusedOf(columns: UtxoColumns, clusters: Partition, rows: Uint32Array) {
  const found = new Set<number>()
  for (const row of rows) {
    for (const transaction of columns.addresses.transactionsOf(row)) {
      if (clusters.refused.has(transaction) && pays(columns, transaction, row)) found.add(transaction)
    }
    if (found.size > REFUSED_SHOWN) break
  }
  const refused = [...found].sort((a, b) => a - b).slice(0, REFUSED_SHOWN)
  return refused.map(transaction => ({
    txid: txidOf(columns, transaction),
    reason: clusters.refused.get(transaction)!,
  }))
}

function pays(columns: UtxoColumns, transaction: number, address: number): boolean {
  const { firstInput } = columns.transactions
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    if (columns.inputs.address[row] === address) return true
  }
  return false
}

function txidOf(columns: UtxoColumns, transaction: number): string {
  return toHex(reversed(columns.transactions.txid.subarray(32 * transaction, 32 * transaction + 32)))
}
