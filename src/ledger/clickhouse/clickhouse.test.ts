import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as Shards from '../../../test/clickhouse.ts'
import * as Address from '../../chain/address.ts'
import * as Key from '../../chain/key.ts'
import * as Asset from '../../model/asset.ts'
import type { Transfer } from '../../model/transaction.ts'
import { seededRandom } from '../../std/random.ts'
import { type AccountColumns, assembleAccount, ClickHouse, movementsOf, totalsOf } from '../ledger.ts'
import { encode } from './native.ts'

/** On two real shards: what a crash leaves behind, who may do what, a shard that dies. */
const { skip } = Shards
let cluster: Shards.Cluster
let [loader, reader]: ClickHouse.Connection[] = []

const as = (user: 'admin' | 'loader' | 'reader', signal?: AbortSignal) =>
  ClickHouse.connect({ urls: cluster.urls, user: `athar_${user}`, password: cluster.passwords[user], ca: null }, signal)

before(async () => {
  if (skip !== false) return
  cluster = await Shards.startCluster()
  const admin = await as('admin')
  await ClickHouse.makeTables(admin)
  await ClickHouse.makeTables(admin)
  await admin.close()
  loader = await as('loader')
  reader = await as('reader')
})

after(async () => {
  await loader?.close()
  await reader?.close()
  await cluster?.stop()
})

test('killed between any two steps, the next run comes to the same', { skip }, async () => {
  const ledgers = [1, 2].map(seed => ledger('tron', seed, 90))
  const options = { batchRows: 80 }
  const whole: string[] = []
  const steps: string[] = []
  for (const columns of ledgers) {
    const { generation } = await ClickHouse.load(loader!, columns, { ...options, step: name => void steps.push(name) })
    whole.push(await contents(generation))
  }
  assert.notEqual(whole[0], whole[1])
  const count = steps.length / 2
  assert.ok(count > 15, `${count} steps`)
  for (let k = 0; k < count; k++) {
    const columns = ledgers[k % 2]!
    let seen = 0
    const step = (name: string): void => {
      if (seen++ === k) throw new Error(`killed after ${name}`)
    }
    await assert.rejects(ClickHouse.load(loader!, columns, { ...options, step }), /killed/)
    const { generation, rows, anew } = await ClickHouse.load(loader!, columns, options)
    assert.deepEqual({ rows, anew }, { rows: columns.transfers.count, anew: false })
    assert.equal(await contents(generation), whole[k % 2], `killed after step ${k}`)
    const again = await ClickHouse.load(loader!, columns, options)
    assert.deepEqual(again, { generation, rows, added: 0, anew: false })
  }
})

test('an insert that breaks off in the middle leaves nothing, and the next one is taken', { skip }, async () => {
  const sql = 'INSERT INTO athar.txid_local'
  const column = (name: string) => ({ name, type: 'UInt64', bytes: new Uint8Array(8 * 40_000).fill(9) })
  const block = encode(40_000, ['generation', 'id', 'account', 'position'].map(column))
  async function* pieces(until: number): AsyncGenerator<Uint8Array, void, void> {
    for (let turn = 0; turn < 3; turn++) {
      if (turn === until) throw new TypeError('killed')
      yield* block
    }
  }
  const rows = async (): Promise<string> => {
    const generation = 0x0909_0909_0909_0909n
    const count = 'SELECT count() AS n FROM athar.txid WHERE generation = {generation:UInt64}'
    return (await loader!.rows<{ n: string }>(count, { generation }))[0]!.n
  }
  await assert.rejects(loader!.insert(1, sql, pieces(2), 'broken'))
  assert.equal(await rows(), '0')
  await loader!.insert(1, sql, pieces(3), 'broken')
  await loader!.insert(1, sql, pieces(3), 'broken')
  assert.equal(await rows(), '120000')
})

