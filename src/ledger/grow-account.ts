import { lengthenBook } from './address-column.ts'
import type { AccountColumns } from './columns.ts'
import {
  type AccountLinkInput,
  accountColumns,
  compareTxids,
  gather,
  type Laid,
  type LinkedAccount,
  lastIndex,
  lay,
  numberAddresses,
  numberAssets,
  sortRows,
  type TransferBatch,
} from './link-account.ts'
import { withRoom } from './room.ts'

/**
 * A linked ledger with further transfers at its end: what linking all of it again would give, at the cost of what is
 * new. The older columns stay as they are: rows are added behind what they see.
 *
 * Undefined where a transfer belongs before the end, or to the last transaction: then all is to be linked again.
 */
export function growAccount(
  input: Omit<AccountLinkInput, 'batches'>,
  { columns, seed }: LinkedAccount,
  batches: readonly TransferBatch[],
): LinkedAccount | undefined {
  const rows = gather(batches)
  if (rows.count === 0) return { columns, seed }
  const order = sortRows(rows, input)
  if (!isBehind(columns, seed.txIndex, rows, order[0]!)) return undefined
  const laid = lay(rows, order)
  lengthenBook(seed.book, input.addresses.count)
  const count = numberAddresses(laid.transfers, seed.book, columns.addresses.count)
  const assets = numberAssets(laid.transfers.asset, input.assets, seed.assetAt, columns.assets)
  const whole = append(columns, laid)
  return {
    columns: accountColumns(input, whole, assets, seed, count),
    seed: { ...seed, txIndex: lastIndex(rows, order) },
  }
}

/** Whether the row's transaction comes after the last one. */
function isBehind({ transactions }: AccountColumns, txIndex: number, rows: TransferBatch, row: number): boolean {
  const last = transactions.count - 1
  if (last === -1) return true
  return (
    (rows.height[row]! - transactions.height[last]! ||
      rows.txIndex[row]! - txIndex ||
      compareTxids(rows.txid, row, transactions.txid, last)) > 0
  )
}

function append(old: AccountColumns, { transactions, transfers }: Laid): Laid {
  const [t, r] = [old.transactions.count, old.transfers.count]
  const whole = {
    transactions: withRoom(old.transactions, t + transactions.count),
    transfers: withRoom(old.transfers, r + transfers.count),
  }
  whole.transactions.txid.set(transactions.txid, 32 * t)
  for (const name of ['height', 'time'] as const) whole.transactions[name].set(transactions[name], t)
  for (let k = 0; k <= transactions.count; k++) {
    whole.transactions.firstTransfer[t + k] = r + transactions.firstTransfer[k]!
  }
  for (let k = 0; k < transfers.count; k++) whole.transfers.transaction[r + k] = t + transfers.transaction[k]!
  for (const name of ['logIndex', 'kind', 'moves', 'asset', 'from', 'to'] as const) {
    whole.transfers[name].set(transfers[name], r)
  }
  return { ...whole, transfers: { ...whole.transfers, units: appendUnits(old.transfers, transfers) } }
}

/** The few that are large lie in one map for all states of the ledger, each of which looks at its own rows alone. */
function appendUnits({ units, count }: AccountColumns['transfers'], more: AccountColumns['transfers']) {
  const { low } = withRoom({ count, low: units.low }, count + more.count)
  low.set(more.units.low, count)
  const above = units.above as Map<number, bigint>
  for (const [row, large] of more.units.above) above.set(count + row, large)
  return { low, above }
}
