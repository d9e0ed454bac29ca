import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Label, nothing } from '../attribution/attribution.ts'
import { assembleAccount } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { Transfer } from '../model/transaction.ts'
import { type Answer, answer, asserted, type By, type Class, measure } from './campaign.ts'

const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const TRX = Asset.coin('tron')

const story: [when: string, from: string, to: string, units: bigint, asset: Asset.Asset][] = [
  ['2022-12-31T23:59:59Z', 'x', 'D', 1_000_000n, USDT],
  ['2023-01-01T00:00:00Z', 'exchange', 'D', 2_000_000n, USDT],
  ['2023-01-05T00:00:00Z', 'y', 'D', 1n, USDT],
  ['2023-02-01T10:00:00Z', 'D', 'E', 2_500_000n, USDT],
  ['2023-02-02T00:00:00Z', 'z', 'E', 30_000_000n, TRX],
]

const columns = assembleAccount(
  'tron',
  story.map(
    ([when, from, to, units, asset], n): Transfer => ({
      ...{ txid: String(n + 1).padStart(64, '0'), txIndex: n, logIndex: 0, kind: 'transfer', status: 'ok', height: n },
      ...{ time: Instant.parse(when)!, from, to, units, asset },
    }),
  ),
)

const exchange: Label = {
  ...{ network: 'tron', address: 'exchange', name: 'Exchange Alif', entity: 'alif', category: 'exchange', role: null },
  ...{ confidence: { id: 'service_data', level: 50 }, source: 'test', citations: [] },
} as unknown as Label

const knowledge = { ...nothing, labelsOf: (_: string, of: string) => (of === 'exchange' ? [exchange] : []) }

const priceOf = (asset: Asset.Asset, day: string) => {
  return asset === USDT ? { usd: day < '2023' ? '0.5' : '1.005', source: 'USDT.csv' } : undefined
}

function ask(by: By, priced = priceOf): Answer {
  const receipts = measure([columns], [asserted('tron', 'D'), asserted('tron', 'E')], knowledge)
  return answer(receipts, { campaign: null, addresses: 2, by, priceOf: priced, countryOf: () => 'IQ' })
}

test('the answer holds inflow, classes that sum to it, bounds, counts, dates and periods', () => {
  const found = ask('month')
  const units = (list: Answer['inflow']) => list.map(one => `${one.amount} ${one.asset}`)
  assert.deepEqual(units(found.inflow), ['5500001 USDT', '30000000 TRX'])
  assert.deepEqual(units(found.classes.receipts), ['3000000 USDT', '0 TRX'])
  assert.deepEqual(units(found.classes.undecided), ['0 USDT', '30000000 TRX'])
  assert.deepEqual(units(found.classes.selfTransfer), ['2500000 USDT', '0 TRX'])
  assert.deepEqual(units(found.classes.dust), ['1 USDT', '0 TRX'])
  assert.deepEqual(found.lower, found.classes.receipts)
  assert.deepEqual(units(found.upper), ['3000000 USDT', '30000000 TRX'])
  for (const [i, all] of found.inflow.entries()) {
    const parts = Object.values(found.classes).map(list => BigInt(list[i]!.amount))
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0n),
      BigInt(all.amount),
    )
  }
  assert.deepEqual([found.transactions, found.first, found.last], [2, '2022-12-31T23:59:59Z', '2023-01-01T00:00:00Z'])
  assert.deepEqual(
    found.periods.map(({ period, transactions, usd }) => [period, transactions, usd]),
    [
      ['2022-12', 1, '0.50'],
      ['2023-01', 1, '2.01'],
    ],
  )
  assert.deepEqual(
    found.undecided.map(({ reason }) => reason),
    ['fuel'],
  )
  assert.deepEqual(found.coverage, [columns.coverage()])
})

test('an amount has the JSON shape of the interface, with dollars at the transaction’s day', () => {
  assert.deepEqual(ask('month').lower[0], {
    ...{ asset: 'USDT', network: 'tron', contract: USDT.contract, amount: '3000000', decimals: 6, value: '3.000000' },
    usd: { value: '2.51', basis: 'transaction-day', source: 'USDT.csv' },
  })
})

test('a day without a price leaves null and its reason, never a smaller sum; what is 0 needs no price', () => {
  const found = ask('month', (asset, day) => (day < '2023' ? undefined : priceOf(asset, day)))
  assert.equal(found.lower[0]!.usd, null)
  assert.equal(found.lower[0]!.usdReason, 'no price of USDT on 2022-12-31')
  assert.equal(found.lower[1]!.usd?.value, '0.00')
  assert.equal(found.periods[0]!.usd, null)
  assert.equal(found.periods[1]!.usd, '2.01')
})

test('periods by year, chain and source country', () => {
  const periods = (by: By) => ask(by).periods.map(({ period, transactions }) => [period, transactions])
  assert.deepEqual(periods('year'), [
    ['2022', 1],
    ['2023', 1],
  ])
  assert.deepEqual(periods('chain'), [['tron', 2]])
  assert.deepEqual(periods('source-country'), [
    ['IQ', 1],
    ['no labelled service', 1],
  ])
})

test('no payer is named anywhere in the answer', () => {
  const text = JSON.stringify(ask('source-country'))
  for (const payer of ['"x"', '"y"', '"z"', '"exchange"']) assert(!text.includes(payer), payer)
})

test('the classes stand in the order of the interface', () => {
  const order: Class[] = ['receipts', 'undecided', 'beforePublication', 'afterExposure', 'afterFreeze', 'refund']
  const more: Class[] = ['passThrough', 'selfTransfer', 'service', 'dust', 'governmentWindow']
  assert.deepEqual(Object.keys(ask('month').classes), [...order, ...more])
})
