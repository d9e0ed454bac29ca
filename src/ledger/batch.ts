import type { UtxoForm } from '../model/transaction.ts'
import { viewOf } from '../std/bytes.ts'

/**
 * Blocks as they were read, as columns without links: nothing here knows another block. What a segment holds on disk,
 * what a codec fills and what `link` turns into a ledger. Address numbers are those of one dictionary over all batches.
 */
export type UtxoBatch = {
  readonly blocks: BatchBlocks
  readonly transactions: BatchTransactions
  readonly inputs: BatchInputs
  readonly outputs: BatchOutputs
}

type BatchBlocks = {
  readonly count: number
  /** 32 bytes each, in the order of the bytes. */
  readonly hash: Uint8Array
  readonly previous: Uint8Array
  /** As the user or the block itself says; −1 where neither does. */
  readonly height: Int32Array
  readonly time: Uint32Array
  /** Compact target of the header, 0 where not known. */
  readonly bits: Uint32Array
  /**
   * Bit 0: the values of its inputs were given with it (undo data, previous outputs). Bit 1: height by the user. Bit
   * 2: an excerpt.
   */
  readonly flags: Uint8Array
  /** Row of the file it was read from, and where in it: ground. */
  readonly ground: Uint32Array
  readonly offset: Float64Array
  readonly size: Uint32Array
  /** count + 1 entries. */
  readonly firstTransaction: Uint32Array
}

type BatchTransactions = {
  readonly count: number
  readonly txid: Uint8Array
  readonly coinbase: Uint8Array
  /** Number of the txid among all distinct ones over all batches, in the order of coming. */
  readonly number: Uint32Array
  /** What it looks like apart from what it moves: see the ledger's columns. */
  readonly version: Uint32Array
  readonly lockTime: Uint32Array
  readonly weight: Uint32Array
  readonly form: Uint8Array
  /** count + 1 entries. */
  readonly firstInput: Uint32Array
  readonly firstOutput: Uint32Array
}

type BatchInputs = {
  readonly count: number
  readonly previousTxid: Uint8Array
  readonly previousIndex: Uint32Array
  /** Number of the txid that it spends from, or NONE: it had not come by then. */
  readonly parent: Uint32Array
  readonly flags: Uint8Array
  /** UNREAD where nothing came with the block. */
  readonly units: BigUint64Array
  readonly address: Uint32Array
}

type BatchOutputs = {
  readonly count: number
  readonly units: BigUint64Array
  readonly address: Uint32Array
  /** As in the ledger's columns: ORDINARY or UNSPENDABLE. */
  readonly kind: Uint8Array
}

/** Kinds of outputs: whether an input may spend it one day, or provably none. */
export const ORDINARY = 0
export const UNSPENDABLE = 1

/** Bits of `transactions.form`. Without the first, nothing is known of version, lock time, weight and the others. */
const FORM_KNOWN = 1
const REPLACEABLE = 2

/** Bits of `blocks.flags`. */
export const WITH_UNDO = 1
export const HEIGHT_GIVEN = 2
/** Some of the block's transactions only, each with its proof. */
export const EXCERPT = 4

/** What a block says of itself. */
export type BlockHead = {
  readonly hash: Uint8Array
  readonly previous: Uint8Array
  readonly height: number | null
  readonly time: number
  readonly bits: number
  readonly flags: number
  readonly ground: number
  readonly offset: number
  readonly size: number
}

/** An input but for its txid; a caller may keep one and set it anew for each. */
export type InputRest = {
  index: number
  parent: number
  flags: number
  units: bigint
  address: number
}

/** A batch that is being filled: begin a block, its transactions, their inputs and outputs, in that order. */
export type BatchBuilder = {
  block(head: BlockHead): void
  /** The txid is the 32 bytes at `at` of `bytes`; `form` undefined: it was told without its bytes. */
  transaction(bytes: Uint8Array, at: number, coinbase: boolean, number: number, form: UtxoForm | undefined): void
  /** The id of the transaction that it spends from is the 32 bytes at `at` of `bytes`. */
  input(bytes: Uint8Array, at: number, rest: InputRest): void
  output(units: bigint, address: number, kind: number): void
  /** The same with the value as 8 bytes, little-endian: no BigInt is made. */
  outputAt(bytes: Uint8Array, at: number, address: number, kind: number): void
  readonly counts: { blocks: number; transactions: number; inputs: number; outputs: number }
  /** What was filled; the builder is empty afterwards. */
  take(): UtxoBatch
}

