import { type AddressColumn, NONE } from './columns.ts'
import { longer } from './room.ts'

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

/** A book for a dictionary, in which nothing has a row yet. */
export function openBook(numbers: number): AddressBook {
  return { rowOf: new Uint32Array(numbers).fill(NONE), numberOf: new Uint32Array(numbers) }
}

/** Room for what the dictionary has come to hold since. */
export function lengthenBook(book: AddressBook, numbers: number): void {
  book.rowOf = longer(book.rowOf, book.rowOf.length, numbers, NONE)
  book.numberOf = longer(book.numberOf, book.numberOf.length, numbers)
}

/** A stretch of numbers becomes rows; what has none gets the next one. How many there are then. */
export function toRows({ rowOf, numberOf }: AddressBook, count: number, column: Uint32Array, from: number, to: number) {
  for (let k = from; k < to; k++) {
    const number = column[k]!
    if (number === NONE) continue
    if (rowOf[number] === NONE) {
      numberOf[count] = number
      rowOf[number] = count++
    }
    column[k] = rowOf[number]!
  }
  return count
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

export type Touch = (address: number, transaction: number) => void

/**
 * Built in two passes over `visit`, which must call `touch(address row, transaction)` with transactions ascending;
 * repeats within a transaction count once: room is made for all, and closed up afterwards.
 */
export function buildHistory(count: number, visit: (touch: Touch) => void): History {
  const first = new Uint32Array(count + 1)
  visit(address => {
    if (address !== NONE) first[address + 1]!++
  })
  for (let row = 0; row < count; row++) first[row + 1]! += first[row]!
  const next = first.slice(0, count)
  const transactions = new Uint32Array(first[count]!)
  visit((address, transaction) => {
    if (address === NONE) return
    const at = next[address]!
    if (at > first[address]! && transactions[at - 1] === transaction) return
    transactions[at] = transaction
    next[address] = at + 1
  })
  return closeUp({ first, transactions }, next)
}

/** The same without the room between where an address's transactions end and where the next one's begin. */
function closeUp({ first, transactions }: History, ends: Uint32Array): History {
  let to = 0
  for (let row = 0; row < ends.length; row++) {
    const [from, end] = [first[row]!, ends[row]!]
    first[row] = to
    if (from === to) to = end
    else for (let at = from; at < end; at++) transactions[to++] = transactions[at]!
  }
  first[ends.length] = to
  return { first, transactions: to === transactions.length ? transactions : transactions.slice(0, to) }
}
