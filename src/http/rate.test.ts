import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBucket } from './rate.ts'

test('so many pass at once, then as many as are refilled', async () => {
  const pass = createBucket({ perSecond: 50, burst: 3 })
  assert.deepEqual([pass(), pass(), pass(), pass()], [true, true, true, false])
  await new Promise(resolve => setTimeout(resolve, 60))
  assert.equal(pass(), true)
})
