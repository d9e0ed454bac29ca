import * as Rules from '../chain/block-rules.ts'
import * as Checkpoint from '../chain/checkpoint.ts'
import type { Asset } from '../model/asset.ts'
import { type Coverage, unread } from '../model/coverage.ts'
import * as Network from '../model/network.ts'
import { toHex } from '../std/bytes.ts'
import { sha256Hex } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import type { UtxoBatch } from './batch.ts'
import { decodeTransfers, decodeUtxo } from './chunk.ts'
import type { AccountColumns, Columns } from './columns.ts'
import * as Cover from './coverage.ts'
import { growUtxo } from './grow-utxo.ts'
import { createKeyDictionary, type KeyDictionary } from './key-dictionary.ts'
import { linkAccount, type TransferBatch } from './link-account.ts'
import { type Anchors, type Linked, type LinkInput, linkUtxo, unanchored } from './link-utxo.ts'
import type { Roll } from './roll.ts'
import { readChunk } from './segment.ts'
import {
  type Chunk,
  findManifest,
  findTip,
  listChunks,
  listNetworks,
  type Manifest,
  type ReadSpan,
  spanOfReadBlocks,
} from './table.ts'

/**
 * The ledger of a network as columns, or undefined: nothing was ever read. Kept in memory until a newer manifest is
 * committed; `knownAt` gives the ledger as it was known then.
 *
 * Failures: Ledger.Format, Ledger.SegmentAltered.
 */
export function openColumns(store: Store, network: Network.NetworkId, knownAt?: number): Columns | undefined {
  const manifest = findManifest(store, network, knownAt)
  if (manifest === undefined) return undefined
  if (knownAt !== undefined) return withTip(link(store, manifest).columns, store, knownAt)
  const kept = cacheOf(store)
  const held = kept.get(network)
  if (held !== undefined && held.manifest.id === manifest.id) return held.columns
  const made = (held === undefined ? undefined : growHeld(store, held, manifest, false)) ?? link(store, manifest)
  return hold(store, { ...made, roll: null }).columns
}

/** A ledger in memory: as columns, and, of a network of blocks, with what the next block needs. */
export type HeldLedger = {
  readonly manifest: Manifest
  readonly columns: Columns
  readonly linked: Linked | null
  readonly keys: KeyDictionary
  /** What an ingest holds, so that the next one need not read the ledger again. */
  readonly roll: Roll | null
}

/** Takes the newest ledger out of memory, if it is there: whoever takes it may add to its keys, and puts it back. */
export function takeHeld(store: Store, network: Network.NetworkId): HeldLedger | undefined {
  const kept = cacheOf(store)
  const held = kept.get(network)
  kept.delete(network)
  return held?.manifest.id === findManifest(store, network)?.id ? held : undefined
}

/** Puts it (back) in memory; its coverage speaks from this store. */
export function hold(store: Store, held: HeldLedger): HeldLedger {
  const { network } = held.manifest
  const columns = withTip(held.linked?.columns ?? held.columns, store, undefined)
  const put = { ...held, columns }
  cacheOf(store).set(network, put)
  return put
}

/** What a store that was closed held in memory, for one that is opened anew on the same directory. */
export function carryColumns(from: Store, to: Store): void {
  if (from === to || from.directory !== to.directory) return
  for (const held of cacheOf(from).values()) if (held.linked !== null) hold(to, held)
  caches.delete(from)
}

/**
 * A ledger in memory with the chunks that were committed since; undefined where it has to be read and linked whole.
 *
 * @param known whether its dictionary has the new keys already
 */
export function growHeld(
  store: Store,
  { manifest: before, linked, keys }: HeldLedger,
  manifest: Manifest,
  known: boolean,
): Omit<HeldLedger, 'roll'> | undefined {
  if (linked === null || before.generation !== manifest.generation || before.format !== manifest.format)
    return undefined
  const chunks = listChunks(store, manifest)
  const first = chunks.slice(0, before.chunks).reduce((sum, chunk) => sha256Hex(sum + chunk.sha256), '')
  if (manifest.chunks <= before.chunks || first !== before.sha256) return undefined
  const batches = chunks.slice(before.chunks).map(chunk => {
    const { batch, keys: added } = decodeUtxo(readChunk(store, manifest, chunk))
    if (!known) keys.load(added)
    return batch
  })
  const grown = growUtxo(inputOf(manifest.network, keys), linked, batches)
  return grown === undefined ? undefined : { manifest, linked: grown, columns: grown.columns, keys }
}

/** The same, with how far the network had got when a source was last asked: a tip moves while the ledger stands. */
function withTip<T extends Columns>(columns: T, store: Store, knownAt: number | undefined): T {
  // What the columns saw is read from all of them, and is asked for at every answer.
  let held: Coverage | undefined
  const coverage = (): Coverage => {
    held ??= columns.coverage()
    const tip = findTip(store, columns.network, knownAt)
    const span = knownAt === undefined ? spanOfReadBlocks(store, columns.network) : undefined
    const own = withBlocks(held, span)
    if (tip === undefined) return own
    const provider = span === undefined ? (own.provider ?? tip.provider) : tip.provider
    return { ...own, tipHeight: Math.max(tip.height, own.toHeight ?? 0), provider }
  }
  return { ...columns, coverage }
}

