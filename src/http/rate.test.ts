import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBucket } from './rate.ts'

test('so many pass at once, then as many as are refilled', () => {
  let now = 7
  const pass = createBucket({ perSecond: 50, burst: 3 }, () => now)
  assert.deepEqual([pass(), pass(), pass(), pass()], [true, true, true, false])
  now += 19
  assert.equal(pass(), false)
  now += 1
  assert.deepEqual([pass(), pass()], [true, false])
})
