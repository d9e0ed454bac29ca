import { Graph, layout } from '@dagrejs/dagre'
import type { LayoutQuestion } from './force.ts'

/** Nodes up to which dagre is asked; beyond it orders by the places of neighbours alone, which is linear. */
export const DAGRE_MAX = 900

const COLUMN = 220
const ROW = 46

/** Layers from left to right in the direction of the money; `turned` from right to left. Pinned nodes hold. */
export function layered(question: LayoutQuestion, turned: boolean): Float64Array {
  const out = question.size.length <= DAGRE_MAX ? byDagre(question) : byRanks(question)
  const stretch = stretchOf(out)
  for (let i = 0; i < question.size.length; i++) {
    if (turned) out[2 * i] = -out[2 * i]!
    // The screen's y runs up.
    out[2 * i + 1] = -out[2 * i + 1]! * stretch
    if (question.fixed[i] === 1) out.set(question.at.subarray(2 * i, 2 * i + 2), 2 * i)
  }
  return out
}

/** A long flow with few branches is a line: its rows are drawn apart until it is as high as a window is. */
function stretchOf(out: Float64Array): number {
  let [left, right, low, high] = [0, 0, 0, 0]
  for (let i = 0; i < out.length; i += 2) {
    left = Math.min(left, out[i]!)
    right = Math.max(right, out[i]!)
    low = Math.min(low, out[i + 1]!)
    high = Math.max(high, out[i + 1]!)
  }
  return high === low ? 1 : Math.max(1, Math.min(5, (right - left) / (1.7 * (high - low))))
}

function byDagre({ size, edges }: LayoutQuestion): Float64Array {
  const graph = new Graph({ multigraph: false })
  graph.setGraph({ rankdir: 'LR', nodesep: ROW / 2, ranksep: COLUMN / 2, ranker: 'longest-path' })
  graph.setDefaultEdgeLabel(() => ({}))
  for (let i = 0; i < size.length; i++) graph.setNode(String(i), { width: 40, height: 2 * size[i]! })
  for (let e = 0; e < edges.length; e += 2) graph.setEdge(String(edges[e]), String(edges[e + 1]))
  layout(graph)
  const out = new Float64Array(2 * size.length)
  for (let i = 0; i < size.length; i++) {
    const { x, y } = graph.node(String(i)) as { x: number; y: number }
    out.set([x, y], 2 * i)
  }
  return out
}

/** Ranks by breadth from those that nobody pays; in each the order of the neighbours before (barycentre). */
export function byRanks({ size, edges }: LayoutQuestion): Float64Array {
  const count = size.length
  const rank = ranksOf(count, edges)
  const before = new Map<number, number[]>()
  for (let e = 0; e < edges.length; e += 2) {
    const [from, to] = [edges[e]!, edges[e + 1]!]
    if (rank[from]! < rank[to]!) before.set(to, [...(before.get(to) ?? []).slice(0, 50), from])
  }
  const columns = Array.from({ length: 1 + rank.reduce((a, b) => Math.max(a, b), 0) }, (): number[] => [])
  for (let i = 0; i < count; i++) columns[rank[i]!]!.push(i)
  const y = new Float64Array(count)
  const out = new Float64Array(2 * count)
  columns.forEach((column, at) => {
    const key = (i: number) => {
      const froms = before.get(i) ?? []
      return froms.length === 0 ? i : froms.reduce((sum, from) => sum + y[from]!, 0) / froms.length
    }
    const order = column.map(i => [key(i), i] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    order.forEach(([, i], slot) => {
      y[i] = (slot - order.length / 2) * ROW
      out.set([at * COLUMN, y[i]!], 2 * i)
    })
  })
  return out
}

/** Distance from the sources; a circle without a source begins at its first node. */
function ranksOf(count: number, edges: Uint32Array): Int32Array {
  const next = new Map<number, number[]>()
  const paid = new Uint8Array(count)
  for (let e = 0; e < edges.length; e += 2) {
    const list = next.get(edges[e]!) ?? []
    list.push(edges[e + 1]!)
    next.set(edges[e]!, list)
    paid[edges[e + 1]!] = 1
  }
  const rank = new Int32Array(count).fill(-1)
  const spread = (start: number[]) => {
    for (let front = start, at = 0; front.length > 0; at++) {
      const following: number[] = []
      for (const i of front) {
        if (rank[i] !== -1) continue
        rank[i] = at
        following.push(...(next.get(i) ?? []).filter(to => rank[to] === -1))
      }
      front = following
    }
  }
  spread(Array.from(paid.keys()).filter(i => paid[i] === 0))
  for (let i = 0; i < count; i++) if (rank[i] === -1) spread([i])
  return rank
}
