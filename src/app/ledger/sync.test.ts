import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type Node, skip, startNode } from '../../../test/litecoind.ts'
import { asTester } from '../../../test/tester.ts'
import { digestOf, openColumns, type UtxoColumns } from '../../ledger/ledger.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { fixedClock } from '../../std/clock.ts'
import { sha256d } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import { openEgressLog } from '../../store/egress.ts'
import { openReader, openWriter } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { perform } from '../perform.ts'
import type { Added } from './ledger.ts'
import type { StatusAnswer } from './status.ts'
import type { Synced } from './sync.ts'

const NETWORK = 'litecoin-regtest'
const folder = mkdtempSync(join(tmpdir(), 'athar-sync-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const setting = (directory: string, more: Partial<Context> = {}) =>
  asTester(join(folder, directory), { clock: fixedClock(1_800_000_000), ...more })

const tipOf = (directory: string): [number, string] => {
  const store = openReader(join(folder, directory))
  const { blocks } = openColumns(store, NETWORK) as UtxoColumns
  const last = blocks.count - 1
  const answer: [number, string] = [blocks.height[last]!, toHex(reversed(blocks.hash.slice(32 * last, 32 * last + 32)))]
  store.close()
  return answer
}

const digestIn = (directory: string): string => {
  const store = openReader(join(folder, directory))
  const digest = digestOf(openColumns(store, NETWORK)!)
  store.close()
  return digest
}

describe('ledger sync, against a node of its own', { skip }, () => {
  let node: Node
  const ask = (...words: string[]): string => node.ask(...words)
  const sync = (more: object = {}, directory = 'data', context: Partial<Context> = {}): Promise<Synced> => {
    const input = { network: NETWORK, from: node.url, cookie: node.cookie, ...more }
    return perform('ledger sync', input, setting(directory, context)) as Promise<Synced>
  }
  const mine = (count: number): string[] => JSON.parse(ask('generatetoaddress', `${count}`, address)) as string[]
  let address = ''

  before(async () => {
    node = await startNode()
    ask('createwallet', 'w')
    address = ask('getnewaddress')
    mine(120)
    ask('sendtoaddress', ask('getnewaddress'), '1.5')
    mine(1)
  })
  after(() => node.stop())

  test('a whole chain: the same ledger as from the node’s own files', async () => {
    const synced = await sync()
    assert.deepEqual(
      [synced.blocks, synced.asked, synced.lag, synced.rejected, synced.reorganised, synced.coverage.tipHeight],
      [122, { from: 0, to: 121 }, 0, [], null, 121],
    )
    assert.deepEqual(tipOf('data'), [121, ask('getbestblockhash')])
    const status = (await perform('ledger status', { digest: false }, setting('data'))) as StatusAnswer
    const { height, provider, lag } = status.networks[0]!.tip!
    assert.deepEqual([height, provider, lag], [121, new URL(node.url).host, 0])
    const files = [node.file('blk00000.dat')]
    const added = (await perform('ledger add', { network: NETWORK, files }, setting('files'))) as Added
    assert.equal(added.transactions, synced.transactions)
    assert.equal(digestIn('data'), digestIn('files'))
  })

  test('a start beyond the tip is refused; nothing above --confirmations, or six, is called final', async () => {
    await assert.rejects(sync({ start: 5000 }), { name: 'Source.BeyondTip', kind: 'input', message: /height 5000/ })
    const deep = await sync({ confirmations: 1 })
    assert.deepEqual([deep.finalHeight, deep.coverage.finality, deep.note], [120, 'unconfirmed', undefined])
    const plain = await sync()
    assert.deepEqual([plain.finalHeight, plain.coverage.finality], [115, 'unconfirmed'])
    assert.equal((await sync({ confirmations: 0 })).coverage.finality, 'final')
    const { networks } = (await perform('ledger status', { digest: false }, setting('data'))) as StatusAnswer
    assert.equal(networks[0]!.coverage.finality, 'unconfirmed')
  })

  test('nothing new is nothing asked; new blocks alone are read', async () => {
    assert.deepEqual((await sync()).asked, null)
    mine(3)
    const synced = await sync()
    assert.deepEqual([synced.asked, synced.blocks], [{ from: 122, to: 124 }, 3])
  })

  test('a reorganisation is followed and told', async () => {
    ask('invalidateblock', ask('getblockhash', '123'))
    ask('sendtoaddress', ask('getnewaddress'), '0.25')
    mine(4)
    const synced = await sync()
    assert.deepEqual(synced.reorganised, { height: 123, depth: 2 })
    assert.deepEqual(tipOf('data'), [126, ask('getbestblockhash')])
  })

  test('stopped in the middle, it goes on where it was, and comes out equal', async () => {
    const controller = new AbortController()
    const progress = (): void => controller.abort()
    await sync({}, 'halved', { signal: controller.signal, progress })
    assert.ok(tipOf('halved')[0] < 126)
    await sync({}, 'halved')
    const straight = await sync({}, 'straight')
    assert.equal(straight.coverage.toHeight, 126)
    assert.equal(digestIn('halved'), digestIn('straight'))
    const rebuilt = (await perform('rebuild', {}, setting('halved'))) as { networks: { equal: boolean }[] }
    assert.ok(rebuilt.networks.every(one => one.equal))
  })

  test('with --follow it takes each new block until it is stopped, and lets others write between', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const progress = ({ note }: { note?: string }): void => {
      if (note?.startsWith('following') !== true) return
      seen.push(tipOf('data')[0])
      if (seen.length === 1) {
        openWriter(join(folder, 'data')).close()
        mine(2)
      } else if (seen.at(-1) === 128) controller.abort()
    }
    const synced = await sync({ follow: true, every: 1 }, 'data', { signal: controller.signal, progress })
    assert.deepEqual([synced.coverage.toHeight, synced.blocks], [128, 2])
  })

  test('every query is in the log, without the cookie', async () => {
    const log = openEgressLog(join(folder, 'data'))
    const rows = log.last(1000)
    log.close()
    assert.ok(rows.length > 10)
    assert.ok(rows.every(row => row.operation === 'ledger sync' && !row.url.includes('@')))
  })

  test('refused: another network, forbidden queries, wrong credentials', async () => {
    const refusals: [object, string][] = [
      [{ network: 'bitcoin-regtest' }, 'Source.OtherNetwork'],
      [{ noEgress: true }, 'Source.NoEgress'],
      [{ cookie: join(folder, 'nowhere') }, 'Source.NoCookie'],
    ]
    for (const [more, name] of refusals) {
      await assert.rejects(sync(more, 'refused'), cause => cause instanceof Failure && cause.name === name)
    }
  })
})

describe('ledger sync, against a node that lies', () => {
  let server: Server
  let answers: (body: string) => string | null = () => null
  before(async () => {
    server = createServer((request, response) => {
      let body = ''
      request.on('data', part => {
        body += part
      })
      request.on('end', () => {
        const text = request.method === 'GET' ? null : answers(body)
        response.statusCode = text === null ? 404 : 200
        response.end(text ?? '')
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  })
  after(() => server.close())
  const genesis = '530827f38f93b43ed12af0b3ad25a288dc02ed74d6d7857862df51fc56c416f9'
  const sync = (more: object = {}): Promise<Synced> => {
    const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return perform('ledger sync', { network: NETWORK, from, ...more }, setting('lied')) as Promise<Synced>
  }
  const scripted = (more: Record<string, unknown>) => (body: string) => {
    const asked = JSON.parse(body) as Call | Call[]
    const replies: Record<string, unknown> = {
      getblockchaininfo: { chain: 'regtest', blocks: 1, headers: 0, bestblockhash: genesis },
      ...{ getblockhash: genesis, getnetworkinfo: { subversion: '/liar/' }, ...more },
    }
    const one = ({ id, method, params }: Call) => {
      const reply = replies[method]
      return { id, result: typeof reply === 'function' ? reply(...params) : reply, error: null }
    }
    return JSON.stringify(Array.isArray(asked) ? asked.map(one) : one(asked))
  }

  test('a block that is none is rejected by name, and nothing of it is kept', async () => {
    // Zeros hash to this, but not with the work that the network asks for.
    const hash = sha256dOf(new Uint8Array(80))
    answers = scripted({ getblock: '00'.repeat(90), getblockhash: (height: number) => (height === 0 ? genesis : hash) })
    const synced = await sync({ start: 1 })
    assert.deepEqual([synced.blocks, synced.rejected.map(one => one.reason)], [0, ['proof-of-work']])
  })

  test('answers of another shape are refused, not guessed at', async () => {
    const others = [{ getblock: 12 }, { getblock: 'xyz' }, { getblock: '00'.repeat(90) }, { getblock: 'ff' }]
    for (const more of [{ getblockchaininfo: {} }, { getblockhash: 7 }, ...others]) {
      answers = scripted(more)
      await assert.rejects(sync(), cause => cause instanceof Failure && cause.name === 'Source.NotUnderstood')
    }
    answers = () => '<html>'
    await assert.rejects(sync(), cause => cause instanceof Failure && cause.name === 'Source.NotUnderstood')
  })
})

type Call = { readonly id: number; readonly method: string; readonly params: readonly number[] }

function sha256dOf(bytes: Uint8Array): string {
  return toHex(reversed(sha256d(bytes)))
}
