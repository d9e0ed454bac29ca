import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip, startAnvil } from '../../../test/anvil.ts'
import { type Explorer, type Row, startExplorer } from '../../../test/explorer.ts'
import { asTester } from '../../../test/tester.ts'
import { type AccountColumns, exportLines, openColumns } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { Fetched } from './fetch.ts'

const folder = mkdtempSync(join(tmpdir(), 'athar-explorer-'))
after(() => rmSync(folder, { recursive: true, force: true }))

describe('ledger fetch, from an explorer over a real EVM node', { skip }, () => {
  let node: Anvil
  let explorer: Explorer
  let wallet: Hex = '0x'
  const run = <T>(name: string, input: object, directory: string): Promise<T> =>
    perform(name, input, asTester(join(folder, directory))) as Promise<T>
  const history = (address: string, directory: string): Promise<Fetched> =>
    run('ledger fetch', { addresses: [address], network: 'ethereum', from: explorer.url }, directory)
  /** What a ledger says of one address, a line a row. */
  const linesOf = (address: string, directory: string): string[] => {
    const store = openReader(join(folder, directory))
    const lines = [...exportLines(openColumns(store, 'ethereum') as AccountColumns)]
    store.close()
    return lines.filter(line => line.includes(address.toLowerCase()))
  }

  before(async () => {
    node = await startAnvil()
    explorer = await startExplorer(node)
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    const stable = await node.deploy('Stable', 'sUSD')
    wallet = await node.deploy('Wallet')
    const closed = await node.deploy('Closed')
    await node.send('Stable', stable, 'mint', [b, 1_000_000n])
    await node.send('Stable', stable, 'transfer', [c, 400_000n], { from: b })
    await node.pay(a, wallet, 10n ** 18n)
    await node.send('Wallet', wallet, 'pay', [c, 10n ** 17n])
    await node.send('Wallet', wallet, 'tryPay', [closed, 5n])
    await node.send('Wallet', wallet, 'pay', [closed, 5n])
    await node.pay(c, b, 12n)
  })
  afterEach(() => {
    explorer.distort = null
  })
  after(async () => {
    await explorer?.stop()
    await node?.stop()
  })

  test('histories are what the blocks say of the address, row by row, and reconcile', async () => {
    await run('ledger sync', { network: 'ethereum', from: node.url }, 'blocks')
    const [, b, c] = node.accounts as [string, string, string]
    for (const address of [wallet, b, c]) {
      const [one] = (await history(address, address)).results
      assert.deepEqual(one!.faults, [])
      const expected = linesOf(address, 'blocks').filter(line => !line.includes('approve'))
      assert.deepEqual(linesOf(address, address), expected)
    }
    const [one] = (await history(wallet, 'wallet')).results
    assert.equal(one!.complete, true)
  })

  const lies: [string, (action: string, rows: Row[]) => unknown, RegExp][] = [
    ['leaves out a list', (action, rows) => (action === 'txlist' ? [] : rows), /does not agree/],
    [
      'alters a payment',
      (action, rows) => (action === 'txlist' ? rows.map(row => ({ ...row, value: '1' })) : rows),
      /does not agree/,
    ],
    [
      'adds a stranger’s row',
      (action, rows) =>
        action === 'txlist'
          ? rows.map(row => ({ ...row, from: `0x${'7'.repeat(40)}`, to: `0x${'8'.repeat(40)}` }))
          : rows,
      /contradicts/,
    ],
  ]
  for (const [what, distort, why] of lies) {
    test(`an explorer that ${what}: partial, and it says why`, async () => {
      explorer.distort = distort
      const [one] = (await history(wallet, what)).results
      assert.equal(one!.complete, false)
      assert.match(one!.why, why)
    })
  }

  test('rows out of order, without parts, or errors: refused', async () => {
    const broken: ((action: string, rows: Row[]) => unknown)[] = [
      (_, rows) => rows.toReversed(),
      (_, rows) => rows.map(({ hash: _hash, ...row }) => row),
      (_, rows) => rows.map(row => ({ ...row, value: '-3' })),
      () => '{"status":"0","message":"NOTOK","result":"Invalid API Key"}',
      () => '{',
    ]
    for (const [at, distort] of broken.entries()) {
      explorer.distort = distort
      await assert.rejects(history(wallet, `broken-${at}`), { name: 'Source.NotUnderstood' })
    }
  })
})