test('a ledger that grew goes on where it was, and a reader sees none of it before it is whole', { skip }, async () => {
  const [part, whole] = [ledger('bsc', 4, 60), ledger('bsc', 4, 90)]
  const first = await ClickHouse.load(loader!, part, { batchRows: 50 })
  const half = ClickHouse.load(loader!, whole, {
    ...{ batchRows: 50 },
    step: name => {
      if (name === 'done') throw new Error('killed')
    },
  })
  await assert.rejects(half, /killed/)
  assert.equal((await ClickHouse.pin(reader!, 'bsc'))!.row.rows, `${part.transfers.count}`)
  assert.deepEqual(await answers(part), embedded(part))
  const last = await ClickHouse.load(loader!, whole, { batchRows: 50 })
  assert.deepEqual([last.generation, last.anew], [first.generation, false])
  assert.deepEqual(await answers(whole), embedded(whole))
})

test('totals and pages of movements are those of the embedded ledger, up to 2^256 − 1 and beyond', {
  skip,
}, async () => {
  const columns = ledger('ethereum', 7, 120)
  await ClickHouse.load(loader!, columns)
  const expected = embedded(columns)
  assert.deepEqual(await answers(columns), expected)
  const most = expected.flatMap(({ totals }) => totals.received.map(amount => amount.units))
  assert.ok(
    most.some(units => units >= 2n ** 256n),
    'no sum is beyond 256 bits',
  )
})

test('two addresses with one hash: nothing is loaded, nothing is answered', { skip }, async () => {
  const columns = ledger('polygon', 1, 20)
  const twice = { ...columns.addresses, keyOf: (row: number) => keyOf(columns, row === 3 ? 2 : row) }
  const colliding = { ...columns, addresses: twice }
  await assert.rejects(ClickHouse.load(loader!, colliding), { name: 'ClickHouse.Collision' })
  assert.equal(await ClickHouse.pin(reader!, 'polygon'), undefined)
})

test('the reader writes nothing, and the loader changes nothing', { skip }, async () => {
  const denied = { name: 'ClickHouse.Denied' }
  for (const table of ['transfer_local', 'payment_local', 'txid_local', 'address_local', 'portion', 'ledger']) {
    await assert.rejects(reader!.run(0, `INSERT INTO athar.${table} SELECT * FROM athar.${table} LIMIT 1`), denied)
    for (const who of [reader!, loader!]) {
      for (const sql of [`TRUNCATE TABLE athar.${table}`, `ALTER TABLE athar.${table} DELETE WHERE 1`]) {
        await assert.rejects(who.run(1, sql), denied)
      }
      await assert.rejects(who.run(1, `DROP TABLE athar.${table}`), denied)
    }
  }
  await assert.rejects(reader!.rows('SELECT 1 AS one SETTINGS skip_unavailable_shards = 1'), denied)
})

test('a question stops at its limits, and when it is cancelled', { skip }, async () => {
  const slow = 'SELECT count() AS n FROM numbers(1000000000000) WHERE cityHash64(number) = 1'
  await assert.rejects(reader!.rows(`${slow} SETTINGS max_execution_time = 1`), { name: 'ClickHouse.Limit' })
  const stop = new AbortController()
  const patient = await as('reader', stop.signal)
  const asked = patient.rows(slow)
  setTimeout(() => stop.abort(), 300)
  await assert.rejects(asked, { name: 'ClickHouse.Cancelled' })
  await patient.close()
  for (let tries = 0; ; tries++) {
    const running =
      "SELECT count() FROM system.processes WHERE query LIKE '%cityHash64(number) = 1%' AND user != 'default'"
    const left = await (await fetch(cluster.urls[0]!, { method: 'POST', body: running })).text()
    if (left === '0\n') break
    assert.ok(tries < 900, 'the server goes on')
    await new Promise(done => setTimeout(done, 100))
  }
})

test('what a user gives is a parameter: an address that is SQL is an address that is not there', { skip }, async () => {
  const found = await reader!.rows('SELECT count() AS n FROM athar.ledger WHERE network = {network:String}', {
    network: "' OR 1 = 1 --",
  })
  assert.deepEqual(found, [{ n: '0' }])
})

