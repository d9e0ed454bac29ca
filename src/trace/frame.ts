/**
 * Which units of a coin are tainted, as runs in a pool that transactions share instead of copying.
 *
 * A *frame* is the units that one transaction took, laid end to end: its tainted runs stand in the pool as pairs
 * (start, tainted units before it), ascending, and end with a sentinel (∞, all of them). How long a run is follows from
 * the pair behind it. A *slice* is a part of a frame: the coin that those units became. So a coin that is spent alone
 * needs no copy at all, and one that is spent with others is copied once, whatever becomes of it. All whole numbers
 * below 2^53.
 *
 * When the pool is full, the slices that are still to be spent move to its front (`makeRoom`), and only where they fill
 * much of it does it grow: over a whole chain it stays about as small as what is unspent, and in cache.
 */
export type Frames = {
  /** start at 2r, tainted units before it at 2r + 1. */
  pool: Float64Array
  /** As long as the pool once runs were moved: they move to and fro. */
  spare: Float64Array
  /** Pairs in use. */
  used: number
  /** By slice: where unit 0 of the coin lies in its frame, and the window of the frame that holds its runs. */
  slices: Float64Array
  /** The same memory as `slices`: first run and last run + 1 of the window stand in the fourth place. */
  bounds: Uint32Array
  /** By slice: the node that it is. */
  owners: Uint32Array
  count: number
  /** By node: its slice while it is to be spent, WHOLE where it has none. */
  readonly sliceOf: Uint32Array
}

/** Slice 0 stands for a coin that is tainted whole: it has no runs. */
export const WHOLE = 0

/** Places of a slice. */
export const BASE = 0
export const LOW = 1
export const HIGH = 2

/** For so many nodes; `pairs` is the room to begin with, little for the small flows that most traces are. */
export function createFrames(nodes: number, pairs = Math.min(PAIRS, 2 * nodes + 16)): Frames {
  const slices = new Float64Array(4 * SLICES)
  return {
    ...{ pool: new Float64Array(2 * pairs), spare: new Float64Array(0), used: 0 },
    ...{ slices, bounds: new Uint32Array(slices.buffer), owners: new Uint32Array(SLICES), count: 1 },
    sliceOf: new Uint32Array(nodes),
  }
}

/** Two megabytes, twice: about what a core keeps near. */
const PAIRS = 2 ** 17

/** Room for slices to begin with. */
const SLICES = 64

export function firstOf(frames: Frames, slice: number): number {
  return frames.bounds[8 * slice + 6]!
}

export function lastOf(frames: Frames, slice: number): number {
  return frames.bounds[8 * slice + 7]!
}

/** Makes a node the part of a frame from `low` to `high`, with unit 0 at `base`; its runs end before run `last`. */
export function addSlice(
  frames: Frames,
  node: number,
  base: number,
  low: number,
  high: number,
  first: number,
  last: number,
): void {
  const slice = frames.count++
  if (slice === frames.owners.length) growSlices(frames)
  setSlice(frames, slice, base, low, high, first, last)
  frames.owners[slice] = node
  frames.sliceOf[node] = slice
}

/** Closes the frame at hand, of so many tainted units. */
export function close(frames: Frames, taint: number): void {
  reserve(frames, 1)
  frames.pool[2 * frames.used] = Number.POSITIVE_INFINITY
  frames.pool[2 * frames.used + 1] = taint
  frames.used++
}

/** Room for so many more pairs. */
export function reserve(frames: Frames, pairs: number): void {
  const least = 2 * (frames.used + pairs)
  if (least <= frames.pool.length) return
  const larger = new Float64Array(Math.max(2 * frames.pool.length, least))
  larger.set(frames.pool)
  frames.pool = larger
}

/** Drops the runs of what was spent, once the pool is half full; to be called between steps. */
export function makeRoom(frames: Frames): void {
  if (4 * frames.used < frames.pool.length) return
  const { pool: old, sliceOf, owners, slices, count } = frames
  frames.pool = frames.spare.length === old.length ? frames.spare : new Float64Array(old.length)
  frames.used = 0
  frames.count = 1
  for (let slice = 1; slice < count; slice++) {
    const node = owners[slice]!
    if (sliceOf[node] !== slice) continue
    const begun = frames.used
    const base = slices[4 * slice + BASE]!
    const low = slices[4 * slice + LOW]! - base
    const high = slices[4 * slice + HIGH]! - base
    const taint = copySlice(frames, old, slice, 0, 0, -1)
    addSlice(frames, node, 0, low, high, begun, frames.used)
    close(frames, taint)
  }
  frames.spare = old
  if (8 * frames.used > frames.pool.length) reserve(frames, frames.pool.length)
}

/**
 * Tainted units of a frame before position `at`, found from run `from` on, which must be the last that starts before
 * `at` or one before that.
 */
export function taintBefore(pool: Float64Array, run: number, at: number): number {
  const start = pool[2 * run]!
  const before = pool[2 * run + 1]!
  if (start >= at) return before
  const all = pool[2 * run + 3]!
  const some = before + at - start
  return some < all ? some : all
}

/** The last run from `run` on that starts before `at`, or `run` where none does. */
export function seek(pool: Float64Array, run: number, at: number): number {
  let next = 2 * run + 2
  while (pool[next]! < at) next += 2
  return next / 2 - 1
}

/**
 * Copies a slice out of the pool `source` behind the frame at hand, moved by `offset`, where `taint` tainted units
 * stand before it already; `end` is where the last run of those ends. Touching runs become one. Gives the tainted units
 * then.
 */
export function copySlice(
  frames: Frames,
  source: Float64Array,
  slice: number,
  offset: number,
  taint: number,
  end: number,
): number {
  const [first, last] = [firstOf(frames, slice), lastOf(frames, slice)]
  reserve(frames, last - first + 1)
  const { pool, slices } = frames
  const low = slices[4 * slice + LOW]!
  const high = slices[4 * slice + HIGH]!
  const shift = offset - slices[4 * slice + BASE]!
  const before = taintBefore(source, first, low)
  let read = 2 * first
  let write = 2 * frames.used
  if (source[read]! < low) {
    // The window begins inside this run, or behind its end.
    if (before < source[read + 3]! && low + shift !== end) {
      pool[write] = low + shift
      pool[write + 1] = taint
      write += 2
    }
    read += 2
  } else if (source[read]! + shift === end) read += 2
  const more = taint - before
  for (const stop = 2 * last; read < stop; read += 2, write += 2) {
    pool[write] = source[read]! + shift
    pool[write + 1] = source[read + 1]! + more
  }
  frames.used = write / 2
  return more + taintBefore(source, Math.max(first, last - 1), high)
}

function setSlice(
  { slices, bounds }: Frames,
  slice: number,
  base: number,
  low: number,
  high: number,
  first: number,
  last: number,
): void {
  slices[4 * slice + BASE] = base
  slices[4 * slice + LOW] = low
  slices[4 * slice + HIGH] = high
  bounds[8 * slice + 6] = first
  bounds[8 * slice + 7] = last
}

function growSlices(frames: Frames): void {
  const slices = new Float64Array(2 * frames.slices.length)
  slices.set(frames.slices)
  const owners = new Uint32Array(2 * frames.owners.length)
  owners.set(frames.owners)
  frames.slices = slices
  frames.bounds = new Uint32Array(slices.buffer)
  frames.owners = owners
}
