import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json } from './json.ts'

test('a text that no string can hold is a limit with a name', () => {
  const long = 'x'.repeat(2 ** 28)
  assert.throws(() => json([long, long]), { name: 'Answer.TooLong', kind: 'limit' })
})

test('what would turn a line around is escaped, and says the same', () => {
  const hostile = { a: '\u202ex\u009b\u2066', big: 2n ** 64n }
  assert.equal(json(hostile), '{"a":"\\u202ex\\u009b\\u2066","big":"18446744073709551616"}')
})
