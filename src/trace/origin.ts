import { type Columns, elsewhereOf, KINDS, timeOf, type UtxoColumns } from '../ledger/ledger.ts'
import { parseHex, reversed } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import type { Declared } from './declaration.ts'

/** What a walk starts from: addresses, and single outpoints, in a ledger's own row numbers. */
export type Origin = {
  /** As given. */
  readonly names: readonly string[]
  readonly addresses: ReadonlySet<number>
  /** Outputs (UTXO) or transfers (account chains). */
  readonly outpoints: ReadonlySet<number>
  /** Given, but nowhere in what was read: never "nothing there". */
  readonly unread: readonly string[]
}

/** Finds plain canonical addresses and `txid:index` in a ledger. */
export function resolve(columns: Columns, names: readonly string[]): Origin {
  if (names.length === 0) throw empty()
  const addresses = new Set<number>()
  const outpoints = new Set<number>()
  const unread: string[] = []
  for (const name of names) {
    const outpoint = parseOutpoint(name)
    const row = outpoint === undefined ? columns.addresses.find(name) : rowOf(columns, outpoint)
    if (row === undefined) unread.push(name)
    else if (outpoint === undefined) addresses.add(row)
    else outpoints.add(row)
  }
  return { names, addresses, outpoints, unread }
}

/** `txid:index` with 64 hex digits, or undefined: an address, then. */
export function parseOutpoint(text: string): { txid: string; index: number } | undefined {
  const match = /^(?:0x)?([0-9a-fA-F]{64}):(\d{1,9})$/.exec(text)
  return match === null ? undefined : { txid: match[1]!.toLowerCase(), index: Number(match[2]) }
}

/**
 * The outputs of the origin that count in a declared window: those that entered in it and, forward, those that the
 * origin still held when it began. That holds for outpoints named one by one as well.
 */
export function outputsOf(columns: UtxoColumns, origin: Origin, declared: Declared): number[] {
  const rows = new Set<number>([...origin.outpoints].filter(row => counts(columns, row, declared)))
  const { firstOutput } = columns.transactions
  for (const address of origin.addresses) {
    for (const transaction of columns.addresses.transactionsOf(address)) {
      for (let row = firstOutput[transaction]!; row < firstOutput[transaction + 1]!; row++) {
        if (columns.outputs.address[row] === address && counts(columns, row, declared)) rows.add(row)
      }
    }
  }
  return [...rows].sort((a, b) => a - b)
}

/**
 * The transaction of that id, or undefined: a pass over the ids, since few are asked for.
 *
 * @param height of its block, on account chains: then those of that block alone are looked at
 */
export function findTransaction(columns: Columns, txid: string, height?: number): number | undefined {
  const far = elsewhereOf(columns)
  if (far !== undefined) return far.transaction(txid)
  const printed = parseHex(txid)!
  const wanted = columns.shape === 'utxo' ? reversed(printed) : printed
  const { txid: ids, count } = columns.transactions
  const own = columns.shape === 'account' && height !== undefined ? columns.transactions.height : undefined
  const first = own === undefined ? 0 : firstAt(own, count, height!)
  const end = own === undefined ? count : firstAt(own, count, height! + 1)
  for (let row = first, at = 32 * first; row < end; row++, at += 32) {
    if (ids[at] !== wanted[0] || ids[at + 1] !== wanted[1]) continue
    let same = 2
    while (same < 32 && ids[at + same] === wanted[same]) same++
    if (same === 32) return row
  }
  return undefined
}

/** The first of so many ascending numbers that is not below a limit; their count where all are. */
export function firstAt(numbers: Uint32Array, count: number, limit: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

function counts(columns: UtxoColumns, row: number, declared: Declared): boolean {
  const entered = timeOf(columns, columns.outputs.transaction[row]!)
  if (declared.to !== null && entered > declared.to) return false
  if (declared.from === null || entered >= declared.from) return true
  if (declared.direction === 'backward') return false
  const spender = columns.outputs.spender[row]!
  return spender >= columns.inputs.count || timeOf(columns, columns.inputs.transaction[spender]!) >= declared.from
}

function rowOf(columns: Columns, outpoint: { txid: string; index: number }): number | undefined {
  const transaction = findTransaction(columns, outpoint.txid)
  if (transaction === undefined) return undefined
  if (columns.shape === 'utxo') {
    const row = columns.transactions.firstOutput[transaction]! + outpoint.index
    return row < columns.transactions.firstOutput[transaction + 1]! ? row : undefined
  }
  const { firstTransfer } = columns.transactions
  for (let row = firstTransfer[transaction]!; row < firstTransfer[transaction + 1]!; row++) {
    const { logIndex, moves, kind } = columns.transfers
    if (logIndex[row] === outpoint.index && moves[row] === 1 && KINDS[kind[row]!] !== 'fee') return row
  }
  return undefined
}

function empty(): Failure {
  return new Failure('Trace.NoOrigin', 'usage', 'No origin was given.', {
    hint: 'Name addresses or outpoints: athar trace ADDRESS... or athar trace TXID:INDEX.',
  })
}
