import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import * as Rules from '../src/chain/block-rules.ts'
import * as Script from '../src/chain/script.ts'
import { reversed, toHex } from '../src/std/bytes.ts'
import { sha256d } from '../src/std/digest.ts'
import { type Built, block, coinbase, hex, transaction } from './block-builder.ts'

/**
 * The history of one regtest address as Esplora and as an Electrum server tell it, over blocks that are made up: a
 * payment to the address in each, of 1,000 units and its number. A script, no node: as long as is asked for.
 */
export type ScriptedHistory = {
  readonly address: string
  readonly esplora: string
  readonly electrum: string
  /** Paths and methods, in the order of asking. */
  readonly asked: string[]
  /** Changes an answer on its way out, by path or method. */
  distort: ((path: string, answer: unknown) => unknown) | null
  /** Adds payments in blocks of their own. */
  grow(count: number): void
  stop(): Promise<void>
}

type Payment = {
  readonly txid: string
  readonly hex: string
  readonly height: number
  readonly hash: string
  readonly header: string
  readonly beside: string
  /** What it spends, and where that lies. */
  readonly parent: { readonly txid: string; readonly hex: string }
}

const PAGE = 25
const LOWEST = 1000
const PAID_BY = { value: 1_000_000, script: `0014${'22'.repeat(20)}` }

export async function startScriptedHistory(payments: number): Promise<ScriptedHistory> {
  const script = Uint8Array.from([0, 20, ...new Uint8Array(20).fill(0x77)])
  const { address } = Script.toAddress('bitcoin-regtest', script)!
  const chain: Payment[] = []
  const places = new Map<string, number>()
  const parents = new Map<string, string>()
  const asked: string[] = []
  const history: { distort: ScriptedHistory['distort'] } = { distort: null }
  const grow = (count: number): void => {
    for (let k = 0; k < count; k++) {
      const made = payment(chain.length, script)
      places.set(made.txid, chain.length)
      places.set(made.hash, chain.length)
      parents.set(made.parent.txid, made.parent.hex)
      chain.push(made)
    }
  }
  grow(payments)
  const find = (name: string): Payment => chain[places.get(name)!]!
  const http = createServer((request, response) => {
    asked.push(request.url!)
    try {
      const told = esplora(chain, find, request.url!.replace('/api', ''))
      const answer = history.distort === null ? told : history.distort(request.url!, told)
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    } catch {
      request.socket.destroy()
    }
  })
  const sockets = createSocketServer(socket => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', part => {
      text += part.toString()
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n')) {
        const { id, method, params } = JSON.parse(text.slice(0, at)) as { id: number; method: string; params: string[] }
        text = text.slice(at + 1)
        asked.push(method)
        const told = parents.get(params[0] ?? '') ?? electrum(chain, find, method, params)
        const result = history.distort === null ? told : history.distort(method, told)
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`)
      }
    })
  })
  const ports: number[] = []
  for (const server of [http, sockets]) {
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    ports.push((server.address() as AddressInfo).port)
  }
  return Object.assign(history, {
    ...{ address, asked, grow },
    esplora: `http://127.0.0.1:${ports[0]}/api`,
    electrum: `tcp://127.0.0.1:${ports[1]}`,
    async stop() {
      http.closeAllConnections()
      await new Promise(done => http.close(done))
      await new Promise(done => sockets.close(done))
    },
  })
}

function payment(number: number, script: Uint8Array): Payment {
  const spent = createHash('sha256').update(`${number}`).digest('hex')
  const empty = new Uint8Array(0)
  const parent = transaction({
    inputs: [{ txid: spent, index: 0, script: empty }],
    outputs: [{ units: BigInt(PAID_BY.value), script: hex(PAID_BY.script) }],
  })
  const built: Built = transaction({
    inputs: [{ txid: printed(parent.txid), index: 0, script: empty }],
    outputs: [{ units: BigInt(1000 + number), script }],
  })
  const first = coinbase(LOWEST + number, 50n)
  const header = block([first, built], { previous: spent, time: 1_400_000_000 + 600 * number }).subarray(0, 80)
  return {
    ...{ txid: printed(built.txid), hex: toHex(built.bytes), height: LOWEST + number },
    ...{ hash: printed(sha256d(header)), header: toHex(header), beside: printed(first.txid) },
    parent: { txid: printed(parent.txid), hex: toHex(parent.bytes) },
  }
}

function printed(hash: Uint8Array): string {
  return toHex(reversed(hash))
}

function received(chain: readonly Payment[]): number {
  return chain.reduce((sum, _, number) => sum + 1000 + number, 0)
}

function esplora(chain: readonly Payment[], find: (name: string) => Payment, path: string): unknown {
  const parts = path.split('/').slice(1)
  const tip = chain.at(-1)!
  if (path === '/blocks/tip/height') return `${tip.height}`
  if (path === '/blocks/tip/hash') return tip.hash
  if (path === '/block-height/0') return Rules.of('bitcoin-regtest').genesis
  if (parts[0] === 'block') return find(parts[1]!).header
  if (parts[2] === 'merkle-proof') {
    return { block_height: find(parts[1]!).height, merkle: [find(parts[1]!).beside], pos: 1 }
  }
  if (parts[2] === 'hex') return find(parts[1]!).hex
  if (parts[2] === 'txs') {
    const end = parts[4] === undefined ? chain.length : find(parts[4]).height - LOWEST
    return chain
      .slice(Math.max(0, end - PAGE), end)
      .toReversed()
      .map(({ txid, height, hash }) => ({
        txid,
        status: { confirmed: true, block_height: height, block_hash: hash },
        vin: [{ is_coinbase: false, prevout: { value: PAID_BY.value, scriptpubkey: PAID_BY.script } }],
      }))
  }
  if (parts[0] === 'address') {
    return {
      address: parts[1],
      chain_stats: { tx_count: chain.length, funded_txo_sum: received(chain), spent_txo_sum: 0 },
    }
  }
  return 'not found'
}

function electrum(
  chain: readonly Payment[],
  find: (name: string) => Payment,
  method: string,
  [first, second]: readonly unknown[],
): unknown {
  switch (method.split('.').at(-1)) {
    case 'get_history':
      return chain.map(({ txid, height }) => ({ tx_hash: txid, height }))
    case 'get_balance':
      return { confirmed: received(chain), unconfirmed: 0 }
    case 'subscribe':
      return { height: chain.at(-1)!.height, hex: chain.at(-1)!.header }
    case 'header':
      return chain[(first as number) - LOWEST]!.header
    case 'get_merkle':
      return { merkle: [find(String(first)).beside], pos: 1, block_height: second }
    case 'get':
      return find(String(first)).hex
    default:
      return null
  }
}
