/** Memory of this process over time, and whether it grows. */
export type Sample = {
  /** Since the start. */
  readonly second: number
  /** MB: resident, of the heap in use, and outside of it. */
  readonly rss: number
  readonly heap: number
  readonly external: number
  readonly arrays: number
}

const MB = 2 ** 20

export function sampleAt(second: number): Sample {
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { second, rss: rss / MB, heap: heapUsed / MB, external: external / MB, arrays: arrayBuffers / MB }
}

/** The least of each minute: what is collected now and then is not in it. */
export function floorsOf(samples: readonly Sample[], of: (sample: Sample) => number): Sample[] {
  const minutes = Map.groupBy(samples, one => Math.floor(one.second / 60))
  return [...minutes.values()].map(some => some.reduce((least, one) => (of(one) < of(least) ? one : least)))
}

export type Slope = { readonly perHour: number; readonly error: number }

/** Least squares: MB an hour, and the standard error of that, as if samples did not hang on one another. */
export function slopeOf(samples: readonly Sample[], of: (sample: Sample) => number): Slope {
  const n = samples.length
  const mean = (value: (one: Sample) => number): number => samples.reduce((sum, one) => sum + value(one), 0) / n
  const [x, y] = [mean(one => one.second), mean(of)]
  const spread = samples.reduce((sum, one) => sum + (one.second - x) ** 2, 0)
  const slope = samples.reduce((sum, one) => sum + (one.second - x) * (of(one) - y), 0) / spread
  const left = samples.reduce((sum, one) => sum + (of(one) - y - slope * (one.second - x)) ** 2, 0)
  return { perHour: 3600 * slope, error: 3600 * Math.sqrt(left / Math.max(1, n - 2) / spread) }
}
