import type { Columns, UtxoColumns } from '../ledger/ledger.ts'
import { txidOf } from '../ledger/ledger.ts'
import { type Coverage, unread } from '../model/coverage.ts'
import { type AccountLink, linksOf, type Services } from './account-link.ts'
import { type Alarm, alarmsOf, mergeAlarms } from './alarm.ts'
import type { Change } from './change.ts'
import { type Component, componentOf, type Step, shortest } from './component.ts'
import { smallestCut } from './cut.ts'
import { changeRate, type Heuristic, MULTI_INPUT } from './error-rate.ts'
import type { Partition } from './partition.ts'

/** Addresses held to be one holder's, with the linking transaction of every merge: docs/methods/cluster.md. */
export { type AccountLink, SPONSORED_MAX, type Services, sponsoredBy, sponsorshipOf } from './account-link.ts'
export type { Alarm } from './alarm.ts'
export { CHANGE_HEURISTICS, type Change, parseChange } from './change.ts'
export { DETECTORS, detect as detectCoinJoin, firing as firingDetectors } from './coinjoin.ts'
export type { Detector } from './detector.ts'
export { keepClusters, openClusters } from './kept.ts'
export { linkOf, type Refusal } from './link.ts'
export { grow, LARGE, type Partition, partition } from './partition.ts'
export { partitionOf } from './partitions.ts'

