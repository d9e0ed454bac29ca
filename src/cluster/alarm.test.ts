import assert from 'node:assert/strict'
import { test } from 'node:test'
import { txid, utxo } from '../../test/story/story.ts'
import { assembleUtxo } from '../ledger/ledger.ts'
import { partition, show } from './cluster.ts'

/** Native segwit addresses by their form: 20 bytes (P2WPKH), 32 bytes (P2WSH). */
const K = (letter: string) => `bc1q${letter.repeat(38)}`
const S = (letter: string) => `bc1q${letter.repeat(58)}`

test('a batch payout and a pool payout raise an alarm; nineteen payees do not', () => {
  const pay = (count: number) => Array.from({ length: count }, (_, i) => `P${i} ${i + 1}`).join(', ')
  const shown = shownOf(
    `b1 t1: coinbase -> A 500, A 500
     b2 t2: t1:0 -> ${pay(20)}, A 200
     b3 t3: t2:20 -> ${pay(19)}`,
    'A',
  )
  assert.deepEqual(shown.alarms, [
    {
      ...{ kind: 'pool-payout', txid: txid('t2'), threshold: 20, counts: [21] },
      because:
        'It pays 21 addresses at once (batch: 20). It spends newly mined coins: a mining pool pays like this, so the ' +
        'cluster may be a business.',
    },
  ])
  const exchange = shownOf(`b1 t1: coinbase -> Z 900\nb2 t2: t1:0 -> A 900\nb3 t3: t2:0 -> ${pay(30)}`, 'A')
  assert.deepEqual(
    exchange.alarms.map(({ kind, counts }) => [kind, counts]),
    [['batch-payout', [30]]],
  )
})

test('the shape of a channel that two fund is refused with two changes, and an alarm with one', () => {
  const two = shownOf(
    `b1 t1: coinbase -> ${K('q')} 60, ${K('p')} 50
     b2 t2: t1:0, t1:1 -> ${S('z')} 80, ${K('r')} 15, ${K('y')} 14`,
    K('q'),
  )
  assert.deepEqual([two.size, two.refused, two.alarms], [1, [{ txid: txid('t2'), reason: 'dual-funding' }], []])
  const one = shownOf(
    `b1 t1: coinbase -> ${K('q')} 60, ${K('p')} 50
     b2 t2: t1:0, t1:1 -> ${S('z')} 80, ${K('r')} 29`,
    K('q'),
  )
  assert.deepEqual([one.size, one.refused, one.alarms.map(({ kind }) => kind)], [2, [], ['dual-funding-possible']])
  // No way to split the payers so that each side could have had its change.
  const not = shownOf(
    `b1 t1: coinbase -> ${K('q')} 100, ${K('p')} 5
     b2 t2: t1:0, t1:1 -> ${S('z')} 80, ${K('r')} 15, ${K('y')} 9`,
    K('q'),
  )
  assert.deepEqual([not.size, not.refused], [2, []])
  // BOLT 2 wants native segwit inputs.
  const old = shownOf(
    `b1 t1: coinbase -> A 60, B 50\nb2 t2: t1:0, t1:1 -> ${S('z')} 80, ${K('r')} 15, ${K('y')} 14`,
    'A',
  )
  assert.deepEqual([old.size, old.refused], [2, []])
})

test('a needless input is marked only where that is asked for', () => {
  const text = 'b1 t1: coinbase -> A 60, B 50\nb2 t2: t1:0, t1:1 -> P 55, Q 54'
  assert.deepEqual(shownOf(text, 'A').alarms, [])
  // Either output could have been paid with the 60 alone.
  assert.deepEqual(
    shownOf(text, 'A', true).alarms.map(({ kind }) => kind),
    ['unnecessary-input'],
  )
  const payjoin = 'b1 t1: coinbase -> A 60, B 50\nb2 t2: t1:0, t1:1 -> P 70, Q 39'
  assert.deepEqual(shownOf(payjoin, 'A', true).alarms, [])
})

test('PayJoin cannot be told apart: its two payers are one cluster, and nothing says so', () => {
  const shown = shownOf('b1 t1: coinbase -> PAYER 60, PAYEE 50\nb2 t2: t1:0, t1:1 -> N 80, C 29', 'PAYER')
  assert.deepEqual([shown.size, shown.refused, shown.alarms], [2, [], []])
})

function shownOf(text: string, address: string, marks = false) {
  const columns = assembleUtxo('bitcoin', utxo(text))
  return show(columns, address, partition(columns), { services: () => null, marks })
}
