/**
 * Where parsed blocks go: columns that grow, one row per block, transaction, input and output. Nothing is allocated
 * per row, and rows hold offsets into the bytes that were parsed, not copies.
 *
 * Ranges are half open: the inputs of transaction `t` are rows `firstInput[t]` up to `firstInput[t + 1]`.
 */
export type BlockSink = {
  blockCount: number
  transactionCount: number
  inputCount: number
  outputCount: number
  blocks: {
    start: Uint32Array
    end: Uint32Array
    /** blockCount + 1 entries. */
    firstTransaction: Uint32Array
  }
  transactions: {
    /** Where the version stands. */
    start: Uint32Array
    /** Where the count of inputs stands: 4 bytes on, 6 where there is a flag. */
    body: Uint32Array
    /** Where the outputs end: the lock time, or the witnesses. */
    tail: Uint32Array
    /** Where the MWEB part (its one byte) begins; the lock time where there is none. */
    witnessEnd: Uint32Array
    end: Uint32Array
    /** FLAG_WITNESS, FLAG_MWEB. */
    flags: Uint8Array
    /** transactionCount + 1 entries. */
    firstInput: Uint32Array
    firstOutput: Uint32Array
  }
  inputs: {
    /** Where the outpoint stands: 32 bytes txid, 4 bytes index. */
    outpoint: Uint32Array
    script: Uint32Array
    /** The sequence stands here. */
    scriptEnd: Uint32Array
    /** Where the count of witness items stands. Only written where the transaction has FLAG_WITNESS. */
    witness: Uint32Array
  }
  outputs: {
    /** Where the value stands: 8 bytes, little-endian. */
    value: Uint32Array
    script: Uint32Array
    scriptEnd: Uint32Array
  }
  /** The parser's own: what stopped the last parse, and what the network allows. */
  state: { reason: number; offset: number; unitsHigh: number; unitsLow: number; flags: number }
}

export const FLAG_WITNESS = 1
export const FLAG_MWEB = 8

export function create(): BlockSink {
  const column = () => new Uint32Array(64)
  return {
    blockCount: 0,
    transactionCount: 0,
    inputCount: 0,
    outputCount: 0,
    blocks: { start: column(), end: column(), firstTransaction: column() },
    transactions: {
      start: column(),
      body: column(),
      tail: column(),
      witnessEnd: column(),
      end: column(),
      flags: new Uint8Array(64),
      firstInput: column(),
      firstOutput: column(),
    },
    inputs: { outpoint: column(), script: column(), scriptEnd: column(), witness: column() },
    outputs: { value: column(), script: column(), scriptEnd: column() },
    state: { reason: 0, offset: 0, unitsHigh: 0, unitsLow: 0, flags: 0 },
  }
}

/** Empties the sink and keeps its memory. */
export function clear(sink: BlockSink): void {
  sink.blockCount = 0
  sink.transactionCount = 0
  sink.inputCount = 0
  sink.outputCount = 0
}

/** Makes room for so many more rows. Callers have checked the number against the bytes that are left. */
export function reserveTransactions(sink: BlockSink, more: number): void {
  const rows = sink.transactionCount + more + 1
  if (rows > sink.transactions.start.length) grow(sink.transactions, rows)
}

export function reserveInputs(sink: BlockSink, more: number): void {
  const rows = sink.inputCount + more
  if (rows > sink.inputs.outpoint.length) grow(sink.inputs, rows)
}

export function reserveOutputs(sink: BlockSink, more: number): void {
  const rows = sink.outputCount + more
  if (rows > sink.outputs.value.length) grow(sink.outputs, rows)
}

export function reserveBlock(sink: BlockSink): void {
  const rows = sink.blockCount + 2
  if (rows > sink.blocks.start.length) grow(sink.blocks, rows)
}

type Column = Uint32Array | Uint8Array

function grow(table: Record<string, Column>, rows: number): void {
  for (const [name, column] of Object.entries(table)) {
    const length = Math.max(rows, column.length * 2)
    const larger = column instanceof Uint8Array ? new Uint8Array(length) : new Uint32Array(length)
    larger.set(column)
    table[name] = larger
  }
}
