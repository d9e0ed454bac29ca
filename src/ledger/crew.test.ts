import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildChain } from '../../bench/chain.ts'
import { createChecker } from './block-checker.ts'
import { openCrew } from './crew.ts'

const { pieces } = buildChain(3000, 60)
const blocks = pieces.filter((_, at) => at % 3 === 2).map(piece => new Uint8Array(piece))

/** Txids of every block, or the fault, as one thread finds them. */
function alone(items: readonly Uint8Array[]): unknown[] {
  const checker = createChecker('bitcoin-regtest')
  return items.map(bytes => {
    const failed = checker.check(bytes, 0, bytes.length)
    if (failed !== undefined) return { reason: failed.reason, offset: failed.offset }
    return checker.txids.bytes.slice(0, 32 * checker.sink.transactionCount)
  })
}

function together(items: readonly Uint8Array[], threads: number): unknown[] {
  const crew = openCrew('bitcoin-regtest', threads)
  try {
    const found = crew.ahead(items.map(bytes => ({ ok: true as const, bytes })))
    return Array.from(found, ({ item, known }, at) => {
      assert.deepEqual(item.bytes.slice(), items[at])
      return known instanceof Uint8Array ? known.slice() : known
    })
  } finally {
    crew.close()
  }
}

for (const threads of [1, 3]) {
  test(`${threads} threads beside the caller's find what one alone finds, in its order`, () => {
    assert.deepEqual(together(blocks, threads), alone(blocks))
  })
}

test('faults come from threads as they come from one alone, and later blocks are none the worse', () => {
  const damaged = blocks.map((bytes, at) => {
    const copy = bytes.slice(0, at % 5 === 1 ? bytes.length - 1 : bytes.length)
    if (at % 5 === 2) copy[bytes.length - 20]! ^= 1
    return copy
  })
  const found = together(damaged, 2)
  assert.deepEqual(found, alone(damaged))
  assert.deepEqual((found[1] as { reason: string }).reason, 'truncated')
  assert.deepEqual((found[2] as { reason: string }).reason, 'merkle-mismatch')
})

test('what is no block, and what is too large for the shared memory, passes through unchecked', () => {
  const large = new Uint8Array(4_000_001).fill(7)
  const crew = openCrew('bitcoin-regtest', 1)
  const items = [
    { ok: false as const, reason: 'x' },
    { ok: true as const, bytes: large },
  ]
  const found = Array.from(crew.ahead(items), ({ item, known }) => [item, known])
  crew.close()
  assert.deepEqual(found, [
    [items[0], undefined],
    [items[1], undefined],
  ])
})

test('a crew that is left in the midst is closed; an empty one too', () => {
  const crew = openCrew('bitcoin-regtest', 2)
  for (const { known } of crew.ahead(blocks.map(bytes => ({ ok: true as const, bytes })))) {
    assert.ok(known instanceof Uint8Array)
    break
  }
  crew.close()
  assert.deepEqual(together([], 2), [])
})
