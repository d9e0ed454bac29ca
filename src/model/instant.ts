/** Whole seconds since 1970-01-01T00:00:00Z, UTC. Fields say whose clock: minedAt, postedAt, capturedAt, knownAt. */
export type Instant = number

/** `2020-01-19T00:00:00Z`: RFC 3339, UTC, whole seconds. */
export function format(instant: Instant): string {
  return `${new Date(instant * 1000).toISOString().slice(0, 19)}Z`
}

/** `2020-01-19`: the UTC day. */
export function formatDay(instant: Instant): string {
  return new Date(instant * 1000).toISOString().slice(0, 10)
}

/** `2020-01`. */
export function formatMonth(instant: Instant): string {
  return formatDay(instant).slice(0, 7)
}

/**
 * RFC 3339 time, or a plain day (its start in UTC), or undefined: no other form and no date that does not exist.
 * Fractions of a second are cut off.
 */
export function parse(text: string): Instant | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?([Zz]|[+-]\d\d:\d\d))?$/.exec(text)
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (!isDay(year, month, day)) return undefined
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)]
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const offset = offsetSeconds(match[7] ?? 'Z')
  if (offset === undefined) return undefined
  return fromDay(year, month, day) + hour * 3600 + minute * 60 + second - offset
}

/** The last second of the day when only a day was given; the same instant otherwise. "As of 2019-12-01" includes it. */
export function parseEnd(text: string): Instant | undefined {
  const instant = parse(text)
  return instant !== undefined && text.length === 10 ? instant + DAY_SECONDS - 1 : instant
}

/** Midnight UTC of a calendar day that exists. */
export function fromDay(year: number, month: number, day: number): Instant {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.getTime() / 1000
}

/** Whether the day exists in the proleptic Gregorian calendar. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  return day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
}

export const DAY_SECONDS = 86_400

function offsetSeconds(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))]
  if (hours > 23 || minutes > 59) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60)
}
