import type { Asset } from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { parseHex, viewOf } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import { KINDS } from '../columns.ts'
import type { Connection, Frontier, Parameters } from './connect.ts'
import { type About, type Excerpt, excerptOf, keyFrom, textOf } from './excerpt.ts'
import * as Native from './native.ts'
import { KEY, PARTS } from './row.ts'
import { createStock, keepHistories, type Lot, type Stock, type Stretch, setKey, takeRows } from './stock.ts'
import * as Table from './table.ts'

/** What a walk wants to know next; the answer lies in the ledger afterwards. Accounts are named by their numbers. */
export type FarQuestion =
  | { readonly ask: 'names'; readonly names: readonly string[] }
  | { readonly ask: 'histories'; readonly accounts: readonly number[]; readonly limit: number }
  | { readonly ask: 'last payments'; readonly accounts: readonly number[] }
  | { readonly ask: 'payments to'; readonly payees: readonly number[]; readonly payers: readonly number[] }

/**
 * An account chain's ledger that lies in ClickHouse, pinned to what could be read when it was opened, with the part of
 * it that was asked for.
 */
export type FarLedger = About & {
  readonly stock: Stock
  answer(question: FarQuestion): Promise<void>
  /** An address's number, or undefined: nowhere in what was read. Asked as a name before. */
  numberOf(address: string): number | undefined
  /** The transfer `txid:index`; likewise. */
  transferOf(outpoint: string): Stretch | undefined
  /** An account's transfers that move value, in ledger order; null: they did not fit the limit. */
  historyOf(account: number): Stretch | null
  format(account: number): string
  /** What was fetched as a ledger: what a walk follows, and all that was asked for by name or at its border. */
  excerpt(followed: readonly Stretch[]): Excerpt
}

/** Where a ledger stands: what its statements are given. */
export type Pin = { readonly connection: Connection; readonly row: Table.LedgerRow; readonly network: NetworkId }

/** The ledger of a network as far as it is loaded; undefined: nothing of it is. */
export async function pin(connection: Connection, network: NetworkId): Promise<Pin | undefined> {
  const [row] = await connection.rows<Table.LedgerRow>(Table.LEDGER, { network })
  return row === undefined ? undefined : { connection, row, network }
}

/** Networks of which something is loaded. */
export async function networks(connection: Connection): Promise<NetworkId[]> {
  const rows = await connection.rows<{ network: NetworkId }>(Table.NETWORKS)
  return rows.map(row => row.network)
}

/** Every shard's version, and how many transfers may be read of each network. */
export async function status(connection: Connection) {
  const versions: string[] = []
  for (let shard = 0; shard < connection.shards; shard++) {
    const [row] = await connection.rows<{ version: string }>(Table.VERSION, {}, shard)
    versions.push(row!.version)
  }
  const ledgers: { network: NetworkId; rows: number }[] = []
  for (const network of await networks(connection)) {
    ledgers.push({ network, rows: Number((await pin(connection, network))!.row.rows) })
  }
  return { versions, ledgers }
}

export function parametersOf({ row }: Pin): Parameters {
  return { generation: row.generation, rows: row.rows }
}

/** The shard where all of an account stands. */
export function shardOf({ connection }: Pick<Pin, 'connection'>, account: number): number {
  return account % connection.shards
}

export function openFar(at: Pin): FarLedger {
  const { network, row } = at
  const far: Far = { ...at, stock: createStock(), outpoints: new Map(), beside: [] }
  const about: About = {
    ...{ network, assets: JSON.parse(row.assets) as Asset[], coverage: JSON.parse(row.coverage) as Coverage },
  }
  const { stock } = far
  return {
    ...{ ...about, stock },
    answer: question => answer(far, question),
    numberOf: address => stock.names.get(address),
    transferOf: outpoint => far.outpoints.get(outpoint),
    historyOf: account => stock.histories.get(account) ?? null,
    format: account => textOf(stock, network, stock.accounts.find(account)),
    excerpt: followed => excerptOf(stock, about, followed, far.beside),
  }
}

type Far = Pin & {
  readonly stock: Stock
  readonly outpoints: Map<string, Stretch>
  /** Transfers that were asked for by name, or since they may come back to the origin. */
  readonly beside: Stretch[]
}

async function answer(far: Far, question: FarQuestion): Promise<void> {
  if (question.ask === 'names') return findNames(far, question.names)
  if (question.ask === 'histories') return findHistories(far, question.accounts, question.limit)
  if (question.ask === 'last payments') return findLast(far, question.accounts)
  return findPayments(far, question.payees, question.payers)
}

/** Asks every shard: where one is gone a question fails at its very beginning. */
async function findNames(far: Far, names: readonly string[]): Promise<void> {
  const keys = new Map<string, string>()
  for (const name of names) {
    const outpoint = /^(?:0x)?([0-9a-fA-F]{64}):(\d{1,9})$/.exec(name)
    if (outpoint !== null) await findOutpoint(far, name, outpoint[1]!, Number(outpoint[2]))
    else keys.set(textOfKey(keyFrom(far.network, name)), name)
  }
  const frontier = { structure: `key ${PARTS.key[1]}`, bytes: Buffer.from([...keys.keys()].join(''), 'latin1') }
  const results = await each(far, Table.ACCOUNTS, { ...parametersOf(far), accounts: far.row.accounts }, () => frontier)
  for (const result of results) {
    const [bytes, accounts] = [Native.bytesOf(result, 'key'), Native.whole(result, 'account')]
    for (let k = 0; k < result.count; k++) {
      const key = bytes.subarray(KEY * k, KEY * k + KEY)
      setKey(far.stock, accounts[k]!, key)
      far.stock.names.set(keys.get(textOfKey(key))!, accounts[k]!)
    }
  }
}

