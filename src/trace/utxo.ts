import { NONE, txidOf, type UtxoColumns } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { type Declared, minUnits } from './declaration.ts'
import { type Answer, discover, type Found, type Question, type Start } from './discover.ts'
import type { Flow, Horizon, Taint } from './flow.ts'
import { type Gathered, gather } from './gather.ts'
import { createLabels, type Labels } from './labels.ts'
import { createMemory } from './memory.ts'
import type { Method } from './method.ts'
import { sweepOrdered } from './ordered.ts'
import { type Origin, outputsOf } from './origin.ts'
import { codeOf, type Outcome, type Reached, STOPS } from './outcome.ts'
import { peelsOf } from './peel.ts'
import { sweepHaircut, sweepPoison, sweepTiho } from './pooled.ts'
import { tell } from './tell.ts'
import type { Walked, Walker, Watch } from './walk.ts'

/** Follows the origin's outputs over a UTXO ledger: discovery first, then one sweep per method over what it found. */
export const walkUtxo: Walker<UtxoColumns> = (columns, knowledge, origin, declared, watch): Walked => {
  const rows = outputsOf(columns, origin, declared)
  const seeds = new Set(rows)
  const isOrigin = (address: number) => origin.addresses.has(address)
  const labels = createLabels(knowledge, columns.network, columns.addresses, isOrigin)
  const memory = createMemory(columns, labels, seeds)
  const start = memory.start(rows, declared.direction)
  const found = drive(discover(declared, start), memory.answer)
  const gathered = gather(found, start, declared.direction)
  const outcomes = declared.methods.map(method => outcomeOf(columns, labels, gathered, declared, method, watch))
  const notes = unreadNotes(columns, origin, found, start)
  const peels = declared.direction === 'forward' ? peelsOf(columns, gathered) : []
  return { outcomes, edges: found.edges, truncated: found.truncated, notes, peels }
}

/** One sweep by one method. `walk.horizon` counts transactions, `min` units. */
export function sweep(flow: Flow, method: Method, direction: Declared['direction'], horizon: Horizon): Taint {
  if (method === 'poison') return sweepPoison(flow, horizon)
  if (method === 'haircut') return sweepHaircut(flow, horizon)
  if (method === 'tiho') return sweepTiho(flow, horizon)
  if (method === 'fifo') return sweepOrdered(flow, horizon, { taken: 'first', filled: 'first' })
  const forward = direction === 'forward'
  return sweepOrdered(flow, horizon, { taken: forward ? 'last' : 'first', filled: forward ? 'first' : 'last' })
}

/** Answers a discovery from memory until it ends. */
export function drive(walk: Generator<Question, Found, Answer>, answer: (question: Question) => Answer): Found {
  let step = walk.next()
  while (step.done !== true) step = walk.next(answer(step.value))
  return step.value
}

function horizonOf(declared: Declared, min: bigint): Horizon {
  return { hops: declared.hops ?? NONE, min: min > MIN_MAX ? Number.POSITIVE_INFINITY : Number(min) }
}

const MIN_MAX = BigInt(Number.MAX_SAFE_INTEGER)

function outcomeOf(
  columns: UtxoColumns,
  labels: Labels,
  gathered: Gathered,
  declared: Declared,
  method: Method,
  watch?: Watch,
): Outcome {
  const horizon = horizonOf(declared, minUnits(declared, columns.asset))
  const taint = sweep(gathered.flow, method, declared.direction, horizon)
  if (watch !== undefined) tell(columns, gathered, taint, { method, direction: declared.direction }, watch)
  const reached: Reached[] = []
  for (const node of nodesReached(gathered, taint)) {
    reached.push(rowOf(columns, labels, gathered, taint, horizon, node))
  }
  const amount = (units: bigint): Amount => ({ asset: columns.asset, units })
  return { method, reached, total: [amount(taint.total)], fees: [amount(taint.fees)] }
}

/** Tainted nodes that nothing took on, in ledger order. */
function nodesReached({ flow, key }: Gathered, taint: Taint): number[] {
  const nodes: number[] = []
  for (let node = 0; node < flow.nodes; node++) if (taint.units[node]! > 0 && taint.open[node] === 0) nodes.push(node)
  return nodes.sort((a, b) => key[a]! - key[b]!)
}

function rowOf(
  columns: UtxoColumns,
  labels: Labels,
  { flow, key }: Gathered,
  taint: Taint,
  horizon: Horizon,
  node: number,
): Reached {
  const place = placeOf(columns, key[node]!)
  const stop = stopAt(flow.stop[node]!, taint.hops[node]! >= horizon.hops)
  return {
    address: place.address === NONE ? null : columns.addresses.format(place.address),
    outpoint: place.outpoint,
    amount: { asset: columns.asset, units: BigInt(taint.units[node]!) },
    hops: taint.hops[node]!,
    stoppedBecause: STOPS[stop]!,
    label: labels.labelOf(place.address),
    transactions: [place.outpoint.slice(0, 64)],
  }
}

/** What the ledger or a label says first; then the horizon, whatever lies behind it; then what could not be read. */
function stopAt(fixed: number, isFar: boolean): number {
  if (isFar && (fixed === 0 || fixed === codeOf('unread') || fixed === codeOf('limit'))) return codeOf('horizon')
  return fixed === 0 ? codeOf('min') : fixed
}

/** Address row and name of an outpoint by its key (see memory.ts). */
function placeOf(columns: UtxoColumns, key: number): { address: number; outpoint: string } {
  const { outputs, inputs, transactions } = columns
  if (key < outputs.count) {
    const transaction = outputs.transaction[key]!
    const outpoint = `${txidOf(columns, transaction)}:${key - transactions.firstOutput[transaction]!}`
    return { address: outputs.address[key]!, outpoint }
  }
  const row = key - outputs.count
  const txid = toHex(reversed(inputs.previousTxid.subarray(32 * row, 32 * row + 32)))
  return { address: inputs.address[row]!, outpoint: `${txid}:${inputs.previousIndex[row]!}` }
}

function unreadNotes(columns: UtxoColumns, origin: Origin, found: Found, start: Start): string[] {
  const notes: string[] = []
  let unread = 0
  for (const code of found.stops.values()) if (code === codeOf('unread')) unread++
  if (unread > 0) {
    notes.push(`${unread} outpoints lead into transactions with inputs that were not read: their value stops there.`)
  }
  if (start.key.length === 0 && origin.addresses.size > 0) {
    notes.push(`The origin received nothing in what was read of ${columns.network} in the declared window.`)
  }
  return notes
}
