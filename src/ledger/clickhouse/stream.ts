import type { AccountBlock } from '../../chain/account-block.ts'
import * as Asset from '../../model/asset.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { AccountColumns } from '../columns.ts'
import { emptyTransfers, linkTransfers } from '../stock.ts'
import { createBook } from '../transfer-book.ts'
import { toCsv } from '../transfer-csv.ts'
import { readTransfers } from '../transfer-file.ts'
import { createKeys, digestOf, type Keys, type Slice } from './batch.ts'
import { createBlocker } from './block.ts'
import type { Connection } from './connect.ts'
import { pin } from './far.ts'
import { insertAll } from './insert.ts'
import { freshGeneration, publish } from './load.ts'
import * as Native from './native.ts'
import { KEY, KEY_WORDS, PARTS } from './row.ts'
import * as Table from './table.ts'

/**
 * A ledger in ClickHouse that is filled from blocks as a node tells them, without its columns in memory: they come in
 * the order of the chain, so that what is linked of some whole blocks is the next piece of the ledger. Its numbers go
 * on where those of the pieces before end; which addresses have one already the database is asked, piece by piece.
 *
 * A piece is begun before its rows are sent, with the blocks that it is made of and the numbers behind it, and done
 * after; killed anywhere, the same blocks make the same piece. Blocks must be final: what was loaded is not taken back.
 */
export type BlockStream = {
  readonly generation: number
  /** The highest block that stands there; null: none. */
  readonly last: { readonly height: number; readonly hash: string } | null
  /** The lowest height that was read; null: none. */
  readonly first: number | null
  /** Blocks that were begun, to be given before all others, together. */
  readonly unfinished: { readonly low: number; readonly high: number } | null
  /** Takes the next blocks. `differs`: they were begun, and then told otherwise. */
  add(blocks: readonly AccountBlock[]): Promise<Taken | 'differs'>
  /** Lets readers see what stands there. */
  publish(tip: { readonly height: number; readonly provider: string }): Promise<void>
  /** Whether readers see another generation, to be replaced by this one once it is as long as it should be. */
  readonly isBeside: boolean
  coverage(tip: { readonly height: number; readonly provider: string }): Coverage
}

export type Taken = {
  readonly transfers: number
  readonly rejected: readonly { readonly line: number; readonly reason: string }[]
}

/** How far a generation is. */
type State = {
  readonly rows: number
  readonly accounts: number
  readonly transactions: number
  readonly assets: readonly Asset.Asset[]
  readonly first: number | null
  /** Transactions in all of its blocks, of which not all move something. */
  readonly told: number
  readonly last: BlockStream['last']
}

const NOTHING: State = { rows: 0, accounts: 0, transactions: 0, assets: [], first: null, told: 0, last: null }

type Options = {
  /** Whether to begin a generation of its own beside what is there. */
  readonly anew?: boolean
  /** Told after every single step; what it throws ends the work there. */
  readonly step?: (name: string) => void
}

/** Goes on where the last piece ended. Failures: ClickHouse.*. */
export async function openStream(
  connection: Connection,
  network: NetworkId,
  { anew = false, step = () => {} }: Options = {},
): Promise<BlockStream> {
  const held = anew ? [] : await connection.rows<Table.ReadingRow>(Table.READINGS, { network })
  const [newest] = held
  const generation = newest === undefined ? await freshGeneration(connection) : Number(newest.generation)
  const begun = newest === undefined ? undefined : await openPiece(connection, network, newest)
  let state = stateOf(begun === undefined ? newest : held[1])
  let unfinished = begun
  const seen = (await pin(connection, network))?.row.generation
  const isBeside = seen !== undefined && Number(seen) !== generation
  const blocker = createBlocker(generation, connection.shards)
  const place: Place = { connection, network, generation, step }
  return {
    ...{ generation, isBeside },
    get last() {
      return state.last
    },
    get first() {
      return state.first
    },
    get unfinished() {
      return unfinished === undefined ? null : { low: Number(unfinished.low), high: Number(unfinished.high) }
    },
    async add(blocks) {
      const piece = await pieceOf(place, state, blocks)
      const same = unfinished
      if (same !== undefined && !isSame(same, piece)) return 'differs'
      if (same === undefined) await addReading(place, piece)
      if (piece.slice !== null) await send(place, blocker, piece, same?.done === 0)
      state = piece.after
      unfinished = undefined
      return { transfers: piece.columns?.transfers.count ?? 0, rejected: piece.rejected }
    },
    coverage: tip => coverageOf(network, state, tip),
    async publish(tip) {
      const { rows, accounts, assets } = state
      await publish(connection, {
        ...{ network, generation, rows, accounts },
        ...{ assets: JSON.stringify(assets), coverage: JSON.stringify(coverageOf(network, state, tip)) },
      })
      step('published')
    },
  }
}

