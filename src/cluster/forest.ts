/**
 * Union-find over rows 0…n−1 in one column: what a row hangs on, or, at the row that stands for its set, minus the
 * rows of the set. Union by size (ties by number), path halving (Tarjan and van Leeuwen 1984).
 *
 * It is fed pairs in batches: a first pass over a batch only reads where each row hangs, so that the reads wait for
 * memory together and not one after another; the second pass joins. `cluster.bench.ts` measures it.
 *
 * Limits: 2^31 − 1 rows.
 */
export type Forest = Int32Array

/** Each row alone. */
export function createForest(count: number): Forest {
  return new Int32Array(count).fill(-1)
}

/** The same sets in a column of their own, with room for further rows, each alone. */
export function extend(forest: Forest, count: number): Forest {
  const longer = createForest(count)
  longer.set(forest)
  return longer
}

export function find(forest: Forest, row: number): number {
  for (;;) {
    const up = forest[row]!
    if (up < 0) return row
    const top = forest[up]!
    if (top < 0) return up
    forest[row] = top
    row = top
  }
}

export function sizeOf(forest: Forest, row: number): number {
  return -forest[find(forest, row)]!
}

/** Told of a pair that joins two sets of at least `large` rows each: its place, and the sizes before, greater first. */
export type Large = (pair: number, greater: number, less: number) => void

/** Joins `a[i]` with `b[i]` for the first `count` pairs, in their order. Gives how many of them joined two sets. */
export function unite(
  forest: Forest,
  a: Uint32Array,
  b: Uint32Array,
  count: number,
  large = 0x7fff_ffff,
  told: Large = () => undefined,
): number {
  const tops = new Int32Array(2 * BATCH)
  let joins = 0
  for (let from = 0; from < count; from += BATCH) {
    const to = Math.min(count, from + BATCH)
    gather(forest, a, b, from, to, tops)
    joins += join(forest, a, b, from, to, tops, large, told)
  }
  return joins
}

/** Pairs read ahead: enough to fill the processor's queue of loads, few enough for the first cache. */
const BATCH = 256

function gather(forest: Forest, a: Uint32Array, b: Uint32Array, from: number, to: number, tops: Int32Array): void {
  let end = 0
  for (let i = from; i < to; i++) {
    let row = a[i]!
    let up = forest[row]!
    tops[end++] = up < 0 ? row : up
    row = b[i]!
    up = forest[row]!
    tops[end++] = up < 0 ? row : up
  }
  for (let i = 0; i < end; i++) {
    const row = tops[i]!
    const up = forest[row]!
    if (up >= 0) tops[i] = up
  }
}

/** No array, no closure in the loop: it is the innermost of clustering. */
function join(
  forest: Forest,
  a: Uint32Array,
  b: Uint32Array,
  from: number,
  to: number,
  tops: Int32Array,
  large: number,
  told: Large,
): number {
  let joins = 0
  for (let i = from; i < to; i++) {
    let x = find(forest, tops[2 * (i - from)]!)
    const y = find(forest, tops[2 * (i - from) + 1]!)
    if (x !== y) {
      joins++
      const sizeX = -forest[x]!
      const sizeY = -forest[y]!
      if (sizeX >= large && sizeY >= large) told(i, sizeX > sizeY ? sizeX : sizeY, sizeX > sizeY ? sizeY : sizeX)
      if (sizeX < sizeY || (sizeX === sizeY && x < y)) {
        forest[x] = y
        x = y
      } else forest[y] = x
      forest[x] = -(sizeX + sizeY)
    }
    const p = a[i]!
    const q = b[i]!
    if (p !== x) forest[p] = x
    if (q !== x) forest[q] = x
  }
  return joins
}
