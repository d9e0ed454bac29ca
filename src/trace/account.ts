import type { Knowledge } from '../attribution/attribution.ts'
import { type AccountColumns, NONE } from '../ledger/ledger.ts'
import { followBack } from './account-backward.ts'
import { type AccountQuestion, type AccountStart, discoverAccounts, type History } from './account-discover.ts'
import { follow } from './account-forward.ts'
import type { AccountWalk } from './account-walk.ts'
import { createBook } from './book.ts'
import type { Declared } from './declaration.ts'
import { createLabels, type Labels } from './labels.ts'
import type { Method } from './method.ts'
import type { Origin } from './origin.ts'
import type { Outcome } from './outcome.ts'
import { paidBack } from './swap.ts'
import type { Walked, Walker } from './walk.ts'

/** Follows the origin's transfers over an account chain: a queue per account and asset, in ledger order. */
export const walkAccount: Walker<AccountColumns> = (columns, knowledge, origin, declared): Walked => {
  const labels = labelsOf(columns, knowledge, origin)
  const found = drive(discoverAccounts(declared, startOf(columns, origin, declared, labels)), columns)
  const rows = Uint32Array.from(new Set([...found.rows, ...origin.outpoints])).sort()
  const walk: AccountWalk = { columns, origin, declared, labels, ...found, rows }
  const outcomes = declared.methods.map(method => outcomeOf(walk, method))
  return { outcomes, edges: found.edges, truncated: found.truncated, notes: [] }
}

/** All rows that move value from or to each account, ascending. */
export function historiesOf(columns: AccountColumns, question: AccountQuestion): History[] {
  const { transfers, transactions } = columns
  return question.accounts.map(account => {
    const rows: number[] = []
    for (const transaction of columns.addresses.transactionsOf(account)) {
      for (
        let row = transactions.firstTransfer[transaction]!;
        row < transactions.firstTransfer[transaction + 1]!;
        row++
      ) {
        const touches = transfers.from[row] === account || transfers.to[row] === account
        if (touches && transfers.moves[row] === 1) rows.push(row)
      }
    }
    const back = Uint32Array.from(rows, row => (transfers.from[row] === account ? paidBack(columns, row) : NONE))
    return {
      row: Uint32Array.from(rows),
      back,
      backAsset: Uint16Array.from(back, row => (row === NONE ? 0 : transfers.asset[row]!)),
      from: Uint32Array.from(rows, row => transfers.from[row]!),
      to: Uint32Array.from(rows, row => transfers.to[row]!),
      asset: Uint16Array.from(rows, row => transfers.asset[row]!),
      time: Uint32Array.from(rows, row => transactions.time[transfers.transaction[row]!]!),
    }
  })
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
    isSwap: labels.isSwap,
  }
}

function drive(walk: ReturnType<typeof discoverAccounts>, columns: AccountColumns) {
  let step = walk.next()
  while (step.done !== true) step = walk.next(historiesOf(columns, step.value))
  return step.value
}

function outcomeOf(walk: AccountWalk, method: Method): Outcome {
  const book = createBook(walk)
  if (walk.declared.direction === 'forward') follow(walk, method, book)
  else followBack(walk, method, book)
  return { method, ...book.close() }
}