type Place = {
  readonly connection: Connection
  readonly network: NetworkId
  readonly generation: number
  readonly step: (name: string) => void
}

type Begun = Table.ReadingRow & { readonly digest: string | null; readonly done: 0 | null }

/** The newest piece, where it was begun and not done. */
async function openPiece(
  connection: Connection,
  network: NetworkId,
  newest: Table.ReadingRow,
): Promise<Begun | undefined> {
  const { generation, begin, rows } = newest
  if (begin === rows) return undefined
  const [portion] = await connection.rows<{ digest: string; done: number }>(Table.PORTION, {
    ...{ network, generation, begin },
  })
  if (portion?.done === 1) return undefined
  return { ...newest, digest: portion?.digest ?? null, done: portion === undefined ? null : 0 }
}

function stateOf(row: Table.ReadingRow | undefined): State {
  if (row === undefined) return NOTHING
  return {
    ...{ rows: Number(row.rows), accounts: Number(row.accounts), transactions: Number(row.transactions) },
    ...{ assets: JSON.parse(row.assets) as Asset.Asset[], first: Number(row.first), told: Number(row.told) },
    last: { height: Number(row.high), hash: row.hash },
  }
}

/** Some blocks as the next piece of a ledger. */
type Piece = {
  readonly low: number
  readonly before: State
  readonly after: State
  readonly rejected: Taken['rejected']
  /** Null: nothing moved in these blocks. */
  readonly columns: AccountColumns | null
  readonly slice: Slice | null
  readonly digest: string
}

async function pieceOf(place: Place, before: State, blocks: readonly AccountBlock[]): Promise<Piece> {
  const [low, last] = [blocks[0]!.height, blocks.at(-1)!]
  const { columns, rejected } = link(place.network, blocks, before.assets)
  const { count } = columns.transfers
  const told = blocks.reduce((sum, block) => sum + block.transactions, before.told)
  const seen = { first: before.first ?? low, told, last: { height: last.height, hash: last.hash } }
  if (count === 0)
    return { low, before, after: { ...before, ...seen }, rejected, columns: null, slice: null, digest: '' }
  const keys = createKeys(columns)
  const { addresses } = columns
  keys.fill(addresses.count)
  const { accountOf, fresh } = await numbersOf(place, before.accounts, keys, addresses.count)
  const { assetOf, assets } = assetsOf(before.assets, columns.assets)
  const first = { row: before.rows, transaction: before.transactions }
  const after = {
    ...{ ...seen, rows: before.rows + count, accounts: before.accounts + fresh.length, assets },
    transactions: before.transactions + columns.transactions.count,
  }
  const digest = digestOf(columns, keys, { begin: 0, end: count, accountsBefore: 0, accounts: addresses.count })
  return { low, before, after, rejected, columns, slice: { columns, keys, first, accountOf, assetOf, fresh }, digest }
}

/** The blocks' transfers in ledger order, read as every source's are; assets that are known keep their decimals. */
function link(network: NetworkId, blocks: readonly AccountBlock[], known: readonly Asset.Asset[]) {
  const stock = emptyTransfers(network)
  stock.assets.push(...known)
  const book = createBook(network, stock, undefined)
  const rejected: { line: number; reason: string }[] = []
  const transfers = blocks.flatMap(block => block.transfers)
  if (transfers.length > 0) {
    readTransfers(
      [toCsv(transfers)],
      one => (one === network ? book : undefined),
      (line, verdict) => {
        if (typeof verdict !== 'string') rejected.push({ line, reason: verdict.conflict })
      },
    )
  }
  const { roll, keys, assets } = book
  return { columns: linkTransfers(network, { batches: [roll.slice(0)], keys, assets }).columns, rejected }
}

/** What the accounts of a piece are numbered: as before, or next in the order in which they first appear. */
async function numbersOf({ connection, generation }: Place, accounts: number, keys: Keys, count: number) {
  const known = await askNumbers(connection, generation, accounts, keys, count)
  const accountOf = new Uint32Array(count)
  const fresh: number[] = []
  for (let row = 0; row < count; row++) {
    const number = known.get(textOf(keys, row)) ?? accounts + fresh.push(row) - 1
    if (number >= 2 ** 32 - 1) throw tooMany(number)
    accountOf[row] = number
  }
  return { accountOf, fresh: Uint32Array.from(fresh) }
}

