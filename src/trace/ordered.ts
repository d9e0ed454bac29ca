import { createField, type Field, finish, place, widest } from './field.ts'
import { addTo, type Flow, type Horizon, type Taint } from './flow.ts'

/**
 * The methods that need to know *which* units of a node are tainted: FIFO and LIFO. A node that is tainted in part
 * keeps its tainted runs in order, so that the next transaction cuts it exactly.
 *
 * FIFO: the units of the inputs, in order, fill the outputs in order. LIFO: the inputs are taken last first, the units
 * within each keep their order. Backward the same pairing of units is read from the other side: the outputs, in order,
 * fill the inputs, which for LIFO are filled last first.
 */
export type Order = { readonly taken: 'first' | 'last'; readonly filled: 'first' | 'last' }

export function sweepOrdered(flow: Flow, horizon: Horizon, order: Order): Taint {
  const field = createField(flow, horizon)
  const runs = createRuns(flow, widest(flow))
  const { steps, firstIn, inNode } = flow
  const { open } = field
  for (let step = 0, at = 0; step < steps; step++) {
    const end = firstIn[step + 1]!
    let any = 0
    for (; at < end; at++) any |= open[inNode[at]!]!
    if (any === 0) continue
    take(field, runs, step, order.taken === 'last')
    fill(field, runs, step, order.filled === 'last')
  }
  return finish(field)
}

/** Tainted runs: `runCount[node]` from `firstRun[node]` on in `cuts`; a node that is tainted whole has none. */
type Runs = {
  readonly firstRun: Uint32Array
  readonly runCount: Uint32Array
  /** Start and end of run r at 2r and 2r + 1: side by side, since they are read together and at random. */
  cuts: Float64Array
  used: number
  /** The runs of the step at hand, by position in the units that it takes, with the distance of each. */
  streamStart: Float64Array
  streamEnd: Float64Array
  streamHops: Float64Array
  streamLength: number
  /** Units taken by the step at hand. */
  taken: number
}

function createRuns(flow: Flow, width: number): Runs {
  return {
    firstRun: new Uint32Array(flow.nodes),
    runCount: new Uint32Array(flow.nodes),
    cuts: new Float64Array(2 * flow.nodes + 1024),
    used: 0,
    streamStart: new Float64Array(width + 1024),
    streamEnd: new Float64Array(width + 1024),
    streamHops: new Float64Array(width + 1024),
    streamLength: 0,
    taken: 0,
  }
}

/** Lays the tainted runs of the nodes that the step takes one after the other. */
function take(field: Field, runs: Runs, step: number, lastFirst: boolean): void {
  const { flow, open, hops } = field
  const { firstIn, inNode } = flow
  const [from, to] = [firstIn[step]!, firstIn[step + 1]!]
  let offset = 0
  runs.streamLength = 0
  for (let i = from; i < to; i++) {
    const node = inNode[lastFirst ? from + to - 1 - i : i]!
    const value = flow.units[node]!
    if (open[node] === 1) {
      const count = runs.runCount[node]!
      if (count === 0) append(runs, offset, offset + value, hops[node]!)
      else {
        const first = runs.firstRun[node]!
        for (let r = first; r < first + count; r++) {
          append(runs, offset + runs.cuts[2 * r]!, offset + runs.cuts[2 * r + 1]!, hops[node]!)
        }
      }
    }
    offset += value
  }
  runs.taken = offset
}

/** Cuts the runs of the step over the nodes that it fills; what lies behind the last of them is the fee. */
function fill(field: Field, runs: Runs, step: number, lastFirst: boolean): void {
  const { firstOut, outNode, units } = field.flow
  const [from, to] = [firstOut[step]!, firstOut[step + 1]!]
  let offset = 0
  let at = 0
  for (let i = from; i < to; i++) {
    const node = outNode[lastFirst ? from + to - 1 - i : i]!
    const end = offset + units[node]!
    at = cut(field, runs, node, offset, end, at)
    offset = end
  }
  let fee = 0
  for (; at < runs.streamLength; at++) fee += runs.streamEnd[at]! - Math.max(runs.streamStart[at]!, offset)
  addTo(field.fees, fee)
}

/** Gives node `[from, end)` its part of the stream, from run `at` on; returns the first run that reaches beyond. */
function cut(field: Field, runs: Runs, node: number, from: number, end: number, at: number): number {
  const first = runs.used
  let amount = 0
  let hop = Number.POSITIVE_INFINITY
  for (; at < runs.streamLength && runs.streamStart[at]! < end; at++) {
    const start = Math.max(runs.streamStart[at]!, from)
    const stop = Math.min(runs.streamEnd[at]!, end)
    if (stop > start) {
      amount += stop - start
      if (runs.streamHops[at]! < hop) hop = runs.streamHops[at]!
      keep(runs, first, start - from, stop - from)
    }
    if (runs.streamEnd[at]! > end) break
  }
  if (amount > 0) place(field, node, amount, hop + 1)
  const whole = amount === end - from || field.flow.origin[node] === 1
  if (amount === 0 || whole || field.open[node] === 0) {
    runs.used = first
  } else {
    runs.firstRun[node] = first
    runs.runCount[node] = runs.used - first
  }
  return at
}

/** Adds a run to the node at hand, or lengthens the last one where they touch. */
function keep(runs: Runs, first: number, start: number, end: number): void {
  const at = 2 * runs.used
  if (runs.used > first && runs.cuts[at - 1] === start) {
    runs.cuts[at - 1] = end
    return
  }
  if (at === runs.cuts.length) runs.cuts = grown(runs.cuts)
  runs.cuts[at] = start
  runs.cuts[at + 1] = end
  runs.used++
}

function append(runs: Runs, start: number, end: number, hops: number): void {
  const at = runs.streamLength
  if (at > 0 && runs.streamEnd[at - 1] === start && runs.streamHops[at - 1] === hops) {
    runs.streamEnd[at - 1] = end
    return
  }
  if (at === runs.streamStart.length) {
    runs.streamStart = grown(runs.streamStart)
    runs.streamEnd = grown(runs.streamEnd)
    runs.streamHops = grown(runs.streamHops)
  }
  runs.streamStart[at] = start
  runs.streamEnd[at] = end
  runs.streamHops[at] = hops
  runs.streamLength = at + 1
}

function grown(column: Float64Array): Float64Array {
  const larger = new Float64Array(column.length * 2)
  larger.set(column)
  return larger
}
