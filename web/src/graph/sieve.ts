import type { Value } from './line.ts'
import type { Edge, EdgeAmount, Filter, Scene } from './scene.ts'

/** By which methods value is conserved; poison is an upper bound and in no envelope. */
export const CONSERVING = ['haircut', 'fifo', 'lifo', 'tiho'] as const

/** Units of an edge by the scene's method; null where nothing tells. */
export function unitsOf({ method }: Pick<Scene, 'method'>, { amount }: Edge): Value {
  if (amount === null) return null
  if (amount.methods === null) return { least: BigInt(amount.least), most: BigInt(amount.most) }
  if (method !== 'envelope') {
    const units = BigInt(amount.methods[method] ?? '0')
    return { least: units, most: units }
  }
  const all = CONSERVING.map(one => BigInt(amount.methods![one] ?? '0'))
  return { least: all.reduce((a, b) => (b < a ? b : a)), most: all.reduce((a, b) => (b > a ? b : a)) }
}

/** Whether an edge is within the filter, and carries value by the scene's method. */
export function passes(scene: Scene, edge: Edge): boolean {
  const { filter } = scene
  const value = unitsOf(scene, edge)
  if (edge.amount?.methods != null && value!.most === 0n) return false
  if (filter.asset !== '' && edge.amount?.asset !== filter.asset) return false
  if (filter.from !== '' && edge.last !== null && edge.last.slice(0, 10) < filter.from) return false
  if (filter.to !== '' && edge.first !== null && edge.first.slice(0, 10) > filter.to) return false
  return edge.amount === null || value!.most >= leastUnits(filter, edge.amount)
}

/** `0.5` in units of the asset; what is no number hides nothing. */
function leastUnits({ least }: Filter, { decimals }: EdgeAmount): bigint {
  const match = /^(\d{1,30})(?:\.(\d{0,30}))?$/.exec(least.trim())
  if (match === null) return 0n
  return BigInt(match[1]! + (match[2] ?? '').slice(0, decimals).padEnd(decimals, '0'))
}
