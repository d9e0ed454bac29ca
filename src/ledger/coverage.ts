import { type Coverage, unread } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import type { BlockColumns } from './columns.ts'

/**
 * What a ledger of blocks saw. Transactions are said to be all of the range only where no height is missing in it and
 * none is unknown; how far the network has got meanwhile no file tells.
 */
export function ofBlocks(network: NetworkId, blocks: BlockColumns, transactions: number): Coverage {
  const excerpts = blocks.excerpt.includes(1)
  const [low, high] = rangeOf(blocks.height)
  const whole = !excerpts && high !== null && low !== null && blocks.count === high - low + 1
  return {
    ...unread(network),
    fromHeight: low,
    toHeight: high,
    transactionsRead: transactions,
    transactionsExpected: whole ? transactions : null,
    // Of an excerpt nobody knows what else is in the block.
    truncated: excerpts ? null : false,
    finality: blocks.count === 0 ? null : blocks.anchored.includes(0) ? 'unanchored' : 'final',
  }
}

/**
 * What a ledger of transfers saw: its rows are the word of whoever wrote the file.
 *
 * @param heights ascending
 */
export function ofTransfers(network: NetworkId, heights: Uint32Array, transactions: number): Coverage {
  return {
    ...unread(network),
    fromHeight: heights[0] ?? null,
    toHeight: heights.at(-1) ?? null,
    transactionsRead: transactions,
    truncated: false,
    finality: transactions === 0 ? null : 'provider-attested',
    provider: 'transfers file',
  }
}

function rangeOf(heights: Int32Array): [number | null, number | null] {
  let [low, high] = [Number.POSITIVE_INFINITY, -1]
  for (const height of heights) {
    if (height < 0) continue
    if (height < low) low = height
    if (height > high) high = height
  }
  return high < 0 ? [null, null] : [low, high]
}