/** Numbers of the addresses that have one below `accounts`, by their keys. */
async function askNumbers(
  connection: Connection,
  generation: number,
  accounts: number,
  keys: Keys,
  count: number,
): Promise<Map<string, number>> {
  const known = new Map<string, number>()
  const bytes = Buffer.from(Array.from({ length: count }, (_, row) => textOf(keys, row)).join(''), 'latin1')
  const frontier = { structure: `key ${PARTS.key[1]}`, bytes }
  const asked = Array.from({ length: connection.shards }, (_, shard) =>
    connection.select(shard, Table.ACCOUNTS, { generation, accounts }, frontier),
  )
  await Promise.allSettled(asked)
  for (const found of await Promise.all(asked)) {
    const [key, account] = [Buffer.from(Native.bytesOf(found, 'key')), Native.whole(found, 'account')]
    for (let k = 0; k < found.count; k++) {
      const text = key.toString('latin1', KEY * k, KEY * k + KEY)
      if (known.has(text) && known.get(text) !== account[k]) throw twoWriters(generation)
      known.set(text, account[k]!)
    }
  }
  return known
}

function textOf({ words }: Keys, row: number): string {
  return Buffer.from(words.buffer, words.byteOffset + 4 * KEY_WORDS * row, KEY).toString('latin1')
}

/** Assets in the order in which the ledger first met them. */
function assetsOf(before: readonly Asset.Asset[], here: readonly Asset.Asset[]) {
  const assets = [...before]
  const places = new Map(assets.map((asset, at) => [Asset.key(asset), at]))
  const assetOf = Uint16Array.from(here, asset => {
    const held = places.get(Asset.key(asset))
    if (held !== undefined) return held
    places.set(Asset.key(asset), assets.length)
    return assets.push(asset) - 1
  })
  return { assetOf, assets }
}

/** Whether these are the blocks that were begun, and say the same. */
function isSame(begun: Begun, { low, after, digest }: Piece): boolean {
  const isBlock =
    Number(begun.low) === low && Number(begun.high) === after.last?.height && begun.hash === after.last.hash
  const counts = [begun.rows, begun.accounts, begun.transactions].map(Number).join()
  const isCount = counts === [after.rows, after.accounts, after.transactions].join()
  return isBlock && isCount && (begun.digest === null || begun.digest === digest)
}

async function addReading({ connection, network, generation, step }: Place, { low, before, after }: Piece) {
  const { first, told, last, rows, accounts, transactions, assets } = after
  const numbers = { low, high: last!.height, first: first!, told, begin: before.rows, rows, accounts, transactions }
  const row = { generation, network, hash: last!.hash, assets: JSON.stringify(assets), ...numbers }
  await connection.run(0, Table.ADD_READING, row, `${generation}:${low}:reading`)
  step('reading')
}

/** Sends a piece's rows, between the marks of its beginning and of its end. */
async function send(
  { connection, network, generation, step }: Place,
  blocker: ReturnType<typeof createBlocker>,
  { before, after, slice, digest }: Piece,
  isBegun: boolean,
): Promise<void> {
  const row = { generation, network, begin: before.rows, end: after.rows, accounts: after.accounts, digest }
  const mark = (done: 0 | 1) =>
    connection.run(0, Table.ADD_PORTION, { ...row, done }, `${generation}:${before.rows}:${done}`)
  if (!isBegun) await mark(0)
  step('begun')
  const batch = {
    ...{ begin: 0, end: slice!.columns.transfers.count },
    ...{ accountsBefore: before.accounts, accounts: after.accounts },
  }
  await insertAll(connection, blocker.blocks(slice!, batch), `${generation}:${before.rows}`, step)
  await checkNumbers(connection, generation, after.accounts, slice!)
  await mark(1)
  step('done')
}

/** Each address of a piece has the number that it was given, and no other: nobody else writes here. */
async function checkNumbers(connection: Connection, generation: number, accounts: number, slice: Slice): Promise<void> {
  const { count } = slice.columns.addresses
  const found = await askNumbers(connection, generation, accounts, slice.keys, count)
  for (let row = 0; row < count; row++) {
    if (found.get(textOf(slice.keys, row)) !== slice.accountOf![row]) throw twoWriters(generation)
  }
}

/** As the embedded ledger says it of the same blocks. */
function coverageOf(network: NetworkId, state: State, tip: { readonly height: number; readonly provider: string }) {
  const { first, last, told, rows } = state
  const own: Coverage = {
    ...unread(network),
    ...{ fromHeight: first, toHeight: last?.height ?? null, transactionsRead: told, transactionsExpected: told },
    ...{ truncated: false, finality: rows === 0 ? null : 'provider-attested', provider: tip.provider },
    tipHeight: Math.max(tip.height, last?.height ?? 0),
  }
  return own
}

function twoWriters(generation: number): Failure {
  return new Failure('ClickHouse.TwoWriters', 'conflict', `Somebody else writes to generation ${generation}.`, {
    hint: 'Let one process load a network at a time; drop the generation as administrator and load it anew.',
  })
}

function tooMany(number: number): Failure {
  return new Failure('ClickHouse.TooManyAddresses', 'limit', `The ledger has ${number} addresses, and takes no more.`, {
    hint: 'Numbers of addresses are 32 bits where a ledger is loaded.',
  })
}
