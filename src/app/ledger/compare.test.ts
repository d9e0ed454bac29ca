import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip as noAnvil, startAnvil } from '../../../test/anvil.ts'
import { type Explorer, type Row, startExplorer } from '../../../test/explorer.ts'
import { type Node, skip as noNode, startNode } from '../../../test/litecoind.ts'
import { type Provider, startProvider } from '../../../test/proven.ts'
import { asTester } from '../../../test/tester.ts'
import { networksOf } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Compared } from './compare.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-compare-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const compare = (input: object): Promise<Compared> =>
  perform('ledger compare', input, asTester(join(folder, 'data'))) as Promise<Compared>

const kinds = ({ differences }: Compared): string[] => differences.map(one => one.kind)

describe('two explorers over one EVM node', { skip: noAnvil }, () => {
  let node: Anvil
  let honest: Explorer
  let other: Explorer
  const both = (): Promise<Compared> =>
    compare({ address: node.accounts[1]!, network: 'ethereum', from: honest.url, with: other.url })

  before(async () => {
    node = await startAnvil()
    honest = await startExplorer(node)
    other = await startExplorer(node)
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    const stable = await node.deploy('Stable', 'sUSD')
    await node.send('Stable', stable, 'mint', [b, 1_000_000n])
    await node.send('Stable', stable, 'transfer', [c, 400_000n], { from: b })
    await node.pay(a, b, 10n ** 18n)
    await node.pay(b, c, 5n)
  })
  after(async () => {
    await honest?.stop()
    await other?.stop()
    await node?.stop()
  })

  test('they agree, whichever comes first; and nothing is stored', async () => {
    const found = await both()
    assert.deepEqual([found.agree, found.differences, found.sides[0].transactions], [true, [], 4])
    const store = openReader(join(folder, 'data'))
    assert.deepEqual(networksOf(store), [])
    store.close()
  })

  test('a transaction left out, an amount or height changed, rubbish: each is named', async () => {
    const wrong = async (distort: (action: string, rows: Row[]) => unknown): Promise<Compared> => {
      other.distort = distort
      const found = await both()
      other.distort = null
      assert.equal(found.agree, false)
      return found
    }
    const isCoin = (row: Row): boolean => row['value'] === '5'
    const out = await wrong((_, rows) => rows.filter(row => !isCoin(row)))
    assert.deepEqual([kinds(out), out.differences[0]!.second], [['only-first'], null])
    const more = await wrong((_, rows) => rows.map(row => (isCoin(row) ? { ...row, value: '6' } : row)))
    assert.deepEqual(kinds(more), ['amounts'])
    assert.match(more.differences[0]!.second!.join(), /coin 6 /)
    const high = await wrong((_, rows) => {
      return rows.map(row => (isCoin(row) ? { ...row, blockNumber: `${Number(row['blockNumber']) + 1}` } : row))
    })
    assert.deepEqual(kinds(high), ['height'])
    const rubbish = await wrong(() => [{ nonsense: '1' }])
    assert.match(rubbish.sides[1].failed!, /does not answer as expected/)
    assert.equal(rubbish.sides[0].failed, null)
  })
})

describe('Esplora and Electrum over one node of the Core family', { skip: noNode }, () => {
  let node: Node
  let provider: Provider
  let address = ''
  const both = (more: object = {}): Promise<Compared> =>
    compare({ address, network: 'litecoin-regtest', from: provider.esplora, with: provider.electrum, ...more })

  before(async () => {
    node = await startNode()
    node.ask('createwallet', 'w')
    const miner = node.ask('getnewaddress')
    address = node.ask('getnewaddress')
    node.ask('generatetoaddress', '102', miner)
    for (const coins of ['0.1', '0.2', '0.3']) node.ask('sendtoaddress', address, coins)
    node.ask('generatetoaddress', '1', miner)
    provider = await startProvider(node)
  })
  after(async () => {
    await provider?.stop()
    await node?.stop()
  })

  test('two protocols tell the same; one that omits is found out', async () => {
    const found = await both()
    assert.deepEqual([found.agree, found.sides.map(side => side.transactions), found.differences], [true, [3, 3], []])
    provider.distort = (path, answer) => {
      return path === 'blockchain.scripthash.get_history' ? (answer as unknown[]).slice(1) : answer
    }
    const less = await both()
    provider.distort = null
    assert.deepEqual([less.agree, kinds(less)], [false, ['only-first']])
    assert.match(less.differences[0]!.first!.join(), /^receives \d+$/)
  })

  test('one that is not there is told; the other’s history is still counted', async () => {
    const found = await both({ with: 'http://127.0.0.1:1' })
    assert.equal(found.agree, false)
    assert.match(found.sides[1].failed!, /does not answer/)
    assert.equal(found.sides[0].transactions, 3)
    await assert.rejects(both({ noEgress: true }), { name: 'Source.NoEgress' })
  })
})
