import type { AccountBlock, TokenOf } from '../chain/account-block.ts'
import * as EvmBlock from '../chain/evm-block.ts'
import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'
import type { Token } from '../model/transfer.ts'
import { parseHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import type { AccountSource } from './account-source.ts'
import { hostOf, type JsonRpc, notUnderstood, type RpcReply, refused } from './json-rpc.ts'

/**
 * An EVM node over JSON-RPC: blocks, receipts, and internal transfers from traces where it offers them.
 *
 * Source: ethereum/execution-apis; `debug_traceBlockByNumber` with the callTracer as in go-ethereum's documentation.
 */
export function openEvm(rpc: JsonRpc, url: string, network: NetworkId, confirmations: number | null): AccountSource {
  let traces: boolean | null = null
  const tokens = createTokens(rpc, network)
  const header = async (tag: string): Promise<{ height: number; hash: string } | null> => {
    const block = (await rpc.call('eth_getBlockByNumber', tag, false)) as Json | null
    if (block === null) return null
    return { height: wholeOf(url, block['number']), hash: String(block['hash']) }
  }
  const calls = async (height: number, count: number): Promise<readonly (readonly EvmBlock.Call[])[] | null> => {
    if (traces === false) return null
    const [reply = NO_REPLY] = await rpc.batch([
      { method: 'debug_traceBlockByNumber', params: [hexOf(height), { tracer: 'callTracer' }] },
    ])
    traces ??= reply.ok
    if (!reply.ok || !Array.isArray(reply.result)) return null
    const read = reply.result.map(EvmBlock.readCalls)
    return read.length === count && read.every(one => one !== undefined) ? (read as EvmBlock.Call[][]) : null
  }
  return {
    async status() {
      await checkChain(rpc, url, network)
      const tip = await header('latest')
      if (tip === null) throw notUnderstood(url, 'no latest block')
      const version = String(await rpc.call('web3_clientVersion').catch(() => 'unknown')).slice(0, 120)
      const stated = confirmations === null ? await header('finalized').catch(() => null) : null
      const finalHeight = confirmations === null ? (stated?.height ?? -1) : tip.height - confirmations
      if (traces === null) await calls(tip.height, -1)
      return { tip, finalHeight, version, internal: traces === true }
    },
    async hashes(heights) {
      const params = heights.map(height => ({ method: 'eth_getBlockByNumber', params: [hexOf(height), false] }))
      const replies = await rpc.batch(params)
      return replies.map(reply => {
        const block = resultOf(url, 'eth_getBlockByNumber', reply) as Json | null
        return block === null ? null : String(block['hash'])
      })
    },
    async blocks(from, count) {
      const heights = Array.from({ length: count }, (_, k) => from + k)
      const asked = heights.flatMap(height => [
        { method: 'eth_getBlockByNumber', params: [hexOf(height), true] },
        { method: 'eth_getBlockReceipts', params: [hexOf(height)] },
      ])
      const replies = await rpc.batch(asked)
      const blocks: AccountBlock[] = []
      for (const [k, height] of heights.entries()) {
        const block = resultOf(url, 'eth_getBlockByNumber', replies[2 * k]!)
        const receipts = resultOf(url, 'eth_getBlockReceipts', replies[2 * k + 1]!)
        const transactions = (block as Json | null)?.['transactions']
        const inner = await calls(height, Array.isArray(transactions) ? transactions.length : -1)
        const make = (tokenOf: TokenOf) => EvmBlock.read(network, block, receipts, inner, tokenOf)
        const read = await tokens.read(make)
        if ('reason' in read) throw notUnderstood(url, `block ${height}: ${read.reason}`)
        if (read.height !== height) throw notUnderstood(url, `block ${read.height} for ${height}`)
        blocks.push(read)
      }
      return blocks
    },
  }
}

const NO_REPLY: RpcReply = { ok: false, code: null, message: 'no reply' }

type Json = Readonly<Record<string, unknown>>

/** Names and decimals of token contracts, asked once each. */
function createTokens(rpc: JsonRpc, network: NetworkId) {
  const known = new Map<string, Token>()
  const ask = async (contracts: readonly string[]): Promise<void> => {
    const calls = contracts.flatMap(to =>
      [SYMBOL, DECIMALS].map(data => ({ method: 'eth_call', params: [{ to, data }, 'latest'] })),
    )
    const replies = await rpc.batch(calls)
    for (const [at, contract] of contracts.entries()) {
      const [symbol, decimals] = [textOf(replies[2 * at]!), numberOf(replies[2 * at + 1]!)]
      known.set(contract, { contract, symbol: symbol ?? `token ${contract.slice(0, 10)}`, decimals })
    }
  }
  return {
    async read<T>(make: (tokenOf: TokenOf) => T): Promise<T> {
      const missing = new Set<string>()
      const tokenOf = (contract: string): Token => {
        const checked = Asset.token(network, contract)
        if (checked !== undefined) return { contract, symbol: checked.symbol, decimals: checked.decimals }
        const held = known.get(contract)
        if (held === undefined) missing.add(contract)
        return held ?? { contract, symbol: contract, decimals: null }
      }
      const first = make(tokenOf)
      if (missing.size === 0) return first
      await ask([...missing])
      return make(tokenOf)
    },
  }
}

/** `symbol()` and `decimals()` of EIP-20. */
const SYMBOL = '0x95d89b41'
const DECIMALS = '0x313ce567'

/** An ABI string, or 32 bytes as some old contracts have it; undefined where it is neither or no name. */
function textOf(reply: RpcReply): string | undefined {
  const bytes = reply.ok && typeof reply.result === 'string' ? parseHex(reply.result.slice(2)) : undefined
  if (bytes === undefined || bytes.length < 32) return undefined
  const dynamic = bytes.length >= 64 && bytes.subarray(0, 31).every(byte => byte === 0) && bytes[31] === 32
  const length = dynamic ? Math.min(64, bytes[63]!) : 32
  const text = new TextDecoder().decode(dynamic ? bytes.subarray(64, 64 + length) : bytes.subarray(0, 32))
  const name = text.replace(/\0+$/, '').trim()
  return /^[^\p{C}]{1,64}$/u.test(name) ? name : undefined
}

function numberOf(reply: RpcReply): number | null {
  const value = reply.ok && typeof reply.result === 'string' ? Number(reply.result) : Number.NaN
  return Number.isInteger(value) && value >= 0 && value <= 77 ? value : null
}

function resultOf(url: string, method: string, reply: RpcReply): unknown {
  if (reply.ok) return reply.result
  throw refused(url, method, reply)
}

function hexOf(height: number): string {
  return `0x${height.toString(16)}`
}

function wholeOf(url: string, value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : Number.NaN
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw notUnderstood(url, `“${String(value).slice(0, 40)}” for a height`)
}

async function checkChain(rpc: JsonRpc, url: string, network: NetworkId): Promise<void> {
  const stated = wholeOf(url, await rpc.call('eth_chainId'))
  const wanted = Network.from(network).caip2
  if (wanted === `eip155:${stated}`) return
  throw new Failure('Source.OtherNetwork', 'input', `The node at ${hostOf(url)} is not of ${network}.`, {
    hint: `Its chain is eip155:${stated}; ${network} is ${wanted}. Name that network.`,
    facts: { network, chain: `eip155:${stated}` },
  })
}
