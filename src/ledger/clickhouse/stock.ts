import type { Asset } from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { bookOf, buildHistory, createAddressColumn, whenAsked } from '../address-column.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import { createKeyDictionary, type KeyDictionary } from '../key-dictionary.ts'
import { KEY } from './hash.ts'
import * as Native from './native.ts'

/**
 * The part of a ledger that was fetched so far: transfers and accounts, each once. Transfers have places in the order
 * of fetching, and positions in the ledger; accounts the numbers that they have in the whole ledger, by first
 * appearance. Ordered by these it is a ledger of its own, in which everything comes in the same order as in the whole.
 */
export type Stock = {
  count: number
  readonly rows: Rows
  /** Place by position. */
  readonly placeOf: Map<number, number>
  /** Account (its hash) → place; the accounts themselves are side by side. */
  readonly accountOf: Map<bigint, number>
  readonly hashes: bigint[]
  /** Number in the whole ledger; −1 until it is asked for. */
  readonly numbers: number[]
  readonly byNumber: Map<number, number>
  readonly keys: KeyDictionary
  /** Place in `keys`. */
  readonly key: number[]
  /** Places of the transfers that touch an account, in no order. */
  readonly touching: number[][]
}

type Rows = {
  position: Float64Array
  transaction: Float64Array
  from: Uint32Array
  to: Uint32Array
  asset: Uint16Array
  kind: Uint8Array
  moves: Uint8Array
  logIndex: Int32Array
  height: Uint32Array
  time: Uint32Array
  txid: Uint8Array
  units: Uint8Array
}

export function createStock(network: NetworkId): Stock {
  return {
    ...{ count: 0, rows: roomFor(1024), placeOf: new Map(), accountOf: new Map(), hashes: [], numbers: [] },
    ...{ byNumber: new Map(), keys: createKeyDictionary(network), key: [], touching: [] },
  }
}

/** Takes rows of an answer (ROW of table.ts), and gives the accounts that were not known before. */
export function takeRows(stock: Stock, result: Native.NativeResult): bigint[] {
  const known = stock.hashes.length
  const [account, other] = [Native.u64(result, 'account'), Native.u64(result, 'other')]
  const side = Native.bytesOf(result, 'side')
  const [position, transaction] = [Native.whole(result, 'position'), Native.whole(result, 'transaction')]
  const [asset, logIndex] = [Native.u16(result, 'asset'), Native.i32(result, 'log_index')]
  const [kind, moves] = [Native.bytesOf(result, 'kind'), Native.bytesOf(result, 'moves')]
  const [height, time] = [Native.u32(result, 'height'), Native.u32(result, 'time')]
  const [txid, units] = [Native.bytesOf(result, 'txid'), Native.bytesOf(result, 'units')]
  reserve(stock, result.count)
  const { rows, placeOf } = stock
  for (let k = 0; k < result.count; k++) {
    if (placeOf.has(position[k]!)) continue
    const place = stock.count++
    placeOf.set(position[k]!, place)
    rows.position[place] = position[k]!
    rows.transaction[place] = transaction[k]!
    rows.asset[place] = asset[k]!
    rows.kind[place] = kind[k]!
    rows.moves[place] = moves[k]!
    rows.logIndex[place] = logIndex[k]!
    rows.height[place] = height[k]!
    rows.time[place] = time[k]!
    rows.txid.set(txid.subarray(32 * k, 32 * k + 32), 32 * place)
    rows.units.set(units.subarray(32 * k, 32 * k + 32), 32 * place)
    const [near, far] = [accountAt(stock, account[k]!), accountAt(stock, other[k]!)]
    rows.from[place] = side[k] === 0 ? near : far
    rows.to[place] = side[k] === 0 ? far : near
    if (near !== NONE) stock.touching[near]!.push(place)
    if (far !== NONE && far !== near) stock.touching[far]!.push(place)
  }
  return stock.hashes.slice(known)
}

/** Place of an account, made where it is new; nobody is 0. */
export function accountAt(stock: Stock, hash: bigint): number {
  if (hash === 0n) return NONE
  const held = stock.accountOf.get(hash)
  if (held !== undefined) return held
  const place = stock.hashes.push(hash) - 1
  stock.accountOf.set(hash, place)
  stock.numbers.push(-1)
  stock.key.push(-1)
  stock.touching.push([])
  return place
}

/**
 * Takes what an answer to ACCOUNTS tells of accounts below `end`: of a load that goes on meanwhile nothing is seen.
 * False where two addresses share a hash.
 */
export function takeAccounts(stock: Stock, result: Native.NativeResult, end: number): boolean {
  const hashes = Native.u64(result, 'account')
  const numbers = Native.whole(result, 'number')
  const [low, high] = [Native.bytesOf(result, 'low'), Native.bytesOf(result, 'high')]
  for (let k = 0; k < result.count; k++) {
    for (let at = KEY * k; at < KEY * k + KEY; at++) if (low[at] !== high[at]) return false
    if (numbers[k]! >= end) continue
    const place = accountAt(stock, hashes[k]!)
    stock.numbers[place] = numbers[k]!
    stock.byNumber.set(numbers[k]!, place)
    stock.key[place] = stock.keys.add(low[KEY * k]!, low, KEY * k + 1, KEY - 1)
  }
  return true
}

