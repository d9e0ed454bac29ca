import { NONE, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'

/**
 * One way of telling which output of a payment goes back to its payer. All share one contract (BlockSci, Kalodner et
 * al. 2020): given a transaction, the rows of *the outputs that it cannot rule out*. So several can be combined by
 * intersection, and one that knows nothing of a transaction leaves every output standing.
 *
 * Off unless asked for: the wrong output merges the payee with the payer. Error rates: docs/methods/cluster.md.
 */
export type ChangeHeuristic = {
  readonly name: string
  readonly version: string
  readonly source: string
  /** It looks at how outputs were spent later, so its answer can change as the ledger grows. */
  readonly looksAhead: boolean
  readonly candidates: (columns: UtxoColumns, transaction: number) => number[]
}

/** Outputs that pay an address. */
export function spendable(columns: UtxoColumns, transaction: number): number[] {
  const { firstOutput } = columns.transactions
  const rows: number[] = []
  for (let row = firstOutput[transaction]!; row < firstOutput[transaction + 1]!; row++) {
    if (columns.outputs.address[row] !== NONE) rows.push(row)
  }
  return rows
}

export function inputsOf(columns: UtxoColumns, transaction: number): number[] {
  const { firstInput } = columns.transactions
  const from = firstInput[transaction]!
  return Array.from({ length: firstInput[transaction + 1]! - from }, (_, i) => from + i)
}

/**
 * What the transaction that spends each of `rows` tells by `tell`; null where the output is not spent in what was read,
 * or that transaction tells nothing.
 */
export function laterOf<T>(
  columns: UtxoColumns,
  rows: readonly number[],
  tell: (columns: UtxoColumns, transaction: number) => T | null,
): (T | null)[] {
  return rows.map(row => {
    const spender = columns.outputs.spender[row]!
    return spender === NONE ? null : tell(columns, columns.inputs.transaction[spender]!)
  })
}

/** Null where an input's value was not read. */
export function feeOf(columns: UtxoColumns, transaction: number): bigint | null {
  const { firstOutput } = columns.transactions
  let fee = 0n
  for (const row of inputsOf(columns, transaction)) {
    if (columns.inputs.units[row] === UNREAD) return null
    fee += columns.inputs.units[row]!
  }
  for (let row = firstOutput[transaction]!; row < firstOutput[transaction + 1]!; row++)
    fee -= columns.outputs.units[row]!
  return fee
}
