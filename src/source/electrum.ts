import * as Addresses from '../chain/address.ts'
import * as Rules from '../chain/block-rules.ts'
import type * as Excerpt from '../chain/excerpt.ts'
import * as Loose from '../chain/loose-transaction.ts'
import * as Script from '../chain/script.ts'
import { reversed, toHex } from '../std/bytes.ts'
import { sha256 } from '../std/digest.ts'
import type { HistoryItem, ProvenSource } from './esplora.ts'
import { branchOf, heightOf, wholeOf } from './figure.ts'
import { notUnderstood, refused, saidBy, wordOf } from './json-rpc.ts'
import type { LineSocket } from './line-socket.ts'

/**
 * An Electrum server (ElectrumX, Fulcrum, electrs). What inputs spend is read from the transactions that made it, whose
 * ids are recomputed: nothing of it is the server's word but which transactions there are.
 *
 * Source: electrumx.readthedocs.io, “Electrum Protocol”, version 1.4.
 */
export function openElectrum(lines: LineSocket, url: string, network: Rules.BitcoinNetworkId): ProvenSource {
  const rules = Rules.of(network)
  const call = openCall(lines, url)
  const greeted = call('server.version', 'athar', '1.4')
  const transactions = new Map<string, Loose.LooseTransaction>()
  const read = async (txid: string): Promise<{ hex: string; transaction: Loose.LooseTransaction }> => {
    const hex = await call('blockchain.transaction.get', txid, false)
    const transaction = typeof hex === 'string' ? Loose.parse(hex, rules) : undefined
    if (transaction?.txid !== txid) throw notUnderstood(url, `another transaction than ${txid}`)
    if (transactions.size > KEPT_MAX) transactions.clear()
    transactions.set(txid, transaction)
    return { hex: hex as string, transaction }
  }
  const spentBy = async (transaction: Loose.LooseTransaction): Promise<Excerpt.Part['spent']> => {
    const spent: Excerpt.Part['spent'][number][] = []
    for (const input of transaction.inputs) {
      const parent = transactions.get(input.txid) ?? (await read(input.txid)).transaction
      const output = parent.outputs[input.index]
      if (output === undefined) throw notUnderstood(url, `an output that ${input.txid} does not have`)
      spent.push({ value: wordOf(output.units), script: toHex(output.script) })
    }
    return spent
  }
  const ofAddress = async (method: string, address: string): Promise<unknown> => {
    await greeted
    return call(`blockchain.scripthash.${method}`, hashOf(url, address, network))
  }
  return {
    async genesis() {
      await greeted
      const features = (await call('server.features').catch(() => null)) as { genesis_hash?: unknown } | null
      return typeof features?.genesis_hash === 'string' ? features.genesis_hash : null
    },
    async tip() {
      const { height, hex } = ((await call('blockchain.headers.subscribe')) ?? {}) as {
        height?: unknown
        hex?: unknown
      }
      if (typeof hex !== 'string') throw notUnderstood(url, 'no header of the tip')
      return { height: heightOf(url, height), hash: '' }
    },
    async *history(address) {
      const list = await ofAddress('get_history', address)
      if (!Array.isArray(list)) throw notUnderstood(url, 'a history that is no list')
      // 0 and −1 wait to be mined.
      const items = list.map(one => itemOf(url, one)).filter(item => item.height > 0)
      // The list comes oldest first.
      items.sort((a, b) => b.height - a.height)
      for (let at = 0; at < items.length; at += PAGE) yield items.slice(at, at + PAGE)
    },
    async statement(address) {
      const said = (await ofAddress('get_balance', address)) as { confirmed?: unknown }
      if (!Number.isSafeInteger(said?.confirmed)) throw notUnderstood(url, 'a balance that is no whole number')
      return { transactions: null, received: null, sent: null, balance: BigInt(said.confirmed as number) }
    },
    async proof({ txid, height }) {
      const { hex, transaction } = await read(txid)
      const header = await call('blockchain.block.header', height)
      const { merkle, pos } = ((await call('blockchain.transaction.get_merkle', txid, height)) ?? {}) as Proof
      if (typeof header !== 'string') throw notUnderstood(url, 'a proof without its parts')
      const [position, branch] = [wholeOf(url, pos, 'a place in a block'), branchOf(url, merkle)]
      const spent = await spentBy(transaction)
      return { header, part: { hex, position, merkle: branch, spent } }
    },
  }
}

type Call = (method: string, ...params: readonly unknown[]) => Promise<unknown>

/** One call: the answer is the line with its number. Failures: Source.Refused. */
function openCall(lines: LineSocket, url: string): Call {
  let id = 0
  return async (method, ...params) => {
    const own = ++id
    const line = await lines.ask(
      JSON.stringify({ jsonrpc: '2.0', id: own, method, params }),
      text => idOf(text) === own,
    )
    const { result, error } = JSON.parse(line) as Reply
    if (error == null) return result
    const code = typeof error.code === 'number' ? error.code : null
    throw refused(url, method, { code, message: saidBy(error) })
  }
}

type Reply = {
  readonly result?: unknown
  readonly error?: { readonly code?: unknown } | null
}

type Proof = { readonly merkle?: unknown; readonly pos?: unknown }

const PAGE = 25
/** Transactions kept for the inputs of others. */
const KEPT_MAX = 2000

function idOf(line: string): unknown {
  try {
    return (JSON.parse(line) as { id?: unknown } | null)?.id
  } catch {
    return undefined
  }
}

/** What Electrum calls a script hash: SHA-256 of the output script, as printed. */
function hashOf(url: string, address: string, network: Rules.BitcoinNetworkId): string {
  const key = Addresses.toKey({ network, address })
  const script = Script.fromKey(key.type, key.payload)
  if (script === undefined) throw notUnderstood(url, `an address without a script: ${address}`)
  return toHex(reversed(sha256(script)))
}

function itemOf(url: string, value: unknown): HistoryItem {
  const { tx_hash: txid, height } = (value ?? {}) as { tx_hash?: unknown; height?: unknown }
  if (typeof txid !== 'string' || !/^[0-9a-f]{64}$/.test(txid)) {
    throw notUnderstood(url, 'a transaction without id or block')
  }
  // 0 and −1 wait to be mined.
  return { txid, height: height === -1 ? height : heightOf(url, height), blockHash: null }
}
