import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Hex } from 'viem'
import { type Anvil, skip as noAnvil, startAnvil } from '../../../test/anvil.ts'
import { type Node, skip as noNode, startNode } from '../../../test/litecoind.ts'
import { asTester } from '../../../test/tester.ts'
import { ADDRESSES, startTronNode, type TronNode } from '../../../test/tron-node.ts'
import { Failure } from '../../std/failure.ts'
import { perform } from '../perform.ts'
import type { Synced } from './sync.ts'

/**
 * Nodes that err or lie, fault by fault: real ones behind a front that changes their answers, and the scripted Tron
 * node. Each fault is refused by name, shows as blocks that were not taken, or, where nothing can disprove it, is told
 * as the provider's word.
 */
const folder = mkdtempSync(join(tmpdir(), 'athar-doubt-'))
after(() => rmSync(folder, { recursive: true, force: true }))

let fresh = 0
const sync = (network: string, from: string, directory = join(folder, `data-${fresh++}`)): Promise<Synced> =>
  perform('ledger sync', { network, from }, asTester(directory)) as Promise<Synced>

/** What became of it: the name of a failure, or blocks taken, blocks behind, why some were rejected. */
async function outcomeOf(synced: Promise<Synced>): Promise<string> {
  try {
    const { blocks, lag, rejected, coverage } = await synced
    const gap = blocks > 0 && coverage.transactionsExpected === null ? ['with a gap'] : []
    return [`${blocks} blocks`, `${lag} behind`, ...gap, ...new Set(rejected.map(one => one.reason))].join(', ')
  } catch (cause) {
    if (cause instanceof Failure) return cause.name
    throw cause
  }
}

const USDT = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'

type Json = Readonly<Record<string, unknown>>
type Distort = (method: string, params: readonly unknown[], result: unknown) => unknown

const TEN_MEGABYTES = ' '.repeat(10 * 2 ** 20)

/** Stands before a node's JSON-RPC and changes what it answers. `undefined` makes the whole answer ten megabytes. */
async function startFront(target: string, headers: () => Record<string, string>) {
  const front = { url: '', distort: ((_, __, result) => result) as Distort, stop: () => server.close() }
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts).toString()
    if (request.method === 'GET') return response.writeHead(404).end()
    const answer = await fetch(target, { method: 'POST', body, headers: headers() })
    type Call = { id: unknown; method: string; params: unknown[] }
    const asked = [JSON.parse(body) as Call | Call[]].flat()
    const replies = [(await answer.json()) as Json | Json[]].flat().map(reply => {
      const call = asked.find(one => one.id === reply['id'])!
      return 'error' in reply && reply['error'] != null
        ? reply
        : { ...reply, result: front.distort(call.method, call.params, reply['result']) }
    })
    if (replies.some(reply => 'result' in reply && reply['result'] === undefined)) return response.end(TEN_MEGABYTES)
    response.end(JSON.stringify(body.startsWith('[') ? replies : replies[0]))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  front.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return front
}

