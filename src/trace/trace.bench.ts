import { assert } from '../std/assert.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { type Random, seededRandom } from '../std/random.ts'
import type { Flow, Taint } from './flow.ts'
import { METHODS } from './method.ts'
import { sweep } from './utxo.ts'

/**
 * P5: taint over a whole synthetic chain, edges (inputs and outputs of every step) per second, best of several runs.
 *
 * Two chains: *wide*, the taint of one coinbase early in it (most steps are untouched, as in an investigation), and
 * *soaked*, where the taint of one coinbase in ten reaches nearly every step. Bound on paper: a step that is untouched
 * reads one byte per input at random (C: 214 M edges/s in spec terms); a touched one divides once per output.
 * Before it is timed each result must conserve value, and be equal to the sweep in bigint.
 */
export function bench(steps = 450_000): Row[] {
  const rows: Row[] = []
  for (const share of [0, 0.1]) {
    const flow = syntheticFlow(steps, share, seededRandom(7))
    const edges = flow.inNode.length + flow.outNode.length
    for (const method of METHODS) {
      const horizon = { hops: 0xffff_ffff, min: 1 }
      const found = sweep(flow, method, 'forward', horizon)
      if (method !== 'poison') assert(conserves(flow, found), `${method} does not conserve value`)
      if (method === 'haircut') assert(equalsExact(flow, found), 'haircut differs from bigint')
      let best = Number.POSITIVE_INFINITY
      for (let run = 0; run < 5; run++) {
        const start = elapsedMilliseconds()
        sweep(flow, method, 'forward', horizon)
        best = Math.min(best, elapsedMilliseconds() - start)
      }
      const touched = found.units.reduce((sum, units) => sum + (units > 0 ? 1 : 0), 0)
      rows.push({
        chain: share === 0 ? 'wide' : 'soaked',
        method,
        edges,
        touched,
        ms: best,
        perSecond: edges / best / 1000,
      })
    }
  }
  return rows
}

/** `perSecond` in millions of edges; `touched` tainted nodes. */
export type Row = {
  readonly chain: string
  readonly method: string
  readonly edges: number
  readonly touched: number
  readonly ms: number
  readonly perSecond: number
}

/** A chain of about two inputs and two outputs a step, coins spent mostly young, values as on Bitcoin. */
export function syntheticFlow(steps: number, share: number, random: Random): Flow {
  const [firstIn, firstOut] = [new Uint32Array(steps + 1), new Uint32Array(steps + 1)]
  const [inNode, outNode, units, origin]: [number[], number[], number[], number[]] = [[], [], [], []]
  const free: number[] = []
  for (let step = 0; step < steps; step++) {
    let sum = 0
    const mined = free.length < 50 || random.below(100) === 0
    if (!mined) {
      for (let k = 1 + random.below(3); k > 0 && free.length > 0; k--) {
        const at = Math.max(0, free.length - 1 - Math.floor(random.next() ** 3 * free.length))
        const node = free[at]!
        free[at] = free[free.length - 1]!
        free.pop()
        inNode.push(node)
        sum += units[node]!
      }
    } else sum = 1_250_000_000 + random.below(100_000_000)
    const outs = 1 + random.below(3)
    for (let k = 0; k < outs; k++) {
      const value = k === outs - 1 ? Math.floor(sum * 0.9999) : Math.floor(sum * random.next())
      sum -= value
      const isOrigin = mined && (share === 0 ? step < 2 && k === 0 : random.next() < share)
      origin.push(isOrigin ? 1 : 0)
      outNode.push(units.length)
      if (value > 1000) free.push(units.length)
      units.push(value)
    }
    firstIn[step + 1] = inNode.length
    firstOut[step + 1] = outNode.length
  }
  const stop = new Uint8Array(units.length)
  for (const node of free) stop[node] = 6
  for (let node = 0; node < units.length; node++) if (units[node]! <= 1000) stop[node] = 6
  return {
    ...{ steps, firstIn, inNode: Uint32Array.from(inNode), firstOut, outNode: Uint32Array.from(outNode) },
    ...{ nodes: units.length, units: Float64Array.from(units), stop, origin: Uint8Array.from(origin) },
  }
}

export function conserves(flow: Flow, found: Taint): boolean {
  let reached = 0n
  for (let node = 0; node < flow.nodes; node++) if (found.open[node] === 0) reached += BigInt(found.units[node]!)
  return reached + found.fees === found.total
}

/** The haircut again from its definition, in bigint. */
export function equalsExact(flow: Flow, found: Taint): boolean {
  const taint = Array.from({ length: flow.nodes }, (_, node) =>
    flow.origin[node] === 1 ? BigInt(flow.units[node]!) : 0n,
  )
  for (let step = 0; step < flow.steps; step++) {
    const ins = flow.inNode.subarray(flow.firstIn[step], flow.firstIn[step + 1])
    let [tainted, total] = [0n, 0n]
    for (const node of ins) {
      tainted += taint[node]!
      total += BigInt(flow.units[node]!)
    }
    if (tainted === 0n) continue
    const outs = flow.outNode.subarray(flow.firstOut[step], flow.firstOut[step + 1])
    const values = Array.from(outs, node => BigInt(flow.units[node]!))
    values.push(total - values.reduce((sum, value) => sum + value, 0n))
    const shares = values.map(value => (value * tainted) / total)
    const order = values.map((value, index) => ({ index, rest: (value * tainted) % total }))
    order.sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1))
    const left = Number(tainted - shares.reduce((sum, share) => sum + share, 0n))
    for (const { index } of order.slice(0, left)) shares[index]! += 1n
    outs.forEach((node, i) => {
      if (flow.origin[node] === 0) taint[node] = shares[i]!
    })
  }
  return taint.every((units, node) => units === BigInt(found.units[node]!))
}

if (import.meta.main) {
  for (const { chain, method, edges, touched, ms, perSecond } of bench()) {
    const line = [chain.padEnd(7), method.padEnd(8), `${edges} edges`, `${touched} tainted nodes`.padEnd(22)]
    console.log([...line, `${ms.toFixed(1)} ms`, `${perSecond.toFixed(1)} M edges/s`].join('  '))
  }
}
