import { type AddressBook, type Touch, toRows } from './address-column.ts'
import type { UtxoBatch } from './batch.ts'
import { NONE, type UtxoColumns } from './columns.ts'
import { createHashSet } from './hash-index.ts'

/** Blocks in ledger order: the batch and the row that hold each, and what ordering found. */
export type Picked = {
  readonly count: number
  readonly batch: Uint32Array
  readonly row: Uint32Array
  readonly height: Int32Array
  readonly anchored: Uint8Array
  readonly excerpt: Uint8Array
}

export type Rows = Pick<UtxoColumns, 'blocks' | 'transactions' | 'inputs' | 'outputs'>

/** The rows, and what the batches know of who spends from whom: needed until `resolve`. */
export type Copied = { readonly rows: Rows; readonly links: Links; readonly words: Words }

/** The units columns by halves, low word first: copied and compared without making a BigInt of each. */
type Words = { readonly inputs: Uint32Array; readonly outputs: Uint32Array }

/** Numbers of txids: each transaction's own, and the one that each input spends from (NONE: not known). */
export type Links = { readonly number: Uint32Array; readonly parent: Uint32Array }

/**
 * The rows of the picked blocks in their order; addresses still by dictionary number, outputs not looked up. Blocks
 * that lie side by side in a batch are copied together.
 */
export function copyRows(batches: readonly UtxoBatch[], picked: Picked): Copied {
  const room = makeRoom(batches, picked)
  const links = { number: new Uint32Array(room.transactions.count), parent: new Uint32Array(room.inputs.count) }
  const words = { inputs: wordsOf(room.inputs.units), outputs: wordsOf(room.outputs.units) }
  const copied = { rows: room, links, words }
  const at = { blocks: 0, transactions: 0, inputs: 0, outputs: 0 }
  for (let first = 0; first < picked.count; first = at.blocks) {
    const batch = picked.batch[first]!
    const row = picked.row[first]!
    let end = first + 1
    while (end < picked.count && picked.batch[end] === batch && picked.row[end] === row + end - first) end++
    copyRun(batches[batch]!, row, end - first, copied, at)
  }
  room.blocks.firstTransaction[picked.count] = at.transactions
  room.transactions.firstInput[at.transactions] = at.inputs
  room.transactions.firstOutput[at.transactions] = at.outputs
  return copied
}

export function wordsOf(units: BigUint64Array): Uint32Array {
  return new Uint32Array(units.buffer, units.byteOffset, 2 * units.length)
}

function makeRoom(batches: readonly UtxoBatch[], picked: Picked): Rows {
  let [t, i, o] = [0, 0, 0]
  for (let block = 0; block < picked.count; block++) {
    const { blocks, transactions } = batches[picked.batch[block]!]!
    const row = picked.row[block]!
    const [from, to] = [blocks.firstTransaction[row]!, blocks.firstTransaction[row + 1]!]
    t += to - from
    i += transactions.firstInput[to]! - transactions.firstInput[from]!
    o += transactions.firstOutput[to]! - transactions.firstOutput[from]!
  }
  const n = picked.count
  return {
    blocks: {
      ...{ count: n, height: picked.height, time: new Uint32Array(n), hash: new Uint8Array(32 * n) },
      ...{ anchored: picked.anchored, excerpt: picked.excerpt, firstTransaction: new Uint32Array(n + 1) },
    },
    transactions: {
      ...{ count: t, txid: new Uint8Array(32 * t), block: new Uint32Array(t), coinbase: new Uint8Array(t) },
      ...{ form: new Uint8Array(t), version: new Uint32Array(t), lockTime: new Uint32Array(t) },
      ...{ weight: new Uint32Array(t), firstInput: new Uint32Array(t + 1), firstOutput: new Uint32Array(t + 1) },
    },
    inputs: {
      ...{ count: i, transaction: new Uint32Array(i), output: new Uint32Array(i).fill(NONE) },
      ...{ units: new BigUint64Array(i), address: new Uint32Array(i), flags: new Uint8Array(i) },
      ...{ previousTxid: new Uint8Array(32 * i), previousIndex: new Uint32Array(i) },
    },
    outputs: {
      ...{ count: o, transaction: new Uint32Array(o), units: new BigUint64Array(o), address: new Uint32Array(o) },
      ...{ kind: new Uint8Array(o), spender: new Uint32Array(o).fill(NONE) },
    },
  }
}

type Place = { blocks: number; transactions: number; inputs: number; outputs: number }

