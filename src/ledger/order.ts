import { createHeap } from '../std/heap.ts'

/**
 * Which blocks count, and in what order. A pure function of the set of blocks: the order in which they came does not
 * matter. docs/methods/ledger.md tells the rules.
 */
export type Headers = {
  readonly count: number
  /** Row of the parent, or −1: not among these blocks. Never cyclic, since a hash names its parent. */
  readonly parent: Int32Array
  /** As given or read from the block; −1 unknown. */
  readonly height: Int32Array
  readonly time: Uint32Array
  /** Expected hashes of the block; compared, never shown. */
  readonly work: Float64Array
  /** 1: the block is itself a checkpoint. */
  readonly checkpoint: Uint8Array
  /** Whether the child carries the work that is due after its parent. */
  isDue(parent: number, child: number, height: number): boolean
  /** Negative, zero or positive: the blocks' hashes as printed, the last word where all else is equal. */
  compareHashes(a: number, b: number): number
}

export type Order = {
  /** Rows of the active blocks in ledger order. */
  readonly active: Uint32Array
  /** Height of every block after its neighbours told what they know; −1 unknown. */
  readonly height: Int32Array
  /** 1: connects to a checkpoint, up or down. */
  readonly anchored: Uint8Array
  readonly stale: number
}

/** The active blocks in ledger order: heights ascending, then islands of unknown height by their first block's time. */
export function order(headers: Headers): Order {
  const family = trace(headers)
  const height = spreadHeights(headers, family)
  const anchored = anchor(headers, family, height)
  const active = choose(headers, family, height, anchored)
  const rows: number[] = []
  for (let row = 0; row < headers.count; row++) if (active[row] === 1) rows.push(row)
  rows.sort((a, b) => comparePlaces(headers, family, height, a, b))
  return { active: Uint32Array.from(rows), height, anchored, stale: headers.count - rows.length }
}

/**
 * Puts parents before children where heights are unknown or wrong: `needs` are pairs of positions (child, parent) with
 * the parent later. The order stays as it was wherever these pairs allow.
 */
export function reorder(active: Uint32Array, needs: readonly (readonly [number, number])[]): Uint32Array {
  const waiting = new Uint32Array(active.length)
  const then = new Map<number, number[]>()
  for (const [child, parent] of needs) {
    waiting[child]!++
    const list = then.get(parent)
    if (list === undefined) then.set(parent, [child])
    else list.push(child)
  }
  const ready = createHeap<number>((a, b) => a < b)
  for (let at = 0; at < active.length; at++) if (waiting[at] === 0) ready.push(at)
  const placed: number[] = []
  for (let at = ready.pop(); at !== undefined; at = ready.pop()) {
    placed.push(active[at]!)
    for (const child of then.get(at) ?? []) if (--waiting[child]! === 0) ready.push(child)
  }
  // Positions that wait for each other keep their old order, last: such blocks contradict each other.
  for (let at = 0; at < active.length; at++) if (waiting[at]! > 0) placed.push(active[at]!)
  return Uint32Array.from(placed)
}

/** For each block its depth below the root of its tree, the root, and all rows parents first. */
type Family = { readonly root: Uint32Array; readonly depth: Uint32Array; readonly parentsFirst: Uint32Array }

function trace({ count, parent }: Headers): Family {
  const root = new Uint32Array(count)
  const depth = new Uint32Array(count)
  const done = new Uint8Array(count)
  const parentsFirst = new Uint32Array(count)
  const path: number[] = []
  let placed = 0
  for (let row = 0; row < count; row++) {
    for (let at = row; at !== -1 && done[at] === 0; at = parent[at]!) path.push(at)
    for (let at = path.pop(); at !== undefined; at = path.pop()) {
      const above = parent[at]!
      root[at] = above === -1 ? at : root[above]!
      depth[at] = above === -1 ? 0 : depth[above]! + 1
      done[at] = 1
      parentsFirst[placed++] = at
    }
  }
  return { root, depth, parentsFirst }
}

/**
 * Within a tree one known height tells all. A checkpoint's word goes first, then what most blocks say (the lowest
 * where they tie): one wrong `--height` does not move a chain.
 */
