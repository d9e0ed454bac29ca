import { createField, type Field, finish, place } from './field.ts'
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
    fill(sweep, step, from, end)
  }
  return finish(field)
}

type Sweep = {
  readonly field: Field
  readonly order: Order
  readonly frames: Frames.Frames
  /** The step at hand: its frame from run `first` on, with the window that counts, and unit 0 of what it takes. */
  first: number
  base: number
  low: number
  high: number
  /** Distance of what it takes, −1: not the same for all. */
  hops: number
  taken: number
}

function createSweep(field: Field, order: Order, pairs?: number): Sweep {
  const step = { first: 0, base: 0, low: 0, high: 0, hops: 0, taken: 0 }
  return { field, order, frames: Frames.createFrames(field.flow.nodes, pairs), ...step }
}

/** One open node among those taken: its own frame serves, moved; false where it has none. */
function borrow(sweep: Sweep, from: number, end: number): boolean {
  const { flow, open, hops } = sweep.field
  const { inNode, units } = flow
  const last = sweep.order.taken === 'last'
  let [taken, before, only] = [0, 0, 0]
  for (let i = from; i < end; i++) {
    const node = inNode[last ? from + end - 1 - i : i]!
    if (open[node] === 1) {
      only = node
      before = taken
    }
    taken += units[node]!
  }
  const { slices, sliceOf } = sweep.frames
  const slice = sliceOf[only]!
  if (slice === Frames.WHOLE) return false
  sliceOf[only] = Frames.WHOLE
  sweep.first = Frames.firstOf(sweep.frames, slice)
  sweep.base = slices[4 * slice + Frames.BASE]! - before
  sweep.low = slices[4 * slice + Frames.LOW]!
  sweep.high = slices[4 * slice + Frames.HIGH]!
  sweep.hops = hops[only]!
  sweep.taken = taken
  return true
}

/** Lays the tainted runs of the nodes taken one after the other, in a frame of their own. */
function build(sweep: Sweep, from: number, end: number): void {
  const { frames, field } = sweep
  const { sliceOf } = frames
  const { flow, open, hops, units } = field
  const { inNode } = flow
  const values = flow.units
  const last = sweep.order.taken === 'last'
  const first = frames.used
  let [offset, taint, hop] = [0, 0, -2]
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
      hop = hop === -2 || hop === hops[node] ? hops[node]! : -1
    }
    offset += values[node]!
  }
  Frames.close(frames, taint)
  sweep.first = first
  sweep.base = 0
  sweep.low = 0
  sweep.high = offset
  sweep.hops = hop
  sweep.taken = offset
}

/** Cuts the frame over the nodes that the step fills; what lies behind the last of them is the fee. */
function fill(sweep: Sweep, step: number, inFrom: number, inEnd: number): void {
  const { field, frames, base, low, high } = sweep
  const { firstOut, outNode, units, origin } = field.flow
  const { open } = field
  const { pool } = frames
  const [from, to] = [firstOut[step]!, firstOut[step + 1]!]
  const last = sweep.order.filled === 'last'
  let run = sweep.first
  let start = base
  let taint = Frames.taintBefore(pool, run, Math.max(low, Math.min(high, start)))
  for (let i = from; i < to; i++) {
    const node = outNode[last ? from + to - 1 - i : i]!
    const value = units[node]!
    const end = start + value
    const stop = end < low ? low : end > high ? high : end
    const begun = run
    run = Frames.seek(pool, run, stop)
    const before = Frames.taintBefore(pool, run, stop)
    const amount = before - taint
    if (amount > 0) {
      const hops = sweep.hops
      place(field, node, amount, 1 + (hops >= 0 ? hops : nearest(sweep, inFrom, inEnd, start, end, begun)))
      if (amount !== value && open[node] === 1 && origin[node] === 0) {
        const least = start < low ? low : start
        Frames.addSlice(frames, node, start, least, stop, begun, run + 1)
      }
    }
    taint = before
    start = end
  }
  const all = Math.max(low, Math.min(high, base + sweep.taken))
  run = Frames.seek(pool, run, all)
  addTo(field.fees, Frames.taintBefore(pool, run, all) - taint)
}

/** The least distance among the open nodes of which the units from `start` to `end` hold tainted ones. */
function nearest(sweep: Sweep, inFrom: number, inEnd: number, start: number, end: number, begun: number): number {
  const { flow, open, hops } = sweep.field
  const { pool } = sweep.frames
  const last = sweep.order.taken === 'last'
  let hop = Number.POSITIVE_INFINITY
  let run = begun
  let offset = 0
  for (let i = inFrom; i < inEnd && offset < end; i++) {
    const node = flow.inNode[last ? inFrom + inEnd - 1 - i : i]!
    const behind = offset + flow.units[node]!
    const from = offset > start ? offset : start
    const to = behind < end ? behind : end
    offset = behind
    if (to <= from || open[node] === 0 || hops[node]! >= hop) continue
    run = Frames.seek(pool, run, from)
    const before = Frames.taintBefore(pool, run, from)
    run = Frames.seek(pool, run, to)
    if (Frames.taintBefore(pool, run, to) > before) hop = hops[node]!
  }
  return hop
}
