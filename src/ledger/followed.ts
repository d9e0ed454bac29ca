import { type Coverage, unread } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import { parseHex } from '../std/bytes.ts'
import type { Store } from '../store/store.ts'
import type { Dictionary } from './address-column.ts'
import { decodeTransfers, type TransferChunk } from './chunk.ts'
import { type AccountColumns, NONE } from './columns.ts'
import * as Cover from './coverage.ts'
import * as Held from './held.ts'
import { linkAccount, type TransferBatch } from './link-account.ts'
import { openRowArchive } from './row-archive.ts'
import { folderOf, readChunk } from './segment.ts'
import { openColumns } from './snapshot.ts'
import { chunksSince } from './stock.ts'
import { findManifest, listChunks, type Manifest } from './table.ts'
import { createFollowedBook, type FollowedBook, takeChunks } from './transfer-book.ts'

/**
 * The ledger of an account chain as a process sees it that follows the chain: asked about some addresses at a time, and
 * the cost of an answer is what they did, not what there is.
 */
export type FollowedLedger = {
  /** Another one as soon as the ledger is. */
  readonly mark: object
  /** Height of the highest row; −1: there is none. */
  readonly top: number
  /** Those of the transactions that are there. */
  among(txids: Iterable<string>): ReadonlySet<string>
  /**
   * Columns of the rows that name one of these addresses, in the order of the ledger.
   *
   * @param most transactions of one address: of what has more nothing is read, and it is told. Of those that came in
   * pieces each piece counts
   */
  columnsOf(addresses: Iterable<string>, most?: number): Extract
  coverage(): Coverage
}

type Extract = { readonly columns: AccountColumns; readonly crowded: ReadonlySet<string> }

/**
 * Makes ready to follow: reads all chunks once, and holds of them in memory only what telling repeats takes. What is
 * ready stays so while the ledger goes on at its end. The store must be a writer's.
 *
 * Failures: Ledger.Format, Ledger.SegmentAltered.
 */
export function openFollowed(store: Store, network: NetworkId): void {
  Held.holdFollowed(store, takeFollowedBook(store, network))
}

/** The book to add to, out of memory: whoever takes it puts it back with `Held.holdFollowed` once all is on disk. */
export function takeFollowedBook(store: Store, network: NetworkId): FollowedBook {
  const held = Held.takeFollowed(store, network)
  const manifest = findManifest(store, network)
  if (held !== undefined && (held.manifest?.id === manifest?.id || goesOn(store, held, manifest))) return held
  const book = createFollowedBook(network, openRowArchive(folderOf(store, network)))
  return catchUp(store, book, manifest, manifest === undefined ? [] : listChunks(store, manifest))
}

/** The ledger of a network that this process follows, as it stands now; undefined: it does not follow it. */
export function findFollowed(store: Store, network: NetworkId): FollowedLedger | undefined {
  const book = Held.peekFollowed(store, network)
  if (book?.manifest === undefined || book.manifest.id !== findManifest(store, network)?.id) return undefined
  const { archive, keys, assets } = book
  const coverage = (): Coverage => {
    const heights = archive.heights
    const range = heights === null ? Uint32Array.of() : Uint32Array.of(heights.low, heights.high)
    return Cover.ofTransfers(network, range, archive.transactions)
  }
  const columnsOf: FollowedLedger['columnsOf'] = (addresses, most = Number.POSITIVE_INFINITY) => {
    const crowded = new Set<string>()
    const numbers = new Set<number>()
    for (const address of addresses) {
      const number = keys.find(address)
      if (number === undefined) continue
      if (archive.countOf(number) > most) crowded.add(address)
      else numbers.add(number)
    }
    const batch = archive.rowsOf(numbers)
    const input = { network, batches: [batch], assets, addresses: createExtract(keys, batch), coverage }
    return { columns: Held.withTip(linkAccount(input).columns, store, undefined), crowded }
  }
  return {
    mark: book.manifest,
    top: archive.heights?.high ?? -1,
    among(txids) {
      const isThere = (txid: string): boolean => {
        const bytes = parseHex(txid)
        return bytes?.length === 32 && archive.has(bytes)
      }
      return new Set([...txids].filter(isThere))
    },
    columnsOf,
    coverage: () => columnsOf([]).columns.coverage(),
  }
}

/** What was read of a network; where nothing was, a coverage that says so. */
export function coverageOf(store: Store, network: NetworkId): Coverage {
  return findFollowed(store, network)?.coverage() ?? openColumns(store, network)?.coverage() ?? unread(network)
}

/** Whether somebody else has only added to the ledger; then the book has it, too. */
function goesOn(store: Store, book: FollowedBook, manifest: Manifest | undefined): boolean {
  // A dictionary that is ahead has numbers that the new chunks have given to other addresses.
  const isAhead = book.keys.count > book.written.keys || book.assets.length > book.written.assets
  const chunks =
    manifest === undefined || book.manifest === undefined || isAhead
      ? undefined
      : chunksSince(store, book.manifest, manifest)
  if (chunks !== undefined) catchUp(store, book, manifest, chunks)
  return chunks !== undefined
}

/** Some chunks in memory at a time: many small ones together cost the archive less than one by one. */
function catchUp(
  store: Store,
  book: FollowedBook,
  manifest: Manifest | undefined,
  chunks: ReturnType<typeof listChunks>,
): FollowedBook {
  let some: TransferChunk[] = []
  let rows = 0
  for (const chunk of chunks) {
    const one = decodeTransfers(readChunk(store, manifest!, chunk))
    some.push(one)
    rows += one.batch.count
    if (rows < ROWS_AT_ONCE) continue
    takeChunks(book, some)
    some = []
    rows = 0
  }
  takeChunks(book, some)
  book.manifest = manifest
  return book
}

/** Some 40 MB of them. */
const ROWS_AT_ONCE = 500_000

/** The addresses that rows name, numbered anew in the rows: a dictionary as large as what is looked at. */
function createExtract(keys: Dictionary, { count, from, to }: TransferBatch): Dictionary {
  const numbers: number[] = []
  const own = new Map<number, number>()
  for (const column of [from, to]) {
    for (let row = 0; row < count; row++) {
      const number = column[row]!
      if (number === NONE) continue
      const held = own.get(number)
      column[row] = held ?? numbers.length
      if (held === undefined) own.set(number, numbers.push(number) - 1)
    }
  }
  return {
    count: numbers.length,
    format: nth => keys.format(numbers[nth]!),
    find(address) {
      const number = keys.find(address)
      return number === undefined ? undefined : own.get(number)
    },
  }
}