/** Grows by doubling; no allocation per row. */
export function createBatch(): BatchBuilder {
  const counts = { blocks: 0, transactions: 0, inputs: 0, outputs: 0 }
  let b = roomForBlocks(64)
  let t = roomForTransactions(1024)
  let i = roomForInputs(4096)
  let o = roomForOutputs(4096)
  const lookAtIds = createLooker()
  const look = createLooker()
  return {
    counts,
    block(head) {
      if (counts.blocks === b.height.length) b = grown(b, roomForBlocks(2 * counts.blocks))
      setBlock(b, counts.blocks++, head, counts.transactions)
    },
    transaction(bytes, at, coinbase, number, form) {
      const row = counts.transactions++
      if (row === t.coinbase.length) t = grown(t, roomForTransactions(2 * row))
      copyWords(lookAtIds(bytes), at, t.words, 8 * row)
      t.coinbase[row] = coinbase ? 1 : 0
      t.number[row] = number
      if (form !== undefined) setForm(t, row, form)
      t.firstInput[row] = counts.inputs
      t.firstOutput[row] = counts.outputs
    },
    input(bytes, at, { index, parent, flags, units, address }) {
      const row = counts.inputs++
      if (row === i.flags.length) i = grown(i, roomForInputs(2 * row))
      copyWords(look(bytes), at, i.words, 8 * row)
      i.previousIndex[row] = index
      i.parent[row] = parent
      i.flags[row] = flags
      i.units[row] = units
      i.address[row] = address
    },
    output(units, address, kind) {
      const row = counts.outputs++
      if (row === o.address.length) o = grown(o, roomForOutputs(2 * row))
      o.units[row] = units
      o.address[row] = address
      o.kind[row] = kind
    },
    outputAt(bytes, at, address, kind) {
      const row = counts.outputs++
      if (row === o.address.length) o = grown(o, roomForOutputs(2 * row))
      const from = look(bytes)
      o.words[2 * row] = from.getUint32(at, true)
      o.words[2 * row + 1] = from.getUint32(at + 4, true)
      o.address[row] = address
      o.kind[row] = kind
    },
    take() {
      const batch = finish(b, t, i, o, counts)
      // As much room again: the next batch is about as large.
      b = roomForBlocks(b.height.length)
      t = roomForTransactions(t.coinbase.length)
      i = roomForInputs(i.flags.length)
      o = roomForOutputs(o.kind.length)
      // Else the last block's bytes, and the window they lie in, would live on.
      look(NOTHING)
      lookAtIds(NOTHING)
      Object.assign(counts, { blocks: 0, transactions: 0, inputs: 0, outputs: 0 })
      return batch
    },
  }
}

const NOTHING = new Uint8Array(0)

/** Rows of one block come from the same bytes: one view serves them all. */
function createLooker(): (bytes: Uint8Array) => DataView {
  let source = NOTHING
  let view = viewOf(source)
  return bytes => {
    if (bytes !== source) view = viewOf(bytes)
    source = bytes as Uint8Array<ArrayBuffer>
    return view
  }
}

type Room = Record<string, Uint8Array | Uint32Array | Int32Array | Float64Array | BigUint64Array>
type BlockRoom = ReturnType<typeof roomForBlocks>
type TransactionRoom = ReturnType<typeof roomForTransactions>
type InputRoom = ReturnType<typeof roomForInputs>
type OutputRoom = ReturnType<typeof roomForOutputs>

function roomForBlocks(n: number) {
  return {
    ...{ hash: new Uint8Array(32 * n), previous: new Uint8Array(32 * n), height: new Int32Array(n) },
    ...{ time: new Uint32Array(n), bits: new Uint32Array(n), flags: new Uint8Array(n), ground: new Uint32Array(n) },
    ...{ offset: new Float64Array(n), size: new Uint32Array(n), firstTransaction: new Uint32Array(n + 1) },
  }
}

