/**
 * A scripted EVM node and a receiver of alerts, as a process of its own: the other side of bench/monitor.bench.ts.
 *
 * Blocks come by the clock: block k exists from its own time on, and moves so many USDT from a crowd to a crowd. Who is
 * handed an alert late sees by how much: the receiver notes the distance to the time of the block that it tells of.
 *
 * Arguments: transfers a block, milliseconds between blocks, blocks in all. Says its port when it is ready.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { seededRandom } from '../src/std/random.ts'
import { PEOPLE, personOf, USDT } from './monitor-crowd.ts'

const [transfers = 2000, period = 1000, blocks = 60] = process.argv.slice(2).map(Number)
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'

const hex = (value: number): string => `0x${value.toString(16)}`
const word = (value: number | bigint): string => `0x${value.toString(16).padStart(64, '0')}`
/** Whole seconds: what a block's own time can say. */
const start = Math.floor(Date.now() / 1000) * 1000
const timeOf = (height: number): number => start + height * period
const hashOf = (height: number): string => word(height + 1)
const tip = (): number => Math.min(blocks, Math.floor((Date.now() - start) / period))

function headOf(height: number, transactions: readonly object[]): object {
  const time = hex(Math.floor(timeOf(height) / 1000))
  return {
    ...{ number: hex(height), hash: hashOf(height), parentHash: height === 0 ? word(0) : hashOf(height - 1) },
    ...{ timestamp: time, transactions },
  }
}

type Made = { readonly block: object; readonly receipts: readonly object[] }

/** The last few: asked for twice, and never again. */
const made = new Map<number, Made>()

function make(height: number): Made {
  const held = made.get(height)
  if (held !== undefined) return held
  const random = seededRandom(height + 1)
  const list = Array.from({ length: height === 0 ? 0 : transfers }, (_, k) => {
    const [hash, from, to] = [word(BigInt(height) * 1_000_000n + BigInt(k)), random.below(PEOPLE), random.below(PEOPLE)]
    const place = { blockHash: hashOf(height), blockNumber: hex(height), transactionIndex: hex(k) }
    const data = word(1 + random.below(12_000_000) * 1000)
    const topics = [
      TRANSFER,
      `0x${personOf(from).slice(2).padStart(64, '0')}`,
      `0x${personOf(to).slice(2).padStart(64, '0')}`,
    ]
    const logs = [{ ...place, address: USDT, topics, data, logIndex: hex(k), removed: false }]
    const ends = { from: personOf(from), to: USDT }
    return {
      transaction: {
        hash,
        ...place,
        ...ends,
        value: '0x0',
        gas: '0x186a0',
        gasPrice: '0x3b9aca00',
        nonce: '0x1',
        input: '0x',
      },
      receipt: {
        transactionHash: hash,
        ...place,
        ...ends,
        status: '0x1',
        gasUsed: '0xfde8',
        effectiveGasPrice: '0x3b9aca00',
        logs,
      },
    }
  })
  const one = {
    block: headOf(
      height,
      list.map(row => row.transaction),
    ),
    receipts: list.map(row => row.receipt),
  }
  made.set(height, one)
  if (made.size > 8) made.delete(made.keys().next().value!)
  return one
}

function answerTo(method: string, params: readonly unknown[]): unknown {
  const height = typeof params[0] === 'string' && params[0].startsWith('0x') ? Number(params[0]) : tip()
  if (method === 'eth_chainId') return '0x1'
  if (method === 'eth_blockNumber') return hex(tip())
  if (method === 'web3_clientVersion') return 'scripted'
  if (method === 'eth_call') return '0x'
  if (method === 'eth_getBlockReceipts') return make(height).receipts
  if (method !== 'eth_getBlockByNumber') return undefined
  if (height > tip() || height < 0) return null
  return params[1] === true && params[0] !== 'pending' ? make(height).block : headOf(height, [])
}

/** Milliseconds from the time of a block to the moment in which its alert was handed over. */
let lags: number[] = []
let messages = 0

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', part => {
    body += part
  })
  request.on('end', () => {
    if (request.url === '/hook') {
      const { alert } = JSON.parse(body) as { alert: { height: number } }
      lags.push(Date.now() - timeOf(alert.height))
      messages++
      return response.end()
    }
    if (request.url === '/lags') {
      const sorted = lags.toSorted((a, b) => a - b)
      lags = []
      return response.end(JSON.stringify({ sorted, messages, tip: tip() }))
    }
    type Call = { id: unknown; method: string; params: unknown[] }
    const asked = JSON.parse(body) as Call | Call[]
    const one = ({ id, method, params }: Call): object => {
      const result = answerTo(method, params)
      return result === undefined ? { id, error: { code: -32601, message: 'not offered' } } : { id, result }
    }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(Array.isArray(asked) ? asked.map(one) : one(asked)))
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