function textOfKey(key: Uint8Array): string {
  return Buffer.from(key).toString('latin1')
}

async function findOutpoint(far: Far, name: string, txid: string, index: number): Promise<void> {
  const id = viewOf(parseHex(txid.toLowerCase())!).getBigUint64(0, true)
  const given = { ...parametersOf(far), txid, index, id, fee: KINDS.indexOf('fee') }
  const results = await each(far, Table.OUTPOINT, given)
  const lots = results.filter(({ count }) => count > 0).map(result => takeRows(far.stock, [result], endOf(far), true))
  const [lot] = lots.sort((a, b) => a.position[0]! - b.position[0]!)
  if (lot === undefined) return
  const account = lot.account[0]!
  const shard = shardOf(far, account)
  const told = await far.connection.select(shard, Table.KEY_OF, { generation: far.row.generation, account })
  setKey(far.stock, account, Native.bytesOf(told, 'key').subarray(0, KEY))
  const stretch = { lot, first: 0, end: 1 }
  far.outpoints.set(name, stretch)
  far.beside.push(stretch)
}

/** Fetches what fits: accounts in the order given until one does not, as the embedded ledger admits them. */
async function findHistories(far: Far, accounts: readonly number[], limit: number): Promise<void> {
  const asked = frontiersOf(far, accounts)
  const given = parametersOf(far)
  const results = await each(far, Table.HISTORIES, { ...given, limit: limit + 1 }, asked)
  if (results.every(({ count }) => count <= limit)) {
    keepHistories(far.stock, take(far, results), accounts)
    return
  }
  const lengthOf = new Map<number, number>()
  for (const result of await each(far, Table.LENGTHS, given, asked)) {
    const [of, lengths] = [Native.whole(result, 'account'), Native.whole(result, 'length')]
    for (let k = 0; k < result.count; k++) lengthOf.set(of[k]!, lengths[k]!)
  }
  let sum = 0
  const admitted: number[] = []
  for (const account of accounts) {
    sum += lengthOf.get(account) ?? 0
    if (sum > limit) break
    admitted.push(account)
  }
  if (admitted.length === 0) return
  const all = { ...given, limit: 2n ** 62n }
  const lot = take(far, await each(far, Table.HISTORIES, all, frontiersOf(far, admitted)))
  keepHistories(far.stock, lot, admitted)
}

async function findLast(far: Far, accounts: readonly number[]): Promise<void> {
  const results = await each(far, Table.LAST_PAYMENTS, parametersOf(far), frontiersOf(far, accounts))
  for (const result of results) {
    const [of, last] = [Native.whole(result, 'account'), Native.whole(result, 'last')]
    const asset = Native.u16(result, 'asset')
    for (let k = 0; k < result.count; k++) far.stock.last.set(of[k]! * 65_536 + asset[k]!, last[k]!)
  }
}

async function findPayments(far: Far, payees: readonly number[], payers: readonly number[]): Promise<void> {
  if (payers.length === 0) return
  const frontier = frontierOf(payers)
  const byShard = split(far, payees)
  const results = await Promise.all(
    byShard.map((list, shard) => {
      if (list.length === 0) return nothing
      const given = { ...parametersOf(far), payees: list.map(BigInt) }
      return far.connection.select(shard, Table.PAYMENTS_TO, given, frontier)
    }),
  )
  const lot = take(far, results)
  far.beside.push({ lot, first: 0, end: lot.count })
}

const nothing: Native.NativeResult = { count: 0, columns: new Map() }

function take(far: Far, results: readonly Native.NativeResult[]): Lot {
  return takeRows(far.stock, results, endOf(far), true)
}

/** The position at which what may be read ends. */
export function endOf({ row }: Pick<Pin, 'row'>): number {
  return Number(row.rows)
}

/** Asks the shards at once, each for what stands there; those that are asked about nothing are left alone. */
export async function each(
  { connection }: Pick<Pin, 'connection'>,
  sql: string,
  parameters: Parameters,
  frontier: (shard: number) => Frontier | undefined = () => undefined,
): Promise<Native.NativeResult[]> {
  const shards = Array.from({ length: connection.shards }, (_, shard) => shard)
  const asked = shards.map(shard => {
    const along = frontier(shard)
    return along?.bytes.length === 0 ? nothing : connection.select(shard, sql, parameters, along)
  })
  // Whatever fails, nothing goes on behind it.
  await Promise.allSettled(asked)
  return Promise.all(asked)
}

/** Accounts as tables that go along with a question, by the shard where they stand. */
export function frontiersOf(far: Pick<Pin, 'connection'>, accounts: readonly number[]): (shard: number) => Frontier {
  const lists = split(far, accounts).map(frontierOf)
  return shard => lists[shard]!
}

/** Accounts by shard, ascending. */
function split(far: Pick<Pin, 'connection'>, accounts: readonly number[]): number[][] {
  const lists: number[][] = Array.from({ length: far.connection.shards }, () => [])
  for (const account of accounts) lists[shardOf(far, account)]!.push(account)
  return lists
}

function frontierOf(accounts: readonly number[]): Frontier {
  const numbers = BigUint64Array.from(accounts, BigInt)
  return { structure: 'account UInt64', bytes: new Uint8Array(numbers.buffer) }
}

/** A question that would have to hold more than so many transfers of a network at once. */
export function tooMuch(network: NetworkId, limit: number): Failure {
  return new Failure('ClickHouse.TooMuch', 'limit', `This question needs more than ${limit} transfers of ${network}.`, {
    hint: 'Ask for less: fewer addresses, fewer hops, a smaller limit.',
    facts: { network, limit },
  })
}
