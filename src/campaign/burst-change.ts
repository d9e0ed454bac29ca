/**
 * Changes of level in a series of counts. Pure; each is checked in tests against a search of every possibility.
 */
export type Segment = { readonly from: number; readonly to: number; readonly mean: number }

/**
 * PELT (Killick, Fearnhead, Eckley 2012): the segments of least cost, exact. Cost of a segment: twice the negative log
 * likelihood of a Poisson of its mean (constants left out); each change costs `penalty` (default 3·ln n). Values are at
 * least 0. `minLength` days is the shortest segment.
 */
export function segmentsOf(
  values: Float64Array,
  penalty = 3 * Math.log(Math.max(2, values.length)),
  minLength = 1,
): Segment[] {
  const n = values.length
  if (n === 0) return []
  const sums = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + values[i]!
  const cost = (from: number, to: number) => poissonCost(sums[to]! - sums[from]!, to - from)
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const previous = new Int32Array(n + 1)
  best[0] = -penalty
  let candidates = [{ start: 0, doomed: Number.POSITIVE_INFINITY }]
  for (let t = minLength; t <= n; t++) {
    for (const { start } of candidates) {
      const value = best[start]! + cost(start, t) + penalty
      if (value < best[t]!) {
        best[t] = value
        previous[t] = start
      }
    }
    // A start that is worse by more than nothing now is worse later too than one that begins here, once that one is
    // long enough to stand: until then it stays.
    for (const one of candidates) {
      if (best[one.start]! + cost(one.start, t) > best[t]! + SLACK) one.doomed = Math.min(one.doomed, t + minLength)
    }
    candidates = candidates.filter(one => one.doomed > t + 1)
    const start = t + 1 - minLength
    if (start > 0 && best[start]! < Number.POSITIVE_INFINITY)
      candidates.push({ start, doomed: Number.POSITIVE_INFINITY })
  }
  const cuts: number[] = []
  for (let t = n; t > 0; t = previous[t]!) cuts.unshift(t)
  return cuts.map((to, i) => {
    const from = i === 0 ? 0 : cuts[i - 1]!
    return { from, to, mean: (sums[to]! - sums[from]!) / (to - from) }
  })
}

/** Twice the negative log likelihood of `count` values that sum to `sum`, at their own mean, without constants. */
export function poissonCost(sum: number, count: number): number {
  return sum <= 0 ? 0 : 2 * sum * (1 - Math.log(sum / count))
}

/** A run of gaps between events that are shorter than usual, at the level that explains them. */
export type Burst = { readonly from: number; readonly to: number; readonly level: number }

/**
 * Kleinberg's bursts (2002): gaps between events drawn from exponentials of rate n/T · base^level; to rise a level
 * costs `gamma` · ln n, to fall costs nothing. The state sequence of least cost, by Viterbi. `gaps` are seconds, each
 * at least 1. Bursts are the runs above level 0; `from` and `to` are indexes of gaps, half open.
 */
export function burstsOf(gaps: Float64Array, { levels, base, gamma }: BurstOptions = USUAL): Burst[] {
  const states = statesOf(gaps, { levels, base, gamma })
  const found: Burst[] = []
  for (let i = 0; i < states.length; i++) {
    if (states[i] === 0) continue
    let end = i
    let level = 0
    for (; end < states.length && states[end]! > 0; end++) level = Math.max(level, states[end]!)
    found.push({ from: i, to: end, level })
    i = end
  }
  return found
}

export type BurstOptions = { readonly levels: number; readonly base: number; readonly gamma: number }

/** Kleinberg's own choice of base and gamma; three levels tell strong from weak. */
export const USUAL: BurstOptions = { levels: 3, base: 2, gamma: 1 }

/** State of each gap on the way of least cost; of equal ways the one that stays lower. */
export function statesOf(gaps: Float64Array, { levels, base, gamma }: BurstOptions): Int8Array {
  const n = gaps.length
  const states = new Int8Array(n)
  if (n === 0) return states
  const rates = ratesOf(gaps, levels, base)
  const rise = gamma * Math.log(Math.max(2, n))
  let costs = new Float64Array(levels).fill(Number.POSITIVE_INFINITY)
  costs[0] = 0
  const came: Int8Array[] = []
  for (let i = 0; i < n; i++) {
    const next = new Float64Array(levels)
    const from = new Int8Array(levels)
    for (let to = 0; to < levels; to++) {
      let least = Number.POSITIVE_INFINITY
      for (let state = 0; state < levels; state++) {
        const value = costs[state]! + Math.max(0, to - state) * rise
        if (value < least) {
          least = value
          from[to] = state
        }
      }
      next[to] = least + gapCost(gaps[i]!, rates[to]!)
    }
    costs = next
    came.push(from)
  }
  let state = costs.indexOf(Math.min(...costs))
  for (let i = n - 1; i >= 0; i--) {
    states[i] = state
    state = came[i]![state]!
  }
  return states
}

/** Rate of each level: the mean rate, times base for each level. */
export function ratesOf(gaps: Float64Array, levels: number, base: number): number[] {
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return Array.from({ length: levels }, (_, level) => (gaps.length / total) * base ** level)
}

/** Negative log density of an exponential. */
export function gapCost(gap: number, rate: number): number {
  return rate * gap - Math.log(rate)
}

/** Median and 1.4826 · MAD (Rousseeuw and Croux 1993): the centre and width that a burst itself does not move. */
export function robust(values: readonly number[]): { median: number; width: number } {
  const middle = median(values)
  return { median: middle, width: 1.4826 * median(values.map(value => Math.abs(value - middle))) }
}

/** The middle value; of an even number the mean of the two middle ones; 0 of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** Rounding of floating sums must not prune a start that is equally good. */
const SLACK = 1e-9
