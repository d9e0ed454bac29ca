import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe } from './progress.ts'

test('blocks, transactions, speed and time left in words', () => {
  const reached = { done: 50e6, total: 200e6, seconds: 2, blocks: 1226, transactions: 450_000 }
  assert.equal(describe(reached), '1,226 blocks, 450,000 transactions, 25.0 MB/s, 6 s left')
  assert.match(describe({ ...reached, total: 50e9 }), /, 33 min left$/)
  assert.match(describe({ ...reached, total: 700e9 }), /, 7\.8 h left$/)
})

test('no speed is told before there is one', () => {
  const reached = { done: 0, total: 200e6, seconds: 9, blocks: 0, transactions: 0 }
  assert.equal(describe(reached), '0 blocks, 0 transactions')
  assert.equal(describe({ ...reached, done: 9, seconds: 0.1 }), '0 blocks, 0 transactions')
})
