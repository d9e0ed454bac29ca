import * as Asset from '../model/asset.ts'
import type { Move } from './still-lots.ts'

/**
 * How long a campaign leaves value lying, from its own past: durations weighted by units, so that a thousand small
 * payments do not speak for one large one. Every figure is of value that has moved on: what still lies is not in it.
 */
export type Habit = {
  readonly asset: Asset.Asset
  readonly moves: number
  readonly units: bigint
  /** Seconds within which a quarter, half and three quarters of it had left. */
  readonly quarter: number
  readonly median: number
  readonly threeQuarters: number
  /** What usually remains to value of this age; null: too little of the past lasted longer. */
  leftAt(age: number): Left | null
}

/** Of value that lay this long, a quarter and half left within so many further seconds. */
export type Left = { readonly quarter: number; readonly half: number; readonly moves: number }

/** Moves from which a habit is read. Ours: fewer say nothing of a habit. */
export const MOVES_MIN = 5

/** One habit an asset, by the asset's key; assets with fewer moves have none. */
export function habitsOf(moves: readonly Move[]): ReadonlyMap<string, Habit> {
  const habits = new Map<string, Habit>()
  for (const [key, own] of Map.groupBy(moves, move => Asset.key(move.asset))) {
    if (own.length >= MOVES_MIN) habits.set(key, habitOf(own))
  }
  return habits
}

function habitOf(moves: readonly Move[]): Habit {
  const sorted = [...moves].sort((a, b) => a.seconds - b.seconds)
  const before: bigint[] = [0n]
  for (const move of sorted) before.push(before.at(-1)! + move.units)
  const total = before.at(-1)!
  /** The least duration within which `quarters`/4 of the value from the `from`-th move on had left. */
  const quantile = (quarters: bigint, from: number): number => {
    const wanted = (total - before[from]!) * quarters
    const at = firstWhere(from, sorted.length, k => (before[k + 1]! - before[from]!) * 4n >= wanted)
    return sorted[at]!.seconds
  }
  return {
    ...{ asset: sorted[0]!.asset, moves: sorted.length, units: total },
    ...{ quarter: quantile(1n, 0), median: quantile(2n, 0), threeQuarters: quantile(3n, 0) },
    leftAt(age) {
      const from = firstWhere(0, sorted.length, k => sorted[k]!.seconds > age)
      const lasted = sorted.length - from
      if (lasted < MOVES_MIN) return null
      return { quarter: quantile(1n, from) - age, half: quantile(2n, from) - age, moves: lasted }
    },
  }
}

/** The least number in [low, high) for which it holds, or `high`; it holds from some number on. */
function firstWhere(low: number, high: number, holds: (at: number) => boolean): number {
  let [from, to] = [low, high]
  while (from < to) {
    const middle = (from + to) >> 1
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}
