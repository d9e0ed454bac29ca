import { txidOf, type UtxoColumns } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import type { Gathered } from './gather.ts'

/**
 * A peel chain as one thing: transactions of one input and two outputs, each spending the larger output of the one
 * before, so that a large coin is paid out in small ones (S. Meiklejohn et al., "A Fistful of Bitcoins", IMC 2013,
 * section 5). It describes the shape of what a trace walked over and moves no value of its own.
 */
export type Peel = {
  /** Address of the coin that begins the chain, and of what was left of it; null where the script pays none. */
  readonly from: string | null
  readonly to: string | null
  /** Transactions. */
  readonly steps: number
  /** What the chain began with, what was peeled off, what was left, and fees: entered = peeled + left + fees. */
  readonly total: Amount
  readonly peeled: Amount
  readonly left: Amount
  readonly fees: Amount
  /** Ids of the first and the last transaction. */
  readonly first: string
  readonly last: string
  /** Whom it paid, in order, up to 100; null where the script pays no address. */
  readonly paid: readonly (string | null)[]
}

/** Two in a row are any payment and its change: from three on it is called a chain. Our choice. */
const STEPS_MIN = 3

/** The peel chains among what a forward walk found, longest first. */
export function peelsOf(columns: UtxoColumns, { flow, key }: Gathered): Peel[] {
  const next = new Map<number, number>()
  for (let step = 0; step < flow.steps; step++)
    if (isPeel(flow, step)) next.set(flow.inNode[flow.firstIn[step]!]!, step)
  const chains: number[][] = []
  const inside = new Set<number>()
  for (let step = 0; step < flow.steps; step++) {
    if (inside.has(step) || !isPeel(flow, step)) continue
    const chain: number[] = []
    for (let at: number | undefined = step; at !== undefined; at = next.get(remainderOf(flow, at))) {
      inside.add(at)
      chain.push(at)
    }
    if (chain.length >= STEPS_MIN) chains.push(chain)
  }
  chains.sort((a, b) => b.length - a.length || a[0]! - b[0]!)
  return chains.map(chain => toPeel(columns, flow, key, chain))
}

type Flow = Gathered['flow']

/** One input, two outputs that hold something and not the same. */
function isPeel(flow: Flow, step: number): boolean {
  const [at, out] = [flow.firstIn[step]!, flow.firstOut[step]!]
  if (flow.firstIn[step + 1]! - at !== 1 || flow.firstOut[step + 1]! - out !== 2) return false
  const [a, b] = [flow.units[flow.outNode[out]!]!, flow.units[flow.outNode[out + 1]!]!]
  return a > 0 && b > 0 && a !== b
}

function remainderOf(flow: Flow, step: number): number {
  const out = flow.firstOut[step]!
  const [a, b] = [flow.outNode[out]!, flow.outNode[out + 1]!]
  return flow.units[a]! > flow.units[b]! ? a : b
}

function peeledOf(flow: Flow, step: number): number {
  const out = flow.firstOut[step]!
  return flow.outNode[out]! + flow.outNode[out + 1]! - remainderOf(flow, step)
}

function toPeel(columns: UtxoColumns, flow: Flow, key: Float64Array, chain: readonly number[]): Peel {
  const entry = flow.inNode[flow.firstIn[chain[0]!]!]!
  const rest = remainderOf(flow, chain.at(-1)!)
  const paid = chain.map(step => peeledOf(flow, step))
  const amount = (units: bigint): Amount => ({ asset: columns.asset, units })
  const [total, left] = [BigInt(flow.units[entry]!), BigInt(flow.units[rest]!)]
  const peeled = paid.reduce((sum, node) => sum + BigInt(flow.units[node]!), 0n)
  const txid = (step: number) => txidOf(columns, columns.outputs.transaction[key[remainderOf(flow, step)]!]!)
  return {
    ...{ from: addressOf(columns, key[entry]!), to: addressOf(columns, key[rest]!), steps: chain.length },
    ...{ total: amount(total), peeled: amount(peeled), left: amount(left), fees: amount(total - peeled - left) },
    ...{ first: txid(chain[0]!), last: txid(chain.at(-1)!) },
    paid: paid.slice(0, PAID_SHOWN).map(node => addressOf(columns, key[node]!)),
  }
}

const PAID_SHOWN = 100

/** By the key of a node (memory.ts): the row of its output, or of the input that names what was not read. */
function addressOf({ outputs, inputs, addresses }: UtxoColumns, key: number): string | null {
  const row = key < outputs.count ? outputs.address[key]! : inputs.address[key - outputs.count]!
  return row < addresses.count ? addresses.format(row) : null
}
