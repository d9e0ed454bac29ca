import * as Asset from '../model/asset.ts'
import type { Coverage } from '../model/coverage.ts'
import type { NetworkId } from '../model/network.ts'
import { toHex } from '../std/bytes.ts'
import { type AddressBook, createAddressColumn, type Dictionary, openBook } from './address-column.ts'
import { EXCERPT, HEIGHT_GIVEN, type UtxoBatch, WITH_UNDO } from './batch.ts'
import type { UtxoColumns } from './columns.ts'
import { createGrowing, type Growing, type Touches } from './growing-history.ts'
import { createHashIndex } from './hash-index.ts'
import { type Headers, order, reorder } from './order.ts'
import { copyRows, dependencies, numberAddresses, type Picked, type Rows, resolve, touchFrom } from './utxo-rows.ts'

/** What linking found besides the ledger itself. */
export type Linked = {
  readonly columns: UtxoColumns
  /** Blocks that were read and are not on the active chain. */
  readonly staleBlocks: number
  /** Inputs that contradict the rest: their output is spent before, comes later, or holds another value. */
  readonly conflicts: number
  /** What one more block needs to know; null: the order is not that of the heights, or no height is known. */
  readonly seed: Seed | null
}

/** What of a linked ledger is not in its columns and is needed to go on at its tip (grow-utxo.ts), which changes it. */
export type Seed = {
  /** Row of the last transaction that bore a txid's number, or NONE. */
  readonly rowOf: Uint32Array
  readonly book: AddressBook
  readonly history: Growing
  /** Compact target of the tip. */
  readonly bits: number
  /** Blocks, in hex, whose coming would tie to the rest what hangs loose or is stale. */
  readonly awaited: ReadonlySet<string>
}

export type LinkInput = {
  readonly network: NetworkId
  readonly batches: readonly UtxoBatch[]
  readonly addresses: Dictionary
  readonly anchors: Anchors
  readonly coverage: (blocks: UtxoColumns['blocks'], transactions: number) => Coverage
}

/**
 * Batches → one ledger: the active chain in ledger order, inputs resolved over all of it, spenders, addresses numbered
 * by first appearance. Linear in rows; nothing is kept that the batches hold already but in ledger order.
 */
export function linkUtxo(input: LinkInput): Linked {
  const blocks = gatherBlocks(input.batches)
  const { active, height, anchored } = order(headersOf(blocks, input))
  const isExcerpt = (at: number): boolean =>
    (input.batches[blocks.batch[at]!]!.blocks.flags[blocks.row[at]!]! & EXCERPT) !== 0
  const pick = (rows: Uint32Array): Picked => ({
    count: rows.length,
    batch: rows.map(row => blocks.batch[row]!),
    row: rows.map(row => blocks.row[row]!),
    height: Int32Array.from(rows, row => height[row]!),
    anchored: Uint8Array.from(rows, row => anchored[row]!),
    excerpt: Uint8Array.from(rows, row => (isExcerpt(row) ? 1 : 0)),
  })
  let copied = copyRows(input.batches, pick(active))
  let found = resolve(copied)
  const isReordered = found.backwards > 0
  if (isReordered) {
    copied = copyRows(input.batches, pick(reorder(active, dependencies(copied, found.rowOf))))
    found = resolve(copied)
  }
  const { rows } = copied
  const book = openBook(input.addresses.count)
  const count = numberAddresses(rows, 0, book, 0)
  const history = createGrowing()
  const columns = columnsOf(input, rows, book, count, history)
  const seed = isReordered ? null : seedOf(blocks, input, { active, height, rowOf: found.rowOf, book, history })
  const conflicts = found.conflicts + found.backwards
  return { columns, staleBlocks: blocks.count - active.length, conflicts, seed }
}

/** The columns that rows are, and their addresses. */
export function columnsOf(
  input: Pick<LinkInput, 'network' | 'addresses' | 'coverage'>,
  rows: Rows,
  book: AddressBook,
  count: number,
  history: Growing,
): UtxoColumns {
  const visit: Touches['visit'] = (from, to, touch) => touchFrom(rows, from, to, touch)
  const touches = { count: rows.transactions.count, visit }
  return {
    ...{ shape: 'utxo', network: input.network, asset: Asset.coin(input.network), ...rows },
    addresses: createAddressColumn(input.addresses, book, count, row => history(touches, count, row)),
    coverage: () => input.coverage(rows.blocks, rows.transactions.count),
  }
}

type Found = Pick<Seed, 'rowOf' | 'book' | 'history'> & { readonly active: Uint32Array; readonly height: Int32Array }

function seedOf(blocks: Blocks, input: LinkInput, { active, height, ...rest }: Found): Seed | null {
  const tip = active.at(-1)
  const { awaited, trees } = awaitedOf(blocks, input, active)
  // Without heights the last block is the tip only where there is one chain and nothing else.
  if (tip === undefined || (height[tip] === -1 && (trees > 1 || active.length < blocks.count))) return null
  return { ...rest, bits: bitsOf(blocks, input, tip), awaited }
}

function bitsOf({ batch, row }: Blocks, { batches }: LinkInput, at: number): number {
  return batches[batch[at]!]!.blocks.bits[row[at]!]!
}

