import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as Shards from '../../../test/clickhouse.ts'
import type { Diagnosis } from '../doctor.ts'
import { perform } from '../perform.ts'
import type { LoadAnswer } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-clickhouse-app-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const FILE = `network,asset,contract,txid,logIndex,height,time,from,to,amount
${[
  ['a', 'TMuA6YqfCeX8EhbfYEg5y7S4DqzSJireY9', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', '100'],
  ['b', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', 'TVj7RNVHy6thbM7BWdSe9G6gXwKhjhdNZS', '60'],
  ['c', 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G', 'TMuA6YqfCeX8EhbfYEg5y7S4DqzSJireY9', '5'],
]
  .map(
    ([name, from, to, amount], k) =>
      `tron,USDT,TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t,${name!.repeat(64)},0,${100 + k},` +
      `2023-01-0${k + 1}T00:00:00Z,${from},${to},${amount}`,
  )
  .join('\n')}
`

const setting = (directory: string) => ({
  ...{
    directory,
    user: 'tester',
    clock: () => 1_700_000_000,
    progress: () => {},
    signal: new AbortController().signal,
  },
})

test('with ATHAR_CLICKHOUSE set the same questions have the same answers', { skip: Shards.skip }, async () => {
  const [full, empty] = [join(folder, 'full'), join(folder, 'empty')]
  writeFileSync(join(folder, 'x.csv'), FILE)
  await perform('ledger import', { file: join(folder, 'x.csv') }, setting(full))
  await perform('ledger status', {}, setting(empty))
  const origin = 'TMuA6YqfCeX8EhbfYEg5y7S4DqzSJireY9'
  const ask = async (directory: string): Promise<unknown[]> => [
    await perform('trace', { origin: [origin] }, setting(directory)),
    await perform('trace', { origin: [`${'b'.repeat(64)}:0`], direction: 'backward' }, setting(directory)),
    await perform('address show', { address: origin, limit: 1 }, setting(directory)),
    await perform('funder', { address: origin }, setting(directory)),
    await perform('funder', { address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' }, setting(directory)),
    await perform('address show', { address: 'TVj7RNVHy6thbM7BWdSe9G6gXwKhjhdNZS' }, setting(directory)),
    await perform('neighbours', { address: origin }, setting(directory)),
    await perform('between', { addresses: [origin, 'TNXoiAJ3dct8Fjg4M9fkLFh9S2v9TXc32G'] }, setting(directory)),
    await perform('path', { addresses: [origin, 'TVj7RNVHy6thbM7BWdSe9G6gXwKhjhdNZS'] }, setting(directory)),
    await perform('path', { addresses: [origin], nearest: true }, setting(directory)),
    await perform('flow', { origin: [origin] }, setting(directory)),
    await perform('offramp', { address: [origin] }, setting(directory)),
    await perform('activity', { address: origin }, setting(directory)),
    await perform('screen', { address: [origin, 'not one'], hops: 2 }, setting(directory)),
    await perform('triage', { text: [origin] }, setting(directory)),
    await perform('campaign receipts', { addresses: origin }, setting(directory)),
    await perform('campaign still', { addresses: origin }, setting(directory)),
    await perform('cluster show', { address: origin }, setting(directory)),
    await perform('search', { text: 'b'.repeat(64) }, setting(directory)),
    await perform('address show', { address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t' }, setting(directory)),
  ]
  const expected = await ask(full)
  /** What `doctor` says of ClickHouse. */
  const found = async (): Promise<string | undefined> => {
    const { findings } = (await perform('doctor', {}, setting(empty))) as Diagnosis
    return findings.find(({ what }) => what === 'ClickHouse')?.found
  }
  await assert.rejects(perform('ledger load', {}, setting(full)), { name: 'ClickHouse.NotConfigured' })
  const cluster = await Shards.startCluster()
  const names = { ...process.env }
  try {
    assert.equal(await found(), undefined)
    process.env['ATHAR_CLICKHOUSE'] = cluster.urls.join(',')
    for (const [user, password] of Object.entries(cluster.passwords)) {
      process.env[`ATHAR_CLICKHOUSE_${user.toUpperCase()}_PASSWORD`] = password
    }
    await assert.rejects(ask(empty), { name: 'ClickHouse.NotLoaded' })
    const url = cluster.urls[0]!
    const former = 'CREATE TABLE athar.sent_local (x UInt8) ENGINE = MergeTree ORDER BY x'
    for (const sql of ['CREATE DATABASE athar', former]) await fetch(url, { method: 'POST', body: sql })
    const loaded = await perform('ledger load', {}, setting(full))
    const first = { network: 'tron', generation: 1, rows: 3, added: 3, anew: false }
    const { loaded: done, notes } = loaded as LoadAnswer
    assert.deepEqual(done, [first])
    assert.match(notes.join(), /older version \(athar\.sent_local\).*as they were and no longer read/)
    assert.deepEqual(await ask(empty), expected)
    assert.match((await found()) ?? '', /^2 shards \(26\.7\.[\d.]+\), tron 3 transfers$/)
    process.env['ATHAR_CLICKHOUSE'] = 'http://shard-1.example.org:8123'
    await assert.rejects(ask(empty), { name: 'ClickHouse.BadAddress' })
    assert.match((await found()) ?? '', /is another machine/)
  } finally {
    process.env = names
    await cluster.stop()
  }
})
