import * as Instant from '../model/instant.ts'
import { COUNTS, GREGORIAN, keyOf, WEEKDAY_NAMES, WEEKDAYS } from './calendar.ts'
import type { DateMention } from './kind.ts'

type Read = Pick<DateMention, 'value' | 'precision' | 'relative' | 'reason' | 'weekday'>

/** A relative date ("last month", "أمس") against the day on which it was said; unresolved where that is not known. */
export function readRelative(text: string, reference: Instant.Instant | null): Read {
  const words = text.toLowerCase()
  const day = [...WEEKDAYS.keys()].find(name => words.endsWith(name) && words.startsWith('اليوم'))
  const weekday = day === undefined ? null : WEEKDAY_NAMES[WEEKDAYS.get(day)!]!
  const unresolved = { value: null, precision: 'none', relative: true, weekday } as const
  if (reference === null) return { ...unresolved, reason: 'relative, and no day is given to count from' }
  const said = Instant.formatDay(reference)
  const value = resolve(words, said, reference)
  if (value === null) return { ...unresolved, reason: `relative to ${said}, but of no rule that is known` }
  const precision = value.length === 10 ? 'day' : value.length === 7 ? 'month' : 'year'
  return { value, precision, relative: true, weekday, reason: `counted from ${said}, the day of the post` }
}

function resolve(words: string, said: string, reference: Instant.Instant): string | null {
  const [year, month] = [Number(said.slice(0, 4)), Number(said.slice(5, 7))]
  const step = /ماضي|last/.test(words) ? -1 : /مقبل|قادم|next/.test(words) ? 1 : 0
  const ago = /^(?:قبل|منذ)|ago$/.test(words) ? countedBack(words, reference) : null
  if (ago !== null) return ago
  const day = step === 0 ? undefined : words.split(/[ \u00a0]/).find(name => WEEKDAYS.has(name))
  if (day !== undefined) return weekdayFrom(WEEKDAYS.get(day)!, step, reference)
  if (/^(?:امس|yesterday)/.test(words)) return Instant.formatDay(reference - Instant.DAY_SECONDS)
  if (/^(?:اليوم|today)/.test(words)) return said
  if (/شهر|month/.test(words)) return monthOf(year, month + step)
  if (/عام|سنه|year/.test(words)) return String(year + step)
  const name = GREGORIAN.get(keyOf(words.replace(/[ \u00a0](?:الماضي|المقبل)$/, '')))
  if (name === undefined) return null
  const isOtherYear = step < 0 ? name >= month : name <= month
  return monthOf(isOtherYear ? year + step : year, name)
}

/** "three weeks ago": days and weeks to the day, months to the month, years to the year. */
function countedBack(words: string, reference: Instant.Instant): string | null {
  const isTwo = /يومين|اسبوعين|شهرين|عامين|سنتين/.test(words)
  const digits = /\d+/.exec(words)?.[0]
  const word = words.split(/[ \u00a0]/).find(one => COUNTS.has(one))
  const count = isTwo ? 2 : digits !== undefined ? Number(digits) : word === undefined ? 1 : COUNTS.get(word)!
  const said = Instant.formatDay(reference)
  const [year, month] = [Number(said.slice(0, 4)), Number(said.slice(5, 7))]
  if (/يوم|ايام|day/.test(words)) return Instant.formatDay(reference - count * Instant.DAY_SECONDS)
  if (/اسبوع|اسابيع|week/.test(words)) return Instant.formatDay(reference - 7 * count * Instant.DAY_SECONDS)
  if (/شهر|شهور|اشهر|month/.test(words)) return monthOf(year, month - count)
  return /عام|اعوام|سنه|سنوات|سنتين|year/.test(words) ? String(year - count) : null
}

/** The last such weekday before the day of the post, or the next after it. */
function weekdayFrom(weekday: number, step: number, reference: Instant.Instant): string {
  const today = new Date(reference * 1000).getUTCDay()
  const apart = step < 0 ? (today - weekday + 7) % 7 || 7 : (weekday - today + 7) % 7 || 7
  return Instant.formatDay(reference + step * apart * Instant.DAY_SECONDS)
}

function monthOf(year: number, month: number): string {
  const months = year * 12 + month - 1
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