/** A block of an account chain that was read and moved nothing was read all the same. */
function withBlocks(own: Coverage, span: ReadSpan | undefined): Coverage {
  if (span === undefined) return own
  const [fromHeight, toHeight] = [
    Math.min(own.fromHeight ?? span.low, span.low),
    Math.max(own.toHeight ?? 0, span.high),
  ]
  const whole = span.count === toHeight - fromHeight + 1
  const expected = whole ? span.transactions : own.transactionsExpected
  return {
    ...own,
    fromHeight,
    toHeight,
    transactionsRead: expected ?? own.transactionsRead,
    transactionsExpected: expected,
  }
}

/** Networks with a ledger. */
export function networksOf(store: Store): Network.NetworkId[] {
  return listNetworks(store)
}

/** What was read of a network; where nothing was, a coverage that says so. */
export function coverageOf(store: Store, network: Network.NetworkId): Coverage {
  return openColumns(store, network)?.coverage() ?? unread(network)
}

/** Batches and addresses of a UTXO network, as they lie on disk. */
export type UtxoStock = { readonly batches: UtxoBatch[]; readonly keys: KeyDictionary }

export type TransferStock = {
  readonly batches: TransferBatch[]
  readonly keys: KeyDictionary
  readonly assets: Asset[]
}

export function loadUtxo(
  store: Store,
  network: Network.NetworkId,
  manifest: Manifest | undefined,
  chunks = chunksOf(store, manifest),
): UtxoStock {
  const stock: UtxoStock = { batches: [], keys: createKeyDictionary(network) }
  for (const chunk of chunks) {
    const { batch, keys } = decodeUtxo(readChunk(store, manifest!, chunk))
    stock.keys.load(keys)
    stock.batches.push(batch)
  }
  return stock
}

export function loadTransfers(
  store: Store,
  network: Network.NetworkId,
  manifest: Manifest | undefined,
  chunks = chunksOf(store, manifest),
): TransferStock {
  const stock: TransferStock = { batches: [], keys: createKeyDictionary(network), assets: [] }
  for (const chunk of chunks) {
    const { batch, keys, assets } = decodeTransfers(readChunk(store, manifest!, chunk))
    stock.keys.load(keys)
    stock.assets.push(...assets)
    stock.batches.push(batch)
  }
  return stock
}

function chunksOf(store: Store, manifest: Manifest | undefined): readonly Chunk[] {
  return manifest === undefined ? [] : listChunks(store, manifest)
}

function anchorsOf(network: Network.NetworkId): Anchors {
  const rules = Rules.find(network)
  if (rules === undefined) return unanchored
  const known = Checkpoint.of(rules.network)
  return {
    heightOf: (bytes, at) => known.get(toHex(bytes.slice(at, at + 32).reverse())) ?? -1,
    isDue: (parent, child, height) => Checkpoint.isDue(parent, child, height, rules.network),
  }
}

/** Links what is on disk with what is not yet committed. */
export function linkStock(network: Network.NetworkId, { batches, keys }: UtxoStock): Linked {
  return linkUtxo({ ...inputOf(network, keys), batches })
}

function inputOf(network: Network.NetworkId, keys: KeyDictionary): Omit<LinkInput, 'batches'> {
  return {
    ...{ network, addresses: keys, anchors: anchorsOf(network) },
    coverage: (blocks, transactions) => Cover.ofBlocks(network, blocks, transactions),
  }
}

export function linkTransfers(network: Network.NetworkId, { batches, keys, assets }: TransferStock): AccountColumns {
  return linkAccount({
    ...{ network, batches, addresses: keys, assets },
    coverage: (heights, transactions) => Cover.ofTransfers(network, heights, transactions),
  })
}

function link(store: Store, manifest: Manifest): Omit<HeldLedger, 'roll'> {
  const { network } = manifest
  if (Network.from(network).shape === 'account') {
    const stock = loadTransfers(store, network, manifest)
    return { manifest, columns: linkTransfers(network, stock), linked: null, keys: stock.keys }
  }
  const stock = loadUtxo(store, network, manifest)
  const linked = linkStock(network, stock)
  return { manifest, columns: linked.columns, linked, keys: stock.keys }
}

/** One ledger for each network and open store; it goes when the store goes. */
const caches = new WeakMap<Store, Map<Network.NetworkId, HeldLedger>>()

function cacheOf(store: Store): Map<Network.NetworkId, HeldLedger> {
  const held = caches.get(store)
  if (held !== undefined) return held
  const made = new Map<Network.NetworkId, HeldLedger>()
  caches.set(store, made)
  return made
}
