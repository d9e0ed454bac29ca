import { NONE, unitsOf } from '../ledger/ledger.ts'
import type { AccountWalk } from './account-walk.ts'

/**
 * Which units of which earlier transfers each payment was made of, with every unit clean or not: the pairing of units
 * that FIFO and LIFO declare, and the balances that the other methods divide by.
 */
export type Sources = {
  /** Balance of the receiver right after a transfer arrived. */
  readonly balances: ReadonlyMap<number, bigint>
  /** By payment: units that the payer was never seen to receive. */
  readonly missing: ReadonlyMap<number, bigint>
  /** The units of earlier transfers that `spans` of a payment are; row null: never seen to arrive. */
  trace(row: number, spans: readonly Span[]): Part[]
}

/** `[start, end)` in the units of a transfer. */
export type Span = [start: bigint, end: bigint]

export type Part = { readonly row: number | null; readonly start: bigint; readonly end: bigint }

/** A lot is spent from its front by FIFO and from its back by LIFO, unit by unit. */
export function sourcesOf(walk: AccountWalk, order: 'fifo' | 'lifo'): Sources {
  const balances = new Map<number, bigint>()
  const missing = new Map<number, bigint>()
  const parts = new Map<number, Part[]>()
  const queues = new Map<number, Queue>()
  const { transfers, assets } = walk.columns
  for (const row of walk.rows) {
    const [from, to, asset] = [transfers.from[row]!, transfers.to[row]!, transfers.asset[row]!]
    const units = unitsOf(transfers.units, row)
    if (from !== NONE && walk.accounts.has(from)) {
      const paid = pay(queueOf(queues, from * assets.length + asset), units, order)
      parts.set(row, paid)
      if (paid[0]?.row === null) missing.set(row, paid[0].end)
    }
    if (to === NONE || !walk.accounts.has(to)) continue
    const queue = queueOf(queues, to * assets.length + asset)
    queue.lots.push({ row, start: 0n, end: units })
    queue.balance += units
    balances.set(row, queue.balance)
  }
  return { balances, missing, trace: (row, spans) => pick(parts.get(row)!, spans, order) }
}

type Queue = { lots: Part[]; head: number; balance: bigint }

function queueOf(queues: Map<number, Queue>, key: number): Queue {
  const known = queues.get(key)
  if (known !== undefined) return known
  const fresh: Queue = { lots: [], head: 0, balance: 0n }
  queues.set(key, fresh)
  return fresh
}

/** The parts that make up a payment, in the order in which they are spent; what was never seen to arrive first. */
function pay(queue: Queue, units: bigint, order: 'fifo' | 'lifo'): Part[] {
  const paid: Part[] = []
  if (units > queue.balance) {
    paid.push({ row: null, start: 0n, end: units - queue.balance })
    units = queue.balance
  }
  queue.balance -= units
  while (units > 0n) {
    const at = order === 'fifo' ? queue.head : queue.lots.length - 1
    const { row, start, end } = queue.lots[at]!
    const taken = end - start < units ? end - start : units
    units -= taken
    if (order === 'fifo') {
      paid.push({ row, start, end: start + taken })
      queue.lots[at] = { row, start: start + taken, end }
      if (start + taken === end) queue.head++
    } else {
      paid.push({ row, start: end - taken, end })
      if (end - taken === start) queue.lots.pop()
      else queue.lots[at] = { row, start, end: end - taken }
    }
  }
  return paid
}

/** Cuts `spans` of a payment out of its parts. By LIFO the first unit paid is the last of its lot. */
function pick(parts: readonly Part[], spans: readonly Span[], order: 'fifo' | 'lifo'): Part[] {
  const picked: Part[] = []
  let offset = 0n
  for (const { row, start, end } of parts) {
    const length = end - start
    for (const [from, to] of spans) {
      const low = from > offset ? from - offset : 0n
      const high = to < offset + length ? to - offset : length
      if (high <= low) continue
      if (order === 'fifo' || row === null) picked.push({ row, start: start + low, end: start + high })
      else picked.push({ row, start: end - high, end: end - low })
    }
    offset += length
  }
  return picked
}
