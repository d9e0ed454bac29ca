import { isCustodial, type Knowledge, type Label } from '../attribution/attribution.ts'
import { type Columns, NONE, newestOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import { FEE } from './account-walk.ts'
import { conserves } from './method.ts'
import { findTransaction } from './origin.ts'
import type { Reached, Trace } from './outcome.ts'

/** A place where traced value left the ledger for a custodial service. */
export type Offramp = {
  /** The labelled address that took it. */
  readonly service: string
  readonly label: Label
  readonly stoppedBecause: 'service' | 'mixer'
  /** Least and greatest amount over the methods that conserve value. */
  readonly min: Amount
  readonly max: Amount
  readonly robust: boolean
  readonly hops: number
  /**
   * Addresses that paid the service and are neither the origin's nor labelled a service: each may be a deposit address
   * there. Inferred from its place alone, and graded apart from every label.
   */
  readonly deposits: readonly Deposit[]
  /** The origin itself paid the service. */
  readonly direct: boolean
  readonly transactions: readonly string[]
}

/** An inferred deposit address: a place in a graph, and no finding about a person. */
export type Deposit = {
  readonly address: string
  readonly grade: 'inferred'
  /**
   * Whether all that it was seen to pay went to that service, as a deposit address forwards it; false: it also paid
   * others, as a customer's own address does. Null: too many transactions to look at.
   */
  readonly forwardsOnly: boolean | null
}

/** The services that a forward trace ends at, greatest first. */
export function offramps(columns: Columns, knowledge: Knowledge, trace: Trace): Offramp[] {
  const groups = new Map<string, Map<string, Reached[]>>()
  const outcomes = Object.values(trace.methods).filter(outcome => conserves(outcome.method))
  for (const { method, reached } of outcomes) {
    for (const row of reached) {
      if (row.stoppedBecause !== 'service' && row.stoppedBecause !== 'mixer') continue
      const key = `${row.address} ${Asset.key(row.amount.asset)}`
      const group = groups.get(key) ?? new Map<string, Reached[]>()
      group.set(method, [...(group.get(method) ?? []), row])
      groups.set(key, group)
    }
  }
  const found = [...groups.values()].map(group => toOfframp(columns, knowledge, trace, group, outcomes.length))
  return found.sort((a, b) => (a.max.units === b.max.units ? 0 : a.max.units > b.max.units ? -1 : 1))
}

function toOfframp(
  columns: Columns,
  knowledge: Knowledge,
  trace: Trace,
  group: ReadonlyMap<string, readonly Reached[]>,
  methods: number,
): Offramp {
  const rows = [...group.values()].flat()
  const sums = [...group.values()].map(list => list.reduce((sum, row) => sum + row.amount.units, 0n))
  if (sums.length < methods) sums.push(0n)
  const first = rows[0]!
  const { asset } = first.amount
  sums.sort((a, b) => (a === b ? 0 : a < b ? -1 : 1))
  const [min, max] = [sums[0]!, sums.at(-1)!]
  const transactions = [...new Set(rows.flatMap(row => row.transactions))]
  const payers = new Set(transactions.slice(0, WITNESSES).flatMap(txid => payersOf(columns, txid, first.address!)))
  return {
    service: first.address!,
    label: first.label!,
    stoppedBecause: first.stoppedBecause as 'service' | 'mixer',
    min: { asset, units: min },
    max: { asset, units: max },
    robust: min > 0n,
    hops: rows.reduce((least, row) => Math.min(least, row.hops), first.hops),
    deposits: [...payers]
      .filter(payer => payer !== first.address && !trace.origin.includes(payer) && !isService(knowledge, trace, payer))
      .map(address => ({ address, grade: 'inferred', forwardsOnly: forwardsOnly(columns, address, first.address!) })),
    direct: trace.origin.some(name => payers.has(name)),
    transactions,
  }
}

function isService(knowledge: Knowledge, { network }: Trace, address: string): boolean {
  return knowledge.labelsOf(network, address).some(isCustodial)
}

/** Transactions of one place whose payers are named. */
const WITNESSES = 100

/** Whether an address pays nobody but a service (and itself, by change), in all that was read. */
function forwardsOnly(columns: Columns, payer: string, service: string): boolean | null {
  const [from, to] = [columns.addresses.find(payer)!, columns.addresses.find(service)!]
  const touched = newestOf(columns, from, TOUCHED_MAX + 1)
  if (touched.length > TOUCHED_MAX) return null
  return touched.every(transaction => {
    if (columns.shape === 'account') {
      const { transfers, transactions } = columns
      const end = transactions.firstTransfer[transaction + 1]!
      for (let row = transactions.firstTransfer[transaction]!; row < end; row++) {
        const paid = transfers.from[row] === from && transfers.moves[row] === 1 && transfers.kind[row] !== FEE
        if (paid && transfers.to[row] !== to) return false
      }
      return true
    }
    const { firstInput, firstOutput } = columns.transactions
    const isPayer = columns.inputs.address.subarray(firstInput[transaction], firstInput[transaction + 1]).includes(from)
    const paid = columns.outputs.address.subarray(firstOutput[transaction], firstOutput[transaction + 1])
    return !isPayer || paid.every(address => address === to || address === from)
  })
}

/** Transactions of one address that are looked at. */
const TOUCHED_MAX = 10_000

/** Known addresses that pay an address in a transaction. */
function payersOf(columns: Columns, txid: string, address: string): string[] {
  const transaction = findTransaction(columns, txid)
  // Of a ledger that lies elsewhere it is not there yet.
  if (transaction === undefined) return []
  const payers: number[] = []
  if (columns.shape === 'utxo') {
    const { firstInput } = columns.transactions
    for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
      payers.push(columns.inputs.address[row]!)
    }
  } else {
    const { firstTransfer } = columns.transactions
    const paid = columns.addresses.find(address)
    for (let row = firstTransfer[transaction]!; row < firstTransfer[transaction + 1]!; row++) {
      if (columns.transfers.to[row] === paid && columns.transfers.moves[row] === 1)
        payers.push(columns.transfers.from[row]!)
    }
  }
  return [...new Set(payers)].filter(payer => payer !== NONE).map(payer => columns.addresses.format(payer))
}
