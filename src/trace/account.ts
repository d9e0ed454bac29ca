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
import type { Declared } from './declaration.ts'
import { createLabels, type Labels } from './labels.ts'
import type { Method } from './method.ts'
import type { Origin } from './origin.ts'
import type { Outcome } from './outcome.ts'
import { paidBack } from './swap.ts'
import type { Walked, Walker, Watch } from './walk.ts'

/** Follows the origin's transfers over an account chain: a queue per account and asset, in ledger order. */
export const walkAccount: Walker<AccountColumns> = (columns, knowledge, origin, declared, watch): Walked => {
  const labels = labelsOf(columns, knowledge, origin)
  const found = drive(
    discoverAccounts(declared, startOf(columns, origin, declared, labels)),
    createAccountMemory(columns, labels),
  )
  const rows = merged([...found.histories.values()].map(history => history.row as Uint32Array))
  return sweepAccount(columns, knowledge, origin, declared, { ...found, rows }, watch)
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
  const rows = merged([found.rows, Uint32Array.from(origin.outpoints).sort()])
  const walk: AccountWalk = { columns, origin, declared, labels, ...found, rows }
  const outcomes = declared.methods.map(method => outcomeOf(walk, method, watch))
  const walked = { outcomes, edges: found.edges, truncated: found.truncated, notes: [] }
  if (declared.direction === 'backward') return walked
  const book = createBook(walk)
  follow(walk, 'lowest', book)
  return { ...walked, lowest: book.close() }
}

/** Answers discovery from columns in memory. */
export function createAccountMemory(columns: AccountColumns, labels: Labels): AccountDriver {
  return { histories: question => historiesOf(columns, question, labels) }
}

/** All rows that move value from or to each account, ascending. */
function historiesOf(columns: AccountColumns, question: AccountQuestion, labels: Labels): History[] {
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
    return historyOf(columns, account, rows, labels)
  })
}

function historyOf(columns: AccountColumns, account: number, rows: readonly number[], labels: Labels): History {
  const { transfers, transactions } = columns
  const column = () => new Uint32Array(rows.length)
  const history = {
    ...{ row: column(), from: column(), to: column(), asset: new Uint16Array(rows.length), time: column() },
    ...{ back: column(), backAsset: new Uint16Array(rows.length) },
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const back = transfers.from[row] === account && labels.isSwap(transfers.to[row]!) ? paidBack(columns, row) : NONE
    history.row[i] = row
    history.from[i] = transfers.from[row]!
    history.to[i] = transfers.to[row]!
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

function outcomeOf(walk: AccountWalk, method: Method, watch?: Watch): Outcome {
  const book = createBook(walk, watch === undefined ? undefined : mover(walk.columns, method, watch))
  if (walk.declared.direction === 'forward') follow(walk, method, book)
  else followBack(walk, method, book)
  return { method, ...book.close() }
}

/** A transfer has one payer and one payee: both sides of it hold the same. */
function mover({ transfers }: AccountColumns, method: Method, watch: Watch): Book['move'] {
  return (row, units, hops) => {
    const leg = { method, transaction: transfers.transaction[row]!, transfer: row, asset: transfers.asset[row]! }
    watch({ ...leg, side: 'in', address: transfers.from[row]!, units, hops })
    watch({ ...leg, side: 'out', address: transfers.to[row]!, units, hops })
  }
}