/** Parents that are not there, and those of stale blocks. */
function awaitedOf(blocks: Blocks, { batches }: LinkInput, active: Uint32Array) {
  const isActive = new Uint8Array(blocks.count)
  for (const at of active) isActive[at] = 1
  const awaited = new Set<string>()
  let trees = 0
  for (let at = 0; at < blocks.count; at++) {
    const { previous } = batches[blocks.batch[at]!]!.blocks
    const from = 32 * blocks.row[at]!
    const isRoot = blocks.find(previous, from) === -1
    if (isRoot) trees++
    if (isActive[at] === 0 || isRoot) awaited.add(toHex(previous.subarray(from, from + 32)))
  }
  return { awaited, trees }
}

/** One row for each distinct block: which batch holds it, where. Of repeats the one that came with undo data. */
type Blocks = {
  readonly count: number
  readonly batch: Uint32Array
  readonly row: Uint32Array
  readonly hash: Uint8Array
  /** The user's word on the height, −1 where there is none. */
  readonly given: Int32Array
  readonly find: (bytes: Uint8Array, at: number) => number
}

function gatherBlocks(batches: readonly UtxoBatch[]): Blocks {
  const most = batches.reduce((sum, { blocks }) => sum + blocks.count, 0)
  const hash = new Uint8Array(32 * most)
  const index = createHashIndex(hash, most)
  const batch = new Uint32Array(most)
  const row = new Uint32Array(most)
  const given = new Int32Array(most)
  let count = 0
  for (let b = 0; b < batches.length; b++) {
    const { blocks } = batches[b]!
    for (let r = 0; r < blocks.count; r++) {
      const held = index.find(blocks.hash, 32 * r)
      if (held !== -1 && isGiven(blocks, r) && given[held] === -1) given[held] = blocks.height[r]!
      if (held !== -1 && !knowsMore(blocks, r, batches[batch[held]!]!.blocks, row[held]!)) continue
      const at = held === -1 ? count++ : held
      if (held === -1) given[at] = isGiven(blocks, r) ? blocks.height[r]! : -1
      batch[at] = b
      row[at] = r
      if (held !== -1) continue
      hash.set(blocks.hash.subarray(32 * r, 32 * r + 32), 32 * at)
      index.add(at)
    }
  }
  return { count, batch, row, hash, given, find: index.find }
}

/** Of two readings of one block: the whole one before an excerpt, the longer excerpt, then the one with undo data. */
function knowsMore(a: UtxoBatch['blocks'], row: number, b: UtxoBatch['blocks'], other: number): boolean {
  const [own, held] = [a.flags[row]!, b.flags[other]!]
  if ((own & EXCERPT) !== (held & EXCERPT)) return (held & EXCERPT) !== 0
  const count = (blocks: UtxoBatch['blocks'], at: number) =>
    blocks.firstTransaction[at + 1]! - blocks.firstTransaction[at]!
  if ((own & EXCERPT) !== 0) return count(a, row) > count(b, other)
  return (own & WITH_UNDO) !== 0
}

function isGiven(blocks: UtxoBatch['blocks'], row: number): boolean {
  return (blocks.flags[row]! & HEIGHT_GIVEN) !== 0
}

/** What is known of a network's chain beforehand (src/chain/checkpoint.ts). */
export type Anchors = {
  /** Height of a shipped checkpoint with this hash (32 bytes at `at`, byte order), or −1. */
  heightOf(bytes: Uint8Array, at: number): number
  /** Whether a block of these bits may follow a parent of those. */
  isDue(parentBits: number, bits: number, height: number): boolean
}

/** For ledgers that no checkpoint speaks of. */
export const unanchored: Anchors = { heightOf: () => -1, isDue: () => true }

function headersOf(blocks: Blocks, { batches, anchors }: LinkInput): Headers {
  const { count, hash } = blocks
  const bits = new Uint32Array(count)
  const headers = {
    count,
    parent: new Int32Array(count),
    height: new Int32Array(count),
    time: new Uint32Array(count),
    work: new Float64Array(count),
    checkpoint: new Uint8Array(count),
    isDue: (parent: number, child: number, height: number) => anchors.isDue(bits[parent]!, bits[child]!, height),
    compareHashes: (a: number, b: number) => comparePrinted(hash, a, b),
  }
  for (let at = 0; at < count; at++) {
    const from = batches[blocks.batch[at]!]!.blocks
    const row = blocks.row[at]!
    const known = anchors.heightOf(hash, 32 * at)
    const parent = blocks.find(from.previous, 32 * row)
    headers.parent[at] = parent === at ? -1 : parent
    const own = blocks.given[at] === -1 ? from.height[row]! : blocks.given[at]!
    headers.height[at] = known === -1 ? own : known
    headers.time[at] = from.time[row]!
    bits[at] = from.bits[row]!
    headers.work[at] = workOf(bits[at]!)
    headers.checkpoint[at] = known === -1 ? 0 : 1
  }
  return headers
}

/** Expected hashes for a compact target (Bitcoin Core, GetBlockProof): 2^256 / (target + 1); 1 where it is untold. */
export function workOf(bits: number): number {
  const mantissa = bits & 0x7fffff
  if (mantissa === 0) return 1
  return 2 ** 256 / (mantissa * 2 ** (8 * ((bits >>> 24) - 3)) + 1)
}

/** Printed order: the last byte first. */
function comparePrinted(hash: Uint8Array, a: number, b: number): number {
  for (let k = 31; k >= 0; k--) {
    const difference = hash[32 * a + k]! - hash[32 * b + k]!
    if (difference !== 0) return difference
  }
  return 0
}