describe('an EVM node that errs or lies', { skip: noAnvil }, () => {
  let node: Anvil
  let front: Awaited<ReturnType<typeof startFront>>
  before(async () => {
    node = await startAnvil()
    front = await startFront(node.url, () => ({ 'content-type': 'application/json' }))
    const stable = await node.deploy('Stable', 'sUSD')
    const [a, b] = node.accounts as [Hex, Hex]
    for (let k = 1; k < 5; k++) await node.send('Stable', stable, 'mint', [b, BigInt(k)])
    await node.pay(a, b, 5n)
  })
  after(() => Promise.all([front.stop(), node.stop()]))

  const isBlock = (method: string, params: readonly unknown[]): boolean =>
    method === 'eth_getBlockByNumber' && params[0] === '0x3' && params[1] === true
  const block = (change: (block: Json) => unknown): Distort => {
    return (method, params, result) => (isBlock(method, params) ? change(result as Json) : result)
  }
  const receipts = (change: (all: readonly Json[]) => unknown): Distort => {
    return (method, _, result) => (method === 'eth_getBlockReceipts' ? change(result as Json[]) : result)
  }
  const faults: readonly (readonly [string, Distort, string])[] = [
    ['nothing', (_, __, result) => result, '7 blocks, 0 behind'],
    ['cuts receipts short', receipts(() => []), 'Source.NotUnderstood'],
    ['repeats receipts', receipts(all => [...all, ...all]), '7 blocks, 0 behind'],
    ['tells receipts in another order', receipts(all => all.toReversed()), '7 blocks, 0 behind'],
    [
      'gives receipts of another block',
      receipts(all => all.map(one => ({ ...one, blockHash: `0x${'7'.repeat(64)}` }))),
      'Source.NotUnderstood',
    ],
    ['leaves a block out', block(() => null), 'Source.NotUnderstood'],
    ['answers with another block', block(one => ({ ...one, number: '0x2' })), 'Source.NotUnderstood'],
    ['breaks its chain', block(one => ({ ...one, parentHash: `0x${'7'.repeat(64)}` })), '3 blocks, 4 behind, conflict'],
    ['leaves transactions without their parts', block(one => ({ ...one, transactions: [{}] })), 'Source.NotUnderstood'],
    [
      'states another tip',
      (method, params, result) =>
        method === 'eth_getBlockByNumber' && params[0] === 'latest' ? { ...(result as Json), number: '0x40' } : result,
      'Source.NotUnderstood',
    ],
    ['sends ten megabytes of nothing', block(() => undefined), 'Source.NotUnderstood'],
  ]
  for (const [what, distort, outcome] of faults) {
    test(`${what}: ${outcome}`, async () => {
      front.distort = distort
      assert.equal(await outcomeOf(sync('ethereum', front.url)), outcome)
    })
  }

  const NO_BLOOM = `0x${'0'.repeat(512)}`
  const OTHER = `0x${'7'.repeat(64)}`
  const withoutLogs = receipts(all => all.map(one => ({ ...one, logs: [] })))
  const left: readonly (readonly [string, Distort, RegExp])[] = [
    ['events', withoutLogs, /the receipt’s bloom tells of events that are not given/],
    [
      'events, and the receipt’s bloom',
      receipts(all => all.map(one => ({ ...one, logs: [], logsBloom: NO_BLOOM }))),
      /the block’s bloom tells of events that no receipt gives/,
    ],
    ['all transactions', block(one => ({ ...one, transactions: [] })), /it used \d+ gas, and has no transaction/],
    [
      'the last gas',
      block(one => ({ ...one, gasUsed: `0x${(Number(one['gasUsed']) + 21_000).toString(16)}` })),
      /it used \d+ gas, and its transactions \d+/,
    ],
    [
      'gas between',
      receipts(all => all.map(one => ({ ...one, cumulativeGasUsed: '0x1000000' }))),
      /gas was used before it that no transaction used/,
    ],
    [
      'its place',
      block(one => ({
        ...one,
        transactions: (one['transactions'] as Json[]).map(tx => ({ ...tx, blockHash: OTHER })),
      })),
      /a transaction of another block/,
    ],
    [
      'its height',
      block(one => ({
        ...one,
        transactions: (one['transactions'] as Json[]).map(tx => ({ ...tx, blockNumber: '0x9' })),
      })),
      /a transaction of another block/,
    ],
    [
      'its first',
      block(one => ({
        ...one,
        transactions: (one['transactions'] as Json[]).map(tx => ({ ...tx, transactionIndex: '0x1' })),
      })),
      /a transaction before it is missing/,
    ],
  ]
  for (const [what, distort, reason] of left) {
    test(`leaves out ${what}: the block is refused, and nothing of it is kept`, async () => {
      front.distort = distort
      const directory = join(folder, `left-${fresh++}`)
      await assert.rejects(sync('ethereum', front.url, directory), { name: 'Source.NotUnderstood', message: reason })
      front.distort = (_, __, result) => result
      assert.equal(await outcomeOf(sync('ethereum', front.url, directory)), '7 blocks, 0 behind')
    })
  }

  test('tells no blooms: nothing is compared', async () => {
    const bare = (one: Json): Json => ({ ...one, logsBloom: undefined })
    front.distort = (method, _, result) => {
      if (method === 'eth_getBlockReceipts') return (result as Json[]).map(bare)
      return method === 'eth_getBlockByNumber' ? bare(result as Json) : result
    }
    assert.equal(await outcomeOf(sync('ethereum', front.url)), '7 blocks, 0 behind')
  })

  test('lies about an amount: nothing disproves it, and it is told as the provider’s word', async () => {
    front.distort = receipts(all =>
      all.map(one => JSON.parse(JSON.stringify(one).replaceAll('"0x5"', '"0x6"')) as Json),
    )
    const { coverage } = await sync('ethereum', front.url)
    assert.equal(coverage.finality, 'provider-attested')
  })
})

