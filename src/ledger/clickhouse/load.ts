import { toHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import { type AccountColumns, NONE } from '../columns.ts'
import {
  type Accounts,
  accountBlock,
  BATCH_ROWS,
  type Batch,
  batchOf,
  createAccounts,
  digestOf,
  transferBlock,
} from './batch.ts'
import type { Connection } from './connect.ts'
import { TABLES } from './schema.ts'
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
  /** 16 random bytes, secret to the data. */
  readonly salt: () => Uint8Array
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

/**
 * Loads a ledger, from where the last run ended. Batches have the same rows and tokens whenever they are repeated; one
 * is begun before its rows are sent and done after, and the new end of what may be read is written last of all. Killed
 * anywhere, the next run comes to the same. Failures: ClickHouse.*.
 */
export async function load(connection: Connection, columns: AccountColumns, options: LoadOptions): Promise<Loaded> {
  const step = options.step ?? (() => {})
  const plan = await planOf(connection, columns, options)
  const loader: Loader = {
    connection,
    columns,
    plan,
    accounts: createAccounts(columns, plan.salt, connection.shards),
    step,
  }
  let { begin, accountsBefore } = plan
  const rows = columns.transfers.count
  const first = begin
  while (begin < rows) {
    const end = plan.unfinished ?? Math.min(begin + (options.batchRows ?? BATCH_ROWS), rows)
    const batch = batchOf(columns, begin, end, accountsBefore)
    const again = plan.unfinished !== null
    plan.unfinished = null
    await addBatch(loader, batch, again)
    begin = end
    accountsBefore = batch.accounts
  }
  await verify(connection, columns, plan.generation)
  step('verified', rows)
  await publish(loader, accountsBefore)
  return { generation: plan.generation, rows, added: rows - first, anew: plan.anew }
}

type Loader = {
  readonly connection: Connection
  readonly columns: AccountColumns
  readonly plan: Plan
  readonly accounts: Accounts
  readonly step: (name: string, rows: number) => void
}

type Plan = {
  readonly generation: number
  readonly salt: string
  readonly begin: number
  readonly accountsBefore: number
  readonly anew: boolean
  /** Where the batch ends that was begun and not done. */
  unfinished: number | null
}

/** Goes on with the last generation where every batch of it is what this ledger says; else begins a new one. */
async function planOf(connection: Connection, columns: AccountColumns, { salt }: LoadOptions): Promise<Plan> {
  const held = await connection.rows<Table.BatchRow>(Table.BATCHES, { network: columns.network })
  let [begin, accountsBefore] = [0, 0]
  for (const row of held) {
    const end = Number(row.end)
    const fits = Number(row.begin) === begin && end <= columns.transfers.count
    const batch = fits ? batchOf(columns, begin, end, accountsBefore) : undefined
    if (batch === undefined || digestOf(columns, batch) !== row.digest) return fresh(connection, salt, true)
    const kept = { generation: Number(row.generation), salt: row.salt, anew: false }
    if (row.done === 0) return { ...kept, begin, accountsBefore, unfinished: end }
    begin = end
    accountsBefore = batch.accounts
  }
  const last = held.at(-1)
  if (last === undefined) return fresh(connection, salt, false)
  return { generation: Number(last.generation), salt: last.salt, begin, accountsBefore, anew: false, unfinished: null }
}

async function fresh(connection: Connection, salt: LoadOptions['salt'], anew: boolean): Promise<Plan> {
  const [held] = await connection.rows<{ generation: string }>(Table.GENERATIONS)
  const generation = Number(held?.generation ?? 0) + 1
  return { generation, salt: toHex(salt()), begin: 0, accountsBefore: 0, anew, unfinished: null }
}

async function addBatch({ connection, columns, plan, accounts, step }: Loader, batch: Batch, again: boolean) {
  const { generation } = plan
  accounts.fill(batch.accounts)
  const row = {
    ...{ generation, network: columns.network, salt: plan.salt, begin: batch.begin, end: batch.end },
    ...{ accounts: batch.accounts, digest: digestOf(columns, batch) },
  }
  const mark = (done: 0 | 1) =>
    connection.run(0, Table.ADD_BATCH, { ...row, done }, { token: `${generation}:${batch.begin}:${done}` })
  if (!again) await mark(0)
  step('begun', batch.begin)
  const sent: Promise<void>[] = []
  for (let shard = 0; shard < connection.shards; shard++) {
    const blocks = {
      account: accountBlock(columns, accounts, generation, batch, shard),
      sent: transferBlock(columns, accounts, generation, batch, 'from', shard),
      received: transferBlock(columns, accounts, generation, batch, 'to', shard),
    }
    for (const table of ['account', 'sent', 'received'] as const) {
      const block = blocks[table]
      if (block === undefined) continue
      const token = `${generation}:${batch.begin}:${table}`
      sent.push(connection.insert(shard, Table.ADD[table], block, { token }).then(() => step(table, batch.begin)))
    }
  }
  await settled(sent)
  await mark(1)
  step('done', batch.end)
}

/** Waits for all, also where one failed: a run never ends while it still writes. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find(result => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

async function verify(connection: Connection, { transfers, addresses }: AccountColumns, generation: number) {
  const [found] = await connection.rows<Record<'sent' | 'received' | 'accounts', string>>(Table.COUNTS, { generation })
  const expected = { sent: 0, received: 0, accounts: addresses.count }
  for (let row = 0; row < transfers.count; row++) {
    if (transfers.from[row] !== NONE) expected.sent++
    if (transfers.to[row] !== NONE) expected.received++
  }
  if (Number(found!.accounts) !== expected.accounts) throw collided(generation, expected.accounts)
  for (const table of ['sent', 'received'] as const) {
    if (Number(found![table]) !== expected[table]) throw altered(generation, table, expected[table], found![table])
  }
}

async function publish({ connection, columns, plan, step }: Loader, accounts: number): Promise<void> {
  const { network } = columns
  const [last] = await connection.rows<Table.LoadRow>(Table.LOAD, { network })
  const row = {
    ...{ network, generation: plan.generation, salt: plan.salt, rows: columns.transfers.count, accounts },
    ...{ assets: JSON.stringify(columns.assets), coverage: JSON.stringify(columns.coverage()) },
  }
  const same = last !== undefined && isSame(last, row)
  if (!same) {
    const serial = Number(last?.serial ?? 0) + 1
    await connection.run(0, Table.ADD_LOAD, { ...row, serial }, { token: `${network}:${serial}` })
  }
  step('published', columns.transfers.count)
}

function isSame(last: Table.LoadRow, row: { generation: number; rows: number; assets: string; coverage: string }) {
  if (Number(last.generation) !== row.generation || Number(last.rows) !== row.rows) return false
  return last.assets === row.assets && last.coverage === row.coverage
}

function collided(generation: number, expected: number): Failure {
  const said = `Generation ${generation} has fewer accounts than the ledger's ${expected}: two addresses share a hash.`
  return new Failure('ClickHouse.Collision', 'conflict', said, {
    hint: 'Load it anew: another generation has another salt. It happens by chance once in 10^19 pairs.',
  })
}

function altered(generation: number, table: string, expected: number, found: string): Failure {
  const said = `Generation ${generation} has ${found} rows in ${table}; the ledger has ${expected}.`
  return new Failure('ClickHouse.Altered', 'corrupt', said, {
    hint: 'Somebody else wrote there, or rows were lost. Drop the generation as administrator and load it anew.',
  })
}
