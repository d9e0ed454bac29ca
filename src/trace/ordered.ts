import { createField, type Field, finish, place, widest } from './field.ts'
import { addTo, type Flow, type Horizon, type Taint } from './flow.ts'
import * as Frames from './frame.ts'

/**
 * The methods that need to know *which* units of a node are tainted: FIFO and LIFO. A node that is tainted in part
 * keeps its tainted runs in order (frame.ts), so that the next transaction cuts it exactly.
 *
 * FIFO: the units of the inputs, in order, fill the outputs in order. LIFO: the inputs are taken last first, the units
 * within each keep their order. Backward the same pairing of units is read from the other side: the outputs, in order,
 * fill the inputs, which for LIFO are filled last first.
 */
export type Order = { readonly taken: 'first' | 'last'; readonly filled: 'first' | 'last' }

/** `pairs`: the room for runs to begin with, for tests. */
export function sweepOrdered(flow: Flow, horizon: Horizon, order: Order, pairs?: number): Taint {
  const field = createField(flow, horizon)
  const sweep = createSweep(field, order, pairs)
  const { steps, firstIn, inNode } = flow
  const { open } = field
  for (let step = 0, at = 0; step < steps; step++) {
    const from = at
    const end = firstIn[step + 1]!
    let any = 0
    for (; at < end; at++) any += open[inNode[at]!]!
    if (any === 0) continue
    Frames.makeRoom(sweep.frames)
    if (any > 1 || !borrow(sweep, from, end)) build(sweep, from, end)
    fill(sweep, step)
  }
  return finish(field)
}

type Sweep = {
  readonly field: Field
  readonly order: Order
  readonly frames: Frames.Frames
  /** The step at hand: its runs `first` up to `last`, where unit 0 of what it takes lies, and its tainted units. */
  first: number
  last: number
  base: number
  rank: number
  taint: number
  /** Distance of what it takes; −1: not the same for all, see `ends` and `hops`. */
  hops: number
  /** Of the tainted nodes taken, in their order: the rank behind the last unit of each, and its distance. */
  readonly ends: Float64Array
  readonly distances: Uint32Array
}

function createSweep(field: Field, order: Order, pairs?: number): Sweep {
  const step = { first: 0, last: 0, base: 0, rank: 0, taint: 0, hops: 0 }
  const width = widest(field.flow)
  const of = { ends: new Float64Array(width), distances: new Uint32Array(width) }
  return { field, order, frames: Frames.createFrames(field.units, pairs), ...step, ...of }
}

/** One open node among those taken: its own frame serves, moved; false where it has none. */
function borrow(sweep: Sweep, from: number, end: number): boolean {
  const { flow, open, hops, units } = sweep.field
  const { inNode } = flow
  const values = flow.units
  const last = sweep.order.taken === 'last'
  let before = 0
  let i = from
  let only = inNode[last ? from + end - 1 - i : i]!
  while (open[only] === 0) {
    before += values[only]!
    i++
    only = inNode[last ? from + end - 1 - i : i]!
  }
  const { slices, sliceOf } = sweep.frames
  const slice = sliceOf[only]!
  if (slice === Frames.WHOLE) return false
  sliceOf[only] = Frames.WHOLE
  sweep.first = Frames.firstOf(sweep.frames, slice)
  sweep.last = Frames.lastOf(sweep.frames, slice)
  sweep.base = slices[3 * slice + Frames.BASE]! - before
  sweep.rank = slices[3 * slice + Frames.RANK]!
  sweep.taint = units[only]!
  sweep.hops = hops[only]!
  return true
}

/** Lays the tainted runs of the nodes taken one after the other, in a frame of their own. */
function build(sweep: Sweep, from: number, end: number): void {
  const { frames, field, ends, distances } = sweep
  const { sliceOf } = frames
  const { flow, open, hops, units } = field
  const { inNode } = flow
  const values = flow.units
  const last = sweep.order.taken === 'last'
  const first = frames.used
  let [offset, taint, hop, count] = [0, 0, -2, 0]
  for (let i = from; i < end; i++) {
    const node = inNode[last ? from + end - 1 - i : i]!
    if (open[node] === 1) {
      const { used, pool } = frames
      const behind = used === first ? -1 : pool[2 * used - 2]! + taint - pool[2 * used - 1]!
      const slice = sliceOf[node]!
      if (slice !== Frames.WHOLE) {
        Frames.copySlice(frames, pool, slice, offset, taint, behind)
        sliceOf[node] = Frames.WHOLE
      } else if (behind !== offset) {
        Frames.reserve(frames, 2)
        frames.pool[2 * frames.used] = offset
        frames.pool[2 * frames.used + 1] = taint
        frames.used++
      }
      taint += units[node]!
      const distance = hops[node]!
      ends[count] = taint
      distances[count++] = distance
      hop = hop === -2 || hop === distance ? distance : -1
    }
    offset += values[node]!
  }
  sweep.first = first
  sweep.last = frames.used
  Frames.close(frames, taint)
  sweep.base = 0
  sweep.rank = 0
  sweep.taint = taint
  sweep.hops = hop
}

/** Cuts the frame over the nodes that the step fills; what lies behind the last of them is the fee. */
function fill(sweep: Sweep, step: number): void {
  const { field, frames } = sweep
  const { firstOut, outNode, units, origin } = field.flow
  const { open } = field
  const { pool } = frames
  const [from, to] = [firstOut[step]!, firstOut[step + 1]!]
  const last = sweep.order.filled === 'last'
  const all = sweep.rank + sweep.taint
  let run = 2 * sweep.first
  const stop = 2 * sweep.last - 2
  let end = sweep.base
  let rank = sweep.rank
  let source = 0
  for (let i = from; i < to && rank < all; i++) {
    const node = outNode[last ? from + to - 1 - i : i]!
    const value = units[node]!
    const start = end
    end += value
    const begun = run
    while (run < stop && pool[run + 2]! < end) run += 2
    // Tainted units before `end`: those before this run, and of this run as far as it goes.
    let before = pool[run + 1]!
    const within = end - pool[run]!
    if (within > 0) before = within < pool[run + 3]! - before ? before + within : pool[run + 3]!
    if (before > all) before = all
    if (before <= rank) continue
    const amount = before - rank
    let hop = sweep.hops
    if (hop < 0) {
      while (sweep.ends[source]! <= rank) source++
      hop = nearest(sweep, source, before)
    }
    place(field, node, amount, 1 + hop)
    if (amount !== value && open[node] === 1 && origin[node] === 0) {
      Frames.addSlice(frames, node, start, rank, begun / 2, run / 2 + 1)
    }
    rank = before
  }
  addTo(field.fees, all - rank)
}

/** The least distance among the nodes taken, from `source` on, whose units stand before rank `before`. */
function nearest({ ends, distances }: Sweep, source: number, before: number): number {
  let hop = distances[source]!
  for (let k = source; ends[k]! < before; k++) if (distances[k + 1]! < hop) hop = distances[k + 1]!
  return hop
}
