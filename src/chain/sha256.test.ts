import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../std/random.ts'
import { createHasher, type Hasher } from './sha256.ts'
import { createScalarHasher, SHORT_MAX } from './sha256-scalar.ts'
import { createSimdHasher } from './sha256-simd.ts'
import { build, INITIAL, ROUND } from './sha256-wasm.ts'

function nodeTwice(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest()
}

function compare(hasher: Hasher, bytes: Uint8Array, spans: Uint32Array): void {
  const out = new Uint8Array(16 * spans.length)
  hasher.reserve(bytes.length).set(bytes)
  hasher.hashStored(spans, spans.length / 2, out, 0)
  for (let i = 0; i < spans.length / 2; i++) {
    const expected = nodeTwice(bytes.subarray(spans[2 * i], spans[2 * i + 1]))
    assert.ok(
      expected.equals(out.subarray(32 * i, 32 * i + 32)),
      `message ${i} of ${spans[2 * i + 1]! - spans[2 * i]!}`,
    )
  }
}

/** FIPS 180-4, sections 4.2.2 and 5.3.3: the first and last of each. */
test('the constants are those of the standard', () => {
  assert.deepEqual([INITIAL[0], INITIAL[7]], [0x6a09e667, 0x5be0cd19])
  assert.deepEqual([ROUND[0], ROUND[1], ROUND[63]], [0x428a2f98, 0x71374491, 0xc67178f2])
})

test('the module is valid and the same each time', () => {
  assert.deepEqual(build(), build())
  assert.equal(createHasher().kind, 'simd')
})

for (const hasher of [createSimdHasher()!, createScalarHasher()]) {
  test(`${hasher.kind}: short messages of one length, as many as come, as node:crypto`, () => {
    for (const [length, count] of [
      [21, 0],
      [0, 1],
      [21, 513],
      [32, 6],
      [SHORT_MAX, 4],
    ] as const) {
      const blocks = new Uint8Array(64 * count)
      for (let i = 0; i < count; i++) blocks.set(seededRandom(i).bytes(length), 64 * i)
      const digests = hasher.hashShort(blocks, length, count)
      for (let i = 0; i < count; i++) {
        const expected = nodeTwice(blocks.subarray(64 * i, 64 * i + length))
        assert.ok(expected.equals(digests.subarray(32 * i, 32 * i + 32)), `message ${i} of ${length}`)
      }
    }
  })

  test(`${hasher.kind}: every length from 0 to 300, as node:crypto`, () => {
    const bytes = seededRandom(1).bytes(301 * 150)
    const spans = Array.from({ length: 301 }, (_, length) => [(length * (length - 1)) / 2, (length * (length + 1)) / 2])
    compare(hasher, bytes, Uint32Array.from(spans.flat()))
  })

  test(`${hasher.kind}: random spans, overlapping and in any order`, () => {
    const random = seededRandom(7)
    const bytes = random.bytes(200_000)
    const span = fc.tuple(fc.nat(190_000), fc.nat(10_000))
    const property = fc.property(fc.array(span, { maxLength: 30 }), list => {
      compare(hasher, bytes, Uint32Array.from(list.flatMap(([start, length]) => [start, start + length])))
    })
    fc.assert(property, { numRuns: 40 })
  })

  test(`${hasher.kind}: 0 to 9 messages, long beside short, memory growing`, () => {
    const bytes = seededRandom(3).bytes(3_000_000)
    for (let count = 0; count < 10; count++) {
      const spans = Uint32Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? i : i + 300_000 * (i % 3)))
      compare(hasher, bytes, spans)
    }
  })
}

for (const hasher of [createSimdHasher()!, createScalarHasher()]) {
  test(`${hasher.kind}: pairs of hashes side by side, as node:crypto`, () => {
    for (const count of [0, 1, 2, 3, 4, 5, 8, 63, 1000]) {
      const bytes = seededRandom(count).bytes(64 * count)
      hasher.reserve(64 * count).set(bytes)
      const digests = hasher.hashPairs(count)
      for (let i = 0; i < count; i++) {
        const expected = nodeTwice(bytes.subarray(64 * i, 64 * i + 64))
        assert.ok(expected.equals(digests.subarray(32 * i, 32 * i + 32)), `pair ${i} of ${count}`)
      }
    }
  })
}
