import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip, startAnvil } from '../../../test/anvil.ts'
import { fixedClock } from '../../std/clock.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'

/** What an issuer does on the chain is in its list as soon as its block is read, and goes with it. */
const folder = mkdtempSync(join(tmpdir(), 'athar-freeze-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const USDT = '0xdac17f958d2ee523a2206206994597c13d831ec7'
const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'

describe('issuers’ freezes from the blocks of a node', { skip }, () => {
  let node: Anvil
  let now = 1_900_000_000
  const run = <T>(name: string, input: object): Promise<T> =>
    perform(name, input, {
      ...{ directory: join(folder, 'data'), user: 'tester', clock: fixedClock(now++), progress: () => {} },
      signal: new AbortController().signal,
    }) as Promise<T>
  const sync = (): Promise<Synced> => run<Synced>('ledger sync', { network: 'ethereum', from: node.url })
  const statusOf = async (address: string, more: object = {}): Promise<string> => {
    type Screened = { results: { status: string }[] }
    const { results } = await run<Screened>('screen', { address: [`eip155:1:${address}`], hops: 0, ...more })
    return results[0]!.status
  }
  const heldOf = async (address: string): Promise<string> => {
    type Triage = { addresses: { frozen: { status: string } }[] }
    const { addresses } = await run<Triage>('triage', { text: [`eip155:1:${address}`] })
    return addresses[0]!.frozen.status
  }
  const issue = (method: string, address: string): Promise<unknown> => node.send('Stable', USDT, method, [address])

  before(async () => {
    node = await startAnvil()
    const stable = await node.deploy('Stable', 'USDT')
    await node.call('anvil_setCode', USDT, await node.call('eth_getCode', stable, 'latest'))
    await node.put('Dollar', USDC)
  })
  after(() => node.stop())

  test('frozen, then lifted: listed, then formerly listed; an impostor’s event lists nobody', async () => {
    const [, b, c] = node.accounts as [Hex, Hex, Hex]
    await issue('addBlackList', b)
    const fake = await node.deploy('Stable', 'USDT')
    await node.send('Stable', fake, 'addBlackList', [c])
    const first = await sync()
    assert.deepEqual([first.issuer.length, first.freezes], [2, { registered: 1, withdrawn: 0 }])
    assert.deepEqual([await statusOf(b), await heldOf(b)], ['listed', 'frozen'])
    assert.notEqual(await statusOf(c), 'listed')
    assert.equal((await sync()).freezes?.registered, 0)
    await node.call('evm_increaseTime', 1000)
    await issue('removeBlackList', b)
    assert.equal((await sync()).freezes?.registered, 1)
    assert.deepEqual([await statusOf(b), await heldOf(b)], ['formerly-listed', 'lifted'])
  })

  test('Circle’s events, which hold the address in a topic, count as Tether’s do', async () => {
    const [, , , , , f] = node.accounts as Hex[]
    await node.send('Dollar', USDC, 'blacklist', [f])
    const impostor = await node.deploy('Dollar')
    await node.send('Dollar', impostor, 'blacklist', [node.accounts[6]])
    const first = await sync()
    assert.deepEqual(
      first.issuer.map(one => [one.kind, one.contract, one.address]),
      [
        ['frozen', USDC, f!.toLowerCase()],
        ['frozen', impostor, node.accounts[6]!.toLowerCase()],
      ],
    )
    assert.deepEqual([first.freezes?.registered, await statusOf(f!)], [1, 'listed'])
    assert.notEqual(await statusOf(node.accounts[6]!), 'listed')
    await node.call('evm_increaseTime', 1000)
    await node.send('Dollar', USDC, 'unBlacklist', [f])
    assert.equal((await sync()).freezes?.registered, 1)
    assert.deepEqual([await statusOf(f!), await heldOf(f!)], ['formerly-listed', 'lifted'])
  })

  test('a reorganisation withdraws the freeze; it may come again; what was known stays', async () => {
    const [, , , d, e] = node.accounts as [Hex, Hex, Hex, Hex, Hex]
    await issue('addBlackList', e)
    await sync()
    const snapshot = await node.call('evm_snapshot')
    await issue('addBlackList', d)
    assert.equal((await sync()).freezes?.registered, 1)
    assert.equal(await statusOf(d), 'listed')
    const known = now - 1
    await node.call('evm_revert', snapshot)
    await node.call('evm_increaseTime', 77)
    await node.call('evm_mine')
    await node.call('evm_mine')
    const synced = await sync()
    assert.deepEqual([synced.reorganised?.depth, synced.freezes], [1, { registered: 0, withdrawn: 1 }])
    assert.deepEqual([await statusOf(d), await heldOf(d)], ['no-finding', 'not-frozen'])
    assert.equal(await statusOf(e), 'listed', 'what stood before stands')
    assert.equal(await statusOf(d, { knownAt: new Date(known * 1000).toISOString() }), 'listed')
    await issue('addBlackList', d)
    assert.equal((await sync()).freezes?.registered, 1)
    assert.deepEqual([await statusOf(d), await statusOf(e)], ['listed', 'listed'])
  })
})
