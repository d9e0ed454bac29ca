import * as Amount from '../../src/model/amount.ts'
import * as Asset from '../../src/model/asset.ts'
import type { NetworkId } from '../../src/model/network.ts'
import type { Transfer, UtxoBlock, UtxoInput, UtxoOutput, UtxoTransaction } from '../../src/model/transaction.ts'
import { assert } from '../../src/std/assert.ts'
import { sha256Hex } from '../../src/std/digest.ts'

/**
 * Ledgers as text that an analyst can write, for tests.
 *
 * UTXO, one transaction a line, values in smallest units; `#` begins a comment. An input names an earlier output
 * (`t1:0`), or one that was never read: `?x:0` (nothing known), `?x:0=A` (address known), `?x:0=A/50` (and value);
 * a `!` behind it says that it was signed SINGLE|ANYONECANPAY. An output without an address is `-`,
 * one that nobody can ever spend `burn`.
 *
 *     b1 t1: coinbase -> A 50
 *     b2 t2: t1:0, ?x:0=B/7! -> B 30, A 26, - 1
 *
 * Account chains, one movement a line, in the order of the ledger; amounts in smallest units. `?` is an unknown sender,
 * `-` nobody; `fee` after the amount marks a fee, `failed` a failed one, `approve` an approval.
 *
 *     h1 t1: A -> B 100 USDT
 *     h1 t1: A -> - 3 TRX fee
 */
export function utxo(text: string): UtxoBlock[] {
  const blocks = new Map<number, { transactions: UtxoTransaction[] }>()
  const outputs = new Map<string, UtxoOutput>()
  for (const line of linesOf(text)) {
    const match = /^b(\d+) (\w+): (.+?) -> ?(.*)$/.exec(line)
    assert(match !== null, `not a line of a story: ${line}`)
    const [height, name, from, to] = [Number(match[1]), match[2]!, match[3]!, match[4]!]
    const coinbase = from === 'coinbase'
    const inputs = coinbase ? [] : from.split(',').map(input => inputOf(input.trim(), outputs))
    const paid = to.trim() === '' ? [] : to.split(',').map(output => outputOf(output.trim()))
    paid.forEach((output, index) => {
      outputs.set(`${name}:${index}`, output)
    })
    const block = blocks.get(height) ?? { transactions: [] }
    block.transactions.push({ txid: txid(name), coinbase, inputs, outputs: paid })
    blocks.set(height, block)
  }
  const heights = [...blocks.keys()].sort((a, b) => a - b)
  return heights.map((height, i) => ({
    hash: sha256Hex(`block ${height}`),
    previous: i === 0 ? '0'.repeat(64) : sha256Hex(`block ${heights[i - 1]}`),
    height,
    minedAt: timeOf(height),
    transactions: blocks.get(height)!.transactions,
  }))
}

/** Movements of an account chain. Tokens other than the coin get a contract of their own. */
export function account(network: NetworkId, text: string): Transfer[] {
  const places = new Map<string, number>()
  const events = new Map<string, number>()
  return linesOf(text).map(line => {
    const match = /^h(\d+) (\w+): (\S+) -> (\S+) (\d+) (\S+)(?: (fee|internal|approve))?(?: (failed))?$/.exec(line)
    assert(match !== null, `not a line of a story: ${line}`)
    const [height, name] = [Number(match[1]), match[2]!]
    if (!places.has(name)) places.set(name, places.size)
    const logIndex = events.get(name) ?? 0
    events.set(name, logIndex + 1)
    return {
      ...{ txid: txid(name), txIndex: places.get(name)!, logIndex, height, time: timeOf(height) },
      kind: (match[7] ?? 'transfer') as Transfer['kind'],
      status: match[8] === 'failed' ? 'failed' : 'ok',
      from: match[3] === '?' || match[3] === '-' ? null : match[3]!,
      to: match[4] === '-' ? null : match[4]!,
      asset: assetOf(network, match[6]!),
      units: Amount.parseUnits(match[5]!, 0)!,
    }
  })
}

/** The id of a story's transaction, as printed. */
export function txid(name: string): string {
  return sha256Hex(`transaction ${name}`)
}

/** Blocks ten minutes apart from the start of 2020. */
export function timeOf(height: number): number {
  return 1_577_836_800 + 600 * height
}

export function assetOf(network: NetworkId, symbol: string): Asset.Asset {
  const coin = Asset.coin(network)
  if (symbol === coin.symbol) return coin
  const known = Asset.tokens.find(token => token.network === network && token.symbol === symbol)
  return known ?? { network, symbol, decimals: 0, contract: `contract-of-${symbol}` }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map(line => line.replace(/#.*/, '').trim())
    .filter(line => line !== '')
}

function inputOf(text: string, outputs: ReadonlyMap<string, UtxoOutput>): UtxoInput {
  const match = /^(\??)(\w+):(\d+)(?:=(\w+)(?:\/(\d+))?)?(!?)$/.exec(text)
  assert(match !== null, `not an input of a story: ${text}`)
  const known = outputs.get(`${match[2]}:${match[3]}`)
  assert(match[1] === '?' || known !== undefined, `${text} spends an output that the story does not have before`)
  return {
    ...{ txid: txid(match[2]!), index: Number(match[3]) },
    units: known?.units ?? (match[5] === undefined ? null : BigInt(match[5])),
    address: known === undefined ? (match[4] ?? null) : known.address,
    singleAnyoneCanPay: match[6] === '!',
  }
}

function outputOf(text: string): UtxoOutput {
  const match = /^(\S+) (\d+)$/.exec(text)
  assert(match !== null, `not an output of a story: ${text}`)
  if (match[1] === 'burn') return { address: null, units: BigInt(match[2]!), unspendable: true }
  return { address: match[1] === '-' ? null : match[1]!, units: BigInt(match[2]!) }
}
