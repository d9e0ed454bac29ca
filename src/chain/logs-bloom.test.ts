import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as LogsBloom from './logs-bloom.ts'

test('the bloom of two events: the vector of silkworm (core/silkworm/types/bloom_test.cpp)', () => {
  const words = [
    '0x22341ae42d6dd7384bc8584e50419ea3ac75b83f',
    '0x04491edcd115127caedbd478e2e7895ed80c7847e903431f94f9cfa579cad47f',
    '0xe7fb22dfef11920312e4989a3a2b81e2ebf05986',
    '0x7f1fef85c4b037150d3675218e0cdb7cf38fea354759471e309f3354918a442f',
    '0xd85629c7eaae9ea4a10234fed31bc0aeda29b2683ebe0c1882499d272621f6b6',
  ]
  const stated = LogsBloom.parse(
    `0x${[
      '000000000000000000810000000000000000000000000000000000020000000000000000000000000000008000',
      '000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',
      '000000000000000000000000000000000000000200000000000000000000000000000000000000000000000000',
      '000000000000000000000000000000000000000000000000000000280000000000400000800000004000000000',
      '000000000000000000000000000000000000000000000000000000000000100000100000000000000000000000',
      '00000000001400000000000000008000000000000000000000000000000000',
    ].join('')}`,
  )!
  const bloom = LogsBloom.empty()
  for (const word of words.slice(0, -1)) LogsBloom.add(bloom, word)
  assert.equal(LogsBloom.explains(bloom, stated), false)
  LogsBloom.add(bloom, words.at(-1)!)
  assert.deepEqual(bloom, stated)
  assert.equal(LogsBloom.explains(bloom, LogsBloom.empty()), true)
})

test('what is no bloom is none', () => {
  assert.deepEqual([undefined, null, '0x', `0x${'0'.repeat(510)}`].map(LogsBloom.parse), Array(4).fill(undefined))
})
