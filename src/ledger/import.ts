import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import type { AccountColumns } from './columns.ts'
import { type GivenFile, openCommitter, type Rebuilder } from './commit.ts'
import { holdTransfers, openColumns, takeTransfers } from './snapshot.ts'
import { emptyTransfers, linkTransfers, loadTransfers } from './stock.ts'
import { findManifest, type Ground } from './table.ts'
import { commitBook, createBook, isAhead, type TransferBook } from './transfer-book.ts'
import { readTransfers } from './transfer-file.ts'

/** What became of a transfers file. */
export type Imported = {
  readonly rows: number
  readonly added: number
  /** Identical to rows that were there already. */
  readonly present: number
  /** The first of the rows that were not taken, and how many there were in all. */
  readonly rejected: readonly RejectedRow[]
  readonly rejectedCount: number
  /** Tokens that bear a checked token's symbol at another contract. */
  readonly impostors: readonly Asset.Asset[]
  readonly ledgers: readonly AccountColumns[]
}

export type RejectedRow = { readonly line: number; readonly reason: string }

/** Rejected rows that are told one by one. */
const REJECTED_MAX = 1000

/**
 * Reads a transfers CSV into the ledgers of the networks that it names. Rows that cannot be taken are told and left
 * out; the others are committed at the end, one network after another. Reading the same file again changes nothing.
 *
 * @param keep false for a trial run
 * @param step called now and then with the rows read so far; it may throw to stop, and nothing was changed then
 *
 * Failures: Transfers.* for the header, Csv.* for the text, Transfers.NothingRead.
 */
export function importTransfers(
  store: Store,
  file: GivenFile,
  pieces: Iterable<Uint8Array>,
  { clock, keep, step }: { clock: Clock; keep: boolean; step: (rows: number) => void },
): Imported {
  const books = new Map<NetworkId, Taken>()
  const counts = { rows: 0, added: 0, present: 0, rejectedCount: 0 }
  const rejected: RejectedRow[] = []
  const impostors = new Map<string, Asset.Asset>()
  const networks = new Set<NetworkId>()
  // A trial run has a ledger of its own: nobody goes on from what it read.
  const open = (network: NetworkId): TransferBook => {
    const taken = books.get(network) ?? (keep ? takeTransfers(store, network) : { book: freshBook(store, network) })
    books.set(network, taken)
    return taken.book
  }
  // Rows of one asset come one after another.
  let seen: Asset.Asset | null = null
  let taken: Asset.Asset | null = null
  let understood = false
  readTransfers(pieces, open, (line, verdict, asset) => {
    if (++counts.rows % STEP_ROWS === 0) step(counts.rows)
    understood ||= asset !== null
    if (asset !== null && asset !== seen) networks.add(asset.network)
    seen = asset
    if (typeof verdict === 'string') {
      counts[verdict]++
      if (asset !== null && asset !== taken && Asset.isImpostor(asset)) impostors.set(Asset.key(asset), asset)
      taken = asset
    } else if (++counts.rejectedCount <= REJECTED_MAX) rejected.push({ line, reason: verdict.conflict })
  })
  // Rows that only contradict what is there were read: they are an answer. A file of which no row is one is none.
  if (!understood) throw nothingRead(file.name, rejected[0], counts.rejectedCount)
  const ledgers = [...books]
    .filter(([network]) => networks.has(network))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([network, taken]) => {
      if (!('standing' in taken)) return linkBook(taken.book)
      if (isAhead(taken.book)) {
        const committer = openCommitter(store, network, clock)
        committer.register(file)
        commitBook(taken.book, committer)
      }
      holdTransfers(store, taken)
      return (openColumns(store, network) as AccountColumns | undefined) ?? linkBook(taken.book)
    })
  return { ...counts, rejected, impostors: [...impostors.values()], ledgers }
}

/** One file of a network's ground, to be read again. */
export type TransfersGround = { readonly ground: Ground; readonly pieces: Iterable<Uint8Array> }

/**
 * The ledger of a network from its files alone, written to `rebuilder` if given. Rows that were refused are again.
 *
 * @param stock what of the ledger is good and need not be read again; `isWritten`: the rebuilder has it already
 */
export function rebuildTransfers(
  network: NetworkId,
  files: Iterable<TransfersGround>,
  rebuilder: Rebuilder | undefined,
  { stock, isWritten } = { stock: emptyTransfers(network), isWritten: true },
): AccountColumns {
  const book = createBook(network, stock, undefined)
  if (!isWritten) book.written = { rows: 0, keys: 0, assets: 0 }
  for (const { pieces } of files)
    readTransfers(
      pieces,
      one => (one === network ? book : undefined),
      () => {},
    )
  // A ledger of nothing is a ledger, too.
  if (rebuilder !== undefined && (isAhead(book) || book.written.rows === 0)) commitBook(book, rebuilder)
  return linkBook(book)
}

const STEP_ROWS = 10_000

type Taken = ReturnType<typeof takeTransfers> | { readonly book: TransferBook }

function freshBook(store: Store, network: NetworkId): TransferBook {
  const manifest = findManifest(store, network)
  return createBook(network, loadTransfers(store, network, manifest), manifest)
}

function linkBook({ network, roll, keys, assets }: TransferBook): AccountColumns {
  return linkTransfers(network, { batches: [roll.slice(0)], keys, assets }).columns
}

function nothingRead(name: string, first: RejectedRow | undefined, rejected: number): Failure {
  const why = first === undefined ? 'it has no row' : `line ${first.line}: ${first.reason}`
  return new Failure('Transfers.NothingRead', 'input', `No transfer in “${name}” could be taken: ${why}.`, {
    hint: 'docs/methods/ledger.md shows the columns and an example.',
    facts: { file: name, line: first?.line ?? null, reason: first?.reason ?? null, rejected },
  })
}
