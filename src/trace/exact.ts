import type { Flow, Taint } from './flow.ts'
import type { Method } from './method.ts'

/**
 * Whether a forward sweep without limits gave, node by node, what the definition of its method gives in bigint.
 * Written from docs/methods/trace.md alone, slow and plain: what tests and benchmarks hold the sweeps to.
 */
export function equalsExact(flow: Flow, method: Method, found: Taint): boolean {
  const taint = method === 'fifo' || method === 'lifo' ? byRuns(flow, method) : byAmount(flow, SHARES[method])
  return taint.every((units, node) => units === BigInt(found.units[node]!))
}

/** What each value gets of `taint` out of `total`; the last value is the fee. */
type Share = (values: readonly bigint[], taint: bigint, total: bigint) => bigint[]

const SHARES: Readonly<Record<'poison' | 'haircut' | 'tiho', Share>> = {
  poison: values => [...values],
  haircut(values, taint, total) {
    const shares = values.map(value => (value * taint) / total)
    const order = values.map((value, index) => ({ index, rest: (value * taint) % total }))
    order.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
    const left = Number(taint - shares.reduce((sum, share) => sum + share, 0n))
    for (const { index } of order.slice(0, left)) shares[index]! += 1n
    return shares
  },
  tiho(values, taint) {
    const shares = values.map(() => 0n)
    const order = values.slice(0, -1).map((value, index) => ({ value, index }))
    order.sort((a, b) => (a.value === b.value ? a.index - b.index : a.value > b.value ? -1 : 1))
    for (const { value, index } of [...order, { value: values.at(-1)!, index: values.length - 1 }]) {
      shares[index] = value < taint ? value : taint
      taint -= shares[index]!
    }
    return shares
  },
}

function byAmount(flow: Flow, share: Share): bigint[] {
  const taint = Array.from({ length: flow.nodes }, (_, node) => originOf(flow, node))
  for (let step = 0; step < flow.steps; step++) {
    let [tainted, total] = [0n, 0n]
    for (const node of insOf(flow, step)) {
      tainted += taint[node]!
      total += BigInt(flow.units[node]!)
    }
    if (tainted === 0n) continue
    const outs = outsOf(flow, step)
    const values = Array.from(outs, node => BigInt(flow.units[node]!))
    values.push(total - values.reduce((sum, value) => sum + value, 0n))
    const shares = share(values, tainted, total)
    outs.forEach((node, i) => {
      if (flow.origin[node] === 0) taint[node] = shares[i]!
    })
  }
  return taint
}

/** `[from, to)` in the units of a node. */
type Run = readonly [from: bigint, to: bigint]

function byRuns(flow: Flow, method: 'fifo' | 'lifo'): bigint[] {
  const runs: (readonly Run[])[] = Array.from({ length: flow.nodes }, (_, node) =>
    flow.origin[node] === 1 ? [[0n, BigInt(flow.units[node]!)]] : [],
  )
  for (let step = 0; step < flow.steps; step++) {
    const stream: Run[] = []
    const ins = insOf(flow, step)
    let offset = 0n
    for (const node of method === 'lifo' ? ins.toReversed() : ins) {
      for (const [from, to] of runs[node]!) stream.push([from + offset, to + offset])
      offset += BigInt(flow.units[node]!)
    }
    let start = 0n
    let first = 0
    for (const node of outsOf(flow, step)) {
      const end = start + BigInt(flow.units[node]!)
      while (first < stream.length && stream[first]![1] <= start) first++
      const own: Run[] = []
      for (let i = first; i < stream.length && stream[i]![0] < end; i++) {
        const [from, to] = stream[i]!
        own.push([(from > start ? from : start) - start, (to < end ? to : end) - start])
      }
      if (flow.origin[node] === 0) runs[node] = joined(own)
      start = end
    }
  }
  return runs.map(list => list.reduce((sum, [from, to]) => sum + to - from, 0n))
}

function joined(runs: readonly Run[]): Run[] {
  const list: Run[] = []
  for (const run of runs) {
    const last = list.at(-1)
    if (last !== undefined && last[1] === run[0]) list[list.length - 1] = [last[0], run[1]]
    else list.push(run)
  }
  return list
}

function originOf(flow: Flow, node: number): bigint {
  return flow.origin[node] === 1 ? BigInt(flow.units[node]!) : 0n
}

function insOf(flow: Flow, step: number): Uint32Array {
  return flow.inNode.subarray(flow.firstIn[step], flow.firstIn[step + 1])
}

function outsOf(flow: Flow, step: number): Uint32Array {
  return flow.outNode.subarray(flow.firstOut[step], flow.firstOut[step + 1])
}
