import type { Event } from './event.ts'
import {
  cents,
  DAY,
  type Hit,
  HOUR,
  type Indicator,
  median,
  number,
  same,
  sumBetween,
  total,
  weekly,
  within,
} from './indicator-part.ts'

/** Red flags that several payments of one address show together, within a window of time. */
export const windows = {
  structuring: {
    told: 'episode',
    begins: (t, event) => isJustBelow(event, cents(t, 'limitUsd'), number(t, 'margin')),
    see: (t, _, { events }, at) => {
      const [limit, margin] = [cents(t, 'limitUsd'), number(t, 'margin')]
      const found = within(events, at, number(t, 'hours') * HOUR).filter(
        event => isJustBelow(event, limit, margin) && same(event, events[at]!),
      )
      return atLeast(found, number(t, 'count'))
    },
  },
  burst: {
    told: 'episode',
    begins: (t, event) => event.cents !== null && event.cents >= cents(t, 'minUsd'),
    see: (t, _, history, at) => {
      const { events } = history
      const least = cents(t, 'minUsd')
      const found = within(events, at, number(t, 'hours') * HOUR).filter(
        one => one.cents !== null && one.cents >= least,
      )
      if (found.length < number(t, 'count')) return null
      const first = events.indexOf(found[0]!)
      const last = first === 0 ? history.before : events[first - 1]!.time
      const quiet = last === null ? Number.POSITIVE_INFINITY : found[0]!.time - last
      if (quiet < number(t, 'quietDays') * DAY) return null
      const silence = Number.isFinite(quiet) ? Math.floor(quiet / DAY) : 'new'
      return { events: found, measured: { transfers: found.length, silenceDays: silence }, unsure: null }
    },
  },
  'accumulate-exit': {
    told: 'episode',
    begins: (_, event) => event.direction === 'out',
    see: (t, _, { events }, at) => {
      const span = within(events, at, number(t, 'hours') * HOUR).filter(event => same(event, events[at]!, true))
      const gifts = span.filter(event => event.direction === 'in')
      const senders = new Set(gifts.map(event => event.other ?? event.txid)).size
      const typical = median(gifts.flatMap(event => (event.cents === null ? [] : [Number(event.cents)])))
      const [came, went] = [total(gifts), total(span.filter(event => event.direction === 'out'))]
      if (senders < number(t, 'senders') || typical === null || typical >= 100 * number(t, 'medianUsd')) return null
      if (came === 0n || Number(went) < number(t, 'share') * Number(came)) return null
      const measured = { senders, medianUsd: typical / 100, share: Number((1000n * went) / came) / 1000 }
      const unsure = gifts.some(event => event.other === null) ? 'some senders are unknown' : null
      return { events: span, measured, unsure }
    },
  },
  'fan-out': {
    told: 'episode',
    begins: (_, event, { network }, around) =>
      event.direction === 'out' && event.other !== null && around.serviceOf(network, event.other) !== null,
    see: (t, { network }, { events }, at, around) => {
      const service = (event: Event): string | null =>
        event.direction === 'out' && event.other !== null ? around.serviceOf(network, event.other) : null
      const found = within(events, at, number(t, 'hours') * HOUR).filter(event => service(event) !== null)
      const services = new Set(found.map(service))
      if (services.size < number(t, 'services')) return null
      return { events: found, measured: { services: [...services].join(', ') }, unsure: null }
    },
  },
  zeroing: {
    told: 'each',
    begins: (_, event) => event.direction === 'out',
    see: (t, _, { events }, at) => {
      const span = within(events, at, number(t, 'hours') * HOUR).filter(event => same(event, events[at]!, true))
      const gifts = span.filter(one => one.direction === 'in')
      const [came, went] = [total(gifts), total(span.filter(one => one.direction === 'out'))]
      const value = gifts.reduce((sum, one) => sum + (one.cents ?? 0n), 0n)
      if (came === 0n || value < cents(t, 'minUsd') || Number(went) < number(t, 'share') * Number(came)) return null
      const before = total(span.slice(0, -1).filter(one => one.direction === 'out'))
      if (Number(before) >= number(t, 'share') * Number(came)) return null
      return { events: span, measured: { share: Number((1000n * went) / came) / 1000 }, unsure: null }
    },
  },
  'denomination-grid': {
    told: 'episode',
    begins: (t, event) => isOnGrid(event, Number(cents(t, 'stepUsd')), number(t, 'tolerance')),
    see: (t, _, { events }, at) => {
      const [step, tolerance] = [Number(cents(t, 'stepUsd')), number(t, 'tolerance')]
      const found = within(events, at, number(t, 'days') * DAY).filter(
        event => isOnGrid(event, step, tolerance) && same(event, events[at]!),
      )
      return atLeast(found, number(t, 'count'))
    },
  },
  'irregular-increase': {
    told: 'episode',
    see: (t, _, { events }, at) => {
      const weeks = weekly(events, at, events[at]!.time, 26)
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
  },
  'service-like': {
    told: 'episode',
    see: (t, _, { events }, at) => {
      const span = within(events, at, number(t, 'days') * DAY)
      const received = span.filter(event => event.direction === 'in').length
      const sent = span.length - received
      const ratio = sent === 0 ? Number.POSITIVE_INFINITY : received / sent
      const many = received >= number(t, 'in') && sent >= number(t, 'out')
      if (!many || ratio < number(t, 'low') || ratio > number(t, 'high')) return null
      const measured = { in: received, out: sent, ratio: Math.round(100 * ratio) / 100 }
      return { events: span.slice(-10), measured, unsure: null }
    },
  },
  'charity-mismatch': {
    told: 'episode',
    see: (t, _, { events }, at) => {
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
  },
} as const satisfies Readonly<Record<string, Indicator>>

function isJustBelow(event: Event, limit: bigint, margin: number): boolean {
  const low = BigInt(Math.floor(Number(limit) * (1 - margin)))
  return event.cents !== null && event.cents >= low && event.cents < limit
}

function isOnGrid(event: Event, step: number, tolerance: number): boolean {
  const value = Number(event.cents ?? 0n)
  const nearest = Math.round(value / step)
  return nearest > 0 && Math.abs(value - nearest * step) <= tolerance * step
}

function atLeast(found: readonly Event[], count: number): Hit | null {
  return found.length >= count ? { events: found, measured: { transfers: found.length }, unsure: null } : null
}
