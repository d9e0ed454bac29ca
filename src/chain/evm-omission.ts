import type * as Network from '../model/network.ts'
import { addressOf, bigOf, hashOf } from './evm-word.ts'
import * as LogsBloom from './logs-bloom.ts'
import { type Json, listOf, Misread, objectOf } from './misread.ts'

/**
 * What shows that an EVM node left something of a block out. Only what is stated is compared, and only what is stated
 * beyond that which is given is evidence: a node that leaves the field out, or prints zeros, is believed.
 *
 * Source: Ethereum's yellow paper, section 4.3: the bloom of a header is that of its receipts, its gas theirs.
 */
export function checkWhole(
  network: Network.NetworkId,
  block: Json,
  transactions: readonly Json[],
  receipts: readonly Json[],
): void {
  for (const [at, transaction] of transactions.entries()) checkPlace(block, transaction, at)
  const isOwn = !SETTLED_LATER.has(network)
  if (isOwn) checkGas(network, block, receipts)
  checkEvents(receipts, isOwn ? LogsBloom.parse(block['logsBloom']) : undefined)
}

/**
 * Each receipt's events against its bloom, and all of them against the block's.
 *
 * @param ofBlock undefined: not compared
 */
export function checkEvents(receipts: readonly Json[], ofBlock: LogsBloom.LogsBloom | undefined): void {
  const all = LogsBloom.empty()
  for (const receipt of receipts) {
    const stated = LogsBloom.parse(receipt['logsBloom'])
    if (stated === undefined && ofBlock === undefined) continue
    const given = bloomOf(receipt)
    if (stated !== undefined && !LogsBloom.explains(given, stated)) {
      const txid = hashOf(receipt['transactionHash'])
      throw new Misread(`the receipt’s bloom tells of events that are not given for ${txid}`)
    }
    LogsBloom.addAll(all, given)
  }
  if (ofBlock === undefined || LogsBloom.explains(all, ofBlock)) return
  throw new Misread('the block’s bloom tells of events that no receipt gives')
}

/** Headers of Avalanche can state the bloom and gas of earlier blocks, which they settle (ACP-194). */
const SETTLED_LATER: ReadonlySet<Network.NetworkId> = new Set(['avalanche'])

/** Where the gas of a block is that of its transactions: others have some that pay none, or count otherwise. */
const SUMMED: ReadonlySet<Network.NetworkId> = new Set(['ethereum', 'bsc', 'optimism', 'base'])

function checkPlace(block: Json, transaction: Json, at: number): void {
  const { hash, blockHash, blockNumber, transactionIndex } = transaction as Readonly<Record<Named, unknown>>
  const isOther =
    (blockHash != null && hashOf(blockHash) !== hashOf(block['hash'])) ||
    (blockNumber != null && bigOf(blockNumber) !== bigOf(block['number']))
  if (isOther) throw new Misread(`a transaction of another block, ${hashOf(hash)}`)
  if (transactionIndex != null && bigOf(transactionIndex) > BigInt(at))
    throw new Misread(`a transaction before it is missing at ${hashOf(hash)}`)
}

type Named = 'hash' | 'blockHash' | 'blockNumber' | 'transactionIndex'

function checkGas(network: Network.NetworkId, block: Json, receipts: readonly Json[]): void {
  const used = block['gasUsed'] == null ? 0n : bigOf(block['gasUsed'])
  if (receipts.length === 0 && used > 0n) throw new Misread(`it used ${used} gas, and has no transaction`)
  if (!SUMMED.has(network)) return
  let sum = 0n
  for (const receipt of receipts) {
    sum += bigOf(receipt['gasUsed'])
    if (receipt['cumulativeGasUsed'] != null && bigOf(receipt['cumulativeGasUsed']) > sum) {
      const txid = hashOf(receipt['transactionHash'])
      throw new Misread(`gas was used before it that no transaction used, at ${txid}`)
    }
  }
  // With access lists of blocks (EIP-7928) came EIP-7778: the block's gas then holds what is paid back to senders.
  const last = receipts.at(-1)?.['cumulativeGasUsed']
  if (last == null || block['blockAccessListHash'] != null || used <= bigOf(last)) return
  throw new Misread(`it used ${used} gas, and its transactions ${bigOf(last)}`)
}

function bloomOf(receipt: Json): LogsBloom.LogsBloom {
  const bloom = LogsBloom.empty()
  for (const log of listOf(receipt['logs'] ?? []).map(objectOf)) {
    LogsBloom.add(bloom, addressOf(log['address']))
    for (const topic of listOf(log['topics'])) LogsBloom.add(bloom, hashOf(topic))
  }
  return bloom
}
