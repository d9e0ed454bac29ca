import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Asset from '../model/asset.ts'
import * as Usd from './usd.ts'

const BTC = Asset.coin('bitcoin')
const USDT = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
const at = (prices: Record<string, string>): Usd.PriceOf => {
  return (asset, day) => {
    const usd = prices[`${asset.symbol} ${day}`]
    return usd === undefined ? undefined : { usd, source: `${asset.symbol}.csv` }
  }
}

test('each lot at its own day, summed exactly, rounded once, half to even', () => {
  const prices = at({ 'BTC 2020-01-01': '7200.174', 'BTC 2020-01-02': '6985.47', 'USDT 2020-01-01': '1.005' })
  const lots = [
    { asset: BTC, day: '2020-01-01', units: 12_345_678n },
    { asset: BTC, day: '2020-01-02', units: 1n },
    { asset: USDT, day: '2020-01-01', units: 5_000_000n },
  ]
  // 0.12345678 · 7200.174 = 888.91029749172; + 0.0000698547 + 5.025 = 893.93536734642
  assert.deepEqual(Usd.sum(lots, prices), { value: '893.94', source: 'BTC.csv, USDT.csv', reason: null })
})

test('rounding once: three thirds of a cent are a cent, and half a cent goes to the even one', () => {
  const lots = (n: number) => Array.from({ length: n }, () => ({ asset: USDT, day: 'd', units: 1_000_000n }))
  assert.equal(Usd.sum(lots(3), at({ 'USDT d': '0.0033333334' })).value, '0.01')
  assert.equal(Usd.sum(lots(1), at({ 'USDT d': '0.005' })).value, '0.00')
  assert.equal(Usd.sum(lots(1), at({ 'USDT d': '0.015' })).value, '0.02')
  assert.equal(Usd.sum(lots(1), at({ 'USDT d': '0.025' })).value, '0.02')
})

test('a day without a price, or with an unreadable one, gives no sum, and says which day', () => {
  const lots = [
    { asset: BTC, day: '2020-01-01', units: 1n },
    { asset: BTC, day: '2020-01-02', units: 1n },
  ]
  const reason = 'no price of BTC on 2020-01-02'
  assert.deepEqual(Usd.sum(lots, at({ 'BTC 2020-01-01': '1' })), { value: null, source: null, reason })
  assert.equal(Usd.sum(lots, at({ 'BTC 2020-01-01': '1', 'BTC 2020-01-02': '-' })).reason, reason)
})

test('nothing is worth 0.00, and needs no price', () => {
  assert.deepEqual(Usd.sum([], at({})), { value: '0.00', source: 'none needed', reason: null })
  assert.equal(Usd.sum([{ asset: BTC, day: 'd', units: 0n }], at({})).value, '0.00')
})

test('the sum does not depend on the order of the lots, up to 2^256 − 1', () => {
  const lot = fc.record({
    asset: fc.constantFrom(BTC, USDT),
    day: fc.constantFrom('a', 'b'),
    units: fc.bigInt(0n, 2n ** 256n - 1n),
  })
  const prices = at({ 'BTC a': '0.1', 'BTC b': '0.7', 'USDT a': '0.99', 'USDT b': '1.000000001' })
  fc.assert(
    fc.property(fc.array(lot), lots => {
      assert.deepEqual(Usd.sum([...lots].reverse(), prices).value, Usd.sum(lots, prices).value)
    }),
  )
})
