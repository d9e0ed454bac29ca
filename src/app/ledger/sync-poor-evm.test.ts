import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip, startAnvil } from '../../../test/anvil.ts'
import { type Front, startFront } from '../../../test/front.ts'
import { asTester } from '../../../test/tester.ts'
import { digestOf, openColumns, spanOfReadBlocks } from '../../ledger/ledger.ts'
import { openReader } from '../../store/store.ts'
import type { TraceAnswer } from '../follow/trace.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'

/**
 * Nodes that give less than they might: smaller answers, no receipts of whole blocks, no traces. What can be had
 * another way is; what cannot is said.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-poor-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const USDC = '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48'

describe('an EVM node that gives little', { skip }, () => {
  let [node, front]: [Anvil, Front] = [undefined as never, undefined as never]
  let wallet: Hex = '0x'
  const at = (directory: string): string => join(folder, directory)
  const run = <T>(name: string, input: object, directory: string): Promise<T> =>
    perform(name, input, asTester(at(directory))) as Promise<T>
  const sync = (directory: string, from = front.url): Promise<Synced> =>
    run('ledger sync', { network: 'ethereum', from }, directory)
  const read = (directory: string): { digest: string; internal: boolean } => {
    const store = openReader(at(directory))
    try {
      const digest = digestOf(openColumns(store, 'ethereum')!)
      return { digest, internal: spanOfReadBlocks(store, 'ethereum')!.internal }
    } finally {
      store.close()
    }
  }

  before(async () => {
    node = await startAnvil()
    front = await startFront(node.url)
    const stable = await node.deploy('Stable', 'sUSD')
    wallet = await node.deploy('Wallet')
    const [a, b] = node.accounts as [Hex, Hex]
    await node.pay(a, wallet, 10n ** 18n)
    for (let k = 1; k < 30; k++) await node.send('Stable', stable, 'mint', [b, BigInt(k)])
    await node.send('Wallet', wallet, 'pay', [b, 10n ** 17n])
    await sync('whole', node.url)
  })
  afterEach(() => {
    Object.assign(front, { refuse: () => undefined, most: 1000 })
    front.sizes.length = 0
  })
  after(() => Promise.all([front.stop(), node.stop()]))

  test('too much at once: less is asked for, until it is taken, and the ledger is the same', async () => {
    front.most = 12
    const synced = await sync('narrow')
    assert.deepEqual([synced.rejected, synced.lag], [[], 0])
    assert.deepEqual(read('narrow'), read('whole'))
    assert.ok(Math.max(...front.sizes) > 6, 'as much as is taken, not one by one')
  })

  test('too busy to tell a token’s decimals: nothing is taken in their place', async () => {
    let calls = 0
    front.refuse = method => (method === 'eth_call' && ++calls < 9 ? { code: -32005, message: 'limit' } : undefined)
    await assert.rejects(sync('busy'), { name: 'Source.Refused' })
    front.refuse = () => undefined
    await sync('busy')
    assert.deepEqual(read('busy'), read('whole'))
  })

  test('no receipts of whole blocks: those of each transaction', async () => {
    front.refuse = method =>
      method === 'eth_getBlockReceipts' ? { code: -32601, message: 'the method does not exist' } : undefined
    await sync('receipts')
    assert.deepEqual(read('receipts'), read('whole'))
  })

  test('no traces: internal transfers are not read, and every trace over that ledger says so', async () => {
    front.refuse = method => (method.startsWith('debug_') ? { code: -32601, message: 'not available' } : undefined)
    const synced = await sync('traceless')
    assert.deepEqual([synced.internal, read('traceless').internal], [false, false])
    assert.notEqual(read('traceless').digest, read('whole').digest)
    const found = await run<TraceAnswer>('trace', { origin: [`eip155:1:${wallet}`], method: 'fifo' }, 'traceless')
    assert.match(found.notes.join(' '), /Internal transfers .* not read/)
    assert.deepEqual(
      found.methods['fifo']!.reached.map(row => [row.amount.amount, row.stoppedBecause]),
      [[`${10n ** 18n}`, 'unspent']],
    )
    const whole = await run<TraceAnswer>('trace', { origin: [`eip155:1:${wallet}`], method: 'fifo' }, 'whole')
    assert.doesNotMatch(whole.notes.join(' '), /not read/)
  })

  test('a trace that fails for one block alone: that block says so', async () => {
    front.refuse = (method, [height]) =>
      method === 'debug_traceBlockByNumber' && height === '0x5' ? { code: -32000, message: 'timeout' } : undefined
    const synced = await sync('one')
    assert.deepEqual([synced.internal, read('one').internal], [true, false])
  })

  test('a checked token has the decimals of its issuer, and a node that says otherwise is not believed', async () => {
    const other = await startAnvil()
    try {
      const [, b] = other.accounts as [Hex, Hex]
      const stable = await other.deploy('Stable', 'USDC')
      await other.call('anvil_setCode', USDC, await other.call('eth_getCode', stable, 'latest'))
      await other.send('Stable', USDC, 'mint', [b, 2_500_000n])
      const { rejected } = await sync('six', other.url)
      assert.deepEqual(rejected, [])
      const { total } = (await run<TraceAnswer>('trace', { origin: [`eip155:1:${b}`] }, 'six')).methods['fifo']!
      assert.deepEqual(
        total.map(one => [one.asset, one.value]),
        [['USDC', '2.500000']],
      )
      // Code that answers 18 to whatever it is asked.
      await other.call('anvil_setCode', USDC, '0x601260005260206000f3')
      await assert.rejects(sync('eighteen', other.url), /USDC has 18 decimals/)
    } finally {
      await other.stop()
    }
  })

  test('what is refused for good is told by name, and what was read before stays', async () => {
    front.refuse = (method, [height]) =>
      method === 'eth_getBlockByNumber' && Number(height) > 20 ? { code: -32000, message: 'pruned' } : undefined
    await assert.rejects(sync('pruned'), { name: 'Source.Refused' })
  })
})
