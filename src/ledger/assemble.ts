import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import type { Transfer, UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { assert } from '../std/assert.ts'
import { parseHex } from '../std/bytes.ts'
import { createTextDictionary, type TextDictionary } from './address-column.ts'
import { type BatchBuilder, createBatch, ORDINARY, UNSPENDABLE, WITH_UNDO } from './batch.ts'
import { type AccountColumns, KINDS, NONE, UNREAD, type UtxoColumns } from './columns.ts'
import * as Cover from './coverage.ts'
import { createHashSet, type HashSet } from './hash-index.ts'
import { FAILED, linkAccount, type TransferBatch } from './link-account.ts'
import { linkUtxo, unanchored } from './link-utxo.ts'

/**
 * A ledger in memory from decoded blocks in any order: the same columns, by the same linking, as a store gives.
 * Addresses are taken as they stand. Without work or checkpoints the longest branch counts and nothing is anchored.
 */
export function assembleUtxo(network: NetworkId, blocks: readonly UtxoBlock[]): UtxoColumns {
  const batch = createBatch()
  const addresses = createTextDictionary()
  const txids = createHashSet()
  for (const block of blocks) addBlock(batch, addresses, txids, block)
  const linked = linkUtxo({
    ...{ network, batches: [batch.take()], addresses, anchors: unanchored },
    coverage: (heads, transactions) => Cover.ofBlocks(network, heads, transactions),
  })
  return linked.columns
}

/** A ledger in memory from transfers in any order. */
export function assembleAccount(network: NetworkId, transfers: readonly Transfer[]): AccountColumns {
  const addresses = createTextDictionary()
  const assets: Asset.Asset[] = []
  const batch = gatherTransfers(transfers, addresses, assets)
  const linked = linkAccount({
    ...{ network, batches: [batch], assets, addresses },
    coverage: (heights, transactions) => Cover.ofTransfers(network, heights, transactions),
  })
  return linked.columns
}

function addBlock(batch: BatchBuilder, addresses: TextDictionary, txids: HashSet, block: UtxoBlock): void {
  batch.block({
    ...{ hash: bytesOf(block.hash, true), previous: bytesOf(block.previous, true), height: block.height },
    ...{ time: block.minedAt, bits: 0, flags: WITH_UNDO, ground: 0, offset: 0, size: 0 },
  })
  for (const transaction of block.transactions) addTransaction(batch, addresses, txids, transaction)
}

function addTransaction(
  batch: BatchBuilder,
  addresses: TextDictionary,
  txids: HashSet,
  transaction: UtxoTransaction,
): void {
  const txid = bytesOf(transaction.txid, true)
  batch.transaction(txid, 0, transaction.coinbase, txids.add(txid, 0), transaction.form)
  for (const { txid, index, ...input } of transaction.coinbase ? [] : transaction.inputs) {
    batch.input(bytesOf(txid, true), 0, {
      ...{ index, parent: NONE, flags: input.singleAnyoneCanPay ? 1 : 0 },
      units: input.units === null ? UNREAD : input.units,
      address: addresses.add(input.address),
    })
  }
  for (const output of transaction.outputs) {
    batch.output(output.units, addresses.add(output.address), output.unspendable === true ? UNSPENDABLE : ORDINARY)
  }
}

function gatherTransfers(
  transfers: readonly Transfer[],
  addresses: TextDictionary,
  assets: Asset.Asset[],
): TransferBatch {
  const n = transfers.length
  const above = new Map<number, bigint>()
  const batch = {
    ...{ count: n, txid: new Uint8Array(32 * n), txIndex: new Uint32Array(n), logIndex: new Int32Array(n) },
    ...{ kind: new Uint8Array(n), height: new Uint32Array(n), time: new Uint32Array(n), from: new Uint32Array(n) },
    ...{ to: new Uint32Array(n), asset: new Uint16Array(n), units: { low: new BigUint64Array(n), above } },
  }
  const places = new Map<string, number>()
  for (let row = 0; row < n; row++) {
    const transfer = transfers[row]!
    const key = Asset.key(transfer.asset)
    if (!places.has(key)) places.set(key, assets.push(transfer.asset) - 1)
    batch.txid.set(bytesOf(transfer.txid.replace(/^0x/, ''), false), 32 * row)
    batch.txIndex[row] = transfer.txIndex
    batch.logIndex[row] = transfer.logIndex
    batch.kind[row] = KINDS.indexOf(transfer.kind) | (transfer.status === 'failed' ? FAILED : 0)
    batch.height[row] = transfer.height
    batch.time[row] = transfer.time
    batch.from[row] = transfer.from === null ? NONE : addresses.add(transfer.from)
    batch.to[row] = transfer.to === null ? NONE : addresses.add(transfer.to)
    batch.asset[row] = places.get(key)!
    batch.units.low[row] = BigInt.asUintN(64, transfer.units)
    if (transfer.units > 0xffff_ffff_ffff_ffffn) above.set(row, transfer.units)
  }
  return batch
}

/** 32 bytes of a printed hash; Bitcoin prints them in reverse. */
function bytesOf(hex: string, isReversed: boolean): Uint8Array {
  const bytes = parseHex(hex)
  assert(bytes !== undefined && bytes.length === 32, `not 32 bytes of hex: ${hex}`)
  return isReversed ? bytes.reverse() : bytes
}
