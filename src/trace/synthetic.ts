import type { Random } from '../std/random.ts'
import type { Flow } from './flow.ts'

/**
 * A chain for benchmarks and tests: about two inputs and two outputs a step, coins spent mostly young, values as on
 * Bitcoin. `share` of the outputs that are newly mined are the origin's; 0: those of the first two steps alone.
 */
export function syntheticFlow(steps: number, share: number, random: Random): Flow {
  const [firstIn, firstOut] = [new Uint32Array(steps + 1), new Uint32Array(steps + 1)]
  const [inNode, outNode, units, origin]: [number[], number[], number[], number[]] = [[], [], [], []]
  const free: number[] = []
  for (let step = 0; step < steps; step++) {
    const mined = free.length < 50 || random.below(100) === 0
    let sum = mined ? 1_250_000_000 + random.below(100_000_000) : 0
    for (let k = mined ? 0 : 1 + random.below(3); k > 0 && free.length > 0; k--) {
      const node = draw(free, random)
      inNode.push(node)
      sum += units[node]!
    }
    const outs = 1 + random.below(3)
    for (let k = 0; k < outs; k++) {
      const value = k === outs - 1 ? Math.floor(sum * 0.9999) : Math.floor(sum * random.next())
      sum -= value
      const isOrigin = mined && (share === 0 ? step < 2 && k === 0 : random.next() < share)
      origin.push(isOrigin ? 1 : 0)
      outNode.push(units.length)
      if (value > DUST) free.push(units.length)
      units.push(value)
    }
    firstIn[step + 1] = inNode.length
    firstOut[step + 1] = outNode.length
  }
  const stop = new Uint8Array(units.length)
  for (const node of free) stop[node] = UNSPENT
  for (let node = 0; node < units.length; node++) if (units[node]! <= DUST) stop[node] = UNSPENT
  return {
    ...{ steps, firstIn, inNode: Uint32Array.from(inNode), firstOut, outNode: Uint32Array.from(outNode) },
    ...{ nodes: units.length, units: Float64Array.from(units), stop, origin: Uint8Array.from(origin) },
  }
}

/** Takes a coin out of those that are free, a young one rather than an old one. */
function draw(free: number[], random: Random): number {
  const at = Math.max(0, free.length - 1 - Math.floor(random.next() ** 3 * free.length))
  const node = free[at]!
  free[at] = free[free.length - 1]!
  free.pop()
  return node
}

/** Outputs up to this are never spent. */
const DUST = 1000

/** Code of `unspent`. */
const UNSPENT = 6
