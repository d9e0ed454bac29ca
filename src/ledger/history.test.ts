import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as Story from '../../test/story/story.ts'
import type { Amount } from '../model/amount.ts'
import { assembleAccount, assembleUtxo } from './assemble.ts'
import type { Columns } from './columns.ts'
import { type Movement, movementsOf, totalsOf } from './history.ts'

const chain = assembleUtxo(
  'bitcoin',
  Story.utxo(`
    b1 t1: coinbase -> A 50
    b2 t2: t1:0 -> B 30, A 19
    b3 t3: t2:1, ?x:0=A -> C 60
  `),
)

const ledger = assembleAccount(
  'tron',
  Story.account(
    'tron',
    `
    h1 t1: ? -> A 100 USDT
    h2 t2: A -> B 40 USDT
    h2 t2: A -> - 3 TRX fee
    h3 t3: A -> B 60 USDT failed
    h4 t4: A -> A 5 USDT
  `,
  ),
)

test('UTXO: newest first; change stands on both sides; what was not read is said, never counted', () => {
  assert.deepEqual(movements(chain, 'A'), [
    't3 in – out 19 (part unread) with C',
    't2 in 19 out 50 with B',
    't1 in 50 out – with ',
  ])
  const totals = totalsOf(chain, chain.addresses.find('A')!)
  assert.deepEqual(units(totals.received), ['69 BTC'])
  assert.deepEqual(units(totals.sent), ['69 BTC'])
  assert.deepEqual(totals.balance, [null])
  assert.deepEqual([totals.transactions, totals.unreadTransactions], [3, 1])
  assert.deepEqual([totals.first, totals.last], [Story.timeOf(1), Story.timeOf(3)])
})

test('totals up to an instant leave out what came after it', () => {
  const totals = totalsOf(chain, chain.addresses.find('A')!, Story.timeOf(2))
  assert.deepEqual(units(totals.balance as Amount[]), ['19 BTC'])
  assert.equal(totals.last, Story.timeOf(2))
})

test('pages: the newest first, each transaction once, nothing beyond the end', () => {
  const row = chain.addresses.find('A')!
  const pages = [0, 1, 2, 3, 9].map(offset => movementsOf(chain, row, offset, 1).map(nameOf))
  assert.deepEqual(pages, [['t3'], ['t2'], ['t1'], [], []])
  assert.deepEqual(movementsOf(chain, row, 1, 9).map(nameOf), ['t2', 't1'])
})

test('account chains: an unknown sender is null, a failed transfer moves nothing, fees count', () => {
  assert.deepEqual(movements(ledger, 'A'), [
    't4 in 5 out 5 with A',
    't2 in – out 40 with B',
    't2 in – out 3 with ?',
    't1 in 100 out – with ?',
  ])
  const totals = totalsOf(ledger, ledger.addresses.find('A')!)
  assert.deepEqual(units(totals.received), ['105 USDT', '0 TRX'])
  assert.deepEqual(units(totals.sent), ['45 USDT', '3 TRX'])
  assert.deepEqual(
    totals.balance.map(one => one?.units ?? null),
    [60n, null],
  )
})

function movements(columns: Columns, address: string): string[] {
  return movementsOf(columns, columns.addresses.find(address)!, 0, 99).map(movement => {
    const { received, sent, unread, counterparties } = movement
    const paid = `${sent?.units ?? '–'}${unread ? ' (part unread)' : ''}`
    const others = counterparties.map(other => other ?? '?').join(' ')
    return `${nameOf(movement)} in ${received?.units ?? '–'} out ${paid} with ${others}`
  })
}

function nameOf({ txid }: Movement): string {
  return ['t1', 't2', 't3', 't4'].find(name => Story.txid(name) === txid)!
}

function units(amounts: readonly Amount[]): string[] {
  return amounts.map(amount => `${amount.units} ${amount.asset.symbol}`)
}
