import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Base58 from '../chain/base58.ts'
import { Base58Readings, digitsOf } from './base58-reading.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

test('every change of one letter or two is judged as the text decoded whole would be', () => {
  const payload = fc.uint8Array({ minLength: 20, maxLength: 20 })
  fc.assert(
    fc.property(payload, fc.constantFrom(0, 5, 48, 65), fc.nat(31), fc.nat(31), (bytes, version, i, j) => {
      const right = Base58.encodeCheck(Uint8Array.of(version, ...bytes))
      const [a, b] = [Math.min(i, j) + 1, Math.max(i, j) + 1]
      if (a === b || b >= right.length) return
      const wrong = [...right]
      wrong[a] = ALPHABET[(ALPHABET.indexOf(wrong[a]!) + 7) % 58]!
      wrong[b] = ALPHABET[(ALPHABET.indexOf(wrong[b]!) + 31) % 58]!
      const found: string[] = []
      const readings = new Base58Readings(wrong.join(''), text => found.push(text))
      for (let first = 0; first < 58; first++) {
        for (let second = 0; second < 58; second++) readings.change(a, first, b, second, 2, 'ocr')
      }
      readings.flush()
      assert.deepEqual(found, [right])
      readings.whole(digitsOf(right)!, 1, 'typing')
      readings.flush()
      assert.deepEqual(found, [right, right])
    }),
    { numRuns: 60 },
  )
  assert.equal(digitsOf('0'), undefined)
})
