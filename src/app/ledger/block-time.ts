import type { Transfer } from '../../model/transfer.ts'

/** What a provider's blocks say of their times, held against each other and the clock. */
export type BlockTimes = {
  /** Those of the transfers whose time can be, and in a sentence each what cannot. */
  check(transfers: readonly Transfer[]): { readonly taken: readonly Transfer[]; readonly faults: readonly string[] }
}

/** Clocks differ: nodes take a block of up to two hours ahead (Bitcoin Core, MAX_FUTURE_BLOCK_TIME). */
const AHEAD_SECONDS = 7200

/** Pages come in ledger order; within one, rows may come in any. */
export function watchTimes(now: number): BlockTimes {
  let last = { height: -1, time: 0 }
  return {
    check(transfers) {
      const taken = transfers.filter(({ time }) => time <= now + AHEAD_SECONDS)
      const late = new Set(transfers.filter(({ time }) => time > now + AHEAD_SECONDS).map(({ txid }) => txid))
      const faults = [...late].map(txid => `transaction ${txid} is of a time that has not come`)
      const blocks = new Map<string, { height: number; time: number }>()
      for (const { height, time } of taken) blocks.set(`${height} ${time}`, { height, time })
      for (const block of [...blocks.values()].sort((a, b) => a.height - b.height || a.time - b.time)) {
        if (block.height === last.height && block.time !== last.time)
          faults.push(`block ${block.height} has two times: ${last.time} and ${block.time}`)
        if (block.height > last.height && block.time < last.time)
          faults.push(`block ${block.height} is said to be older than block ${last.height} before it`)
        last = block
      }
      return { taken, faults }
    },
  }
}
