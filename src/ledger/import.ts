import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { encodeTransfers } from './chunk.ts'
import type { AccountColumns } from './columns.ts'
import { type Committer, type GivenFile, openCommitter, type Rebuilder } from './commit.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { linkTransfers, loadTransfers, type TransferStock } from './snapshot.ts'
import { findManifest, type Ground } from './table.ts'
import { readTransfers } from './transfer-file.ts'
import { createTransferRoll, type TransferRoll } from './transfer-roll.ts'

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
export const REJECTED_MAX = 1000

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
  const books = new Map<NetworkId, Book>()
  const counts = { rows: 0, added: 0, present: 0, rejectedCount: 0 }
  const rejected: RejectedRow[] = []
  const impostors = new Map<string, Asset.Asset>()
  const networks = new Set<NetworkId>()
  const open = (network: NetworkId): Book => {
    const book = books.get(network) ?? openBook(store, network)
    books.set(network, book)
    return book
  }
  let last: Asset.Asset | null = null
  let understood = false
  readTransfers(pieces, open, (line, verdict, asset) => {
    if (++counts.rows % STEP_ROWS === 0) step(counts.rows)
    understood ||= asset !== null
    if (asset !== null && asset !== last) {
      networks.add(asset.network)
      if (Asset.isImpostor(asset)) impostors.set(Asset.key(asset), asset)
      last = asset
    }
    if (typeof verdict === 'string') counts[verdict]++
    else if (++counts.rejectedCount <= REJECTED_MAX) rejected.push({ line, reason: verdict.conflict })
  })
  // Rows that only contradict what is there were read: they are an answer. A file of which no row is one is none.
  if (!understood) throw nothingRead(file.name, rejected[0], counts.rejectedCount)
  const ledgers = [...books]
    .filter(([network]) => networks.has(network))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([network, book]) => {
      const committer = keep ? openCommitter(store, network, clock) : undefined
      return close(network, book, file, committer)
    })
  return { ...counts, rejected, impostors: [...impostors.values()], ledgers }
}

/** One file of a network's ground, to be read again. */
export type TransfersGround = { readonly ground: Ground; readonly pieces: Iterable<Uint8Array> }

/**
 * The ledger of a network from its files alone, written to `rebuilder` if given. Rows that were refused are again.
 *
 * @param stock what of a damaged ledger is good, and is with the rebuilder already
 */
export function rebuildTransfers(
  store: Store,
  network: NetworkId,
  files: Iterable<TransfersGround>,
  rebuilder: Rebuilder | undefined,
  stock = loadTransfers(store, network, undefined),
): AccountColumns {
  const roll = createTransferRoll(stock)
  const before = { rows: roll.count, keys: stock.keys.count, assets: stock.assets.length }
  const shelf = { roll, keys: stock.keys }
  for (const { pieces } of files)
    readTransfers(
      pieces,
      one => (one === network ? shelf : undefined),
      () => {},
    )
  const batch = roll.slice(before.rows)
  const chunk = { batch, keys: stock.keys.slice(before.keys), assets: stock.assets.slice(before.assets) }
  if (before.rows === 0 || batch.count > 0) {
    rebuilder?.commit(encodeTransfers(chunk), { blocks: 0, transactions: batch.count })
    stock.batches.push(batch)
  }
  return linkTransfers(network, stock)
}

const STEP_ROWS = 10_000

/** One network's ledger while rows are added to it, and how much of it was there before. */
type Book = {
  readonly stock: TransferStock
  readonly roll: TransferRoll
  readonly keys: KeyDictionary
  readonly before: { readonly rows: number; readonly keys: number; readonly assets: number }
}

function openBook(store: Store, network: NetworkId): Book {
  const stock = loadTransfers(store, network, findManifest(store, network))
  const roll = createTransferRoll(stock)
  return {
    stock,
    roll,
    keys: stock.keys,
    before: { rows: roll.count, keys: stock.keys.count, assets: stock.assets.length },
  }
}

function close(
  network: NetworkId,
  { stock, roll, before }: Book,
  file: GivenFile,
  committer: Committer | undefined,
): AccountColumns {
  if (roll.count > before.rows) {
    const batch = roll.slice(before.rows)
    const [keys, assets] = [stock.keys.slice(before.keys), stock.assets.slice(before.assets)]
    committer?.register(file)
    committer?.commit(encodeTransfers({ batch, keys, assets }), { blocks: 0, transactions: batch.count })
    stock.batches.push(batch)
  }
  return linkTransfers(network, stock)
}

function nothingRead(name: string, first: RejectedRow | undefined, rejected: number): Failure {
  const why = first === undefined ? 'it has no row' : `line ${first.line}: ${first.reason}`
  return new Failure('Transfers.NothingRead', 'input', `No transfer in “${name}” could be taken: ${why}.`, {
    hint: 'docs/methods/ledger.md shows the columns and an example.',
    facts: { file: name, line: first?.line ?? null, reason: first?.reason ?? null, rejected },
  })
}
