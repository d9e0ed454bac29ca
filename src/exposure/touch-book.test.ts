import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, timeOf, utxo } from '../../test/story/story.ts'
import { type Knowledge, nothing } from '../attribution/attribution.ts'
import { assembleAccount, assembleUtxo, type Columns } from '../ledger/ledger.ts'
import { standardPolicy } from './exposure.ts'
import { createTouchBook, meetsKnown } from './touch-book.ts'

const COINS = assembleUtxo(
  'bitcoin',
  utxo(`
    b1 t1: coinbase -> A 6000
    b2 t2: coinbase -> B 4000
    b3 t3: t1:0, t2:0 -> X 5000, C 5000
    b4 t4: t3:1 -> D 5000`),
)

function bookOf(columns: Columns, listed: string, isNamed?: (address: string) => boolean) {
  const knowledge: Knowledge = {
    ...nothing,
    designationsOf: (network, address) =>
      address !== listed
        ? []
        : [
            {
              ...{ authority: 'OFAC', program: ['SDGT'], entity: 'X', network, address },
              ...{ listedAt: timeOf(0), removedAt: null, expiresAt: null, knownAt: timeOf(0) },
              citation: { kind: 'list', authority: 'OFAC', version: '1', sha256: '00', entry: 'X' },
            },
          ],
    ...(isNamed === undefined ? {} : { isNamed }),
  }
  const view = { knowledge, network: columns.network, asOf: timeOf(1000), policy: standardPolicy }
  return createTouchBook(view, columns)
}

function whoMeets(columns: Columns, listed: string, names: readonly string[]) {
  const book = bookOf(columns, listed)
  return names.filter(name => meetsKnown(columns, columns.addresses.find(name)!, book))
}

test('whoever stands in a transaction with one who is known meets them, on either side of it', () => {
  assert.deepEqual(whoMeets(COINS, 'X', ['A', 'B', 'C', 'D', 'X']), ['A', 'B', 'C'])
  assert.deepEqual(whoMeets(COINS, 'A', ['A', 'B', 'C', 'D', 'X']), ['B', 'C', 'X'])
  assert.deepEqual(whoMeets(COINS, 'D', ['A', 'B', 'C', 'D', 'X']), ['C'])
})

test('of an account the other side of its own transfers counts, not others in the same transaction', () => {
  const columns = assembleAccount(
    'tron',
    account(
      'tron',
      `h1 t1: A -> B 5 USDT
      h1 t1: B -> X 5 USDT
      h2 t2: A -> C 5 USDT`,
    ),
  )
  assert.deepEqual(whoMeets(columns, 'X', ['A', 'B', 'C', 'X']), ['B'])
  assert.deepEqual(whoMeets(columns, 'A', ['A', 'B', 'C', 'X']), ['B', 'C'])
})

test('whether a row is named is asked once, until a list or claim is added', () => {
  const asked: string[] = []
  const isNamed = (address: string) => {
    asked.push(address)
    return address === 'X'
  }
  const rows = ['A', 'X'].map(name => COINS.addresses.find(name)!)
  for (let again = 0; again < 3; again++) {
    const book = bookOf(COINS, 'X', isNamed)
    assert.deepEqual(rows.map(book.has), [false, true])
  }
  assert.deepEqual(asked, ['A', 'X'])
  const added = bookOf(COINS, 'A', address => address === 'A')
  assert.deepEqual(rows.map(added.has), [true, false])
})
