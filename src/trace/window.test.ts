import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, timeOf, utxo } from '../../test/story/story.ts'
import { nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo, type Columns } from '../ledger/ledger.ts'
import { type Declared, declare, run } from './trace.ts'

const COINS = assembleUtxo(
  'bitcoin',
  utxo(`
    b1 t1: coinbase -> A 10, A 20
    b2 t2: t1:0 -> B 10
    b4 t3: coinbase -> A 40
    b5 t4: t1:1, t3:0 -> C 60
    b9 t5: coinbase -> A 7`),
)
const TRANSFERS = assembleAccount(
  'tron',
  account(
    'tron',
    `h1 t1: ? -> A 10 USDT
     h2 t2: A -> B 4 USDT
     h4 t3: ? -> A 40 USDT
     h5 t4: A -> C 46 USDT
     h9 t5: ? -> A 7 USDT`,
  ),
)

test('forward: what the origin held when the window begins, and what entered in it', () => {
  const window = { from: timeOf(3), to: timeOf(6) }
  assert.deepEqual(brief(COINS, window), ['C 60 1 unspent', 'total 60'])
  assert.deepEqual(brief(TRANSFERS, window), ['C 46 1 unspent', 'total 46'])
})

test('a move after the window is not followed; without one the value is simply there', () => {
  assert.deepEqual(brief(COINS, { to: timeOf(4) }), ['A 20 0 time', 'B 10 1 unspent', 'A 40 0 time', 'total 70'])
  assert.deepEqual(brief(TRANSFERS, { to: timeOf(4) }), ['A 46 0 time', 'B 4 1 unspent', 'total 50'])
  assert.deepEqual(brief(TRANSFERS, {}), ['A 7 0 unspent', 'B 4 1 unspent', 'C 46 1 unspent', 'total 57'])
})

test('backward: what entered in the window, from no earlier than its beginning', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> X 10
      b3 t2: t1:0 -> Y 10
      b4 t3: t2:0 -> A 10
      b6 t4: coinbase -> A 5`),
  )
  const window = { direction: 'backward', from: timeOf(4), to: timeOf(5) } as const
  assert.deepEqual(brief(columns, window), ['Y 10 1 time', 'total 10'])
  const chain = assembleAccount(
    'tron',
    account('tron', 'h1 t1: X -> Y 9 USDT\nh3 t2: Y -> A 9 USDT\nh6 t3: Y -> A 1 USDT'),
  )
  assert.deepEqual(brief(chain, { ...window, from: timeOf(2) }), ['Y 9 1 time', 'total 9'])
})

function brief(columns: Columns, part: Partial<Declared>): string[] {
  const found = run(columns, nothing, ['A'], declare({ ...part, methods: ['fifo'] }))
  assert.equal(found.conserved, true)
  const { reached, total } = found.methods.fifo!
  const rows = reached.map(row => `${row.address} ${row.amount.units} ${row.hops} ${row.stoppedBecause}`)
  return [...rows, ...total.map(amount => `total ${amount.units}`)]
}