/** Places of the transfers of an account in ledger order. */
export function historyAt({ touching, rows }: Stock, account: number): Uint32Array {
  return Uint32Array.from(touching[account]!).sort((a, b) => rows.position[a]! - rows.position[b]!)
}

/** The stock as a ledger of its own, and where in it things went. */
export type Excerpt = {
  readonly columns: AccountColumns
  /** Row by position in the whole ledger, and by an account's number there. */
  readonly rowAt: (position: number) => number
  readonly accountRow: (number: number) => number
}

export function excerptOf(stock: Stock, network: NetworkId, assets: readonly Asset[], coverage: Coverage): Excerpt {
  const { rows, numbers } = stock
  const order = new Uint32Array(stock.count)
  for (let place = 0; place < stock.count; place++) order[place] = place
  order.sort((a, b) => rows.position[a]! - rows.position[b]!)
  const accounts = numbers.map((_, place) => place).sort((a, b) => numbers[a]! - numbers[b]!)
  const rowOfAccount = new Uint32Array(accounts.length)
  const rowOfKey = new Uint32Array(accounts.length).fill(NONE)
  accounts.forEach((place, row) => {
    rowOfAccount[place] = row
    rowOfKey[stock.key[place]!] = row
  })
  const { transfers, transactions } = lay(stock, order, rowOfAccount)
  const rowOfPlace = new Uint32Array(stock.count)
  order.forEach((place, row) => {
    rowOfPlace[place] = row
  })
  const history = () =>
    buildHistory(accounts.length, touch => {
      for (let row = 0; row < transfers.count; row++) {
        touch(transfers.from[row]!, transfers.transaction[row]!)
        touch(transfers.to[row]!, transfers.transaction[row]!)
      }
    })
  return {
    columns: {
      ...{ shape: 'account', network, transactions, transfers, assets, coverage: () => coverage },
      addresses: createAddressColumn(
        stock.keys,
        bookOf(rowOfKey, accounts.length),
        accounts.length,
        whenAsked(history),
      ),
    },
    rowAt: position => rowOfPlace[stock.placeOf.get(position)!]!,
    accountRow: number => rowOfAccount[stock.byNumber.get(number)!]!,
  }
}

function lay(stock: Stock, order: Uint32Array, rowOfAccount: Uint32Array) {
  const { rows } = stock
  const n = order.length
  const above = new Map<number, bigint>()
  const transfers = {
    ...{ count: n, transaction: new Uint32Array(n), logIndex: new Int32Array(n), kind: new Uint8Array(n) },
    ...{ moves: new Uint8Array(n), asset: new Uint16Array(n), from: new Uint32Array(n), to: new Uint32Array(n) },
    units: { low: new BigUint64Array(n), above },
  }
  const words = new BigUint64Array(rows.units.buffer)
  const first: number[] = []
  for (let row = 0; row < n; row++) {
    const place = order[row]!
    if (row === 0 || rows.transaction[order[row - 1]!] !== rows.transaction[place]) first.push(row)
    transfers.transaction[row] = first.length - 1
    transfers.logIndex[row] = rows.logIndex[place]!
    transfers.kind[row] = rows.kind[place]!
    transfers.moves[row] = rows.moves[place]!
    transfers.asset[row] = rows.asset[place]!
    transfers.from[row] = rows.from[place] === NONE ? NONE : rowOfAccount[rows.from[place]!]!
    transfers.to[row] = rows.to[place] === NONE ? NONE : rowOfAccount[rows.to[place]!]!
    transfers.units.low[row] = words[4 * place]!
    const more = (words[4 * place + 3]! << 192n) | (words[4 * place + 2]! << 128n) | (words[4 * place + 1]! << 64n)
    if (more > 0n) above.set(row, more | words[4 * place]!)
  }
  return { transfers, transactions: layTransactions(stock, order, first) }
}

function layTransactions({ rows }: Stock, order: Uint32Array, first: readonly number[]) {
  const n = first.length
  const transactions = {
    ...{ count: n, txid: new Uint8Array(32 * n), height: new Uint32Array(n), time: new Uint32Array(n) },
    firstTransfer: Uint32Array.from([...first, order.length]),
  }
  for (let t = 0; t < n; t++) {
    const place = order[first[t]!]!
    transactions.txid.set(rows.txid.subarray(32 * place, 32 * place + 32), 32 * t)
    transactions.height[t] = rows.height[place]!
    transactions.time[t] = rows.time[place]!
  }
  return transactions
}

function roomFor(n: number): Rows {
  return {
    ...{ position: new Float64Array(n), transaction: new Float64Array(n), from: new Uint32Array(n) },
    ...{ to: new Uint32Array(n), asset: new Uint16Array(n), kind: new Uint8Array(n), moves: new Uint8Array(n) },
    ...{ logIndex: new Int32Array(n), height: new Uint32Array(n), time: new Uint32Array(n) },
    ...{ txid: new Uint8Array(32 * n), units: new Uint8Array(32 * n) },
  }
}

function reserve(stock: Stock, more: number): void {
  const least = stock.count + more
  if (least <= stock.rows.position.length) return
  const larger = roomFor(Math.max(least, 2 * stock.rows.position.length))
  for (const name of Object.keys(larger) as (keyof Rows)[]) larger[name].set(stock.rows[name] as never)
  Object.assign(stock.rows, larger)
}
