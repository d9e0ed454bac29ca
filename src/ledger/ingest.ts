import type { Fault } from '../chain/block-fault.ts'
import { HEADER_BYTES } from '../chain/block-header.ts'
import type { BitcoinNetworkId } from '../chain/block-rules.ts'
import type { MerkleBranch } from '../chain/merkle.ts'
import type { SpentOutputs } from '../chain/undo.ts'
import type { Clock } from '../std/clock.ts'
import type { Store } from '../store/store.ts'
import { type BatchBuilder, createBatch, EXCERPT, HEIGHT_GIVEN, WITH_UNDO } from './batch.ts'
import { createBlockReader, hashOf, type RawBlock, type SpentReader } from './block-reader.ts'
import { encodeUtxo } from './chunk.ts'
import { type Committer, type GivenFile, openCommitter } from './commit.ts'
import { takeBlocks } from './held.ts'
import type { Linked } from './link-utxo.ts'
import { type BlockCounts, createRoll, type Roll } from './roll.ts'
import { growBlocks, holdBlocks } from './snapshot.ts'
import { linkStock, loadUtxo, type UtxoStock } from './stock.ts'
import { findManifest } from './table.ts'

/** A block out of a file, as it lies in `bytes`; null: not told. */
export type GivenBlock = {
  readonly bytes: Uint8Array
  /** Where it lies in the file that was begun last. */
  readonly offset: number
  /** The user's word on its height. */
  readonly height: number | null
  /** What a node's JSON says of its height: used where the block itself says nothing. */
  readonly statedHeight: number | null
  readonly spent: SpentOutputs | SpentReader | null
  /** Its txids or what is wrong with it, where a crew has found that. */
  readonly known?: Uint8Array | Fault | undefined
  /** Of an excerpt: the proofs of its transactions, in their order. */
  readonly proofs?: readonly MerkleBranch[] | undefined
}

/** Takes the blocks of files into a network's ledger. */
export type Ingest = {
  /** Distinct transactions that are there now. */
  readonly transactions: number
  /** Blocks from now on come from this file. */
  begin(file: GivenFile): void
  /** `present`: was there already. A fault leaves everything as it was. */
  add(block: GivenBlock): 'added' | 'present' | Fault
  /** Makes sure that what was added stays. Called by itself every so many bytes. */
  commit(): void
  /** Links all that is there now, and tells what was given to this ingest. */
  finish(): { readonly linked: Linked; readonly given: Given }
}

/** The distinct blocks given, old and new. */
export type Given = {
  /** 32 bytes each, in the order of coming. */
  readonly hashes: Uint8Array
  readonly added: number
  readonly present: number
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
}

/** Bytes of blocks between two commits: what a kill can cost is read again in well under a second. */
const COMMIT_BYTES = 32 * 2 ** 20

/** @param keep false for a trial run: nothing is written · @param commitBytes bytes of blocks between two commits */
export function openIngest(
  store: Store,
  network: BitcoinNetworkId,
  clock: Clock,
  keep: boolean,
  commitBytes = COMMIT_BYTES,
): Ingest {
  if (!keep) return createIngest(network, loadUtxo(store, network, findManifest(store, network)), { commitBytes })
  const held = takeBlocks(store, network)
  const isReady = held !== undefined && held.roll !== null
  const stock = isReady ? { batches: [], keys: held.keys } : loadUtxo(store, network, findManifest(store, network))
  const committer = openCommitter(store, network, clock)
  const finish = (roll: Roll, isWritten: boolean): Linked => {
    const { manifest } = committer
    if (manifest === undefined) return linkStock(network, stock)
    const before = held?.standing.manifest.id === manifest.id ? held.standing.linked : undefined
    const grown = before ?? (held === undefined ? undefined : growBlocks(store, held, manifest, isReady))
    const whole = grown === undefined && isReady ? loadUtxo(store, network, manifest) : stock
    const linked = grown ?? linkStock(network, whole)
    const keys = grown === undefined ? whole.keys : held!.keys
    // Addresses of a block that was refused have numbers here that no chunk knows: the next one starts from disk.
    if (isWritten) holdBlocks(store, manifest, { linked, keys, roll })
    return linked
  }
  return createIngest(network, stock, { committer, commitBytes, ...(isReady ? { roll: held.roll! } : {}), finish })
}

/**
 * An ingest that begins with nothing, or with what of a damaged ledger is good, and writes to `committer`, if given: to
 * derive a ledger again.
 */
export function freshIngest(
  store: Store,
  network: BitcoinNetworkId,
  committer: Committer | undefined,
  stock = loadUtxo(store, network, undefined),
): Ingest {
  return createIngest(network, stock, { committer })
}

