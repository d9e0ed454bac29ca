import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Asset from '../model/asset.ts'
import type { Transfer, UtxoBlock, UtxoTransaction } from '../model/transaction.ts'
import { toHex } from '../std/bytes.ts'
import { assembleAccount, assembleUtxo, NONE, UNREAD, unitsOf } from './ledger.ts'

const id = (n: number): string => n.toString(16).padStart(64, '0')

const coinbase = (n: number, address: string, units = 50n): UtxoTransaction => ({
  ...{ txid: id(n), coinbase: true, inputs: [], outputs: [{ units, address }] },
})

const spend = (n: number, from: [number, number][], to: [string | null, bigint][]): UtxoTransaction => ({
  ...{ txid: id(n), coinbase: false },
  inputs: from.map(([txid, index]) => ({
    ...{ txid: id(txid), index, units: null, address: null, singleAnyoneCanPay: false },
  })),
  outputs: to.map(([address, units]) => ({ address, units })),
})

const block = (n: number, previous: number, height: number | null, ...transactions: UtxoTransaction[]): UtxoBlock => ({
  ...{ hash: id(n), previous: id(previous), height, minedAt: 1_600_000_000 + n, transactions },
})

const one = block(1001, 1000, 10, coinbase(1, 'miner'))
const two = block(
  1002,
  1001,
  null,
  coinbase(2, 'miner'),
  spend(
    3,
    [[1, 0]],
    [
      ['alice', 30n],
      [null, 19n],
    ],
  ),
)
const three = block(
  1003,
  1002,
  null,
  spend(
    4,
    [
      [3, 0],
      [99, 7],
    ],
    [
      ['bob', 29n],
      ['miner', 1n],
    ],
  ),
)

test('children find their parents in whatever order the blocks come', () => {
  const columns = assembleUtxo('bitcoin', [three, one, two])
  assert.deepEqual([...columns.blocks.height], [10, 11, 12])
  assert.deepEqual(printed(columns.transactions.txid), [1, 2, 3, 4].map(id))
  assert.deepEqual([...columns.transactions.firstInput], [0, 0, 0, 1, 3])
  assert.deepEqual([...columns.transactions.firstOutput], [0, 1, 2, 4, 6])
  assert.deepEqual([...columns.inputs.output], [0, 2, NONE])
  assert.deepEqual([...columns.inputs.units], [50n, 30n, UNREAD])
  assert.deepEqual([...columns.inputs.address], [0, 1, NONE])
  assert.deepEqual([...columns.outputs.spender], [0, NONE, 1, NONE, NONE, NONE])
  assert.deepEqual([0, 1, 2].map(columns.addresses.format), ['miner', 'alice', 'bob'])
  assert.deepEqual([...columns.addresses.transactionsOf(0)], [0, 1, 2, 3])
  assert.deepEqual([...columns.addresses.transactionsOf(1)], [2, 3])
  assert.equal(columns.addresses.find('bob'), 2)
  assert.equal(columns.addresses.find('carol'), undefined)
  assert.equal(columns.coverage().fromHeight, 10)
  assert.equal(columns.coverage().toHeight, 12)
  assert.equal(columns.coverage().finality, 'unanchored')
})

test('what a block says of its own inputs stands where the parent is absent, and yields where it is there', () => {
  const told = (txid: number): UtxoTransaction => ({
    ...spend(5, [], [['x', 1n]]),
    inputs: [{ txid: id(txid), index: 0, units: 7n, address: 'told', singleAnyoneCanPay: true }],
  })
  const absent = assembleUtxo('bitcoin', [block(1, 0, 5, told(77))])
  assert.deepEqual([...absent.inputs.units], [7n])
  assert.equal(absent.addresses.format(absent.inputs.address[0]!), 'told')
  assert.deepEqual([...absent.inputs.flags], [1])
  const present = assembleUtxo('bitcoin', [block(1, 0, 5, coinbase(77, 'true'), told(77))])
  assert.deepEqual([...present.inputs.units], [50n])
  assert.equal(present.addresses.find('told'), undefined)
})

test('of two branches the longer counts; where they are equal the lower hash, not the one that came first', () => {
  const fork = block(1012, 1001, 11, coinbase(12, 'fork'))
  for (const order of [
    [one, two, fork, three],
    [fork, one, three, two],
  ]) {
    assert.deepEqual(printed(assembleUtxo('bitcoin', order).transactions.txid), [1, 2, 3, 4].map(id))
  }
  for (const order of [
    [one, two, fork],
    [fork, two, one],
  ]) {
    assert.deepEqual(printed(assembleUtxo('bitcoin', order).blocks.hash), [1001, 1002].map(id))
  }
})

