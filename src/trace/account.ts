import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, NONE } from '../ledger/ledger.ts'
import { followBack } from './account-backward.ts'
import {
  type AccountDriver,
  type AccountQuestion,
  type AccountStart,
  type AccountsFound,
  discoverAccounts,
  type History,
  merged,
} from './account-discover.ts'
import { follow } from './account-forward.ts'
import type { AccountWalk } from './account-walk.ts'
import { type Book, createBook } from './book.ts'
import type { Entry, Exit } from './crossing.ts'
import type { Declared } from './declaration.ts'
import { type Bridges, type Exits, exitsOf, sideAt } from './exit.ts'
import { createLabels, type Labels } from './labels.ts'
import type { Method } from './method.ts'
import type { Origin } from './origin.ts'
import type { Outcome } from './outcome.ts'
import { hopsOf, type Parcel, type Spending } from './purse.ts'
import { inOrderOfSwaps, paidBack } from './swap.ts'
import type { Walked, Walker, Watch } from './walk.ts'

/** Follows the origin's transfers over an account chain: a queue per account and asset, in ledger order. */
export const walkAccount: Walker<AccountColumns> = (columns, knowledge, origin, declared, watch, bridges): Walked => {
  const labels = labelsOf(columns, knowledge, origin)
  const exits = exitsOf(columns, bridges, sideAt(declared), knowledge)
  const whole = startOf(columns, origin, declared, labels)
  const start = { ...whole, transfers: whole.transfers.filter(({ row }) => exits.at(row) === null) }
  const found = discover(columns, declared, start, labels, exits)
  return sweep({ columns, origin, declared, labels, exits, entries: new Map(), ...found }, watch)
}

/**
 * Goes on from crossings: forward from the payments by which a bridge paid out here, backward from those by which value
 * was paid into it. `entered` are those that are followed, `left` the others, with why not.
 */
export function walkEntries(
  columns: AccountColumns,
  knowledge: Knowledge,
  declared: Declared,
  given: readonly Entry[],
  bridges: Bridges,
): Walked & { readonly entered: ReadonlySet<number>; readonly left: readonly Left[] } {
  const origin: Origin = { names: [], addresses: new Set(), outpoints: new Set(), unread: [] }
  const labels = labelsOf(columns, knowledge, origin)
  const exits = exitsOf(columns, bridges, sideAt(declared), knowledge)
  const { to, from, asset } = columns.transfers
  const [near, far] = declared.direction === 'forward' ? [to, from] : [from, to]
  const followed = given.filter(
    ({ row }) => near[row] !== NONE && labels.stopOf(near[row]!) === 0 && exits.at(row) === null,
  )
  const transfers = followed.map(({ row }) => ({ account: near[row]!, asset: asset[row]!, row }))
  const start = { ...startOf(columns, origin, declared, labels), transfers }
  const found = discover(columns, within(declared, given), start, labels, exits)
  const whyLeft = (row: number): Left['why'] | null => {
    if (!isWithin(columns, declared, row)) return 'window'
    if (given.filter(one => one.row === row).length > 1) return 'twice'
    return far[row] !== NONE && found.accounts.has(far[row]!) ? 'followed' : null
  }
  const left = given.flatMap(({ row }) => {
    const why = whyLeft(row)
    return why === null ? [] : [{ row, why }]
  })
  const entries = new Map(given.filter(({ row }) => whyLeft(row) === null).map(({ row, parcels }) => [row, parcels]))
  const rows = merged([found.rows, Uint32Array.from(entries.keys()).sort()])
  const walk = { columns, origin, declared, labels, exits, entries, ...found, rows }
  return { ...sweep(walk), entered: new Set(entries.keys()), left }
}

/** A payment that value crossed by, and that is not followed on. */
export type Left = {
  readonly row: number
  /**
   * window: it lies outside the declared one. followed: who paid it out (backward: who took it in) is followed itself,
   * and what that account held would be lost. twice: several crossings mean it.
   */
  readonly why: 'window' | 'followed' | 'twice'
}

/** Forward nothing is followed after the declared window, backward nothing before it. */
function isWithin(
  { transactions, transfers }: AccountColumns,
  { direction, from, to }: Declared,
  row: number,
): boolean {
  const time = transactions.time[transfers.transaction[row]!]!
  return direction === 'forward' ? to === null || time <= to : from === null || time >= from
}

/** Discovery counts from the entries, of which the nearest has come some of the way. */
function within(declared: Declared, given: readonly Entry[]): Declared {
  if (declared.hops === null) return declared
  const nearest = Math.min(...given.flatMap(({ parcels }) => [...parcels.values()].map(hopsOf)))
  return { ...declared, hops: Math.max(0, declared.hops - nearest) }
}

function discover(
  columns: AccountColumns,
  declared: Declared,
  start: AccountStart,
  labels: Labels,
  exits: Exits,
): Swept {
  const found = drive(discoverAccounts(declared, start), createAccountMemory(columns, labels, exits))
  return { ...found, rows: merged([...found.histories.values()].map(history => history.row as Uint32Array)) }
}

/** What discovery found, as accounts and rows of the columns that are swept. */
export type Swept = Pick<AccountsFound, 'accounts' | 'edges' | 'truncated'> & { readonly rows: Uint32Array }

/** The second half of the walk, over columns that hold what the first half found. */
export function sweepAccount(
  columns: AccountColumns,
  knowledge: Knowledge,
  origin: Origin,
  declared: Declared,
  found: Swept,
  watch?: Watch,
): Walked {
  const labels = labelsOf(columns, knowledge, origin)
  const exits = exitsOf(columns, undefined, sideAt(declared), knowledge)
  return sweep({ columns, origin, declared, labels, exits, entries: new Map(), ...found }, watch)
}

