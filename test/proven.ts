import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocketServer, type Server as SocketServer } from 'node:net'
import type { Node } from './litecoind.ts'

/**
 * Esplora's HTTP interface and Electrum's protocol over a real node of the Core family: what they tell is worked out
 * from the node's own answers, by code that shares nothing with Athar's.
 */
export type Provider = {
  readonly esplora: string
  readonly electrum: string
  /** Changes an answer on its way out: a provider that errs or lies. */
  distort: ((path: string, answer: unknown) => unknown) | null
  readonly asked: string[]
  stop(): Promise<void>
}

type Transaction = {
  txid: string
  hex: string
  vin: { txid?: string; vout?: number; coinbase?: string }[]
  vout: { value: number; scriptPubKey: { hex: string; addresses?: string[] } }[]
}
type Block = { hash: string; height: number; tx: Transaction[] }

const PAGE = 3

export async function startProvider(node: Node): Promise<Provider> {
  const provider: { distort: Provider['distort'] } = { distort: null }
  const asked: string[] = []
  const told = (path: string, answer: unknown): unknown =>
    provider.distort === null ? answer : provider.distort(path, answer)
  const http: Server = createServer((request, response) => {
    asked.push(request.url!)
    const answer = told(request.url!, esplora(node, request.url!))
    response.statusCode = answer === undefined ? 404 : 200
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? null))
  })
  const sockets: SocketServer = createSocketServer(socket => {
    let text = ''
    socket.on('error', () => {})
    socket.on('data', part => {
      text += part.toString()
      for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n')) {
        const { id, method, params } = JSON.parse(text.slice(0, at)) as {
          id: number
          method: string
          params: unknown[]
        }
        text = text.slice(at + 1)
        asked.push(method)
        // A notification in between, as servers send them.
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'blockchain.headers.subscribe', params: [{}] })}\n`)
        const result = told(method, electrum(node, method, params))
        const answer = result === undefined ? { error: { code: 2, message: 'unknown' } } : { result }
        socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`)
      }
    })
  })
  const open = (server: Server | SocketServer): Promise<number> =>
    new Promise(done => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)))
  return Object.assign(provider, {
    asked,
    esplora: `http://127.0.0.1:${await open(http)}/api`,
    electrum: `tcp://127.0.0.1:${await open(sockets)}`,
    stop: async () => {
      await new Promise(done => http.close(done))
      await new Promise(done => sockets.close(done))
    },
  })
}

const chains = new WeakMap<Node, { readonly tip: string; readonly blocks: Block[] }>()

function chain(node: Node): Block[] {
  const tip = node.ask('getbestblockhash')
  const held = chains.get(node)
  if (held?.tip === tip) return held.blocks
  const blocks = readChain(node)
  chains.set(node, { tip, blocks })
  return blocks
}

function readChain(node: Node): Block[] {
  const height = Number(node.ask('getblockcount'))
  return Array.from({ length: height }, (_, k) =>
    JSON.parse(node.ask('getblock', node.ask('getblockhash', `${k + 1}`), '2')),
  )
}

const units = (value: number): number => Math.round(value * 1e8)

function touching(blocks: Block[], match: (output: Transaction['vout'][number]) => boolean) {
  const all = new Map(blocks.flatMap(block => block.tx.map(tx => [tx.txid, tx] as const)))
  const spent = (input: Transaction['vin'][number]) => all.get(input.txid ?? '')?.vout[input.vout ?? 0]
  const sums = { funded: 0, spent: 0 }
  const found = blocks.flatMap(block =>
    block.tx.flatMap(tx => {
      const paid = tx.vout.filter(match)
      const took = tx.vin.flatMap(input => spent(input) ?? []).filter(match)
      sums.funded += paid.reduce((sum, one) => sum + units(one.value), 0)
      sums.spent += took.reduce((sum, one) => sum + units(one.value), 0)
      return paid.length + took.length > 0 ? [{ block, tx }] : []
    }),
  )
  return { found, sums, spent }
}

