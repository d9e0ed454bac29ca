import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../std/random.ts'
import type { Flow } from './flow.ts'
import { sweepOrdered } from './ordered.ts'
import { syntheticFlow } from './synthetic.ts'

const HORIZONS = [
  { hops: 0xffff_ffff, min: 1 },
  { hops: 12, min: 100_000 },
]
const ORDERS = [
  { taken: 'first', filled: 'first' },
  { taken: 'last', filled: 'first' },
  { taken: 'first', filled: 'last' },
] as const

test('shared runs are the runs that lists of bigint give, whatever the room to begin with', () => {
  for (const seed of [1, 2, 3]) {
    const flow = syntheticFlow(3000, 0.3, seededRandom(seed))
    for (const horizon of HORIZONS) {
      for (const order of ORDERS) {
        const truth = plainly(flow, horizon, order)
        for (const pairs of [1, 8, 100, undefined]) {
          const found = sweepOrdered(flow, horizon, order, pairs)
          assert.deepEqual([Array.from(found.units, BigInt), [...found.hops]], [truth.units, truth.hops])
          assert.equal(found.fees, truth.fees)
        }
      }
    }
  }
})

type Run = { readonly from: bigint; readonly to: bigint; readonly hops: number }

/** FIFO and LIFO from their definitions: lists of runs in bigint, copied at every step. */
function plainly(flow: Flow, horizon: { hops: number; min: number }, order: (typeof ORDERS)[number]) {
  const runs: Run[][] = Array.from({ length: flow.nodes }, (_, node) =>
    flow.origin[node] === 1 ? [{ from: 0n, to: BigInt(flow.units[node]!), hops: 0 }] : [],
  )
  const sizeOf = (list: readonly Run[]) => list.reduce((sum, run) => sum + run.to - run.from, 0n)
  const distance = (list: readonly Run[]) => list.reduce((least, run) => Math.min(least, run.hops), 0xffff_ffff)
  const isOpen = (node: number) =>
    flow.stop[node] === 0 && distance(runs[node]!) < horizon.hops && sizeOf(runs[node]!) >= BigInt(horizon.min)
  let fees = 0n
  for (let step = 0; step < flow.steps; step++) {
    const ins = [...flow.inNode.subarray(flow.firstIn[step], flow.firstIn[step + 1])]
    const outs = [...flow.outNode.subarray(flow.firstOut[step], flow.firstOut[step + 1])]
    if (order.taken === 'last') ins.reverse()
    if (order.filled === 'last') outs.reverse()
    let offset = 0n
    const stream: Run[] = []
    for (const node of ins) {
      const hops = distance(runs[node]!) + 1
      if (isOpen(node))
        for (const { from, to } of runs[node]!) stream.push({ from: from + offset, to: to + offset, hops })
      offset += BigInt(flow.units[node]!)
    }
    let start = 0n
    for (const node of outs) {
      const end = start + BigInt(flow.units[node]!)
      if (flow.origin[node] === 0) runs[node] = between(stream, start, end)
      start = end
    }
    fees += sizeOf(between(stream, start, offset > start ? offset : start))
  }
  const hops = runs.map((list, node) => (list.length === 0 || flow.origin[node] === 1 ? 0 : distance(list)))
  return { units: runs.map(sizeOf), hops, fees }
}

function between(stream: readonly Run[], start: bigint, end: bigint): Run[] {
  return stream
    .map(({ from, to, hops }) => ({
      from: (from > start ? from : start) - start,
      to: (to < end ? to : end) - start,
      hops,
    }))
    .filter(({ from, to }) => to > from)
}
