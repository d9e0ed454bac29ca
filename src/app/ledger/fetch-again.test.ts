import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, test } from 'node:test'
import { type ScriptedHistory, startScriptedHistory } from '../../../test/scripted-history.ts'
import { root } from '../../../test/source.ts'
import { asTester } from '../../../test/tester.ts'
import { perform } from '../perform.ts'
import type { Fetched, FetchedAddress } from './fetched.ts'

const NETWORK = 'bitcoin-regtest'
const folder = mkdtempSync(join(tmpdir(), 'athar-again-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('a history that is read again', () => {
  let provider: ScriptedHistory
  const read = async (directory: string, more: object = {}): Promise<FetchedAddress> => {
    const input = { addresses: [provider.address], network: NETWORK, from: provider.esplora, ...more }
    const { results } = (await perform('ledger fetch', input, asTester(join(folder, directory)))) as Fetched
    return results[0]!
  }
  beforeEach(async () => {
    provider = await startScriptedHistory(80)
  })
  afterEach(() => provider.stop())

  test('killed twice on the way, it goes on: what was kept is not asked for again', async () => {
    const directory = join(folder, 'killed')
    for (const most of [40, 60]) await killOnce(directory, most)
    assert.deepEqual([(await read('killed')).complete, (await read('killed')).added], [true, 0])
    const times = new Map<string, number>()
    for (const path of provider.asked.filter(one => one.endsWith('/hex'))) times.set(path, (times.get(path) ?? 0) + 1)
    const twice = [...times.values()].filter(count => count > 1).length
    // The page that was being read when the kill came is the only one that is read again.
    assert.ok(times.size === 80 && twice <= 2 * 25, `${twice} of ${times.size} were asked for again`)
  })

  for (const kind of ['esplora', 'electrum'] as const) {
    test(`${kind}: what has come since is found, however long the history`, async () => {
      assert.deepEqual([(await read(kind, { from: provider[kind] })).added], [80])
      provider.grow(3)
      const { added, complete, why } = await read(kind, { from: provider[kind] })
      assert.deepEqual([added, complete], [3, true], why)
    })
  }

  test('a page that comes twice is read once, and the history is whole', async () => {
    let repeated = ''
    provider.distort = (path, answer) => {
      if (!path.includes('/txs/chain/') || repeated === path) return answer
      repeated ||= path
      return repeated === path ? answer : [...(answer as object[]).slice(0, 5), ...(answer as object[])]
    }
    const { added, complete, why } = await read('repeated')
    assert.deepEqual([added, complete], [80, true], why)
  })

  /** Starts the program, and kills it once so many transactions were asked for. */
  async function killOnce(directory: string, most: number): Promise<void> {
    const words = ['ledger', 'fetch', provider.address, '--network', NETWORK, '--from', provider.esplora]
    const main = join(root, 'src/cli/main.ts')
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
      env: { ...process.env, ATHAR_DATA: directory },
      stdio: 'ignore',
    })
    const ended = new Promise(done => child.once('exit', done))
    const count = (): number => provider.asked.filter(path => path.endsWith('/hex')).length
    while (count() < most && child.exitCode === null) await new Promise(done => setTimeout(done, 2))
    assert.equal(child.exitCode, null, 'it was killed before it ended')
    child.kill('SIGKILL')
    await ended
  }
})
