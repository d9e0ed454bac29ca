import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import { decodeTransfers } from './chunk.ts'
import type { AccountColumns } from './columns.ts'
import type { Rebuilder } from './commit.ts'
import { rebuildTransfers, type TransfersGround } from './import.ts'
import { readChunk } from './segment.ts'
import { emptyTransfers, loadTransfers } from './stock.ts'
import {
  type Chunk,
  findManifest,
  firstOfOneFile,
  type Ground,
  listChunks,
  listGround,
  type Manifest,
} from './table.ts'

/**
 * The ledger of an account chain without some files, none of which tells of a height below `from`: what deriving it
 * from all the others gives. What lies before the first chunk that reaches that height is taken as it is, and only
 * files that came later are read again. Written to `rebuilder`, as one chunk.
 *
 * @param lost numbers of the files in the ground table
 * @param read gives files to be read, in their order
 */
export function withdrawTransfers(
  store: Store,
  network: NetworkId,
  { from, lost }: { readonly from: number; readonly lost: ReadonlySet<number | null> },
  read: (grounds: readonly Ground[]) => Iterable<TransfersGround>,
  rebuilder: Rebuilder,
): AccountColumns {
  const manifest = findManifest(store, network)
  const chunks = manifest === undefined ? [] : listChunks(store, manifest)
  const kept = manifest === undefined ? 0 : countBelow(store, manifest, chunks, from)
  const grounds = listGround(store, network)
  // Which file a chunk was read from is not written down; but of the last ones each is of one file, and they came in
  // the order of the files: so many chunks are of so many files at most.
  const isTold = manifest !== undefined && kept >= firstOfOneFile(store, manifest)
  const later = isTold ? grounds.slice(grounds.length - (chunks.length - kept)) : grounds
  const stock = isTold ? loadTransfers(store, network, manifest, chunks.slice(0, kept)) : emptyTransfers(network)
  const files = read(later.filter(ground => !lost.has(ground.id)))
  return rebuildTransfers(network, files, rebuilder, { stock, isWritten: false })
}

/** How many chunks there are before the first with a transfer at a height or above. */
function countBelow(store: Store, manifest: Manifest, chunks: readonly Chunk[], height: number): number {
  const found = chunks.findIndex(chunk =>
    decodeTransfers(readChunk(store, manifest, chunk)).batch.height.some(one => one >= height),
  )
  return found === -1 ? chunks.length : found
}
