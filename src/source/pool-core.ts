import * as Rules from '../chain/block-rules.ts'
import * as Loose from '../chain/loose-transaction.ts'
import * as Script from '../chain/script.ts'
import * as Amount from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import { parseHex } from '../std/bytes.ts'
import type { Core } from './core.ts'
import type { RpcReply } from './json-rpc.ts'
import { type Gone, LOOK_MAX, type Pool, type Side, type Waiting } from './pool.ts'

/**
 * The pool of a node of the Core family. Transactions are read from their bytes and their ids recomputed; what they
 * spend is asked of the node: of the pool's own transactions, else of its unspent outputs.
 *
 * Source: RPC documentation of Bitcoin Core: getrawmempool, getrawtransaction, getmempoolentry, gettxout.
 */
export function openCorePool(core: Core, network: Rules.BitcoinNetworkId): Pool {
  const rules = Rules.of(network)
  const loose = new Map<string, Loose.LooseTransaction>()
  const told = new Map<string, Waiting>()
  const left = new Map<string, readonly string[]>()
  let now: ReadonlySet<string> = new Set()

  /** What a transaction would have spent is remembered for a while, to tell what took its place. */
  const leave = (txid: string): void => {
    const transaction = loose.get(txid)
    if (transaction !== undefined) left.set(txid, spendsOf(transaction))
    if (left.size > LEFT_MAX) left.delete(left.keys().next().value!)
    loose.delete(txid)
    told.delete(txid)
  }

  const read = async (txids: readonly string[]): Promise<void> => {
    const replies = await core.batch(txids.map(txid => ({ method: 'getrawtransaction', params: [txid, false] })))
    for (const [at, txid] of txids.entries()) {
      const reply = replies[at]!
      const transaction = reply.ok && typeof reply.result === 'string' ? Loose.parse(reply.result, rules) : undefined
      if (transaction?.txid === txid) loose.set(txid, transaction)
    }
  }

  const ofOutput: OfOutput = output => sideOfOutput(network, output)

  /** Outputs outside the pool that these transactions spend, by `txid:index`. */
  const spentOf = async (transactions: readonly Loose.LooseTransaction[]): Promise<Map<string, Side | null>> => {
    const inputs = transactions.flatMap(one => one.inputs).filter(input => !loose.has(input.txid))
    // false: as the chain has it, where a payment that waits has not spent it yet.
    const calls = inputs.map(({ txid, index }) => ({ method: 'gettxout', params: [txid, index, false] }))
    const replies = await core.batch(calls)
    return new Map(inputs.map(({ txid, index }, at) => [`${txid}:${index}`, sideOf(replies[at]!, ofOutput)]))
  }

  return {
    async look() {
      const ids = await core.pool()
      now = new Set(ids)
      for (const txid of loose.keys()) if (!now.has(txid)) leave(txid)
      const fresh = ids.filter(txid => !told.has(txid)).slice(0, LOOK_MAX)
      await read(fresh.filter(txid => !loose.has(txid)))
      const whole = fresh.flatMap(txid => loose.get(txid) ?? [])
      const parents = new Set(whole.flatMap(one => one.inputs.map(input => input.txid)))
      await read([...parents].filter(txid => now.has(txid) && !loose.has(txid)))
      const spent = await spentOf(whole)
      const entries = await core.batch(whole.map(({ txid }) => ({ method: 'getmempoolentry', params: [txid] })))
      for (const [at, transaction] of whole.entries()) {
        const paying: Side[] = []
        let unread = 0
        for (const { txid, index } of transaction.inputs) {
          const output = loose.get(txid)?.outputs[index]
          const side = output === undefined ? (spent.get(`${txid}:${index}`) ?? null) : ofOutput(output)
          if (side === null) unread++
          else paying.push(side)
        }
        const [{ txid, outputs }, replaceable] = [transaction, replaceableOf(entries[at]!, transaction)]
        told.set(txid, { txid, replaceable, paying, paid: outputs.flatMap(one => ofOutput(one) ?? []), unread })
      }
      return { waiting: [...told.values()], unread: ids.length - told.size }
    },
    gone: async txids =>
      goneOf(
        txids.filter(txid => !now.has(txid)),
        loose.values(),
        left,
      ),
  }
}

/** Those that left, each with what waits now and spends the same. */
function goneOf(
  lost: readonly string[],
  waiting: Iterable<Loose.LooseTransaction>,
  left: ReadonlyMap<string, readonly string[]>,
): Map<string, Gone> {
  if (lost.length === 0) return new Map()
  const spenders = new Map<string, string>()
  for (const one of waiting) for (const spent of spendsOf(one)) spenders.set(spent, one.txid)
  return new Map(
    lost.map(txid => {
      const spends = left.get(txid) ?? []
      const spender = spends.find(spent => spenders.has(spent))
      return [txid, { replacedBy: spender === undefined ? null : spenders.get(spender)!, spends }]
    }),
  )
}

/** Transactions that left the pool of which is remembered what they would have spent. */
const LEFT_MAX = 20_000

function spendsOf({ inputs }: Loose.LooseTransaction): string[] {
  return inputs.map(({ txid, index }) => `${txid}:${index}`)
}

type OfOutput = (output: { units: bigint; script: Uint8Array }) => Side | null

function sideOfOutput(network: Rules.BitcoinNetworkId, { units, script }: Parameters<OfOutput>[0]): Side | null {
  const found = Script.toAddress(network, script)
  return found === null ? null : { address: found.address, asset: Asset.coin(network), units }
}

function sideOf(reply: RpcReply, ofOutput: OfOutput): Side | null {
  const said = (reply.ok ? reply.result : null) as { value?: unknown; scriptPubKey?: { hex?: unknown } } | null
  const script = typeof said?.scriptPubKey?.hex === 'string' ? parseHex(said.scriptPubKey.hex) : undefined
  const units = typeof said?.value === 'number' ? Amount.parseUnits(said.value.toFixed(COIN_DECIMALS), 8) : undefined
  return script === undefined || units === undefined ? null : ofOutput({ units, script })
}

/** Core writes amounts with eight decimals; below 2^26 coins such a number is exact to the last of them. */
const COIN_DECIMALS = 8

/**
 * The node counts ancestors that may be replaced too (BIP 125, inherited signalling); a node without that field leaves
 * the transaction's own word.
 */
function replaceableOf(entry: RpcReply, transaction: Loose.LooseTransaction): boolean {
  const said = (entry.ok ? entry.result : null) as { 'bip125-replaceable'?: unknown } | null
  if (typeof said?.['bip125-replaceable'] === 'boolean') return said['bip125-replaceable']
  return transaction.inputs.some(({ sequence }) => sequence < FINAL_SEQUENCE)
}

/** BIP 125: a sequence below this one says that the transaction may be replaced. */
const FINAL_SEQUENCE = 0xffff_fffe