function esplora(node: Node, path: string): unknown {
  const [, , kind, name, more, detail, last] = path.split('/')
  if (path.endsWith('/block-height/0')) return node.ask('getblockhash', '0')
  if (kind === 'blocks') return more === 'height' ? node.ask('getblockcount') : node.ask('getbestblockhash')
  if (kind === 'block') return node.ask('getblockheader', name!, 'false')
  const blocks = chain(node)
  if (kind === 'tx') {
    const block = blocks.find(one => one.tx.some(tx => tx.txid === name))
    const at = block?.tx.findIndex(tx => tx.txid === name) ?? -1
    if (block === undefined) return undefined
    if (more === 'hex') return block.tx[at]!.hex
    return {
      block_height: block.height,
      merkle: branch(
        block.tx.map(tx => tx.txid),
        at,
      ),
      pos: at,
    }
  }
  const { found, sums, spent } = touching(blocks, output => output.scriptPubKey.addresses?.includes(name!) === true)
  if (more === undefined) {
    return {
      address: name,
      chain_stats: { tx_count: found.length, funded_txo_sum: sums.funded, spent_txo_sum: sums.spent },
    }
  }
  if (detail !== 'chain') return undefined
  const newest = found.toReversed()
  const from = last === undefined ? 0 : newest.findIndex(one => one.tx.txid === last) + 1
  return newest.slice(from, from + PAGE).map(({ block, tx }) => ({
    txid: tx.txid,
    vin: tx.vin.map(input => {
      const prevout = spent(input)
      return {
        is_coinbase: input.coinbase !== undefined,
        prevout: prevout === undefined ? null : { value: units(prevout.value), scriptpubkey: prevout.scriptPubKey.hex },
      }
    }),
    status: { confirmed: true, block_height: block.height, block_hash: block.hash },
  }))
}

function electrum(node: Node, method: string, params: unknown[]): unknown {
  if (method === 'server.version') return ['ElectrumX 1.16', '1.4']
  if (method === 'server.features') return { genesis_hash: node.ask('getblockhash', '0') }
  if (method === 'blockchain.headers.subscribe') {
    return {
      height: Number(node.ask('getblockcount')),
      hex: node.ask('getblockheader', node.ask('getbestblockhash'), 'false'),
    }
  }
  if (method === 'blockchain.block.header')
    return node.ask('getblockheader', node.ask('getblockhash', `${params[0]}`), 'false')
  const blocks = chain(node)
  const hash = (script: string): string =>
    createHash('sha256').update(Buffer.from(script, 'hex')).digest().reverse().toString('hex')
  if (method === 'blockchain.transaction.get')
    return blocks.flatMap(block => block.tx).find(tx => tx.txid === params[0])?.hex
  if (method === 'blockchain.transaction.get_merkle') {
    const block = blocks.find(one => one.height === params[1])!
    const pos = block.tx.findIndex(tx => tx.txid === params[0])
    return {
      block_height: block.height,
      merkle: branch(
        block.tx.map(tx => tx.txid),
        pos,
      ),
      pos,
    }
  }
  const { found, sums } = touching(blocks, output => hash(output.scriptPubKey.hex) === params[0])
  if (method === 'blockchain.scripthash.get_history')
    return found.map(({ block, tx }) => ({ tx_hash: tx.txid, height: block.height }))
  if (method === 'blockchain.scripthash.get_balance') return { confirmed: sums.funded - sums.spent, unconfirmed: 0 }
  return undefined
}

/** The hashes beside the way from a transaction up to the root, as printed. */
function branch(txids: string[], at: number): string[] {
  const twice = (bytes: Buffer): Buffer =>
    createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
  let level: Buffer[] = txids.map(id => Buffer.from(id, 'hex').reverse())
  const found: string[] = []
  for (let place = at; level.length > 1; place >>= 1) {
    if (level.length % 2 === 1) level.push(level.at(-1)!)
    found.push(
      Buffer.from(level[place ^ 1]!)
        .reverse()
        .toString('hex'),
    )
    level = Array.from({ length: level.length / 2 }, (_, k) => twice(Buffer.concat([level[2 * k]!, level[2 * k + 1]!])))
  }
  return found
}
