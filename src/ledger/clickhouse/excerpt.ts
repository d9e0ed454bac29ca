import * as Address from '../../chain/address.ts'
import type { Asset } from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { equals } from '../../std/bytes.ts'
import { buildHistory, whenAsked } from '../address-column.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import { WORDS } from './row.ts'
import { orderOf } from './sorted.ts'
import { keyOf, type Stock, type Stretch } from './stock.ts'

/** Part of a stock as a ledger of its own, and where in it things went. */
export type Excerpt = {
  readonly columns: AccountColumns
  /** Rows of the stretches that it was made of, ascending, each once. */
  readonly rows: Uint32Array
  /** Row of an account by its number in the whole ledger. */
  readonly accountRow: (number: number) => number
  /**
   * Number of an account in the whole ledger by its row; and the row of the transfer at a position there, a half
   * between two rows where it is none of these.
   */
  readonly accountNumber: (row: number) => number
  readonly transferRow: (position: number) => number
}

/** What every excerpt of a ledger says of the whole. */
export type About = { readonly network: NetworkId; readonly assets: readonly Asset[]; readonly coverage: Coverage }

/**
 * Lays stretches of a stock as columns, in ledger order: `followed` is what a walk goes over, `beside` what it only
 * looks at. Of last payments that are known by payer, asset and position alone there is a row without payee or amount.
 */
export function excerptOf(
  stock: Stock,
  about: About,
  followed: readonly Stretch[],
  beside: readonly Stretch[],
): Excerpt {
  const sources = [...followed, ...beside]
  const order = arrange(stock, sources, sumOf(followed))
  const people = populate(stock, order)
  const { transfers, transactions } = lay(stock, order, people.rowOf)
  const history = () =>
    buildHistory(people.count, touch => {
      for (let row = 0; row < transfers.count; row++) {
        touch(transfers.from[row]!, transfers.transaction[row]!)
        touch(transfers.to[row]!, transfers.transaction[row]!)
      }
    })
  const { network, assets, coverage } = about
  const addresses = addressesOf(stock, network, people, whenAsked(history))
  return {
    columns: { shape: 'account', network, transactions, transfers, assets, coverage: () => coverage, addresses },
    rows: order.rows,
    accountRow: number => people.rowOf[stock.accounts.find(number)]!,
    accountNumber: row => stock.accounts.at(people.placeOf[row]!),
    transferRow: position => rowAt(order, position),
  }
}

function rowAt({ position, count }: Order, wanted: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (position[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low < count && position[low] === wanted ? low : low - 0.5
}

/** The rows of an excerpt in ledger order. */
type Order = {
  readonly count: number
  /** By row: where it stands in the whole ledger. */
  readonly position: Float64Array
  /** By row: the stretch's lot as a number, and the place there; the lot NONE: a last payment, by number. */
  readonly lot: Uint32Array
  readonly place: Uint32Array
  readonly payments: readonly { readonly account: number; readonly asset: number; readonly position: number }[]
  readonly rows: Uint32Array
}

function arrange(stock: Stock, sources: readonly Stretch[], followed: number): Order {
  const lots = new Map(stock.lots.map((lot, k) => [lot, k]))
  const payments = [...stock.last].map(([key, position]) => {
    return { account: Math.floor(key / 65_536), asset: key % 65_536, position }
  })
  const most = sumOf(sources) + payments.length
  const [position, lot, place] = [new Float64Array(most), new Uint32Array(most), new Uint32Array(most)]
  let n = 0
  for (const source of sources) {
    const number = lots.get(source.lot)!
    for (let i = source.first; i < source.end; i++, n++) {
      position[n] = source.lot.position[i]!
      lot[n] = number
      place[n] = i
    }
  }
  let paid = 0
  for (const payment of payments) {
    position[n] = payment.position
    lot[n] = NONE
    place[n++] = paid++
  }
  const sorted = orderOf(position)
  const into = { lot: new Uint32Array(most), place: new Uint32Array(most), position: new Float64Array(most) }
  const rows = new Uint32Array(followed)
  let [count, taken] = [0, 0]
  for (let k = 0; k < most; k++) {
    const at = sorted[k]!
    // Equal ones stand in the order given: those that are followed first, last payments last.
    if (k > 0 && position[at] === position[sorted[k - 1]!]) continue
    if (at < followed) rows[taken++] = count
    into.position[count] = position[at]!
    into.lot[count] = lot[at]!
    into.place[count++] = place[at]!
  }
  return { count, ...into, payments, rows: rows.slice(0, taken) }
}

function sumOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { first, end }) => sum + end - first, 0)
}

/** The accounts of an excerpt, in the order of their numbers. */
type People = {
  readonly count: number
  /** Row by place in the stock, and back. */
  readonly rowOf: Uint32Array
  readonly placeOf: Uint32Array
}

function populate({ accounts, lots, names }: Stock, order: Order): People {
  const seen = new Uint8Array(accounts.count)
  for (const number of names.values()) seen[accounts.find(number)] = 1
  for (let row = 0; row < order.count; row++) {
    const place = order.place[row]!
    if (order.lot[row] === NONE) seen[accounts.find(order.payments[place]!.account)] = 1
    else {
      const { fromPlace, toPlace } = lots[order.lot[row]!]!
      if (fromPlace[place] !== NONE) seen[fromPlace[place]!] = 1
      if (toPlace[place] !== NONE) seen[toPlace[place]!] = 1
    }
  }
  const places = new Uint32Array(accounts.count)
  let count = 0
  for (let place = 0; place < seen.length; place++) if (seen[place] === 1) places[count++] = place
  const placeOf = orderOf(Float64Array.from(places.subarray(0, count), place => accounts.at(place))).map(
    at => places[at]!,
  )
  const rowOf = new Uint32Array(accounts.count).fill(NONE)
  for (let row = 0; row < count; row++) rowOf[placeOf[row]!] = row
  return { count, rowOf, placeOf }
}

