/**
 * The part of a UTXO ledger that a walk needs, as columns in the order of the walk: ledger order forward, its reverse
 * backward. A *node* is an outpoint with its value; a *step* is a transaction, which takes its `in` nodes and fills
 * its `out` nodes. Backward a transaction takes its outputs and fills its inputs, so one sweep serves both ways.
 */
export type Flow = {
  readonly steps: number
  /** steps + 1 entries: the nodes that step `s` takes are `inNode[firstIn[s]]` up to `inNode[firstIn[s + 1]]`. */
  readonly firstIn: Uint32Array
  readonly inNode: Uint32Array
  readonly firstOut: Uint32Array
  readonly outNode: Uint32Array
  readonly nodes: number
  /** Whole numbers below 2^53: no chain of this family can hold more (21·10^14 and 84·10^14 units). */
  readonly units: Float64Array
  /** Code of the reason (see STOPS) for which no method goes on from the node; 0: a step takes it. */
  readonly stop: Uint8Array
  /** 1: the origin's. Its whole value is origin value, and value that comes back to it is not counted again. */
  readonly origin: Uint8Array
}

/** What a sweep by one method found, by node. */
export type Taint = {
  /** Tainted units of each node. */
  readonly units: Float64Array
  /** Fewest transactions from the origin, where units > 0. */
  readonly hops: Uint32Array
  /** 1: a step took it on. Tainted nodes that are not open are where value lies. */
  readonly open: Uint8Array
  readonly fees: bigint
  /** Value of the origin: the origin's nodes less what they carried already. */
  readonly total: bigint
}

export type Horizon = {
  /** 2^32 − 1: no limit. */
  readonly hops: number
  /** Least units that are followed, at least 1. */
  readonly min: number
}

/** A sum of whole numbers that may pass 2^53. */
export type Tally = { low: number; high: bigint }

export function createTally(): Tally {
  return { low: 0, high: 0n }
}

/** Adds a whole number below 2^53. */
export function addTo(tally: Tally, units: number): void {
  if (units < HALF && tally.low < HALF) {
    tally.low += units
    return
  }
  tally.high += BigInt(tally.low) + BigInt(units)
  tally.low = 0
}

export function sumOf(tally: Tally): bigint {
  return tally.high + BigInt(tally.low)
}

/** Two whole numbers below it have an exact sum in a double. */
const HALF = 2 ** 52
