import * as EvmAddress from '../chain/evm-address.ts'
import * as Quantity from '../chain/quantity.ts'
import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { type JsonRpc, notUnderstood, refused } from './json-rpc.ts'
import { type Gone, LOOK_MAX, type Pool, type Side, type Waiting } from './pool.ts'

/**
 * What an EVM node would put into its next block: payments of the coin, and calls of `transfer` and `transferFrom` of
 * checked tokens. What a contract would move by itself is not told before it runs. Any of them can be replaced by one
 * with the same number and a higher fee.
 *
 * Source: ethereum/execution-apis, eth_getBlockByNumber with the tag `pending`; EIP-20.
 */
export function openEvmPool(rpc: JsonRpc, url: string, network: NetworkId): Pool {
  return {
    async look() {
      const [latest, block] = (await Promise.all([
        rpc.call('eth_blockNumber'),
        rpc.call('eth_getBlockByNumber', 'pending', true),
      ])) as [unknown, Json | null]
      if (block === null) throw notUnderstood(url, 'it tells no pending block')
      const transactions = block['transactions']
      if (!Array.isArray(transactions)) throw notUnderstood(url, 'a pending block without transactions')
      // Some nodes answer with their latest block, where nothing waits in it.
      const height = Quantity.parse(block['number'])
      if (height !== undefined && height <= (Quantity.parse(latest) ?? -1n)) return NOTHING
      const some = transactions.slice(0, LOOK_MAX)
      const waiting = some.flatMap(one => waitingOf(network, one as Json) ?? [])
      return { waiting, unread: transactions.length - waiting.length }
    },
    async gone(txids) {
      // What is not in the pending block may still wait for a cheaper one: each is asked after by itself.
      const method = 'eth_getTransactionByHash'
      const replies = await rpc.batch(txids.map(txid => ({ method, params: [`0x${txid}`] })))
      const lost = new Map<string, Gone>()
      for (const [at, txid] of txids.entries()) {
        const reply = replies[at]!
        if (!reply.ok) throw refused(url, method, reply)
        const block = (reply.result as Json | null)?.['blockHash'] ?? null
        if (reply.result === null || block !== null) lost.set(txid, { replacedBy: null, spends: [] })
      }
      return lost
    },
  }
}

const NOTHING = { waiting: [], unread: 0 }

type Json = Readonly<Record<string, unknown>>

function waitingOf(network: NetworkId, said: Json): Waiting | null {
  const [hash, from, to, value] = [said['hash'], said['from'], said['to'] ?? null, Quantity.parse(said['value'])]
  if (typeof hash !== 'string' || !/^0x[0-9a-f]{64}$/i.test(hash)) return null
  if (!isAddress(from) || (to !== null && !isAddress(to)) || value === undefined) return null
  const [paying, paid]: [Side[], Side[]] = [[], []]
  const move = (payer: string, payee: string, asset: Asset.Asset, units: bigint): void => {
    if (units === 0n) return
    paying.push({ address: payer, asset, units })
    paid.push({ address: payee, asset, units })
  }
  const sender = from.toLowerCase()
  if (to !== null) {
    move(sender, to.toLowerCase(), Asset.coin(network), value)
    const token = Asset.token(network, to)
    const call = token === undefined ? null : callOf(said['input'], sender)
    if (call !== null) move(call.from, call.to, token!, call.units)
  }
  return { txid: hash.slice(2).toLowerCase(), replaceable: true, paying, paid, unread: 0 }
}

function callOf(input: unknown, sender: string): { from: string; to: string; units: bigint } | null {
  if (typeof input !== 'string' || !/^0x([0-9a-f]{2})*$/i.test(input)) return null
  const [method, words] = [input.slice(2, 10).toLowerCase(), input.slice(10).toLowerCase()]
  const address = (at: number): string => `0x${words.slice(64 * at + 24, 64 * at + 64)}`
  const units = (at: number): bigint => BigInt(`0x${words.slice(64 * at, 64 * at + 64)}`)
  if (method === TRANSFER && words.length >= 128) return { from: sender, to: address(0), units: units(1) }
  if (method === TRANSFER_FROM && words.length >= 192) return { from: address(0), to: address(1), units: units(2) }
  return null
}

/** First four bytes of the hash of `transfer(address,uint256)` and `transferFrom(address,address,uint256)`, EIP-20. */
const TRANSFER = 'a9059cbb'
const TRANSFER_FROM = '23b872dd'

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && EvmAddress.hasForm(value)
}
