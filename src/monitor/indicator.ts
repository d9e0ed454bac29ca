import { assert } from '../std/assert.ts'
import type { Around, Event, History, Subject } from './event.ts'
import type { Rule, Thresholds } from './rule.ts'

/** What a rule saw: the events it rests on, and the numbers behind it, to be printed beside its thresholds. */
export type Hit = {
  readonly events: readonly Event[]
  readonly measured: Readonly<Record<string, number | string>>
  /** What could not be asked, where that weakens the hit; null: nothing. */
  readonly unsure: string | null
}

/**
 * Whether the event at `at` makes the rule fire. A rule fires where its condition becomes true, not as long as it stays
 * true: so each episode is told once, whether events come one by one or all together.
 */
export function judge(rule: Rule, subject: Subject, history: History, at: number, around: Around): Hit | null {
  const check = CHECKS[rule.indicator]
  const hit = check(rule.thresholds, subject, history, at, around)
  if (hit === null || !STAYING.has(rule.indicator) || at === 0) return hit
  // Over a window: silent where the window before this event was enough already.
  return check(rule.thresholds, subject, history, at - 1, around) === null ? hit : null
}

/** Seconds of history that rules need at most: older events may be forgotten. */
export const MEMORY_SECONDS = 400 * 86_400

const HOUR = 3600
const DAY = 86_400

type Check = (t: Thresholds, subject: Subject, history: History, at: number, around: Around) => Hit | null

const STAYING: ReadonlySet<Rule['indicator']> = new Set([
  ...(['structuring', 'burst', 'fan-out', 'denomination-grid', 'service-like', 'charity-mismatch'] as const),
  ...(['accumulate-exit', 'irregular-increase'] as const),
])

