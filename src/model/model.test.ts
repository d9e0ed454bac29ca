import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Address from './address.ts'
import * as Amount from './amount.ts'
import * as Asset from './asset.ts'
import * as Category from './category.ts'
import * as Instant from './instant.ts'
import * as Network from './network.ts'

const EDGES = [0n, 1n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 256n - 1n]

test('amount: units there and back, with every number of decimals', () => {
  const decimals = fc.integer({ min: 0, max: 30 })
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), decimals, (units, places) => {
      assert.equal(Amount.parseUnits(Amount.formatUnits(units, places), places), units)
    }),
  )
  for (const units of EDGES) assert.equal(Amount.parseUnits(Amount.formatUnits(units, 8), 8), units)
})

test('amount: more digits than the asset has are refused, trailing zeros are not', () => {
  assert.equal(Amount.parseUnits('1.500', 1), 15n)
  assert.deepEqual(
    ['1.05', '-1', '1e3', '', '.5', ' 1', '1,000', '0x1', 'NaN'].map(text => Amount.parseUnits(text, 1)),
    Array(9).fill(undefined),
  )
})

test('amount: JSON shape', () => {
  const usdt = Asset.token('tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')!
  assert.deepEqual(Amount.toJson({ asset: usdt, units: 1_234_567n }), {
    asset: 'USDT',
    network: 'tron',
    contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    amount: '1234567',
    decimals: 6,
    value: '1.234567',
    usd: null,
  })
})

test('amount: halves round to even, as IEEE 754 does', () => {
  const halves = [1n, 3n, 5n, 7n, -1n, -3n].map(a => Amount.divideHalfEven(a, 2n))
  assert.deepEqual(halves, [0n, 2n, 2n, 4n, 0n, -2n])
  assert.equal(Amount.formatRatio(1n, 3n, 4), '0.3333')
  assert.equal(Amount.formatRatio(2n, 3n, 2), '0.67')
})

test('instant: RFC 3339 there and back; days that do not exist are refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }), instant => {
      assert.equal(Instant.parse(Instant.format(instant)), instant)
    }),
  )
  assert.equal(Instant.parse('2019-12-01'), 1_575_158_400)
  assert.equal(Instant.parse('2019-12-01T02:00:00+02:00'), 1_575_158_400)
  assert.equal(Instant.parseEnd('2019-12-01'), 1_575_158_400 + 86_399)
  assert.equal(Instant.parse('2024-02-29') !== undefined, true)
  const wrong = ['2023-02-29', '2019-13-01', '2019-00-10', '2019-1-1', '2019-12-01T25:00:00Z', '01/12/2019', '']
  assert.deepEqual(wrong.map(Instant.parse), Array(7).fill(undefined))
})

test('asset: a symbol at another contract is an impostor; CAIP-19', () => {
  const fake = { network: 'tron', symbol: 'USDT', decimals: 6, contract: 'TFakeFakeFakeFakeFakeFakeFakeFakeF' } as const
  assert.equal(Asset.isImpostor(fake), true)
  assert.equal(Asset.isImpostor(Asset.tokens[0]!), false)
  assert.equal(Asset.isImpostor(Asset.coin('tron')), false)
  assert.equal(Asset.toCaip19(Asset.coin('bitcoin')), 'bip122:000000000019d6689c085ae165831e93/slip44:0')
  assert.equal(Asset.toCaip19(Asset.tokens[0]!), 'tron:728126428/trc20:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
})

test('address: CAIP-10 as in the standard’s own example', () => {
  const written = 'bip122:000000000019d6689c085ae165831e93:128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6'
  const split = Address.splitCaip10(written)!
  assert.equal(split.network.id, 'bitcoin')
  assert.equal(Address.toCaip10({ network: 'bitcoin', address: split.address }), written)
  assert.equal(Address.splitCaip10('128Lkh3S7CkDTBZ8W7BbpsN3YYizJMp8p6'), undefined)
  assert.equal(Address.splitCaip10('bip122:ffffffffffffffffffffffffffffffff:1abc'), undefined)
})

test('network: by id and by CAIP-2; ids and references are unique', () => {
  for (const network of Network.all) {
    assert.equal(Network.parse(network.id), network)
    assert.equal(Network.parse(network.caip2), network)
  }
  assert.equal(new Set(Network.all.map(network => network.caip2)).size, Network.all.length)
  assert.equal(Network.parse('dogcoin'), undefined)
})

test('category: custodial places stop a trace, people and campaigns do not', () => {
  assert.deepEqual(Category.all.filter(Category.isCustodial).slice(0, 4), [
    'exchange',
    'mixer',
    'payment-processor',
    'gambling',
  ])
  assert.equal(Category.isCustodial('terrorist-financing'), false)
  assert.equal(Category.toConcept('terrorist-financing'), 'terrorism_financing')
})
