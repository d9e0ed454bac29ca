import { median } from './burst-change.ts'

/**
 * Event study: whether inflow rose after days on which something else happened (visits to a site, clashes, a post).
 * For each lag the mean of `windowDays` days after the events less that of as many days before; the placebo is every
 * other day on which an event could have been, so no chance is drawn.
 */
export type Study = {
  /** Indexes of the days taken as events. */
  readonly events: readonly number[]
  readonly windowDays: number
  readonly lag: number
  readonly effect: number
  readonly before: number
  readonly after: number
  readonly ratio: number | null
  readonly placebo: { readonly days: number; readonly median: number; readonly atLeast: number; readonly share: number }
  readonly byLag: readonly { readonly lag: number; readonly effect: number }[]
}

/** Undefined where no event has its whole window inside the series, or too few days are left for placebos. */
export function study(
  inflow: Float64Array,
  events: readonly number[],
  windowDays: number,
  lagMax: number,
): Study | undefined {
  const fits = (day: number, lag: number) => day - windowDays >= 0 && day + lag + windowDays <= inflow.length
  const usable = events.filter(day => fits(day, lagMax))
  if (usable.length === 0) return undefined
  const effectAt = (day: number, lag: number) =>
    mean(inflow, day + lag, day + lag + windowDays) - mean(inflow, day - windowDays, day)
  const byLag = Array.from({ length: lagMax + 1 }, (_, lag) => ({
    lag,
    effect: meanOf(usable.map(day => effectAt(day, lag))),
  }))
  const best = byLag.reduce((one, two) => (two.effect > one.effect ? two : one))
  const near = (day: number) => events.some(event => Math.abs(event - day) < windowDays)
  const placebos: number[] = []
  for (let day = 0; day < inflow.length; day++) {
    if (!fits(day, lagMax) || near(day)) continue
    // The best lag of each placebo day, since the best lag of the events was chosen too.
    placebos.push(Math.max(...byLag.map(({ lag }) => effectAt(day, lag))))
  }
  if (placebos.length < PLACEBO_MIN) return undefined
  const before = meanOf(usable.map(day => mean(inflow, day - windowDays, day)))
  const atLeast = placebos.filter(effect => effect >= best.effect).length
  return {
    ...{ events: usable, windowDays, lag: best.lag, effect: best.effect, before, after: before + best.effect },
    ratio: before === 0 ? null : (before + best.effect) / before,
    placebo: { days: placebos.length, median: median(placebos), atLeast, share: (atLeast + 1) / (placebos.length + 1) },
    byLag,
  }
}

/** Fewer other days than these say nothing of chance (a share below 1 in 20 could not be told). */
const PLACEBO_MIN = 20

function mean(values: Float64Array, from: number, to: number): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i]!
  return sum / (to - from)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