test('a dead shard fails the question, and nothing is answered from the other', { skip }, async () => {
  const columns = ledger('ethereum', 7, 120)
  assert.deepEqual(await answers(columns, 1), embedded(columns, 1))
  await cluster.stopShard(1)
  await assert.rejects(answers(columns, 1), { name: 'ClickHouse.Unreachable' })
})

/** Everything of a generation, as one text for each table. */
async function contents(generation: number): Promise<string> {
  const row =
    'account, position, received, other, transaction, asset, kind, moves, log_index, height, time, txid, units, key'
  const asked = [
    `SELECT ${row} FROM athar.transfer WHERE generation = {generation:UInt64} ORDER BY position, received`,
    'SELECT account, asset, position FROM athar.payment WHERE generation = {generation:UInt64} ORDER BY ALL',
    'SELECT id, account, position FROM athar.txid WHERE generation = {generation:UInt64} ORDER BY ALL',
    'SELECT key, account FROM athar.address WHERE generation = {generation:UInt64} ORDER BY ALL',
  ]
  const texts: unknown[] = []
  for (const sql of asked) texts.push(await reader!.rows(sql, { generation }))
  return JSON.stringify(texts)
}

const PAGES = [
  [0, 5],
  [3, 4],
  [900, 5],
] as const

async function answers(columns: AccountColumns, count = 4) {
  const pin = (await ClickHouse.pin(reader!, columns.network))!
  const list = []
  for (let row = 0; row < count; row++) {
    const address = columns.addresses.format(row)
    const open = async () => {
      const far = ClickHouse.openFar(pin)
      await far.answer({ ask: 'names', names: [address] })
      return far
    }
    const totals = (await ClickHouse.farTotals(pin, await open(), address))!
    const pages = []
    for (const [offset, limit] of PAGES) {
      pages.push(await ClickHouse.farMovements(pin, await open(), address, offset, limit))
    }
    list.push({ totals, pages })
  }
  return list
}

function embedded(columns: AccountColumns, count = 4) {
  return Array.from({ length: count }, (_, row) => ({
    totals: totalsOf(columns, row),
    pages: PAGES.map(([offset, limit]) => movementsOf(columns, row, offset, limit)),
  }))
}

type Network = 'tron' | 'ethereum' | 'bsc' | 'polygon'

/** A few addresses, transfers with fees, failures, nobody, itself, and amounts up to the greatest. */
function ledger(network: Network, seed: number, count: number): AccountColumns {
  const random = seededRandom(seed)
  const type = network === 'tron' ? Key.TRON : Key.EVM
  const names = Array.from(
    { length: 6 },
    (_, n) => Address.fromKey(network, type, new Uint8Array(20).fill(n + 1)).address,
  )
  const coin = Asset.coin(network)
  const token = { network, symbol: 'ODD', decimals: 18, contract: names[0]! }
  const rows: Transfer[] = []
  for (let t = 0; t < count; t++) {
    const place = { txid: (t + 1).toString(16).padStart(64, '0'), txIndex: 0, height: 10 + t, time: 1_700_000_000 + t }
    const from = random.below(9) === 0 ? null : random.pick(names)
    const to = from !== null && random.below(9) === 0 ? null : random.pick(names)
    const units = random.below(4) === 0 ? 2n ** 256n - 1n : BigInt(random.below(1000))
    const status = random.below(6) === 0 ? ('failed' as const) : ('ok' as const)
    const base = { ...place, status, from, to }
    rows.push({ ...base, logIndex: 0, kind: 'transfer', asset: random.below(2) === 0 ? coin : token, units })
    if (from !== null) rows.push({ ...base, logIndex: -1, kind: 'fee', to: null, asset: coin, units: 7n })
  }
  return assembleAccount(network, rows) as AccountColumns
}

function keyOf({ addresses, network }: AccountColumns, row: number): Uint8Array {
  const { type, payload } = Address.toKey({ network, address: addresses.format(row) })
  return Uint8Array.from([type, ...payload])
}
