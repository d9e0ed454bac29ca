import { assert } from '../std/assert.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { seededRandom } from '../std/random.ts'
import { equalsExact } from './exact.ts'
import type { Flow, Taint } from './flow.ts'
import { METHODS } from './method.ts'
import { syntheticFlow } from './synthetic.ts'
import { sweep } from './utxo.ts'

/**
 * P5: taint over a whole synthetic chain, edges (inputs and outputs of every step) per second, best of several runs.
 *
 * Two chains: *wide*, the taint of one coinbase early in it (P5's own case; most steps are untouched, as in an
 * investigation), and *soaked*, where the taint of one coinbase in ten reaches nearly every step. Bound on paper: a
 * step that is untouched reads one byte per input at random (C: 214 M edges/s), a touched one divides once per output
 * (C haircut: 100 M). All of it is in whole units: floats reach 90 M edges/s and lose units, which is not accepted.
 *
 * Before it is timed each result must conserve value, and be equal node by node to the same method in bigint.
 */
export function bench(steps = 450_000): Row[] {
  const rows: Row[] = []
  for (const chain of ['wide', 'soaked'] as const) {
    const flow = syntheticFlow(steps, chain === 'wide' ? 0 : 0.1, seededRandom(7))
    const edges = flow.inNode.length + flow.outNode.length
    const timed = METHODS.map(method => {
      const found = sweep(flow, method, 'forward', FAR)
      if (method !== 'poison') assert(conserves(flow, found), `${method} does not conserve value`)
      assert(equalsExact(flow, method, found), `${method} differs from bigint`)
      return { method, ms: Number.POSITIVE_INFINITY, touched: touchedBy(found) }
    })
    // In turns, so that what else the machine does falls on all alike.
    for (let run = 0; run < RUNS; run++) {
      for (const one of timed) {
        const start = elapsedMilliseconds()
        sweep(flow, one.method, 'forward', FAR)
        one.ms = Math.min(one.ms, elapsedMilliseconds() - start)
      }
    }
    const haircut = timed.find(one => one.method === 'haircut')!.ms
    for (const { method, ms, touched } of timed) {
      rows.push({ chain, method, edges, touched, ms, perSecond: edges / ms / 1000, toHaircut: ms / haircut })
    }
  }
  return rows
}

/** `perSecond` in millions of edges; `touched` tainted nodes; `toHaircut` time over the haircut's on the same chain. */
export type Row = {
  readonly chain: string
  readonly method: string
  readonly edges: number
  readonly touched: number
  readonly ms: number
  readonly perSecond: number
  readonly toHaircut: number
}

const FAR = { hops: 0xffff_ffff, min: 1 }
const RUNS = 7

function conserves(flow: Flow, found: Taint): boolean {
  let reached = 0n
  for (let node = 0; node < flow.nodes; node++) if (found.open[node] === 0) reached += BigInt(found.units[node]!)
  return reached + found.fees === found.total
}

function touchedBy(found: Taint): number {
  return found.units.reduce((sum, units) => sum + (units > 0 ? 1 : 0), 0)
}

if (import.meta.main) {
  for (const { chain, method, edges, touched, ms, perSecond, toHaircut } of bench()) {
    const line = [chain.padEnd(7), method.padEnd(8), `${edges} edges`, `${touched} tainted nodes`.padEnd(22)]
    const times = [`${ms.toFixed(1)} ms`, `${perSecond.toFixed(1)} M edges/s`, `${toHaircut.toFixed(2)} × haircut`]
    console.log([...line, ...times].join('  '))
  }
}
