import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A JSON-RPC node with less patience than the one behind it. */
export type Front = {
  readonly url: string
  /** What it says instead of passing a call on: an error, or undefined. */
  refuse: (method: string, params: readonly unknown[]) => RpcError | undefined
  /** Calls of one question beyond which it refuses the whole question. */
  most: number
  /** How many calls each question had, of those that were passed on. */
  readonly sizes: number[]
  stop(): Promise<void>
}

export type RpcError = { readonly code: number; readonly message: string }

type Call = { readonly id: unknown; readonly method: string; readonly params: readonly unknown[] }

/** Stands before a node and passes on what it does not refuse. */
export async function startFront(behind: string): Promise<Front> {
  const front: Pick<Front, 'refuse' | 'most' | 'sizes'> = { refuse: () => undefined, most: 1000, sizes: [] }
  const one = async (call: Call): Promise<unknown> => {
    const error = front.refuse(call.method, call.params)
    if (error !== undefined) return { jsonrpc: '2.0', id: call.id, error }
    const headers = { 'content-type': 'application/json' }
    return (await fetch(behind, { method: 'POST', headers, body: JSON.stringify(call) })).json()
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const asked = JSON.parse(body) as Call | Call[]
    const calls = Array.isArray(asked) ? asked : [asked]
    const tooMany = { code: -32005, message: 'query returned more than the limit of this plan' }
    if (calls.length <= front.most) front.sizes.push(calls.length)
    const replies: unknown[] = []
    for (const call of calls) {
      replies.push(calls.length > front.most ? { jsonrpc: '2.0', id: call.id, error: tooMany } : await one(call))
    }
    response.end(JSON.stringify(Array.isArray(asked) ? replies : replies[0]))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(front, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise<void>(resolve => server.close(() => resolve())),
  })
}
