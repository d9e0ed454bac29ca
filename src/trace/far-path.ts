import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, ClickHouse, type FarLedger, type FarQuestion, NONE } from '../ledger/ledger.ts'
import { createLabels, isService } from './labels.ts'

/** A way over a ledger that lies elsewhere. `to` null: to the nearest service or mixer. */
export type FarWay = { readonly from: string; readonly to: string | null; readonly limit: number }

/**
 * Which histories a search for the fewest transfers reads (transfer-search.ts), without I/O: round by round the same
 * arrivals, so that it is over in the same round. The search itself then runs over what this gives.
 */
export function* fetchWay(
  far: FarLedger,
  knowledge: Knowledge,
  { from, to, limit }: FarWay,
): Generator<FarQuestion, AccountColumns, void> {
  yield { ask: 'names', names: to === null ? [from] : [from, to] }
  const start = far.numberOf(from)!
  const goal = to === null ? null : far.numberOf(to)!
  const labels = createLabels(knowledge, far.network, far, account => account === start || account === goal)
  const isGoal = (account: number) => (goal === null ? isService(labels.stopOf(account)) : account === goal)
  const walk: Walk = { far, start, isGoal, stopOf: labels.stopOf, arrived: new Map(), edges: 0 }
  const read = new Set<number>()
  let rows = 0
  let frontier = Array.from(far.assets, (_, asset) => start * ASSETS + asset)
  for (const purse of frontier) walk.arrived.set(purse, -1)
  while (frontier.length > 0 && walk.edges < limit) {
    const fresh = [...new Set(frontier.map(accountOf))].filter(account => !read.has(account))
    if (fresh.length > 0) yield { ask: 'histories', accounts: fresh, limit: ROWS_MAX - rows }
    for (const account of fresh) {
      const history = far.historyOf(account)
      if (history === null) throw ClickHouse.tooMuch(far.network, ROWS_MAX)
      read.add(account)
      rows += history.end - history.first
    }
    const reached = new Map<number, number>()
    if (frontier.some(purse => spread(walk, purse, reached))) break
    for (const [purse, row] of reached) walk.arrived.set(purse, row)
    frontier = [...reached.keys()].sort((a, b) => a - b)
  }
  return far.excerpt([...read].map(account => far.historyOf(account)!)).columns
}

/** Purses are numbered by account, then asset. */
const ASSETS = 65_536

/** Transfers that one search fetches at most. Ours: a quarter of a gigabyte from each shard. */
const ROWS_MAX = 2_000_000

type Walk = {
  readonly far: FarLedger
  readonly start: number
  readonly isGoal: (account: number) => boolean
  readonly stopOf: (account: number) => number
  /** By purse: position of the earliest arrival before this round. */
  readonly arrived: Map<number, number>
  edges: number
}

/** Follows what a purse paid after its arrival; true: to a goal. */
function spread(walk: Walk, purse: number, reached: Map<number, number>): boolean {
  const [account, asset, since] = [accountOf(purse), purse % ASSETS, walk.arrived.get(purse)!]
  const { lot, first, end } = walk.far.historyOf(account)!
  for (let i = first; i < end; i++) {
    if (lot.from[i] !== account || lot.asset[i] !== asset || lot.position[i]! <= since) continue
    walk.edges++
    const payee = lot.to[i]!
    if (payee === NONE) continue
    if (walk.isGoal(payee)) return true
    if (walk.stopOf(payee) === 0) reach(walk, payee * ASSETS + asset, lot.position[i]!, reached)
  }
  return false
}

function reach({ arrived }: Walk, purse: number, row: number, reached: Map<number, number>): void {
  if (row < Math.min(arrived.get(purse) ?? Number.POSITIVE_INFINITY, reached.get(purse) ?? Number.POSITIVE_INFINITY)) {
    reached.set(purse, row)
  }
}

function accountOf(purse: number): number {
  return Math.floor(purse / ASSETS)
}
