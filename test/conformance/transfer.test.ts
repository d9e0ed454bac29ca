import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Knowledge } from '../../src/attribution/attribution.ts'
import * as Address from '../../src/chain/address.ts'
import * as Key from '../../src/chain/key.ts'
import {
  type AccountColumns,
  assembleAccount,
  ClickHouse,
  type Columns,
  digestOf,
  importTransfers,
  openColumns,
  totalsOf,
} from '../../src/ledger/ledger.ts'
import { formatUnits } from '../../src/model/amount.ts'
import * as Asset from '../../src/model/asset.ts'
import * as Instant from '../../src/model/instant.ts'
import type { Transfer } from '../../src/model/transaction.ts'
import { type Random, seededRandom } from '../../src/std/random.ts'
import { openWriter } from '../../src/store/store.ts'
import {
  type Declared,
  declare,
  fetchWalk,
  fundingOf,
  nearestService,
  path,
  run,
  runFetched,
} from '../../src/trace/trace.ts'
import * as Shards from '../clickhouse.ts'
import { knowledgeOf, namesOf, questionsOf, worldOf } from './question.ts'

/** The suite of ledger.test.ts for account chains: the assembler in memory, and the store from CSV files in parts. */
const folder = mkdtempSync(join(tmpdir(), 'athar-conformance-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NAMES = Array.from(
  { length: 9 },
  (_, n) => Address.fromKey('tron', Key.TRON, new Uint8Array(20).fill(n + 1)).address,
)
const [EXCHANGE, DEX] = [NAMES[7]!, NAMES[8]!]
const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const TRX = Asset.coin('tron')

const knowledge: Knowledge = {
  labelsOf(network, address) {
    if (address !== EXCHANGE && address !== DEX) return []
    const category = address === DEX ? 'dex' : 'exchange'
    const rest = { entity: null, role: null, confidence: { id: 'test', level: 50 }, source: 'test', citations: [] }
    return [{ network, address, name: category, category, ...rest }]
  },
  ...{ designationsOf: () => [], lists: [], labelCount: () => 2 },
}

for (const seed of [1, 2, 3]) {
  test(`the store answers as memory does, about transfers (seed ${seed})`, () => {
    const rows = transfersOf(seededRandom(seed), 150)
    const truth = assembleAccount('tron', rows)
    let [reached, converted, ways] = [0, 0, 0]
    for (const columns of [fromStore([rows]), fromStore([rows.slice(70).reverse(), rows.slice(0, 70)])]) {
      assert.equal(digestOf(columns), digestOf(truth))
      assert.deepEqual(columns.coverage(), truth.coverage())
      for (const from of NAMES) {
        for (const direction of ['forward', 'backward'] as const) {
          const declared = declare({ direction, hops: 4 })
          const found = run(columns, knowledge, [from], declared)
          assert.deepEqual(found, run(truth, knowledge, [from], declared))
          assert.equal(found.conserved, true)
          reached += found.methods.lifo!.reached.length
          converted += found.methods.lifo!.converted?.length ?? 0
        }
        assert.deepEqual(fundingOf(columns, knowledge, from), fundingOf(truth, knowledge, from))
        const near = nearestService(columns, knowledge, from)
        assert.deepEqual(near, nearestService(truth, knowledge, from))
        for (const to of NAMES) assert.deepEqual(path(columns, knowledge, from, to), path(truth, knowledge, from, to))
        if (near.found) ways++
      }
    }
    assert.ok(reached > 50 && converted > 0 && ways > 5, `${reached} places, ${converted} swaps, ${ways} ways`)
  })
}

test('ClickHouse answers as memory does, about transfers', { skip: Shards.skip }, () => Shards.withCluster(compare))

async function compare(cluster: Shards.Cluster): Promise<void> {
  const as = (user: 'admin' | 'loader' | 'reader') =>
    ClickHouse.connect({ urls: cluster.urls, user: `athar_${user}`, password: cluster.passwords[user], ca: null })
  const [admin, loader, reader] = await Promise.all([as('admin'), as('loader'), as('reader')])
  try {
    await ClickHouse.makeTables(admin)
    let [reached, converted, cut, funded] = [0, 0, 0, 0]
    for (const seed of [1, 2, 3]) {
      const truth = assembleAccount('tron', transfersOf(seededRandom(seed), 150)) as AccountColumns
      const { generation } = await ClickHouse.load(loader, truth, { batchRows: 70 })
      assert.equal(generation, seed)
      const at = (await ClickHouse.pin(reader, 'tron'))!
      for (const name of NAMES) {
        const far = ClickHouse.openFar(at)
        await far.answer({ ask: 'names', names: [name] })
        const funding = fundingOf(await ClickHouse.farReceipts(at, far, name), knowledge, name)
        assert.deepEqual(funding, fundingOf(truth, knowledge, name))
        funded += funding.length
      }
      for (const [k, from] of NAMES.slice(2 * seed - 2, 2 * seed + 1).entries()) {
        for (const direction of ['forward', 'backward'] as const) {
          for (const limits of [
            { hops: 4, from: 1_700_000_100 },
            { hops: null, edges: 40 + 30 * k },
          ]) {
            const declared = declare({ direction, ...limits })
            const names = k % 2 === 0 ? [from] : [from, NAMES[(k + 3) % 7]!, `${'9'.padStart(64, '0')}:0`]
            const found = await farRun(at, names, declared)
            assert.deepEqual(found, run(truth, knowledge, names, declared))
            reached += found.methods.lifo!.reached.length
            converted += found.methods.lifo!.converted?.length ?? 0
            if (found.truncated) cut++
          }
        }
      }
    }
    await whileLoading(loader, reader)
    for (const seed of [5, 6]) await everything(loader, reader, seed)
    await cluster.stopShard(1)
    await assert.rejects(
      ClickHouse.settle(reader, ({ open }) => path(open('tron')!, knowledge, NAMES[0]!, NAMES[1]!)),
      { name: 'ClickHouse.Unreachable' },
    )
    assert.ok(reached > 50 && converted > 0 && cut > 2, `${reached} places, ${converted} swaps, ${cut} cut`)
    assert.ok(funded > 40, `${funded} first payments`)
  } finally {
    await Promise.all([admin, loader, reader].map(one => one.close()))
  }
}

/** Every question there is, over columns that know what they lack. */
async function everything(loader: ClickHouse.Connection, reader: ClickHouse.Connection, seed: number): Promise<void> {
  const names = namesOf(24)
  const [exchange, bridge, dex, mixer, scam] = names.slice(-15) as [string, string, string, string, string]
  const labels = { [exchange]: 'exchange', [dex]: 'dex', [mixer]: 'mixer', [scam]: 'scam', [bridge]: 'bridge' } as const
  const known = knowledgeOf(labels)
  const truth = assembleAccount('tron', worldOf(seededRandom(seed), 200, names, [dex])) as AccountColumns
  await ClickHouse.load(loader, truth, { batchRows: 100 })
  // One by one, so that nothing is there that another question asked; and together, as a screening of many asks.
  for (const [k, isAlone] of [
    [seed, true],
    [0, false],
    [15, false],
    [16, false],
  ] as const) {
    const questions = questionsOf(truth, names, known, k)
    for (const some of isAlone ? questions.map(one => [one]) : [questions]) {
      let asked = 0
      const found = await ClickHouse.settle(reader, ({ open }) => {
        asked++
        return some.map(({ ask }) => ask(open('tron')!))
      })
      for (const [i, { name, ask }] of some.entries()) {
        assert.deepEqual(found[i], ask(truth), `${name} of ${k} in world ${seed}`)
      }
      assert.ok(asked < 20, `asked ${asked} times`)
    }
  }
  const failing = ClickHouse.settle(reader, ({ open }) => {
    assert.equal(totalsOf(open('tron')!, open('tron')!.addresses.find(names[3]!)!).transactions, -1)
  })
  await assert.rejects(failing, { name: 'AssertionError' })
}

/** What is loaded further while a walk goes on is not there for it, be it cut by a limit or not. */
async function whileLoading(loader: ClickHouse.Connection, reader: ClickHouse.Connection): Promise<void> {
  const rows = transfersOf(seededRandom(4), 150)
  const [part, whole] = [rows.filter(({ height }) => height < 40), rows].map(
    some => assembleAccount('tron', some) as AccountColumns,
  )
  await ClickHouse.load(loader, part!, { batchRows: 70 })
  const at = (await ClickHouse.pin(reader, 'tron'))!
  const step = (name: string): void => {
    if (name === 'verified') throw new Error('killed')
  }
  await assert.rejects(ClickHouse.load(loader, whole!, { batchRows: 70, step }), /killed/)
  let cut = 0
  for (const name of NAMES) {
    for (const edges of [60, 100_000]) {
      const declared = declare({ direction: 'forward', edges })
      const found = await farRun(at, [name], declared)
      assert.deepEqual(found, run(part!, knowledge, [name], declared))
      if (found.truncated) cut++
    }
  }
  assert.ok(cut > 2, `${cut} cut`)
}

async function farRun(at: ClickHouse.Pin, names: readonly string[], declared: Declared) {
  const far = ClickHouse.openFar(at)
  const walk = fetchWalk(far, knowledge, names, declared)
  let step = walk.next()
  while (step.done !== true) {
    await far.answer(step.value)
    step = walk.next()
  }
  return runFetched(step.value, knowledge, names, declared)
}

/** Transfers one a transaction, but for swaps, which pay back in the same. */
function transfersOf(random: Random, count: number): Transfer[] {
  const rows: Transfer[] = []
  for (let t = 0; t < count; t++) {
    const asset = random.below(2) === 0 ? USDT : TRX
    const [from, to] = [NAMES[random.below(7)]!, NAMES[random.below(NAMES.length)]!]
    const place = { txid: (t + 1).toString(16).padStart(64, '0'), txIndex: t % 3, height: 10 + Math.floor(t / 3) }
    const base = { ...place, time: 1_700_000_000 + 3 * place.height, status: 'ok' as const }
    const kind = 'transfer' as const
    rows.push({ ...base, logIndex: 0, kind, from, to, asset, units: BigInt(1 + random.below(1_000_000)) })
    if (to === DEX) {
      const other = asset === USDT ? TRX : USDT
      rows.push({ ...base, logIndex: 1, kind, from: DEX, to: from, asset: other, units: BigInt(1 + random.below(99)) })
    }
    if (random.below(4) === 0) rows.push({ ...base, logIndex: -1, kind: 'fee', from, to: null, asset: TRX, units: 7n })
  }
  return rows
}

function fromStore(parts: readonly (readonly Transfer[])[]): Columns {
  const store = openWriter(mkdtempSync(join(folder, 'data-')))
  for (const rows of parts) {
    const head = 'amount,to,from,time,height,status,kind,logIndex,txIndex,txid,contract,asset,network'
    const lines = rows.map(row => {
      const { symbol, contract, decimals } = row.asset
      const cells = [
        formatUnits(row.units, decimals),
        row.to ?? '',
        row.from ?? '',
        Instant.format(row.time),
        row.height,
      ]
      const place = [row.status, row.kind, row.logIndex, row.txIndex, row.txid]
      return [...cells, ...place, contract ?? '', symbol, 'tron'].join(',')
    })
    const file = { kind: 'transfers', name: 'x.csv', sha256: '', bytes: 0, path: '/x.csv' } as const
    const given = { ...file, height: null, statedHeight: null, undo: null, content: null }
    const bytes = new TextEncoder().encode([head, ...lines].join('\n'))
    const imported = importTransfers(store, given, bytesOf(bytes), { clock: () => 1, keep: true, step: () => {} })
    assert.deepEqual(imported.rejected, [])
  }
  return openColumns(store, 'tron')!
}

function* bytesOf(bytes: Uint8Array): Generator<Uint8Array> {
  yield bytes
}
