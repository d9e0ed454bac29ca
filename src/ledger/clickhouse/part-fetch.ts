import { parseHex, toHex, viewOf } from '../../std/bytes.ts'
import { each, endOf, frontiersOf, parametersOf, shardOf, tooMuch } from './far.ts'
import * as Native from './native.ts'
import { ALL, ASSETS, type Part } from './part.ts'
import { KEY, WORDS } from './row.ts'
import { type Lot, type Stretch, setKey, takeRows } from './stock.ts'
import * as Table from './table.ts'

/** Transfers that one question may hold in memory of one network: 200 bytes each. Ours: a gigabyte. */
const ROWS_MAX = 5_000_000

/** Names, ids or accounts of one question to the servers. */
const BATCH = 20_000

/**
 * Fetches what was wanted of a part, and wants nothing any more. What was asked about many is one question.
 * Failures: ClickHouse.TooMuch, those of the connection.
 */
export async function fetchWanted(part: Part): Promise<void> {
  const { names, touched, paid, transactions, answers } = part.wanted
  for (const some of batchesOf(names)) {
    await part.far.answer({ ask: 'names', names: some })
    for (const name of some) part.named.add(name)
    part.excerpt = undefined
  }
  if (touched.size > 0) await fetchTouched(part, touched)
  for (const some of batchesOf(paid)) await fetchLast(part, some)
  for (const some of batchesOf(transactions)) await fetchTransactions(part, some)
  for (const [key, answer] of answers) part.answers.set(key, await answer())
  for (const one of [names, touched, paid, transactions, answers]) one.clear()
}

function* batchesOf<T>(all: Iterable<T>): Generator<T[]> {
  const list = [...all]
  for (let at = 0; at < list.length; at += BATCH) yield list.slice(at, at + BATCH)
}

/** First how many rows there are: an account is fetched whole where it is not much longer than what is asked of it. */
async function fetchTouched(part: Part, wanted: ReadonlyMap<number, number>): Promise<void> {
  part.excerpt = undefined
  const { pin } = part
  for (const accounts of batchesOf(wanted.keys())) {
    const lengths = new Map<number, number>()
    for (const answer of await each(pin, Table.COUNTED, parametersOf(pin), frontiersOf(pin, accounts))) {
      const [of, length] = [Native.whole(answer, 'account'), Native.whole(answer, 'length')]
      for (let k = 0; k < answer.count; k++) lengths.set(of[k]!, length[k]!)
    }
    const isWhole = (account: number) => (lengths.get(account) ?? 0) <= 4 * wanted.get(account)! + 1000
    const whole = accounts.filter(isWhole)
    hold(
      part,
      whole.reduce((sum, account) => sum + (lengths.get(account) ?? 0), 0),
    )
    if (whole.length > 0) {
      const limit = 2n ** 62n
      const answers = await each(pin, Table.HISTORIES, { ...parametersOf(pin), limit }, frontiersOf(pin, whole))
      keepTouched(part, takeRows(part.far.stock, answers, endOf(pin), false), whole)
    }
    for (const account of accounts) {
      if (!isWhole(account)) await fetchNewest(part, account, wanted.get(account)!, lengths.get(account)!)
    }
  }
}

function keepTouched({ touched }: Part, lot: Lot, accounts: readonly number[]): void {
  for (const account of accounts) touched.set(account, { stretch: { lot, first: 0, end: 0 }, transactions: ALL })
  for (const stretch of stretchesOf(lot)) touched.set(lot.account[stretch.first]!, { stretch, transactions: ALL })
}

/** The rows of each account. */
function* stretchesOf(lot: Lot): Generator<Stretch> {
  for (let first = 0, end = 0; first < lot.count; first = end) {
    while (end < lot.count && lot.account[end] === lot.account[first]) end++
    yield { lot, first, end }
  }
}