function lay({ accounts, lots }: Stock, order: Order, rowOf: Uint32Array) {
  const n = order.count
  const above = new Map<number, bigint>()
  const transfers = {
    ...{ count: n, transaction: new Uint32Array(n), logIndex: new Int32Array(n), kind: new Uint8Array(n) },
    ...{ moves: new Uint8Array(n), asset: new Uint16Array(n), from: new Uint32Array(n), to: new Uint32Array(n) },
    units: { low: new BigUint64Array(n), above },
  }
  const low = new Uint32Array(transfers.units.low.buffer)
  const book = createTransactions(transfers.transaction)
  const rowAt = (place: number): number => (place === NONE ? NONE : rowOf[place]!)
  for (let row = 0; row < n; row++) {
    const place = order.place[row]!
    if (order.lot[row] === NONE) {
      const { account, asset } = order.payments[place]!
      book.unknown(row)
      transfers.from[row] = rowOf[accounts.find(account)]!
      transfers.to[row] = NONE
      transfers.asset[row] = asset
      transfers.moves[row] = 1
      continue
    }
    const lot = lots[order.lot[row]!]!
    const at = WORDS * lot.at[place]!
    book.add(row, lot.transaction[place]!, lot.words, at)
    transfers.logIndex[row] = lot.words[at + 7]!
    transfers.kind[row] = lot.kind[place]!
    transfers.moves[row] = lot.moves[place]!
    transfers.asset[row] = lot.asset[place]!
    transfers.from[row] = rowAt(lot.fromPlace[place]!)
    transfers.to[row] = rowAt(lot.toPlace[place]!)
    low[2 * row] = lot.words[at + 18]!
    low[2 * row + 1] = lot.words[at + 19]!
    const large = largeAt(lot.words, at + 18)
    if (large !== undefined) above.set(row, large)
  }
  return { transfers, transactions: book.close() }
}

/** An amount of more than 64 bits. */
function largeAt(words: Uint32Array, at: number): bigint | undefined {
  let any = 0
  for (let w = 2; w < 8; w++) any |= words[at + w]!
  if (any === 0) return undefined
  let units = 0n
  for (let w = 7; w >= 0; w--) units = (units << 32n) | BigInt(words[at + w]!)
  return units
}

/** The transactions of rows that come in ledger order; `of` is filled with each row's. */
function createTransactions(of: Uint32Array) {
  const columns = {
    ...{ txid: new Uint32Array(8 * of.length), height: new Uint32Array(of.length), time: new Uint32Array(of.length) },
    firstTransfer: new Uint32Array(of.length + 1),
  }
  let count = 0
  /** The last transaction that is known: its number in the whole ledger, and here. */
  const known = { number: -1, here: -1 }
  return {
    add(row: number, transaction: number, words: Uint32Array, at: number): void {
      if (transaction === known.number) {
        // What lies between two rows of one transaction is of it too.
        of.fill(known.here, columns.firstTransfer[known.here], row + 1)
        count = known.here + 1
        return
      }
      known.number = transaction
      known.here = count
      columns.height[count] = words[at + 8]!
      columns.time[count] = words[at + 9]!
      for (let w = 0; w < 8; w++) columns.txid[8 * count + w] = words[at + 10 + w]!
      columns.firstTransfer[count] = row
      of[row] = count++
    },
    /** A row of which no transaction is known: one of its own. */
    unknown(row: number): void {
      columns.height[count] = columns.time[count] = 0
      columns.txid.fill(0, 8 * count, 8 * count + 8)
      columns.firstTransfer[count] = row
      of[row] = count++
    },
    close() {
      columns.firstTransfer[count] = of.length
      return {
        ...{ count, txid: new Uint8Array(columns.txid.buffer, 0, 32 * count) },
        ...{ height: columns.height.subarray(0, count), time: columns.time.subarray(0, count) },
        firstTransfer: columns.firstTransfer.subarray(0, count + 1),
      }
    },
  }
}

function addressesOf(
  stock: Stock,
  network: NetworkId,
  { count, rowOf, placeOf }: People,
  transactionsOf: (row: number) => Uint32Array,
): AccountColumns['addresses'] {
  const texts = new Array<string | undefined>(count)
  const rows = new Map<string, number>()
  for (const [name, number] of stock.names) rows.set(name, rowOf[stock.accounts.find(number)]!)
  return {
    count,
    format(row) {
      const known = texts[row]
      if (known !== undefined) return known
      const text = textOf(stock, network, placeOf[row]!)
      texts[row] = text
      rows.set(text, row)
      return text
    },
    // Who asks has a name that was asked for before, or what `format` gave; else all are looked through.
    find(address) {
      const known = rows.get(address)
      if (known !== undefined) return known
      const key = keyFrom(network, address)
      const row = placeOf.findIndex(place => equals(keyOf(stock, place), key))
      return row < 0 ? undefined : row
    },
    keyOf: row => keyOf(stock, placeOf[row]!).slice(),
    transactionsOf,
  }
}

/** The address of an account, by its place in the stock. */
export function textOf(stock: Stock, network: NetworkId, place: number): string {
  const key = keyOf(stock, place)
  return Address.fromKey(network, key[0]!, key.subarray(1)).address
}

/** Type and payload of an address. */
export function keyFrom(network: NetworkId, address: string): Uint8Array {
  const { type, payload } = Address.toKey({ network, address })
  return Uint8Array.from([type, ...payload])
}
