import type { Columns } from '../ledger/ledger.ts'
import { timeOf } from '../ledger/ledger.ts'
import type * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import { burstsOf, robust, segmentsOf } from './burst-change.ts'
import type { Member } from './member.ts'
import { movementsOf } from './movement.ts'

/**
 * Changes in what arrives at addresses: count, value, distinct senders and mean size by day, with the level before,
 * where the change begins, by how much, and whether the rest of the ledger moved too. docs/methods/bursts.md.
 */
export type Arrival = {
  readonly time: Instant.Instant
  readonly address: string
  readonly asset: Asset.Asset
  readonly units: bigint
  /** Those who paid, as numbers that only tell one from another. */
  readonly senders: readonly string[]
}

/** What came in from outside the set, in order of time. Fakes, failed and zero transfers are none. */
export function arrivalsOf(ledgers: readonly Columns[], members: readonly Member[], until: Instant.Instant): Arrival[] {
  const arrivals: Arrival[] = []
  for (const columns of ledgers) {
    const found = rowsOf(columns, members)
    const set = { members: found, own: new Set(found.keys()) }
    for (const movement of movementsOf(columns, set).movements) {
      if (movement.kind !== 'in' || movement.units === movement.own || movement.time > until) continue
      const { time, asset, member, payers } = movement
      const senders = payers.map(payer => `${columns.network} ${payer}`)
      arrivals.push({ time, asset, address: member.address, units: movement.units - movement.own, senders })
    }
  }
  return arrivals.sort((a, b) => a.time - b.time)
}

/** Transactions of each day that do not touch the set: how the market moved, as far as it was read. */
export function marketOf(ledgers: readonly Columns[], members: readonly Member[], days: Days): Float64Array {
  const counts = new Float64Array(days.count)
  for (const columns of ledgers) {
    const touched = new Set<number>()
    for (const row of rowsOf(columns, members).keys()) {
      for (const transaction of columns.addresses.transactionsOf(row)) touched.add(transaction)
    }
    for (let t = 0; t < columns.transactions.count; t++) {
      const day = Math.floor(timeOf(columns, t) / Instant.DAY_SECONDS) - days.first
      if (day >= 0 && day < days.count && !touched.has(t)) counts[day]!++
    }
  }
  return counts
}

/** Days since 1970 of the first day, and how many follow. */
export type Days = { readonly first: number; readonly count: number }

export function daysOf(arrivals: readonly Arrival[]): Days {
  const [first, last] = [arrivals[0]?.time ?? 0, arrivals.at(-1)?.time ?? 0].map(at =>
    Math.floor(at / Instant.DAY_SECONDS),
  )
  return { first: first!, count: arrivals.length === 0 ? 0 : Math.min(DAYS_MAX, last! - first! + 1) }
}

export type Measure = 'count' | 'senders' | 'value' | 'meanSize'

export const measures: readonly Measure[] = ['count', 'senders', 'value', 'meanSize']

/** Daily values of one measure. Values of an asset are in whole coins, for detection only: figures stay exact. */
export function dailyOf(arrivals: readonly Arrival[], measure: Measure, days: Days): Float64Array {
  const values = new Float64Array(days.count)
  const groups = Map.groupBy(arrivals, one => Math.floor(one.time / Instant.DAY_SECONDS) - days.first)
  for (const [day, group] of groups) {
    if (day < 0 || day >= days.count) continue
    const coins = group.reduce((sum, { units, asset }) => sum + Number(units) / 10 ** asset.decimals, 0)
    if (measure === 'count') values[day] = group.length
    else if (measure === 'senders') values[day] = new Set(group.flatMap(one => one.senders)).size
    else values[day] = measure === 'value' ? coins : coins / group.length
  }
  return values
}

/** A rise (or fall) of the level, with what it is measured by. Days are indexes, half open. */
export type Change = {
  readonly from: number
  readonly to: number
  readonly before: number
  readonly after: number
  readonly ratio: number | null
  readonly z: number
  /** By how much the control moved at the same time; null: there is none. */
  readonly control: number | null
  /** Beyond the thresholds, and not by what the control moved. */
  readonly isBurst: boolean
}

/** Rises of the level: PELT finds where, the robust z and the control say whether they count. */
export function changesOf(values: Float64Array, control: Float64Array | null): Change[] {
  const scale = scaleOf(values)
  const segments = segmentsOf(
    values.map(value => value / scale),
    undefined,
    SEGMENT_DAYS_MIN,
  )
  return segments.flatMap(({ from, to }, i) => {
    if (i === 0) return []
    const start = Math.max(0, from - BASELINE_DAYS)
    const base = [...values.subarray(start, from)]
    const [before, after] = [mean(base), mean(values.subarray(from, to))]
    if (after <= before) return []
    const { median, width } = robust(base)
    const floor = Math.max(width, Math.sqrt(Math.max(before, scale / base.length) * scale))
    const moved = control === null ? null : movedBy(control, start, from, to)
    const ratio = before === 0 ? null : after / before
    const z = (after - median) / floor
    const own = ratio === null ? Number.POSITIVE_INFINITY : ratio / (moved ?? 1)
    const isBurst = z >= Z_MIN && (ratio ?? Number.POSITIVE_INFINITY) >= RATIO_MIN && own >= RATIO_MIN
    return [{ from, to, before, after, ratio, z, control: moved, isBurst }]
  })
}

/** Runs of short gaps between arrivals (Kleinberg), as times. */
export function runsOf(
  arrivals: readonly Arrival[],
): { from: Instant.Instant; to: Instant.Instant; level: number; count: number }[] {
  if (arrivals.length < RUN_ARRIVALS_MIN) return []
  const gaps = Float64Array.from(arrivals.slice(1), ({ time }, i) => Math.max(1, time - arrivals[i]!.time))
  return burstsOf(gaps).map(({ from, to, level }) => ({
    ...{ from: arrivals[from]!.time, to: arrivals[to]!.time, level, count: to - from + 1 },
  }))
}

/** The control's ratio over the same days; null where it holds too little to say. */
function movedBy(control: Float64Array, start: number, from: number, to: number): number | null {
  const [before, after] = [mean(control.subarray(start, from)), mean(control.subarray(from, to))]
  const seen = before * (from - start)
  return seen < CONTROL_MIN || before === 0 ? null : after / before
}

/** Counts are taken as they are; values are told in their own usual size, so that one penalty fits all. */
function scaleOf(values: Float64Array): number {
  const some = [...values].filter(value => value > 0)
  if (some.every(Number.isInteger)) return 1
  const { median } = robust(some)
  return median > 0 ? median : 1
}

function rowsOf(columns: Columns, members: readonly Member[]): Map<number, Member> {
  const found = new Map<number, Member>()
  for (const member of members) {
    if (member.network !== columns.network) continue
    const row = columns.addresses.find(member.address)
    if (row !== undefined) found.set(row, member)
  }
  return found
}

function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return values.length === 0 ? 0 : sum / values.length
}

/** Modified z beyond which a value is called an outlier (Iglewicz and Hoaglin 1993). */
export const Z_MIN = 3.5
/** Ours: less than a doubling is no irregular increase. */
export const RATIO_MIN = 2
/** Ours: one busy day is a gift, not a level. */
export const SEGMENT_DAYS_MIN = 2
/** Ours: the level before is that of the last year. */
export const BASELINE_DAYS = 365
/** Ours: a control of fewer transactions says nothing of the market. */
export const CONTROL_MIN = 30
/** Ours: fewer arrivals have no rhythm. */
export const RUN_ARRIVALS_MIN = 5
/** Fifty years of days. */
const DAYS_MAX = 18_300
