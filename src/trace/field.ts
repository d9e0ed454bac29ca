import { addTo, createTally, type Flow, type Horizon, sumOf, type Taint, type Tally } from './flow.ts'

/** The state of a sweep: what each node carries so far. */
export type Field = {
  readonly flow: Flow
  readonly units: Float64Array
  readonly hops: Uint32Array
  readonly open: Uint8Array
  /** 0: goes on; ORIGIN: the origin's; else it stops. One byte, so that filling a node reads one place. */
  readonly mark: Uint8Array
  readonly hopsMax: number
  readonly min: number
  readonly fees: Tally
  /** What the origin's own nodes carried when they were filled: change and value that came back. */
  readonly carried: Tally
}

const ORIGIN = 255

/** Every node of the origin tainted whole, nothing else. */
export function createField(flow: Flow, horizon: Horizon): Field {
  const units = new Float64Array(flow.nodes)
  const open = new Uint8Array(flow.nodes)
  const mark = flow.stop.slice()
  const { origin, stop } = flow
  for (let node = 0; node < flow.nodes; node++) {
    if (origin[node] === 0) continue
    const value = flow.units[node]!
    units[node] = value
    mark[node] = ORIGIN
    open[node] = stop[node] === 0 && horizon.hops > 0 && value >= horizon.min ? 1 : 0
  }
  const hops = new Uint32Array(flow.nodes)
  const [fees, carried] = [createTally(), createTally()]
  return { flow, units, hops, open, mark, hopsMax: horizon.hops, min: horizon.min, fees, carried }
}

/** Puts `amount` tainted units on a node that a step fills. */
export function place(field: Field, node: number, amount: number, hop: number): void {
  const mark = field.mark[node]!
  if (mark === ORIGIN) {
    addTo(field.carried, amount)
    return
  }
  field.units[node] = amount
  field.hops[node] = hop
  if (mark === 0 && hop < field.hopsMax && amount >= field.min) field.open[node] = 1
}

export function finish(field: Field): Taint {
  const { flow, units, hops, open } = field
  const total = createTally()
  for (let node = 0; node < flow.nodes; node++) if (flow.origin[node] === 1) addTo(total, flow.units[node]!)
  return { units, hops, open, fees: sumOf(field.fees), total: sumOf(total) - sumOf(field.carried) }
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
