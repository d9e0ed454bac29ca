import * as Instant from '../model/instant.ts'
import { fromIslamic, GREGORIAN, ISLAMIC, keyOf, WEEKDAY_NAMES, WEEKDAYS } from './calendar.ts'
import { INITIALS, PATTERN, WEEKDAY_BEFORE } from './date-pattern.ts'
import { type DateMention, verbatim } from './kind.ts'
import { readRelative } from './relative-date.ts'
import { startsIn } from './start.ts'
import type { View } from './view.ts'

/**
 * Dates: with named months (Gregorian and Islamic), in digits, years with their word, and relative ones.
 *
 * What is not written is not made up: without a year the value is `--MM-DD`; where day and month could change places
 * the value is null and both readings stand as candidates; a relative date is resolved only against a given day.
 */
export function findDates(view: View, saidAt: (at: number) => Instant.Instant | null): DateMention[] {
  const found: DateMention[] = []
  let free = 0
  for (const at of startsIn(view.text, INITIALS)) {
    PATTERN.lastIndex = at
    const match = at < free ? null : PATTERN.exec(view.text)
    if (match === null) continue
    const read = readMatch(match.groups as Groups, match[0], saidAt(view.start(match.index)))
    if (read === null) continue
    const lead = WEEKDAY_BEFORE.exec(view.text.slice(Math.max(free, match.index - 16), match.index))
    const start = match.index - (lead?.[0].length ?? 0)
    const weekday = lead === null ? null : WEEKDAY_NAMES[WEEKDAYS.get(keyOf(lead[1]!))!]!
    const end = match.index + match[0].length
    const base = verbatim(view.original, view.start(start), view.end(end))
    found.push({ kind: 'date', ...base, ...NOTHING, ...read, ...withWeekday(read, weekday) })
    free = end
  }
  return found
}

type Groups = Readonly<Record<string, string | undefined>>

type Read = Partial<Omit<DateMention, 'kind'>> & Pick<DateMention, 'value' | 'precision'>

const NOTHING = {
  ...{ calendar: 'gregorian' as const, weekday: null, relative: false, doubtDays: 0, candidates: [], reason: null },
}

function readMatch(groups: Groups, text: string, reference: Instant.Instant | null): Read | null {
  if (groups['isoYear'] !== undefined) {
    return fromParts(groups['isoYear'], groups['isoMonth'], groups['isoDay'])
  }
  if (groups['numberYear'] !== undefined) {
    return fromNumbers(Number(groups['first']), Number(groups['second']), groups['numberYear'])
  }
  if (groups['islamic'] !== undefined) return fromIslamicName(groups)
  if (groups['rangeMonth'] !== undefined) return fromName(groups['rangeMonth'], groups['rangeDay'], undefined)
  const month = groups['monthAfter'] ?? groups['monthBefore'] ?? groups['monthYear']
  if (month !== undefined) {
    const day = groups['dayBefore'] ?? groups['dayAfter']
    return fromName(month, day, groups['yearAfter'] ?? groups['yearBefore'] ?? groups['yearAlone'])
  }
  const year = groups['year'] ?? groups['pairYear']
  if (year !== undefined) return fromParts(year, undefined, undefined)
  return readRelative(text, reference)
}

function fromName(name: string, day: string | undefined, year: string | undefined): Read | null {
  return fromParts(year, String(GREGORIAN.get(keyOf(name))), day)
}

function fromParts(year: string | undefined, month: string | undefined, day: string | undefined): Read | null {
  const [y, m, d] = [Number(year ?? 2000), Number(month ?? 1), Number(day ?? 1)]
  if (!Instant.isDay(y, m, d) || (year !== undefined && (y < YEAR_MIN || y > YEAR_MAX))) return null
  const [mm, dd] = [String(m).padStart(2, '0'), String(d).padStart(2, '0')]
  if (year === undefined) return { value: `--${mm}-${dd}`, precision: 'month-day', reason: 'no year is written' }
  if (month === undefined) return { value: year, precision: 'year' }
  return day === undefined
    ? { value: `${year}-${mm}`, precision: 'month' }
    : { value: `${year}-${mm}-${dd}`, precision: 'day' }
}

/** Day first and month first are both in use: a date that fits both says neither. */
function fromNumbers(first: number, second: number, year: string): Read | null {
  const readings = [fromParts(year, String(second), String(first)), fromParts(year, String(first), String(second))]
  const values = [...new Set(readings.flatMap(reading => reading?.value ?? []))]
  if (values.length === 0) return null
  if (values.length === 1) return { value: values[0]!, precision: 'day' }
  return { value: null, precision: 'none', candidates: values, reason: 'day and month could change places' }
}

function fromIslamicName(groups: Groups): Read | null {
  const month = ISLAMIC.get(keyOf(groups['islamic']!))!
  const year = Number(groups['islamicYear'])
  const day = groups['islamicDay'] === undefined ? null : Number(groups['islamicDay'])
  if (year < 1300 || year > 1500 || (day !== null && (day < 1 || day > 30))) return null
  const written = `${year}-${String(month).padStart(2, '0')}${day === null ? '' : `-${String(day).padStart(2, '0')}`}`
  const value = fromIslamic(year, month, day ?? 1)
  const shared = { calendar: 'islamic' as const, doubtDays: 2, reason: `Islamic calendar ${written}, tabular rule` }
  return day === null
    ? { ...shared, value: value.slice(0, 7), precision: 'month', doubtDays: 30 }
    : { ...shared, value, precision: 'day' }
}

/** The weekday as written: it may decide where day and month could change places, and says where it contradicts. */
function withWeekday(read: Read, weekday: string | null): Partial<DateMention> {
  if (weekday === null) return {}
  const fits = (value: string) => WEEKDAY_NAMES[new Date(`${value}T00:00:00Z`).getUTCDay()] === weekday
  const fitting = (read.candidates ?? []).filter(fits)
  if (fitting.length === 1) {
    return { weekday, value: fitting[0]!, precision: 'day', reason: 'of both readings only this one is that weekday' }
  }
  const contradicts = read.precision === 'day' && read.calendar !== 'islamic' && !fits(read.value!)
  return contradicts ? { weekday, reason: 'the weekday is not that of the date' } : { weekday }
}

const YEAR_MIN = 1900
const YEAR_MAX = 2100
