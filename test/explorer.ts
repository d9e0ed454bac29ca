import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Anvil } from './anvil.ts'

/**
 * An explorer with Etherscan's interface over a real node: its lists are worked out from the node's own blocks,
 * receipts and traces, by code that shares nothing with Athar's.
 */
export type Explorer = {
  readonly url: string
  /** Changes a list on its way out. */
  distort: ((action: string, rows: Row[]) => unknown) | null
  stop(): Promise<void>
}

export type Row = Record<string, string>

type Trace = { type: string; from: string; to?: string; value?: string; error?: string; calls?: Trace[] }

export async function startExplorer(node: Anvil): Promise<Explorer> {
  const explorer: { distort: Explorer['distort'] } = { distort: null }
  const server = createServer(async (request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const result = await answerTo(node, query).catch(cause => ({ failed: String(cause) }))
    const action = query.get('action')!
    if (query.get('module') === 'proxy') {
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }))
      return
    }
    const told = Array.isArray(result) && explorer.distort !== null ? explorer.distort(action, result) : result
    const empty = Array.isArray(told) && told.length === 0
    const message = empty ? 'No transactions found' : 'OK'
    response.end(
      typeof told === 'string' && told.startsWith('{')
        ? told
        : JSON.stringify({ status: empty ? '0' : '1', message, result: told }),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(explorer, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    stop: () => new Promise<void>(resolve => server.close(() => resolve())),
  })
}

async function answerTo(node: Anvil, query: URLSearchParams): Promise<unknown> {
  const action = query.get('action')!
  if (query.get('module') === 'proxy') {
    if (action === 'eth_blockNumber') return node.call('eth_blockNumber')
    return node.call(action, query.get('txhash'))
  }
  const address = query.get('address')?.toLowerCase()
  if (action === 'balance') return String(BigInt((await node.call('eth_getBalance', address, 'latest')) as string))
  if (action === 'tokenbalance') return '0'
  const rows = await rowsOf(node, action)
  const hash = query.get('txhash')
  const wanted = rows.filter(row =>
    hash === null
      ? row['from'] === address || row['to'] === address || row['contractAddress'] === address
      : row['hash'] === hash,
  )
  const since = wanted.filter(row => Number(row['blockNumber']) >= Number(query.get('startblock') ?? 0))
  const [page, offset] = [Number(query.get('page') ?? 1), Number(query.get('offset') ?? 10_000)]
  return since.slice((page - 1) * offset, page * offset)
}

type Json = Record<string, string>

async function rowsOf(node: Anvil, action: string): Promise<Row[]> {
  const rows: Row[] = []
  const tip = Number(await node.call('eth_blockNumber'))
  for (let height = 1; height <= tip; height++) {
    const tag = `0x${height.toString(16)}`
    const block = (await node.call('eth_getBlockByNumber', tag, true)) as { timestamp: string; transactions: Json[] }
    for (const transaction of block.transactions) {
      const receipt = (await node.call('eth_getTransactionReceipt', transaction['hash'])) as Receipt
      const place = {
        ...{ blockNumber: `${height}`, timeStamp: `${Number(block.timestamp)}`, hash: transaction['hash']! },
        transactionIndex: `${Number(transaction['transactionIndex'])}`,
      }
      if (action === 'txlist') rows.push(ofTransaction(place, transaction, receipt))
      if (action === 'txlistinternal') rows.push(...(await ofCalls(node, place)))
      if (action === 'tokentx') rows.push(...ofEvents(place, receipt))
    }
  }
  return rows
}

type Receipt = {
  status: string
  gasUsed: string
  effectiveGasPrice: string
  contractAddress: string | null
  logs: { address: string; topics: string[]; data: string; logIndex: string }[]
}

function ofTransaction(place: Row, transaction: Json, receipt: Receipt): Row {
  return {
    ...place,
    from: transaction['from']!.toLowerCase(),
    to: transaction['to']?.toLowerCase() ?? '',
    contractAddress: receipt.contractAddress?.toLowerCase() ?? '',
    value: `${BigInt(transaction['value']!)}`,
    gasUsed: `${BigInt(receipt.gasUsed)}`,
    gasPrice: `${BigInt(receipt.effectiveGasPrice)}`,
    isError: receipt.status === '0x1' ? '0' : '1',
    blockHash: transaction['blockHash']!,
    input: transaction['input']!,
  }
}

async function ofCalls(node: Anvil, place: Row): Promise<Row[]> {
  const trace = (await node.call('debug_traceTransaction', place['hash'], { tracer: 'callTracer' })) as Trace
  const rows: Row[] = []
  const walk = (call: Trace, path: string, failed: boolean): void => {
    for (const [at, inner] of (call.calls ?? []).entries()) {
      const broken = failed || inner.error !== undefined
      const traceId = path === '' ? `${at}` : `${path}_${at}`
      if (inner.type !== 'DELEGATECALL' && inner.type !== 'STATICCALL') {
        const value = `${BigInt(inner.value ?? '0x0')}`
        rows.push({ ...place, from: inner.from, to: inner.to ?? '', value, traceId, isError: broken ? '1' : '0' })
      }
      walk(inner, traceId, broken)
    }
  }
  walk(trace, '', trace.error !== undefined)
  return rows
}

function ofEvents(place: Row, { logs }: Receipt): Row[] {
  const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
  return logs
    .filter(log => log.topics[0] === TRANSFER && log.topics.length === 3)
    .map(log => ({
      ...place,
      from: `0x${log.topics[1]!.slice(-40)}`,
      to: `0x${log.topics[2]!.slice(-40)}`,
      value: `${BigInt(log.data)}`,
      contractAddress: log.address.toLowerCase(),
      ...{ tokenSymbol: 'sUSD', tokenDecimal: '6' },
    }))
}