/** `count` blocks of a batch from `row` on, to the end of what was copied. */
export function copyRun(from: UtxoBatch, row: number, count: number, { rows, links }: Copied, at: Place): void {
  const { blocks: b, transactions: t, inputs: i, outputs: o } = from
  const [t0, t1] = [b.firstTransaction[row]!, b.firstTransaction[row + count]!]
  const [i0, i1] = [t.firstInput[t0]!, t.firstInput[t1]!]
  const [o0, o1] = [t.firstOutput[t0]!, t.firstOutput[t1]!]
  rows.blocks.hash.set(b.hash.subarray(32 * row, 32 * (row + count)), 32 * at.blocks)
  rows.blocks.time.set(b.time.subarray(row, row + count), at.blocks)
  links.number.set(t.number.subarray(t0, t1), at.transactions)
  links.parent.set(i.parent.subarray(i0, i1), at.inputs)
  rows.transactions.txid.set(t.txid.subarray(32 * t0, 32 * t1), 32 * at.transactions)
  for (const name of ['coinbase', 'form', 'version', 'lockTime', 'weight'] as const) {
    rows.transactions[name].set(t[name].subarray(t0, t1), at.transactions)
  }
  rows.inputs.previousTxid.set(i.previousTxid.subarray(32 * i0, 32 * i1), 32 * at.inputs)
  for (const name of ['previousIndex', 'flags', 'address'] as const) {
    rows.inputs[name].set(i[name].subarray(i0, i1), at.inputs)
  }
  rows.inputs.units.set(i.units.subarray(i0, i1), at.inputs)
  for (const name of ['address', 'kind'] as const) rows.outputs[name].set(o[name].subarray(o0, o1), at.outputs)
  rows.outputs.units.set(o.units.subarray(o0, o1), at.outputs)
  copyRanges(from, row, count, rows, at)
}

/** What rows say of other rows: moved on by as much as their batch was. */
function copyRanges({ blocks, transactions: t }: UtxoBatch, row: number, count: number, rows: Rows, at: Place): void {
  const { transactions, inputs, outputs } = rows
  for (let end = row + count; row < end; row++) {
    const block = at.blocks++
    rows.blocks.firstTransaction[block] = at.transactions
    for (let k = blocks.firstTransaction[row]!; k < blocks.firstTransaction[row + 1]!; k++) {
      const transaction = at.transactions++
      transactions.block[transaction] = block
      transactions.firstInput[transaction] = at.inputs
      transactions.firstOutput[transaction] = at.outputs
      for (let n = t.firstInput[k + 1]! - t.firstInput[k]!; n > 0; n--) inputs.transaction[at.inputs++] = transaction
      for (let n = t.firstOutput[k + 1]! - t.firstOutput[k]!; n > 0; n--)
        outputs.transaction[at.outputs++] = transaction
    }
  }
}

/**
 * Looks up the output of every input and notes its spender. A txid stands for the transaction that bore it last in
 * ledger order, so an id that occurs twice (BIP 30) names the last one before the spender. After it
 * `inputs.output < outputs of the spender` holds everywhere and each output has one spender: what contradicts that
 * keeps value and address and no output. `rowOf` gives the row of a txid's number.
 */
export function resolve(copied: Copied): { conflicts: number; backwards: number; rowOf: Uint32Array } {
  const { rows, links } = copied
  const { transactions } = rows
  findLateParents(rows, links)
  const rowOf = new Uint32Array(links.number.reduce((most, number) => Math.max(most, number + 1), 0)).fill(NONE)
  const open: number[] = []
  const ahead = createAhead()
  let conflicts = 0
  for (let t = 0; t < transactions.count; t++) {
    if (t % AHEAD === 0) warm(copied, rowOf, t, ahead)
    for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
      const number = links.parent[i]!
      if (number === NONE) continue
      const parent = number < rowOf.length ? rowOf[number]! : NONE
      if (parent === NONE) open.push(i)
      else if (!spend(copied, i, parent)) conflicts++
    }
    rowOf[links.number[t]!] = t
  }
  let backwards = 0
  for (const i of open) {
    const parent = rowOf[links.parent[i]!] ?? NONE
    if (parent === NONE || outputOf(rows, i, parent) === NONE) continue
    take(copied, i, outputOf(rows, i, parent))
    backwards++
  }
  return { conflicts, backwards, rowOf }
}

/**
 * Fills in the parents that had not come when their spender was read: all txids against the few that are wanted, not
 * the other way round, so that the table searched is small and stays in cache.
 */
function findLateParents({ transactions, inputs }: Rows, { number, parent }: Links): void {
  const wanted = createHashSet()
  for (let i = 0; i < inputs.count; i++) if (parent[i] === NONE) wanted.add(inputs.previousTxid, 32 * i)
  if (wanted.count === 0) return
  const numberOf = new Uint32Array(wanted.count).fill(NONE)
  for (let t = 0; t < transactions.count; t++) {
    const found = wanted.find(transactions.txid, 32 * t)
    if (found !== -1) numberOf[found] = number[t]!
  }
  for (let i = 0; i < inputs.count; i++) {
    if (parent[i] === NONE) parent[i] = numberOf[wanted.find(inputs.previousTxid, 32 * i)]!
  }
}

