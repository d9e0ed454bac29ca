import { type AccountColumns, NONE } from '../ledger/ledger.ts'

/**
 * Search along transfers of an account chain: from an account, by what it paid after it was paid, one asset at a time.
 *
 * A *purse* is an account that pays in an asset. Its payments lie side by side, in ledger order; who is paid leads to
 * the purse that goes on from there. What is read of a payment lies beside it, and what is marked at a purse side by
 * side. Marks carry the number of the round, which never returns, instead of being cleared: nothing is allocated by a
 * question but what it reaches. 12 bytes a payment and 22 a purse, once for each ledger.
 */
export type TransferSearch = {
  readonly graph: TransferGraph
  /**
   * By account, count + 1 entries: its purses. Of each purse: its asset and, one more entry, where its payments begin.
   */
  readonly firstPurse: Uint32Array
  readonly asset: Uint16Array
  readonly firstPayment: Uint32Array
  /** Rows of transfers; who is paid by each, and the purse that goes on from there (NONE: nobody, none). */
  readonly payments: Uint32Array
  readonly payee: Uint32Array
  readonly onward: Uint32Array
  /** By purse, four places: the round that reached it last, and the arrival that counts in and before that round. */
  readonly marks: Uint32Array
  /** Arrivals: the row of the transfer, and the arrival before it (NONE: the start). */
  rows: Uint32Array
  before: Uint32Array
  arrivals: number
  /** Rounds of all questions so far, and the first of the question at hand. */
  rounds: number
  begun: number
}

/** What a search reads of a ledger. */
export type TransferGraph = {
  readonly accounts: number
  readonly transfers: Pick<AccountColumns['transfers'], 'count' | 'from' | 'to' | 'asset' | 'moves'>
}

export type TransferQuestion = {
  readonly start: number
  /** Code of a stop at an account, 0: none. Asked of each account on the way. */
  readonly stopOf: (account: number) => number
  readonly isGoal: (account: number) => boolean
  /** Transfers that are looked at, at most about so many: a round is always ended. */
  readonly limit: number
}

/** Rows of the transfers along the way, first to last; empty: no way. */
export type TransferWay = { readonly rows: readonly number[]; readonly edges: number; readonly truncated: boolean }

/** Four passes over the transfers. */
export function createTransferSearch(graph: TransferGraph): TransferSearch {
  const { payments, first } = paymentsBy(graph)
  const { asset } = graph.transfers
  const firstPurse = new Uint32Array(graph.accounts + 1)
  const assets: number[] = []
  const firstPayment: number[] = []
  for (let account = 0; account < graph.accounts; account++) {
    const mine = payments.subarray(first[account]!, first[account + 1]!)
    for (let k = 0; k < mine.length; k++) {
      if (k > 0 && asset[mine[k]!] === asset[mine[k - 1]!]) continue
      assets.push(asset[mine[k]!]!)
      firstPayment.push(first[account]! + k)
    }
    firstPurse[account + 1] = assets.length
  }
  firstPayment.push(payments.length)
  const purses = { firstPurse, asset: Uint16Array.from(assets) }
  const payee = payments.map(row => graph.transfers.to[row]!)
  const onward = payments.map(row => purseOf(purses, graph.transfers.to[row]!, asset[row]!))
  return {
    ...{ graph, ...purses, payments, payee, onward, firstPayment: Uint32Array.from(firstPayment) },
    ...{ marks: new Uint32Array(4 * assets.length), rounds: 0, begun: 0 },
    ...{ rows: new Uint32Array(1024), before: new Uint32Array(1024), arrivals: 0 },
  }
}

/** Places of a purse's marks. */
const [ROUND, NEXT, BEST] = [0, 1, 2] as const

/**
 * The fewest transfers to a goal, each after the one before it, through no account that stops. By rounds of one more
 * transfer; in each the earliest arrival at a purse is all that matters.
 */
export function fewestTransfers(search: TransferSearch, question: TransferQuestion): TransferWay {
  const { firstPurse, marks } = search
  search.begun = ++search.rounds
  search.arrivals = 0
  let edges = 0
  let frontier: number[] = []
  for (let purse = firstPurse[question.start]!; purse < firstPurse[question.start + 1]!; purse++) {
    marks[4 * purse + ROUND] = search.rounds
    marks[4 * purse + BEST] = NONE
    frontier.push(purse)
  }
  while (frontier.length > 0 && edges < question.limit) {
    search.rounds++
    const reached: number[] = []
    for (const purse of frontier) {
      const goal = spread(search, question, purse, reached)
      edges += goal.edges
      if (goal.arrival !== NONE) return { rows: wayTo(search, goal.arrival), edges, truncated: false }
    }
    frontier = reached.sort((a, b) => a - b)
    for (const purse of frontier) marks[4 * purse + BEST] = marks[4 * purse + NEXT]!
  }
  return { rows: [], edges, truncated: edges >= question.limit }
}

