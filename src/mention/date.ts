import * as Instant from '../model/instant.ts'
import { fromIslamic, GREGORIAN, ISLAMIC, keyOf, WEEKDAY_NAMES, WEEKDAYS } from './calendar.ts'
import * as Pattern from './date-pattern.ts'
import { type Base, type DateMention, verbatim } from './kind.ts'
import { readRelative } from './relative-date.ts'
import { DIGIT, DIGITS, FOLDED, KIND, LETTER, mayBegin } from './start.ts'
import { type View, viewOf } from './view.ts'

/**
 * Dates: with named months (Gregorian and Islamic), in digits, years with their word, and relative ones.
 *
 * What is not written is not made up: without a year the value is `--MM-DD`; where day and month could change places
 * the value is null and both readings stand as candidates; a relative date is resolved only against a given day.
 */
export function findDates(view: View, saidAt: (at: number) => Instant.Instant | null): DateMention[] {
  const found: DateMention[] = []
  let free = 0
  const { text } = view
  const { at: starts, lists } = view.starts()
  for (let i = 0; i < starts.length; i++) {
    if ((lists[i]! & (DIGITS | Pattern.DATES_BEGIN)) === 0) continue
    const at = starts[i]!
    if (at < free) continue
    const isDigit = (lists[i]! & DIGITS) !== 0
    if (!(isDigit ? mayBeDate(text, at) : Pattern.isFirstWord(text, at))) continue
    const match = isDigit
      ? matchAt(Pattern.FROM_DIGIT, text, at)
      : (matchAt(Pattern.FROM_WORD, text, at) ?? matchAt(Pattern.FROM_WORD_RELATIVE, text, at))
    if (match === null) continue
    const groups: Groups = match.groups ?? {}
    const read = readMatch(groups, match[0], saidAt(view.start(match.index)))
    if (read === null) continue
    const lead = mayFollowName(text, at) ? Pattern.WEEKDAY_BEFORE.exec(text.slice(Math.max(free, at - 16), at)) : null
    const start = match.index + (groups['particle']?.length ?? 0) - (lead?.[0].length ?? 0)
    const weekday = lead === null ? null : WEEKDAY_NAMES[WEEKDAYS.get(keyOf(lead[1]!))!]!
    const end = match.index + match[0].length
    const base = verbatim(view.original, view.start(start), view.end(end))
    found.push(mentionOf(base, weekday === null ? read : { ...read, ...withWeekday(read, weekday) }))
    free = end
    if (groups['spanDay'] === undefined || groups['spanEnd'] !== undefined) continue
    const last = Pattern.LAST_DAY.exec(text.slice(end, end + 40))
    const closing = last === null ? null : fromName(groups['spanStart']!, last[1]!, last[2]!)
    if (last === null || closing === null) continue
    const at2 = end + last[0].indexOf(last[1]!)
    free = end + last[0].length
    const rest = verbatim(view.original, view.start(at2), view.end(free))
    found.push(mentionOf(rest, closing))
  }
  return withSpans(view, found)
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Two dates that a word makes the ends of one span carry it, both. */
function withSpans({ original }: View, dates: readonly DateMention[]): DateMention[] {
  const joined = [...dates]
  for (let i = 1; i < joined.length; i++) {
    const [first, second] = [joined[i - 1]!, joined[i]!]
    if (second.start - first.end > SPAN_GAP_MAX || first.value === null || second.value === null) continue
    const between = viewOf(original.slice(first.end, second.start)).text
    if (!Pattern.SPAN.test(between) || (first.value > second.value && !first.value.startsWith('-'))) continue
    const lead = viewOf(original.slice(Math.max(0, first.start - SPAN_LEAD), first.start)).text
    if (Pattern.AND.test(between) && !Pattern.BETWEEN.test(lead)) continue
    const span = { from: first.value, to: second.value }
    joined[i - 1] = { ...first, span }
    joined[i] = { ...second, span }
  }
  return joined
}

const SPAN_GAP_MAX = 24
const SPAN_LEAD = 32

/** Whether what stands around a run of digits lets it be part of a date: those of FROM_DIGIT. */
function mayBeDate(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (KIND[before] === LETTER && before !== WAW) return false
  let end = at + 1
  while (end < at + 5 && KIND[text.charCodeAt(end)] === DIGIT) end++
  const next = text.charCodeAt(end)
  if (end === at + 4) {
    const century = text.slice(at, at + 2)
    if (century === '13' || century === '14' || century === '15') return SIGN.includes(text[end] ?? ' ')
    if (century !== '19' && century !== '20') return false
    return SIGN.includes(text[end] ?? ' ') || mayFollowYearWord(text, at)
  }
  if (end > at + 2 || Number.isNaN(next)) return false
  if (KIND[next] === LETTER) return mayBegin(Pattern.AFTER_DIGIT, text, end)
  if (next !== 0x20 && next !== 0xa0) return next === 0x2013 || SIGN.includes(text[end]!)
  return isGap(text.charCodeAt(end + 1)) || mayBegin(Pattern.AFTER_DAY, text, end + 1)
}

function mayFollowYearWord(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (before === WAW) return true
  if (before !== 0x20 && before !== 0xa0) return false
  const last = FOLDED[text.charCodeAt(at - 2)]!
  if (last === WAW) return true
  const words = YEAR_WORDS.get(last)
  return words?.some(word => text.slice(at - 1 - word.length, at - 1).toLowerCase() === word) ?? false
}

function mayFollowName(text: string, at: number): boolean {
  let last = at - 1
  while (last >= at - 3 && (isGap(text.charCodeAt(last)) || text[last] === '،' || text[last] === ',')) last--
  return KIND[text.charCodeAt(last)] === LETTER
}

function isGap(code: number): boolean {
  return code === 0x20 || code === 0xa0 || (code >= 0x2d && code <= 0x2f) || code === 0x2013
}

const SIGN = '-/.'

/** The one letter that may be written together with a year. */
const WAW = 0x648

/** Words before a year, by their last letter. */
const YEAR_WORDS = Map.groupBy(['عام', 'عامي', 'اعوام', 'سنه', 'year', 'in', 'since', 'of', 'during'], word =>
  word.charCodeAt(word.length - 1),
)

type Groups = Readonly<Record<string, string | undefined>>

type Read = Partial<Omit<DateMention, 'kind'>> & Pick<DateMention, 'value' | 'precision'>

/** Field by field: there are many dates in some texts, and spreading is slow. */
function mentionOf({ raw, start, end, certainty, repaired, disguise }: Base, read: Read): DateMention {
  return {
    kind: 'date',
    raw,
    start,
    end,
    certainty,
    repaired,
    disguise,
    calendar: read.calendar ?? 'gregorian',
    weekday: read.weekday ?? null,
    relative: read.relative ?? false,
    doubtDays: read.doubtDays ?? 0,
    candidates: read.candidates ?? [],
    reason: read.reason ?? null,
    value: read.value,
    precision: read.precision,
  }
}

function readMatch(groups: Groups, text: string, reference: Instant.Instant | null): Read | null {
  const hijri = groups['hijriYear'] ?? groups['hijriFirst']
  if (hijri !== undefined) {
    const [month, day] = [groups['hijriMonth'] ?? groups['hijriSecond'], groups['hijriDay'] ?? groups['hijriThird']]
    return fromIslamicParts(Number(hijri), Number(month), Number(day))
  }
  if (groups['isoYear'] !== undefined) {
    return fromParts(groups['isoYear'], groups['isoMonth'], groups['isoDay'])
  }
  if (groups['numberYear'] !== undefined) {
    return fromNumbers(Number(groups['first']), Number(groups['second']), groups['numberYear'])
  }
  if (groups['islamic'] !== undefined) return fromIslamicName(groups)
  const lent = lentYear(groups)
  if (groups['rangeMonth'] !== undefined) return fromName(groups['rangeMonth'], groups['rangeDay'], groups['rangeYear'])
  if (groups['spanMonth'] !== undefined) return fromName(groups['spanMonth'], undefined, lent)
  if (groups['spanStart'] !== undefined) return fromName(groups['spanStart'], groups['spanDay'], lent)
  const month = groups['monthAfter'] ?? groups['monthBefore'] ?? groups['monthYear']
  if (month !== undefined) {
    const day = groups['dayBefore'] ?? groups['dayAfter']
    return fromName(month, day, groups['yearAfter'] ?? groups['yearBefore'] ?? groups['yearAlone'] ?? lent)
  }
  const year = groups['year'] ?? groups['pairYear']
  if (year !== undefined) return fromParts(year, undefined, undefined)
  return readRelative(text, reference)
}

/** The year that stands at the end of a span only: of its beginning it is the year before where the months say so. */
function lentYear(groups: Groups): string | undefined {
  const year = groups['spanYear'] ?? groups['spanDayYear'] ?? groups['lentYear']
  if (year === undefined) return undefined
  const monthOf = (name: string | undefined) => (name === undefined ? undefined : GREGORIAN.get(keyOf(name)))
  const first = monthOf(groups['spanMonth'] ?? groups['spanStart'] ?? groups['monthAfter'])!
  const last = monthOf(groups['spanLast'] ?? groups['spanEnd'] ?? groups['lentMonth']) ?? first
  return String(Number(year) - (first > last ? 1 : 0))
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
  return fromIslamicParts(year, month, day)
}

function fromIslamicParts(year: number, month: number, day: number | null): Read | null {
  if (year < 1300 || year > 1500 || month < 1 || month > 12) return null
  if (day !== null && (day < 1 || day > 30)) return null
  const written = `${year}-${String(month).padStart(2, '0')}${day === null ? '' : `-${String(day).padStart(2, '0')}`}`
  const value = fromIslamic(year, month, day ?? 1)
  const shared = { calendar: 'islamic' as const, doubtDays: 2, reason: `Islamic calendar ${written}, tabular rule` }
  return day === null
    ? { ...shared, value: value.slice(0, 7), precision: 'month', doubtDays: 30 }
    : { ...shared, value, precision: 'day' }
}

/** The weekday as written: it may decide where day and month could change places, and says where it contradicts. */
function withWeekday(read: Read, weekday: string): Partial<DateMention> {
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
