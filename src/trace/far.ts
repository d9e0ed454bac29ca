import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, type FarLedger, type FarQuestion, NONE } from '../ledger/ledger.ts'
import type { Swept } from './account.ts'
import {
  type AccountStart,
  type AccountsFound,
  discoverAccounts,
  type History,
  type Numbers,
} from './account-discover.ts'
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
  if (declared.direction === 'forward') yield* fetchBorder(far, origin, found, labels)
  return excerptOf(far, found)
}

type FarOrigin = {
  readonly addresses: ReadonlySet<number>
  /** Places in the stock. */
  readonly outpoints: readonly number[]
  readonly exempt: ReadonlySet<number>
}

function originOf(far: FarLedger, names: readonly string[]): FarOrigin {
  const addresses = new Set<number>()
  const outpoints: number[] = []
  for (const name of names) {
    const found = parseOutpoint(name) === undefined ? far.numberOf(name) : far.placeOf(name)
    if (found === undefined) continue
    if (parseOutpoint(name) === undefined) addresses.add(found)
    else outpoints.push(found)
  }
  const { from, to } = far.stock.rows
  const sides = outpoints.flatMap(place => [numberAt(far, from[place]!), numberAt(far, to[place]!)])
  return { addresses, outpoints, exempt: new Set([...addresses, ...sides]) }
}

function startOf(far: FarLedger, origin: FarOrigin, declared: Declared, labels: Labels): AccountStart {
  const { rows } = far.stock
  const near = declared.direction === 'forward' ? rows.to : rows.from
  return {
    accounts: origin.addresses,
    transfers: origin.outpoints
      .filter(place => near[place] !== NONE)
      .map(place => ({
        ...{ account: numberAt(far, near[place]!), asset: rows.asset[place]!, row: rows.position[place]! },
      })),
    assets: far.assets.length,
    isStop: account => labels.stopOf(account) !== 0,
  }
}

function historyOf(far: FarLedger, account: number, labels: Labels): History | null {
  const places = far.historyOf(account)
  if (places === null) return null
  const { rows } = far.stock
  const column = () => new Float64Array(places.length)
  const history = {
    ...{ row: column(), from: column(), to: column(), asset: new Uint16Array(places.length) },
    ...{ time: new Uint32Array(places.length), back: column().fill(NONE), backAsset: new Uint16Array(places.length) },
  }
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!
    history.row[i] = rows.position[place]!
    history.from[i] = numberAt(far, rows.from[place]!)
    history.to[i] = numberAt(far, rows.to[place]!)
    history.asset[i] = rows.asset[place]!
    history.time[i] = rows.time[place]!
    if (history.from[i] !== account || !labels.isSwap(history.to[i]!)) continue
    const back = backOf(far, places, i)
    if (back === undefined) continue
    history.back[i] = rows.position[back]!
    history.backAsset[i] = rows.asset[back]!
  }
  return history
}

/** Place of the transfer that pays back what the `i`-th of an account's history paid in: both are in that history. */
function backOf({ stock: { rows } }: FarLedger, places: Uint32Array, i: number): number | undefined {
  const own = rows.transaction[places[i]!]
  let [first, end] = [i, i + 1]
  while (first > 0 && rows.transaction[places[first - 1]!] === own) first--
  while (end < places.length && rows.transaction[places[end]!] === own) end++
  const among = places.subarray(first, end)
  const pick = (column: ArrayLike<number>) => Array.from(among, place => column[place]!)
  const part = { from: pick(rows.from), to: pick(rows.to), asset: pick(rows.asset), kind: pick(rows.kind) }
  const back = backAmong({ ...part, moves: pick(rows.moves) }, i - first, 0, among.length)
  return back === NONE ? undefined : among[back]
}

/**
 * What the sweep asks about accounts that were not followed: when each paid last (where value lies there, is it still
 * there?), and whether one paid an origin that was not followed itself.
 */
function* fetchBorder(
  far: FarLedger,
  { addresses }: FarOrigin,
  { accounts }: AccountsFound,
  labels: Labels,
): Generator<FarQuestion, void, void> {
  const border = far.stock.numbers.filter(account => !accounts.has(account) && labels.stopOf(account) === 0)
  yield { ask: 'last payments', accounts: border }
  const payees = [...addresses].filter(account => !accounts.has(account))
  yield { ask: 'payments to', payees, payers: border }
}

function excerptOf(far: FarLedger, { accounts, histories, edges, truncated }: AccountsFound): Fetched {
  const { columns, rowAt, accountRow } = far.excerpt()
  const taken = new Uint8Array(columns.transfers.count)
  for (const { row } of histories.values()) for (const position of row as Numbers) taken[rowAt(position)] = 1
  const rows = new Uint32Array(taken.length)
  let count = 0
  for (let row = 0; row < taken.length; row++) if (taken[row] === 1) rows[count++] = row
  const followed = new Set([...accounts].map(accountRow))
  return { columns, found: { accounts: followed, rows: rows.slice(0, count), edges, truncated } }
}

/** The number of an account in the whole ledger, by its place in the stock. */
function numberAt({ stock }: FarLedger, place: number): number {
  return place === NONE ? NONE : stock.numbers[place]!
}
