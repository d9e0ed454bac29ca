import type { Asset } from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { encodeTransfers, type TransferChunk } from './chunk.ts'
import type { Committer } from './commit.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import { gather } from './link-account.ts'
import type { RowArchive } from './row-archive.ts'
import { emptyTransfers, type TransferStock } from './stock.ts'
import type { Manifest } from './table.ts'
import { createTransferRoll, type TransferRoll } from './transfer-roll.ts'

/** All transfers of a network in the order of their coming, opened to add to them: a shelf for `readTransfers`. */
export type TransferBook = {
  readonly network: NetworkId
  readonly roll: TransferRoll
  readonly keys: KeyDictionary
  readonly assets: Asset[]
  /** What was committed last; undefined: nothing ever was. */
  manifest: Manifest | undefined
  /** How much of it is on disk. Addresses and assets may be ahead of it: those that only a refused row named. */
  written: Written
}

/** The same of a process that follows: rows that are committed lie in an archive, and in memory are new ones alone. */
export type FollowedBook = TransferBook & { readonly archive: RowArchive }

type Written = { readonly rows: number; readonly keys: number; readonly assets: number }

/** The batches are not kept: their rows are in the roll. */
export function createBook(network: NetworkId, stock: TransferStock, manifest: Manifest | undefined): TransferBook {
  const { keys, assets } = stock
  const roll = createTransferRoll(stock)
  return {
    network,
    roll,
    keys,
    assets,
    manifest,
    written: { rows: roll.count, keys: keys.count, assets: assets.length },
  }
}

/** A book in which nothing is yet: `takeChunks` gives it what is committed. */
export function createFollowedBook(network: NetworkId, archive: RowArchive): FollowedBook {
  const stock = emptyTransfers(network)
  const roll = createTransferRoll(stock, archive)
  const written = { rows: 0, keys: 0, assets: 0 }
  return { network, roll, keys: stock.keys, assets: stock.assets, manifest: undefined, written, archive }
}

/** Adds chunks that were committed, after those before them. */
export function takeChunks(book: FollowedBook, chunks: readonly TransferChunk[]): void {
  book.keys.load(chunks.map(chunk => chunk.keys))
  for (const asset of chunks.flatMap(chunk => chunk.assets)) book.roll.assetOf(asset)
  book.archive.append(gather(chunks.map(chunk => chunk.batch)))
  book.written = { rows: book.roll.count, keys: book.keys.count, assets: book.assets.length }
}

/** Whether there are rows that are not on disk. */
export function isAhead({ roll, written }: TransferBook): boolean {
  return roll.count > written.rows
}

/** Writes the rows that are not on disk, with all addresses and assets that are not. */
export function commitBook(book: TransferBook, committer: Committer, most = ROWS_MAX): void {
  const { roll, keys, assets } = book
  do {
    const { written } = book
    const batch = roll.slice(written.rows, Math.min(roll.count, written.rows + most))
    const chunk = { batch, keys: keys.slice(written.keys), assets: assets.slice(written.assets) }
    committer.commit(encodeTransfers(chunk), { blocks: 0, transactions: batch.count })
    book.written = { rows: written.rows + batch.count, keys: keys.count, assets: assets.length }
  } while (isAhead(book))
  roll.settle()
  book.manifest = committer.manifest
}

/** Rows of one chunk: some 700 MB, which is read at once. A file's read ends at 2 GiB. */
const ROWS_MAX = 8_000_000
