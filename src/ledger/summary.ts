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
  const words = { inputs: wordsOf(columns.inputs.units), outputs: wordsOf(columns.outputs.units) }
  const sum = { blocks: 0, inputsResolved: 0, addresses: 0, feesUnits: 0n, feesOf: 0, transactions: 0 }
  for (let block = 0; block < columns.blocks.count; block++) {
    if (wanted.find(columns.blocks.hash, 32 * block) === -1) continue
    sum.blocks++
    const { firstTransaction } = columns.blocks
    const fees = { low: 0, high: 0 }
    for (let t = firstTransaction[block]!; t < firstTransaction[block + 1]!; t++)
      addTransaction(columns, words, t, touched, sum, fees)
    sum.feesUnits += BigInt(fees.low) + (BigInt(fees.high) << 32n)
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

/** The units columns as halves, low word first: no BigInt is made for each. */
type Words = { readonly inputs: Uint32Array; readonly outputs: Uint32Array }

function wordsOf(units: BigUint64Array): Uint32Array {
  return new Uint32Array(units.buffer, units.byteOffset, 2 * units.length)
}

/**
 * Fees of a block are summed by halves: up to 2^21 numbers of 32 bits stay exact in a double, and no block has more.
 */
function addTransaction(
  { transactions, inputs, outputs }: UtxoColumns,
  words: Words,
  t: number,
  touched: Uint8Array,
  sum: Sum,
  fees: { low: number; high: number },
): void {
  let [low, high, resolved] = [0, 0, 0]
  const firstInput = transactions.firstInput[t]!
  const endInput = transactions.firstInput[t + 1]!
  for (let i = firstInput; i < endInput; i++) {
    const [a, b] = [words.inputs[2 * i]!, words.inputs[2 * i + 1]!]
    const address = inputs.address[i]!
    if (address !== NONE) touched[address] = 1
    if (a === NONE && b === NONE) continue
    resolved++
    low += a
    high += b
  }
  for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) {
    const address = outputs.address[o]!
    if (address !== NONE) touched[address] = 1
    low -= words.outputs[2 * o]!
    high -= words.outputs[2 * o + 1]!
  }
  sum.inputsResolved += resolved
  if (transactions.coinbase[t] === 1) return
  sum.transactions++
  if (resolved < endInput - firstInput) return
  fees.low += low
  fees.high += high
  sum.feesOf++
}
