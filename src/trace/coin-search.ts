import { NONE, type UtxoColumns } from '../ledger/ledger.ts'

/**
 * Breadth-first search along coins: from transaction to transaction by who spends what, forward in time by nature.
 *
 * Nothing is allocated by a question: marks carry the number of the question (epoch) instead of being cleared, and
 * queues are as long as the ledger. 24 bytes a transaction, once for each ledger. Cost: some ten random loads for each
 * transaction looked at.
 */
export type CoinSearch = {
  readonly graph: CoinGraph
  readonly ahead: Side
  readonly behind: Side
  /** Halves of the values: a value is nothing where both are 0. */
  readonly halves: Uint32Array
  epoch: number
}

/** What a search reads of a ledger. */
export type CoinGraph = {
  readonly transactions: Pick<UtxoColumns['transactions'], 'count' | 'firstInput' | 'firstOutput'>
  readonly inputs: Pick<UtxoColumns['inputs'], 'transaction' | 'output'>
  readonly outputs: Pick<UtxoColumns['outputs'], 'transaction' | 'units' | 'address' | 'spender'>
}

/** What a question finds: the outputs along the way, first to last; empty: no way. */
export type Way = {
  readonly outputs: readonly number[]
  /** Inputs and outputs that were looked at. */
  readonly edges: number
  readonly truncated: boolean
}

export type Question = {
  /** Row of the address that the search starts from, and of all outputs that pay it. */
  readonly start: number
  readonly starts: readonly number[]
  /** Code of a stop at an address, 0: none. */
  readonly stopOf: (address: number) => number
  /** Inputs and outputs that are looked at, at most. */
  readonly limit: number
}

/** Transactions that one direction has found. */
type Side = {
  /**
   * By transaction, side by side since they are read together: the question that found it last, and through which
   * output. Ahead: the one that the transaction spends. Behind: the one of its outputs that leads on.
   */
  readonly seen: Uint32Array
  readonly queue: Uint32Array
  head: number
  tail: number
}

export function createCoinSearch(graph: CoinGraph): CoinSearch {
  const { units } = graph.outputs
  const halves = new Uint32Array(units.buffer, units.byteOffset, 2 * units.length)
  const side = () => createSide(graph.transactions.count)
  return { graph, ahead: side(), behind: side(), halves, epoch: 0 }
}

/** Where a search leads to: an address, and all outputs that pay it. */
export type Goal = { readonly address: number; readonly outputs: readonly number[] }

/**
 * The fewest transactions from an address to another, through no address that stops; the two ends are exempt. From
 * both ends at once, the smaller side a level at a time; of ways equally short, the one whose middle transaction comes
 * first in the ledger.
 */
export function shortest(search: CoinSearch, question: Question, goal: Goal): Way {
  begin(search)
  const { ahead, behind, graph, epoch } = search
  let met = NONE
  for (const row of goal.outputs) if (isValue(search, row)) enter(behind, epoch, graph.outputs.transaction[row]!, row)
  for (const start of question.starts) {
    const spender = graph.outputs.spender[start]!
    if (spender === NONE) continue
    const transaction = graph.inputs.transaction[spender]!
    enter(ahead, epoch, transaction, start)
    if (behind.seen[2 * transaction] === epoch && transaction < met) met = transaction
  }
  let edges = 0
  while (met === NONE && edges < question.limit && ahead.head < ahead.tail && behind.head < behind.tail) {
    const forward = ahead.tail - ahead.head <= behind.tail - behind.head
    const side = forward ? ahead : behind
    for (const end = side.tail; side.head < end && edges < question.limit; ) {
      const transaction = side.queue[side.head++]!
      const found = forward ? lookAhead(search, transaction, question) : lookBehind(search, transaction, question, goal)
      edges += found.edges
      if (found.met < met) met = found.met
    }
  }
  const outputs = met === NONE ? [] : join(search, met, question, goal)
  return { outputs, edges, truncated: met === NONE && edges >= question.limit }
}

