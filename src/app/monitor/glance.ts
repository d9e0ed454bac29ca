import { type Columns, type FollowedLedger, findFollowed, openColumns } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { transactionsIn } from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'

/**
 * What a network's ledger says of some addresses. Where this process follows an account chain it reads what they did
 * from disk; else all columns are in memory. The answers are the same.
 */
export type Glance = {
  /** Changes with the ledger. */
  readonly mark: object
  /** Height of its last transaction; −1: it has none, or its height is not known. */
  readonly top: number
  /** Columns that hold all that the address did. */
  of(address: string): Columns
  /** The same, or null where it did so much that no rule looks at it. */
  near(address: string): Columns | null
  /** What `work` makes of columns that hold all that an address did, and all those that `work` asks about. */
  about<T>(address: string, work: (columns: Columns) => T): T
  /** Those of the transactions that are there. */
  among(txids: ReadonlySet<string>): { has(txid: string): boolean }
  coverage(): Coverage
  /** All columns where they are in memory; null: they are not. */
  readonly whole: Columns | null
}

/** Undefined: nothing of the network was ever read. */
export function glanceAt(store: Store, network: NetworkId): Glance | undefined {
  const followed = findFollowed(store, network)
  if (followed === undefined) {
    const columns = openColumns(store, network)
    return columns === undefined ? undefined : glanceIn(columns)
  }
  return {
    mark: followed.mark,
    top: followed.top,
    of: address => followed.columnsOf([address]).columns,
    near(address) {
      const { columns, crowded } = followed.columnsOf([address], CROWD)
      return crowded.size > 0 ? null : columns
    },
    about: (address, work) => about(followed, address, work),
    among: txids => followed.among(txids),
    coverage: followed.coverage,
    whole: null,
  }
}

/** Transactions from which on no rule looks at an address, even where each was counted several times. */
const CROWD = 30_000
/** Stands for those of such an address: that they are too many is all that is asked. */
const TOO_MANY = new Uint32Array(CROWD + 1)

/** What is asked about is read, and the work begun again, until it asks for nothing else. */
function about<T>(followed: FollowedLedger, address: string, work: (columns: Columns) => T): T {
  const known = new Set([address])
  for (;;) {
    const { columns, crowded } = followed.columnsOf(known, CROWD)
    const missed = new Set<string>()
    const { addresses } = columns
    const transactionsOf = (row: number): Uint32Array => {
      const asked = addresses.format(row)
      if (crowded.has(asked)) return TOO_MANY
      if (!known.has(asked)) missed.add(asked)
      return addresses.transactionsOf(row)
    }
    const made = work({ ...columns, addresses: { ...addresses, transactionsOf } })
    if (missed.size === 0) return made
    for (const one of missed) known.add(one)
  }
}

function glanceIn(columns: Columns): Glance {
  return {
    mark: columns,
    top: topOf(columns),
    of: () => columns,
    near: () => columns,
    about: (_, work) => work(columns),
    among: txids => transactionsIn(columns, txids),
    coverage: columns.coverage,
    whole: columns,
  }
}

/** The ledger is in the order of its blocks. */
function topOf(columns: Columns): number {
  if (columns.transactions.count === 0) return -1
  if (columns.shape === 'utxo') return columns.blocks.height[columns.blocks.count - 1]!
  return columns.transactions.height[columns.transactions.count - 1]!
}
