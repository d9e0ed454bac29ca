import type { BitcoinNetworkId } from '../chain/block-rules.ts'
import * as Network from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { decodeTransfers, decodeUtxo } from './chunk.ts'
import type { AccountColumns } from './columns.ts'
import { openRebuilder, type Rebuilder } from './commit.ts'
import { rebuildTransfers, type TransfersGround } from './import.ts'
import { freshIngest, type Ingest } from './ingest.ts'
import { readChunk } from './segment.ts'
import { loadTransfers, loadUtxo } from './stock.ts'
import { type Chunk, findManifest, listChunks, type Manifest } from './table.ts'

/**
 * A ledger with a torn segment, taken on from its last good chunk: what lies before the damage is copied into a
 * generation of its own, what followed is to be derived from the ground again. Nothing counts until the rebuilder is
 * activated; the damaged files stay as they are. The store must be a writer's.
 */
export type Mender = {
  readonly rebuilder: Rebuilder
  /** Chunks that were kept, of how many. */
  readonly kept: number
  readonly of: number
  /** The file in which the last kept block lies: it and those after it are to be read again. 0: all. */
  readonly fromGround: number
  /** Of a network of blocks: takes what is read again; what was kept it finds present. */
  openIngest(): Ingest
  /** Of an account chain: all its files are read again; rows that were kept it finds present. */
  transfers(files: Iterable<TransfersGround>): AccountColumns
}

/** Undefined where each chunk is what was written. Failures: Ledger.Format. */
export function openMender(store: Store, network: Network.NetworkId, clock: Clock): Mender | undefined {
  const manifest = findManifest(store, network)
  if (manifest === undefined) return undefined
  const chunks = listChunks(store, manifest)
  const sound = soundOf(store, manifest, chunks)
  if (sound.length === chunks.length) return undefined
  const rebuilder = openRebuilder(store, network, clock)
  let fromGround = 0
  for (const chunk of sound) {
    const columns = readChunk(store, manifest, chunk)
    if (Network.from(network).shape === 'account') {
      rebuilder.commit(columns, { blocks: 0, transactions: decodeTransfers(columns).batch.count })
      continue
    }
    const { blocks, transactions } = decodeUtxo(columns).batch
    rebuilder.commit(columns, { blocks: blocks.count, transactions: transactions.count })
    if (blocks.count > 0) fromGround = blocks.ground[blocks.count - 1]!
  }
  return {
    ...{ rebuilder, kept: sound.length, of: chunks.length, fromGround },
    openIngest: () =>
      freshIngest(store, network as BitcoinNetworkId, rebuilder, loadUtxo(store, network, manifest, sound)),
    transfers: files =>
      rebuildTransfers(network, files, rebuilder, {
        stock: loadTransfers(store, network, manifest, sound),
        isWritten: true,
      }),
  }
}

/** The chunks before the first that is not what was written: what follows it builds on it. */
function soundOf(store: Store, manifest: Manifest, chunks: readonly Chunk[]): Chunk[] {
  const sound: Chunk[] = []
  for (const chunk of chunks) {
    try {
      readChunk(store, manifest, chunk)
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === 'corrupt') return sound
      throw thrown
    }
    sound.push(chunk)
  }
  return sound
}
