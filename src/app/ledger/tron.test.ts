import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES, type Answer, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { type AccountColumns, digestOf, openColumns } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Fetched } from './fetch.ts'
import type { Synced } from './sync.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-tron-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const [a, b, c, contract, fake] = ADDRESSES as [string, string, string, string, string]

describe('Tron, from a scripted node and provider', () => {
  let node: TronNode
  let fresh = 0
  const run = <T>(name: string, input: object, directory: string): Promise<T> =>
    perform(name, input, asTester(join(folder, directory))) as Promise<T>
  const sync = (directory: string, more: object = {}): Promise<Synced> =>
    run('ledger sync', { network: 'tron', from: node.url, ...more }, directory)
  const fetchHistory = (directory: string, more: object = {}): Promise<Fetched> =>
    run('ledger fetch', { addresses: [a], from: node.url, ...more }, directory)
  const digestIn = (directory: string): string => {
    const store = openReader(join(folder, directory))
    const digest = digestOf(openColumns(store, 'tron') as AccountColumns)
    store.close()
    return digest
  }

  before(async () => {
    node = await startTronNode()
    node.mine({ from: b, to: a, units: 900_000_000n, fee: 1_100_000n })
    node.mine(
      { from: b, to: c, units: 5n },
      { from: b, to: a, units: 2_000_000n, contract: USDT, fee: 13_000_000n },
      { from: c, to: a, units: 10n ** 30n, contract: fake },
    )
    node.mine({ from: a, to: c, units: 1_500_000n, contract: USDT, fee: 27_000_000n })
    node.mine({ from: a, to: c, units: 400_000n, contract: USDT, fee: 345_000n, failed: true })
    node.mine({ from: a, to: contract, units: 3_000_000n, inner: [{ from: contract, to: b, units: 1_000_000n }] })
    node.mine({ from: b, to: c, units: 0n, contract: USDT, freeze: c }, { from: b, to: a, units: 7n })
    for (let k = 0; k < 5; k++) node.mine({ from: a, to: b, units: BigInt(100 + k) })
  })
  afterEach(() => {
    node.distort = null
  })
  after(() => node.stop())

  test('the whole chain: every transfer, freezes of the issuer, finality of solid blocks', async () => {
    const synced = await sync('chain')
    assert.deepEqual([synced.blocks, synced.lag, synced.rejected], [12, 0, []])
    assert.equal(synced.finalHeight, synced.tip.height - 2)
    assert.deepEqual(
      synced.issuer.map(one => [one.kind, one.contract, one.address]),
      [['frozen', USDT, c]],
    )
    assert.equal(synced.coverage.finality, 'provider-attested')
  })

  test('the history of one address: page after page, reconciled with every balance that is stated', async () => {
    const { results } = await fetchHistory('history')
    const [one] = results
    assert.deepEqual([one!.complete, one!.faults, one!.transactions], [true, [], 12])
    const usdt = one!.balances.find(balance => balance.stated.contract === USDT)!
    assert.deepEqual([usdt.computed?.amount, usdt.stated.amount], ['500000', '500000'])
  })

  test('both together are one ledger: what was read twice is there once', async () => {
    await fetchHistory('both')
    const synced = await sync('both')
    assert.deepEqual(synced.rejected, [])
    await sync('alone')
    assert.equal(digestIn('both'), digestIn('alone'))
  })

  test('a second reading goes on where the first ended', async () => {
    await fetchHistory('resumed')
    node.mine({ from: a, to: c, units: 9n })
    node.asked.length = 0
    const [one] = (await fetchHistory('resumed')).results
    assert.deepEqual([one!.complete, one!.added], [true, 1])
    const blocks = node.asked.filter(path => path === '/wallet/getblockbynum').length
    assert.ok(blocks <= 2, `${blocks} blocks were asked for`)
  })

  const lists = /transactions(\/trc20)?$/
  const lies: [string, (path: string, answer: Answer) => unknown, RegExp][] = [
    [
      'leaves out a page',
      (path, answer) => (lists.test(path) ? { ...answer, meta: {}, data: answer.data.slice(0, 1) } : answer),
      /does not agree/,
    ],
    [
      'alters an amount in its list',
      (path, answer) =>
        path.endsWith('trc20')
          ? { ...answer, data: answer.data.map((row: object) => ({ ...row, value: '123456789' })) }
          : answer,
      /contradicts/,
    ],
    [
      'states another balance',
      (path, answer) =>
        path.startsWith('/v1/accounts') && !lists.test(path)
          ? { ...answer, data: [{ ...answer.data[0], trc20: [{ [USDT]: '1' }] }] }
          : answer,
      /USDT does not agree/,
    ],
  ]
  for (const [what, distort, why] of lies) {
    test(`a provider that ${what}: partial, and it says why`, async () => {
      node.distort = distort
      const [one] = (await fetchHistory(`lie-${fresh++}`)).results
      assert.equal(one!.complete, false)
      assert.match(one!.why, why)
    })
  }

  const refusals: [string, (path: string, answer: Answer) => unknown, string][] = [
    [
      'gives the same page for ever',
      (path, answer) => (lists.test(path) ? { ...answer, meta: { fingerprint: '0' } } : answer),
      'Source.NotUnderstood',
    ],
    [
      'answers for another account',
      (path, answer) =>
        path.startsWith('/v1/accounts') && !lists.test(path)
          ? { ...answer, data: [{ ...answer.data[0], address: b }] }
          : answer,
      'Source.NotUnderstood',
    ],
    [
      'alters a transaction',
      (path, answer) =>
        path === '/wallet/getblockbynum' ? JSON.parse(JSON.stringify(answer).replaceAll('0a0b', '0a0c')) : answer,
      'Source.NotUnderstood',
    ],
    [
      'gives another block',
      (path, answer) =>
        path === '/wallet/getblockbynum' && answer.block_header.raw_data.number > 0
          ? { ...answer, block_header: { raw_data: { ...answer.block_header.raw_data, number: 77 } } }
          : answer,
      'Source.NotUnderstood',
    ],
    [
      'leaves out what a contract did',
      (path, answer) => (path.endsWith('infobyblocknum') ? [] : answer),
      'Source.NotUnderstood',
    ],
    ['answers nonsense', () => '<html>', 'Source.NotUnderstood'],
    [
      'sends ten times what an answer can be',
      (path, answer) => (path === '/wallet/getblockbynum' ? `"${'x'.repeat(70 * 2 ** 20)}"` : answer),
      'Source.TooLarge',
    ],
  ]
  for (const [what, distort, name] of refusals) {
    test(`a provider that ${what}: refused`, async () => {
      node.distort = distort
      await assert.rejects(fetchHistory(`refusal-${fresh++}`), { name })
    })
  }
})
