import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import * as Shards from '../../../test/clickhouse.ts'
import { ADDRESSES, startTronNode } from '../../../test/tron-node.ts'
import type { AccountBlock } from '../../chain/account-block.ts'
import { type AccountColumns, ClickHouse, openColumns, openTransferIngest } from '../../ledger/ledger.ts'
import type { Transfer } from '../../model/transfer.ts'
import type { AccountSource } from '../../source/account-source.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import { seededRandom } from '../../std/random.ts'
import { openWriter } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'
import { openFarRound } from './sync-clickhouse.ts'

/** Blocks of a node straight into two real shards: the same rows and answers as by way of the embedded ledger. */
const folder = mkdtempSync(join(tmpdir(), 'athar-stream-'))
const at = (name: string): string => join(folder, name)
after(() => rmSync(folder, { recursive: true, force: true }))

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

describe('ledger sync --into clickhouse', { skip: Shards.skip }, () => {
  let cluster: Shards.Cluster
  const names = { ...process.env }
  const as = (user: 'admin' | 'loader' | 'reader'): Promise<ClickHouse.Connection> =>
    ClickHouse.connect({ urls: cluster.urls, user: `athar_${user}`, password: cluster.passwords[user], ca: null })
  const settingOf = (directory: string) => ({
    ...{ directory: at(directory), user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
    signal: new AbortController().signal,
  })

  before(async () => {
    cluster = await Shards.startCluster()
    const admin = await as('admin')
    await ClickHouse.makeTables(admin)
    await admin.close()
  })
  after(async () => {
    process.env = names
    await cluster.stop()
  })

  test('a scripted Tron node: the rows, numbers, assets, coverage and answers are the embedded ledger’s', async () => {
    const node = await startTronNode()
    try {
      const [a, b, c, d] = ADDRESSES as string[] as [string, string, string, string]
      node.mine({ from: a, to: b, units: 5_000_000n, fee: 1_100_000n }, { from: a, to: c, units: 7n })
      node.mine({ from: b, to: c, units: 80_000_000n, contract: USDT }, { from: c, to: c, units: 3n })
      node.mine()
      node.mine({ from: c, to: d, units: 30_000_000n, contract: USDT, fee: 9n, freeze: d })
      node.mine({ from: b, to: d, units: 4n, failed: true, fee: 2n })
      for (let k = 0; k < 4; k++) node.mine({ from: d, to: a, units: BigInt(100 + k) })
      const ask = { network: 'tron', from: node.url }
      const setting = settingOf('embedded')
      const first = (await perform('ledger sync', ask, setting)) as Synced
      const until = first.finalHeight!
      const bounded = settingOf('bounded')
      await perform('ledger sync', { ...ask, until }, bounded)
      const questions = async (directory: string): Promise<unknown[]> => [
        await perform('trace', { origin: [a], network: 'tron' }, settingOf(directory)),
        await perform('address show', { address: c, network: 'tron', limit: 3 }, settingOf(directory)),
        await perform('funder', { address: b, network: 'tron' }, settingOf(directory)),
      ]
      const expected = await questions('bounded')
      process.env['ATHAR_CLICKHOUSE'] = cluster.urls.join(',')
      for (const [user, password] of Object.entries(cluster.passwords)) {
        process.env[`ATHAR_CLICKHOUSE_${user.toUpperCase()}_PASSWORD`] = password
      }
      await perform('ledger load', {}, bounded)
      const loaded = await published('tron')
      const far = (await perform('ledger sync', { ...ask, into: 'clickhouse' }, settingOf('far'))) as Synced
      assert.deepEqual([far.rejected, far.lag, far.coverage.toHeight], [[], far.tip.height - until, until])
      assert.deepEqual(far.freezes, first.freezes)
      const streamed = await published('tron')
      assert.notEqual(streamed.generation, loaded.generation)
      const { generation: _, ...same } = streamed
      const { generation: __, ...before } = loaded
      assert.deepEqual(same, before)
      assert.equal(await contents(streamed.generation), await contents(loaded.generation))
      assert.deepEqual(await questions('far'), expected)
      // Further blocks go where these end, and a run without any changes nothing.
      process.env['ATHAR_LEDGER'] = 'clickhouse'
      node.mine({ from: a, to: d, units: 1n })
      const more = (await perform('ledger sync', ask, settingOf('far'))) as Synced
      assert.deepEqual([more.blocks, more.asked], [1, { from: until + 1, to: until + 1 }])
      const again = (await perform('ledger sync', ask, settingOf('far'))) as Synced
      assert.deepEqual([again.blocks, again.transfers, again.asked], [0, 0, null])
      await assert.rejects(perform('ledger sync', { ...ask, watch: true }, settingOf('far')), {
        name: 'ClickHouse.NoPlace',
      })
      await assert.rejects(
        perform('ledger sync', { network: 'bitcoin', from: node.url, into: 'clickhouse' }, settingOf('far')),
        { name: 'ClickHouse.NoPlace' },
      )
    } finally {
      process.env = { ...names }
      await node.stop()
    }
  })

  test('in pieces the rows are the embedded ledger’s; killed after a step, or on another branch, too', async () => {
    const chains = [1, 2].map(seed => chainOf(seed, 14))
    const loader = await as('loader')
    const store = openWriter(at('killed'))
    const round = (blocks: readonly AccountBlock[], step: (name: string) => void) =>
      openFarRound(loader, sourceOf(blocks), 'ethereum', 'a node', {}, { transfers: 6, step }).round(
        { ...settingOf('killed'), store },
        () => {},
      )
    try {
      const embedded: string[] = []
      for (const [k, blocks] of chains.entries()) {
        await loadEmbedded(loader, blocks, at(`embedded-${k}`))
        embedded.push(await contents((await published('ethereum')).generation))
      }
      const whole: string[] = []
      const steps: string[] = []
      for (const blocks of chains) {
        steps.length = 0
        const { reorganised } = await round(blocks, name => void steps.push(name))
        assert.deepEqual(reorganised, whole.length === 0 ? null : { height: 0, depth: 14 })
        whole.push(await contents((await published('ethereum')).generation))
      }
      assert.deepEqual(whole, embedded)
      assert.notEqual(whole[0], whole[1])
      assert.ok(steps.length > 30, `${steps.length} steps`)
      for (let k = 0; k < steps.length; k += 5) {
        let seen = 0
        const kill = (name: string): void => {
          if (seen++ === k) throw new Error(`killed after ${name}`)
        }
        await assert.rejects(round(chains[k % 2]!, kill), /killed/)
        await round(chains[k % 2]!, () => {})
        assert.equal(await contents((await published('ethereum')).generation), whole[k % 2], `killed after step ${k}`)
      }
    } finally {
      store.close()
      await loader.close()
    }
  })

  /** What readers see of a network. */
  async function published(network: 'tron' | 'ethereum') {
    const reader = await as('reader')
    const { serial: _, ...row } = (await ClickHouse.pin(reader, network))!.row
    await reader.close()
    return row
  }

  /** Everything of a generation, as one text for each table. */
  async function contents(generation: string): Promise<string> {
    const reader = await as('reader')
    const row =
      'account, position, received, other, transaction, asset, kind, moves, log_index, height, time, txid, units, key'
    const texts: unknown[] = []
    for (const asked of [
      `${row} FROM athar.transfer WHERE generation = {generation:UInt64} ORDER BY position, received`,
      `account, asset, max(position) AS last FROM athar.payment WHERE generation = {generation:UInt64}
       GROUP BY ALL ORDER BY ALL`,
      'id, account, position FROM athar.txid WHERE generation = {generation:UInt64} ORDER BY ALL',
      'key, account FROM athar.address WHERE generation = {generation:UInt64} ORDER BY ALL',
    ]) {
      const rows = await reader.rows(`SELECT ${asked}`, { generation })
      assert.ok(rows.length > 3)
      texts.push(rows)
    }
    await reader.close()
    return JSON.stringify(texts)
  }
})

/** The same blocks by way of the embedded ledger. */
async function loadEmbedded(loader: ClickHouse.Connection, blocks: readonly AccountBlock[], directory: string) {
  const store = openWriter(directory)
  try {
    const transfers = blocks.flatMap(block => block.transfers)
    openTransferIngest(store, 'ethereum', fixedClock(1_900_000_000)).add('blocks', transfers)
    await ClickHouse.load(loader, openColumns(store, 'ethereum') as AccountColumns)
  } finally {
    store.close()
  }
}

/** A node that says what it is given: all of it is final. */
function sourceOf(blocks: readonly AccountBlock[]): AccountSource {
  const last = blocks.at(-1)!
  return {
    status: async () => ({
      ...{ tip: { height: last.height, hash: last.hash }, finalHeight: last.height, version: 'scripted' },
      internal: true,
    }),
    hashes: async heights => heights.map(height => blocks[height]?.hash ?? null),
    blocks: async (from, count) => blocks.slice(from, from + count),
  }
}

function chainOf(seed: number, count: number): AccountBlock[] {
  const random = seededRandom(seed)
  const people = Array.from({ length: 9 }, (_, k) => `0x${`${k + 1}`.repeat(40)}`)
  const token = { contract: `0x${'c'.repeat(40)}`, symbol: 'ODD', decimals: 5 }
  const blocks: AccountBlock[] = []
  for (let height = 0; height < count; height++) {
    const time = 1_700_000_000 + 12 * height
    const transactions = random.below(4)
    const transfers = Array.from({ length: transactions }, (_, txIndex): Transfer[] => {
      const txid = sha256Hex(new TextEncoder().encode(`${seed} ${height} ${txIndex}`))
      const place = { network: 'ethereum' as const, txid, txIndex, height, time, failed: random.below(5) === 0 }
      const [from, to] = [random.pick(people), random.pick(people)]
      const large = random.below(3) === 0 ? 2n ** 200n : BigInt(random.below(1000))
      return [
        { ...place, logIndex: -1, kind: 'fee', from, to: null, token: null, units: 3n },
        {
          ...place,
          logIndex: random.below(9),
          kind: 'transfer',
          from,
          to,
          token: random.pick([token, null]),
          units: large,
        },
      ]
    }).flat()
    blocks.push({
      ...{ height, hash: sha256Hex(new TextEncoder().encode(`${seed} ${height}`)), time, transactions, transfers },
      parent: blocks.at(-1)?.hash ?? '',
      ...{ internal: true, issuer: [], bridges: [], control: [], notes: [] },
    })
  }
  return blocks
}
