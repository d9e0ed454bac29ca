import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import { type Batch, batchOf, batchRows, digestOf, type Keys, type Slice, wholeOf } from './batch.ts'
import { type Blocker, createBlocker } from './block.ts'
import type { Connection } from './connect.ts'
import { insertAll } from './insert.ts'
import { FORMER, TABLES } from './schema.ts'
import * as Table from './table.ts'

/** What a run of loading did. */
export type Loaded = {
  readonly generation: number
  /** Rows that stand there now, and how many of them this run added. */
  readonly rows: number
  readonly added: number
  /** The database held another ledger, or another beginning of it: it was loaded anew beside the old one. */
  readonly anew: boolean
}

export type LoadOptions = {
  /** Told after every single step, before the next one; what it throws ends the run there. */
  readonly step?: (name: string, rows: number) => void
  readonly batchRows?: number
}

/** Makes the tables on every shard, as a user who may. Nothing that is there is touched. */
export async function makeTables(connection: Connection): Promise<void> {
  for (let shard = 0; shard < connection.shards; shard++) {
    for (const sql of TABLES) await connection.run(shard, sql)
  }
}

/** Tables that another version made and this one does not read; what they hold is untouched. */
export async function formerTables(connection: Connection): Promise<string[]> {
  const rows = await connection.rows<{ name: string }>(Table.FORMER, { names: FORMER })
  return rows.map(({ name }) => name)
}

/**
 * Loads a ledger, from where the last run ended. Batches have the same rows and tokens whenever they are repeated; one
 * is begun before its rows are sent and done after, and the new end of what may be read is written last of all. Killed
 * anywhere, the next run comes to the same. A batch is sent while it is made.
 * Failures: ClickHouse.*.
 */
export async function load(
  connection: Connection,
  columns: AccountColumns,
  options: LoadOptions = {},
): Promise<Loaded> {
  const slice = wholeOf(columns)
  const plan = await planOf(connection, columns, slice.keys)
  const blocker = createBlocker(plan.generation, connection.shards)
  const loader: Loader = { connection, columns, plan, slice, step: options.step ?? (() => {}) }
  const rows = columns.transfers.count
  let again = plan.unfinished !== null
  for (const batch of batchesOf(columns, plan, options.batchRows ?? batchRows(connection.shards))) {
    slice.keys.fill(batch.accounts)
    await addBatch(loader, blocker, batch, again)
    again = false
  }
  await verify(connection, columns, plan.generation)
  loader.step('verified', rows)
  await publish(connection, {
    ...{ network: columns.network, generation: plan.generation, rows, accounts: columns.addresses.count },
    ...{ assets: JSON.stringify(columns.assets), coverage: JSON.stringify(columns.coverage()) },
  })
  loader.step('published', rows)
  return { generation: plan.generation, rows, added: rows - plan.begin, anew: plan.anew }
}

type Loader = {
  readonly connection: Connection
  readonly columns: AccountColumns
  readonly plan: Plan
  readonly slice: Slice
  readonly step: (name: string, rows: number) => void
}

type Plan = {
  readonly generation: number
  readonly begin: number
  readonly accountsBefore: number
  readonly anew: boolean
  /** Where the batch ends that was begun and not done. */
  readonly unfinished: number | null
}

function* batchesOf(columns: AccountColumns, plan: Plan, rows: number): Generator<Batch, undefined> {
  let { begin, accountsBefore, unfinished } = plan
  while (begin < columns.transfers.count) {
    const end = unfinished ?? Math.min(begin + rows, columns.transfers.count)
    const batch = batchOf(columns, begin, end, accountsBefore)
    yield batch
    unfinished = null
    begin = end
    accountsBefore = batch.accounts
  }
}

