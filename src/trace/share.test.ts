import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createShares, shareOut } from './share.ts'

/** Parts of a whole below 2^53 and a taint of it: small, middling and as large as they may be. */
const cases = fc
  .tuple(
    fc.constantFrom(100, 2 ** 26, 2_100_000_000_000_000, 2 ** 51, 8_400_000_000_000_000, 2 ** 53 - 1),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.boolean(),
  )
  .map(([most, weights, part, equal]) => {
    const share = Math.floor(most / weights.length)
    const values = weights.map(weight => (equal ? share : Math.floor(share * weight)))
    const total = values.reduce((sum, value) => sum + value, 0)
    return { values, total, taint: Math.min(total, Math.floor(total * part)) }
  })
  .filter(({ total }) => total > 0)

test('haircut shares equal exact division in bigint, up to 2^53', () => {
  fc.assert(
    fc.property(cases, ({ values, total, taint }) => {
      const room = createShares(values.length)
      room.values.set(values)
      shareOut(room, values.length, taint, total)
      assert.deepEqual([...room.shares].map(BigInt), exact(values.map(BigInt), BigInt(taint), BigInt(total)))
    }),
    { numRuns: 5000 },
  )
})

test('leftovers go by largest remainder, then lowest index', () => {
  const room = createShares(4)
  room.values.set([3, 3, 3, 1])
  shareOut(room, 4, 5, 10)
  assert.deepEqual([...room.shares], [2, 2, 1, 0])
})

test('many outputs take the sorted way and give the same', () => {
  const values = Array.from({ length: 700 }, (_, i) => 1 + ((i * 7919) % 5))
  const total = values.reduce((sum, value) => sum + value, 0)
  const room = createShares(700)
  room.values.set(values)
  shareOut(room, 700, 1000, total)
  assert.deepEqual([...room.shares].map(BigInt), exact(values.map(BigInt), 1000n, BigInt(total)))
})

function exact(values: readonly bigint[], taint: bigint, total: bigint): bigint[] {
  const shares = values.map(value => (value * taint) / total)
  const rests = values.map((value, index) => ({ index, rest: (value * taint) % total }))
  rests.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
  const left = Number(taint - shares.reduce((sum, share) => sum + share, 0n))
  for (const { index } of rests.slice(0, left)) shares[index]! += 1n
  return shares
}
