import * as Network from '../model/network.ts'
import type { Store } from '../store/store.ts'
import { decodeTransfers, decodeUtxo } from './chunk.ts'
import type { Columns } from './columns.ts'
import { growAccount } from './grow-account.ts'
import { growUtxo } from './grow-utxo.ts'
import * as Held from './held.ts'
import { type LinkedAccount, linkAccount } from './link-account.ts'
import type { Linked } from './link-utxo.ts'
import { readChunk } from './segment.ts'
import { accountInput, chunksSince, linkStock, linkTransfers, loadTransfers, loadUtxo, utxoInput } from './stock.ts'
import { findManifest, listNetworks, type Manifest } from './table.ts'
import { createBook, type TransferBook } from './transfer-book.ts'

/**
 * The ledger of a network as columns, or undefined: nothing was ever read. Kept in memory until a newer manifest is
 * committed, and then gone on from where that is possible; `knownAt` gives the ledger as it was known then.
 *
 * Failures: Ledger.Format, Ledger.SegmentAltered.
 */
export function openColumns(store: Store, network: Network.NetworkId, knownAt?: number): Columns | undefined {
  const manifest = findManifest(store, network, knownAt)
  if (manifest === undefined) return undefined
  const isAccount = Network.from(network).shape === 'account'
  if (knownAt !== undefined) {
    const linked = isAccount ? linkedTransfers(store, manifest) : linkedBlocks(store, manifest)
    return Held.withTip(linked.linked.columns, store, knownAt)
  }
  const held = Held.peek(store, network)
  if (held?.standing?.manifest.id === manifest.id) return held.standing.columns
  return isAccount ? standTransfers(store, manifest, held) : standBlocks(store, manifest, held)
}

/** Networks with a ledger. */
export function networksOf(store: Store): Network.NetworkId[] {
  return listNetworks(store)
}

function standBlocks(store: Store, manifest: Manifest, held: Held.Held | undefined): Columns {
  if (held?.shape === 'utxo') {
    const linked = growBlocks(store, held, manifest, false)
    if (linked !== undefined) return holdBlocks(store, manifest, { linked, keys: held.keys, roll: null })
  }
  return holdBlocks(store, manifest, { ...linkedBlocks(store, manifest), roll: null })
}

/** Puts a ledger of blocks in memory. */
export function holdBlocks(
  store: Store,
  manifest: Manifest,
  { linked, ...rest }: Omit<Held.HeldBlocks, 'shape' | 'standing'> & { readonly linked: Linked },
): Columns {
  const standing = Held.standing(store, manifest, linked)
  Held.hold(store, manifest.network, { shape: 'utxo', standing, ...rest })
  return standing.columns
}

/**
 * A ledger in memory with the blocks that were committed since; undefined where it has to be read and linked whole.
 *
 * @param known whether its dictionary has the new keys already
 */
export function growBlocks(
  store: Store,
  { standing, keys }: Held.HeldBlocks,
  manifest: Manifest,
  known: boolean,
): Linked | undefined {
  const chunks = chunksSince(store, standing.manifest, manifest)
  if (chunks === undefined) return undefined
  const batches = chunks.map(chunk => {
    const { batch, keys: added } = decodeUtxo(readChunk(store, manifest, chunk))
    if (!known) keys.load([added])
    return batch
  })
  return growUtxo(utxoInput(manifest.network, keys), standing.linked, batches)
}

function standTransfers(store: Store, manifest: Manifest, held: Held.Held | undefined): Columns {
  const { network } = manifest
  const known = held?.shape === 'account' ? held : undefined
  const book = known?.book?.manifest?.id === manifest.id ? known.book : null
  const { linked, keys, assets } =
    (book === null ? growTransfers(store, known, manifest) : fromBook(book, known?.standing?.linked)) ??
    linkedTransfers(store, manifest)
  const standing = Held.standing(store, manifest, linked)
  Held.hold(store, network, { shape: 'account', standing, keys, assets, book })
  return standing.columns
}

type LinkedTransfers = Pick<TransferBook, 'keys' | 'assets'> & { readonly linked: LinkedAccount }

/** From the rows that are in memory: gone on with, or linked anew. */
function fromBook(book: TransferBook, before: LinkedAccount | undefined): LinkedTransfers {
  const { network, roll, keys, assets } = book
  const input = accountInput(network, book)
  const grown =
    before === undefined ? undefined : growAccount(input, before, [roll.slice(before.columns.transfers.count)])
  return { linked: grown ?? linkAccount({ ...input, batches: [roll.slice(0)] }), keys, assets }
}

/** From the chunks that were committed since, by whoever. */
function growTransfers(
  store: Store,
  held: Held.HeldTransfers | undefined,
  manifest: Manifest,
): LinkedTransfers | undefined {
  // Where there is a book that is not of this manifest, its dictionary may be ahead of the columns.
  if (held == null || held.standing === null || held.book !== null) return undefined
  const chunks = chunksSince(store, held.standing.manifest, manifest)
  if (chunks === undefined) return undefined
  const { keys, assets } = held
  const batches = chunks.map(chunk => {
    const { batch, keys: added, assets: named } = decodeTransfers(readChunk(store, manifest, chunk))
    keys.load([added])
    assets.push(...named)
    return batch
  })
  const linked = growAccount(accountInput(manifest.network, { keys, assets }), held.standing.linked, batches)
  return linked === undefined ? undefined : { linked, keys, assets }
}

/**
 * The ledger of an account chain to add to, out of memory where it is there: `holdTransfers` puts it back. The store
 * must be a writer's.
 */
export function takeTransfers(store: Store, network: Network.NetworkId): Held.HeldTransfers & { book: TransferBook } {
  const held = Held.take(store, network)
  const known = held?.shape === 'account' ? held : undefined
  const manifest = findManifest(store, network)
  if (known?.book != null && known.book.manifest?.id === manifest?.id) return { ...known, book: known.book }
  const book = createBook(network, loadTransfers(store, network, manifest), manifest)
  const { keys, assets } = book
  // Numbers are those of the chunks, whichever dictionary has read them.
  const standing = known?.standing?.manifest.id === manifest?.id ? (known?.standing ?? null) : null
  return { shape: 'account', standing, keys, assets, book }
}

export function holdTransfers(store: Store, held: Held.HeldTransfers & { book: TransferBook }): void {
  Held.hold(store, held.book.network, held)
}

function linkedBlocks(store: Store, manifest: Manifest) {
  const stock = loadUtxo(store, manifest.network, manifest)
  return { linked: linkStock(manifest.network, stock), keys: stock.keys }
}

function linkedTransfers(store: Store, manifest: Manifest): LinkedTransfers {
  const { batches, keys, assets } = loadTransfers(store, manifest.network, manifest)
  return { linked: linkTransfers(manifest.network, { batches, keys, assets }), keys, assets }
}
