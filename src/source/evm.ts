import type { AccountBlock, TokenOf } from '../chain/account-block.ts'
import * as EvmBlock from '../chain/evm-block.ts'
import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'
import type { Token } from '../model/transfer.ts'
import { parseHex } from '../std/bytes.ts'
import { Failure } from '../std/failure.ts'
import type { AccountSource } from './account-source.ts'
import { heightOf, wholeOf } from './figure.ts'
import { hostOf, type JsonRpc, notUnderstood, objectOf, type RpcReply, refused, wordOf } from './json-rpc.ts'

/**
 * An EVM node over JSON-RPC: blocks, receipts, and internal transfers from traces where it offers them.
 *
 * Source: ethereum/execution-apis; `debug_traceBlockByNumber` with the callTracer as in go-ethereum's documentation.
 */
export function openEvm(rpc: JsonRpc, url: string, network: NetworkId, confirmations: number | null): AccountSource {
  let traces: boolean | null = null
  const tokens = createTokens(rpc, network, url)
  const header = async (tag: string): Promise<{ height: number; hash: string } | null> => {
    const said = await rpc.call('eth_getBlockByNumber', tag, false)
    if (said === null) return null
    const block = objectOf(url, said, 'a block')
    return { height: heightOf(url, block['number']), hash: wordOf(block['hash']) }
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
  const window = openWindow(rpc, url)
  return {
    async status() {
      await checkChain(rpc, url, network)
      const tip = await header('latest')
      if (tip === null) throw notUnderstood(url, 'no latest block')
      const version = wordOf(await rpc.call('web3_clientVersion').catch(() => 'unknown')).slice(0, 120)
      const stated = confirmations === null ? await header('finalized').catch(() => null) : null
      // Nothing above the tip is there yet, whatever is called final.
      const finalHeight =
        confirmations === null ? Math.min(stated?.height ?? -1, tip.height) : tip.height - confirmations
      if (traces === null) await calls(tip.height, -1)
      return { tip, finalHeight, version, internal: traces === true }
    },
    async hashes(heights) {
      const params = heights.map(height => ({ method: 'eth_getBlockByNumber', params: [hexOf(height), false] }))
      const replies = await rpc.batch(params)
      return replies.map(reply => {
        const block = resultOf(url, 'eth_getBlockByNumber', reply)
        return block === null ? null : wordOf(objectOf(url, block, 'a block')['hash'])
      })
    },
    async blocks(from, count) {
      const blocks: AccountBlock[] = []
      for await (const { height, block, receipts } of window(from, count)) {
        const inner = await calls(height, idsOf(block).length)
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

type Given = { readonly height: number; readonly block: unknown; readonly receipts: unknown }

/**
 * Blocks with their receipts, as many at once as the node takes: where it says that this is too much, half as many, and
 * after each answer one more again. A node that gives no receipts of whole blocks is asked for each transaction's.
 */
function openWindow(rpc: JsonRpc, url: string) {
  let [most, whole] = [Number.POSITIVE_INFINITY, true]
  const receiptsOf = async (block: unknown): Promise<unknown> => {
    const ids = idsOf(block)
    const replies = await rpc.batch(ids.map(id => ({ method: 'eth_getTransactionReceipt', params: [id] })))
    return replies.map(reply => resultOf(url, 'eth_getTransactionReceipt', reply))
  }
  return async function* (from: number, count: number): AsyncGenerator<Given> {
    for (let at = from; at < from + count; ) {
      const heights = Array.from({ length: Math.min(most, from + count - at) }, (_, k) => at + k)
      const names = whole ? ['eth_getBlockByNumber', 'eth_getBlockReceipts'] : ['eth_getBlockByNumber']
      const asked = heights.flatMap(height =>
        names.map((method, k) => ({ method, params: k === 0 ? [hexOf(height), true] : [hexOf(height)] })),
      )
      const replies = await rpc.batch(asked).catch((cause: unknown): RpcReply[] => [tooLarge(cause)])
      if (replies.some(isTooMuch) && heights.length > 1) {
        most = Math.ceil(heights.length / 2)
        continue
      }
      if (whole && replies.some((reply, k) => k % 2 === 1 && isUnknown(reply))) {
        whole = false
        continue
      }
      for (const [k, height] of heights.entries()) {
        const block = resultOf(url, names[0]!, replies[names.length * k]!)
        yield {
          height,
          block,
          receipts: whole ? resultOf(url, names[1]!, replies[2 * k + 1]!) : await receiptsOf(block),
        }
      }
      at += heights.length
      most++
    }
  }
}

/** An answer beyond what is taken as the refusal that it is. */
function tooLarge(cause: unknown): RpcReply {
  if (!(cause instanceof Failure) || cause.name !== 'Source.TooLarge') throw cause
  return { ok: false, code: null, message: `too large: ${cause.message}` }
}

/** Limits of providers, by the words and codes in use (EIP-1474: −32005, limit exceeded). */
function isTooMuch(reply: RpcReply): boolean {
  if (reply.ok) return false
  return reply.code === -32005 || /limit|too (large|many|big)|exceed|response size|time.?d? ?out/i.test(reply.message)
}

/** A method that the node does not have (JSON-RPC 2.0: −32601). */
function isUnknown(reply: RpcReply): boolean {
  if (reply.ok) return false
  return reply.code === -32601 || /not (found|supported|available|exist)|unsupported/i.test(reply.message)
}

/** Ids of a block's transactions; none where it is no block. */
function idsOf(block: unknown): unknown[] {
  const transactions = (block as Json | null)?.['transactions']
  return Array.isArray(transactions) ? transactions.map(one => (one as Json | null)?.['hash']) : []
}

const NO_REPLY: RpcReply = { ok: false, code: null, message: 'no reply' }

type Json = Readonly<Record<string, unknown>>

/**
 * Names and decimals of token contracts, asked once each. A checked token has those of its issuer; a node whose
 * contract says otherwise is of another network, or lies.
 */
function createTokens(rpc: JsonRpc, network: NetworkId, url: string) {
  const known = new Map<string, Token>()
  const ask = async (contracts: readonly string[]): Promise<void> => {
    const calls = contracts.flatMap(to =>
      [SYMBOL, DECIMALS].map(data => ({ method: 'eth_call', params: [{ to, data }, 'latest'] })),
    )
    const replies = [...(await rpc.batch(calls))]
    for (const [at, call] of calls.entries()) if (isTooMuch(replies[at]!)) replies[at] = (await rpc.batch([call]))[0]!
    // A token met for the first time keeps the decimals that are told then: a busy node’s silence tells none.
    const busy = replies.find(isTooMuch)
    if (busy !== undefined && !busy.ok) throw refused(url, 'eth_call', busy)
    for (const [at, contract] of contracts.entries()) {
      const [symbol, decimals] = [textOf(replies[2 * at]!), numberOf(replies[2 * at + 1]!)]
      const checked = Asset.token(network, contract)
      if (checked !== undefined && decimals !== null && decimals !== checked.decimals) {
        throw notUnderstood(
          url,
          `${checked.symbol} has ${decimals} decimals there, and ${checked.decimals} by its issuer`,
        )
      }
      known.set(contract, { contract, symbol: symbol ?? `token ${contract.slice(0, 10)}`, decimals })
    }
  }
  return {
    async read<T>(make: (tokenOf: TokenOf) => T): Promise<T> {
      const missing = new Set<string>()
      const tokenOf = (contract: string): Token => {
        const held = known.get(contract)
        if (held === undefined) missing.add(contract)
        const checked = Asset.token(network, contract)
        if (checked !== undefined) return { contract, symbol: checked.symbol, decimals: checked.decimals }
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
  const isWord = reply.ok && typeof reply.result === 'string' && /^0x[0-9a-f]+$/i.test(reply.result)
  const value = isWord ? Number(reply.result) : Number.NaN
  return Number.isInteger(value) && value >= 0 && value <= 77 ? value : null
}

function resultOf(url: string, method: string, reply: RpcReply): unknown {
  if (reply.ok) return reply.result
  throw refused(url, method, reply)
}

function hexOf(height: number): string {
  return `0x${height.toString(16)}`
}

async function checkChain(rpc: JsonRpc, url: string, network: NetworkId): Promise<void> {
  const stated = wholeOf(url, await rpc.call('eth_chainId'), 'a chain')
  const wanted = Network.from(network).caip2
  if (wanted === `eip155:${stated}`) return
  throw new Failure('Source.OtherNetwork', 'input', `The node at ${hostOf(url)} is not of ${network}.`, {
    hint: `Its chain is eip155:${stated}; ${network} is ${wanted}. Name that network.`,
    facts: { network, chain: `eip155:${stated}` },
  })
}