/** The cluster of an address. A cluster is a hypothesis, so it travels with its heuristics and their error rates. */
export type Cluster = {
  readonly address: string
  /** The member that sorts first names the cluster; it changes when a smaller address joins. */
  readonly cluster: string
  readonly size: number
  /** Sorted; at most `ADDRESSES_SHOWN`, see `note`. */
  readonly addresses: readonly string[]
  readonly heuristics: readonly Heuristic[]
  /** Transactions of its members that would have linked more, and why they were refused. */
  readonly refused: readonly { readonly txid: string; readonly reason: string }[]
  /** Transactions of its members that deserve a look before the cluster is believed. */
  readonly alarms: readonly Alarm[]
  /** Account chains: what ties the address to others, graded; never a merge. */
  readonly links: readonly AccountLink[]
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

/** What an answer is given besides the columns: labels for the links of account chains, and whether to mark more. */
export type Asked = { readonly services: Services; readonly marks: boolean }

const NOT_ASKED: Asked = { services: () => null, marks: false }

/** `clusters` saves a pass where the partition of these columns is at hand; null on account chains. */
export function show(
  columns: Columns,
  address: string,
  clusters: Partition | null,
  { services, marks }: Asked = NOT_ASKED,
): Cluster {
  const row = columns.addresses.find(address)
  const coverage = columns.coverage()
  if (row === undefined) return { ...alone(address), coverage, note: notRead(columns, [address]) }
  if (columns.shape === 'account' || clusters === null) {
    const links = columns.shape === 'account' ? linksOf(columns, row, services) : []
    return { ...alone(address), links, coverage, note: NO_INPUTS }
  }
  const rows = clusters.membersOf(row)
  const members = Array.from(rows, member => columns.addresses.format(member)).sort()
  const seen = seenIn(columns, clusters, rows, marks)
  return {
    ...{ address, cluster: members[0]!, size: members.length, addresses: members.slice(0, ADDRESSES_SHOWN) },
    heuristics: [MULTI_INPUT, ...changeRates(clusters.change)],
    ...{ refused: seen.refused, alarms: seen.alarms, links: [], coverage },
    note: noteOf(members.length, clusters.change, seen.paid),
  }
}

/** `change` is what the cluster was made with: the same as the partition's. */
export function why(columns: Columns, a: string, b: string, change: Change | null = null): Why {
  const [from, to] = [columns.addresses.find(a), columns.addresses.find(b)]
  const apart = { linked: false, witness: [], cut: [], cutAtLeast: null, without: { linked: false } }
  const coverage = columns.coverage()
  const unknown = [...(from === undefined ? [a] : []), ...(to === undefined ? [b] : [])]
  if (from === undefined || to === undefined) return { ...apart, coverage, note: notRead(columns, unknown) }
  if (from === to) return { ...apart, linked: true, without: { linked: true }, coverage, note: SAME }
  if (columns.shape === 'account') return { ...apart, coverage, note: NO_INPUTS }
  const component = componentOf(columns, from, LINKS_MAX, change)
  const target = component.addresses.indexOf(to)
  const chain = target === -1 ? undefined : shortest(component, 0, target)
  if (chain === undefined) return { ...apart, coverage, note: component.truncated ? TRUNCATED : null }
  return { ...explain(columns, component, chain, target, change), coverage, note: null }
}

/** The answer where nothing of a network was read. */
export function showUnread(network: string, address: string): Cluster {
  const note = `The ledger of ${network} was not read: nothing is known of this address.`
  return { ...alone(address), coverage: unread(network), note }
}

function alone(address: string) {
  const nothing = { heuristics: [], refused: [], alarms: [], links: [] }
  return { address, cluster: address, size: 1, addresses: [address], ...nothing }
}

/** Addresses listed in one answer. */
const ADDRESSES_SHOWN = 100_000
/** Refused transactions, and alarms, listed in one answer. */
const REFUSED_SHOWN = 10_000
const ALARMS_SHOWN = 1000
/** Transactions of one cluster that are looked at for alarms other than merges. */
const ALARMS_SOUGHT = 200_000
/** Links between addresses and transactions that `why` takes in. */
const LINKS_MAX = 2_000_000
/** Links that the search for the smallest cut looks at. */
const CUT_WORK = 200_000_000

const NO_INPUTS = 'Multi-input linking needs transactions with several inputs, which this network does not have.'
const SAME = 'The two addresses are one.'
const TRUNCATED = `No link was found within the first ${LINKS_MAX} links of the cluster, which is larger.`
const CHANGE_NOTE =
  'Change heuristics are on: some members rest on a guess at which output was the change, and may be payees.'

function notRead(columns: Columns, addresses: readonly string[]): string {
  return `Nowhere in what was read of ${columns.network}: ${addresses.join(', ')}. That is not the same as unlinked.`
}

function noteOf(size: number, change: Change | null, paid: number): string | null {
  const notes = [
    ...(size > ADDRESSES_SHOWN ? [`The first ${ADDRESSES_SHOWN} of ${size} addresses.`] : []),
    ...(paid > ALARMS_SOUGHT ? [`Alarms were sought in the first ${ALARMS_SOUGHT} of ${paid} transactions.`] : []),
    ...(change === null ? [] : [CHANGE_NOTE]),
  ]
  return notes.length === 0 ? null : notes.join(' ')
}

function changeRates(change: Change | null): Heuristic[] {
  return change === null ? [] : [changeRate(change)]
}

function explain(
  columns: UtxoColumns,
  component: Component,
  chain: readonly Step[],
  target: number,
  change: Change | null,
) {
  const name = (place: number) => columns.addresses.format(component.addresses[place]!)
  const witness = chain.map(step => ({
    txid: txidOf(columns, component.transactions[step.transaction]!),
    heuristic: change !== null && isByChange(component, step) ? change.reason : 'multi-input',
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

/** Whether one of the two is the address that took the change: between payers the inputs alone say it. */
function isByChange(component: Component, { transaction, from, to }: Step): boolean {
  const change = component.change[transaction]!
  return component.addresses[from] === change || component.addresses[to] === change
}

/** Transactions with a member among the inputs: those that were refused, and those that raise an alarm. */
function seenIn(columns: UtxoColumns, clusters: Partition, rows: Uint32Array, marks: boolean) {
  const paid = new Set<number>()
  for (const row of rows) {
    for (const transaction of columns.addresses.transactionsOf(row)) {
      if (paid.has(transaction) || !pays(columns, transaction, row)) continue
      paid.add(transaction)
    }
  }
  const refused = [...paid].filter(transaction => clusters.refused.has(transaction)).sort((a, b) => a - b)
  const alarms = mergeAlarms(columns, clusters, rows[0]!)
  for (const transaction of [...paid].sort((a, b) => a - b).slice(0, ALARMS_SOUGHT)) {
    if (alarms.length >= ALARMS_SHOWN) break
    if (!clusters.refused.has(transaction)) alarms.push(...alarmsOf(columns, transaction, marks))
  }
  return {
    refused: refused.slice(0, REFUSED_SHOWN).map(transaction => ({
      txid: txidOf(columns, transaction),
      reason: clusters.refused.get(transaction)!,
    })),
    alarms: alarms.slice(0, ALARMS_SHOWN),
    paid: paid.size,
  }
}

function pays(columns: UtxoColumns, transaction: number, address: number): boolean {
  const { firstInput } = columns.transactions
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
    if (columns.inputs.address[row] === address) return true
  }
  return false
}
