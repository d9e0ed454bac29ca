import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { root as slowRoot } from '../../test/block-builder.ts'
import { concat } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import { buildBranch, computeRoot, verifyBranch } from './merkle.ts'
import { createHasher } from './sha256.ts'

const hasher = createHasher()

function leaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => sha256d(Uint8Array.of(i & 255, i >> 8)))
}

test('the root is that of the plain definition, for 1 to 70 leaves', () => {
  for (let count = 1; count <= 70; count++) {
    const list = leaves(count)
    assert.deepEqual(computeRoot(concat(...list), count, hasher), { root: slowRoot(list), mutated: false })
  }
})

test('a repeated tail keeps the root and is told (CVE-2012-2459)', () => {
  for (const [count, repeated] of [
    [3, [2]],
    [6, [4, 5]],
    [5, [4]],
    [7, [6]],
    [12, [8, 9, 10, 11]],
  ] as const) {
    const list = leaves(count)
    const longer = [...list, ...repeated.map(i => list[i]!)]
    const honest = computeRoot(concat(...list), count, hasher)
    const doubled = computeRoot(concat(...longer), longer.length, hasher)
    assert.deepEqual(doubled.root, honest.root, `${count}`)
    assert.deepEqual([honest.mutated, doubled.mutated], [false, true], `${count}`)
  }
})

test('every branch leads to the root, and to no other', () => {
  for (const count of [1, 2, 3, 5, 8, 13]) {
    const list = leaves(count)
    const { root } = computeRoot(concat(...list), count, hasher)
    for (let index = 0; index < count; index++) {
      const branch = buildBranch(concat(...list), count, index)
      assert.equal(verifyBranch(list[index]!, branch, root), true)
      assert.equal(verifyBranch(sha256d(list[index]!), branch, root), false)
      assert.equal(verifyBranch(list[index]!, { ...branch, index: index + 2 ** branch.siblings.length }, root), false)
    }
  }
})

test('a leaf of 64 bytes is refused: it may be an inner node', () => {
  const inner = concat(sha256d(Uint8Array.of(1)), sha256d(Uint8Array.of(2)))
  const other = sha256d(Uint8Array.of(3))
  const root = sha256d(concat(sha256d(inner), other))
  const branch = { index: 0, siblings: [other] }
  assert.equal(verifyBranch(sha256d(inner), branch, root), true)
  assert.equal(verifyBranch(sha256d(inner), branch, root, inner), false)
})

test('the branch to a leaf beyond the end, which only the repetition makes, is refused', () => {
  const list = leaves(3)
  const { root } = computeRoot(concat(...list), 3, hasher)
  const branch = { index: 3, siblings: [list[2]!, sha256d(concat(list[0]!, list[1]!))] }
  assert.equal(verifyBranch(list[2]!, branch, root), false)
})

test('branches of random trees', () => {
  const property = fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(), (count, seed) => {
    const list = leaves(count)
    const index = seed % count
    const { root } = computeRoot(concat(...list), count, hasher)
    assert.ok(verifyBranch(list[index]!, buildBranch(concat(...list), count, index), root))
  })
  fc.assert(property, { numRuns: 30 })
})
