import type { Asset } from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import type { Columns } from './columns.ts'
import type { KeyDictionary } from './key-dictionary.ts'
import type { LinkedAccount } from './link-account.ts'
import type { Linked } from './link-utxo.ts'
import type { Roll } from './roll.ts'
import { findManifest, findTip, type Manifest, type ReadSpan, readSpan } from './table.ts'
import type { FollowedBook, TransferBook } from './transfer-book.ts'

/** What of a network's ledger an open store keeps in memory: as columns, and what the next block needs. */
export type Held = HeldBlocks | HeldTransfers

export type HeldBlocks = {
  readonly shape: 'utxo'
  readonly standing: Standing<Linked>
  readonly keys: KeyDictionary
  /** What an ingest holds, so that the next one need not read the ledger again. */
  readonly roll: Roll | null
}

export type HeldTransfers = {
  readonly shape: 'account'
  /** Null: nobody has asked for the columns yet. */
  readonly standing: Standing<LinkedAccount> | null
  /** What the columns rest on, and what has come since where there is a book. */
  readonly keys: KeyDictionary
  readonly assets: Asset[]
  readonly book: TransferBook | null
}

/** A linked ledger, and the manifest whose ledger it is. */
export type Standing<T extends { readonly columns: Columns }> = {
  readonly manifest: Manifest
  readonly linked: T
  /** Its columns, with a coverage that speaks from the store. */
  readonly columns: T['columns']
}

/** One ledger for each network and open store; it goes when the store goes. */
const caches = new WeakMap<Store, Map<NetworkId, Held>>()

function cacheOf(store: Store): Map<NetworkId, Held> {
  const held = caches.get(store)
  if (held !== undefined) return held
  const made = new Map<NetworkId, Held>()
  caches.set(store, made)
  return made
}

/** What is in memory, of whatever manifest. */
export function peek(store: Store, network: NetworkId): Held | undefined {
  return cacheOf(store).get(network)
}

/** Takes it out of memory: whoever does may add to it, and puts it back. */
export function take(store: Store, network: NetworkId): Held | undefined {
  const held = peek(store, network)
  cacheOf(store).delete(network)
  return held
}

/** The same, if it is the newest ledger of a network of blocks. */
export function takeBlocks(store: Store, network: NetworkId): HeldBlocks | undefined {
  const held = take(store, network)
  const isNewest = held?.shape === 'utxo' && held.standing.manifest.id === findManifest(store, network)?.id
  return isNewest ? held : undefined
}

/** Puts it in memory. */
export function hold(store: Store, network: NetworkId, held: Held): void {
  cacheOf(store).set(network, held)
}

/** Books of account chains that are followed, beside what is held as columns: neither rests on the other. */
const followed = new WeakMap<Store, Map<NetworkId, FollowedBook>>()

export function peekFollowed(store: Store, network: NetworkId): FollowedBook | undefined {
  return followed.get(store)?.get(network)
}

/** Takes it out of memory, as `take` does. */
export function takeFollowed(store: Store, network: NetworkId): FollowedBook | undefined {
  const book = peekFollowed(store, network)
  followed.get(store)?.delete(network)
  return book
}

export function holdFollowed(store: Store, book: FollowedBook): void {
  const books = followed.get(store) ?? new Map<NetworkId, FollowedBook>()
  followed.set(store, books.set(book.network, book))
}

/** What a store that was closed held in memory, for one that is opened anew on the same directory. */
export function carryColumns(from: Store, to: Store): void {
  if (from === to || from.directory !== to.directory) return
  const carry = <T extends { readonly columns: Columns }>({ manifest, linked }: Standing<T>): Standing<T> =>
    standing(to, manifest, linked)
  const books = followed.get(from)
  if (books !== undefined) followed.set(to, books)
  followed.delete(from)
  const spans = spansOf(from)
  for (const [network, held] of cacheOf(from)) {
    if (held.shape === 'utxo') hold(to, network, { ...held, standing: carry(held.standing) })
    else hold(to, network, { ...held, standing: held.standing === null ? null : carry(held.standing) })
  }
  for (const [network, span] of spans) spansOf(to).set(network, span)
  caches.delete(from)
}

export function standing<T extends { readonly columns: Columns }>(
  store: Store,
  manifest: Manifest,
  linked: T,
): Standing<T> {
  return { manifest, linked, columns: withTip(linked.columns, store, undefined) }
}

/** The same, with how far the network had got when a source was last asked: a tip moves while the ledger stands. */
export function withTip<T extends Columns>(columns: T, store: Store, knownAt: number | undefined): T {
  // What the columns saw is read from all of them, and is asked for at every answer.
  let held: Coverage | undefined
  const coverage = (): Coverage => {
    held ??= columns.coverage()
    const tip = findTip(store, columns.network, knownAt)
    const span =
      knownAt === undefined && columns.shape === 'account' ? spanOfReadBlocks(store, columns.network) : undefined
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

/** Which blocks of account chains were read, as far as a store has looked. */
const spans = new WeakMap<Store, Map<NetworkId, ReadSpan>>()

function spansOf(store: Store): Map<NetworkId, ReadSpan> {
  const made = spans.get(store) ?? new Map<NetworkId, ReadSpan>()
  spans.set(store, made)
  return made
}

/** What stands of the blocks read from nodes; undefined: none. What was summed before is not summed again. */
export function spanOfReadBlocks(store: Store, network: NetworkId): ReadSpan | undefined {
  const span = readSpan(store, network, spansOf(store).get(network))
  if (span !== undefined) spansOf(store).set(network, span)
  return span
}
