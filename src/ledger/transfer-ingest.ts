import type { NetworkId } from '../model/network.ts'
import type { Transfer } from '../model/transfer.ts'
import type { Clock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import { encodeTransfers } from './chunk.ts'
import { openCommitter } from './commit.ts'
import { loadTransfers } from './snapshot.ts'
import { findManifest } from './table.ts'
import { toCsv } from './transfer-csv.ts'
import { readTransfers } from './transfer-file.ts'
import { createTransferRoll } from './transfer-roll.ts'

/** Takes transfers of one account chain that come in portions, from a node or a provider. */
export type TransferIngest = {
  /** Rows that are there now. */
  readonly count: number
  /**
   * Takes a portion and commits it: kept as ground in the form of a transfers file, under the name that tells where it
   * came from. Rows that are there already, identical, are passed over; a row that contradicts is told.
   */
  add(name: string, transfers: readonly Transfer[]): Taken
}

export type Taken = {
  /** The number of the portion in the ground table; null: nothing of it was new. */
  readonly ground: number | null
  readonly added: number
  readonly present: number
  /** Rows that were not taken, each with its reason. */
  readonly rejected: readonly { readonly row: number; readonly reason: string }[]
}

/** The store must be a writer's, for as long as the ingest lives. */
export function openTransferIngest(store: Store, network: NetworkId, clock: Clock): TransferIngest {
  const stock = loadTransfers(store, network, findManifest(store, network))
  const roll = createTransferRoll(stock)
  const committer = openCommitter(store, network, clock)
  const shelf = { roll, keys: stock.keys }
  // Addresses of a row that was refused have numbers, too: they are written with the next row that was not.
  let written = { keys: stock.keys.count, assets: stock.assets.length }
  return {
    get count() {
      return roll.count
    },
    add(name, transfers) {
      if (transfers.length === 0) return { ground: null, added: 0, present: 0, rejected: [] }
      const before = roll.count
      const content = toCsv(transfers)
      const taken = { added: 0, present: 0 }
      const rejected: { row: number; reason: string }[] = []
      readTransfers(
        [content],
        one => (one === network ? shelf : undefined),
        (line, verdict) => {
          // The header is line 1.
          if (typeof verdict === 'string') taken[verdict]++
          else rejected.push({ row: line - 2, reason: verdict.conflict })
        },
      )
      const ground = roll.count > before ? committer.nextGround : null
      if (ground !== null) {
        const batch = roll.slice(before)
        const [keys, assets] = [stock.keys.slice(written.keys), stock.assets.slice(written.assets)]
        const file = { kind: 'transfers', name, sha256: sha256Hex(content), bytes: content.length, content } as const
        committer.register({ ...file, path: null, height: null, statedHeight: null, undo: null })
        committer.commit(encodeTransfers({ batch, keys, assets }), { blocks: 0, transactions: batch.count })
        written = { keys: stock.keys.count, assets: stock.assets.length }
      }
      return { ...taken, ground, rejected }
    },
  }
}