/** A transaction has one row or a few: where so many rows are not yet so many transactions, more are asked for. */
async function fetchNewest(part: Part, account: number, count: number, length: number): Promise<void> {
  const { pin } = part
  for (let limit = 2 * count + 100; ; limit *= 4) {
    hold(part, Math.min(limit, length))
    const given = { ...parametersOf(pin), account, limit }
    const answer = await pin.connection.select(shardOf(pin, account), Table.NEWEST, given)
    const lot = takeRows(part.far.stock, [answer], endOf(pin), false)
    const isAll = answer.count < limit
    const stretch = isAll ? { lot, first: 0, end: lot.count } : withoutFirst(lot)
    const transactions = isAll ? ALL : transactionsIn(stretch)
    part.touched.set(account, { stretch, transactions })
    if (transactions >= count) return
    // What was too short is not kept.
    part.far.stock.lots.splice(part.far.stock.lots.indexOf(lot), 1)
    part.rows -= Math.min(limit, length)
  }
}

/** Without the oldest transaction, of which rows may be missing. */
function withoutFirst(lot: Lot): Stretch {
  let first = 0
  while (first < lot.count && lot.transaction[first] === lot.transaction[0]) first++
  return { lot, first, end: lot.count }
}

function transactionsIn({ lot, first, end }: Stretch): number {
  let count = 0
  for (let i = first; i < end; i++) if (i === first || lot.transaction[i] !== lot.transaction[i - 1]) count++
  return count
}

async function fetchLast({ pin, paid, last }: Part, accounts: readonly number[]): Promise<void> {
  for (const answer of await each(pin, Table.LAST_PAYMENTS, parametersOf(pin), frontiersOf(pin, accounts))) {
    const [of, position] = [Native.whole(answer, 'account'), Native.whole(answer, 'last')]
    const asset = Native.u16(answer, 'asset')
    for (let k = 0; k < answer.count; k++) last.set(of[k]! * ASSETS + asset[k]!, position[k]!)
  }
  for (const account of accounts) paid.add(account)
}

/** Each with all its transfers that move value, and the addresses of those who pay. */
async function fetchTransactions(part: Part, txids: readonly string[]): Promise<void> {
  part.excerpt = undefined
  const { pin, far } = part
  const ids = BigUint64Array.from(txids, txid => viewOf(parseHex(txid)!).getBigUint64(0, true))
  const along = { structure: 'id UInt64', bytes: new Uint8Array(ids.buffer) }
  const answers = await each(pin, Table.TRANSACTIONS, parametersOf(pin), () => along)
  const lot = takeRows(far.stock, answers, endOf(pin), true)
  hold(part, lot.count)
  await learnKeys(part, [...new Set(lot.account)])
  for (const txid of txids) part.transactions.set(txid, null)
  for (let i = 0; i < lot.count; i++) {
    const txid = txidAt(lot, i)
    const known = part.transactions.get(txid)
    // Of other transactions only the first eight bytes are the same.
    if (known !== undefined && (known === null || lot.position[i]! < known)) {
      part.transactions.set(txid, lot.position[i]!)
    }
  }
  part.beside.push({ lot, first: 0, end: lot.count })
}

async function learnKeys({ pin, far }: Part, accounts: readonly number[]): Promise<void> {
  const { generation } = parametersOf(pin)
  for (const answer of await each(pin, Table.KEYS_OF, { generation: generation! }, frontiersOf(pin, accounts))) {
    const [keys, of] = [Native.bytesOf(answer, 'key'), Native.whole(answer, 'account')]
    for (let k = 0; k < answer.count; k++) setKey(far.stock, of[k]!, keys.subarray(KEY * k, KEY * k + KEY))
  }
}

function txidAt({ words, at }: Lot, i: number): string {
  const first = WORDS * at[i]! + 10
  return toHex(new Uint8Array(words.slice(first, first + 8).buffer))
}

function hold(part: Part, rows: number): void {
  part.rows += rows
  if (part.rows > ROWS_MAX) throw tooMuch(part.pin.network, ROWS_MAX)
}