/** Follows what a purse paid after its arrival; `arrival`: at a goal, or NONE. */
function spread(
  search: TransferSearch,
  { stopOf, isGoal }: TransferQuestion,
  purse: number,
  reached: number[],
): { arrival: number; edges: number } {
  const { payments, payee, onward, firstPayment, marks } = search
  const since = marks[4 * purse + BEST]!
  const end = firstPayment[purse + 1]!
  const first = since === NONE ? firstPayment[purse]! : after(payments, firstPayment[purse]!, end, search.rows[since]!)
  for (let k = first; k < end; k++) {
    const account = payee[k]!
    if (account === NONE) continue
    if (isGoal(account)) return { arrival: arrive(search, payments[k]!, since), edges: k + 1 - first }
    const next = onward[k]!
    if (next !== NONE && stopOf(account) === 0) reach(search, next, payments[k]!, since, reached)
  }
  return { arrival: NONE, edges: end - first }
}

/** Notes an arrival at a purse where it is the first, or earlier than those that are known. */
function reach(search: TransferSearch, purse: number, row: number, since: number, reached: number[]): void {
  const { marks } = search
  const at = 4 * purse
  const round = marks[at + ROUND]!
  if (round === search.rounds) {
    if (row < search.rows[marks[at + NEXT]!]!) marks[at + NEXT] = arrive(search, row, since)
    return
  }
  if (round >= search.begun) {
    // The start holds what it holds from before all.
    const held = marks[at + BEST]!
    if (held === NONE || row >= search.rows[held]!) return
  }
  marks[at + ROUND] = search.rounds
  marks[at + NEXT] = arrive(search, row, since)
  reached.push(purse)
}

function arrive(search: TransferSearch, row: number, before: number): number {
  const arrival = search.arrivals++
  if (arrival === search.rows.length) {
    search.rows = grown(search.rows)
    search.before = grown(search.before)
  }
  search.rows[arrival] = row
  search.before[arrival] = before
  return arrival
}

function grown(column: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * column.length)
  larger.set(column)
  return larger
}

function wayTo({ rows, before }: TransferSearch, last: number): number[] {
  const way: number[] = []
  for (let at = last; at !== NONE; at = before[at]!) way.push(rows[at]!)
  return way.reverse()
}

type Purses = Pick<TransferSearch, 'firstPurse' | 'asset'>

/** The purse of an account in an asset, or NONE: it pays nothing in it. */
function purseOf({ firstPurse, asset }: Purses, account: number, wanted: number): number {
  if (account === NONE) return NONE
  let [low, high] = [firstPurse[account]!, firstPurse[account + 1]!]
  while (low < high) {
    const middle = (low + high) >> 1
    if (asset[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low < firstPurse[account + 1]! && asset[low] === wanted ? low : NONE
}

/** The first place between `low` and `high` whose row comes after `row`. */
function after(payments: Uint32Array, low: number, high: number, row: number): number {
  while (low < high) {
    const middle = (low + high) >> 1
    if (payments[middle]! <= row) low = middle + 1
    else high = middle
  }
  return low
}

/** Rows that move value, by who pays, then by asset, then in ledger order: filed by asset first, then by payer. */
function paymentsBy({ accounts, transfers }: TransferGraph): { payments: Uint32Array; first: Uint32Array } {
  const { count, from, moves, asset } = transfers
  const byAsset = new Uint32Array(2 ** 16 + 1)
  const first = new Uint32Array(accounts + 1)
  for (let row = 0; row < count; row++) {
    if (moves[row] !== 1 || from[row] === NONE) continue
    first[from[row]! + 1]!++
    byAsset[asset[row]! + 1]!++
  }
  for (let account = 0; account < accounts; account++) first[account + 1]! += first[account]!
  for (let one = 0; one < 2 ** 16; one++) byAsset[one + 1]! += byAsset[one]!
  const filed = new Uint32Array(first[accounts]!)
  for (let row = 0; row < count; row++) {
    if (moves[row] === 1 && from[row] !== NONE) filed[byAsset[asset[row]!]!++] = row
  }
  const payments = new Uint32Array(filed.length)
  const next = first.slice(0, accounts)
  for (const row of filed) payments[next[from[row]!]!++] = row
  return { payments, first }
}
