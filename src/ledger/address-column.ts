import { type AddressColumn, NONE } from './columns.ts'

/** What an address dictionary must tell; its numbers are those of the batches, not of the ledger. */
export type Dictionary = {
  readonly count: number
  format(number: number): string
  find(address: string): number | undefined
  findKey?(type: number, bytes: Uint8Array, at: number, length: number): number | undefined
  keyOf?(number: number): Uint8Array
}

/** A dictionary that lives in memory as texts: for ledgers built from plain objects. */
export type TextDictionary = Dictionary & { add(address: string | null): number }

export function createTextDictionary(): TextDictionary {
  const texts: string[] = []
  const numbers = new Map<string, number>()
  return {
    get count() {
      return texts.length
    },
    format: number => texts[number]!,
    find: address => numbers.get(address),
    add(address) {
      if (address === null) return NONE
      const held = numbers.get(address)
      if (held !== undefined) return held
      numbers.set(address, texts.length)
      return texts.push(address) - 1
    },
  }
}

/**
 * Dictionary number → row of the ledger (NONE: not used by it) and back. It may grow behind what a ledger sees of it:
 * `createAddressColumn` shows the first `count` rows.
 */
export type AddressBook = { rowOf: Uint32Array; numberOf: Uint32Array }

export function bookOf(rowOf: Uint32Array, count: number): AddressBook {
  const numberOf = new Uint32Array(count)
  for (let number = 0; number < rowOf.length; number++) if (rowOf[number] !== NONE) numberOf[rowOf[number]!] = number
  return { rowOf, numberOf }
}

/**
 * The addresses of a ledger, numbered by first appearance in ledger order, so that equal ledgers have equal rows
 * whatever the order of import.
 */
export function createAddressColumn(
  dictionary: Dictionary,
  book: AddressBook,
  count: number,
  transactionsOf: (row: number) => Uint32Array,
): AddressColumn {
  const rowOfNumber = (number: number | undefined): number | undefined => {
    const row = number === undefined ? NONE : (book.rowOf[number] ?? NONE)
    return row < count ? row : undefined
  }
  const { findKey, keyOf } = dictionary
  return {
    count,
    format: row => dictionary.format(book.numberOf[row]!),
    find: address => rowOfNumber(dictionary.find(address)),
    ...(findKey === undefined
      ? {}
      : { findKey: (type, bytes, at, length) => rowOfNumber(findKey(type, bytes, at, length)) }),
    ...(keyOf === undefined ? {} : { keyOf: row => keyOf(book.numberOf[row]!) }),
    transactionsOf,
  }
}

/** Looked up in a history that is built at the first question. */
export function whenAsked(history: () => History): (row: number) => Uint32Array {
  let built: History | undefined
  return row => {
    built ??= history()
    return built.transactions.subarray(built.first[row]!, built.first[row + 1]!)
  }
}

/** Transactions by address in one array: those of row `a` lie from first[a] up to first[a + 1]. */
export type History = { readonly first: Uint32Array; readonly transactions: Uint32Array }

/**
 * Built in two passes over `visit`, which must call `touch(address row, transaction)` with transactions ascending;
 * repeats within a transaction count once.
 */
export function buildHistory(
  count: number,
  visit: (touch: (address: number, transaction: number) => void) => void,
): History {
  const last = new Uint32Array(count).fill(NONE)
  const first = new Uint32Array(count + 1)
  visit((address, transaction) => {
    if (address === NONE || last[address] === transaction) return
    last[address] = transaction
    first[address + 1]!++
  })
  for (let row = 0; row < count; row++) first[row + 1]! += first[row]!
  const next = first.slice(0, count)
  const transactions = new Uint32Array(first[count]!)
  last.fill(NONE)
  visit((address, transaction) => {
    if (address === NONE || last[address] === transaction) return
    last[address] = transaction
    transactions[next[address]!++] = transaction
  })
  return { first, transactions }
}
