/** Whole seconds since 1970-01-01T00:00:00Z. Whoever needs the time is given a clock. */
export type Clock = () => number

/** The machine's clock. The only place that asks for it. */
export const systemClock: Clock = () => Math.floor(Date.now() / 1000)

/** A clock that always says the same: tests and seeded runs. */
export function fixedClock(seconds: number): Clock {
  return () => seconds
}

/** Milliseconds from some start, for durations only. The only place that asks for it. */
export function elapsedMilliseconds(): number {
  return performance.now()
}