const CHECKS: Readonly<Record<Rule['indicator'], Check>> = {
  payment: (t, _, { events }, at) => {
    const event = events[at]!
    const least = cents(t, 'minUsd')
    if (least > 0n && (event.cents === null || event.cents < least)) return null
    return { events: [event], measured: {}, unsure: null }
  },
  'listed-counterparty': (_, { network }, { events }, at, around) => {
    const event = events[at]!
    const authorities = event.other === null ? [] : around.designatedBy(network, event.other, event.time)
    return authorities.length === 0 ? null : one(event, { authorities: authorities.join(', ') })
  },
  'campaign-counterparty': (_, { network }, { events }, at, around) => {
    const event = events[at]!
    const campaigns = event.other === null ? [] : around.campaignsOf(network, event.other)
    return campaigns.length === 0 ? null : one(event, { campaigns: campaigns.join(', ') })
  },
  'category-counterparty': (t, { network }, { events }, at, around) => {
    const event = events[at]!
    const category = event.other === null ? null : around.categoryOf(network, event.other)
    return category !== null && words(t, 'categories').includes(category) ? one(event, { category }) : null
  },
  'country-exchange': (t, { network }, { events }, at, around) => {
    const event = events[at]!
    const countries = event.other === null ? [] : around.countriesOf(network, event.other)
    const found = countries.filter(country => words(t, 'countries').includes(country))
    return found.length === 0 ? null : one(event, { countries: found.join(', ') })
  },
  frozen: (_, { network, address }, { events }, at, around) => {
    const event = events[at]!
    const authorities = around.designatedBy(network, address, event.time)
    const before = at === 0 ? [] : around.designatedBy(network, address, events[at - 1]!.time)
    // Every payment of a frozen address deserves a look; its receipts once, when the freeze begins to hold.
    if (authorities.length === 0 || (event.direction === 'in' && before.length > 0)) return null
    return one(event, { authorities: authorities.join(', ') })
  },
  structuring: (t, _, { events }, at) => {
    const [limit, margin] = [cents(t, 'limitUsd'), number(t, 'margin')]
    const low = BigInt(Math.floor(Number(limit) * (1 - margin)))
    const near = (event: Event): boolean => event.cents !== null && event.cents >= low && event.cents < limit
    if (!near(events[at]!)) return null
    const found = within(events, at, number(t, 'hours') * HOUR).filter(event => near(event) && same(event, events[at]!))
    return found.length >= number(t, 'count')
      ? { events: found, measured: { transfers: found.length }, unsure: null }
      : null
  },
  burst: (t, _, history, at) => {
    const { events } = history
    const least = cents(t, 'minUsd')
    const found = within(events, at, number(t, 'hours') * HOUR).filter(one => one.cents !== null && one.cents >= least)
    if (found.length < number(t, 'count') || found.at(-1) !== events[at]) return null
    const first = events.indexOf(found[0]!)
    const last = first === 0 ? history.before : events[first - 1]!.time
    const quiet = last === null ? Number.POSITIVE_INFINITY : found[0]!.time - last
    if (quiet < number(t, 'quietDays') * DAY) return null
    const silence = Number.isFinite(quiet) ? Math.floor(quiet / DAY) : 'new'
    return { events: found, measured: { transfers: found.length, silenceDays: silence }, unsure: null }
  },
  'accumulate-exit': (t, _, { events }, at) => {
    if (events[at]!.direction !== 'out') return null
    const span = within(events, at, number(t, 'hours') * HOUR).filter(event => same(event, events[at]!, true))
    const gifts = span.filter(event => event.direction === 'in')
    const senders = new Set(gifts.map(event => event.other ?? event.txid)).size
    const typical = median(gifts.flatMap(event => (event.cents === null ? [] : [Number(event.cents)])))
    const [came, went] = [total(gifts), total(span.filter(event => event.direction === 'out'))]
    if (senders < number(t, 'senders') || typical === null || typical >= 100 * number(t, 'medianUsd')) return null
    if (came === 0n || Number(went) < number(t, 'share') * Number(came)) return null
    const measured = { senders, medianUsd: typical / 100, share: Number((1000n * went) / came) / 1000 }
    return {
      events: span,
      measured,
      unsure: gifts.some(event => event.other === null) ? 'some senders are unknown' : null,
    }
  },
  'fan-out': (t, { network }, { events }, at, around) => {
    const service = (event: Event): string | null =>
      event.direction === 'out' && event.other !== null ? around.serviceOf(network, event.other) : null
    if (service(events[at]!) === null) return null
    const found = within(events, at, number(t, 'hours') * HOUR).filter(event => service(event) !== null)
    const services = new Set(found.map(service))
    if (services.size < number(t, 'services')) return null
    return { events: found, measured: { services: [...services].join(', ') }, unsure: null }
  },
  zeroing: (t, _, { events }, at) => {
    const out = events[at]!
    if (out.direction !== 'out') return null
    const span = within(events, at, number(t, 'hours') * HOUR).filter(event => same(event, out, true))
    const [came, went] = [
      total(span.filter(one => one.direction === 'in')),
      total(span.filter(one => one.direction === 'out')),
    ]
    const value = span.filter(one => one.direction === 'in').reduce((sum, one) => sum + (one.cents ?? 0n), 0n)
    if (came === 0n || value < cents(t, 'minUsd') || Number(went) < number(t, 'share') * Number(came)) return null
    const before = total(span.slice(0, -1).filter(one => one.direction === 'out'))
    if (Number(before) >= number(t, 'share') * Number(came)) return null
    return { events: span, measured: { share: Number((1000n * went) / came) / 1000 }, unsure: null }
  },
  'denomination-grid': (t, _, { events }, at) => {
    const step = Number(cents(t, 'stepUsd'))
    const on = (event: Event): boolean => {
      const value = Number(event.cents ?? 0n)
      const nearest = Math.round(value / step)
      return nearest > 0 && Math.abs(value - nearest * step) <= number(t, 'tolerance') * step
    }
    if (!on(events[at]!)) return null
    const found = within(events, at, number(t, 'days') * DAY).filter(event => on(event) && same(event, events[at]!))
    return found.length >= number(t, 'count')
      ? { events: found, measured: { transfers: found.length }, unsure: null }
      : null
  },
  'irregular-increase': (t, _, { events }, at) => {
    const end = events[at]!.time
    const weeks = weekly(events, at, end, 26)
    const [now, ...past] = weeks
    const middle = median(past)
    if (now === undefined || middle === null || past.length < 8 || now < number(t, 'count')) return null
    const spread = median(past.map(count => Math.abs(count - middle))) ?? 0
    // 1.4826 makes the median of distances an estimate of the standard deviation; at least one transaction.
    const z = (now - middle) / Math.max(1, 1.4826 * spread)
    const ratio = now / Math.max(1, middle)
    if (z < number(t, 'z') || ratio < number(t, 'ratio')) return null
    const measured = { week: now, medianWeek: middle, z: Math.round(10 * z) / 10, ratio: Math.round(10 * ratio) / 10 }
    return { events: within(events, at, 7 * DAY), measured, unsure: null }
  },
  'service-like': (t, _, { events }, at) => {
    const span = within(events, at, number(t, 'days') * DAY)
    const received = span.filter(event => event.direction === 'in').length
    const sent = span.length - received
    const ratio = sent === 0 ? Number.POSITIVE_INFINITY : received / sent
    const many = received >= number(t, 'in') && sent >= number(t, 'out')
    if (!many || ratio < number(t, 'low') || ratio > number(t, 'high')) return null
    return {
      events: span.slice(-10),
      measured: { in: received, out: sent, ratio: Math.round(100 * ratio) / 100 },
      unsure: null,
    }
  },
  'charity-mismatch': (t, _, { events }, at) => {
    const end = events[at]!.time
    const months = Array.from({ length: 12 }, (_, k) =>
      sumBetween(events, at, end - 30 * DAY * (k + 1), end - 30 * DAY * k, 'in'),
    )
    const [now, ...past] = months
    const known = past.filter(sum => sum > 0)
    const middle = median(known)
    const out = sumBetween(events, at, end - number(t, 'days') * DAY, end, 'out')
    if (now === undefined || middle === null || known.length < 3 || now < number(t, 'ratio') * middle) return null
    if (out < number(t, 'share') * now) return null
    const measured = { inflowUsd: now / 100, medianUsd: middle / 100, share: Math.round((1000 * out) / now) / 1000 }
    return { events: within(events, at, number(t, 'days') * DAY), measured, unsure: null }
  },
  awakened: (t, _, history, at) => {
    const event = history.events[at]!
    const last = at === 0 ? history.before : history.events[at - 1]!.time
    if (last === null || event.time - last < number(t, 'days') * DAY) return null
    const least = cents(t, 'minUsd')
    if (least > 0n && (event.cents === null || event.cents < least)) return null
    return one(event, { silenceDays: Math.floor((event.time - last) / DAY) })
  },
}

