import { assert } from '../std/assert.ts'
import { EXCERPT, type UtxoBatch } from './batch.ts'
import { createHashSet, type HashSet } from './hash-index.ts'

/** What is known of a block that was read: flags of its batch, and its rows. */
export type BlockCounts = {
  readonly flags: number
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
}

/** The blocks and transactions that a ledger holds already: so that nothing is taken twice. */
export type Roll = {
  /** Number of the block with this hash, or −1. */
  find(hash: Uint8Array): number
  countsOf(block: number): BlockCounts
  /** Adds the block, or what is known better of one that was there. */
  add(hash: Uint8Array, counts: BlockCounts): number
  hashOf(block: number): Uint8Array
  readonly transactions: HashSet
}

export function createRoll(batches: readonly UtxoBatch[]): Roll {
  const blocks = createHashSet()
  const transactions = createHashSet()
  const counts: BlockCounts[] = []
  const roll: Roll = {
    find: hash => blocks.find(hash, 0),
    countsOf: block => counts[block]!,
    add(hash, told) {
      const block = blocks.add(hash, 0)
      // What is an excerpt is told by the last: whoever adds has seen that it knows more.
      const flags = told.flags | ((counts[block]?.flags ?? 0) & ~EXCERPT)
      counts[block] = { ...told, flags }
      return block
    },
    hashOf: block => blocks.keyOf(block),
    transactions,
  }
  for (const batch of batches) addBatch(roll, batch)
  return roll
}

function addBatch(roll: Roll, { blocks, transactions }: UtxoBatch): void {
  for (let row = 0; row < blocks.count; row++) {
    const [from, to] = [blocks.firstTransaction[row]!, blocks.firstTransaction[row + 1]!]
    roll.add(blocks.hash.subarray(32 * row, 32 * row + 32), {
      flags: blocks.flags[row]!,
      transactions: to - from,
      inputs: transactions.firstInput[to]! - transactions.firstInput[from]!,
      outputs: transactions.firstOutput[to]! - transactions.firstOutput[from]!,
    })
  }
  for (let row = 0; row < transactions.count; row++) {
    const number = roll.transactions.add(transactions.txid, 32 * row)
    assert(number === transactions.number[row], 'txids are numbered as when they came')
  }
}
