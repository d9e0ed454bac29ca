import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { account, utxo } from '../../test/story/story.ts'
import { activityOf } from './activity.ts'
import { assembleAccount, assembleUtxo } from './assemble.ts'
import type { Columns } from './columns.ts'
import { neighboursOf, paymentsBetween } from './neighbour.ts'

type Told = [name: string | null, transactions: number, least: string, most: string]

function told(columns: Columns, address: string, direction: 'in' | 'out', asset?: string): Told[] {
  const row = columns.addresses.find(address)!
  const { list } = neighboursOf(columns, {
    ...{ rows: [row], direction, from: null, to: null, limit: 1e6 },
    ...{ counts: one => asset === undefined || one.symbol === asset, groupOf: one => one },
  })
  return list.map(({ row, nobody, transactions, sums }): Told => {
    const name = row === null ? nobody : columns.addresses.format(row)
    return [name, transactions, sums.map(sum => sum.least).join(), sums.map(sum => sum.most).join()]
  })
}

test('one payer is exact; several give bounds that hold whatever the convention; change is no neighbour', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 100, B 50
      b2 t2: t1:0, t1:1 -> C 120, D 25
      b3 t3: t2:0 -> E 70, C 49`),
  )
  assert.deepEqual(told(columns, 'A', 'in'), [['mined', 1, '100', '100']])
  // A put in 100 of 150, C got 120: at least 70 of A's reached C, at most 100.
  assert.deepEqual(told(columns, 'C', 'in'), [
    ['A', 1, '70', '100'],
    ['B', 1, '20', '50'],
  ])
  assert.deepEqual(told(columns, 'B', 'out'), [
    ['C', 1, '20', '50'],
    ['D', 1, '0', '25'],
  ])
  assert.deepEqual(told(columns, 'C', 'out'), [['E', 1, '70', '70']])
})

test('a payer that was not read is said, and bounds nothing', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 100
      b2 t2: t1:0, ?x:0=B -> C 120, D 70
      b3 t3: ?y:0 -> C 5`),
  )
  assert.deepEqual(told(columns, 'C', 'in'), [
    ['unread', 1, '5', '5'],
    ['A', 1, '0', '120'],
    ['B', 1, '0', '120'],
  ])
  assert.deepEqual(told(columns, 'B', 'out'), [
    ['C', 1, '0', '120'],
    ['D', 1, '0', '70'],
  ])
})

test('account chains: transfers are exact, asset by asset; a transaction is counted once', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `
      h1 t1: A -> B 100 USDT
      h1 t1: A -> B 5 USDT
      h2 t2: A -> B 7 TRX
      h3 t3: ? -> A 9 USDT
      h4 t4: A -> B 1 USDT failed`,
    ),
  )
  assert.deepEqual(told(columns, 'A', 'out'), [['B', 2, '105,7', '105,7']])
  assert.deepEqual(told(columns, 'A', 'out', 'TRX'), [['B', 1, '7', '7']])
  assert.deepEqual(told(columns, 'A', 'in'), [['unread', 1, '9', '9']])
  assert.deepEqual(
    activityOf(columns, columns.addresses.find('A')!).reduce((sum, day) => sum + day.transactions, 0),
    columns.addresses.transactionsOf(columns.addresses.find('A')!).length,
  )
})

test('the transactions behind a neighbour sum to it, newest first; a limit that cuts is said', () => {
  const columns = assembleUtxo(
    'bitcoin',
    utxo(`
      b1 t1: coinbase -> A 100, B 50
      b2 t2: t1:0, t1:1 -> C 120, A 25
      b3 t3: t2:1 -> C 20, D 5`),
  )
  const row = (name: string) => columns.addresses.find(name)!
  const asked = { rows: [row('A')], direction: 'out', from: null, to: null, limit: 1e6 } as const
  const question = { ...asked, counts: () => true, groupOf: (one: number) => one }
  const { list, truncated } = paymentsBetween(columns, question, row('C'))
  assert.deepEqual(
    list.map(({ transaction, sums }) => [transaction, sums[0]!.least, sums[0]!.most]),
    [
      [2, 20n, 20n],
      [1, 70n, 100n],
    ],
  )
  const [sum] = neighboursOf(columns, question).list.filter(one => one.row === row('C'))
  assert.deepEqual([truncated, sum!.transactions, sum!.sums[0]!.least, sum!.sums[0]!.most], [false, 2, 90n, 120n])
  assert.equal(paymentsBetween(columns, { ...question, limit: 3 }, row('C')).truncated, true)
})

test('whichever coins are matched, what moved lies within the bounds', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 }), fc.nat(), (paid, seed) => {
      const names = paid.map((_, i) => `P${i}`)
      const sum = paid.reduce((a, b) => a + b, 0)
      const first = 1 + (seed % (sum - 1))
      const inputs = paid.map((_, i) => `t0:${i}`).join(', ')
      const columns = assembleUtxo(
        'bitcoin',
        utxo(`b1 t0: coinbase -> ${paid.map((units, i) => `${names[i]} ${units}`).join(', ')}
          b2 t1: ${inputs} -> X ${first}, Y ${sum - first}`),
      )
      // Payers poured one after the other into X, then Y, from each possible first payer on: each is a real matching.
      const bounds = new Map(told(columns, 'X', 'in').map(([name, , least, most]) => [name, [+least, +most] as const]))
      for (let turn = 0; turn < paid.length; turn++) {
        let room = first
        for (let k = 0; k < paid.length; k++) {
          const i = (turn + k) % paid.length
          const got = Math.min(room, paid[i]!)
          room -= got
          const [least, most] = bounds.get(names[i]!)!
          assert.ok(got >= least && got <= most, `${got} of ${least}..${most}`)
        }
      }
    }),
  )
})