type More = {
  readonly committer?: Committer | undefined
  readonly commitBytes?: number
  /** All that is there, where that is known already: `stock` then has no batches. */
  readonly roll?: Roll
  /** Links; it is told whether all addresses that have numbers are written. */
  readonly finish?: (roll: Roll, isWritten: boolean) => Linked
}

function createIngest(
  network: BitcoinNetworkId,
  stock: UtxoStock,
  { committer, commitBytes = COMMIT_BYTES, roll = createRoll(stock.batches), finish }: More,
): Ingest {
  const batch = createBatch()
  const reader = createBlockReader(network, batch, stock.keys, roll.transactions)
  const seen = new Set<number>()
  let file: GivenFile | undefined
  let ground = -1
  let [pendingBytes, keysWritten, added] = [0, stock.keys.count, 0]

  const commit = (): void => {
    if (batch.counts.blocks === 0) return
    const taken = batch.take()
    const notes = reader.takeNotes()
    const counts = { blocks: taken.blocks.count, transactions: taken.transactions.count }
    committer?.commit(encodeUtxo({ batch: taken, keys: stock.keys.slice(keysWritten) }), counts, notes)
    stock.batches.push(taken)
    keysWritten = stock.keys.count
    pendingBytes = 0
  }
  const take = (block: GivenBlock, hash: Uint8Array): Fault | undefined => {
    const before = { ...batch.counts }
    const from = ground === -1 ? (committer?.nextGround ?? 0) : ground
    const failed = reader.read(rawOf(block, from))
    if (failed !== undefined) return failed
    if (ground === -1 && file !== undefined) committer?.register(file)
    ground = from
    seen.add(roll.add(hash, { flags: flagsOf(block), ...difference(batch.counts, before) }))
    added++
    pendingBytes += block.bytes.length
    if (pendingBytes >= commitBytes) commit()
    return undefined
  }
  return {
    get transactions() {
      return roll.transactions.count
    },
    begin(next) {
      file = next
      ground = -1
    },
    add(block) {
      if (block.bytes.length < HEADER_BYTES) return { reason: 'truncated', offset: block.bytes.length }
      const hash = hashOf(block.bytes, 0)
      const held = roll.find(hash)
      if (held === -1 || isNews(block, roll.countsOf(held))) return take(block, hash) ?? 'added'
      // A header that is known says nothing of the bytes behind it.
      const failed = reader.check(rawOf(block, 0))
      if (failed !== undefined) return failed
      seen.add(held)
      return 'present'
    },
    commit,
    finish() {
      commit()
      return {
        linked: finish?.(roll, stock.keys.count === keysWritten) ?? linkStock(network, stock),
        given: describe(roll, seen, added),
      }
    },
  }
}

function rawOf({ bytes, spent, ...rest }: GivenBlock, ground: number): RawBlock {
  const reader: SpentReader | null = spent === null || typeof spent === 'function' ? spent : () => ({ ok: true, spent })
  return { ...rest, bytes, start: 0, end: bytes.length, spent: reader, ground }
}

function flagsOf({ spent, height, proofs }: GivenBlock): number {
  return (spent === null ? 0 : WITH_UNDO) | (height === null ? 0 : HEIGHT_GIVEN) | (proofs === undefined ? 0 : EXCERPT)
}

/** Undo data or a height for a block that came without them are news; the whole of an excerpt, or a longer one, too. */
function isNews(block: GivenBlock, held: BlockCounts): boolean {
  const excerpt = (held.flags & EXCERPT) !== 0
  if (block.proofs !== undefined) return excerpt && block.proofs.length > held.transactions
  return excerpt || (flagsOf(block) & ~held.flags) !== 0
}

type Counts = BatchBuilder['counts']

function difference(after: Counts, before: Counts): Omit<BlockCounts, 'flags'> {
  return {
    transactions: after.transactions - before.transactions,
    inputs: after.inputs - before.inputs,
    outputs: after.outputs - before.outputs,
  }
}

function describe(roll: Roll, seen: ReadonlySet<number>, added: number): Given {
  const given = { transactions: 0, inputs: 0, outputs: 0 }
  const hashes = new Uint8Array(32 * seen.size)
  let at = 0
  for (const block of seen) {
    const { transactions, inputs, outputs } = roll.countsOf(block)
    given.transactions += transactions
    given.inputs += inputs
    given.outputs += outputs
    hashes.set(roll.hashOf(block), 32 * at++)
  }
  return { ...given, hashes, added, present: seen.size - added }
}
