import type { NetworkId } from '../model/network.ts'
import type { Transfer } from '../model/transfer.ts'
import type { Clock } from '../std/clock.ts'
import { sha256Hex } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import { openCommitter } from './commit.ts'
import { takeFollowedBook } from './followed.ts'
import * as Held from './held.ts'
import { holdTransfers, takeTransfers } from './snapshot.ts'
import { commitBook, isAhead, type TransferBook } from './transfer-book.ts'
import { toCsv } from './transfer-csv.ts'
import { readTransfers } from './transfer-file.ts'

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

/** The store must be a writer's, for as long as the ingest lives. All rows are held in memory. */
export function openTransferIngest(store: Store, network: NetworkId, clock: Clock): TransferIngest {
  return ingestInto(store, network, clock, {
    take: () => takeTransfers(store, network),
    hold: held => holdTransfers(store, held),
  })
}

/** The same for a process that goes on for long: rows are kept on disk, and looked up there. */
export function followTransfers(store: Store, network: NetworkId, clock: Clock): TransferIngest {
  return ingestInto(store, network, clock, {
    take: () => ({ book: takeFollowedBook(store, network) }),
    hold: ({ book }) => Held.holdFollowed(store, book),
  })
}

/** Where a book is while nobody adds to it. */
type Place<T> = { readonly take: () => T; readonly hold: (held: T) => void }

function ingestInto<T extends { readonly book: TransferBook }>(
  store: Store,
  network: NetworkId,
  clock: Clock,
  { take, hold }: Place<T>,
): TransferIngest {
  const opened = take()
  let { count } = opened.book.roll
  hold(opened)
  const committer = openCommitter(store, network, clock)
  return {
    get count() {
      return count
    },
    add(name, transfers) {
      if (transfers.length === 0) return { ground: null, added: 0, present: 0, rejected: [] }
      // Out of memory until all is on disk: what fails half-way is read from there again.
      const held = take()
      const content = toCsv(transfers)
      const taken = { added: 0, present: 0 }
      const rejected: { row: number; reason: string }[] = []
      readTransfers(
        [content],
        one => (one === network ? held.book : undefined),
        (line, verdict) => {
          // The header is line 1.
          if (typeof verdict === 'string') taken[verdict]++
          else rejected.push({ row: line - 2, reason: verdict.conflict })
        },
      )
      const file = { kind: 'transfers', name, sha256: sha256Hex(content), bytes: content.length, content } as const
      const ground = isAhead(held.book) ? committer.nextGround : null
      if (ground !== null) {
        committer.register({ ...file, path: null, height: null, statedHeight: null, undo: null })
        commitBook(held.book, committer)
      }
      count = held.book.roll.count
      hold(held)
      return { ...taken, ground, rejected }
    },
  }
}
