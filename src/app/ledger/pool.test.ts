import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { encodeFunctionData, type Hex, parseAbi } from 'viem'
import { type Anvil, skip as noAnvil, startAnvil } from '../../../test/anvil.ts'
import { type Node, skip as noNode, startNode } from '../../../test/litecoind.ts'
import { asTester } from '../../../test/tester.ts'
import { networksOf, openColumns } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Pooled } from './pool.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-pool-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const look = (network: string, input: object): Promise<Pooled> =>
  perform('ledger pool', { network, ...input }, asTester(join(folder, network))) as Promise<Pooled>

const said = ({ payments }: Pooled): unknown[] =>
  payments.map(one => [one.address, one.direction, one.amount.value, one.txid, one.replaceable])

describe('ledger pool, against a node of the Core family', { skip: noNode }, () => {
  let node: Node
  let [mine, shop, change] = ['', '', '']
  const ask = (...words: string[]): string => node.ask(...words)
  const seen = (addresses: string): Promise<Pooled> =>
    look('litecoin-regtest', { from: node.url, cookie: node.cookie, addresses })

  before(async () => {
    node = await startNode('-mempoolreplacement=1')
    ask('createwallet', 'w')
    for (const set of [0, 1, 2]) {
      const address = ask('getnewaddress', '', 'bech32')
      if (set === 0) mine = address
      if (set === 1) shop = address
      if (set === 2) change = address
    }
    ask('generatetoaddress', '101', mine)
  })
  after(() => node.stop())

  /** A payment of one coin by hand, so that each side is known: 1 to the shop, the rest less a fee back. */
  type Coin = { txid: string; vout: number; address: string; amount: number }
  const coinsOf = (...depth: string[]): Coin[] => JSON.parse(ask('listunspent', ...depth)) as Coin[]
  const pay = (coin: Coin, fee: string, sequence: number): string => {
    const inputs = JSON.stringify([{ txid: coin.txid, vout: coin.vout, sequence }])
    const rest = (coin.amount - 1 - Number(fee)).toFixed(8)
    const raw = ask('createrawtransaction', inputs, JSON.stringify([{ [shop]: '1.00000000' }, { [change]: rest }]))
    const { hex } = JSON.parse(ask('signrawtransactionwithwallet', raw)) as { hex: string }
    return ask('sendrawtransaction', hex, '0')
  }

  test('paid, replaced, mined, gone; nothing of it is stored', async () => {
    assert.deepEqual(said(await seen(`${shop},${mine}`)), [])
    const [coin] = coinsOf()
    const first = pay(coin!, '0.001', 0xffff_fffd)
    const expected = (txid: string, fee: number) => [
      [mine, 'out', '50.00000000', txid, true],
      [shop, 'in', '1.00000000', txid, true],
      [change, 'in', (49 - fee).toFixed(8), txid, true],
    ]
    const all = await seen(`${shop},${mine},${change}`)
    assert.deepEqual(said(all), expected(first, 0.001))
    assert.equal(all.payments[1]!.other, mine)
    assert.equal(all.unread, 0)
    const second = pay(coin!, '0.01', 0xffff_ffff)
    const replaced = expected(second, 0.01).map(one => [...one.slice(0, 4), false])
    assert.deepEqual(said(await seen(`${shop},${mine},${change}`)), replaced)
    ask('generatetoaddress', '1', mine)
    assert.deepEqual(said(await seen(`${shop},${mine},${change}`)), [])
    const store = openReader(join(folder, 'litecoin-regtest'))
    assert.deepEqual([networksOf(store), openColumns(store, 'litecoin-regtest')], [[], undefined])
    store.close()
  })

  test('a chain of payments that wait: the child spends what no block has, and may fall with its parent', async () => {
    const txid = ask('sendtoaddress', shop, '2', '', '', 'false', 'true')
    const [coin] = coinsOf('0', '0').filter(one => one.txid === txid && one.address === shop)
    const inputs = JSON.stringify([{ txid, vout: coin!.vout, sequence: 0xffff_ffff }])
    const raw = ask('createrawtransaction', inputs, JSON.stringify([{ [change]: '1.99900000' }]))
    const { hex } = JSON.parse(ask('signrawtransactionwithwallet', raw)) as { hex: string }
    const child = ask('sendrawtransaction', hex, '0')
    const found = (await seen(`${shop},${change}`)).payments
    const mineOnly = found.filter(one => one.txid === child || (one.txid === txid && one.address === shop))
    assert.deepEqual(
      new Set(mineOnly.map(one => JSON.stringify([one.address, one.direction, one.amount.value, one.replaceable]))),
      new Set(
        [
          [shop, 'in', '2.00000000', true],
          // Its own inputs are final; what it spends may be replaced (BIP 125, inherited signalling).
          [shop, 'out', '2.00000000', true],
          [change, 'in', '1.99900000', true],
        ].map(one => JSON.stringify(one)),
      ),
    )
    ask('generatetoaddress', '1', mine)
  })

  test('a change that comes back is neither got nor given', async () => {
    ask('generatetoaddress', '5', mine)
    const [coin] = coinsOf().filter(one => one.address === mine)
    const inputs = JSON.stringify([{ txid: coin!.txid, vout: coin!.vout }])
    const back = (coin!.amount - 3.001).toFixed(8)
    const raw = ask('createrawtransaction', inputs, JSON.stringify([{ [shop]: '3.00000000' }, { [mine]: back }]))
    const { hex } = JSON.parse(ask('signrawtransactionwithwallet', raw)) as { hex: string }
    const txid = ask('sendrawtransaction', hex, '0')
    assert.deepEqual(said(await seen(mine)), [[mine, 'out', '3.00100000', txid, false]])
  })
})

describe('ledger pool, against an EVM node that mines when it is told to', { skip: noAnvil }, () => {
  let node: Anvil
  before(async () => {
    node = await startAnvil('--no-mining')
  })
  after(() => node.stop())

  test('coin and checked tokens, until they are mined; a fake token’s call is none', async () => {
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7'
    const fake = '0x00000000000000000000000000000000000000ff'
    const abi = parseAbi(['function transfer(address to, uint256 value)'])
    const data = encodeFunctionData({ abi, functionName: 'transfer', args: [c, 2_500_000n] })
    const seen = () => look('ethereum', { from: node.url, addresses: `${b},${c}` })
    assert.deepEqual(said(await seen()), [])
    const paid = (await node.call('eth_sendTransaction', { from: a, to: b, value: '0xde0b6b3a7640000' })) as string
    const token = (await node.call('eth_sendTransaction', { from: b, to: usdt, data, gas: '0x30d40' })) as string
    await node.call('eth_sendTransaction', { from: b, to: fake, data, gas: '0x30d40' })
    const id = (hash: string): string => hash.slice(2)
    const found = await seen()
    assert.deepEqual(
      new Set(said(found).map(one => JSON.stringify(one))),
      new Set(
        [
          [b.toLowerCase(), 'in', '1.000000000000000000', id(paid), true],
          [b.toLowerCase(), 'out', '2.500000', id(token), true],
          [c.toLowerCase(), 'in', '2.500000', id(token), true],
        ].map(one => JSON.stringify(one)),
      ),
    )
    assert.equal(found.transactions, 3)
    await node.call('evm_mine')
    assert.deepEqual(said(await seen()), [])
  })
})

test('a network whose nodes offer no pool says so', async () => {
  await assert.rejects(look('tron', { from: 'http://127.0.0.1:1' }), { name: 'Source.NoPool' })
})
