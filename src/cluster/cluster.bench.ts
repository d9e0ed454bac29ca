import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage } from 'node:process'
import { sha256Hex } from '../std/digest.ts'
import { seededRandom } from '../std/random.ts'
import { createForest, type Forest, find, unite } from './forest.ts'

/**
 * P4: the components of random pairs, against scipy, igraph and networkx in the same run. 20 M pairs over 10 M rows;
 * networkx, which keeps an object for each, gets one million over half a million. Each peer starts, as we do, from two
 * columns of numbers in memory; its time is given with and without the building of its graph.
 *
 * Bound on paper: a pair is two loads at random in 40 MB, 11 ns each where they wait together, and for half of the
 * pairs as many stores: near 20 M pairs/s. Time is that of the processor, so that a busy machine does not decide.
 *
 * The answers are compared first: the least member of every row's component, by SHA-256.
 */
export type Measured = {
  readonly peer: string
  readonly pairs: number
  readonly oursSeconds: number
  /** Null: the peer is not installed. */
  readonly peerSeconds: number | null
  /** Without the building of the graph. */
  readonly peerSearchSeconds: number | null
}

export function measure(pairs = 20_000_000): Measured[] {
  const folder = mkdtempSync(join(tmpdir(), 'athar-bench-'))
  try {
    return PEERS.map(({ name, divisor, script }) => compare(folder, name, Math.floor(pairs / divisor), script))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const RUNS = 5

function compare(folder: string, peer: string, pairs: number, script: string): Measured {
  const rows = pairs >> 1
  const random = seededRandom(4)
  const [a, b] = [new Uint32Array(pairs), new Uint32Array(pairs)]
  for (let i = 0; i < pairs; i++) {
    a[i] = random.below(rows)
    b[i] = random.below(rows)
  }
  const { seconds, forest } = ours(rows, a, b)
  const none = { peer, pairs, oursSeconds: seconds, peerSeconds: null, peerSearchSeconds: null }
  if (spawnSync(PYTHON, ['-c', `import numpy, ${peer}`]).status !== 0) return none
  const files = [a, b].map((column, i) => {
    const path = join(folder, `${peer}-${i}`)
    writeFileSync(path, column)
    return path
  })
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', `${HEAD}${script}${TAIL}`, String(rows), ...files])
  assert.equal(status, 0, String(stderr))
  const [digest, whole, search] = String(stdout).trim().split(' ')
  assert.equal(digest, sha256Hex(leastMembers(forest)), `${peer} finds other components`)
  return { ...none, peerSeconds: Number(whole), peerSearchSeconds: Number(search) }
}

function ours(rows: number, a: Uint32Array, b: Uint32Array): { seconds: number; forest: Forest } {
  let seconds = Number.POSITIVE_INFINITY
  let forest: Forest = createForest(0)
  for (let run = 0; run < RUNS; run++) {
    const start = cpuUsage()
    forest = createForest(rows)
    unite(forest, a, b, a.length)
    const { user, system } = cpuUsage(start)
    seconds = Math.min(seconds, (user + system) / 1e6)
  }
  return { seconds, forest }
}

function leastMembers(forest: Forest): Uint8Array {
  const least = new Uint32Array(forest.length).fill(0xffff_ffff)
  const found = new Uint32Array(forest.length)
  for (let row = 0; row < forest.length; row++) {
    const root = find(forest, row)
    if (least[root] === 0xffff_ffff) least[root] = row
    found[row] = least[root]!
  }
  return new Uint8Array(found.buffer)
}

const PYTHON = '/usr/bin/python3'

/** `labels`: any number of each row's component. Timed twice, the better is taken. */
const HEAD = `
import sys, time, hashlib, numpy as np
rows = int(sys.argv[1])
a, b = (np.fromfile(path, dtype=np.uint32) for path in sys.argv[2:4])
best = [9e9, 9e9]
for run in range(2):
    t0 = time.process_time()
`
const TAIL = `
    best = [min(best[0], t2 - t0), min(best[1], t2 - t1)]
labels = np.asarray(labels)
least = np.full(labels.max() + 1, rows, dtype=np.uint32)
np.minimum.at(least, labels, np.arange(rows, dtype=np.uint32))
print(hashlib.sha256(least[labels].tobytes()).hexdigest(), best[0], best[1])
`

const PEERS = [
  {
    name: 'scipy',
    divisor: 1,
    script: `
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    if run == 0: t0 = time.process_time()
    ends = (a.astype(np.int32), b.astype(np.int32))
    g = coo_matrix((np.ones(len(a), dtype=np.int8), ends), shape=(rows, rows)).tocsr()
    t1 = time.process_time()
    _, labels = connected_components(g, directed=False)
    t2 = time.process_time()`,
  },
  {
    name: 'igraph',
    divisor: 1,
    script: `
    import igraph
    if run == 0: t0 = time.process_time()
    g = igraph.Graph(n=rows, edges=np.column_stack((a, b)).astype(np.int64))
    t1 = time.process_time()
    labels = g.connected_components().membership
    t2 = time.process_time()`,
  },
  {
    name: 'networkx',
    divisor: 20,
    script: `
    import networkx as nx
    if run == 0: t0 = time.process_time()
    g = nx.Graph(); g.add_nodes_from(range(rows)); g.add_edges_from(zip(a.tolist(), b.tolist()))
    t1 = time.process_time()
    parts = list(nx.connected_components(g))
    t2 = time.process_time()
    labels = np.zeros(rows, dtype=np.int64)
    for i, part in enumerate(parts): labels[list(part)] = i`,
  },
]

if (import.meta.main) {
  for (const { peer, pairs, oursSeconds, peerSeconds, peerSearchSeconds } of measure()) {
    const own = `${(pairs / 1e6).toFixed(0)} M pairs  ours ${(pairs / oursSeconds / 1e6).toFixed(1)} M pairs/s`
    if (peerSeconds === null || peerSearchSeconds === null) {
      console.log(`${own}  SKIPPED, no peer: python3-${peer} is not installed`)
      continue
    }
    const [whole, search] = [peerSeconds / oursSeconds, peerSearchSeconds / oursSeconds]
    const theirs = `${peer} ${(pairs / peerSeconds / 1e6).toFixed(2)} M pairs/s`
    console.log(`${own}  ${theirs}  ${whole.toFixed(1)} ×  (its search alone: ${search.toFixed(1)} ×)`)
  }
}
