import * as Instant from '../model/instant.ts'
import { GREGORIAN, keyOf, WEEKDAY_NAMES, WEEKDAYS } from './calendar.ts'
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
  if (/^(?:امس|yesterday)/.test(words)) return Instant.formatDay(reference - Instant.DAY_SECONDS)
  if (/^(?:اليوم|today)/.test(words)) return said
  if (/شهر|month/.test(words)) return monthOf(year, month + step)
  if (/عام|سنه|year/.test(words)) return String(year + step)
  const name = GREGORIAN.get(keyOf(words.replace(/[ \u00a0](?:الماضي|المقبل)$/, '')))
  if (name === undefined) return null
  const isOtherYear = step < 0 ? name >= month : name <= month
  return monthOf(isOtherYear ? year + step : year, name)
}

function monthOf(year: number, month: number): string {
  const months = year * 12 + month - 1
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}
