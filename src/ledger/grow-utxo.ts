import { toHex } from '../std/bytes.ts'
import { lengthenBook } from './address-column.ts'
import { EXCERPT, type UtxoBatch } from './batch.ts'
import { NONE, type UtxoColumns } from './columns.ts'
import { createHashSet } from './hash-index.ts'
import { columnsOf, type Linked, type LinkInput, type Seed } from './link-utxo.ts'
import { longer, withRoom } from './room.ts'
import { type Copied, copyRun, numberAddresses, outputOf, type Rows, spend, wordsOf } from './utxo-rows.ts'

/**
 * A linked ledger with further blocks at its tip: what linking all of it again would give, at the cost of what is new.
 * The older columns stay as they are: rows are added behind what they see, and the one column that changes (spenders)
 * is copied.
 *
 * Undefined where the blocks are anything but the next ones after the tip, each after the one before it, or where they
 * bear on what is there: then all is to be linked again, and `linked` is good for nothing but reading.
 */
export function growUtxo(
  input: Omit<LinkInput, 'batches'>,
  linked: Linked,
  batches: readonly UtxoBatch[],
): Linked | undefined {
  const { columns, seed } = linked
  if (seed === null) return undefined
  const tip = follow(input, columns, seed, batches)
  if (tip === undefined) return undefined
  const copied = addRows(columns, batches, tip)
  const conflicts = resolveNew(copied, columns, seed, tip)
  if (conflicts === undefined) return undefined
  const { rows } = copied
  const { book } = seed
  lengthenBook(book, input.addresses.count)
  const count = numberAddresses(rows, columns.transactions.count, book, columns.addresses.count)
  return {
    columns: columnsOf(input, rows, book, count, seed.history),
    staleBlocks: linked.staleBlocks,
    conflicts: linked.conflicts + conflicts,
    seed: { ...seed, rowOf: tip.rowOf, bits: tip.bits },
  }
}

type Tip = { bits: number; rowOf: Uint32Array; readonly anchored: number; readonly height: number }

/** Whether each block is the next after the one before it, and nothing else changes by it. */
function follow(
  { anchors }: Omit<LinkInput, 'batches'>,
  { blocks }: UtxoColumns,
  { bits, rowOf, awaited }: Seed,
  batches: readonly UtxoBatch[],
): Tip | undefined {
  const last = blocks.count - 1
  const tip = { bits, rowOf, anchored: blocks.anchored[last]!, height: blocks.height[last]! }
  let hash = blocks.hash.subarray(32 * last, 32 * last + 32)
  let height = tip.height
  for (const { blocks: b } of batches) {
    for (let row = 0; row < b.count; row++) {
      const own = b.hash.subarray(32 * row, 32 * row + 32)
      if (!isEqual(hash, b.previous, 32 * row) || awaited.has(toHex(own))) return undefined
      if (height !== -1) height++
      const stated = b.height[row]!
      // A dissenting height may outvote the others.
      if (stated !== -1 && stated !== height) return undefined
      if (anchors.heightOf(b.hash, 32 * row) !== -1) return undefined
      if (tip.anchored === 1 && !anchors.isDue(tip.bits, b.bits[row]!, height)) return undefined
      tip.bits = b.bits[row]!
      hash = own
    }
  }
  return tip
}

function isEqual(hash: Uint8Array, bytes: Uint8Array, at: number): boolean {
  for (let k = 0; k < 32; k++) if (hash[k] !== bytes[at + k]) return false
  return true
}

function addRows(old: UtxoColumns, batches: readonly UtxoBatch[], tip: Tip): Copied {
  const rows = roomBehind(old, batches)
  const links = {
    number: new Uint32Array(rows.transactions.count),
    parent: new Uint32Array(rows.inputs.count),
  }
  const copied = { rows, links, words: { inputs: wordsOf(rows.inputs.units), outputs: wordsOf(rows.outputs.units) } }
  const at = {
    ...{ blocks: old.blocks.count, transactions: old.transactions.count },
    ...{ inputs: old.inputs.count, outputs: old.outputs.count },
  }
  for (const batch of batches) {
    for (let row = 0; row < batch.blocks.count; row++) {
      const block = at.blocks + row
      rows.blocks.height[block] = tip.height === -1 ? -1 : tip.height + 1 + block - old.blocks.count
      rows.blocks.anchored[block] = tip.anchored
      rows.blocks.excerpt[block] = (batch.blocks.flags[row]! & EXCERPT) !== 0 ? 1 : 0
    }
    copyRun(batch, 0, batch.blocks.count, copied, at)
  }
  rows.blocks.firstTransaction[at.blocks] = at.transactions
  rows.transactions.firstInput[at.transactions] = at.inputs
  rows.transactions.firstOutput[at.transactions] = at.outputs
  rows.inputs.output.fill(NONE, old.inputs.count)
  rows.outputs.spender.fill(NONE, old.outputs.count)
  return copied
}

