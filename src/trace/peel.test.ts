import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, timeOf, txid, utxo } from '../../test/story/story.ts'
import { worlds } from '../../test/story/world.ts'
import { nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo } from '../ledger/ledger.ts'
import { declare, fundingOf, run } from './trace.ts'

test('a peel chain is one thing: what went in, what was peeled, what is left', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 100
      b2 t2: t1:0 -> P1 5, R1 94
      b3 t3: t2:1 -> R2 80, P2 14
      b4 t4: t3:0 -> - 10, R3 69
      b5 t5: t4:1 -> X 34, Y 34`),
  )
  const [peel, ...more] = run(columns, nothing, ['A'], declare()).peels
  assert.equal(more.length, 0)
  const { total, peeled, left, fees, ...rest } = peel!
  assert.deepEqual([total.units, peeled.units, left.units, fees.units], [100n, 29n, 69n, 2n])
  assert.deepEqual(rest, {
    ...{ from: 'A', to: 'R3', steps: 3, first: txid('t2'), last: txid('t4'), paid: ['P1', 'P2', null] },
  })
  assert.deepEqual(run(columns, nothing, ['A'], declare({ hops: 2 })).peels, [], 'two are a payment and its change')
  assert.deepEqual(run(columns, nothing, ['R3'], declare({ direction: 'backward' })).peels, [])
})

test('what a chain is said to have taken is where its value went, on random graphs', () => {
  fc.assert(
    fc.property(worlds, text => {
      const columns = assembleUtxo('bitcoin', utxo(text))
      for (const { total, peeled, left, fees, steps, paid } of run(columns, nothing, ['A'], declare()).peels) {
        assert.equal(total.units, peeled.units + left.units + fees.units)
        assert.ok(fees.units >= 0n && left.units > 0n && steps >= 3 && paid.length === steps)
      }
    }),
    { numRuns: 200 },
  )
})

test('the first funder: by coins, mined, and on account chains the sponsor apart', () => {
  const coins = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 9\nb2 t2: t1:0, ?x:0=B/5 -> C 14'))
  const [first] = fundingOf(coins, nothing, 'C')
  assert.deepEqual(
    [first!.txid, first!.payers.map(payer => payer.address), first!.grade, first!.time, first!.amount.units],
    [txid('t2'), ['A', 'B'], 'ambiguous', timeOf(2), 14n],
  )
  assert.deepEqual(
    [fundingOf(coins, nothing, 'A')[0]!.mined, fundingOf(coins, nothing, 'A')[0]!.grade],
    [true, 'inferred'],
  )
  assert.deepEqual(fundingOf(coins, nothing, 'B'), [])
  const older = assembleUtxo('bitcoin', utxo('b1 t1: coinbase -> A 9\nb2 t2: t1:0, ?x:0=C/5 -> C 14'))
  const [change] = fundingOf(older, nothing, 'C')
  assert.deepEqual([change!.payers.map(payer => payer.address), change!.grade], [['A'], 'ambiguous'])
  assert.deepEqual(fundingOf(coins, nothing, 'Nowhere'), [])
  const transfers = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: D -> A 0 USDT
       h1 t2: D -> A 5 TRX failed
       h2 t3: D -> A 5 USDT
       h3 t4: E -> A 1 TRX
       h4 t5: F -> A 1 TRX`,
    ),
  )
  assert.deepEqual(
    fundingOf(transfers, nothing, 'A').map(one => [one.what, one.payers[0]!.address, one.amount.units]),
    [
      ['first value', 'D', 5n],
      ['first coin', 'E', 1n],
    ],
  )
})
