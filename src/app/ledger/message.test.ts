import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip as noAnvil, startAnvil } from '../../../test/anvil.ts'
import { type Explorer, startExplorer } from '../../../test/explorer.ts'
import { type Node, skip as noNode, startNode } from '../../../test/litecoind.ts'
import { type Provider, startProvider } from '../../../test/proven.ts'
import { ADDRESSES, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { fixedClock } from '../../std/clock.ts'
import { openWriter } from '../../store/store.ts'
import { perform } from '../perform.ts'
import type { MessageAnswer } from '../screen/message.ts'

/** Words in transactions, by every way in which transactions are read: the same words each time, and who signed. */
const folder = mkdtempSync(join(tmpdir(), 'athar-message-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const run = <T>(name: string, input: object, directory: string): Promise<T> =>
  perform(name, input, {
    ...{ directory: join(folder, directory), user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
    signal: new AbortController().signal,
  }) as Promise<T>

/** What `address show` tells of words: text, who signed, whether that was the address itself. */
async function toldOf(address: string, network: string, directory: string): Promise<readonly unknown[] | undefined> {
  const { messages } = await run<{ messages?: MessageAnswer[] }>('address show', { address, network }, directory)
  return messages?.map(({ text, writers, own, place }) => [text, writers, own, place])
}

/** Makes the ledger one of an older program, which kept no words. */
function olden(directory: string, network: string): void {
  const store = openWriter(join(folder, directory))
  const newest = 'SELECT network, max(generation) FROM ledger_manifest WHERE network = ?'
  store.database.prepare(`INSERT INTO ledger_note_unread ${newest}`).run(network)
  store.close()
}

async function unreadOf(address: string, network: string, directory: string): Promise<string | undefined> {
  return (await run<{ messagesUnread?: string }>('address show', { address, network }, directory)).messagesUnread
}

describe('OP_RETURN, out of a real node of the Core family', { skip: noNode }, () => {
  const NETWORK = 'litecoin-regtest'
  const WORDS = 'للمجاهدين — see bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'
  let node: Node
  let provider: Provider
  let [payer, payee, block] = ['', '', '']
  const expected = () => [[`${WORDS}`, [payer], 'no', 1]]

  before(async () => {
    node = await startNode()
    node.ask('createwallet', 'w')
    ;[payer, payee] = [node.ask('getnewaddress'), node.ask('getnewaddress')]
    node.ask('generatetoaddress', '101', payer)
    const [coin] = JSON.parse(node.ask('listunspent')) as object[]
    const outputs = [{ [payee]: '49.9' }, { data: Buffer.from(WORDS).toString('hex') }]
    const raw = node.ask('createrawtransaction', JSON.stringify([coin]), JSON.stringify(outputs))
    const { hex } = JSON.parse(node.ask('signrawtransactionwithwallet', raw)) as { hex: string }
    node.ask('sendrawtransaction', hex, '0')
    node.ask('generatetoaddress', '1', payer)
    block = node.ask('getbestblockhash')
    provider = await startProvider(node)
  })
  after(async () => {
    await provider?.stop()
    await node?.stop()
  })

  test('a node, its block file, its JSON, raw bytes, Esplora and Electrum tell the same words', async () => {
    await run('ledger sync', { network: NETWORK, from: node.url, cookie: node.cookie }, 'synced')
    assert.deepEqual(await toldOf(payee, NETWORK, 'synced'), expected())
    const { messages } = await run<{ messages: MessageAnswer[] }>('address show', { address: payee }, 'synced')
    assert.deepEqual(messages[0]!.names, ['bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'])
    assert.deepEqual([messages[0]!.height, messages[0]!.cut, messages[0]!.provider], [102, false, 'block'])
    const [own] = (await toldOf(payer, NETWORK, 'synced')) as [unknown[]]
    assert.equal(own[2], 'yes')

    const [json, raw] = [join(folder, 'block.json'), join(folder, 'block.dat')]
    writeFileSync(json, node.ask('getblock', block, '2'))
    writeFileSync(raw, Buffer.from(node.ask('getblock', block, '0'), 'hex'))
    for (const file of [node.file('blk00000.dat'), json, raw]) {
      await run('ledger add', { files: [file], network: NETWORK }, `of ${file.split('/').at(-1)}`)
      const [told] = (await toldOf(payee, NETWORK, `of ${file.split('/').at(-1)}`)) as [unknown[]]
      assert.equal(told[0], WORDS)
    }
    for (const from of [provider.esplora, provider.electrum]) {
      const directory = from.slice(0, 4)
      await run('ledger fetch', { addresses: [payee], network: NETWORK, from }, directory)
      assert.deepEqual(await toldOf(payee, NETWORK, directory), expected())
    }
  })

  test('reading twice, and deriving the ledger again, tells nothing twice', async () => {
    await run('ledger sync', { network: NETWORK, from: node.url, cookie: node.cookie, start: 90 }, 'synced')
    await run('rebuild', {}, 'synced')
    assert.deepEqual(await toldOf(payee, NETWORK, 'synced'), expected())
    olden('synced', NETWORK)
    assert.match((await unreadOf(payee, NETWORK, 'synced'))!, /without them: `athar rebuild`/)
    await run('rebuild', {}, 'synced')
    assert.equal(await unreadOf(payee, NETWORK, 'synced'), undefined)
  })
})

describe('memos of Tron, from a scripted node', () => {
  const [writer, payee, other] = ADDRESSES as [string, string, string, ...string[]]
  const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
  let node: TronNode
  before(async () => {
    node = await startTronNode()
    node.mine(
      { from: writer, to: payee, units: 5n, memo: 'for the brigades' },
      { from: writer, to: payee, units: 6n, memo: '\u0001\u0002' },
      { from: writer, to: payee, units: 7n, memo: 'never happened', failed: true },
    )
    node.mine({ from: writer, to: other, units: 8_000_000n, contract: USDT, memo: 'دعم' })
  })
  after(() => node.stop())

  test('blocks and histories tell the same, to payees of tokens too; nothing that failed or is no text', async () => {
    await run('ledger sync', { network: 'tron', from: node.url }, 'tron')
    const [own] = (await toldOf(writer, 'tron', 'tron')) as [unknown[]]
    assert.deepEqual(own, ['دعم', [writer], 'yes', -1])
    for (const directory of ['tron', 'grid']) {
      if (directory === 'grid')
        await run('ledger fetch', { addresses: [payee, other], network: 'tron', from: node.url }, directory)
      assert.deepEqual(await toldOf(payee, 'tron', directory), [['for the brigades', [writer], 'no', -1]])
      assert.deepEqual(await toldOf(other, 'tron', directory), [['دعم', [writer], 'no', -1]])
    }
    assert.equal(await unreadOf(payee, 'tron', 'tron'), undefined)
    olden('tron', 'tron')
    await run('rebuild', {}, 'tron')
    assert.match((await unreadOf(payee, 'tron', 'tron'))!, /fetch --again/)
  })
})

describe('data of EVM payments, from a real node', { skip: noAnvil }, () => {
  let node: Anvil
  let explorer: Explorer
  const data = (text: string): Hex => `0x${Buffer.from(text).toString('hex')}`
  before(async () => {
    node = await startAnvil()
    explorer = await startExplorer(node)
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    await node.write(a, b, 1n, data('support the fighters 🇵🇸'))
    await node.write(a, b, 0n, data('a payment of nothing'))
    const wallet = await node.deploy('Wallet')
    await node.pay(a, wallet, 10n ** 18n)
    await node.send('Wallet', wallet, 'pay', [c, 10n ** 17n])
  })
  after(async () => {
    await explorer?.stop()
    await node?.stop()
  })

  test('blocks and an explorer’s history tell the same; calls are none', async () => {
    const [a, b] = node.accounts.map(one => one.toLowerCase()) as [string, string]
    await run('ledger sync', { network: 'ethereum', from: node.url }, 'evm')
    await run('ledger fetch', { addresses: [b], network: 'ethereum', from: explorer.url }, 'explorer')
    for (const directory of ['evm', 'explorer']) {
      assert.deepEqual(await toldOf(b, 'ethereum', directory), [
        ['a payment of nothing', [a], 'no', -1],
        ['support the fighters 🇵🇸', [a], 'no', -1],
      ])
    }
    assert.equal((await toldOf(a, 'ethereum', 'evm'))!.length, 2)
  })

  test('what a reorganisation takes away says nothing any more', async () => {
    const [a, b, c] = node.accounts as [Hex, Hex, Hex]
    const before = await node.call('evm_snapshot')
    await node.write(a, c, 1n, data('soon gone'))
    await run('ledger sync', { network: 'ethereum', from: node.url }, 'evm')
    assert.equal((await toldOf(c.toLowerCase(), 'ethereum', 'evm'))!.length, 1)
    await node.call('evm_revert', before)
    await node.write(a, b, 2n, data('it stays'))
    await node.write(a, b, 2n, data('so does this'))
    await run('ledger sync', { network: 'ethereum', from: node.url }, 'evm')
    assert.equal(await toldOf(c.toLowerCase(), 'ethereum', 'evm'), undefined)
    assert.equal((await toldOf(b.toLowerCase(), 'ethereum', 'evm'))!.length, 4)
  })
})
