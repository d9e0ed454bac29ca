import { assert } from '../std/assert.ts'
import type { Around, Event, History, Subject } from './event.ts'
import type { Thresholds } from './rule.ts'
import type { measureWords } from './word.ts'

/** What a rule saw: the events it rests on, and the numbers behind it, to be printed beside its thresholds. */
export type Hit = {
  readonly events: readonly Event[]
  readonly measured: Measured
  /** What could not be asked, where that weakens the hit; null: nothing. */
  readonly unsure: string | null
}

/** By names that have words in both languages. */
export type Measured = { readonly [Name in keyof typeof measureWords]?: number | string }

/** Whether a condition is met at one event of a history, and what was seen. */
export type See = (t: Thresholds, subject: Subject, history: History, at: number, around: Around) => Hit | null

/** One red flag over payments. */
export type Indicator = {
  readonly see: See
  /** Which events can bring it about; left out: all. */
  readonly begins?: (t: Thresholds, event: Event, subject: Subject, around: Around) => boolean
  readonly told: Told | ((event: Event) => Told)
  /** What a hit names, for `first`. */
  readonly nameOf?: (hit: Hit) => string
}

/**
 * `each`: every event at which it is met. `start`: where it was not met at the event before. `episode`: where it was
 * not met at the last event that could bring it about, or nothing of that lies in what is seen now. `first`: once for
 * each name.
 */
export type Told = 'each' | 'start' | 'episode' | 'first'

export const HOUR = 3600
export const DAY = 86_400

export function one(event: Event, measured: Hit['measured']): Hit {
  return { events: [event], measured, unsure: null }
}

/** Events up to `at` that are at most so many seconds older than it. */
export function within(events: readonly Event[], at: number, seconds: number): Event[] {
  const since = events[at]!.time - seconds
  let from = at
  while (from > 0 && events[from - 1]!.time >= since) from--
  return events.slice(from, at + 1)
}

/** Of one asset, and in one direction unless either will do. */
export function same(a: Event, b: Event, eitherWay = false): boolean {
  const asset = a.asset.network === b.asset.network && a.asset.contract === b.asset.contract
  return asset && (eitherWay || a.direction === b.direction)
}

export function total(events: readonly Event[]): bigint {
  return events.reduce((sum, event) => sum + event.units, 0n)
}

/** Cents that came or went in a span, as far as prices are known. */
export function sumBetween(
  events: readonly Event[],
  at: number,
  from: number,
  to: number,
  direction: Event['direction'],
): number {
  let sum = 0n
  for (let k = at; k >= 0 && events[k]!.time > from; k--) {
    const event = events[k]!
    if (event.time <= to && event.direction === direction) sum += event.cents ?? 0n
  }
  return Number(sum)
}

/** Events a week, the newest week first, back to the first event or so many weeks. */
export function weekly(events: readonly Event[], at: number, end: number, most: number): number[] {
  const weeks = Math.min(most, Math.floor((end - events[0]!.time) / (7 * DAY)) + 1)
  const counts = Array.from({ length: weeks }, () => 0)
  for (let k = at; k >= 0; k--) {
    const week = Math.floor((end - events[k]!.time) / (7 * DAY))
    if (week >= weeks) break
    counts[week]!++
  }
  return counts
}

export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

export function number(thresholds: Thresholds, name: string): number {
  const value = thresholds[name]
  assert(typeof value === 'number', `a rule has its threshold ${name}`)
  return value
}

export function cents(thresholds: Thresholds, name: string): bigint {
  return BigInt(Math.round(100 * number(thresholds, name)))
}

export function words(thresholds: Thresholds, name: string): readonly string[] {
  const value = thresholds[name]
  assert(Array.isArray(value), `a rule has its list ${name}`)
  return value as readonly string[]
}
