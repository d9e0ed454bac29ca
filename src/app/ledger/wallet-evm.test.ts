import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { encodeFunctionData, encodePacked, type Hex, parseAbi, size } from 'viem'
import { mnemonicToAccount } from 'viem/accounts'
import { type Anvil, skip, startAnvil } from '../../../test/anvil.ts'
import { fixedClock } from '../../std/clock.ts'
import type { TraceAnswer } from '../follow/trace.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'

/**
 * Wallets of several owners and exchanges of tokens, on a real EVM node: whose money moved, and into what.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-wallet-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const ETHER = 10n ** 18n
const TOKEN = parseAbi(['function transfer(address to, uint256 value)'])
const NOBODY = `0x${'0'.repeat(40)}` as const

describe('wallets and swaps on an EVM node', { skip }, () => {
  let node: Anvil
  const directory = join(folder, 'data')
  const run = <T>(name: string, input: object): Promise<T> =>
    perform(name, input, {
      ...{ directory, user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
      signal: new AbortController().signal,
    }) as Promise<T>
  const sync = (): Promise<Synced> => run('ledger sync', { network: 'ethereum', from: node.url })
  const trace = (origin: string, more: object = {}): Promise<TraceAnswer> =>
    run('trace', { origin: [origin], network: 'ethereum', method: 'fifo', ...more })
  const reached = (answer: TraceAnswer, asset: string): unknown[] =>
    answer.methods['fifo']!.reached.filter(row => row.amount.asset === asset).map(row => [
      ...[row.address, row.amount.amount, row.stoppedBecause],
    ])
  type Control = { kind: string; account: string; party: string; number: string }
  const control = async (address: string): Promise<Control[]> =>
    (await run<{ control?: Control[] }>('address show', { address, network: 'ethereum' })).control ?? []
  /** Fresh addresses that nobody signs for. */
  let fresh = 0
  const stranger = (): Hex => `0x${(++fresh + 0xa000).toString(16).padStart(40, '7')}`

  before(async () => {
    node = await startAnvil()
  })
  after(() => node.stop())

  describe('a wallet of two owners', () => {
    let [safe, stable, batch]: [Hex, Hex, Hex] = ['0x', '0x', '0x']
    /** Both owners agree, the first one sends; the receipt's transaction. */
    const agreed = async (to: Hex, value: bigint, data: Hex, operation = 0, gas = 0n): Promise<string> => {
      const [, b, c] = node.accounts as [Hex, Hex, Hex]
      const nonce = await node.ask('Safe', safe, 'nonce', [])
      const hash = await node.ask('Safe', safe, 'hashOf', [to, value, data, operation, nonce])
      await node.send('Safe', safe, 'approveHash', [hash], { from: c })
      const owners = [b, c].sort((x, y) => (BigInt(x) < BigInt(y) ? -1 : 1))
      const signatures = `0x${owners.map(one => `${one.slice(2).padStart(64, '0')}${'0'.repeat(64)}01`).join('')}`
      const args = [to, value, data, operation, gas, 0n, 0n, NOBODY, NOBODY, signatures]
      return (await node.send('Safe', safe, 'execTransaction', args, { from: b })).transactionHash
    }

    before(async () => {
      const [, b, c, d] = node.accounts as [Hex, Hex, Hex, Hex]
      stable = await node.deploy('Stable', 'sUSD')
      batch = await node.deploy('MultiSend')
      safe = await node.deploy('SafeProxy', await node.deploy('Safe'))
      await node.send('Safe', safe, 'setup', [[b, c], 2n, NOBODY, '0x', NOBODY, NOBODY, 0n, NOBODY])
      await node.pay(d, safe, ETHER)
      await node.send('Stable', stable, 'mint', [safe, 1000n])
    })

    test('what it pays is its own, not that of the owner who signs and pays the gas', async () => {
      const [, b] = node.accounts as [Hex, Hex]
      const payee = stranger()
      await agreed(stable, 0n, encodeFunctionData({ abi: TOKEN, functionName: 'transfer', args: [payee, 400n] }))
      await sync()
      const own = await trace(safe)
      assert.deepEqual(reached(own, 'sUSD'), [
        [safe, '600', 'unspent'],
        [payee, '400', 'unspent'],
      ])
      assert.equal(own.conserved, true)
      const owner = await trace(b)
      assert.deepEqual(reached(owner, 'sUSD'), [])
      const { total, fees } = owner.methods['fifo']!
      assert.deepEqual([total, total.map(one => one.asset)], [fees, ['ETH']], 'the owner paid fees and nothing else')
    })

    test('payments by code that it calls in its own name, and by a module, are its own too', async () => {
      const [x, y, z] = [stranger(), stranger(), stranger()]
      const one = (to: Hex, value: bigint, data: Hex): Hex =>
        encodePacked(['uint8', 'address', 'uint256', 'uint256', 'bytes'], [0, to, value, BigInt(size(data)), data])
      const token = encodeFunctionData({ abi: TOKEN, functionName: 'transfer', args: [y, 50n] })
      const packed = `${one(x, ETHER / 4n, '0x')}${one(stable, 0n, token).slice(2)}` as Hex
      const abi = parseAbi(['function multiSend(bytes transactions)', 'function enableModule(address module)'])
      await agreed(batch, 0n, encodeFunctionData({ abi, functionName: 'multiSend', args: [packed] }), 1)
      const module = await node.deploy('Allowance')
      await agreed(safe, 0n, encodeFunctionData({ abi, functionName: 'enableModule', args: [module] }))
      await node.send('Allowance', module, 'pay', [safe, z, ETHER / 8n])
      assert.deepEqual((await sync()).rejected, [])
      const own = await trace(safe)
      const paid = reached(own, 'ETH') as [string, string, string][]
      assert.deepEqual(
        paid.filter(([address]) => address === x || address === z),
        [
          [x, `${ETHER / 4n}`, 'unspent'],
          [z, `${ETHER / 8n}`, 'unspent'],
        ],
      )
      assert.ok((reached(own, 'sUSD') as string[][]).some(([address, amount]) => address === y && amount === '50'))
      assert.equal(own.conserved, true)
    })

    test('its owners, its threshold and its modules are told beside it, and beside each of them', async () => {
      const [, b, c, , added] = node.accounts.map(one => one.toLowerCase()) as [string, string, string, string, Hex]
      const abi = parseAbi(['function addOwnerWithThreshold(address owner, uint256 needed)'])
      await agreed(safe, 0n, encodeFunctionData({ abi, functionName: 'addOwnerWithThreshold', args: [added, 2n] }))
      await sync()
      const told = await control(safe)
      assert.deepEqual(
        told.map(one => [one.kind, one.account, one.number]),
        [
          ['owner-added', safe, ''],
          ['owner-added', safe, ''],
          ['threshold', safe, '2'],
          ['module-enabled', safe, ''],
          ['owner-added', safe, ''],
          ['threshold', safe, '2'],
        ],
      )
      assert.deepEqual([told[0]!.party, told[1]!.party, told[4]!.party], [b, c, added])
      assert.deepEqual(
        (await control(b)).map(one => [one.kind, one.account]),
        [['owner-added', safe]],
      )
      assert.deepEqual(await control(stranger()), [])
    })

    test('what its inner call failed to pay has not moved, though the transaction stands', async () => {
      const closed = await node.deploy('Closed')
      const txid = await agreed(closed, 5n, '0x', 0, 50_000n)
      await sync()
      const outpoint = await trace(safe, { method: 'all' })
      for (const { reached: rows } of Object.values(outpoint.methods)) {
        assert.ok(rows.every(row => row.address !== closed && !row.transactions.includes(txid.slice(2))))
      }
    })
  })

  test('a fake of a token is another token, whatever its events say, and a trace says so', async () => {
    const [giver, taker] = [node.accounts[3]!, stranger()]
    const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7'
    const stable = await node.deploy('Stable', 'USDT')
    await node.call('anvil_setCode', usdt, await node.call('eth_getCode', stable, 'latest'))
    await node.send('Stable', usdt, 'mint', [giver, 70n])
    await node.send('Stable', usdt, 'transfer', [taker, 30n], { from: giver })
    const fake = await node.deploy('Fake')
    await node.send('Fake', fake, 'pretend', [giver, taker, 10n ** 12n])
    await sync()
    const { reached: rows } = (await trace(giver)).methods['fifo']!
    const of = (contract: string): unknown[] =>
      rows.filter(row => row.amount.contract === contract).map(row => [row.address, row.amount.amount])
    assert.deepEqual(of(usdt), [
      [giver.toLowerCase(), '40'],
      [taker, '30'],
    ])
    assert.deepEqual(of(fake), [[taker, `${10n ** 12n}`]])
    const said = `“USDT” at ${fake} only bears that name`
    assert.ok((await trace(giver)).notes.some(note => note.startsWith(said)))
    assert.ok(!(await trace(giver)).notes.some(note => note.includes(usdt)))
  })

  test('an account that lends itself code (EIP-7702) pays what that code pays', async () => {
    const [code, caller, payee] = [await node.deploy('Wallet'), node.accounts[7]!, stranger()]
    const holder = mnemonicToAccount(`${'test '.repeat(11)}junk`, { addressIndex: 9 })
    const nonce = Number(await node.call('eth_getTransactionCount', holder.address, 'latest'))
    const signed = await holder.signAuthorization!({ address: code, chainId: 1, nonce })
    const authorization = {
      ...{ address: code, chainId: '0x1', nonce: `0x${nonce.toString(16)}`, yParity: `0x${signed.yParity}` },
      ...{ r: signed.r, s: signed.s },
    }
    await node.call('eth_sendTransaction', {
      ...{ from: caller, to: caller, type: '0x4', gas: '0x30d40', authorizationList: [authorization] },
    })
    assert.match(String(await node.call('eth_getCode', holder.address, 'latest')), /^0xef0100/)
    await node.send('Wallet', holder.address, 'pay', [payee, 123n], { from: caller })
    assert.deepEqual((await sync()).rejected, [])
    const own = await trace(holder.address)
    assert.deepEqual(reached(own, 'ETH'), [[payee, '123', 'unspent']])
    assert.ok(!(reached(await trace(caller), 'ETH') as string[][]).some(([address]) => address === payee))
    const account = holder.address.toLowerCase()
    assert.deepEqual(
      (await control(account)).map(one => [one.kind, one.account, one.party, one.number]),
      [['code-signed', account, code, `${nonce}`]],
    )
  })

  describe('swaps', () => {
    let [dollar, other, wrapped, router]: [Hex, Hex, Hex, Hex] = ['0x', '0x', '0x', '0x']
    const soon = 4_000_000_000n
    const approve = (token: Hex, owner: Hex): Promise<unknown> =>
      node.send('Stable', token, 'approve', [router, 10n ** 30n], { from: owner })

    before(async () => {
      const [a] = node.accounts as [Hex]
      dollar = await node.deploy('Stable', 'aUSD')
      other = await node.deploy('Stable', 'cEUR')
      wrapped = await node.deploy('Wrapped')
      router = await node.deploy('Router', wrapped)
      const pools: Hex[] = []
      for (const token of [dollar, other]) {
        const pool = await node.deploy('Pair', token, wrapped)
        await node.send('Router', router, 'register', [token, wrapped, pool])
        await node.send('Stable', token, 'mint', [pool, 10_000_000_000n])
        await node.send('Wrapped', wrapped, 'deposit', [], { value: `0x${(100n * ETHER).toString(16)}`, from: a })
        await node.send('Wrapped', wrapped, 'transfer', [pool, 100n * ETHER])
        await node.send('Pair', pool, 'sync', [])
        pools.push(pool)
      }
      const tags = [...pools, router].map(
        address => `  - address: "${address}"\n    label: Pool\n    source: https://example.org/pool\n`,
      )
      const head =
        'title: Exchanges\ncreator: test\ncurrency: ETH\nnetwork: ETH\ncategory: defi_dex\nconfidence: web_crawl'
      const pack = join(folder, 'pack.yaml')
      writeFileSync(pack, `${head}\ntags:\n${tags.join('')}`)
      await run('list add', { format: 'tagpack', file: pack })
    })

    test('through two pools: one linked edge, into what came back, by the shares of what was paid in', async () => {
      const [, , , , e] = node.accounts as [Hex, Hex, Hex, Hex, Hex]
      const [donor, heir] = [node.accounts[5]!, stranger()]
      await node.send('Stable', dollar, 'mint', [donor, 30_000_000n])
      await node.send('Stable', dollar, 'mint', [e, 10_000_000n])
      await node.send('Stable', dollar, 'transfer', [e, 30_000_000n], { from: donor })
      await approve(dollar, e)
      const path = [dollar, wrapped, other]
      await node.send('Router', router, 'swapExactTokensForTokens', [40_000_000n, 0n, path, e, soon], { from: e })
      const got = (await node.ask('Stable', other, 'balanceOf', [e])) as bigint
      await node.send('Stable', other, 'transfer', [heir, got], { from: e })
      await sync()
      const found = await trace(donor, { method: 'haircut' })
      const { reached: rows, converted } = found.methods['haircut']!
      const share = (got * 30n) / 40n
      assert.deepEqual(
        rows.map(row => [row.address, row.amount.asset, row.amount.amount, row.stoppedBecause]),
        [[heir, 'cEUR', `${share}`, 'unspent']],
      )
      assert.deepEqual(
        converted!.map(one => [one.address, one.from.amount, one.from.asset, one.to.amount, one.to.asset]),
        [[e.toLowerCase(), '30000000', 'aUSD', `${share}`, 'cEUR']],
      )
      assert.equal(found.conserved, true)
    })

    test('the chain’s coin in, and a token out', async () => {
      const [donor, f, heir] = [node.accounts[6]!, node.accounts[7]!, stranger()]
      await node.pay(donor, f, ETHER)
      await node.send('Router', router, 'swapExactETHForTokens', [0n, [wrapped, other], f, soon], {
        ...{ from: f, value: `0x${ETHER.toString(16)}` },
      })
      const got = (await node.ask('Stable', other, 'balanceOf', [f])) as bigint
      await node.send('Stable', other, 'transfer', [heir, got], { from: f })
      await sync()
      const found = await trace(donor)
      assert.deepEqual(reached(found, 'cEUR'), [[heir, `${got}`, 'unspent']])
      assert.equal(found.conserved, true)
    })

    test('a token in, and the chain’s coin out: paid back by a call, which no event numbers', async () => {
      const [donor, g, heir] = [node.accounts[8]!, node.accounts[9]!, stranger()]
      await node.send('Stable', dollar, 'mint', [donor, 5_000_000n])
      await node.send('Stable', dollar, 'transfer', [g, 5_000_000n], { from: donor })
      await approve(dollar, g)
      await node.send('Router', router, 'swapExactTokensForETH', [5_000_000n, 0n, [dollar, wrapped], heir, soon], {
        from: g,
      })
      await node.send('Stable', dollar, 'mint', [donor, 5_000_000n])
      await node.send('Stable', dollar, 'transfer', [g, 5_000_000n], { from: donor })
      // Late in a block the numbers of events are beyond those of calls, which begin anew with each transaction.
      await node.together(...[1n, 2n, 3n].map(value => ['Stable', dollar, 'mint', [heir, value]] as const), [
        'Router',
        router,
        'swapExactTokensForETH',
        [5_000_000n, 0n, [dollar, wrapped], g, soon],
        { from: g },
      ])
      await sync()
      const found = await trace(donor)
      const { converted, reached: rows } = found.methods['fifo']!
      assert.deepEqual(
        converted!.map(one => [one.address, one.from.amount, one.to.asset]),
        [[g.toLowerCase(), '5000000', 'ETH']],
        'paid back to another than the payer is no pair',
      )
      assert.ok(rows.some(row => row.address === g.toLowerCase() && row.amount.asset === 'ETH'))
      assert.equal(found.conserved, true)
    })
  })
})
