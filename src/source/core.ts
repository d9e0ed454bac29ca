import { readFileSync } from 'node:fs'
import { HEADER_BYTES } from '../chain/block-header.ts'
import { parseHex, reversed, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Client } from './client.ts'

/**
 * A node of the Bitcoin Core family (Core, Litecoin Core, Knots …) over JSON-RPC, and over REST for whole blocks where
 * the node serves it (`-rest=1`).
 *
 * Source: the RPC and REST documentation of Bitcoin Core 0.21 to 29.
 */
export type Core = {
  /** What the node says of itself. */
  status(): Promise<CoreStatus>
  /** Hashes of the blocks at these heights of its active chain, in the same order; null above its tip. */
  hashes(heights: readonly number[]): Promise<readonly (string | null)[]>
  /** The bytes of a block. */
  block(hash: string): Promise<Uint8Array>
  /** The block with the outputs that it spends, as `getblock` with verbosity 3 gives it; null where the node cannot. */
  blockWithSpent(hash: string): Promise<string | null>
  /** Ids of what waits to be mined. */
  pool(): Promise<readonly string[]>
  /** One call. Failures: Source.Refused with the node's own code. */
  call(method: string, ...params: readonly unknown[]): Promise<unknown>
}

export type CoreStatus = {
  /** main, test, signet, regtest … as the node names it. */
  readonly chain: string
  readonly blocks: number
  readonly headers: number
  readonly best: string
  /** The hash of block 0: it tells bitcoin from litecoin. */
  readonly genesis: string
  readonly pruned: boolean
  readonly initialDownload: boolean
  readonly version: string
}

/** How to prove who asks: a user and password, or the node's cookie file, read anew for each try. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  | { readonly kind: 'cookie'; readonly path: string }

const BATCH = 100
/** A block of 4 M weight as JSON with its spent outputs. */
const MOST_JSON = 256 * 2 ** 20
const MOST_BLOCK = 8 * 2 ** 20

export function openCore(client: Client, url: string, credentials: Credentials): Core {
  const base = url.replace(/\/+$/, '')
  const { call, batch } = openWire(client, base, credentials)
  let [rest, verbose] = [true, true]
  return {
    call,
    async status() {
      const said = (await call('getblockchaininfo')) as Record<string, unknown> | null
      const genesis = hashOf(base, await call('getblockhash', 0))
      const about = (await call('getnetworkinfo').catch(() => null)) as Record<string, unknown> | null
      if (!Number.isSafeInteger(said?.['blocks'])) throw notANode(base, 'getblockchaininfo says no height')
      return statusOf(said!, genesis, String(about?.['subversion'] ?? 'unknown'))
    },
    async hashes(heights) {
      const found: (string | null)[] = []
      for (let from = 0; from < heights.length; from += BATCH) {
        const some = heights.slice(from, from + BATCH).map(height => [height])
        for (const { result, error } of await batch('getblockhash', some)) {
          if (error != null && error.code !== ABOVE_TIP) throw refused(base, 'getblockhash', error)
          found.push(error == null ? hashOf(base, result) : null)
        }
      }
      return found
    },
    async block(hash) {
      if (rest) {
        const answer = await client.ask({ url: `${new URL(base).origin}/rest/block/${hash}.bin`, most: MOST_BLOCK })
        rest = answer.status === 200
        if (rest) return checked(base, hash, answer.body)
      }
      const text = await call('getblock', hash, 0)
      return checked(base, hash, (typeof text === 'string' ? parseHex(text) : undefined) ?? missing(base))
    },
    async blockWithSpent(hash) {
      if (!verbose) return null
      const result = await call('getblock', hash, 3)
      verbose = hasSpent(result)
      return verbose ? JSON.stringify(result) : null
    },
    async pool() {
      const ids = await call('getrawmempool')
      return Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : []
    },
  }
}

/** RPC_INVALID_PARAMETER of Core's rpc/protocol.h. */
const ABOVE_TIP = -8

type Wire = Pick<Core, 'call'> & {
  /** Many calls of one method in one question; replies in the order of the calls. */
  batch(method: string, params: readonly (readonly unknown[])[]): Promise<readonly Reply[]>
}