/** Goes on with the last generation where every batch of it is what this ledger says; else begins a new one. */
async function planOf(connection: Connection, columns: AccountColumns, keys: Keys): Promise<Plan> {
  const held = await connection.rows<Table.PortionRow>(Table.PORTIONS, { network: columns.network })
  let [begin, accountsBefore] = [0, 0]
  for (const row of held) {
    const end = Number(row.end)
    const fits = Number(row.begin) === begin && end <= columns.transfers.count
    const batch = fits ? batchOf(columns, begin, end, accountsBefore) : undefined
    if (batch === undefined || digestOf(columns, keys, batch) !== row.digest) return fresh(connection, true)
    const generation = Number(row.generation)
    if (row.done === 0) return { generation, anew: false, begin, accountsBefore, unfinished: end }
    begin = end
    accountsBefore = batch.accounts
  }
  const last = held.at(-1)
  if (last === undefined) return fresh(connection, false)
  return { generation: Number(last.generation), begin, accountsBefore, anew: false, unfinished: null }
}

async function fresh(connection: Connection, anew: boolean): Promise<Plan> {
  return { generation: await freshGeneration(connection), begin: 0, accountsBefore: 0, anew, unfinished: null }
}

/** The number of a generation of which nothing is there. */
export async function freshGeneration(connection: Connection): Promise<number> {
  const [held] = await connection.rows<{ generation: string }>(Table.GENERATIONS)
  return Number(held?.generation ?? 0) + 1
}

async function addBatch(
  { connection, columns, slice, plan, step }: Loader,
  blocker: Blocker,
  batch: Batch,
  again: boolean,
) {
  const { generation } = plan
  const { begin, end, accounts } = batch
  const row = {
    generation,
    network: columns.network,
    begin,
    end,
    accounts,
    digest: digestOf(columns, slice.keys, batch),
  }
  const mark = (done: 0 | 1) => connection.run(0, Table.ADD_PORTION, { ...row, done }, `${generation}:${begin}:${done}`)
  if (!again) await mark(0)
  step('begun', begin)
  await insertAll(connection, blocker.blocks(slice, batch), `${generation}:${begin}`, name => step(name, begin))
  await mark(1)
  step('done', end)
}

/** All rows are there, and each address has one number: what another wrote, or what was lost, is not published. */
async function verify(connection: Connection, { transfers, addresses }: AccountColumns, generation: number) {
  const [found] = await connection.rows<Record<'transfer' | 'address' | 'keys', string>>(Table.COUNTS, { generation })
  let expected = 0
  for (let row = 0; row < transfers.count; row++) {
    if (transfers.from[row] !== NONE) expected++
    if (transfers.to[row] !== NONE) expected++
  }
  const { count } = addresses
  if (Number(found!.transfer) !== expected) throw altered(generation, 'transfer', expected, found!.transfer)
  if (Number(found!.address) !== count) throw altered(generation, 'address', count, found!.address)
  if (Number(found!.keys) !== count) throw collided(generation, count - Number(found!.keys))
}

/** What readers are to see of a network. */
export type Published = {
  readonly network: NetworkId
  readonly generation: number
  readonly rows: number
  readonly accounts: number
  readonly assets: string
  readonly coverage: string
}

export async function publish(connection: Connection, row: Published): Promise<void> {
  const { network } = row
  const [last] = await connection.rows<Table.LedgerRow>(Table.LEDGER, { network })
  if (last !== undefined && isSame(last, row)) return
  const serial = Number(last?.serial ?? 0) + 1
  await connection.run(0, Table.ADD_LEDGER, { ...row, serial }, `${network}:${serial}`)
}

function isSame(last: Table.LedgerRow, row: Published): boolean {
  if (Number(last.generation) !== row.generation || Number(last.rows) !== row.rows) return false
  return last.assets === row.assets && last.coverage === row.coverage
}

function collided(generation: number, twice: number): Failure {
  const said = `In generation ${generation} ${twice} addresses have two numbers: nothing is answered from it.`
  return new Failure('ClickHouse.Collision', 'conflict', said, {
    hint: 'The ledger that was loaded is damaged: athar ledger rebuild, then load again.',
  })
}

function altered(generation: number, table: string, expected: number, found: string): Failure {
  const said = `Generation ${generation} has ${found} rows in ${table}; the ledger has ${expected}.`
  return new Failure('ClickHouse.Altered', 'corrupt', said, {
    hint: 'Somebody else wrote there, or rows were lost. Drop the generation as administrator and load it anew.',
  })
}