function roomForTransactions(n: number) {
  const txid = new Uint8Array(32 * n)
  return {
    ...{ txid, words: new Uint32Array(txid.buffer), coinbase: new Uint8Array(n), number: new Uint32Array(n) },
    ...{ version: new Uint32Array(n), lockTime: new Uint32Array(n), weight: new Uint32Array(n) },
    form: new Uint8Array(n),
    ...{ firstInput: new Uint32Array(n + 1), firstOutput: new Uint32Array(n + 1) },
  }
}

function roomForInputs(n: number) {
  const previousTxid = new Uint8Array(32 * n)
  return {
    ...{
      previousTxid,
      words: new Uint32Array(previousTxid.buffer),
      previousIndex: new Uint32Array(n),
      flags: new Uint8Array(n),
    },
    ...{ units: new BigUint64Array(n), address: new Uint32Array(n), parent: new Uint32Array(n) },
  }
}

function roomForOutputs(n: number) {
  const units = new BigUint64Array(n)
  return { units, words: new Uint32Array(units.buffer), address: new Uint32Array(n), kind: new Uint8Array(n) }
}

function setForm(room: TransactionRoom, row: number, { version, lockTime, weight, replaceable }: UtxoForm): void {
  room.version[row] = version
  room.lockTime[row] = lockTime
  room.weight[row] = weight
  room.form[row] = replaceable ? FORM_KNOWN | REPLACEABLE : FORM_KNOWN
}

function setBlock(room: BlockRoom, row: number, head: BlockHead, firstTransaction: number): void {
  room.hash.set(head.hash, 32 * row)
  room.previous.set(head.previous, 32 * row)
  room.height[row] = head.height === null ? -1 : head.height
  room.time[row] = head.time
  room.bits[row] = head.bits
  room.flags[row] = head.flags
  room.ground[row] = head.ground
  room.offset[row] = head.offset
  room.size[row] = head.size
  room.firstTransaction[row] = firstTransaction
}

function grown<T extends Room>(from: T, to: T): T {
  for (const name of Object.keys(from)) if (name !== 'words') to[name]!.set(from[name] as never)
  return to
}

/** Thirty-two bytes: for so few a loop is faster than `set`. */
function copyWords(from: DataView, at: number, to: Uint32Array, position: number): void {
  for (let k = 0; k < 8; k++) to[position + k] = from.getUint32(at + 4 * k, true)
}

function finish(
  b: BlockRoom,
  t: TransactionRoom,
  i: InputRoom,
  o: OutputRoom,
  { blocks, transactions, inputs, outputs }: BatchBuilder['counts'],
): UtxoBatch {
  b.firstTransaction[blocks] = transactions
  t.firstInput[transactions] = inputs
  t.firstOutput[transactions] = outputs
  return {
    blocks: { count: blocks, ...cut(b, b.height.length, blocks, roomForBlocks) },
    transactions: {
      count: transactions,
      ...withoutWords(cut(t, t.coinbase.length, transactions, roomForTransactions)),
    },
    inputs: { count: inputs, ...withoutWords(cut(i, i.flags.length, inputs, roomForInputs)) },
    outputs: { count: outputs, ...withoutWords(cut(o, o.kind.length, outputs, roomForOutputs)) },
  }
}

/** The words are a second view of the same memory. */
function withoutWords<T extends { readonly words: Uint32Array }>({ words: _, ...rest }: T): Omit<T, 'words'> {
  return rest
}

/**
 * The rows that were filled, as views: nothing is copied, and what lies behind them was never touched, so that the
 * system has given no memory for it. Where most of the room is empty they are copied, and the room is free to go: many
 * small batches would hold as many rooms.
 */
function cut<T extends Room>(from: T, capacity: number, count: number, room: (n: number) => T): T {
  const empty = room(0)
  const views: Room = {}
  for (const [name, column] of Object.entries(from)) {
    // One entry more where rows have a beginning and an end.
    const more = name === 'words' ? 0 : empty[name]!.length
    const end = (count * (column.length - more)) / capacity + more
    views[name] = 2 * count < capacity ? column.slice(0, end) : column.subarray(0, end)
  }
  return views as T
}