test('an island of unknown height comes after the known heights, unless its outputs are spent there', () => {
  const island = block(2000, 1999, null, coinbase(50, 'early'))
  const apart = assembleUtxo('bitcoin', [island, one])
  assert.deepEqual([...apart.blocks.height], [10, -1])
  const spender = block(1001, 1000, 10, spend(51, [[50, 0]], [['late', 50n]]))
  const joined = assembleUtxo('bitcoin', [spender, island])
  assert.deepEqual([...joined.blocks.height], [-1, 10])
  assert.deepEqual([...joined.inputs.output], [0])
})

test('an output spent twice has one spender; the second input keeps value and address only', () => {
  const twice = block(1002, 1001, null, spend(3, [[1, 0]], [['a', 50n]]), spend(4, [[1, 0]], [['b', 50n]]))
  const columns = assembleUtxo('bitcoin', [one, twice])
  assert.deepEqual([...columns.inputs.output], [0, NONE])
  assert.deepEqual([...columns.inputs.units], [50n, 50n])
  assert.deepEqual([...columns.outputs.spender], [0, NONE, NONE])
})

test('a transaction that spends itself, and an output index beyond the end, resolve to nothing', () => {
  const self = assembleUtxo('bitcoin', [block(1, 0, 1, spend(5, [[5, 0]], [['a', 1n]]))])
  assert.deepEqual([...self.inputs.output], [NONE])
  const beyond = assembleUtxo('bitcoin', [one, block(1002, 1001, null, spend(5, [[1, 3]], [['a', 1n]]))])
  assert.deepEqual([...beyond.inputs.output], [NONE])
  assert.deepEqual([...beyond.inputs.units], [UNREAD])
})

test('of two transactions with one id (BIP 30) the spender takes the last before it', () => {
  const again = block(1002, 1001, null, coinbase(1, 'second'), spend(3, [[1, 0]], [['a', 50n]]))
  const columns = assembleUtxo('bitcoin', [one, again])
  assert.deepEqual([...columns.inputs.output], [1])
})

test('no blocks make an empty ledger', () => {
  const columns = assembleUtxo('bitcoin', [])
  assert.equal(columns.transactions.count, 0)
  assert.equal(columns.coverage().fromHeight, null)
})

const usdt = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const trx = Asset.coin('tron')
const base: Transfer = {
  ...{ txid: id(1), txIndex: 0, logIndex: 0, kind: 'transfer', status: 'ok', height: 100, time: 1_700_000_000 },
  ...{ from: 'A', to: 'B', asset: usdt, units: 5n },
}

test('transfers come in ledger order with what moves marked', () => {
  const columns = assembleAccount('tron', [
    { ...base, txid: id(3), height: 101, units: 2n ** 256n - 1n },
    { ...base, txid: id(2), txIndex: 1, status: 'failed' },
    { ...base, txid: id(2), txIndex: 1, logIndex: -1, kind: 'fee', status: 'failed', asset: trx, units: 9n, to: null },
    { ...base, logIndex: 1, kind: 'approve' },
    { ...base, logIndex: 2, units: 0n },
    base,
  ])
  assert.deepEqual(printed(columns.transactions.txid, false), [1, 2, 3].map(id))
  assert.deepEqual([...columns.transactions.firstTransfer], [0, 3, 5, 6])
  assert.deepEqual([...columns.transfers.moves], [1, 0, 0, 1, 0, 1])
  assert.deepEqual([...columns.transfers.logIndex], [0, 1, 2, -1, 0, 0])
  assert.deepEqual(columns.assets, [usdt, trx])
  assert.equal(unitsOf(columns.transfers.units, 5), 2n ** 256n - 1n)
  assert.equal(columns.transfers.to[3], NONE)
  assert.deepEqual([...columns.addresses.transactionsOf(columns.addresses.find('A')!)], [0, 1, 2])
})

function printed(column: Uint8Array, isReversed = true): string[] {
  return Array.from({ length: column.length / 32 }, (_, row) => {
    const bytes = column.slice(32 * row, 32 * row + 32)
    return toHex(isReversed ? bytes.reverse() : bytes)
  })
}
