import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { type Node, skip, startNode } from '../../../test/litecoind.ts'
import { type Provider, startProvider } from '../../../test/proven.ts'
import { asTester } from '../../../test/tester.ts'
import { digestOf, openColumns, totalsOf, type UtxoColumns } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Fetched } from './fetched.ts'
import type { Synced } from './sync.ts'

const NETWORK = 'litecoin-regtest'
const folder = mkdtempSync(join(tmpdir(), 'athar-proven-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('ledger fetch, from Esplora and Electrum over a real node', { skip }, () => {
  let node: Node
  let provider: Provider
  let [address, other] = ['', '']
  let fresh = 0
  const run = <T>(name: string, input: object, directory: string): Promise<T> =>
    perform(name, input, asTester(join(folder, directory))) as Promise<T>
  const history = (directory: string, more: object = {}): Promise<Fetched> =>
    run('ledger fetch', { addresses: [address], network: NETWORK, from: provider.esplora, ...more }, directory)
  const read = <T>(directory: string, work: (columns: UtxoColumns) => T): T => {
    const store = openReader(join(folder, directory))
    try {
      return work(openColumns(store, NETWORK) as UtxoColumns)
    } finally {
      store.close()
    }
  }
  /** What a ledger says of the address: transactions, receipts, payments, balance, and who stands on the other side. */
  const accountIn = (directory: string) =>
    read(directory, columns => {
      const row = columns.addresses.find(address)!
      const { received, sent, balance, transactions, first, last } = totalsOf(columns, row)
      const sides = new Set<string>()
      for (const transaction of columns.addresses.transactionsOf(row)) {
        const { firstInput } = columns.transactions
        for (let i = firstInput[transaction]!; i < firstInput[transaction + 1]!; i++) {
          const payer = columns.inputs.address[i]!
          sides.add(`${payer === 0xffff_ffff ? '?' : columns.addresses.format(payer)} ${columns.inputs.units[i]}`)
        }
      }
      return { received, sent, balance, transactions, first, last, sides: [...sides].sort() }
    })

  before(async () => {
    node = await startNode()
    node.ask('createwallet', 'w')
    const miner = node.ask('getnewaddress')
    address = node.ask('getnewaddress')
    other = node.ask('getnewaddress', '', 'legacy')
    node.ask('generatetoaddress', '105', miner)
    for (let k = 1; k <= 7; k++) {
      node.ask('sendtoaddress', address, `0.${k}`)
      node.ask('sendtoaddress', other, '0.01')
      if (k % 3 === 0) node.ask('generatetoaddress', '1', miner)
    }
    node.ask('generatetoaddress', '2', miner)
    const coins = JSON.parse(node.ask('listunspent', '1', '999', JSON.stringify([address]))) as {
      txid: string
      vout: number
    }[]
    const [coin] = coins
    const raw = node.ask(
      'createrawtransaction',
      JSON.stringify([coin]),
      JSON.stringify([{ [other]: '0.05' }, { [address]: '0.04' }]),
    )
    const signed = JSON.parse(node.ask('signrawtransactionwithwallet', raw)) as { hex: string }
    node.ask('sendrawtransaction', signed.hex, '0')
    node.ask('generatetoaddress', '1', miner)
    provider = await startProvider(node)
  })
  afterEach(() => {
    provider.distort = null
  })
  after(async () => {
    await provider?.stop()
    await node?.stop()
  })

  test('either way the address has the history that the whole chain tells of it', async () => {
    const synced = await run<Synced>('ledger sync', { network: NETWORK, from: node.url, cookie: node.cookie }, 'chain')
    assert.equal(synced.lag, 0)
    for (const [directory, from] of [
      ['esplora', provider.esplora],
      ['electrum', provider.electrum],
    ] as const) {
      const [one] = (await history(directory, { from })).results
      assert.deepEqual([one!.complete, one!.faults], [true, []], one!.why)
      assert.deepEqual(accountIn(directory), accountIn('chain'))
    }
  })

  test('of an excerpt nobody says that it is the whole; the chain read afterwards is what counts', async () => {
    const { coverage } = await history('grown')
    assert.deepEqual([coverage[0]!.transactionsExpected, coverage[0]!.truncated], [null, null])
    await run('ledger fetch', { addresses: [other], network: NETWORK, from: provider.esplora }, 'grown')
    assert.deepEqual(accountIn('grown'), accountIn('chain'))
    await run('ledger sync', { network: NETWORK, from: node.url, cookie: node.cookie, start: 0 }, 'grown')
    assert.equal(read('grown', digestOf), read('chain', digestOf))
    const rebuilt = await run<{ networks: { equal: boolean }[] }>('rebuild', {}, 'grown')
    assert.ok(rebuilt.networks.every(one => one.equal))
  })

  test('excerpts alone are derived again from their files', async () => {
    const rebuilt = await run<{ networks: { equal: boolean }[] }>('rebuild', {}, 'electrum')
    assert.ok(rebuilt.networks.every(one => one.equal))
  })

  test('a second reading asks for what is new', async () => {
    await history('again')
    provider.asked.length = 0
    const [one] = (await history('again')).results
    assert.deepEqual([one!.added, one!.complete], [0, true])
    assert.ok(!provider.asked.some(path => path.includes('/hex')))
  })

  const last = (path: string): string => path.split('/').at(-1)!
  const flip = (text: unknown): string => String(text).replace(/.$/, digit => (digit === '0' ? '1' : '0'))
  const lies: [string, (path: string, answer: unknown) => unknown, RegExp][] = [
    [
      'leaves out transactions',
      (path, answer) => (path.includes('/txs/chain') ? (answer as object[]).filter((_, at) => at !== 1) : answer),
      /stated/,
    ],
    [
      'alters a transaction',
      (path, answer) => (last(path) === 'hex' ? String(answer).replace(/.{8}$/, '01000000') : answer),
      /refused/,
    ],
    [
      'gives a false branch',
      (path, answer) =>
        last(path) === 'merkle-proof'
          ? { ...(answer as object), merkle: (answer as { merkle: string[] }).merkle.map(flip) }
          : answer,
      /refused/,
    ],
    [
      'gives a false place',
      (path, answer) =>
        last(path) === 'merkle-proof' ? { ...(answer as object), pos: (answer as { pos: number }).pos ^ 1 } : answer,
      /refused/,
    ],
    [
      'states another balance',
      (path, answer) =>
        last(path) === address ? { chain_stats: { tx_count: 8, funded_txo_sum: 5, spent_txo_sum: 0 } } : answer,
      /stated/,
    ],
  ]
  for (const [what, distort, why] of lies) {
    test(`a provider that ${what}: partial, and it says why`, async () => {
      provider.distort = distort
      const [one] = (await history(`lie-${fresh++}`)).results
      assert.equal(one!.complete, false)
      assert.match(one!.why, why)
    })
  }

  test('refused: the same page for ever, another header, another network, nonsense', async () => {
    const first = JSON.stringify(await (await fetch(`${provider.esplora}/address/${address}/txs/chain`)).json())
    const refusals: [(path: string, answer: unknown) => unknown, string][] = [
      [(path, answer) => (path.includes('/txs/chain') ? first : answer), 'Source.NotUnderstood'],
      [(path, answer) => (last(path) === 'header' ? flip(answer) : answer), 'Source.NotUnderstood'],
      [(path, answer) => (path.endsWith('/block-height/0') ? '00'.repeat(32) : answer), 'Source.OtherNetwork'],
      [() => '<html>', 'Source.NotUnderstood'],
      [path => (path.includes('/txs/') ? '{' : '12'), 'Source.NotUnderstood'],
    ]
    for (const [distort, name] of refusals) {
      provider.distort = distort
      await assert.rejects(history(`refused-${fresh++}`), { name })
    }
  })

  test('an Electrum server that tells another transaction or an unknown method is refused', async () => {
    provider.distort = (method, answer) => (method === 'blockchain.transaction.get' ? flip(answer) : answer)
    await assert.rejects(history(`electrum-${fresh++}`, { from: provider.electrum }), { name: 'Source.NotUnderstood' })
    provider.distort = (method, answer) => (method.endsWith('get_history') ? undefined : answer)
    await assert.rejects(history(`electrum-${fresh++}`, { from: provider.electrum }), { name: 'Source.Refused' })
    await assert.rejects(history(`electrum-${fresh++}`, { from: 'tcp://127.0.0.1:1' }), { name: 'Source.Unreachable' })
  })
})
