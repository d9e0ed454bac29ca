import * as Wasm from '../std/wasm.ts'
import * as Joining from './forest-wasm.ts'

/**
 * Union-find over rows 0…n−1 in one column: what a row hangs on, or, at the row that stands for its set, minus the
 * rows of the set. Union by size (ties by number), path halving (Tarjan and van Leeuwen 1984).
 *
 * A forest of many rows lies in the memory of a WebAssembly module of its own, which joins pairs in half of the time
 * (forest-wasm.ts); the answers are the same. `cluster.bench.ts` measures it.
 *
 * Limits: 2^31 − 1 rows.
 */
export type Forest = Int32Array

/** Each row alone. */
export function createForest(count: number): Forest {
  const joiner = count < WORTH_ROWS ? undefined : openJoiner(count)
  if (joiner === undefined) return new Int32Array(count).fill(-1)
  joiners.set(joiner.forest, joiner)
  return joiner.forest.fill(-1)
}

/** The same sets in a column of their own, with room for further rows, each alone. */
export function extend(forest: Forest, count: number): Forest {
  // What is joined from here on is little: it needs no module.
  const longer = new Int32Array(count).fill(-1, forest.length)
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
  const joiner = joiners.get(forest)
  if (joiner !== undefined) return joiner.unite(a, b, count, large, told)
  let joins = 0
  for (let i = 0; i < count; i++) {
    const p = a[i]!
    const q = b[i]!
    let x = find(forest, p)
    const y = find(forest, q)
    if (x !== y) {
      joins++
      const sizeX = -forest[x]!
      const sizeY = -forest[y]!
      if (sizeX >= large && sizeY >= large) told(i, Math.max(sizeX, sizeY), Math.min(sizeX, sizeY))
      if (sizeX < sizeY || (sizeX === sizeY && x < y)) {
        forest[x] = y
        x = y
      } else forest[y] = x
      forest[x] = -(sizeX + sizeY)
    }
    if (p !== x) forest[p] = x
    if (q !== x) forest[q] = x
  }
  return joins
}

/** Below so many rows a module gains next to nothing, and each takes room in the address space. Measured. */
const WORTH_ROWS = 1 << 16

/** A forest and the module that it lies in. */
type Joiner = {
  readonly forest: Forest
  readonly unite: (a: Uint32Array, b: Uint32Array, count: number, large: number, told: Large) => number
}

const joiners = new WeakMap<Forest, Joiner>()

let compiledOnce: object | undefined

/** Undefined where the machine has no WebAssembly, or no memory for one more. */
function openJoiner(count: number): Joiner | undefined {
  try {
    compiledOnce ??= Wasm.compile(Joining.build())
    const memory = Wasm.memoryOf(Joining.FOREST_AT + 4 * count)
    let note: Large = () => {}
    const told: Large = (pair, sizeX, sizeY) => note(pair, Math.max(sizeX, sizeY), Math.min(sizeX, sizeY))
    const exports = Wasm.start(compiledOnce, { from: { memory, told } })
    const { unite } = exports as { unite: (bytes: number, large: number, first: number) => number }
    const left = new Uint32Array(memory.buffer, Joining.A_AT, Joining.PAIRS)
    const right = new Uint32Array(memory.buffer, Joining.B_AT, Joining.PAIRS)
    return {
      forest: new Int32Array(memory.buffer, Joining.FOREST_AT, count),
      unite(a, b, pairs, large, tell) {
        note = tell
        let joins = 0
        for (let from = 0; from < pairs; from += Joining.PAIRS) {
          const to = Math.min(pairs, from + Joining.PAIRS)
          left.set(a.subarray(from, to))
          right.set(b.subarray(from, to))
          joins += unite(4 * (to - from), large, from)
        }
        return joins
      },
    }
  } catch {
    return undefined
  }
}