describe('a node of the Core family that errs or lies', { skip: noNode }, () => {
  let node: Node
  let front: Awaited<ReturnType<typeof startFront>>
  before(async () => {
    node = await startNode()
    const words = Buffer.from(readFileSync(node.cookie, 'utf8')).toString('base64')
    front = await startFront(node.url, () => ({ authorization: `Basic ${words}` }))
    node.ask('createwallet', 'w')
    node.ask('generatetoaddress', '9', node.ask('getnewaddress'))
  })
  after(() => Promise.all([front.stop(), node.stop()]))

  const hash = (change: (height: number) => number): Distort => {
    return (method, params, result) =>
      method === 'getblockhash' && (params[0] as number) > 0
        ? node.ask('getblockhash', `${change(params[0] as number)}`)
        : result
  }
  const fifth = (change: (hex: string) => unknown): Distort => {
    return (method, params, result) =>
      method === 'getblock' && params[0] === node.ask('getblockhash', '5') ? change(result as string) : result
  }
  const flipped = (hex: string, at: number): string => {
    const bytes = Buffer.from(hex, 'hex')
    bytes[bytes.length - at]! ^= 1
    return bytes.toString('hex')
  }
  const faults: readonly (readonly [string, Distort, string])[] = [
    ['nothing', (_, __, result) => result, '10 blocks, 0 behind'],
    ['cuts a block short', fifth(hex => hex.slice(0, -20)), '9 blocks, 0 behind, with a gap, truncated'],
    ['adds to a block', fifth(hex => `${hex}00`), '9 blocks, 0 behind, with a gap, trailing-bytes'],
    ['lies about an amount', fifth(hex => flipped(hex, 60)), '9 blocks, 0 behind, with a gap, merkle-mismatch'],
    [
      'gives another block',
      fifth(() => node.ask('getblock', node.ask('getblockhash', '4'), '0')),
      'Source.NotUnderstood',
    ],
    ['names one block for all heights', hash(() => 4), '2 blocks, 5 behind, with a gap'],
    ['names blocks in another order', hash(height => 10 - height), '10 blocks, 0 behind'],
    ['leaves a height out', hash(height => (height === 5 ? 6 : height)), '9 blocks, 0 behind, with a gap'],
    ['sends ten megabytes of nothing', fifth(() => undefined), 'Source.NotUnderstood'],
  ]
  for (const [what, distort, outcome] of faults) {
    test(`${what}: ${outcome}`, async () => {
      front.distort = distort
      assert.equal(await outcomeOf(sync('litecoin-regtest', front.url)), outcome)
    })
  }
})

describe('a Tron node (scripted) that errs or lies', () => {
  let node: TronNode
  before(async () => {
    node = await startTronNode()
    const [a, b] = ADDRESSES as [string, string]
    for (let k = 1; k < 5; k++)
      node.mine({ from: a, to: b, units: BigInt(k) }, { from: b, to: a, units: 1n, contract: USDT })
  })
  after(() => node.stop())

  type Change = (answer: Json) => unknown
  const block = (change: Change): TronNode['distort'] => {
    return (path, answer) =>
      path === '/wallet/getblockbynum' && answer.block_header.raw_data.number === 3 ? change(answer as never) : answer
  }
  const infos = (change: (all: readonly Json[]) => unknown): TronNode['distort'] => {
    return (path, answer) => (path.endsWith('infobyblocknum') ? change(answer as never) : answer)
  }
  const faults: readonly (readonly [string, TronNode['distort'], string])[] = [
    ['nothing', null, '5 blocks, 0 behind'],
    ['cuts what contracts did short', infos(all => all.slice(0, -1)), 'Source.NotUnderstood'],
    ['repeats it', infos(all => [...all, ...all]), '5 blocks, 0 behind'],
    ['tells it in another order', infos(all => all.toReversed()), '5 blocks, 0 behind'],
    ['leaves a block out', block(() => ({})), 'Source.NotUnderstood'],
    [
      'alters a transaction',
      block(one => JSON.parse(JSON.stringify(one).replaceAll('0a0b', '0a0c')) as Json),
      'Source.NotUnderstood',
    ],
    ['sends ten megabytes of nothing', block(() => TEN_MEGABYTES), 'Source.NotUnderstood'],
  ]
  for (const [what, distort, outcome] of faults) {
    test(`${what}: ${outcome}`, async () => {
      node.distort = distort
      assert.equal(await outcomeOf(sync('tron', node.url)), outcome)
    })
  }
})