/** The fewest transactions from the starts to any output at an address that `isGoal` accepts by its stop. */
export function nearest(search: CoinSearch, question: Question, isGoal: (stop: number) => boolean): Way {
  begin(search)
  const { ahead, graph, epoch } = search
  const { firstOutput } = graph.transactions
  const { address, spender } = graph.outputs
  for (const start of question.starts) {
    if (spender[start] !== NONE) enter(ahead, epoch, graph.inputs.transaction[spender[start]!]!, start)
  }
  let edges = 0
  while (ahead.head < ahead.tail && edges < question.limit) {
    const transaction = ahead.queue[ahead.head++]!
    for (let row = firstOutput[transaction]!, end = firstOutput[transaction + 1]!; row < end; row++) {
      edges++
      if (!isValue(search, row)) continue
      const stop = question.stopOf(address[row]!)
      if (stop !== 0 && isGoal(stop)) {
        return { outputs: [...back(search, transaction, question), row], edges, truncated: false }
      }
      // Back to the start is never nearer.
      if (stop !== 0 || spender[row] === NONE || address[row] === question.start) continue
      enter(ahead, epoch, graph.inputs.transaction[spender[row]!]!, row)
    }
  }
  return { outputs: [], edges, truncated: edges >= question.limit }
}

function createSide(count: number): Side {
  return {
    ...{ seen: new Uint32Array(2 * count), queue: new Uint32Array(count), head: 0, tail: 0 },
  }
}

/** The next question; after 2^32 of them the marks begin anew. */
function begin(search: CoinSearch): void {
  search.epoch++
  for (const side of [search.ahead, search.behind]) {
    side.head = 0
    side.tail = 0
    if (search.epoch > 0xffff_ffff) side.seen.fill(0)
  }
  if (search.epoch > 0xffff_ffff) search.epoch = 1
}

function enter(side: Side, epoch: number, transaction: number, via: number): boolean {
  if (side.seen[2 * transaction] === epoch) return false
  side.seen[2 * transaction] = epoch
  side.seen[2 * transaction + 1] = via
  side.queue[side.tail++] = transaction
  return true
}

type Looked = { readonly edges: number; readonly met: number }

/** The transactions that spend the outputs of one; the first in the ledger where the other side has been. */
function lookAhead(search: CoinSearch, transaction: number, { stopOf, start }: Question): Looked {
  const { graph, ahead, behind, epoch } = search
  const { firstOutput } = graph.transactions
  const { spender, address } = graph.outputs
  const [first, end] = [firstOutput[transaction]!, firstOutput[transaction + 1]!]
  let met = NONE
  for (let row = first; row < end; row++) {
    if (spender[row] === NONE || address[row] === start || !isValue(search, row)) continue
    if (stopOf(address[row]!) !== 0) continue
    const next = graph.inputs.transaction[spender[row]!]!
    if (enter(ahead, epoch, next, row) && behind.seen[2 * next] === epoch && next < met) met = next
  }
  return { edges: end - first, met }
}

function lookBehind(search: CoinSearch, transaction: number, { stopOf }: Question, goal: Goal): Looked {
  const { graph, ahead, behind, epoch } = search
  const { firstInput } = graph.transactions
  const { address } = graph.outputs
  const [first, end] = [firstInput[transaction]!, firstInput[transaction + 1]!]
  let met = NONE
  for (let input = first; input < end; input++) {
    const row = graph.inputs.output[input]!
    if (row === NONE || address[row] === goal.address || !isValue(search, row)) continue
    if (stopOf(address[row]!) !== 0) continue
    const next = graph.outputs.transaction[row]!
    if (enter(behind, epoch, next, row) && ahead.seen[2 * next] === epoch && next < met) met = next
  }
  return { edges: end - first, met }
}

function isValue({ halves }: CoinSearch, output: number): boolean {
  return (halves[2 * output]! | halves[2 * output + 1]!) !== 0
}

/** The outputs from the start to where the sides met and on to the goal. */
function join(search: CoinSearch, met: number, question: Question, goal: Goal): number[] {
  const { behind, graph } = search
  const outputs = back(search, met, question)
  for (let transaction = met; ; ) {
    const row = behind.seen[2 * transaction + 1]!
    outputs.push(row)
    if (graph.outputs.address[row] === goal.address) return outputs
    transaction = graph.inputs.transaction[graph.outputs.spender[row]!]!
  }
}

/** The outputs from the start to what a transaction spends. */
function back({ ahead, graph }: CoinSearch, transaction: number, { start }: Question): number[] {
  const outputs: number[] = []
  for (let at = transaction; ; ) {
    const row = ahead.seen[2 * at + 1]!
    outputs.push(row)
    if (graph.outputs.address[row] === start) return outputs.reverse()
    at = graph.outputs.transaction[row]!
  }
}
