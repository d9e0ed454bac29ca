import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RUN_MAX, RUN_MIN, scan } from './scan.ts'

/** The definition, by a regular expression over one character per byte. */
function oracle(bytes: Uint8Array): [number, number][] {
  const text = Buffer.from(bytes).toString('latin1')
  return [...text.matchAll(/[0-9A-Za-z]+/g)]
    .filter(run => run[0].length >= RUN_MIN && run[0].length <= RUN_MAX)
    .map(run => [run.index, run.index + run[0].length])
}

function spans(bytes: Uint8Array): [number, number][] {
  const { count, starts, ends } = scan(bytes)
  return Array.from({ length: count }, (_, i) => [starts[i]!, ends[i]!])
}

test('runs are those of the definition, at every length and offset', () => {
  const run = fc
    .tuple(fc.integer({ min: 0, max: 140 }), fc.constantFrom(' ', 'é', '-', '  ', ''))
    .map(([n, gap]) => 'a'.repeat(n) + gap)
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), runs => {
      const bytes = new TextEncoder().encode(runs.join(''))
      assert.deepEqual(spans(bytes), oracle(bytes))
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
      assert.deepEqual(spans(bytes), oracle(bytes))
    }),
  )
})

test('more runs than the first columns hold', () => {
  const bytes = new TextEncoder().encode(`${'x'.repeat(30)} `.repeat(3000))
  assert.equal(scan(bytes).count, 3000)
})
