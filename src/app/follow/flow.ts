import { type Columns, heightOf, NONE, timeOf, txidOf } from '../../ledger/ledger.ts'
import * as Amount from '../../model/amount.ts'
import type { Asset } from '../../model/asset.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import type { Store } from '../../store/store.ts'
import type * as Trace from '../../trace/trace.ts'
import type { Context, Operation } from '../operation.ts'
import { type ClusterName, clusterOf } from './cluster-name.ts'
import { type Label, labelsAmong } from './labelled.ts'
import { type Walk, type WalkInput, walk, walkFields } from './walk.ts'

/** The way of traced value, transaction by transaction, by each method: what a graph of a trace is drawn from. */
export type FlowAnswer = {
  readonly origin: readonly string[]
  readonly network: string
  readonly declared: object
  readonly direction: 'forward' | 'backward'
  readonly methods: readonly string[]
  /** Nearest to the origin first. */
  readonly steps: readonly FlowStep[]
  readonly parties: readonly Party[]
  readonly total: number
  /** Steps that the limit left out. */
  readonly left: number
  readonly notes: readonly string[]
  readonly coverage: Coverage
  readonly run: number
}

/** One transaction (account chains: one transfer). With several payers, which coin went where is not said. */
export type FlowStep = {
  readonly txid: string
  readonly time: string
  readonly height: number | null
  readonly hops: number
  readonly paid: readonly FlowSide[]
  readonly got: readonly FlowSide[]
}

/** Traced value of one address in a transaction, by method. */
export type FlowSide = {
  readonly address: string | null
  readonly amounts: Readonly<Record<string, Amount.AmountJson>>
}

export type Party = {
  readonly address: string
  readonly isOrigin: boolean
  readonly label: Label | null
  readonly cluster: ClusterName | null
  /** Why value stays there, by the first method that says so; null: it goes on. */
  readonly stoppedBecause: string | null
}

type Input = WalkInput & { readonly origin: readonly string[]; readonly direction: string; readonly limit: number }

/** Most steps of one answer. */
const STEPS_MAX = 5000

export const flow: Operation = {
  name: 'flow',
  summary: 'Show the way of traced value transaction by transaction, method by method',
  access: 'read',
  fields: {
    origin: { type: 'strings', says: 'Addresses, plain or CAIP-10, or txid:index', positional: true, required: true },
    direction: { type: 'string', says: 'Where to', choices: ['forward', 'backward'], default: 'forward' },
    limit: { type: 'integer', says: `Show so many transactions, nearest first (at most ${STEPS_MAX})`, default: 300 },
    ...walkFields,
  },
  examples: [{ command: 'athar flow 1LuckyR1fFHEsXYyx5QK4UFzv3PEAepPMK --hops 3', says: 'the first three steps' }],
  list: 'steps',
  run: (input: Input, context: Context): Promise<FlowAnswer> => {
    const direction = input.direction === 'backward' ? 'backward' : 'forward'
    return walk(input.origin, input, direction, context, found => tell(found, direction, input.limit), true)
  },
}

function tell(
  { found, columns, legs, knowledge, run, answer, context }: Walk,
  direction: Trace.Direction,
  most: number,
): FlowAnswer {
  if (found === null) {
    const notes = [`The ledger of ${answer.network} was not read: nothing could be traced.`]
    const nothing = { methods: [], steps: [], parties: [], total: 0, left: 0 }
    return { ...answer, direction, ...nothing, notes, coverage: unread(answer.network), run }
  }
  const all = columns === undefined ? [] : stepsOf(columns, legs)
  const limit = Math.min(Math.max(1, most), STEPS_MAX)
  const steps = all.slice(0, limit)
  const left = all.length - steps.length
  const labelOf = labelsAmong(knowledge, found.network)
  return {
    ...{ ...answer, direction, methods: found.declared.methods, steps },
    parties: columns === undefined ? [] : partiesOf(columns, context.store, found, steps, labelOf),
    ...{ total: all.length, left, notes: found.notes, coverage: found.coverage, run },
  }
}

function stepsOf(columns: Columns, legs: readonly Trace.Leg[]): FlowStep[] {
  const groups = Map.groupBy(legs, leg => (leg.transfer === null ? leg.transaction : -1 - leg.transfer))
  return [...groups.values()]
    .map(group => ({ group, hops: group.reduce((least, leg) => Math.min(least, hopsOf(leg)), NONE) }))
    .sort((a, b) => a.hops - b.hops || a.group[0]!.transaction - b.group[0]!.transaction)
    .map(({ group, hops }) => ({
      txid: txidOf(columns, group[0]!.transaction),
      time: Instant.format(timeOf(columns, group[0]!.transaction)),
      height: heightOf(columns, group[0]!.transaction),
      hops,
      paid: sidesOf(columns, group, 'in'),
      got: sidesOf(columns, group, 'out'),
    }))
}

/** Transactions from the origin: a coin that is spent is one nearer than what came of it. */
function hopsOf({ transfer, hops, side }: Trace.Leg): number {
  return transfer !== null || side === 'out' ? hops : hops + 1
}

function sidesOf(columns: Columns, group: readonly Trace.Leg[], side: 'in' | 'out'): FlowSide[] {
  const byAddress = Map.groupBy(
    group.filter(leg => leg.side === side),
    leg => leg.address,
  )
  return [...byAddress].map(([address, legs]) => {
    const sums = new Map<string, { asset: Asset; units: bigint }>()
    for (const { method, units, asset } of legs) {
      const before = sums.get(method)?.units ?? 0n
      sums.set(method, { asset: assetAt(columns, asset), units: before + units })
    }
    return {
      address: address === NONE ? null : columns.addresses.format(address),
      amounts: Object.fromEntries([...sums].map(([method, amount]) => [method, Amount.toJson(amount)])),
    }
  })
}

function assetAt(columns: Columns, asset: number): Asset {
  return columns.shape === 'utxo' ? columns.asset : columns.assets[asset]!
}

function partiesOf(
  columns: Columns,
  store: Store,
  found: Trace.Trace,
  steps: readonly FlowStep[],
  labelOf: (addresses: Iterable<string>) => Label | null,
): Party[] {
  const names = new Set([...found.origin.filter(name => !name.includes(':'))])
  for (const { paid, got } of steps)
    for (const { address } of [...paid, ...got]) if (address !== null) names.add(address)
  const stops = new Map<string, string>()
  for (const method of found.declared.methods) {
    for (const { address, stoppedBecause } of found.methods[method]!.reached) {
      if (address !== null && !stops.has(address)) stops.set(address, stoppedBecause)
    }
  }
  return [...names].map(address => ({
    address,
    cluster: clusterNamed(columns, store, address),
    isOrigin: found.origin.includes(address),
    label: labelOf([address]),
    stoppedBecause: stops.get(address) ?? null,
  }))
}

function clusterNamed(columns: Columns, store: Store, address: string): ClusterName | null {
  const row = columns.addresses.find(address)
  return row === undefined ? null : clusterOf(columns, row, store)
}
