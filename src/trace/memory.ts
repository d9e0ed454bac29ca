import { NONE, timeOf, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import type { Answer, Beyond, Driver } from './discover.ts'
import type { Labels } from './labels.ts'
import { codeOf } from './outcome.ts'

/**
 * Answers discovery from columns in memory. The key of an outpoint is the row of its output; an outpoint whose output
 * was not read has the number of outputs plus the row of the input that names it.
 */
export function createMemory(columns: UtxoColumns, labels: Labels, origin: ReadonlySet<number>): Driver {
  const stopOf = (row: number) => (origin.has(row) ? 0 : labels.stopOf(columns.outputs.address[row]!))
  const source: Source = { columns, labels, stopOf }
  return {
    answer: question => {
      return question.direction === 'forward'
        ? forward(source, question.transactions)
        : backward(source, question.transactions)
    },
    start: (rows, direction) => {
      const next = createBeyond(rows.length)
      const units = new Float64Array(rows.length)
      rows.forEach((row, slot) => {
        units[slot] = Number(columns.outputs.units[row]!)
        if (direction === 'forward') ahead(source, next, slot, row)
        else behind(source, next, slot, row)
      })
      return { key: Float64Array.from(rows), units, next }
    },
  }
}

type Source = {
  readonly columns: UtxoColumns
  readonly labels: Labels
  /** Code of the stop at an output, or 0. */
  readonly stopOf: (row: number) => number
}

function forward(source: Source, transactions: readonly number[]): Answer {
  const { columns } = source
  const answer = createAnswer(transactions, columns.transactions.firstInput, columns.transactions.firstOutput)
  transactions.forEach((transaction, i) => {
    readInputs(columns, transaction, answer.inKey, answer.inUnits, answer.firstIn[i]!)
    readOutputs(columns, transaction, answer.outKey, answer.outUnits, answer.firstOut[i]!)
    const first = columns.transactions.firstOutput[transaction]!
    for (let slot = answer.firstOut[i]!; slot < answer.firstOut[i + 1]!; slot++) {
      ahead(source, answer.next, slot, first + slot - answer.firstOut[i]!)
    }
  })
  return answer
}

function backward(source: Source, transactions: readonly number[]): Answer {
  const { columns } = source
  const answer = createAnswer(transactions, columns.transactions.firstOutput, columns.transactions.firstInput)
  transactions.forEach((transaction, i) => {
    readOutputs(columns, transaction, answer.inKey, answer.inUnits, answer.firstIn[i]!)
    readInputs(columns, transaction, answer.outKey, answer.outUnits, answer.firstOut[i]!)
    coverSingle(answer, i)
    const first = columns.transactions.firstInput[transaction]!
    for (let slot = answer.firstOut[i]!; slot < answer.firstOut[i + 1]!; slot++) {
      const input = first + slot - answer.firstOut[i]!
      const output = columns.inputs.output[input]!
      if (output !== NONE) behind(source, answer.next, slot, output)
      else {
        answer.next.label[slot] = source.labels.stopOf(columns.inputs.address[input]!)
        answer.next.end[slot] = codeOf('unread')
      }
    }
  })
  return answer
}

/** A single input paid for all of its transaction, whatever its value: at least what the outputs hold. */
function coverSingle(answer: Answer, i: number): void {
  const slot = answer.firstOut[i]!
  if (answer.firstOut[i + 1]! - slot !== 1 || answer.outUnits[slot]! >= 0) return
  let sum = 0
  for (let k = answer.firstIn[i]!; k < answer.firstIn[i + 1]!; k++) sum += answer.inUnits[k]!
  answer.outUnits[slot] = sum
}

/** What lies after an output: its spender. */
function ahead({ columns, stopOf }: Source, next: Beyond, slot: number, row: number): void {
  const spender = columns.outputs.spender[row]!
  next.label[slot] = stopOf(row)
  if (spender === NONE) {
    next.end[slot] = codeOf(columns.outputs.kind[row] === UNSPENDABLE ? 'burned' : 'unspent')
    next.transaction[slot] = NONE
    return
  }
  const transaction = columns.inputs.transaction[spender]!
  next.transaction[slot] = transaction
  next.time[slot] = timeOf(columns, transaction)
}

/** What lies before an output: the transaction that made it. */
function behind({ columns, stopOf }: Source, next: Beyond, slot: number, row: number): void {
  const transaction = columns.outputs.transaction[row]!
  next.label[slot] = stopOf(row)
  next.transaction[slot] = transaction
  next.time[slot] = timeOf(columns, transaction)
  if (columns.transactions.coinbase[transaction] === 1) next.end[slot] = codeOf('coinbase')
}

/** Kind of outputs that no input can ever spend. */
const UNSPENDABLE = 1

function readInputs(columns: UtxoColumns, transaction: number, key: Float64Array, units: Float64Array, at: number) {
  const { firstInput } = columns.transactions
  for (let row = firstInput[transaction]!; row < firstInput[transaction + 1]!; row++, at++) {
    const output = columns.inputs.output[row]!
    const value = columns.inputs.units[row]!
    key[at] = output === NONE ? columns.outputs.count + row : output
    units[at] = value === UNREAD ? -1 : Number(value)
  }
}

function readOutputs(columns: UtxoColumns, transaction: number, key: Float64Array, units: Float64Array, at: number) {
  const { firstOutput } = columns.transactions
  for (let row = firstOutput[transaction]!; row < firstOutput[transaction + 1]!; row++, at++) {
    key[at] = row
    units[at] = Number(columns.outputs.units[row]!)
  }
}

function createAnswer(transactions: readonly number[], ins: Uint32Array, outs: Uint32Array): Answer {
  const [firstIn, firstOut] = [offsets(transactions, ins), offsets(transactions, outs)]
  const [inCount, outCount] = [firstIn[transactions.length]!, firstOut[transactions.length]!]
  return {
    ...{ firstIn, inKey: new Float64Array(inCount), inUnits: new Float64Array(inCount) },
    ...{ firstOut, outKey: new Float64Array(outCount), outUnits: new Float64Array(outCount) },
    next: createBeyond(outCount),
  }
}

function createBeyond(count: number): Beyond {
  return {
    end: new Uint8Array(count),
    label: new Uint8Array(count),
    transaction: new Uint32Array(count).fill(NONE),
    time: new Uint32Array(count),
  }
}

function offsets(transactions: readonly number[], first: Uint32Array): Uint32Array {
  const offset = new Uint32Array(transactions.length + 1)
  transactions.forEach((transaction, i) => {
    offset[i + 1] = offset[i]! + first[transaction + 1]! - first[transaction]!
  })
  return offset
}
