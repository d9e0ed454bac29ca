import assert from 'node:assert/strict'
import { test } from 'node:test'
import { print, visible } from './print.ts'
import { format } from './progress.ts'

test('names and values are aligned, nested things indented, unknown is a dash and zero is zero', () => {
  const coverage = { network: 'bitcoin', fromHeight: null, toHeight: 0, truncated: false }
  assert.equal(
    print({ address: 'a', labels: [], coverage }, 80),
    [
      'address  a',
      'coverage',
      '  network      bitcoin',
      '  from height  –',
      '  to height    0',
      '  truncated    no',
      '',
    ].join('\n'),
  )
})

test('like rows become a table with numbers to the right; amounts are one value', () => {
  const amount = (value: string) => ({ asset: 'BTC', amount: '1', decimals: 8, value, usd: null })
  const rows = [
    { address: 'one', hops: 1, amount: amount('0.10000000') },
    { address: 'three', hops: 12, amount: amount('12.00000000') },
  ]
  assert.equal(
    print({ rows }, 80),
    [
      'rows',
      '  address  hops           amount',
      '  one         1   0.10000000 BTC',
      '  three      12  12.00000000 BTC',
      '',
    ].join('\n'),
  )
})

test('a table that does not fit is a list, and nothing is cut off', () => {
  const long = 'x'.repeat(60)
  const text = print(
    [
      { a: long, b: long },
      { a: long, b: long },
    ],
    80,
  )
  assert.equal(text.split(long).length - 1, 4)
})

test('hostile text cannot move the cursor or turn a line around', () => {
  assert.equal(visible('a\u001b[2Jb\u202ec'), 'a\\u{1b}[2Jb\\u{202e}c')
  const printed = print({ name: '\u001b[31mred\u202e' }, 80)
  assert.ok(!printed.includes('\u001b') && !printed.includes('\u202e'))
})

test('progress is told in counts, share and unit', () => {
  assert.equal(
    format({ done: 12_000, total: 48_000, unit: 'blocks', note: 'blk00000.dat' }),
    '12,000 of 48,000 blocks (25%) blk00000.dat',
  )
  assert.equal(format({ done: 7, total: null, unit: 'rows' }), '7 rows')
})

test('isolates in pairs are kept, one left open is shown', () => {
  assert.equal(visible('من \u2068A\u2069 و\u2068B\u2069'), 'من \u2068A\u2069 و\u2068B\u2069')
  assert.equal(visible('\u2069x\u2068'), '\\u{2069}x\\u{2068}')
  assert.equal(visible('\u2068open'), '\\u{2068}open')
})
