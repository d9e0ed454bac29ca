import { type Columns, NONE } from '../ledger/ledger.ts'
import { type Touch, touchOf, type View } from './touch.ts'

/** What the addresses of a ledger are known as, each looked up once. */
export type TouchBook = {
  /** Whether the address at a row is known as anything. */
  has(row: number): boolean
  at(row: number): Touch | null
  byName(address: string): Touch | null
}

export function createTouchBook(view: View, columns: Columns): TouchBook {
  const known = new Map<string, Touch | null>()
  const unnamed = unnamedOf(view, columns)
  const byName = (address: string): Touch | null => {
    const held = known.get(address)
    if (held !== undefined) return held
    const touch = touchOf(view, address)
    known.set(address, touch)
    return touch
  }
  const at = (row: number) => (unnamed(row) ? null : byName(columns.addresses.format(row)))
  return { has: row => at(row) !== null, at, byName }
}

/**
 * Whether any party to the transactions of an address is known as anything: who is not is met by no walk of one hop
 * either, forwards or backwards.
 */
export function meetsKnown(columns: Columns, row: number, book: TouchBook): boolean {
  const isKnown = (party: number) => party !== NONE && party !== row && book.has(party)
  for (const transaction of columns.addresses.transactionsOf(row)) {
    if (columns.shape === 'account') {
      const { transactions, transfers } = columns
      for (let t = transactions.firstTransfer[transaction]!; t < transactions.firstTransfer[transaction + 1]!; t++) {
        const [from, to] = [transfers.from[t]!, transfers.to[t]!]
        if ((from === row || to === row) && (isKnown(from) || isKnown(to))) return true
      }
      continue
    }
    const { transactions, inputs, outputs } = columns
    for (let i = transactions.firstInput[transaction]!; i < transactions.firstInput[transaction + 1]!; i++) {
      if (isKnown(inputs.address[i]!)) return true
    }
    for (let o = transactions.firstOutput[transaction]!; o < transactions.firstOutput[transaction + 1]!; o++) {
      if (isKnown(outputs.address[o]!)) return true
    }
  }
  return false
}

/**
 * Whether no list and no claim names the address at a row, at whatever clock: remembered from answer to answer, since
 * nearly all rows are such, and each costs an encoding and a look-up.
 */
function unnamedOf({ knowledge }: View, columns: Columns): (row: number) => boolean {
  const { isNamed } = knowledge
  if (isNamed === undefined) return () => false
  // Whatever view of a ledger is asked, its transactions are the same.
  const ledgers = UNNAMED.get(isNamed) ?? new WeakMap<object, Uint8Array>()
  UNNAMED.set(isNamed, ledgers)
  const rows = ledgers.get(columns.transactions) ?? new Uint8Array(columns.addresses.count)
  ledgers.set(columns.transactions, rows)
  return row => {
    if (rows[row] === 0) rows[row] = isNamed(columns.addresses.format(row)) ? NAMED : NOT_NAMED
    return rows[row] === NOT_NAMED
  }
}

const [NAMED, NOT_NAMED] = [1, 2]

const UNNAMED = new WeakMap<object, WeakMap<object, Uint8Array>>()
