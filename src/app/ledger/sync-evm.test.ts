import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip, startAnvil } from '../../../test/anvil.ts'
import { type AccountColumns, digestOf, KINDS, openColumns, totalsOf, unitsOf } from '../../ledger/ledger.ts'
import * as Asset from '../../model/asset.ts'
import { toHex } from '../../std/bytes.ts'
import { fixedClock } from '../../std/clock.ts'
import { openReader } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'

/**
 * Against a real EVM node with contracts of ours: what Athar reads is what the node answers when asked for balances.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-evm-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('ledger sync, against an EVM node', { skip }, () => {
  let node: Anvil
  let [stable, fake, wallet, closed, proxy]: [Hex, Hex, Hex, Hex, Hex] = ['0x', '0x', '0x', '0x', '0x']
  const at = (directory: string): string => join(folder, directory)
  const sync = (more: object = {}, directory = 'data', context: Partial<Context> = {}): Promise<Synced> => {
    const input = { network: 'ethereum', from: node.url, ...more }
    const setting = { directory: at(directory), user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} }
    return perform('ledger sync', input, {
      ...setting,
      signal: new AbortController().signal,
      ...context,
    }) as Promise<Synced>
  }
  const read = <T>(work: (columns: AccountColumns) => T, directory = 'data'): T => {
    const store = openReader(at(directory))
    try {
      return work(openColumns(store, 'ethereum') as AccountColumns)
    } finally {
      store.close()
    }
  }
  const rowsOf = (txid: string): string[] =>
    read(({ transactions, transfers, assets, addresses }) => {
      const row = [...Array(transactions.count).keys()].find(
        t => toHex(transactions.txid.subarray(32 * t, 32 * t + 32)) === txid.slice(2),
      )!
      const name = (address: number): string => (address === 0xffff_ffff ? '–' : addresses.format(address).slice(0, 6))
      return [...Array(transfers.count).keys()]
        .filter(t => transfers.transaction[t] === row)
        .map(t => {
          const asset = assets[transfers.asset[t]!]!
          const amount = KINDS[transfers.kind[t]!] === 'fee' ? 'fee' : unitsOf(transfers.units, t)
          const moves = transfers.moves[t] === 1 ? 'moves' : 'kept'
          const ends = `${name(transfers.from[t]!)} ${name(transfers.to[t]!)}`
          return `${KINDS[transfers.kind[t]!]} ${asset.symbol} ${ends} ${amount} ${moves}`
        })
    })

  before(async () => {
    node = await startAnvil()
    stable = await node.deploy('Stable', 'sUSD')
    fake = await node.deploy('Fake')
    wallet = await node.deploy('Wallet')
    closed = await node.deploy('Closed')
    proxy = await node.deploy('Proxy', stable)
  })
  after(() => node.stop())

  test('coins, tokens, fees, internal transfers, failures: each row as the chain has it', async () => {
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    const short = (address: string): string => address.toLowerCase().slice(0, 6)
    await node.send('Stable', stable, 'mint', [b, 1_000_000n])
    await node.send('Stable', stable, 'setFee', [100n])
    const paid = await node.send('Stable', stable, 'transfer', [c, 500_000n], { from: b })
    const approved = await node.send('Stable', stable, 'approve', [a, 7n], { from: b })
    const nothing = await node.send('Stable', stable, 'transferFrom', [c, b, 0n], { from: a })
    const faked = await node.send('Fake', fake, 'pretend', [c, b, 999n])
    await node.pay(a, wallet, 10n ** 18n)
    const inner = await node.send('Wallet', wallet, 'pay', [c, 10n ** 17n])
    const refused = await node.send('Wallet', wallet, 'tryPay', [closed, 5n])
    const failed = await node.send('Wallet', wallet, 'pay', [closed, 5n])
    const synced = await sync()
    assert.deepEqual([synced.rejected, synced.lag, synced.internal], [[], 0, true])
    assert.deepEqual(rowsOf(paid.transactionHash), [
      `fee ETH ${short(b)} – fee moves`,
      `transfer sUSD ${short(b)} ${short(c)} 495000 moves`,
      `transfer sUSD ${short(b)} ${short(a)} 5000 moves`,
    ])
    assert.deepEqual(rowsOf(approved.transactionHash).slice(1), [`approve sUSD ${short(b)} ${short(a)} 7 kept`])
    assert.deepEqual(rowsOf(nothing.transactionHash).slice(1), [`transfer sUSD ${short(c)} ${short(b)} 0 kept`])
    assert.match(rowsOf(faked.transactionHash)[1]!, /^transfer USDT .* 999 /)
    assert.deepEqual(rowsOf(inner.transactionHash).slice(1), [
      `internal ETH ${short(wallet)} ${short(c)} ${10n ** 17n} moves`,
    ])
    assert.deepEqual(rowsOf(refused.transactionHash).slice(1), [
      `internal ETH ${short(wallet)} ${short(closed)} 5 kept`,
    ])
    assert.deepEqual(
      rowsOf(failed.transactionHash).filter(row => row.endsWith('moves')),
      [`fee ETH ${short(a)} – fee moves`],
    )
  })

  test('receipts less payments are the balance that the node states, of coin and of token', async () => {
    const [, , c] = node.accounts as [string, string, Hex]
    const stated = async (address: string): Promise<bigint> =>
      BigInt((await node.call('eth_getBalance', address, 'latest')) as string)
    for (const address of [wallet, closed]) {
      assert.equal(balanceOf(address, null), await stated(address), address)
    }
    const data = `0x70a08231${c.slice(2).padStart(64, '0')}`
    const held = BigInt((await node.call('eth_call', { to: stable, data }, 'latest')) as string)
    assert.equal(balanceOf(c, stable), held)
  })

  const balanceOf = (address: string, contract: string | null): bigint =>
    read(columns => {
      const row = columns.addresses.find(address.toLowerCase())!
      const asset = columns.assets.find(one => one.contract === contract)!
      const balance = totalsOf(columns, row).balance.find(one => one !== null && Asset.equals(one.asset, asset))
      return balance?.units ?? 0n
    })

  test('the issuer’s freezes are told; a token behind a proxy is the proxy’s', async () => {
    const [, b] = node.accounts as [string, Hex]
    await node.send('Stable', stable, 'addBlackList', [b])
    await node.send('Stable', stable, 'destroyBlackFunds', [b])
    await node.send('Stable', stable, 'removeBlackList', [b])
    await node.send('Stable', proxy, 'mint', [b, 5n])
    const synced = await sync()
    assert.deepEqual(
      synced.issuer.map(one => [one.kind, one.contract, one.address, one.units]),
      [
        ['frozen', stable, b.toLowerCase(), null],
        ['destroyed', stable, b.toLowerCase(), 500_000n],
        ['unfrozen', stable, b.toLowerCase(), null],
      ],
    )
    assert.ok(read(columns => columns.assets.some(asset => asset.contract === proxy)))
  })

  test('a reorganisation withdraws what it withdraws, and nothing else', async () => {
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    await sync()
    const before = read(digestOf)
    const snapshot = await node.call('evm_snapshot')
    await node.pay(a, c, 111n)
    await node.pay(b, c, 222n)
    const taken = await sync()
    assert.equal(taken.blocks, 2)
    await node.call('evm_revert', snapshot)
    await node.call('evm_setNextBlockTimestamp', 1_950_000_000)
    await node.pay(a, c, 333n)
    await node.pay(a, c, 444n)
    await node.pay(a, c, 555n)
    const synced = await sync()
    assert.deepEqual([synced.reorganised?.depth, synced.blocks], [2, 3])
    const moved = read(({ transfers }) => [...transfers.units.low].filter(units => units >= 100n && units < 600n))
    assert.deepEqual(moved, [333n, 444n, 555n])
    const fresh = await sync({}, 'fresh')
    assert.equal(fresh.coverage.toHeight, synced.coverage.toHeight)
    assert.equal(read(digestOf), read(digestOf, 'fresh'))
    assert.notEqual(read(digestOf), before)
    const rebuilt = (await perform(
      'rebuild',
      {},
      {
        ...{ directory: at('data'), user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
        signal: new AbortController().signal,
      },
    )) as { networks: { equal: boolean }[] }
    assert.ok(rebuilt.networks.every(one => one.equal))
  })

  test('followed with watches: an alert when a payment comes, withdrawn when the chain takes it back', async () => {
    const [a, , c] = node.accounts as [Hex, Hex, Hex]
    const setting = {
      ...{ directory: at('watched'), user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
      signal: new AbortController().signal,
    }
    await sync({}, 'watched')
    await perform('watch add', { target: c, network: 'ethereum', rules: ['any-payment'] }, setting)
    await sync({ watch: true, start: 0 }, 'watched')
    const snapshot = await node.call('evm_snapshot')
    await node.pay(a, c, 987_654n)
    assert.equal((await sync({ watch: true }, 'watched')).alerts, 1)
    await node.call('evm_revert', snapshot)
    await node.call('evm_setNextBlockTimestamp', 1_960_000_000)
    await node.call('evm_mine')
    assert.equal((await sync({ watch: true }, 'watched')).alerts, 1)
    const list = (await perform('alert list', { limit: 1000 }, setting)) as {
      alerts: { status: string; amount: { amount: string } }[]
    }
    const alert = list.alerts.find(one => one.amount.amount === '987654')
    assert.equal(alert?.status, 'withdrawn')
  })

  test('a node of another chain is refused', async () => {
    const other = await startAnvil('--chain-id', '1337')
    try {
      await assert.rejects(sync({ from: other.url }, 'other'), { name: 'Source.OtherNetwork' })
    } finally {
      await other.stop()
    }
  })
})