function spreadHeights(headers: Headers, { root, depth }: Family): Int32Array {
  const bases = new Map<number, Map<number, number>>()
  for (let row = 0; row < headers.count; row++) {
    if (headers.height[row]! < 0) continue
    const base = headers.height[row]! - depth[row]!
    const votes = bases.get(root[row]!) ?? new Map<number, number>()
    votes.set(base, (votes.get(base) ?? 0) + (headers.checkpoint[row] === 1 ? headers.count : 1))
    bases.set(root[row]!, votes)
  }
  const height = new Int32Array(headers.count).fill(-1)
  const chosen = new Map([...bases].map(([at, votes]) => [at, mostVotes(votes)]))
  for (let row = 0; row < headers.count; row++) {
    const base = chosen.get(root[row]!)
    if (base !== undefined && base + depth[row]! >= 0) height[row] = base + depth[row]!
  }
  return height
}

function mostVotes(votes: ReadonlyMap<number, number>): number {
  return [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0]
}

/**
 * A checkpoint vouches for its ancestors by their hashes, and for what was built on it with the work that is due; not
 * for its siblings, which contradict it.
 */
function anchor(headers: Headers, { parentsFirst }: Family, height: Int32Array): Uint8Array {
  const { count, parent, checkpoint } = headers
  const anchored = Uint8Array.from(checkpoint)
  for (const row of parentsFirst) {
    const above = parent[row]!
    if (above !== -1 && anchored[above] === 1 && headers.isDue(above, row, height[row]!)) anchored[row] = 1
  }
  const above = Uint8Array.from(checkpoint)
  for (let k = count - 1; k >= 0; k--) {
    const row = parentsFirst[k]!
    if (above[row] === 0) continue
    anchored[row] = 1
    if (parent[row] !== -1) above[parent[row]!] = 1
  }
  return anchored
}

/**
 * Of each tree the branch with the most work; of two trees that claim one height the anchored, then the one with more
 * work. What loses a height is stale, and so is all that builds on it.
 */
function choose(headers: Headers, family: Family, height: Int32Array, anchored: Uint8Array): Uint8Array {
  const { parent, count } = headers
  const total = new Float64Array(count)
  for (const row of family.parentsFirst) {
    total[row] = headers.work[row]! + (parent[row] === -1 ? 0 : total[parent[row]!]!)
  }
  const tips = bestTips(headers, family, total, anchored)
  tips.sort((a, b) => anchored[b]! - anchored[a]! || total[b]! - total[a]! || headers.compareHashes(a, b))
  const taken = new Set<number>()
  const active = new Uint8Array(count)
  for (const tip of tips) takeBranch(tip, parent, height, taken, active)
  return active
}

/** One tip for each tree: anchored before not, most work, then most blocks, then the lower hash. */
function bestTips(headers: Headers, { root, depth }: Family, total: Float64Array, anchored: Uint8Array): number[] {
  const best = new Map<number, number>()
  for (let row = 0; row < headers.count; row++) {
    const held = best.get(root[row]!)
    if (held === undefined || isBetter(row, held)) best.set(root[row]!, row)
  }
  return [...best.values()]

  function isBetter(a: number, b: number): boolean {
    const sure = anchored[a]! - anchored[b]!
    const more = sure || total[a]! - total[b]! || depth[a]! - depth[b]!
    return (more || -headers.compareHashes(a, b)) > 0
  }
}

function takeBranch(tip: number, parent: Int32Array, height: Int32Array, taken: Set<number>, active: Uint8Array): void {
  const branch: number[] = []
  for (let row = tip; row !== -1; row = parent[row]!) branch.push(row)
  for (let row = branch.pop(); row !== undefined; row = branch.pop()) {
    if (height[row]! >= 0 && taken.has(height[row]!)) return
    if (height[row]! >= 0) taken.add(height[row]!)
    active[row] = 1
  }
}

function comparePlaces(headers: Headers, { root, depth }: Family, height: Int32Array, a: number, b: number): number {
  const known = height[a]! >= 0
  if (known !== height[b]! >= 0) return known ? -1 : 1
  if (known) return height[a]! - height[b]!
  if (root[a] === root[b]) return depth[a]! - depth[b]!
  const [rootA, rootB] = [root[a]!, root[b]!]
  return headers.time[rootA]! - headers.time[rootB]! || headers.compareHashes(rootA, rootB)
}
