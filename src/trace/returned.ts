import { type Columns, NONE } from '../ledger/ledger.ts'
import type { Origin } from './origin.ts'
import type { Outcome, Stop } from './outcome.ts'

/** Stops that the question set, not the ledger: beyond them value is no longer followed. */
const LIMITS: ReadonlySet<Stop> = new Set(['horizon', 'min', 'time', 'limit'])

/**
 * Addresses at which value was left at a declared limit and which paid the origin: what came back that way counts there
 * as if it were new, since a walk does not know what it did not follow. A reader must be told; without the limit it
 * would not count twice. Cost: one pass over the histories of the origin.
 */
export function returnedFrom(columns: Columns, origin: Origin, outcomes: readonly Outcome[]): string[] {
  const left = new Map<number, string>()
  for (const { reached } of outcomes) {
    for (const { address, stoppedBecause } of reached) {
      const row = address === null || !LIMITS.has(stoppedBecause) ? undefined : columns.addresses.find(address)
      if (row !== undefined && !origin.addresses.has(row)) left.set(row, address!)
    }
  }
  if (left.size === 0) return []
  const payers = new Set<number>()
  for (const address of origin.addresses) collectPayers(columns, address, payers)
  return [...left].filter(([row]) => payers.has(row)).map(([, address]) => address)
}

function collectPayers(columns: Columns, address: number, payers: Set<number>): void {
  for (const transaction of columns.addresses.transactionsOf(address)) {
    if (columns.shape === 'account') {
      const { firstTransfer } = columns.transactions
      for (let row = firstTransfer[transaction]!; row < firstTransfer[transaction + 1]!; row++) {
        const { from, to, moves } = columns.transfers
        if (moves[row] === 1 && to[row] === address && from[row] !== NONE) payers.add(from[row]!)
      }
      continue
    }
    const { firstInput, firstOutput } = columns.transactions
    const paid = columns.outputs.address.subarray(firstOutput[transaction]!, firstOutput[transaction + 1]!)
    if (!paid.includes(address)) continue
    for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++) {
      if (columns.inputs.address[row] !== NONE) payers.add(columns.inputs.address[row]!)
    }
  }
}
