import * as Instant from '../model/instant.ts'
import type { Claim } from './claim.ts'
import { halfStep } from './claim-figure.ts'

/** The dollars of one whole coin on a day (`2020-01-19`), as decimal text, and who says so. */
export type CoinPrice = (symbol: string, day: string) => { readonly usd: string; readonly source: string } | undefined

/** Days on which a number of coins was worth what is said. */
export type Fit = {
  readonly coins: string
  readonly asset: string
  readonly usd: string
  /** Dollars over coins: the price that the two figures together imply. */
  readonly impliedPrice: string
  /** Days whose price lies within the rounding of the figure, nearest to the anchor first; at most `RUNS_MAX` runs. */
  readonly runs: readonly { readonly from: string; readonly to: string }[]
  /** The day of the nearest run whose price is nearest to the implied one. */
  readonly best: { readonly day: string; readonly price: string; readonly source: string }
  readonly anchor: string | null
}

/**
 * When `coins` were worth `usd`, by price = dollars / coins. Days are looked for between `from` and `to`; the run
 * nearest to `anchor` counts as found. Undefined where no day fits or no price is known.
 */
export function fit(
  coins: Claim,
  usd: Claim,
  { from, to, anchor }: { from: string; to: string; anchor: string | null },
  priceOf: CoinPrice,
): Fit | undefined {
  const units = Number(coins.quantity?.value)
  const [low, high] = rounded(usd).map(value => value / units) as [number, number]
  if (!(units > 0) || !(high > 0)) return undefined
  const implied = Number(usd.quantity!.value) / units
  const symbol = coins.unit!
  const days: { day: string; price: number; text: string; source: string }[] = []
  const last = Instant.parse(to) ?? 0
  for (let at = Instant.parse(from) ?? last + 1; at <= last; at += Instant.DAY_SECONDS) {
    const day = Instant.formatDay(at)
    const price = priceOf(symbol, day)
    if (price === undefined) continue
    const value = Number(price.usd)
    if (value >= low && value <= high) days.push({ day, price: value, text: price.usd, source: price.source })
  }
  if (days.length === 0) return undefined
  const runs = runsOf(days.map(one => one.day)).toSorted((a, b) => awayFrom(a, anchor) - awayFrom(b, anchor))
  const chosen = days.filter(({ day }) => day >= runs[0]!.from && day <= runs[0]!.to)
  const best = chosen.toSorted((a, b) => Math.abs(a.price - implied) - Math.abs(b.price - implied))[0]!
  return {
    ...{ coins: coins.quantity!.value!, asset: symbol, usd: usd.quantity!.value!, anchor },
    impliedPrice: implied.toFixed(2),
    runs: runs.slice(0, RUNS_MAX),
    best: { day: best.day, price: best.text, source: best.source },
  }
}

/** What the dollars may be by their rounding alone: "almost 24 million" is 23.5 to 24. */
function rounded({ quantity, qualifier }: Claim): readonly [number, number] {
  const value = Number(quantity?.value)
  const step = halfStep(quantity?.value ?? '0')
  if (qualifier === 'almost' || qualifier === 'less than' || qualifier === 'up to') return [value - step, value]
  if (qualifier === 'more than' || qualifier === 'at least') return [value, value + 2 * step]
  return [value - step, value + step]
}

/** Where to look: from the day as of which the coins are counted, else from before the report, until after it. */
export function windowOf(
  coins: Claim,
  usd: Claim,
): { from: string; to: string; asOf: string | null; report: string | null } {
  const asOf = fullDay(coins.period?.to ?? null) ?? fullDay(usd.period?.to ?? null)
  const report = fullDay(usd.date.value) ?? fullDay(coins.date.value)
  const first = asOf ?? report
  const shift = (day: string, days: number) => Instant.formatDay(Instant.parse(day)! + days * Instant.DAY_SECONDS)
  if (first === null) return { from: FIRST_PRICE, to: LAST_PRICE, asOf, report }
  const until = report ?? shift(first, UNKNOWN_REPORT_DAYS)
  return {
    from: asOf ?? shift(first, -BEFORE_DAYS),
    to: shift(until > first ? until : first, AFTER_DAYS),
    asOf,
    report,
  }
}

function fullDay(value: string | null): string | null {
  if (value === null || value.startsWith('-')) return null
  return value.length === 10 ? value : value.length === 7 ? `${value}-15` : null
}

function runsOf(days: readonly string[]): { from: string; to: string }[] {
  const runs: { from: string; to: string }[] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last !== undefined && Instant.parse(day)! - Instant.parse(last.to)! <= Instant.DAY_SECONDS) last.to = day
    else runs.push({ from: day, to: day })
  }
  return runs
}

function awayFrom({ from, to }: { from: string; to: string }, anchor: string | null): number {
  if (anchor === null) return 0
  const [a, b, c] = [Instant.parse(from)!, Instant.parse(to)!, Instant.parse(anchor)!]
  return c < a ? a - c : c > b ? c - b : 0
}

const RUNS_MAX = 5
/** Ours: without a day as of which it counts, a figure is valued at the earliest a quarter before its report. */
const BEFORE_DAYS = 90
/** Ours: a report is dated within a week of its last edit. */
const AFTER_DAYS = 7
const UNKNOWN_REPORT_DAYS = 120
/** What daily price files cover: the first quoted bitcoin price; Mt. Gox, 17 July 2010. */
const FIRST_PRICE = '2010-07-17'
const LAST_PRICE = '2030-12-31'
