import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, assetOf, timeOf, txid, utxo } from './story.ts'

test('a UTXO story becomes blocks', () => {
  const [first, second] = utxo(`
    b1 t1: coinbase -> A 50          # the reward
    b2 t2: t1:0, ?x:3=B/7! -> B 30, - 1
  `)
  assert.deepEqual(first!.transactions, [
    { txid: txid('t1'), coinbase: true, inputs: [], outputs: [{ address: 'A', units: 50n }] },
  ])
  assert.equal(second!.previous, first!.hash)
  assert.deepEqual(second!.transactions[0]!.inputs, [
    { txid: txid('t1'), index: 0, units: 50n, address: 'A', singleAnyoneCanPay: false },
    { txid: txid('x'), index: 3, units: 7n, address: 'B', singleAnyoneCanPay: true },
  ])
  assert.deepEqual(second!.transactions[0]!.outputs, [
    { address: 'B', units: 30n },
    { address: null, units: 1n },
  ])
})

test('an account story becomes movements in order', () => {
  const [paid, fee] = account('tron', 'h1 t1: A -> B 100 USDT\nh1 t1: A -> - 3 TRX fee failed')
  assert.deepEqual(paid, {
    ...{ txid: txid('t1'), txIndex: 0, logIndex: 0, kind: 'transfer', status: 'ok', height: 1, time: timeOf(1) },
    ...{ from: 'A', to: 'B', asset: assetOf('tron', 'USDT'), units: 100n },
  })
  assert.deepEqual([fee!.kind, fee!.status, fee!.to, fee!.logIndex], ['fee', 'failed', null, 1])
})

test('a story that spends what it does not have is a mistake', () => {
  assert.throws(() => utxo('b1 t1: t0:0 -> A 1'), /does not have before/)
})
