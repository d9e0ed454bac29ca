import { readFileSync } from 'node:fs'
import { HEADER_BYTES } from '../chain/block-header.ts'
import { parseHex, reversed, toHex } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Client } from './client.ts'
import { heightOf } from './figure.ts'
import { notUnderstood, openJsonRpc, type RpcCall, type RpcReply, refused, wordOf } from './json-rpc.ts'

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
  /** Many calls at once, each reply by itself. */
  batch(calls: readonly RpcCall[]): Promise<readonly RpcReply[]>
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
const MOST_BLOCK = 8 * 2 ** 20

export function openCore(client: Client, url: string, credentials: Credentials): Core {
  const base = url.replace(/\/+$/, '')
  const rpc = openJsonRpc(guarded(client, credentials), base)
  const { call } = rpc
  let [rest, verbose] = [true, true]
  return {
    call,
    batch: rpc.batch,
    async status() {
      const said = (await call('getblockchaininfo')) as Record<string, unknown> | null
      const genesis = hashOf(base, await call('getblockhash', 0))
      const about = (await call('getnetworkinfo').catch(() => null)) as Record<string, unknown> | null
      if (said?.['blocks'] == null) throw notUnderstood(base, 'getblockchaininfo says no height')
      return statusOf(base, said, genesis, wordOf(about?.['subversion'] ?? 'unknown'))
    },
    async hashes(heights) {
      const found: (string | null)[] = []
      for (let from = 0; from < heights.length; from += BATCH) {
        const some = heights.slice(from, from + BATCH)
        for (const reply of await rpc.batch(some.map(height => ({ method: 'getblockhash', params: [height] })))) {
          if (!reply.ok && reply.code !== ABOVE_TIP) throw refused(base, 'getblockhash', reply)
          found.push(reply.ok ? hashOf(base, reply.result) : null)
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

function statusOf(base: string, said: Record<string, unknown>, genesis: string, version: string): CoreStatus {
  return {
    ...{ chain: wordOf(said['chain']), blocks: heightOf(base, said['blocks']), headers: Number(said['headers']) },
    ...{ best: wordOf(said['bestblockhash']), genesis, version, pruned: said['pruned'] === true },
    initialDownload: said['initialblockdownload'] === true,
  }
}

/**
 * A node before version 24 takes verbosity 3 for 2, and an undo file may be pruned away: then no input has its
 * prevout.
 */
function hasSpent(block: unknown): boolean {
  const { tx } = block as { tx?: { vin?: Record<string, unknown>[] }[] }
  const spenders = tx?.filter(one => one.vin?.some(input => 'txid' in input)) ?? []
  return spenders.every(one => one.vin!.every(input => 'prevout' in input))
}

/**
 * Shows the credentials with every question; a cookie is read anew each time, since a node makes a new one at start.
 */
function guarded(client: Client, credentials: Credentials): Client {
  const ask: Client['ask'] = question =>
    client.ask({ ...question, headers: { ...question.headers, ...authorization(credentials) } })
  return { ...client, ask }
}

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

function hashOf(base: string, value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw notUnderstood(base, 'getblockhash gave no hash')
}

/** A node's word is taken for nothing that its bytes can tell: the header hashes to what was asked for. */
function checked(base: string, hash: string, block: Uint8Array): Uint8Array {
  const header = block.subarray(0, HEADER_BYTES)
  if (toHex(reversed(sha256d(header))) === hash) return block
  throw notUnderstood(base, 'another block than was asked for')
}

function missing(base: string): never {
  throw notUnderstood(base, 'an answer is missing or no hexadecimal')
}
