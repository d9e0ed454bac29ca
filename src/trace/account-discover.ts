import { NONE } from '../ledger/ledger.ts'
import { type Declared, inWindow } from './declaration.ts'

/**
 * Which accounts a walk over an account chain may touch: the closure of the origin over transfers in ledger order
 * (forward: nothing leaves before it arrived; backward: nothing arrives after it left). Without I/O, like discover.ts.
 */
export type AccountQuestion = {
  readonly accounts: readonly number[]
  /** Rows that may still be read: histories beyond it, in the order of the accounts, need not be answered. */
  readonly limit: number
}

/** Rows and accounts beyond one machine are numbers past 32 bits. */
export type Numbers = Uint32Array | Float64Array

/** All rows that move value from or to an account, ascending, with what discovery needs of each. */
export type History = {
  readonly row: Numbers
  readonly from: Numbers
  readonly to: Numbers
  readonly asset: Uint16Array
  readonly time: Uint32Array
  /** Of payments to a swap: row by which the same transaction pays another asset back, or NONE; and that asset. */
  readonly back: Numbers
  readonly backAsset: Uint16Array
}

/** Whoever answers it: columns in memory now (account.ts), a database beyond one machine. */
export type AccountDriver = { histories(question: AccountQuestion): (History | null)[] }

export type AccountStart = {
  /** Accounts whose whole history is the origin's. */
  readonly accounts: ReadonlySet<number>
  /** Single transfers: the account where each lies in walking direction, its asset and row. */
  readonly transfers: readonly { account: number; asset: number; row: number }[]
  readonly assets: number
  /** Whether the walk ends at the account by its label. */
  readonly isStop: (account: number) => boolean
}

export type AccountsFound = {
  /** Accounts whose history was read: value is followed through these and no others. */
  readonly accounts: ReadonlySet<number>
  readonly histories: ReadonlyMap<number, History>
  /** All accounts that value may reach, followed or not. */
  readonly reached: ReadonlySet<number>
  readonly edges: number
  readonly truncated: boolean
}

export function* discoverAccounts(
  declared: Declared,
  start: AccountStart,
): Generator<AccountQuestion, AccountsFound, readonly (History | null)[]> {
  const walk = createWalk(declared, start)
  for (let hop = 0; walk.changed.size > 0; hop++) {
    if (declared.hops !== null && hop >= declared.hops) break
    const keys = [...walk.changed].sort((a, b) => a - b)
    walk.changed.clear()
    const fresh = [...new Set(keys.map(key => accountOf(walk, key)))].filter(account => !walk.histories.has(account))
    if (fresh.length > 0 && !walk.truncated) {
      const answer: readonly (History | null)[] = yield { accounts: fresh, limit: declared.edges - walk.edges }
      fresh.forEach((account, i) => {
        admit(walk, account, answer[i]!)
      })
    }
    for (const key of keys) pass(walk, key)
  }
  const accounts = new Set(walk.histories.keys())
  const reached = new Set([...walk.since.keys()].map(key => accountOf(walk, key)))
  return { accounts, histories: walk.histories, reached, edges: walk.edges, truncated: walk.truncated }
}

type Walk = {
  readonly declared: Declared
  readonly start: AccountStart
  readonly histories: Map<number, History>
  /** By account and asset: the row from which on (backward: before which) value of the walk lies there. */
  readonly since: Map<number, number>
  readonly changed: Set<number>
  edges: number
  truncated: boolean
}

function createWalk(declared: Declared, start: AccountStart): Walk {
  const edge = declared.direction === 'forward' ? -1 : Number.POSITIVE_INFINITY
  const walk: Walk = {
    ...{ declared, start, histories: new Map(), since: new Map(), changed: new Set(), edges: 0, truncated: false },
  }
  for (const account of start.accounts) {
    for (let asset = 0; asset < start.assets; asset++) reach(walk, account * start.assets + asset, edge)
  }
  for (const { account, asset, row } of start.transfers) reach(walk, account * start.assets + asset, row)
  return walk
}

function reach(walk: Walk, key: number, row: number): void {
  const known = walk.since.get(key)
  const wider = known === undefined || (walk.declared.direction === 'forward' ? row < known : row > known)
  if (!wider) return
  walk.since.set(key, row)
  walk.changed.add(key)
}

function admit(walk: Walk, account: number, history: History | null): void {
  if (walk.truncated || history === null || walk.edges + history.row.length > walk.declared.edges) {
    walk.truncated = true
    return
  }
  walk.edges += history.row.length
  walk.histories.set(account, history)
}

/** Passes what lies at an account on to those it paid (backward: those that paid it). */
function pass(walk: Walk, key: number): void {
  const { start, declared } = walk
  const account = accountOf(walk, key)
  const history = walk.histories.get(account)
  if (history === undefined) return
  const forward = declared.direction === 'forward'
  const [near, far] = forward ? [history.from, history.to] : [history.to, history.from]
  const since = walk.since.get(key)!
  const asset = key % start.assets
  for (let i = 0; i < history.row.length; i++) {
    const row = history.row[i]!
    if (near[i] !== account || history.asset[i] !== asset || far[i] === NONE) continue
    if (forward ? row <= since : row >= since) continue
    if (!inWindow(declared, history.time[i]!)) continue
    if (start.isStop(far[i]!)) {
      if (forward && history.back[i] !== NONE) {
        reach(walk, account * start.assets + history.backAsset[i]!, history.back[i]!)
      }
      continue
    }
    reach(walk, far[i]! * start.assets + asset, row)
  }
}

function accountOf(walk: Walk, key: number): number {
  return Math.floor(key / walk.start.assets)
}

/** Rows of several lists, each ascending: together, ascending, each once. */
export function merged(lists: readonly Uint32Array[]): Uint32Array {
  const filled = lists.filter(list => list.length > 0)
  if (filled.length === 1) return filled[0]!
  const rows = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let at = 0
  for (const list of lists) {
    rows.set(list, at)
    at += list.length
  }
  rows.sort()
  let count = 0
  for (const row of rows) if (count === 0 || rows[count - 1] !== row) rows[count++] = row
  return rows.slice(0, count)
}
