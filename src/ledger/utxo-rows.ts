import { buildHistory, type History } from './address-column.ts'
import type { UtxoBatch } from './batch.ts'
import { NONE, UNREAD } from './columns.ts'
import { createHashSet } from './hash-index.ts'

/** Blocks in ledger order: the batch and the row that hold each, and what ordering found. */
export type Picked = {
  readonly count: number
  readonly batch: Uint32Array
  readonly row: Uint32Array
  readonly height: Int32Array
  readonly anchored: Uint8Array
}

export type Rows = ReturnType<typeof makeRoom>

/** The rows, and what the batches know of who spends from whom: needed until `resolve`. */
export type Copied = { readonly rows: Rows; readonly links: Links }

/** Numbers of txids: each transaction's own, and the one that each input spends from (NONE: not known). */
export type Links = { readonly number: Uint32Array; readonly parent: Uint32Array }

/** The rows of the picked blocks in their order; addresses still by dictionary number, outputs not looked up. */
export function copyRows(batches: readonly UtxoBatch[], picked: Picked): Copied {
  const room = makeRoom(batches, picked)
  const links = { number: new Uint32Array(room.transactions.count), parent: new Uint32Array(room.inputs.count) }
  const at = { transactions: 0, inputs: 0, outputs: 0 }
  for (let block = 0; block < picked.count; block++) {
    const from = batches[picked.batch[block]!]!
    const row = picked.row[block]!
    room.blocks.time[block] = from.blocks.time[row]!
    room.blocks.firstTransaction[block] = at.transactions
    room.blocks.hash.set(from.blocks.hash.subarray(32 * row, 32 * row + 32), 32 * block)
    copyLinks(from, row, links, at)
    copyBlock(from, row, block, room, at)
  }
  room.blocks.firstTransaction[picked.count] = at.transactions
  room.transactions.firstInput[at.transactions] = at.inputs
  room.transactions.firstOutput[at.transactions] = at.outputs
  return { rows: room, links }
}

