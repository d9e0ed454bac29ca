import type { DirectedGraph } from 'graphology'
import type { Asked, Told } from './layout.worker.ts'

/** Asks the worker for places and puts what it tells into the graph that is drawn. */
export type Arranger = {
  run(how: Pick<Asked, 'kind' | 'turned' | 'moving'>): void
  close(): void
}

export type Held = {
  /** Pinned, or in the hand. */
  readonly isHeld: (id: string) => boolean
  /** A layout goes on from here until `done`. */
  readonly began: () => void
  readonly done: (at: ReadonlyMap<string, { x: number; y: number }>) => void
}

export function createArranger(graph: DirectedGraph, held: Held): Arranger {
  let worker: Worker | null = null
  let asked = 0
  let ids: readonly string[] = []
  const put = ({ data: { id, places, done } }: MessageEvent<Told>) => {
    if (id !== asked) return
    const at = new Map<string, { x: number; y: number }>()
    ids.forEach((name, i) => {
      if (graph.hasNode(name) && !held.isHeld(name)) at.set(name, { x: places[2 * i]!, y: places[2 * i + 1]! })
    })
    graph.updateEachNodeAttributes((name, attributes) => Object.assign(attributes, at.get(name)), {
      attributes: ['x', 'y'],
    })
    if (done) held.done(at)
  }
  return {
    run(how) {
      worker ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
      worker.onmessage = put
      ids = graph.nodes()
      asked++
      held.began()
      worker.postMessage({ id: asked, ...how, ...columnsOf(graph, ids, held) } satisfies Asked)
    },
    close: () => worker?.terminate(),
  }
}

function columnsOf(graph: DirectedGraph, ids: readonly string[], { isHeld }: Held) {
  const rows = new Map(ids.map((id, i) => [id, i]))
  const at = new Float64Array(2 * ids.length)
  const size = new Float64Array(ids.length)
  const fixed = new Uint8Array(ids.length)
  ids.forEach((id, i) => {
    const { x, y, size: width } = graph.getNodeAttributes(id)
    at.set([x, y], 2 * i)
    size[i] = width
    fixed[i] = isHeld(id) ? 1 : 0
  })
  const edges = new Uint32Array(2 * graph.size)
  let e = 0
  graph.forEachEdge((_, __, from, to) => {
    edges.set([rows.get(from)!, rows.get(to)!], 2 * e++)
  })
  return { at, size, fixed, edges }
}
