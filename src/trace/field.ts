import { createTally, type Flow, type Horizon, type Taint, type Tally } from './flow.ts'

/** The state of a sweep: what each node carries so far. */
export type Field = {
  readonly flow: Flow
  readonly units: Float64Array
  readonly hops: Uint32Array
  readonly open: Uint8Array
  readonly fees: Tally
  /** What the origin's own nodes carried when they were filled: change and value that came back. */
  readonly carried: Tally
  readonly horizon: Horizon
}

/** Every node of the origin tainted whole, nothing else. */
export function createField(flow: Flow, horizon: Horizon): Field {
  const units = new Float64Array(flow.nodes)
  const open = new Uint8Array(flow.nodes)
  const hops = new Uint32Array(flow.nodes)
  const { origin, stop } = flow
  for (let node = 0; node < flow.nodes; node++) {
    if (origin[node] === 0) continue
    const value = flow.units[node]!
    units[node] = value
    open[node] = stop[node] === 0 && horizon.hops > 0 && value >= horizon.min ? 1 : 0
  }
  return { flow, units, hops, open, fees: createTally(), carried: createTally(), horizon }
}

/** Puts `amount` tainted units on a node that a step fills. */
export function place(field: Field, node: number, amount: number, hop: number): void {
  if (field.flow.origin[node] === 1) {
    field.carried.add(amount)
    return
  }
  field.units[node] = amount
  field.hops[node] = hop
  const { hops, min } = field.horizon
  field.open[node] = field.flow.stop[node] === 0 && hop < hops && amount >= min ? 1 : 0
}

export function finish(field: Field): Taint {
  const { flow, units, hops, open } = field
  const total = createTally()
  for (let node = 0; node < flow.nodes; node++) if (flow.origin[node] === 1) total.add(flow.units[node]!)
  return { units, hops, open, fees: field.fees.total(), total: total.total() - field.carried.total() }
}

/** The widest step, in nodes taken or filled: how much scratch room a sweep needs. */
export function widest(flow: Flow): number {
  let most = 0
  for (let step = 0; step < flow.steps; step++) {
    most = Math.max(
      most,
      flow.firstIn[step + 1]! - flow.firstIn[step]!,
      flow.firstOut[step + 1]! - flow.firstOut[step]!,
    )
  }
  return most
}
