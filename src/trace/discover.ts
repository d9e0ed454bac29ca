import { NONE } from '../ledger/ledger.ts'
import { type Declared, inWindow } from './declaration.ts'
import { codeOf } from './outcome.ts'

/**
 * The first half of a walk over a UTXO ledger: which transactions matter. A generator without I/O: it yields batches
 * of transactions to look up, hop by hop, and whoever drives it answers from memory, segments or a database.
 */
export type Question = {
  readonly direction: Declared['direction']
  /** Ledger numbers of transactions, ascending. */
  readonly transactions: readonly number[]
}

/**
 * The transactions of a question, as columns in its order. *In* slots are the outpoints that a transaction takes in
 * walking direction (forward its inputs), *out* slots those that it fills. A key names an outpoint and is the same
 * wherever that outpoint turns up.
 */
export type Answer = {
  readonly firstIn: Uint32Array
  readonly inKey: Float64Array
  /** −1: nothing tells the value. */
  readonly inUnits: Float64Array
  readonly firstOut: Uint32Array
  readonly outKey: Float64Array
  readonly outUnits: Float64Array
  /** What comes after each out slot in walking direction. */
  readonly next: Beyond
}

/** What lies beyond outpoints, slot by slot. */
export type Beyond = {
  /** Why the ledger itself ends there (a code of STOPS), or 0. */
  readonly end: Uint8Array
  /** Code of a stop by label, 0: none. */
  readonly label: Uint8Array
  /** The transaction that takes the outpoint on, or NONE. */
  readonly transaction: Uint32Array
  readonly time: Uint32Array
}

/** Whoever answers discovery: columns in memory now (memory.ts), a database beyond one machine. */
export type Driver = {
  answer(question: Question): Answer
  /** What lies beyond the outputs that a walk starts from. */
  start(rows: readonly number[], direction: Question['direction']): Start
}

export type Start = { readonly key: Float64Array; readonly units: Float64Array; readonly next: Beyond }

/** What discovery collected: transactions with their slots in the order of discovery, and a reason for each stop. */
export type Found = {
  readonly transactions: readonly number[]
  readonly answers: readonly { readonly answer: Answer; readonly at: number }[]
  /** Code of STOPS by key, of every outpoint that no transaction found takes on. */
  readonly stops: ReadonlyMap<number, number>
  readonly edges: number
  readonly truncated: boolean
}

export function* discover(declared: Declared, start: Start): Generator<Question, Found, Answer> {
  const walk = createWalk(declared)
  for (let i = 0; i < start.key.length; i++) look(walk, start.key[i]!, start.next, i)
  for (let hop = 0; walk.frontier.size > 0; hop++) {
    const transactions = [...walk.frontier].sort((a, b) => a - b)
    walk.frontier.clear()
    if (declared.hops !== null && hop >= declared.hops) break
    const question: Question = { direction: declared.direction, transactions }
    const answer: Answer = yield question
    for (let i = 0; i < transactions.length; i++) expand(walk, transactions[i]!, answer, i)
  }
  return finish(walk)
}

type Walk = {
  readonly declared: Declared
  readonly frontier: Set<number>
  readonly seen: Set<number>
  readonly transactions: number[]
  readonly answers: { answer: Answer; at: number }[]
  readonly stops: Map<number, number>
  /** Outpoints by the transaction that takes them on. */
  readonly waiting: Map<number, number[]>
  edges: number
  truncated: boolean
}

function createWalk(declared: Declared): Walk {
  return {
    declared,
    frontier: new Set(),
    seen: new Set(),
    transactions: [],
    answers: [],
    stops: new Map(),
    waiting: new Map(),
    edges: 0,
    truncated: false,
  }
}

/** Decides whether the walk goes on from an outpoint, and where to. */
function look(walk: Walk, key: number, next: Beyond, slot: number): void {
  const why = next.label[slot]! || next.end[slot]!
  if (why !== 0) {
    walk.stops.set(key, why)
    return
  }
  const transaction = next.transaction[slot]!
  if (transaction === NONE || !inWindow(walk.declared, next.time[slot]!)) {
    walk.stops.set(key, codeOf('time'))
    return
  }
  const waiting = walk.waiting.get(transaction)
  if (waiting === undefined) walk.waiting.set(transaction, [key])
  else waiting.push(key)
  if (walk.seen.has(transaction)) return
  walk.seen.add(transaction)
  walk.frontier.add(transaction)
}

/** Takes a transaction into the walk, unless it cannot be read whole or the limit is reached. */
function expand(walk: Walk, transaction: number, answer: Answer, at: number): void {
  const [in0, in1] = [answer.firstIn[at]!, answer.firstIn[at + 1]!]
  const [out0, out1] = [answer.firstOut[at]!, answer.firstOut[at + 1]!]
  const edges = in1 - in0 + out1 - out0
  if (walk.truncated || walk.edges + edges > walk.declared.edges) {
    walk.truncated = true
    return
  }
  if (!isWhole(answer, at, walk.declared.direction)) {
    walk.stops.set(-1 - transaction, codeOf('unread'))
    return
  }
  walk.edges += edges
  walk.transactions.push(transaction)
  walk.answers.push({ answer, at })
  for (let slot = out0; slot < out1; slot++) look(walk, answer.outKey[slot]!, answer.next, slot)
}

/**
 * Whether every value of a transaction was read, and its inputs cover its outputs: without that no method can say how
 * the value split.
 */
function isWhole(answer: Answer, at: number, direction: Declared['direction']): boolean {
  const taken = sumOf(answer.inUnits, answer.firstIn[at]!, answer.firstIn[at + 1]!)
  const filled = sumOf(answer.outUnits, answer.firstOut[at]!, answer.firstOut[at + 1]!)
  if (taken < 0 || filled < 0) return false
  return direction === 'forward' ? taken >= filled : filled >= taken
}

/** The sum, or −1 where a value is unread or the sum too large for any chain of this shape. */
function sumOf(units: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let slot = from; slot < to; slot++) {
    if (units[slot]! < 0) return -1
    sum += units[slot]!
  }
  return sum <= Number.MAX_SAFE_INTEGER ? sum : -1
}

/** Outpoints whose transaction was not taken in stop there: unread, or cut by a limit (the horizon is the sweep's). */
function finish(walk: Walk): Found {
  const taken = new Set(walk.transactions)
  for (const [transaction, keys] of walk.waiting) {
    if (taken.has(transaction)) continue
    const why = walk.stops.get(-1 - transaction) ?? codeOf(walk.truncated ? 'limit' : 'horizon')
    for (const key of keys) walk.stops.set(key, why)
  }
  const { transactions, answers, stops, edges, truncated } = walk
  return { transactions, answers, stops, edges, truncated }
}
