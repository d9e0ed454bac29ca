import * as Address from '../../chain/address.ts'
import type { Asset } from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { KINDS } from '../columns.ts'
import type { Connection, Parameters } from './connect.ts'
import { createHasher } from './hash.ts'
import * as Native from './native.ts'
import { createStock, type Excerpt, excerptOf, historyAt, type Stock, takeAccounts, takeRows } from './stock.ts'
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
export type FarLedger = {
  readonly network: NetworkId
  readonly assets: readonly Asset[]
  readonly coverage: Coverage
  readonly stock: Stock
  answer(question: FarQuestion): Promise<void>
  /** Asks which addresses accounts are that came up for the first time. */
  identify(accounts: readonly bigint[]): Promise<void>
  /** An address's number, or undefined: nowhere in what was read. Asked as a name before. */
  numberOf(address: string): number | undefined
  /** Place in the stock of the transfer `txid:index`; likewise. */
  placeOf(outpoint: string): number | undefined
  /** Places of an account's transfers that move value, in ledger order; null: they did not fit the limit. */
  historyOf(account: number): Uint32Array | null
  format(account: number): string
  excerpt(): Excerpt
}

/** Where a ledger stands: what its statements are given. */
export type Pin = { readonly connection: Connection; readonly row: Table.LoadRow; readonly network: NetworkId }

/** The ledger of a network as far as it is loaded; undefined: nothing of it is. */
export async function pin(connection: Connection, network: NetworkId): Promise<Pin | undefined> {
  const [row] = await connection.rows<Table.LoadRow>(Table.LOAD, { network })
  return row === undefined ? undefined : { connection, row, network }
}

/** Networks of which something is loaded. */
export async function networks(connection: Connection): Promise<NetworkId[]> {
  const rows = await connection.rows<{ network: NetworkId }>(Table.NETWORKS)
  return rows.map(row => row.network)
}

export function parametersOf({ row }: Pin): Parameters {
  return { generation: row.generation, rows: row.rows }
}

export function openFar(at: Pin, session: string): FarLedger {
  const { network, row } = at
  const far: Far = {
    ...{ ...at, session, stock: createStock(network), names: new Map(), outpoints: new Map(), whole: new Set() },
    hash: createHasher(row.salt),
  }
  const assets = JSON.parse(row.assets) as Asset[]
  const coverage = JSON.parse(row.coverage) as Coverage
  const { stock } = far
  return {
    ...{ network, assets, coverage, stock },
    answer: question => answer(far, question),
    identify: accounts => identify(far, accounts),
    numberOf: address => far.names.get(address),
    placeOf: outpoint => far.outpoints.get(outpoint),
    historyOf: account => (far.whole.has(account) ? historyAt(stock, stock.byNumber.get(account)!) : null),
    format: account => stock.keys.format(stock.key[stock.byNumber.get(account)!]!),
    excerpt: () => excerptOf(stock, network, assets, coverage),
  }
}

type Far = Pin & {
  readonly session: string
  readonly stock: Stock
  readonly names: Map<string, number>
  readonly outpoints: Map<string, number>
  /** Numbers of the accounts whose whole history is in the stock. */
  readonly whole: Set<number>
  readonly hash: ReturnType<typeof createHasher>
}

async function answer(far: Far, question: FarQuestion): Promise<void> {
  if (question.ask === 'names') return findNames(far, question.names)
  if (question.ask === 'histories') return findHistories(far, question.accounts, question.limit)
  if (question.ask === 'last payments') {
    if (question.accounts.length === 0) return
    await setFrontier(far, hashesOf(far, question.accounts))
    return take(far, await far.connection.select(Table.LAST_PAYMENTS, parametersOf(far), far.session))
  }
  if (question.payees.length === 0 || question.payers.length === 0) return
  await setFrontier(far, hashesOf(far, question.payers))
  const payees = hashesOf(far, question.payees)
  await take(far, await far.connection.select(Table.PAYMENTS_TO, { ...parametersOf(far), payees }, far.session))
}

