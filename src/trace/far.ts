import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, type ClickHouse, type FarLedger, type FarQuestion, NONE } from '../ledger/ledger.ts'
import type { Swept } from './account.ts'
import { type AccountStart, type AccountsFound, discoverAccounts, type History } from './account-discover.ts'
import type { Declared } from './declaration.ts'
import { createLabels, type Labels } from './labels.ts'
import { parseOutpoint } from './origin.ts'
import { backAmong } from './swap.ts'

/**
 * What a walk needs of an account chain's ledger that lies elsewhere: the columns that it touches, in the order that
 * they have there, and what discovery found among them. The sweep over these is the sweep over the whole.
 */
export type Fetched = { readonly columns: AccountColumns; readonly found: Swept }

/**
 * Discovery over a ledger that lies elsewhere, without I/O: it yields what it wants to know, and whoever drives it has
 * that fetched before it goes on.
 */
export function* fetchWalk(
  far: FarLedger,
  knowledge: Knowledge,
  names: readonly string[],
  declared: Declared,
): Generator<FarQuestion, Fetched, void> {
  yield { ask: 'names', names }
  const origin = originOf(far, names)
  const labels = createLabels(knowledge, far.network, far, account => origin.exempt.has(account))
  const walk = discoverAccounts(declared, startOf(far, origin, declared, labels))
  let step = walk.next()
  while (step.done !== true) {
    const { accounts, limit } = step.value
    yield { ask: 'histories', accounts, limit }
    step = walk.next(accounts.map(account => historyOf(far, account, labels)))
  }
  const found = step.value
  if (declared.direction === 'forward') yield* fetchBorder(origin, found)
  return excerptOf(far, found)
}

type FarOrigin = {
  readonly addresses: ReadonlySet<number>
  readonly outpoints: readonly ClickHouse.Stretch[]
  readonly exempt: ReadonlySet<number>
}

function originOf(far: FarLedger, names: readonly string[]): FarOrigin {
  const isOutpoint = (name: string): boolean => parseOutpoint(name) !== undefined
  const addresses = names.filter(name => !isOutpoint(name)).map(name => far.numberOf(name))
  const outpoints = names.filter(isOutpoint).map(name => far.transferOf(name))
  const own = new Set(addresses.filter(number => number !== undefined))
  const single = outpoints.filter(stretch => stretch !== undefined)
  const sides = single.flatMap(({ lot, first }) => [lot.from[first]!, lot.to[first]!])
  return { addresses: own, outpoints: single, exempt: new Set([...own, ...sides]) }
}

function startOf(far: FarLedger, origin: FarOrigin, declared: Declared, labels: Labels): AccountStart {
  const near = declared.direction === 'forward' ? 'to' : 'from'
  return {
    accounts: origin.addresses,
    transfers: origin.outpoints
      .filter(({ lot, first }) => lot[near][first] !== NONE)
      .map(({ lot, first }) => ({
        ...{ account: lot[near][first]!, asset: lot.asset[first]!, row: lot.position[first]! },
      })),
    assets: far.assets.length,
    isStop: account => labels.stopOf(account) !== 0,
  }
}

function historyOf(far: FarLedger, account: number, labels: Labels): History | null {
  const stretch = far.historyOf(account)
  if (stretch === null) return null
  const { lot, first, end } = stretch
  const history = {
    ...{ row: lot.position.subarray(first, end), from: lot.from.subarray(first, end) },
    ...{ to: lot.to.subarray(first, end), asset: lot.asset.subarray(first, end), time: lot.time.subarray(first, end) },
  }
  const back = new Float64Array(end - first).fill(NONE)
  const backAsset = new Uint16Array(end - first)
  for (let i = first; i < end; i++) {
    if (lot.from[i] !== account) continue
    const paid = backOf(stretch, i)
    if (paid === undefined || !labels.isSwap(lot.to[i]!)) continue
    back[i - first] = lot.position[paid]!
    backAsset[i - first] = lot.asset[paid]!
  }
  return { ...history, back, backAsset }
}

/** Place of the transfer that pays back what the one at `i` paid in: both are in that history. */
function backOf({ lot, first, end }: ClickHouse.Stretch, i: number): number | undefined {
  const own = lot.transaction[i]
  let [from, to] = [i, i + 1]
  while (from > first && lot.transaction[from - 1] === own) from--
  while (to < end && lot.transaction[to] === own) to++
  if (to - from === 1) return undefined
  const back = backAmong(lot, i, from, to)
  return back === NONE ? undefined : back
}

/**
 * What the sweep asks about accounts that value reaches and that were not followed: when each paid last (where value
 * lies there, is it still there?), and whether one paid an origin that was not followed itself.
 */
function* fetchBorder(
  { addresses }: FarOrigin,
  { accounts, reached }: AccountsFound,
): Generator<FarQuestion, void, void> {
  const border = [...reached].filter(account => !accounts.has(account))
  yield { ask: 'last payments', accounts: border }
  const payees = [...addresses].filter(account => !accounts.has(account))
  yield { ask: 'payments to', payees, payers: border }
}

function excerptOf(far: FarLedger, { accounts, edges, truncated }: AccountsFound): Fetched {
  const { columns, rows, accountRow } = far.excerpt([...accounts].map(account => far.historyOf(account)!))
  return { columns, found: { accounts: new Set([...accounts].map(accountRow)), rows, edges, truncated } }
}
