import { createField, type Field, finish, place, widest } from './field.ts'
import { addTo, type Flow, type Horizon, type Taint } from './flow.ts'
import { createShares, shareOut } from './share.ts'

/**
 * The methods that only need to know *how much* of a node is tainted: poison, haircut and TIHO. One pass in the order
 * of the walk; a step none of whose nodes is open costs one byte per node it takes.
 */
export function sweepPoison(flow: Flow, horizon: Horizon): Taint {
  return sweep(flow, horizon, spreadWhole)
}

export function sweepHaircut(flow: Flow, horizon: Horizon): Taint {
  const room = createShares(widest(flow) + 1)
  const { firstOut, outNode, units } = flow
  return sweep(flow, horizon, (field, step, taint, taken, hop) => {
    const first = firstOut[step]!
    const count = firstOut[step + 1]! - first
    let filled = 0
    for (let i = 0; i < count; i++) {
      const value = units[outNode[first + i]!]!
      room.values[i] = value
      filled += value
    }
    const total = Math.max(filled, taken)
    if (taint === total) {
      spreadWhole(field, step, taint, taken, hop)
      return
    }
    room.values[count] = total - filled
    shareOut(room, count + 1, taint, total)
    for (let i = 0; i < count; i++) {
      const share = room.shares[i]!
      if (share > 0) place(field, outNode[first + i]!, share, hop)
    }
    addTo(field.fees, room.shares[count]!)
  })
}

/** Taint in, highest out: tainted units fill the outputs of the highest value first, ties by lowest index, fee last. */
export function sweepTiho(flow: Flow, horizon: Horizon): Taint {
  const order = new Uint32Array(widest(flow) + 1)
  const { firstOut, outNode, units } = flow
  let first = 0
  const before = (a: number, b: number) => units[outNode[first + b]!]! - units[outNode[first + a]!]! || a - b
  return sweep(flow, horizon, (field, step, taint, _taken, hop) => {
    first = firstOut[step]!
    const count = firstOut[step + 1]! - first
    sortPlaces(order, count, before)
    let left = taint
    for (let i = 0; i < count && left > 0; i++) {
      const node = outNode[first + order[i]!]!
      const amount = Math.min(left, units[node]!)
      if (amount > 0) place(field, node, amount, hop)
      left -= amount
    }
    addTo(field.fees, left)
  })
}

/**
 * Spreads `taint` of the units that a step takes over its out nodes; `hop` is the distance that they get. Backward a
 * step fills more than it takes, since the fee is taken clean.
 */
type Spread = (field: Field, step: number, taint: number, taken: number, hop: number) => void

function sweep(flow: Flow, horizon: Horizon, spread: Spread): Taint {
  const field = createField(flow, horizon)
  const { steps, firstIn, inNode } = flow
  const open = field.open
  for (let step = 0, at = 0; step < steps; step++) {
    const end = firstIn[step + 1]!
    let any = 0
    for (; at < end; at++) any |= open[inNode[at]!]!
    if (any !== 0) gather(field, step, spread)
  }
  return finish(field)
}

/** Sums what the step takes and hands it on. */
function gather(field: Field, step: number, spread: Spread): void {
  const { flow, units, hops, open } = field
  const { firstIn, inNode } = flow
  const values = flow.units
  let taint = 0
  let taken = 0
  let hop = 0xffff_ffff
  for (let i = firstIn[step]!, end = firstIn[step + 1]!; i < end; i++) {
    const node = inNode[i]!
    taken += values[node]!
    if (open[node] === 0) continue
    taint += units[node]!
    if (hops[node]! < hop) hop = hops[node]!
  }
  spread(field, step, taint, taken, hop + 1)
}

function spreadWhole(field: Field, step: number, _taint: number, taken: number, hop: number): void {
  const { firstOut, outNode, units } = field.flow
  let rest = taken
  for (let i = firstOut[step]!, end = firstOut[step + 1]!; i < end; i++) {
    const node = outNode[i]!
    const value = units[node]!
    rest -= value
    if (value > 0) place(field, node, value, hop)
  }
  if (rest > 0) addTo(field.fees, rest)
}

/** Places 0…count−1 in the given order: by insertion where few, which nearly all transactions are. */
function sortPlaces(order: Uint32Array, count: number, before: (a: number, b: number) => number): void {
  for (let i = 0; i < count; i++) order[i] = i
  if (count > 24) {
    order.subarray(0, count).sort(before)
    return
  }
  for (let i = 1; i < count; i++) {
    const moved = order[i]!
    let at = i - 1
    for (; at >= 0 && before(moved, order[at]!) < 0; at--) order[at + 1] = order[at]!
    order[at + 1] = moved
  }
}
