/// <reference path="./iterate.d.ts" />
import iterate from 'graphology-layout-forceatlas2/iterate.js'

/** What a layout is asked: ids are positions in `at`; edges are pairs of them. */
export type LayoutQuestion = {
  /** x and y of each. */
  readonly at: Float64Array
  readonly size: Float64Array
  /** 1: pinned, no layout moves it. */
  readonly fixed: Uint8Array
  readonly edges: Uint32Array
}

/** Fields of a node and of an edge in the library's matrices (graphology-layout-forceatlas2, iterate.js). */
const NODE_FIELDS = 10
const EDGE_FIELDS = 3

export type Force = {
  /** Goes on for some rounds; false where it has come to rest. */
  step(rounds: number): boolean
  /** x and y of each. */
  places(): Float64Array
}

/**
 * ForceAtlas2 (Jacomy and others, PLoS ONE 2014) round by round, so that whoever drives it can stop and show. Pinned
 * nodes hold.
 */
export function createForce({ at, size, fixed, edges }: LayoutQuestion): Force {
  const count = size.length
  const nodes = new Float32Array(count * NODE_FIELDS)
  const degree = new Float32Array(count)
  for (const end of edges) degree[end]!++
  for (let i = 0; i < count; i++) {
    const [x, y] = apart(at, i)
    nodes.set([x, y, 0, 0, 0, 0, 1 + degree[i]!, 1, size[i]!, fixed[i]!], i * NODE_FIELDS)
  }
  const links = new Float32Array((edges.length / 2) * EDGE_FIELDS)
  for (let e = 0; e < edges.length / 2; e++) {
    links.set([edges[2 * e]! * NODE_FIELDS, edges[2 * e + 1]! * NODE_FIELDS, 1], e * EDGE_FIELDS)
  }
  const settings = {
    ...{ linLogMode: false, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 0 },
    ...{ scalingRatio: 12, strongGravityMode: false, gravity: 0.6, slowDown: 1 + Math.log(count + 1) },
    ...{ barnesHutOptimize: count > 300, barnesHutTheta: 0.6 },
  }
  let done = 0
  const limit = count > 2000 ? 180 : 400
  return {
    step(rounds) {
      for (let i = 0; i < rounds && done < limit; i++, done++) iterate(settings, nodes, links)
      return done < limit
    },
    places() {
      const out = new Float64Array(2 * count)
      for (let i = 0; i < count; i++) {
        out[2 * i] = nodes[i * NODE_FIELDS]!
        out[2 * i + 1] = nodes[i * NODE_FIELDS + 1]!
      }
      return out
    },
  }
}

/** Two in the same place never part: each is set aside a little, always the same way (a sunflower's spiral). */
function apart(at: Float64Array, i: number): [number, number] {
  const [x, y] = [at[2 * i]!, at[2 * i + 1]!]
  const [radius, angle] = [0.05 * Math.sqrt(i + 1), i * 2.399963229728653]
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
}
