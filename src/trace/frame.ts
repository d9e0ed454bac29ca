/**
 * Which units of a coin are tainted, as runs in a pool that transactions share instead of copying.
 *
 * A *frame* is the units that one transaction took, laid end to end: its tainted runs stand in the pool as pairs
 * (start, rank: tainted units before it), ascending, and end with a sentinel (∞, all of them). How long a run is
 * follows from the pair behind it. A *slice* is a part of a frame: the coin that those units became. It holds the
 * tainted units from a rank on, as many as the coin is tainted. So a coin that is spent alone needs no copy at all, and
 * one that is spent with others is copied once, whatever becomes of it. All whole numbers below 2^53.
 *
 * When the pool is full, the slices that are still to be spent move to its front (`makeRoom`), and only where they fill
 * much of it does it grow: over a whole chain it stays about as small as what is unspent, and in cache.
 */
export type Frames = {
  /** start at 2r, rank at 2r + 1. */
  pool: Float64Array
  /** As long as the pool once runs were moved: they move to and fro. */
  spare: Float64Array
  /** Pairs in use. */
  used: number
  /** By slice, three places: where unit 0 of the coin lies in its frame, and the rank of its first tainted unit. */
  slices: Float64Array
  /** The same memory as `slices`: first run and last run + 1 stand in the third place. */
  bounds: Uint32Array
  /** By slice: the node that it is. */
  owners: Uint32Array
  count: number
  /** By node: its slice while it is to be spent, WHOLE where it has none. */
  readonly sliceOf: Uint32Array
  /** By node: how many of its units are tainted. */
  readonly units: Float64Array
}

/** Slice 0 stands for a coin that is tainted whole: it has no runs. */
export const WHOLE = 0

/** Places of a slice. */
export const BASE = 0
export const RANK = 1

/** `pairs` is the room to begin with, little for the small flows that most traces are. */
export function createFrames(units: Float64Array, pairs = Math.min(PAIRS, 2 * units.length + 16)): Frames {
  const slices = new Float64Array(3 * SLICES)
  return {
    ...{ pool: new Float64Array(2 * pairs), spare: new Float64Array(0), used: 0 },
    ...{ slices, bounds: new Uint32Array(slices.buffer), owners: new Uint32Array(SLICES), count: 1 },
    ...{ sliceOf: new Uint32Array(units.length), units },
  }
}

/** Two megabytes, twice: about what a core keeps near. */
const PAIRS = 2 ** 17

/** Room for slices to begin with. */
const SLICES = 64

export function firstOf(frames: Frames, slice: number): number {
  return frames.bounds[6 * slice + 4]!
}

export function lastOf(frames: Frames, slice: number): number {
  return frames.bounds[6 * slice + 5]!
}

/**
 * Makes a node a part of a frame, with unit 0 at `base`: the tainted units from `rank` on, in runs `first` to `last`.
 */
export function addSlice(frames: Frames, node: number, base: number, rank: number, first: number, last: number): void {
  const slice = frames.count++
  if (slice === frames.owners.length) growSlices(frames)
  const { slices, bounds } = frames
  slices[3 * slice + BASE] = base
  slices[3 * slice + RANK] = rank
  bounds[6 * slice + 4] = first
  bounds[6 * slice + 5] = last
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
  const { pool: old, sliceOf, owners, count, units } = frames
  frames.pool = frames.spare.length === old.length ? frames.spare : new Float64Array(old.length)
  frames.used = 0
  frames.count = 1
  for (let slice = 1; slice < count; slice++) {
    const node = owners[slice]!
    if (sliceOf[node] !== slice) continue
    const begun = frames.used
    copySlice(frames, old, slice, 0, 0, -1)
    addSlice(frames, node, 0, 0, begun, frames.used)
    close(frames, units[node]!)
  }
  frames.spare = old
  if (8 * frames.used > frames.pool.length) reserve(frames, frames.pool.length)
}

/**
 * Copies a slice out of the pool `source` behind the frame at hand, moved by `offset`, where `taint` tainted units
 * stand before it already; `end` is where the last run of those ends. Touching runs become one.
 */
export function copySlice(
  frames: Frames,
  source: Float64Array,
  slice: number,
  offset: number,
  taint: number,
  end: number,
): void {
  const { bounds, slices } = frames
  const [first, last] = [bounds[6 * slice + 4]!, bounds[6 * slice + 5]!]
  reserve(frames, last - first + 1)
  const { pool } = frames
  const rank = slices[3 * slice + RANK]!
  const shift = offset - slices[3 * slice + BASE]!
  let read = 2 * first
  // The first run may have ended where the slice begins; else the slice begins within it, or with it.
  if (source[read + 3] === rank) read += 2
  const begun = source[read]! + rank - source[read + 1]! + shift
  let write = 2 * frames.used
  if (begun !== end) {
    pool[write] = begun
    pool[write + 1] = taint
    write += 2
  }
  const more = taint - rank
  for (read += 2; read < 2 * last; read += 2, write += 2) {
    pool[write] = source[read]! + shift
    pool[write + 1] = source[read + 1]! + more
  }
  frames.used = write / 2
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
