import { NONE, UNREAD, type UtxoColumns } from './columns.ts'
import { createHashSet } from './hash-index.ts'

/** What the ledger knows of a set of blocks: those on the active chain. */
export type Summary = {
  readonly blocks: number
  readonly inputsResolved: number
  /** Distinct addresses of their inputs and outputs. */
  readonly addresses: number
  /** Fees of the transactions all of whose inputs are known; how many those are, coinbases apart. */
  readonly feesUnits: bigint
  readonly feesOf: number
  readonly transactions: number
}

/** @param hashes 32 bytes each, byte order */
export function summarise(columns: UtxoColumns, hashes: Uint8Array): Summary {
  const wanted = createHashSet()
  for (let at = 0; at < hashes.length; at += 32) wanted.add(hashes, at)
  const touched = new Uint8Array(columns.addresses.count)
  const sum = { blocks: 0, inputsResolved: 0, addresses: 0, feesUnits: 0n, feesOf: 0, transactions: 0 }
  for (let block = 0; block < columns.blocks.count; block++) {
    if (wanted.find(columns.blocks.hash, 32 * block) === -1) continue
    sum.blocks++
    const { firstTransaction } = columns.blocks
    for (let t = firstTransaction[block]!; t < firstTransaction[block + 1]!; t++)
      addTransaction(columns, t, touched, sum)
  }
  for (const mark of touched) sum.addresses += mark
  return sum
}

/** The fee in the smallest unit, or null where an input's value is not known. 0 for a coinbase. */
export function feeOf({ transactions, inputs, outputs }: UtxoColumns, transaction: number): bigint | null {
  if (transactions.coinbase[transaction] === 1) return 0n
  let fee = 0n
  for (let i = transactions.firstInput[transaction]!; i < transactions.firstInput[transaction + 1]!; i++) {
    if (inputs.units[i] === UNREAD) return null
    fee += inputs.units[i]!
  }
  for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
    fee -= outputs.units[o]!
  }
  return fee
}

type Sum = { -readonly [name in keyof Summary]: Summary[name] }

function addTransaction(columns: UtxoColumns, t: number, touched: Uint8Array, sum: Sum): void {
  const { transactions, inputs, outputs } = columns
  for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
    if (inputs.units[i] !== UNREAD) sum.inputsResolved++
    if (inputs.address[i] !== NONE) touched[inputs.address[i]!] = 1
  }
  for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
    if (outputs.address[o] !== NONE) touched[outputs.address[o]!] = 1
  }
  if (transactions.coinbase[t] === 1) return
  sum.transactions++
  const fee = feeOf(columns, t)
  if (fee === null) return
  sum.feesUnits += fee
  sum.feesOf++
}