function openWire(client: Client, base: string, credentials: Credentials): Wire {
  const post = async (body: string): Promise<unknown> => {
    const answer = await client.ask({ url: base, body, headers: authorization(credentials), most: MOST_JSON })
    if (answer.status === 401 || answer.status === 403) throw denied(base)
    try {
      return JSON.parse(new TextDecoder().decode(answer.body))
    } catch {
      throw notANode(base, `status ${answer.status}, and no JSON`)
    }
  }
  return {
    call: async (method, ...params) =>
      resultOf(base, method, await post(JSON.stringify({ jsonrpc: '1.0', id: 0, method, params }))),
    async batch(method, params) {
      const calls = params.map((one, id) => ({ jsonrpc: '1.0', id, method, params: one }))
      const answer = await post(JSON.stringify(calls))
      if (!Array.isArray(answer) || answer.length !== calls.length) throw notANode(base, 'a batch answered in part')
      const replies = new Map(answer.map(one => [(one as Reply).id, one as Reply]))
      return calls.map(({ id }) => replies.get(id) ?? missing(base))
    },
  }
}

function statusOf(said: Record<string, unknown>, genesis: string, version: string): CoreStatus {
  return {
    ...{ chain: String(said['chain']), blocks: Number(said['blocks']), headers: Number(said['headers']) },
    ...{ best: String(said['bestblockhash']), genesis, version, pruned: said['pruned'] === true },
    initialDownload: said['initialblockdownload'] === true,
  }
}

/** A node before version 24 takes verbosity 3 for 2, and an undo file may be pruned away: then no input has its prevout. */
function hasSpent(block: unknown): boolean {
  const { tx } = block as { tx?: { vin?: Record<string, unknown>[] }[] }
  const spenders = tx?.filter(one => one.vin?.some(input => 'txid' in input)) ?? []
  return spenders.every(one => one.vin!.every(input => 'prevout' in input))
}

type Reply = { readonly id: unknown; readonly result?: unknown; readonly error?: RpcError | null }
type RpcError = { readonly code?: unknown; readonly message?: unknown }

function authorization(credentials: Credentials): Record<string, string> {
  if (credentials.kind === 'none') return {}
  const words = credentials.kind === 'cookie' ? cookie(credentials.path) : `${credentials.user}:${credentials.password}`
  return { authorization: `Basic ${Buffer.from(words).toString('base64')}` }
}

function cookie(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new Failure('Source.NoCookie', 'missing', `The node's cookie file ${path} cannot be read.`, {
      hint: 'The node writes it when it starts (.cookie in its data folder). Check the path and its rights.',
      facts: { path },
      cause,
    })
  }
}

function resultOf(base: string, method: string, reply: unknown): unknown {
  if (typeof reply !== 'object' || reply === null || !('result' in reply)) throw notANode(base, 'no JSON-RPC answer')
  const { error, result } = reply as Reply
  if (error != null) throw refused(base, method, error)
  return result
}

function hashOf(base: string, value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw notANode(base, 'getblockhash gave no hash')
}

/** A node's word is taken for nothing that its bytes can tell: the header hashes to what was asked for. */
function checked(base: string, hash: string, block: Uint8Array): Uint8Array {
  const header = block.subarray(0, HEADER_BYTES)
  if (toHex(reversed(sha256d(header))) === hash) return block
  throw notANode(base, 'another block than was asked for')
}

function missing(base: string): never {
  throw notANode(base, 'an answer is missing or no hexadecimal')
}

function refused(base: string, method: string, { code, message }: RpcError): Failure {
  const words = String(message ?? '').slice(0, 200)
  return new Failure('Source.Refused', 'unreachable', `The node at ${hostOf(base)} refused ${method}: ${words}`, {
    hint: 'Its log says more. What was read before stays.',
    facts: { host: hostOf(base), method, code: String(code ?? '') },
  })
}

function denied(base: string): Failure {
  return new Failure('Source.Denied', 'denied', `${hostOf(base)} does not take the credentials.`, {
    hint: 'Give --cookie PATH, or --secret PATH with a file of user:password, or set ATHAR_SOURCE_SECRET.',
    facts: { host: hostOf(base) },
  })
}

function notANode(base: string, says: string): Failure {
  return new Failure('Source.NotUnderstood', 'unreachable', `${hostOf(base)} does not answer as expected (${says}).`, {
    hint: 'Check that the address is of such a source. Nothing of the answer was taken.',
    facts: { host: hostOf(base), says },
  })
}

function hostOf(base: string): string {
  return URL.parse(base)?.host ?? base.slice(0, 80)
}
