import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, type Columns, NONE, timeOf, txidOf, type UtxoColumns, unitsOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { type CoinSearch, createCoinSearch, nearest, shortest, type Way } from './coin-search.ts'
import { EDGES } from './declaration.ts'
import { isElsewhere, wayIn } from './elsewhere.ts'
import { createStops, isService } from './labels.ts'
import { createTransferSearch, fewestTransfers, type TransferQuestion, type TransferSearch } from './transfer-search.ts'

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
  if (start === undefined || goal === undefined) return NOWHERE
  if (isElsewhere(columns)) {
    const part = wayIn(columns, knowledge, { from, to, limit: edges })
    return part === undefined ? NOWHERE : path(part, knowledge, from, to, edges)
  }
  const judge = createStops(knowledge, columns.network, columns.addresses)
  const stopOf = (address: number) => (address === start || address === goal ? 0 : judge(address))
  if (columns.shape === 'account') {
    return overTransfers(columns, { start, stopOf, isGoal: to => to === goal, limit: edges })
  }
  const question = { start, starts: outputsOf(columns, start), stopOf, limit: edges }
  return asPath(columns, shortest(searchOf(columns), question, { address: goal, outputs: outputsOf(columns, goal) }))
}

/**
 * The fewest transactions from an address to a custodial service or mixer, forward in time: where its value can first
 * have been cashed out. It says that there is a way, not that value of the address took it: that is `run`.
 */
export function nearestService(columns: Columns, knowledge: Knowledge, from: string, edges = EDGES): Path {
  const start = columns.addresses.find(from)
  if (start === undefined) return NOWHERE
  if (isElsewhere(columns)) {
    const part = wayIn(columns, knowledge, { from, to: null, limit: edges })
    return part === undefined ? NOWHERE : nearestService(part, knowledge, from, edges)
  }
  const judge = createStops(knowledge, columns.network, columns.addresses)
  const stopOf = (address: number) => (address === start ? 0 : judge(address))
  if (columns.shape === 'account') {
    return overTransfers(columns, { start, stopOf, isGoal: to => isService(stopOf(to)), limit: edges })
  }
  const question = { start, starts: outputsOf(columns, start), stopOf, limit: edges }
  return asPath(columns, nearest(searchOf(columns), question, isService))
}

const NOWHERE: Path = { found: false, steps: [], edges: 0, truncated: false }

/** The two addresses that a question between two names. Failure: Trace.NotTwo. */
export function pairOf(addresses: readonly string[]): readonly [string, string] {
  const [a, b] = addresses
  if (a !== undefined && b !== undefined && addresses.length === 2) return [a, b]
  throw new Failure('Trace.NotTwo', 'usage', `This asks about two addresses, and ${addresses.length} were given.`, {
    hint: 'Give exactly two, separated by a space.',
    facts: { given: addresses.length },
  })
}

/** The address that a question about one names. Failure: Trace.NotOne. */
export function oneOf(addresses: readonly string[]): string {
  if (addresses.length === 1) return addresses[0]!
  throw new Failure('Trace.NotOne', 'usage', `This asks about one address, and ${addresses.length} were given.`, {
    hint: 'Give one; without --nearest, give two.',
    facts: { given: addresses.length },
  })
}

/** One search for each ledger in memory: its marks are as long as the ledger. */
const SEARCHES = new WeakMap<UtxoColumns, CoinSearch>()

function searchOf(columns: UtxoColumns): CoinSearch {
  const held = SEARCHES.get(columns)
  if (held !== undefined) return held
  const made = createCoinSearch(columns)
  SEARCHES.set(columns, made)
  return made
}

function outputsOf(columns: UtxoColumns, address: number): number[] {
  const { outputs, transactions } = columns
  const rows: number[] = []
  for (const transaction of columns.addresses.transactionsOf(address)) {
    for (let row = transactions.firstOutput[transaction]!; row < transactions.firstOutput[transaction + 1]!; row++) {
      if (outputs.address[row] === address) rows.push(row)
    }
  }
  return rows
}

/** The first output is the one that the first transaction spends. */
function asPath(columns: UtxoColumns, way: Way): Path {
  const { outputs, transactions } = columns
  const steps = way.outputs.slice(1).map((row, i): PathStep => {
    const transaction = outputs.transaction[row]!
    const txid = txidOf(columns, transaction)
    return {
      txid,
      time: timeOf(columns, transaction),
      from: nameOf(columns, outputs.address[way.outputs[i]!]!),
      to: nameOf(columns, outputs.address[row]!),
      outpoint: `${txid}:${row - transactions.firstOutput[transaction]!}`,
      amount: { asset: columns.asset, units: outputs.units[row]! },
    }
  })
  return { found: steps.length > 0, steps, edges: way.edges, truncated: way.truncated }
}

/** One search for each ledger in memory, as for coins. */
const TRANSFERS = new WeakMap<AccountColumns, TransferSearch>()

function overTransfers(columns: AccountColumns, question: TransferQuestion): Path {
  let search = TRANSFERS.get(columns)
  if (search === undefined) {
    search = createTransferSearch({ accounts: columns.addresses.count, transfers: columns.transfers })
    TRANSFERS.set(columns, search)
  }
  const { rows, edges, truncated } = fewestTransfers(search, question)
  const { transfers, transactions } = columns
  const steps = rows.map(
    (row): PathStep => ({
      txid: txidOf(columns, transfers.transaction[row]!),
      time: transactions.time[transfers.transaction[row]!]!,
      from: nameOf(columns, transfers.from[row]!),
      to: nameOf(columns, transfers.to[row]!),
      outpoint: null,
      amount: { asset: columns.assets[transfers.asset[row]!]!, units: unitsOf(transfers.units, row) },
    }),
  )
  return { found: steps.length > 0, steps, edges, truncated }
}

function nameOf(columns: Columns, address: number): string | null {
  return address === NONE ? null : columns.addresses.format(address)
}