function one(event: Event, measured: Hit['measured']): Hit {
  return { events: [event], measured, unsure: null }
}

/** Events up to `at` that are at most so many seconds older than it. */
function within(events: readonly Event[], at: number, seconds: number): Event[] {
  const since = events[at]!.time - seconds
  let from = at
  while (from > 0 && events[from - 1]!.time >= since) from--
  return events.slice(from, at + 1)
}

/** Of one asset, and in one direction unless either will do. */
function same(a: Event, b: Event, eitherWay = false): boolean {
  const asset = a.asset.network === b.asset.network && a.asset.contract === b.asset.contract
  return asset && (eitherWay || a.direction === b.direction)
}

function total(events: readonly Event[]): bigint {
  return events.reduce((sum, event) => sum + event.units, 0n)
}

/** Cents that came or went in a span, as far as prices are known. */
function sumBetween(
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
function weekly(events: readonly Event[], at: number, end: number, most: number): number[] {
  const weeks = Math.min(most, Math.floor((end - events[0]!.time) / (7 * DAY)) + 1)
  const counts = Array.from({ length: weeks }, () => 0)
  for (let k = at; k >= 0; k--) {
    const week = Math.floor((end - events[k]!.time) / (7 * DAY))
    if (week >= weeks) break
    counts[week]!++
  }
  return counts
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

function number(thresholds: Thresholds, name: string): number {
  const value = thresholds[name]
  assert(typeof value === 'number', `a rule has its threshold ${name}`)
  return value
}

function cents(thresholds: Thresholds, name: string): bigint {
  return BigInt(Math.round(100 * number(thresholds, name)))
}

function words(thresholds: Thresholds, name: string): readonly string[] {
  const value = thresholds[name]
  assert(Array.isArray(value), `a rule has its list ${name}`)
  return value as readonly string[]
}
