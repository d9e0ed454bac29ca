import { NONE } from '../columns.ts'
import * as Native from './native.ts'
import { createNumberTable, type NumberTable } from './number-table.ts'
import { KEY, KEY_WORDS, MOVES, PARTS, RECEIVED, WORDS } from './row.ts'
import { orderOf } from './sorted.ts'

/**
 * The part of a ledger that was fetched so far. Accounts and transfers go by the numbers and positions that they have
 * in the whole ledger, so that everything comes in the same order as there.
 */
export type Stock = {
  /** Accounts that came up, by place. */
  readonly accounts: NumberTable
  /** Six words a place: the key of the account (zeros: not known). */
  keys: Uint32Array
  /** Addresses that were asked for and are there, with their numbers. */
  readonly names: Map<string, number>
  /** What was fetched, answer by answer. */
  readonly lots: Lot[]
  /** The whole history of an account. */
  readonly histories: Map<number, Stretch>
  /** Account × 65,536 + asset → position of the last payment. */
  readonly last: Map<number, number>
}

/** Rows of one answer, by account and position; numbers are those of the whole ledger, NONE: nobody. */
export type Lot = {
  readonly count: number
  readonly account: Float64Array
  readonly position: Float64Array
  readonly transaction: Float64Array
  readonly from: Float64Array
  readonly to: Float64Array
  /** The same two as places in the stock. */
  readonly fromPlace: Uint32Array
  readonly toPlace: Uint32Array
  readonly asset: Uint16Array
  readonly kind: Uint8Array
  readonly moves: Uint8Array
  readonly time: Uint32Array
  /** Which row of `words` (row.ts). */
  readonly at: Uint32Array
  readonly words: Uint32Array
}

export type Stretch = { readonly lot: Lot; readonly first: number; readonly end: number }

/** Where the key stands in a row, in words. */
const KEY_AT = PARTS.key[0] / 4

export function createStock(): Stock {
  return {
    ...{ accounts: createNumberTable(), keys: new Uint32Array(KEY_WORDS * 1024), lots: [] },
    ...{ names: new Map(), histories: new Map(), last: new Map() },
  }
}

/** Place of an account, made where it is new. */
export function placeOf(stock: Stock, number: number): number {
  const place = stock.accounts.add(number)
  if (KEY_WORDS * (place + 1) > stock.keys.length) {
    const longer = new Uint32Array(2 * stock.keys.length)
    longer.set(stock.keys)
    stock.keys = longer
  }
  return place
}

/** Tells which address an account is. */
export function setKey(stock: Stock, number: number, key: Uint8Array): void {
  const bytes = new Uint8Array(4 * KEY_WORDS)
  bytes.set(key)
  const place = placeOf(stock, number)
  stock.keys.set(new Uint32Array(bytes.buffer), KEY_WORDS * place)
}

/** Type and payload of an account's address. */
export function keyOf({ keys }: Stock, place: number): Uint8Array {
  return new Uint8Array(keys.buffer, 4 * KEY_WORDS * place, KEY)
}

/**
 * Takes the rows of an answer (`account`, `row`), by shard, and gives them sorted. Left out are those past `end`, which
 * were loaded meanwhile, and where `moving` those that move no value; a payment to itself counts once.
 */
export function takeRows(stock: Stock, results: readonly Native.NativeResult[], end: number, moving: boolean): Lot {
  const words = joined(results.map(result => Native.u32(result, 'row')))
  const given = results.map(result => Native.whole(result, 'account'))
  const count = words.length / WORDS
  const accounts = new Float64Array(count)
  for (let k = 0, at = 0; k < given.length; at += given[k++]!.length) accounts.set(given[k]!, at)
  const chosen = new Uint32Array(count)
  let kept = 0
  for (let k = 0; k < count; k++) {
    const flags = words[WORDS * k + 6]! >>> 24
    if (moving && (flags & MOVES) === 0) continue
    if (wholeAt(words, WORDS * k) >= end) continue
    if ((flags & RECEIVED) !== 0 && numberAt(words, k) === accounts[k]) continue
    chosen[kept++] = k
  }
  const lot = sorted(words, accounts, chosen.subarray(0, kept))
  learn(stock, lot)
  stock.lots.push(lot)
  return lot
}

/** Remembers an answer's rows as the whole history of these accounts; those without rows have an empty one. */
export function keepHistories({ histories }: Stock, lot: Lot, accounts: readonly number[]): void {
  for (const account of accounts) histories.set(account, { lot, first: 0, end: 0 })
  for (let first = 0, end = 0; first < lot.count; first = end) {
    const account = lot.account[first]!
    while (end < lot.count && lot.account[end] === account) end++
    histories.set(account, { lot, first, end })
  }
}

function sorted(words: Uint32Array, accounts: Float64Array, chosen: Uint32Array): Lot {
  const count = chosen.length
  const byPosition = orderOf(Float64Array.from(chosen, k => wholeAt(words, WORDS * k)))
  const byAccount = orderOf(Float64Array.from(byPosition, k => accounts[chosen[k]!]!))
  const column = () => new Float64Array(count)
  const lot = {
    ...{ count, words, account: column(), position: column(), transaction: column(), from: column(), to: column() },
    ...{ asset: new Uint16Array(count), kind: new Uint8Array(count), moves: new Uint8Array(count) },
    ...{ time: new Uint32Array(count), at: new Uint32Array(count) },
    ...{ fromPlace: new Uint32Array(count), toPlace: new Uint32Array(count) },
  }
  for (let i = 0; i < count; i++) {
    const k = chosen[byPosition[byAccount[i]!]!]!
    const at = WORDS * k
    const [account, other, packed] = [accounts[k]!, numberAt(words, k), words[at + 6]!]
    const received = ((packed >>> 24) & RECEIVED) !== 0
    lot.account[i] = account
    lot.position[i] = wholeAt(words, at)
    lot.transaction[i] = wholeAt(words, at + 2)
    lot.from[i] = received ? other : account
    lot.to[i] = received ? account : other
    lot.asset[i] = packed & 0xffff
    lot.kind[i] = (packed >>> 16) & 0xff
    lot.moves[i] = ((packed >>> 24) & MOVES) === 0 ? 0 : 1
    lot.time[i] = words[at + 9]!
    lot.at[i] = k
  }
  return lot
}

/** Where the accounts of these rows stand in the stock, and which addresses the others are. */
function learn(stock: Stock, { count, at, words, account, from, to, fromPlace, toPlace }: Lot): void {
  let own = 0
  for (let i = 0; i < count; i++) {
    if (i === 0 || account[i] !== account[i - 1]) own = placeOf(stock, account[i]!)
    const isSent = from[i] === account[i]
    const other = isSent ? to[i]! : from[i]!
    const place = other === NONE ? NONE : placeOf(stock, other)
    fromPlace[i] = isSent ? own : place
    toPlace[i] = isSent ? place : own
    if (place === NONE) continue
    const [into, key] = [KEY_WORDS * place, WORDS * at[i]! + KEY_AT]
    for (let w = 0; w < KEY_WORDS; w++) stock.keys[into + w] = words[key + w]!
  }
}

/** The other account of a row; all ones: nobody. */
function numberAt(words: Uint32Array, k: number): number {
  const at = WORDS * k + 4
  return words[at + 1] === NONE ? NONE : wholeAt(words, at)
}

function wholeAt(words: Uint32Array, at: number): number {
  return words[at]! + 2 ** 32 * words[at + 1]!
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const filled = parts.filter(part => part.length > 0)
  if (filled.length === 1) return filled[0]!
  const whole = new Uint32Array(filled.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of filled) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