/** Transactions whose outputs are touched together, before they are needed one after another. */
const AHEAD = 128

function createAhead() {
  return { output: new Uint32Array(4096), sum: 0 }
}

/**
 * Touches the outputs that the inputs of the next transactions spend: loads that do not depend on one another wait for
 * memory at the same time.
 */
function warm(
  { rows, links, words }: Copied,
  rowOf: Uint32Array,
  from: number,
  ahead: ReturnType<typeof createAhead>,
): void {
  const { transactions, inputs, outputs } = rows
  const first = transactions.firstInput[from]!
  const to = transactions.firstInput[Math.min(from + AHEAD, transactions.count)]!
  const count = Math.min(to - first, ahead.output.length)
  for (let k = 0; k < count; k++) {
    const number = links.parent[first + k]!
    ahead.output[k] = number < rowOf.length ? rowOf[number]! : NONE
  }
  for (let k = 0; k < count; k++) {
    const row = ahead.output[k]!
    if (row !== NONE) ahead.output[k] = transactions.firstOutput[row]! + inputs.previousIndex[first + k]!
  }
  let sum = 0
  for (let k = 0; k < count; k++) {
    const row = ahead.output[k]!
    if (row < outputs.count) sum += outputs.address[row]! + outputs.spender[row]! + words.outputs[2 * row]!
  }
  ahead.sum = sum
}

export function spend(copied: Copied, input: number, parent: number): boolean {
  const { rows } = copied
  const output = outputOf(rows, input, parent)
  if (output === NONE) return false
  const agreed = take(copied, input, output)
  if (rows.outputs.spender[output] !== NONE) return false
  rows.outputs.spender[output] = input
  rows.inputs.output[input] = output
  return agreed
}

/** Value and address of the output; whether the block's own undo data, if any, said the same value. */
function take({ rows: { inputs, outputs }, words }: Copied, input: number, output: number): boolean {
  const [low, high] = [words.outputs[2 * output]!, words.outputs[2 * output + 1]!]
  const [heldLow, heldHigh] = [words.inputs[2 * input]!, words.inputs[2 * input + 1]!]
  words.inputs[2 * input] = low
  words.inputs[2 * input + 1] = high
  inputs.address[input] = outputs.address[output]!
  // UNREAD is all ones: nothing was said.
  return (heldLow === low && heldHigh === high) || (heldLow === NONE && heldHigh === NONE)
}

export function outputOf({ transactions, inputs }: Rows, input: number, parent: number): number {
  const output = transactions.firstOutput[parent]! + inputs.previousIndex[input]!
  return output < transactions.firstOutput[parent + 1]! ? output : NONE
}

/** Which blocks spend from which: pairs of positions (child, parent), each once, none with itself. */
export function dependencies({ rows, links }: Copied, rowOf: Uint32Array): [number, number][] {
  const { transactions, inputs, blocks } = rows
  const pairs = new Set<number>()
  for (let i = 0; i < inputs.count; i++) {
    const parent = links.parent[i] === NONE ? NONE : (rowOf[links.parent[i]!] ?? NONE)
    if (parent === NONE) continue
    const [child, from] = [transactions.block[inputs.transaction[i]!]!, transactions.block[parent]!]
    if (child !== from) pairs.add(child * blocks.count + from)
  }
  return [...pairs].map(pair => [Math.floor(pair / blocks.count), pair % blocks.count])
}

/**
 * Addresses by first appearance, a transaction's inputs, then its outputs: from a transaction on, where `count` have
 * rows already; how many have now.
 */
export function numberAddresses(rows: Rows, from: number, book: AddressBook, count: number): number {
  const { transactions, inputs, outputs } = rows
  let now = count
  for (let t = from; t < transactions.count; t++) {
    now = toRows(book, now, inputs.address, transactions.firstInput[t]!, transactions.firstInput[t + 1]!)
    now = toRows(book, now, outputs.address, transactions.firstOutput[t]!, transactions.firstOutput[t + 1]!)
  }
  return now
}

/** Calls `touch` for each address of the transactions in a range; NONE and repeats too. */
export function touchFrom({ transactions, inputs, outputs }: Rows, from: number, to: number, touch: Touch): void {
  for (let t = from; t < to; t++) {
    for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) touch(inputs.address[i]!, t)
    for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++) touch(outputs.address[o]!, t)
  }
}
