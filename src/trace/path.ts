import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, type Columns, NONE, type UtxoColumns, unitsOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { EDGES } from './declaration.ts'
import { createLabels, type Labels } from './labels.ts'
import { timeOf, txidOf } from './origin.ts'

/** One transaction of a path: who paid, who was paid, and how much the witnessed output or transfer holds. */
export type PathStep = {
  readonly txid: string
  readonly time: Instant
  readonly from: string | null
  readonly to: string | null
  readonly outpoint: string | null
  readonly amount: Amount
}

export type Path = {
  readonly found: boolean
  /** Fewest transactions; empty where none was found. */
  readonly steps: readonly PathStep[]
  readonly edges: number
  /** The edge limit ended the search: "not found" says nothing then. */
  readonly truncated: boolean
}

/**
 * The fewest transactions that lead from one address to another, forward in time, through nobody's service on the
 * way. UTXO: along coins; account chains: along transfers of one asset, each after the one before.
 */
export function path(columns: Columns, knowledge: Knowledge, from: string, to: string, edges = EDGES): Path {
  const [start, goal] = [columns.addresses.find(from), columns.addresses.find(to)]
  if (start === undefined || goal === undefined) return { found: false, steps: [], edges: 0, truncated: false }
  const isEnd = (address: number) => address === start || address === goal
  const labels = createLabels(knowledge, columns.network, columns.addresses, isEnd)
  const search: Search = { labels, start, goal, edges: 0, limit: edges }
  const steps = columns.shape === 'utxo' ? overCoins(columns, search) : overTransfers(columns, search)
  return { found: steps.length > 0, steps, edges: search.edges, truncated: search.edges >= search.limit }
}

type Search = {
  readonly labels: Labels
  readonly start: number
  readonly goal: number
  edges: number
  readonly limit: number
}

/** The two addresses that a question between two names. Failure: Trace.NotTwo. */
export function pairOf(addresses: readonly string[]): readonly [string, string] {
  const [a, b] = addresses
  if (a !== undefined && b !== undefined && addresses.length === 2) return [a, b]
  throw new Failure('Trace.NotTwo', 'usage', `This asks about two addresses, and ${addresses.length} were given.`, {
    hint: 'Give exactly two, separated by a space.',
    facts: { given: addresses.length },
  })
}

/** Breadth first over transactions; the output through which each was reached leads back. */
function overCoins(columns: UtxoColumns, search: Search): PathStep[] {
  const { outputs, inputs, transactions } = columns
  const via = new Map<number, number>()
  const queue: number[] = []
  const enter = (output: number): void => {
    const spender = outputs.spender[output]!
    if (spender === NONE || via.has(inputs.transaction[spender]!)) return
    via.set(inputs.transaction[spender]!, output)
    queue.push(inputs.transaction[spender]!)
  }
  for (const transaction of columns.addresses.transactionsOf(search.start)) {
    for (let row = transactions.firstOutput[transaction]!; row < transactions.firstOutput[transaction + 1]!; row++) {
      if (outputs.address[row] === search.start) enter(row)
    }
  }
  for (let at = 0; at < queue.length && search.edges < search.limit; at++) {
    const transaction = queue[at]!
    for (let row = transactions.firstOutput[transaction]!; row < transactions.firstOutput[transaction + 1]!; row++) {
      search.edges++
      if (outputs.address[row] === search.goal && outputs.units[row]! > 0n) return backAlong(columns, via, row)
      if (outputs.units[row]! > 0n && search.labels.stopOf(outputs.address[row]!) === 0) enter(row)
    }
  }
  return []
}

function backAlong(columns: UtxoColumns, via: ReadonlyMap<number, number>, last: number): PathStep[] {
  const { outputs, transactions } = columns
  const steps: PathStep[] = []
  for (let row = last; ; ) {
    const transaction = outputs.transaction[row]!
    const before = via.get(transaction)
    if (before === undefined) return steps.reverse()
    steps.push({
      txid: txidOf(columns, transaction),
      time: timeOf(columns, transaction),
      from: nameOf(columns, outputs.address[before]!),
      to: nameOf(columns, outputs.address[row]!),
      outpoint: `${txidOf(columns, transaction)}:${row - transactions.firstOutput[transaction]!}`,
      amount: { asset: columns.asset, units: outputs.units[row]! },
    })
    row = before
  }
}

/** Where a transfer was reached from: the arrival before it at the same account in the same asset. */
type Arrival = { readonly row: number; readonly before: Arrival | null }

/** By rounds of one more transfer; in each the earliest arrival at an account and asset is all that matters. */
function overTransfers(columns: AccountColumns, search: Search): PathStep[] {
  const { transfers } = columns
  const best = new Map<number, Arrival | null>()
  const keyOf = (account: number, asset: number) => account * columns.assets.length + asset
  let frontier = columns.assets.map((_, asset) => keyOf(search.start, asset))
  for (const key of frontier) best.set(key, null)
  while (frontier.length > 0 && search.edges < search.limit) {
    const next = new Map<number, Arrival>()
    for (const key of frontier) {
      const since = best.get(key)!
      for (const row of paymentsOf(columns, Math.floor(key / columns.assets.length), key % columns.assets.length)) {
        search.edges++
        if (row <= (since?.row ?? -1)) continue
        const to = transfers.to[row]!
        if (to === search.goal) return asSteps(columns, { row, before: since })
        if (to === NONE || search.labels.stopOf(to) !== 0) continue
        const reached = keyOf(to, transfers.asset[row]!)
        const known = next.get(reached) ?? best.get(reached)
        if (known === undefined || (known !== null && row < known.row)) next.set(reached, { row, before: since })
      }
    }
    frontier = [...next.keys()].sort((a, b) => a - b)
    for (const [key, arrival] of next) best.set(key, arrival)
  }
  return []
}

function* paymentsOf(columns: AccountColumns, account: number, asset: number): Generator<number> {
  const { transfers, transactions } = columns
  for (const transaction of columns.addresses.transactionsOf(account)) {
    for (
      let row = transactions.firstTransfer[transaction]!;
      row < transactions.firstTransfer[transaction + 1]!;
      row++
    ) {
      if (transfers.from[row] === account && transfers.asset[row] === asset && transfers.moves[row] === 1) yield row
    }
  }
}

function asSteps(columns: AccountColumns, last: Arrival): PathStep[] {
  const { transfers, transactions } = columns
  const steps: PathStep[] = []
  for (let at: Arrival | null = last; at !== null; at = at.before) {
    const transaction = transfers.transaction[at.row]!
    steps.push({
      txid: txidOf(columns, transaction),
      time: transactions.time[transaction]!,
      from: nameOf(columns, transfers.from[at.row]!),
      to: nameOf(columns, transfers.to[at.row]!),
      outpoint: null,
      amount: { asset: columns.assets[transfers.asset[at.row]!]!, units: unitsOf(transfers.units, at.row) },
    })
  }
  return steps.reverse()
}

function nameOf(columns: Columns, address: number): string | null {
  return address === NONE ? null : columns.addresses.format(address)
}
