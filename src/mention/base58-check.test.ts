import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Base58 from '../chain/base58.ts'
import { versionOf } from './base58-check.ts'

/** The same by the codec. */
function oracle(text: string): number {
  const checked = Base58.decodeCheck(text)
  return checked.ok && checked.payload.length === 21 ? checked.payload[0]! : -1
}

const judge = (text: string) => versionOf(Buffer.from(`x${text}x`), 1, text.length + 1)

test('what is encoded is judged as the codec judges it, at every length, with leading zeros', () => {
  const payload = fc
    .tuple(fc.nat(22), fc.uint8Array({ minLength: 0, maxLength: 30 }))
    .map(([zeros, rest]) => Uint8Array.of(...new Array(zeros).fill(0), ...rest).slice(0, 40))
  const whole = fc.uint8Array({ minLength: 21, maxLength: 21 })
  fc.assert(
    fc.property(fc.oneof(payload, whole), bytes => {
      const text = Base58.encodeCheck(bytes)
      assert.equal(judge(text), oracle(text))
      assert.equal(judge(text) >= 0, bytes.length === 21)
    }),
    { numRuns: 2000 },
  )
})

test('altered, shortened and foreign texts are judged as the codec judges them', () => {
  const base = '1LaNXgq2ctDEa4fTha6PTo8sucqzieQctq'
  fc.assert(
    fc.property(fc.nat(33), fc.constantFrom(...'123zZ0OIl-م'), fc.integer({ min: -3, max: 3 }), (at, letter, more) => {
      const altered = base.slice(0, at) + letter + base.slice(at + 1)
      const text = more < 0 ? altered.slice(0, more) : altered + '1'.repeat(more)
      const ascii = /^[!-~]*$/.test(text)
      assert.equal(judge(text), ascii ? oracle(text) : -1)
    }),
  )
  for (const text of ['', '1', 'z'.repeat(36), '1'.repeat(25), base]) assert.equal(judge(text), oracle(text), text)
})
