import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createNumberTable } from './number-table.ts'
import { orderOf } from './sorted.ts'

const wide = fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 2 ** 31 - 1 }), fc.maxSafeNat())

test('an order is that of a stable sort, for numbers of any width', () => {
  fc.assert(
    fc.property(fc.array(wide, { maxLength: 300 }), keys => {
      const expected = keys.map((_, place) => place).sort((a, b) => keys[a]! - keys[b]! || a - b)
      assert.deepEqual([...orderOf(Float64Array.from(keys))], expected)
    }),
    { numRuns: 50 },
  )
})

test('a table of numbers has each once, in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(wide, { maxLength: 4000 }), fc.array(wide), (numbers, others) => {
      const table = createNumberTable()
      const expected = new Map<number, number>()
      for (const number of numbers) {
        if (!expected.has(number)) expected.set(number, expected.size)
        assert.equal(table.add(number), expected.get(number))
      }
      assert.equal(table.count, expected.size)
      for (const [number, place] of expected) assert.equal(table.at(place), number)
      for (const number of others) assert.equal(table.find(number), expected.get(number) ?? -1)
    }),
    { numRuns: 50 },
  )
})

test('a table grows past its first room', () => {
  const table = createNumberTable()
  for (let k = 0; k < 100_000; k++) assert.equal(table.add(k * 65_536 + (k % 7)), k)
  for (let k = 0; k < 100_000; k++) assert.equal(table.find(k * 65_536 + (k % 7)), k)
  assert.equal(table.find(1), -1)
})