async function findNames(far: Far, names: readonly string[]): Promise<void> {
  const hashes = new Map<bigint, string>()
  for (const name of names) {
    const outpoint = /^(?:0x)?([0-9a-fA-F]{64}):(\d{1,9})$/.exec(name)
    if (outpoint !== null) await findOutpoint(far, name, outpoint[1]!, Number(outpoint[2]))
    else hashes.set(hashOf(far, name), name)
  }
  if (hashes.size === 0) return
  await identify(far, [...hashes.keys()])
  for (const [hash, name] of hashes) {
    const place = far.stock.accountOf.get(hash)
    if (place !== undefined) far.names.set(name, far.stock.numbers[place]!)
  }
}

async function findOutpoint(far: Far, name: string, txid: string, index: number): Promise<void> {
  const given = { ...parametersOf(far), txid, index, fee: KINDS.indexOf('fee') }
  const result = await far.connection.select(Table.OUTPOINT, given)
  if (result.count === 0) return
  await take(far, result)
  far.outpoints.set(name, far.stock.placeOf.get(Native.whole(result, 'position')[0]!)!)
}

/** The account of an address. */
export function hashOf({ network, hash }: Pick<Far, 'network' | 'hash'>, address: string): bigint {
  const { type, payload } = Address.toKey({ network, address })
  const bytes = hash(Uint8Array.from([type, ...payload]))
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true)
}

/** Fetches what fits: accounts in the order given until one does not, as the embedded ledger admits them. */
async function findHistories(far: Far, accounts: readonly number[], limit: number): Promise<void> {
  const { connection, session, stock } = far
  await setFrontier(far, hashesOf(far, accounts))
  const result = await connection.select(Table.HISTORIES, { ...parametersOf(far), limit: limit + 1 }, session)
  if (result.count <= limit) {
    await take(far, result)
    for (const account of accounts) far.whole.add(account)
    return
  }
  const lengths = await connection.select(Table.LENGTHS, parametersOf(far), session)
  const [hashes, counts] = [Native.u64(lengths, 'account'), Native.whole(lengths, 'length')]
  const lengthOf = new Map<number, number>()
  hashes.forEach((hash, k) => {
    lengthOf.set(stock.numbers[stock.accountOf.get(hash)!]!, counts[k]!)
  })
  let sum = 0
  const admitted: number[] = []
  for (const account of accounts) {
    sum += lengthOf.get(account) ?? 0
    if (sum > limit) break
    admitted.push(account)
  }
  if (admitted.length > 0) await findHistories(far, admitted, limit)
}

/** Takes rows, and asks who the accounts are that come up in them for the first time. */
async function take(far: Far, result: Native.NativeResult): Promise<void> {
  await identify(far, takeRows(far.stock, result))
}

async function identify(far: Far, hashes: readonly bigint[]): Promise<void> {
  const { connection, session, stock, row } = far
  if (hashes.length === 0) return
  await setFrontier(far, hashes)
  const result = await connection.select(Table.ACCOUNTS, { generation: row.generation }, session)
  if (!takeAccounts(stock, result, Number(row.accounts))) throw collided(row.generation)
  for (const hash of hashes) {
    const place = stock.accountOf.get(hash)
    if (place !== undefined && stock.numbers[place] === -1) throw collided(row.generation)
  }
}

async function setFrontier({ connection, session }: Far, hashes: readonly bigint[]): Promise<void> {
  await connection.run(0, Table.FRONTIER, {}, { session })
  const bytes = new Uint8Array(BigUint64Array.from(hashes).buffer)
  const block = Native.encode(hashes.length, [{ name: 'account', type: 'UInt64', bytes }])
  await connection.insert(0, Table.ADD_FRONTIER, block, { session })
}

function hashesOf({ stock }: Far, accounts: readonly number[]): bigint[] {
  return accounts.map(account => stock.hashes[stock.byNumber.get(account)!]!)
}

function collided(generation: string): Failure {
  const said = `In generation ${generation} an account is of no address, or of two: nothing can be answered from it.`
  return new Failure('ClickHouse.Collision', 'conflict', said, {
    hint: 'Load it anew: another generation has another salt. It happens by chance once in 10^19 pairs.',
  })
}
