import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { StillAnswer } from '../../campaign/campaign.ts'
import { type Columns, openColumns, totalsOf } from '../../ledger/ledger.ts'
import * as Instant from '../../model/instant.ts'
import { fixedClock } from '../../std/clock.ts'
import { openReader } from '../../store/store.ts'
import * as World from '../../world/world.ts'
import { perform } from '../perform.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-still-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const setting = {
  ...{ directory: join(folder, 'data'), user: 'amal', clock: fixedClock(Instant.parse('2025-12-01')!) },
  ...{ progress: () => {}, signal: new AbortController().signal },
}
const run = <T>(name: string, input: object) => perform(name, input, setting) as Promise<T>
const world = World.generate()
const own = world.truth.addresses
  .filter(one => one.role !== 'collector' && one.role !== 'service')
  .map(one => one.address)

before(async () => {
  for (const { path, bytes } of world.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  await run('ledger add', { network: 'bitcoin-regtest', files: [join(folder, World.paths.blocks)] })
  await run('ledger import', { file: join(folder, World.paths.transfers) })
  await run('list add', { format: 'tagpack', file: join(folder, World.paths.tags) })
})

test('sample world: what rests at each address is its balance, on both shapes of chain', async () => {
  const answer = await run<StillAnswer>('campaign still', { addresses: own.join(',') })
  const store = openReader(setting.directory)
  try {
    const networks = new Set(answer.resting.map(one => one.network))
    assert.deepEqual([...networks].sort(), ['bitcoin-regtest', 'tron'])
    for (const network of networks) {
      const columns = openColumns(store, network) as Columns
      for (const address of own) {
        const row = columns.addresses.find(address)
        if (row === undefined) continue
        for (const balance of totalsOf(columns, row).balance) {
          if (balance === null) continue
          const lots = answer.resting.filter(
            one => one.address === address && one.amount.asset === balance.asset.symbol && one.network === network,
          )
          const units = lots.reduce((sum, one) => sum + BigInt(one.amount.amount), 0n)
          assert.equal(units, balance.units, `${address} ${balance.asset.symbol}`)
        }
      }
    }
  } finally {
    store.close()
  }
})

test('as of a day before anything was paid nothing lies there; a set must be named', async () => {
  const answer = await run<StillAnswer>('campaign still', { addresses: own.join(','), asOf: '2001-01-01' })
  assert.deepEqual([answer.resting, answer.arrived, answer.habits, answer.stoppable], [[], [], [], []])
  assert.match(answer.sentences[0]!.en, /^Nothing was found/)
  await assert.rejects(run('campaign still', {}), { name: 'Campaign.WhichSet' })
})
