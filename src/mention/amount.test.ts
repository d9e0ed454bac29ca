import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findAmounts } from './amount.ts'
import { find } from './mention.ts'
import { formatDecimal, readDigits, readNumeral } from './numeral.ts'
import { viewOf } from './view.ts'

const read = (text: string) => findAmounts(viewOf(text)).map(({ value, currency }) => [value, currency])

test('amounts in digits and words, Arabic and English', () => {
  const expected: [string, string | null, string | null][] = [
    ['٢٤ مليون دولار', '24000000', 'USD'],
    ['٣٣٧٠ بيتكوين', '3370', 'BTC'],
    ['$517,000', '517000', 'USD'],
    ['USD 24 million', '24000000', 'USD'],
    ['$2.5m', '2500000', 'USD'],
    ['30k USDT', '30000', 'USDT'],
    ['0.005 BTC', '0.005', 'BTC'],
    ['مليوني دولار', '2000000', 'USD'],
    ['ألفي دولار', '2000', 'USD'],
    ['مئة دولار', '100', 'USD'],
    ['مئتي ألف دولار', '200000', 'USD'],
    ['خمسة وعشرون ألف يورو', '25000', 'EUR'],
    ['ثلاثمائة وخمسون دولارا', '350', 'USD'],
    ['مليون و500 ألف دولار', '1500000', 'USD'],
    ['٣ ملايين دولار', '3000000', 'USD'],
    ['١٬٥٠٠٫٥٠ دولار', '1500.5', 'USD'],
    ['three hundred thousand dollars', '300000', 'USD'],
    ['twenty five euros', '25', 'EUR'],
    ['500 ليرة تركية', '500', 'TRY'],
    ['200 ريال', '200', null],
    ['500 الف ريال سعودي', '500000', 'SAR'],
    ['5000 sats', '0.00005', 'BTC'],
    ['2,5 مليون يورو', '2500000', 'EUR'],
    ['reçu 1 234,56 €', '1234.56', 'EUR'],
    ['12\u00a0500 dollars', '12500', 'USD'],
    ['1 234 567 USDT', '1234567', 'USDT'],
    ['USD 1 500', '1500', 'USD'],
    ['en 2024 500 USD', '500', 'USD'],
    ['0944 123 456 دولار', '456', 'USD'],
    ['$1.500', null, 'USD'],
    ['1,23,456 USD', null, 'USD'],
  ]
  for (const [text, value, currency] of expected) assert.deepEqual(read(text), [[value, currency]], text)
})

test('what is no amount: plurals without a number, counts, versions, dates', () => {
  for (const text of [
    'ملايين الدولارات',
    'آلاف المعاملات',
    '261 ألف متابع',
    'v1.2.3',
    '12/11/2021',
    'page 5 of 7',
    'millions of dollars',
  ]) {
    assert.deepEqual(read(text), [], text)
  }
})

test('about, more than, less than are kept', () => {
  const marks = (text: string) => findAmounts(viewOf(text)).map(({ approximate, bound }) => [approximate, bound])
  assert.deepEqual(marks('نحو 40 ألف دولار'), [[true, null]])
  assert.deepEqual(marks('ما يقرب من 2 مليون دولار'), [[true, null]])
  assert.deepEqual(marks('أكثر من 517000 دولار'), [[false, 'more']])
  assert.deepEqual(marks('up to $500'), [[false, 'less']])
  assert.deepEqual(marks('500 دولار تقريبا'), [[true, null]])
})

test('per cent signs on either side, in words too', () => {
  const shares = (text: string) => findAmounts(viewOf(text)).map(({ value, raw, unit }) => [value, raw, unit])
  assert.deepEqual(shares('في %92 من'), [['0.92', '%92', 'ratio']])
  assert.deepEqual(shares('٩٢٪'), [['0.92', '٩٢٪', 'ratio']])
  assert.deepEqual(shares('75 بالمئة'), [['0.75', '75 بالمئة', 'ratio']])
  assert.deepEqual(shares('12.5 percent'), [['0.125', '12.5 percent', 'ratio']])
})

test('what is written with separators is read back, exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n }), fc.nat(99), (whole, cents) => {
      const text = `${whole.toLocaleString('en-US')}.${String(cents).padStart(2, '0')}`
      const { value } = readDigits(text)
      assert.equal(
        formatDecimal(value!),
        `${whole}.${String(cents).padStart(2, '0')}`
          .replace(/\.?0+$/, match => (match.includes('.') ? '' : match))
          .replace(/(\.\d)0$/, '$1'),
      )
    }),
  )
  assert.equal(readNumeral('no number', 0), null)
})

test('halves and quarters, before and after what they divide; thirds have no exact value', () => {
  for (const [text, value] of [
    ['نصف مليون دولار', '500000'],
    ['ربع مليون دولار', '250000'],
    ['ثلاثة أرباع مليون دولار', '750000'],
    ['مليون ونصف دولار', '1500000'],
    ['خمسة ملايين ونصف دولار', '5500000'],
    ['half a million dollars', '500000'],
    ['two and a half million USD', '2500000'],
    ['3 and a half million dollars', '3500000'],
    ['a quarter million dollars', '250000'],
    ['مئتا دولار', '200'],
    ['ثلث مليون دولار', null],
  ] as const) {
    const [amount] = find(text).mentions.filter(one => one.kind === 'amount')
    assert.ok(amount?.kind === 'amount', text)
    assert.equal(amount.value, value, text)
  }
})
