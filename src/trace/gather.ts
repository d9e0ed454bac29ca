import type { Declared } from './declaration.ts'
import type { Found, Start } from './discover.ts'
import type { Flow } from './flow.ts'

/** What discovery found, as the columns that a sweep runs over, with the key of every node. */
export type Gathered = { readonly flow: Flow; readonly key: Float64Array }

/** Transactions in the order of the walk: as the ledger has them forward, last first backward. */
export function gather(found: Found, start: Start, direction: Declared['direction']): Gathered {
  const order = found.transactions.map((_, i) => i)
  const sign = direction === 'forward' ? 1 : -1
  order.sort((a, b) => sign * (found.transactions[a]! - found.transactions[b]!))
  const nodes = createNodes()
  for (let i = 0; i < start.key.length; i++) nodes.at(start.key[i]!, start.units[i]!)
  const [firstIn, firstOut] = [new Uint32Array(order.length + 1), new Uint32Array(order.length + 1)]
  const inNode: number[] = []
  const outNode: number[] = []
  for (let step = 0; step < order.length; step++) {
    const { answer, at } = found.answers[order[step]!]!
    for (let slot = answer.firstIn[at]!; slot < answer.firstIn[at + 1]!; slot++) {
      inNode.push(nodes.at(answer.inKey[slot]!, answer.inUnits[slot]!))
    }
    for (let slot = answer.firstOut[at]!; slot < answer.firstOut[at + 1]!; slot++) {
      outNode.push(nodes.at(answer.outKey[slot]!, answer.outUnits[slot]!))
    }
    firstIn[step + 1] = inNode.length
    firstOut[step + 1] = outNode.length
  }
  const flow: Flow = {
    ...{ steps: order.length, firstIn, inNode: Uint32Array.from(inNode), firstOut, outNode: Uint32Array.from(outNode) },
    ...{ nodes: nodes.key.length, units: Float64Array.from(nodes.units) },
    stop: Uint8Array.from(nodes.key, key => found.stops.get(key) ?? 0),
    origin: Uint8Array.from(nodes.key, (_, node) => (node < start.key.length ? 1 : 0)),
  }
  return { flow, key: Float64Array.from(nodes.key) }
}

/** Dense numbers for keys, in the order in which they turn up; the origin's come first. */
function createNodes(): { key: number[]; units: number[]; at(key: number, units: number): number } {
  const numbers = new Map<number, number>()
  const key: number[] = []
  const units: number[] = []
  return {
    key,
    units,
    at(wanted, value) {
      const known = numbers.get(wanted)
      if (known !== undefined) return known
      numbers.set(wanted, key.length)
      key.push(wanted)
      units.push(value)
      return key.length - 1
    },
  }
}