function makeRoom(batches: readonly UtxoBatch[], picked: Picked) {
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
      ...{ anchored: picked.anchored, firstTransaction: new Uint32Array(n + 1) },
    },
    transactions: {
      ...{ count: t, txid: new Uint8Array(32 * t), block: new Uint32Array(t), coinbase: new Uint8Array(t) },
      ...{ firstInput: new Uint32Array(t + 1), firstOutput: new Uint32Array(t + 1) },
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

type Place = { transactions: number; inputs: number; outputs: number }

function copyLinks({ blocks, transactions, inputs }: UtxoBatch, row: number, links: Links, at: Place): void {
  const [t0, t1] = [blocks.firstTransaction[row]!, blocks.firstTransaction[row + 1]!]
  const [i0, i1] = [transactions.firstInput[t0]!, transactions.firstInput[t1]!]
  links.number.set(transactions.number.subarray(t0, t1), at.transactions)
  links.parent.set(inputs.parent.subarray(i0, i1), at.inputs)
}

function copyBlock(from: UtxoBatch, row: number, block: number, room: Rows, at: Place): void {
  const { transactions: t, inputs: i, outputs: o } = from
  const [t0, t1] = [from.blocks.firstTransaction[row]!, from.blocks.firstTransaction[row + 1]!]
  const [i0, i1] = [t.firstInput[t0]!, t.firstInput[t1]!]
  const [o0, o1] = [t.firstOutput[t0]!, t.firstOutput[t1]!]
  room.transactions.txid.set(t.txid.subarray(32 * t0, 32 * t1), 32 * at.transactions)
  room.transactions.coinbase.set(t.coinbase.subarray(t0, t1), at.transactions)
  room.transactions.block.fill(block, at.transactions, at.transactions + t1 - t0)
  room.inputs.previousTxid.set(i.previousTxid.subarray(32 * i0, 32 * i1), 32 * at.inputs)
  room.inputs.previousIndex.set(i.previousIndex.subarray(i0, i1), at.inputs)
  room.inputs.flags.set(i.flags.subarray(i0, i1), at.inputs)
  room.inputs.units.set(i.units.subarray(i0, i1), at.inputs)
  room.inputs.address.set(i.address.subarray(i0, i1), at.inputs)
  room.outputs.units.set(o.units.subarray(o0, o1), at.outputs)
  room.outputs.address.set(o.address.subarray(o0, o1), at.outputs)
  room.outputs.kind.set(o.kind.subarray(o0, o1), at.outputs)
  for (let k = t0; k < t1; k++) {
    const transaction = at.transactions++
    room.transactions.firstInput[transaction] = at.inputs
    room.transactions.firstOutput[transaction] = at.outputs
    const [inputs, outputs] = [t.firstInput[k + 1]! - t.firstInput[k]!, t.firstOutput[k + 1]! - t.firstOutput[k]!]
    room.inputs.transaction.fill(transaction, at.inputs, at.inputs + inputs)
    room.outputs.transaction.fill(transaction, at.outputs, at.outputs + outputs)
    at.inputs += inputs
    at.outputs += outputs
  }
}

/**
 * Looks up the output of every input and notes its spender. A txid stands for the transaction that bore it last in
 * ledger order, so an id that occurs twice (BIP 30) names the last one before the spender. After it
 * `inputs.output < outputs of the spender` holds everywhere and each output has one spender: what contradicts that
 * keeps value and address and no output. `rowOf` gives the row of a txid's number.
 */
export function resolve({ rows, links }: Copied): { conflicts: number; backwards: number; rowOf: Uint32Array } {
  const { transactions } = rows
  findLateParents(rows, links)
  const rowOf = new Uint32Array(links.number.reduce((most, number) => Math.max(most, number + 1), 0)).fill(NONE)
  const open: number[] = []
  let conflicts = 0
  for (let t = 0; t < transactions.count; t++) {
    for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) {
      const number = links.parent[i]!
      if (number === NONE) continue
      const parent = number < rowOf.length ? rowOf[number]! : NONE
      if (parent === NONE) open.push(i)
      else if (!spend(rows, i, parent)) conflicts++
    }
    rowOf[links.number[t]!] = t
  }
  let backwards = 0
  for (const i of open) {
    const parent = rowOf[links.parent[i]!] ?? NONE
    if (parent === NONE || outputOf(rows, i, parent) === NONE) continue
    take(rows, i, outputOf(rows, i, parent))
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

function spend(rows: Rows, input: number, parent: number): boolean {
  const output = outputOf(rows, input, parent)
  if (output === NONE) return false
  const agreed = take(rows, input, output)
  if (rows.outputs.spender[output] !== NONE) return false
  rows.outputs.spender[output] = input
  rows.inputs.output[input] = output
  return agreed
}

/** Value and address of the output; whether the block's own undo data, if any, said the same value. */
function take({ inputs, outputs }: Rows, input: number, output: number): boolean {
  const units = outputs.units[output]!
  const agreed = inputs.units[input] === UNREAD || inputs.units[input] === units
  inputs.units[input] = units
  inputs.address[input] = outputs.address[output]!
  return agreed
}

function outputOf({ transactions, inputs }: Rows, input: number, parent: number): number {
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

/** Renumbers addresses by first appearance: a transaction's inputs, then its outputs. */
export function numberAddresses(rows: Rows, dictionaryCount: number): { rowOf: Uint32Array; count: number } {
  const { transactions, inputs, outputs } = rows
  const rowOf = new Uint32Array(dictionaryCount).fill(NONE)
  let count = 0
  const renumber = (column: Uint32Array, from: number, to: number): void => {
    for (let k = from; k < to; k++) {
      const number = column[k]!
      if (number === NONE) continue
      if (rowOf[number] === NONE) rowOf[number] = count++
      column[k] = rowOf[number]!
    }
  }
  for (let t = 0; t < transactions.count; t++) {
    renumber(inputs.address, transactions.firstInput[t]!, transactions.firstInput[t + 1]!)
    renumber(outputs.address, transactions.firstOutput[t]!, transactions.firstOutput[t + 1]!)
  }
  return { rowOf, count }
}

/** Transactions by address. */
export function historyOf({ transactions, inputs, outputs }: Rows, addressCount: number): History {
  return buildHistory(addressCount, touch => {
    for (let t = 0; t < transactions.count; t++) {
      for (let i = transactions.firstInput[t]!; i < transactions.firstInput[t + 1]!; i++) touch(inputs.address[i]!, t)
      for (let o = transactions.firstOutput[t]!; o < transactions.firstOutput[t + 1]!; o++)
        touch(outputs.address[o]!, t)
    }
  })
}
