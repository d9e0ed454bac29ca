import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { workOf } from './link-utxo.ts'
import { type Headers, order, reorder } from './order.ts'

type Row = { parent?: number; height?: number; work?: number; checkpoint?: boolean; time?: number; due?: boolean }

/** Rows of headers; a row's hash is its number. */
function headers(rows: readonly Row[]): Headers {
  return {
    count: rows.length,
    parent: Int32Array.from(rows, row => row.parent ?? -1),
    height: Int32Array.from(rows, row => row.height ?? -1),
    time: Uint32Array.from(rows, row => row.time ?? 0),
    work: Float64Array.from(rows, row => row.work ?? 1),
    checkpoint: Uint8Array.from(rows, row => (row.checkpoint ? 1 : 0)),
    isDue: (_, child) => rows[child]!.due !== false,
    compareHashes: (a, b) => a - b,
  }
}

test('one known height tells the whole tree, up and down', () => {
  const found = order(headers([{ parent: 1 }, { parent: 2, height: 7 }, {}, { parent: 0 }]))
  assert.deepEqual([...found.height], [8, 7, 6, 9])
  assert.deepEqual([...found.active], [2, 1, 0, 3])
})

test('where heights contradict each other a checkpoint counts, else the most, else the lower', () => {
  const chain = (...heights: Row[]) => [
    ...order(headers(heights.map((row, at) => ({ parent: at - 1, ...row })))).height,
  ]
  assert.deepEqual(chain({ height: 5 }, { height: 9 }, { height: 10 }), [8, 9, 10])
  assert.deepEqual(chain({ height: 5 }, { height: 9 }), [5, 6])
  assert.deepEqual(chain({ height: 5, checkpoint: true }, { height: 9 }, { height: 10 }), [5, 6, 7])
})

test('more work beats more blocks, and a checkpoint beats both', () => {
  const short = { parent: 0, work: 10 }
  const long = [{ parent: 0 }, { parent: 2 }, { parent: 3 }]
  assert.deepEqual([...order(headers([{}, short, ...long])).active], [0, 1])
  const pinned = [{ parent: 0 }, { parent: 2, checkpoint: true, height: 3 }, { parent: 3 }]
  assert.deepEqual([...order(headers([{}, short, ...pinned])).active], [0, 2, 3, 4])
})

test('a checkpoint anchors its ancestors and what follows with the work due, not what stands beside', () => {
  const rows: Row[] = [
    { height: 0 },
    { parent: 0, checkpoint: true },
    { parent: 1 },
    { parent: 2, due: false },
    { parent: 3 },
    { parent: 0, work: 0.5 },
    { height: 100 },
  ]
  assert.deepEqual([...order(headers(rows)).anchored], [1, 1, 1, 0, 0, 0, 0])
})

test('of two islands that claim one height the anchored keeps it, then the one with more work', () => {
  const rows: Row[] = [{ height: 5, work: 9 }, { height: 4 }, { parent: 1, height: 5, checkpoint: true }, { parent: 0 }]
  const found = order(headers(rows))
  assert.deepEqual([...found.active], [1, 2])
  assert.equal(found.stale, 2)
})

test('islands of unknown height come last, by the time of their first block', () => {
  const found = order(headers([{ time: 9 }, { parent: 0, time: 1 }, { time: 5 }, { height: 3, time: 99 }]))
  assert.deepEqual([...found.active], [3, 2, 0, 1])
})

test('reordering puts parents first and keeps the rest; what contradicts itself goes last', () => {
  assert.deepEqual([...reorder(Uint32Array.of(10, 11, 12, 13), [[0, 2]])], [11, 12, 10, 13])
  assert.deepEqual(
    [
      ...reorder(Uint32Array.of(10, 11, 12), [
        [0, 1],
        [1, 0],
      ]),
    ],
    [12, 10, 11],
  )
})

test('a reordering of pairs without a circle satisfies every pair', () => {
  const pair = fc.tuple(fc.nat(19), fc.nat(19)).filter(([a, b]) => a !== b)
  fc.assert(
    fc.property(fc.array(pair), fc.shuffledSubarray([...Array(20).keys()], { minLength: 20 }), (pairs, rank) => {
      const needs = pairs.map(([a, b]) => (rank[a]! > rank[b]! ? ([a, b] as const) : ([b, a] as const)))
      const placed = [
        ...reorder(
          Uint32Array.from({ length: 20 }, (_, at) => at),
          needs,
        ),
      ]
      assert.deepEqual(
        [...placed].sort((a, b) => a - b),
        [...Array(20).keys()],
      )
      for (const [child, parent] of needs) assert.ok(placed.indexOf(parent) < placed.indexOf(child))
    }),
  )
})

test('work of compact targets', () => {
  // Difficulty 1 takes 2^32 + 2^16 + 1 hashes (Bitcoin Core, chain.cpp; the genesis block's chainwork).
  assert.equal(Math.round(workOf(0x1d00ffff)), 0x100010001)
  assert.equal(workOf(0), 1)
  assert.equal(Math.floor(workOf(0x207fffff)), 2)
})
