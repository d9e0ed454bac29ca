import { NONE, type UtxoColumns } from '../ledger/ledger.ts'
import type { Declared } from './declaration.ts'
import type { Taint } from './flow.ts'
import type { Gathered } from './gather.ts'
import type { Method } from './method.ts'
import type { Watch } from './walk.ts'

type Asked = { readonly method: Method; readonly direction: Declared['direction'] }

/**
 * Tells the legs of one sweep over coins: what tainted outpoints paid into each transaction and what came out of it.
 * Backward the walk fills the inputs of a transaction and takes its outputs; the legs run with the money both ways.
 */
export function tell(columns: UtxoColumns, { flow, key }: Gathered, taint: Taint, asked: Asked, watch: Watch): void {
  const [made, spent] = [makers(columns), spenders(columns)]
  const forward = asked.direction === 'forward'
  const say = (node: number, side: 'in' | 'out') => {
    const units = taint.units[node]!
    const transaction = (side === 'out' ? made : spent)(key[node]!)
    if (units === 0 || transaction === NONE) return
    const address = addressOf(columns, key[node]!)
    const leg = { method: asked.method, transaction, transfer: null, side, address, asset: 0 }
    watch({ ...leg, units: BigInt(units), hops: taint.hops[node]! })
  }
  for (const node of flow.outNode) say(node, forward ? 'out' : 'in')
  for (const node of flow.inNode) if (taint.open[node] === 1) say(node, forward ? 'in' : 'out')
}

/** Keys as in memory.ts: the row of an output, or beyond them the row of an input whose output was not read. */
function makers({ outputs }: UtxoColumns): (key: number) => number {
  return key => (key < outputs.count ? outputs.transaction[key]! : NONE)
}

function spenders({ outputs, inputs }: UtxoColumns): (key: number) => number {
  return key => {
    const input = key < outputs.count ? outputs.spender[key]! : key - outputs.count
    return input === NONE ? NONE : inputs.transaction[input]!
  }
}

function addressOf({ outputs, inputs }: UtxoColumns, key: number): number {
  return key < outputs.count ? outputs.address[key]! : inputs.address[key - outputs.count]!
}
