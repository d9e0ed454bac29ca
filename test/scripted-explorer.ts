import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An explorer with Etherscan's interface that tells of one address: so many payments to it, each in its own block. */
export type ScriptedExplorer = {
  readonly url: string
  readonly address: string
  /** Changes what an action answers; a text goes out as the whole answer. */
  distort: ((action: string, result: unknown, query: URLSearchParams) => unknown) | null
  stop(): Promise<void>
}

export type ScriptedRow = Readonly<Record<string, string>>

const LOWEST = 1000

export async function startScriptedExplorer(payments: number): Promise<ScriptedExplorer> {
  const explorer: { distort: ScriptedExplorer['distort'] } = { distort: null }
  const address = `0x${'77'.repeat(20)}`
  const rows = Array.from({ length: payments }, (_, number) => rowOf(number, address))
  const server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://x').searchParams
    const action = query.get('action')!
    const told = answerTo(rows, action, query)
    const result = explorer.distort === null ? told : explorer.distort(action, told, query)
    if (typeof result === 'string' && result !== told) return void response.end(result)
    response.end(JSON.stringify({ status: '1', message: 'OK', result }))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return Object.assign(explorer, {
    address,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    async stop() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  })
}

function answerTo(rows: readonly ScriptedRow[], action: string, query: URLSearchParams): unknown {
  if (action === 'balance') return String(rows.reduce((sum, row) => sum + BigInt(row['value']!), 0n))
  if (action === 'tokenbalance') return '0'
  if (action !== 'txlist') return []
  const [offset, page] = [Number(query.get('offset')), Number(query.get('page'))]
  const from = rows.filter(row => Number(row['blockNumber']) >= Number(query.get('startblock')))
  return from.slice((page - 1) * offset, page * offset)
}

function rowOf(number: number, address: string): ScriptedRow {
  return {
    ...{ blockNumber: `${LOWEST + number}`, timeStamp: `${1_600_000_000 + 12 * number}`, transactionIndex: '0' },
    ...{ hash: `0x${(number + 1).toString(16).padStart(64, '0')}`, from: `0x${'22'.repeat(20)}`, to: address },
    ...{ value: `${1000 + number}`, gasUsed: '21000', gasPrice: '5', isError: '0', txreceipt_status: '1' },
    contractAddress: '',
  }
}