function roomBehind(old: UtxoColumns, batches: readonly UtxoBatch[]): Rows {
  const sum = (name: 'blocks' | 'transactions' | 'inputs' | 'outputs') =>
    batches.reduce((total, batch) => total + batch[name].count, old[name].count)
  const spender = new Uint32Array(sum('outputs'))
  spender.set(old.outputs.spender)
  // Its own copy is made already: `null` is passed over.
  const outputs = withRoom({ ...old.outputs, spender: null }, sum('outputs'))
  return {
    blocks: withRoom(old.blocks, sum('blocks')),
    transactions: withRoom(old.transactions, sum('transactions')),
    inputs: withRoom(old.inputs, sum('inputs')),
    outputs: { ...outputs, spender },
  }
}

/** As `resolve` does, for the new rows; undefined where older inputs wait for one of these, or one that comes later. */
function resolveNew(copied: Copied, old: UtxoColumns, seed: Seed, tip: Tip): number | undefined {
  const { rows, links } = copied
  const { transactions, inputs } = rows
  const from = old.transactions.count
  const own = createHashSet()
  const numbers: number[] = []
  let most = seed.rowOf.length
  for (let t = from; t < transactions.count; t++) {
    if (own.add(transactions.txid, 32 * t) === numbers.length) numbers.push(links.number[t]!)
    most = Math.max(most, links.number[t]! + 1)
  }
  if (isAwaited(old, own)) return undefined
  for (let i = old.inputs.count; i < inputs.count; i++) {
    if (links.parent[i] === NONE) links.parent[i] = numbers[own.find(inputs.previousTxid, 32 * i)] ?? NONE
  }
  tip.rowOf = longer(seed.rowOf, seed.rowOf.length, most, NONE)
  let conflicts = 0
  const open: number[] = []
  for (let t = from; t < transactions.count; t++) {
    for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
      const number = links.parent[i]!
      if (number === NONE) continue
      const parent = tip.rowOf[number] ?? NONE
      if (parent === NONE) open.push(i)
      else {
        if (!spend(copied, i, parent)) conflicts++
        if (parent < from && outputOf(rows, i, parent) !== NONE) toNumber(rows, i, seed)
      }
    }
    tip.rowOf[links.number[t]!] = t
  }
  const isBackwards = (i: number): boolean => {
    const parent = tip.rowOf[links.parent[i]!] ?? NONE
    return parent !== NONE && outputOf(rows, i, parent) !== NONE
  }
  return open.some(isBackwards) ? undefined : conflicts
}

/** The address that an input took from an older output is a row already; the new rows still have numbers. */
function toNumber({ inputs }: Rows, input: number, { book }: Seed): void {
  const row = inputs.address[input]!
  if (row !== NONE) inputs.address[input] = book.numberOf[row]!
}

/** Whether an input that names no output spends from one of these transactions. */
function isAwaited({ inputs }: UtxoColumns, own: ReturnType<typeof createHashSet>): boolean {
  const offsets = new Uint32Array(AT_ONCE)
  const found = new Uint32Array(AT_ONCE)
  let count = 0
  const look = (): boolean => {
    own.findMany(inputs.previousTxid, offsets, count, found)
    return found.subarray(0, count).some(number => number !== NONE)
  }
  for (let i = 0; i < inputs.count; i++) {
    if (inputs.output[i] !== NONE) continue
    offsets[count++] = 32 * i
    if (count < AT_ONCE) continue
    if (look()) return true
    count = 0
  }
  return look()
}

const AT_ONCE = 4096
