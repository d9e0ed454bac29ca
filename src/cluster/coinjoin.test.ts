import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { unzipSync } from 'fflate'
import { shared, skipWithout } from '../../test/shared.ts'
import { assembleUtxo, type UtxoColumns } from '../ledger/ledger.ts'
import { parseUnits } from '../model/amount.ts'
import type { UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { sha256Hex } from '../std/digest.ts'
import { createForest } from '../std/forest.ts'
import { detectCoinJoin, partition } from './cluster.ts'

const EMULATED = 'data/bitcoin/coinjoin/emul__ww2_lognorm-static-5utxo.zip'
const WASABI1 = 'data/bitcoin/coinjoin/dumplings__ww1_202405.zip'
const JOINMARKET = 'data/bitcoin/coinjoin/dumplings__jm_202406.zip'

test('emulated Wasabi 2: no two owners are merged, and without the guard they are', {
  skip: skipWithout(EMULATED),
}, () => {
  const runs = readEmulated(readFileSync(shared(EMULATED)))
  assert.equal(runs.length, 2)
  const measured = runs.map(({ blocks, owners }) => {
    const columns = assembleUtxo('bitcoin-regtest', blocks)
    return { ...pairs(columns, owners), ...countMixes(columns) }
  })
  const sum = (pick: (one: (typeof measured)[number]) => number) =>
    measured.reduce((total, one) => total + pick(one), 0)
  assert.deepEqual([sum(one => one.found), sum(one => one.mixes)], [12, 12])
  assert.deepEqual([sum(one => one.linked), sum(one => one.right), sum(one => one.same)], [0, 0, 2332])
  const bare = runs.map(({ blocks, owners }) => {
    const columns = assembleUtxo('bitcoin-regtest', blocks)
    return pairs(columns, owners, unguarded(columns))
  })
  assert.deepEqual(bare.map(one => [one.linked, one.right]).sort(), [
    [1813, 196],
    [2009, 219],
  ])
})

test('real Wasabi 1 and JoinMarket-like transactions are refused', { skip: skipWithout(WASABI1, JOINMARKET) }, () => {
  assert.deepEqual(tally(WASABI1, 'WasabiCoinJoins'), { wasabi1: 196 })
  assert.deepEqual(tally(JOINMARKET, 'OtherCoinJoins'), { joinmarket: 317, none: 248, 'equal-outputs': 2 })
})

/** What each transaction of a Dumplings file is taken for. */
function tally(path: string, name: string): Record<string, number> {
  const files = unzipSync(readFileSync(shared(path)), { filter: file => file.name.endsWith(`${name}.txt`) })
  const lines = new TextDecoder().decode(Object.values(files)[0]!).trim().split('\n')
  const columns = assembleUtxo('bitcoin', [block(0, lines.map(readDumpling))])
  const counts: Record<string, number> = {}
  for (let transaction = 0; transaction < columns.transactions.count; transaction++) {
    const kind = detectCoinJoin(columns, transaction) ?? 'none'
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

/** `txid:::block:::index:::time:::inputs:::outputs`; inputs `txid-index-units+script+type`, joined by `}{`. */
function readDumpling(line: string): UtxoTransaction {
  const [txid, , , , inputs, outputs] = line.trim().split(':::')
  return {
    txid: txid!,
    coinbase: false,
    inputs: inputs!.split('}{').map(text => {
      const [outpoint, script] = text.split('+')
      const [id, index, units] = outpoint!.split('-')
      return {
        txid: id!,
        index: Number(index),
        units: BigInt(units!),
        address: `bc1q${script}`,
        singleAnyoneCanPay: false,
      }
    }),
    outputs: outputs!.split('}{').map(text => {
      const [units, script] = text.split('+')
      return { units: BigInt(units!), address: `bc1q${script}` }
    }),
  }
}

type Run = { readonly blocks: UtxoBlock[]; readonly owners: ReadonlyMap<string, string> }

function readEmulated(zip: Uint8Array): Run[] {
  const files = unzipSync(zip, { filter: file => /block_\d+\.json$|wallets_info\.json$/.test(file.name) })
  const groups = Map.groupBy(Object.keys(files), name => name.split('/')[1]!)
  return [...groups.values()].map(names => {
    const read = (name: string) => JSON.parse(new TextDecoder().decode(files[name]!)) as unknown
    const wallets = read(names.find(name => name.endsWith('wallets_info.json'))!) as Record<string, object>
    const owners = new Map(
      Object.entries(wallets).flatMap(([wallet, keys]) => Object.keys(keys).map(key => [key, wallet])),
    )
    const blocks = names.filter(name => name.includes('block_')).map(name => read(name) as CoreBlock)
    blocks.sort((a, b) => a.height - b.height)
    return { blocks: blocks.map(one => block(one.height, one.tx.map(fromCore))), owners }
  })
}

type CoreBlock = { height: number; tx: CoreTransaction[] }
type CoreTransaction = {
  txid: string
  vin: { coinbase?: string; txid?: string; vout?: number }[]
  vout: { value: number; scriptPubKey: { address?: string } }[]
}

function fromCore(tx: CoreTransaction): UtxoTransaction {
  const coinbase = tx.vin[0]!.coinbase !== undefined
  const inputs = coinbase
    ? []
    : tx.vin.map(input => ({
        ...{ txid: input.txid!, index: input.vout!, units: null, address: null, singleAnyoneCanPay: false },
      }))
  const outputs = tx.vout.map(({ value, scriptPubKey }) => ({
    units: parseUnits(value.toFixed(8), 8)!,
    address: scriptPubKey.address ?? null,
  }))
  return { txid: tx.txid, coinbase, inputs, outputs }
}

function block(height: number, transactions: UtxoTransaction[]): UtxoBlock {
  const hash = (at: number) => sha256Hex(`block ${at}`)
  return { hash: hash(height), previous: hash(height - 1), height, minedAt: 1_700_000_000 + height, transactions }
}

/** Pairs of addresses with a known owner that paid: linked by the heuristic, of these rightly, and of one owner. */
function pairs(columns: UtxoColumns, owners: ReadonlyMap<string, string>, find = partition(columns).find) {
  const rows: { row: number; owner: string }[] = []
  for (const row of new Set(columns.inputs.address.subarray(0, columns.inputs.count))) {
    const owner = row < columns.addresses.count ? owners.get(columns.addresses.format(row)) : undefined
    if (owner !== undefined) rows.push({ row, owner })
  }
  let [linked, right, same] = [0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      const isSame = rows[i]!.owner === rows[j]!.owner
      const isLinked = find(rows[i]!.row) === find(rows[j]!.row)
      if (isSame) same++
      if (isLinked) linked++
      if (isSame && isLinked) right++
    }
  }
  return { linked, right, same }
}

/** The multi-input heuristic alone: what the guard is for. */
function unguarded(columns: UtxoColumns): (row: number) => number {
  const forest = createForest(columns.addresses.count)
  const { firstInput } = columns.transactions
  for (let transaction = 0; transaction < columns.transactions.count; transaction++) {
    const known = columns.inputs.address.subarray(firstInput[transaction], firstInput[transaction + 1])
    for (const row of known) forest.union(known[0]!, row, transaction)
  }
  return forest.find
}

/** Mixes by what they are (ten and more inputs in these runs), and those that the guard finds. */
function countMixes(columns: UtxoColumns) {
  let [mixes, found] = [0, 0]
  const { firstInput, firstOutput } = columns.transactions
  for (let transaction = 0; transaction < columns.transactions.count; transaction++) {
    const inputs = firstInput[transaction + 1]! - firstInput[transaction]!
    const outputs = firstOutput[transaction + 1]! - firstOutput[transaction]!
    if (inputs < 10 || outputs < 10) continue
    mixes++
    if (detectCoinJoin(columns, transaction) === 'wasabi2') found++
  }
  return { mixes, found }
}