function sweep(given: AccountWalk & Swept, watch?: Watch): Walked {
  const { declared, origin, edges, truncated } = given
  const ascending = merged([given.rows, Uint32Array.from(origin.outpoints).sort()])
  const isForward = declared.direction === 'forward'
  const { columns, accounts, labels } = given
  const rows = isForward ? inOrderOfSwaps(columns, ascending, accounts, labels.isSwap) : ascending
  const walk = { ...given, rows }
  const left: LeftBy = new Map()
  const outcomes = declared.methods.map(method => outcomeOf(walk, method, left, watch))
  const lowest = isForward ? { lowest: runOf(walk, 'lowest', leaver(left, 'lowest')) } : {}
  const exits = [...left].map(([row, parcels]): Exit => ({ event: walk.exits.at(row)!, row, parcels }))
  return { outcomes, edges, truncated, notes: [], exits, ...lowest }
}

/** Answers discovery from columns in memory. */
function createAccountMemory(columns: AccountColumns, labels: Labels, exits: Exits): AccountDriver {
  return { histories: question => historiesOf(columns, question, labels, exits) }
}

/** All rows that move value from or to each account, ascending. */
function historiesOf(columns: AccountColumns, question: AccountQuestion, labels: Labels, exits: Exits): History[] {
  const { transfers, transactions } = columns
  const { from, to, moves } = transfers
  return question.accounts.map(account => {
    const rows: number[] = []
    for (const transaction of columns.addresses.transactionsOf(account)) {
      const end = transactions.firstTransfer[transaction + 1]!
      for (let row = transactions.firstTransfer[transaction]!; row < end; row++) {
        if ((from[row] === account || to[row] === account) && moves[row] === 1) rows.push(row)
      }
    }
    return historyOf(columns, account, rows, labels, exits)
  })
}

function historyOf(
  columns: AccountColumns,
  account: number,
  rows: readonly number[],
  labels: Labels,
  exits: Exits,
): History {
  const { transfers, transactions } = columns
  const column = () => new Uint32Array(rows.length)
  const history = {
    ...{ row: column(), from: column(), to: column(), asset: new Uint16Array(rows.length), time: column() },
    ...{ back: column(), backAsset: new Uint16Array(rows.length) },
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const paid = transfers.from[row] === account ? paidBack(columns, row) : NONE
    // Labels last: there is one of them to look up for every address.
    const back = paid !== NONE && labels.isSwap(transfers.to[row]!) ? paid : NONE
    history.row[i] = row
    // By what leaves the network no account of it leads on to another.
    const over = exits.at(row) !== null
    history.from[i] = over && transfers.to[row] === account ? NONE : transfers.from[row]!
    history.to[i] = over && transfers.from[row] === account ? NONE : transfers.to[row]!
    history.asset[i] = transfers.asset[row]!
    history.time[i] = transactions.time[transfers.transaction[row]!]!
    history.back[i] = back
    history.backAsset[i] = back === NONE ? 0 : transfers.asset[back]!
  }
  return history
}

function labelsOf(columns: AccountColumns, knowledge: Knowledge, origin: Origin): Labels {
  const { to, from } = columns.transfers
  const exempt = new Set(origin.addresses)
  for (const row of origin.outpoints) exempt.add(to[row]!).add(from[row]!)
  return createLabels(knowledge, columns.network, columns.addresses, account => exempt.has(account))
}

function startOf(columns: AccountColumns, origin: Origin, declared: Declared, labels: Labels): AccountStart {
  const { transfers } = columns
  const near = declared.direction === 'forward' ? transfers.to : transfers.from
  return {
    accounts: origin.addresses,
    transfers: [...origin.outpoints]
      .filter(row => near[row] !== NONE)
      .map(row => ({ account: near[row]!, asset: transfers.asset[row]!, row })),
    assets: columns.assets.length,
    isStop: account => labels.stopOf(account) !== 0,
  }
}

function drive(walk: ReturnType<typeof discoverAccounts>, driver: AccountDriver) {
  let step = walk.next()
  while (step.done !== true) step = walk.next(driver.histories(step.value))
  return step.value
}

/** By row and method: what left over a bridge. */
type LeftBy = Map<number, Map<Spending, Parcel>>

function leaver(left: LeftBy, method: Spending): Book['leave'] {
  return (row, parcel) => {
    const parcels = left.get(row) ?? new Map<Spending, Parcel>()
    left.set(row, parcels.set(method, parcel))
  }
}

function outcomeOf(walk: AccountWalk, method: Method, left: LeftBy, watch?: Watch): Outcome {
  const leave = leaver(left, method)
  return { method, ...runOf(walk, method, leave, watch === undefined ? undefined : mover(walk.columns, method, watch)) }
}

function runOf(
  walk: AccountWalk,
  method: Spending,
  leave: Book['leave'],
  move?: Book['move'],
): ReturnType<Book['close']> {
  const book = createBook(walk, move === undefined ? { leave } : { leave, move })
  // Of what came over by other methods this one may have nothing, which is a zero.
  for (const row of walk.entries.keys()) book.enter(walk.columns.transfers.asset[row]!, 0n)
  if (walk.declared.direction === 'forward' || method === 'lowest') follow(walk, method, book)
  else followBack(walk, method, book)
  return book.close()
}

/** A transfer has one payer and one payee: both sides of it hold the same. */
function mover({ transfers }: AccountColumns, method: Method, watch: Watch): Book['move'] {
  return (row, units, hops) => {
    const leg = { method, transaction: transfers.transaction[row]!, transfer: row, asset: transfers.asset[row]! }
    watch({ ...leg, side: 'in', address: transfers.from[row]!, units, hops })
    watch({ ...leg, side: 'out', address: transfers.to[row]!, units, hops })
  }
}
