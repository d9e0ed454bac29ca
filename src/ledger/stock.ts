import * as Rules from '../chain/block-rules.ts'
import * as Checkpoint from '../chain/checkpoint.ts'
import type { Asset } from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { toHex } from '../std/bytes.ts'
import { sha256Hex } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import type { UtxoBatch } from './batch.ts'
import { decodeTransfers, decodeUtxo } from './chunk.ts'
import * as Cover from './coverage.ts'
import { createKeyDictionary, type KeyDictionary } from './key-dictionary.ts'
import { type AccountLinkInput, type LinkedAccount, linkAccount, type TransferBatch } from './link-account.ts'
import { type Anchors, type Linked, type LinkInput, linkUtxo, unanchored } from './link-utxo.ts'
import { readChunk } from './segment.ts'
import { type Chunk, listChunks, type Manifest } from './table.ts'

/** Batches and addresses of a UTXO network, as they lie on disk. */
export type UtxoStock = { readonly batches: UtxoBatch[]; readonly keys: KeyDictionary }

export type TransferStock = {
  readonly batches: TransferBatch[]
  readonly keys: KeyDictionary
  readonly assets: Asset[]
}

export function loadUtxo(
  store: Store,
  network: NetworkId,
  manifest: Manifest | undefined,
  chunks = chunksOf(store, manifest),
): UtxoStock {
  const keys = createKeyDictionary(network)
  const read = chunks.map(chunk => decodeUtxo(readChunk(store, manifest!, chunk)))
  keys.load(read.map(chunk => chunk.keys))
  return { batches: read.map(({ batch }) => batch), keys }
}

export function loadTransfers(
  store: Store,
  network: NetworkId,
  manifest: Manifest | undefined,
  chunks = chunksOf(store, manifest),
): TransferStock {
  const stock = emptyTransfers(network)
  const read = chunks.map(chunk => decodeTransfers(readChunk(store, manifest!, chunk)))
  stock.keys.load(read.map(({ keys }) => keys))
  for (const { batch, assets } of read) {
    stock.assets.push(...assets)
    stock.batches.push(batch)
  }
  return stock
}

export function emptyTransfers(network: NetworkId): TransferStock {
  return { batches: [], keys: createKeyDictionary(network), assets: [] }
}

function chunksOf(store: Store, manifest: Manifest | undefined): readonly Chunk[] {
  return manifest === undefined ? [] : listChunks(store, manifest)
}

/** The chunks that a manifest has and an older one had not; undefined: it is not that one's continuation. */
export function chunksSince(store: Store, before: Manifest, manifest: Manifest): Chunk[] | undefined {
  if (before.generation !== manifest.generation || before.format !== manifest.format) return undefined
  const chunks = listChunks(store, manifest, before.chunks)
  const last = chunks.reduce((sum, chunk) => sha256Hex(sum + chunk.sha256), before.sha256)
  return manifest.chunks > before.chunks && last === manifest.sha256 ? chunks : undefined
}

/** Links what is on disk with what is not yet committed. */
export function linkStock(network: NetworkId, { batches, keys }: UtxoStock): Linked {
  return linkUtxo({ ...utxoInput(network, keys), batches })
}

export function linkTransfers(network: NetworkId, stock: TransferStock): LinkedAccount {
  return linkAccount({ ...accountInput(network, stock), batches: stock.batches })
}

/** What linking, or going on, needs besides the batches. */
export function utxoInput(network: NetworkId, keys: KeyDictionary): Omit<LinkInput, 'batches'> {
  return {
    ...{ network, addresses: keys, anchors: anchorsOf(network) },
    coverage: (blocks, transactions) => Cover.ofBlocks(network, blocks, transactions),
  }
}

export function accountInput(
  network: NetworkId,
  { keys, assets }: Pick<TransferStock, 'keys' | 'assets'>,
): Omit<AccountLinkInput, 'batches'> {
  return {
    ...{ network, addresses: keys, assets },
    coverage: (heights, transactions) => Cover.ofTransfers(network, heights, transactions),
  }
}

function anchorsOf(network: NetworkId): Anchors {
  const rules = Rules.find(network)
  if (rules === undefined) return unanchored
  const known = Checkpoint.of(rules.network)
  return {
    heightOf: (bytes, at) => known.get(toHex(bytes.slice(at, at + 32).reverse())) ?? -1,
    isDue: (parent, child, height) => Checkpoint.isDue(parent, child, height, rules.network),
  }
}
