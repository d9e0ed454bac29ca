import type { Mention } from '../mention/mention.ts'
import * as Instant from '../model/instant.ts'
import { type Sentence, toView } from './claim-sentence.ts'

/** The stamp of a page and the day of its content are two things: old texts are often stamped anew. */
export type DocumentDates = {
  readonly page: string | null
  readonly content: {
    /** `2021-11-07`, `2021-06`, `2021`, or null. */
    readonly value: string | null
    readonly weekday: string | null
    /** Days that fit all that is known, where the day itself is not. */
    readonly candidates: readonly string[]
    /** Not before, where nothing more is known. */
    readonly earliest: string | null
    readonly reason: string
  }
}

/** Of which time a figure speaks. Two claims are of one period when `key` is equal. */
export type Period = {
  readonly kind: 'day' | 'month' | 'year' | 'range' | 'as-of' | 'since' | 'rolling'
  readonly from: string | null
  readonly to: string | null
  readonly months: number | null
  readonly key: string
  readonly words: string
}

type DateMention = Extract<Mention, { kind: 'date' }>

/** Page and content date of a text from its own words; `given` is what the one who asks says. */
export function documentDates(
  text: string,
  dates: readonly DateMention[],
  sentences: readonly Sentence[],
  given: string | null,
): DocumentDates {
  const stamp = dates.find(date => date.precision === 'day' && isStamp(text, date))
  const page = stamp?.value ?? null
  const body = dates.filter(date => !isStamp(text, date))
  if (given !== null) return { page, content: known(given, 'as the one who asked says') }
  const shown = fromContent(body, sentences, page)
  if (shown !== null) return { page, content: shown }
  if (page !== null)
    return { page, content: known(page, 'the stamp of the page; nothing in the text speaks against it') }
  const earliest = body.flatMap(({ value, relative }) =>
    relative || value === null || value.startsWith('-') ? [] : [value],
  )
  const latest = earliest.toSorted().at(-1) ?? null
  const reason =
    latest === null ? 'the text names no date' : `no date of its own; the latest that it names is ${latest}`
  return { page, content: { ...known(null, reason), earliest: latest } }
}

function known(value: string | null, reason: string): DocumentDates['content'] {
  return { value, weekday: null, candidates: [], earliest: null, reason }
}

/** What relative and half-written dates say together. */
function fromContent(body: readonly DateMention[], sentences: readonly Sentence[], page: string | null) {
  const bare = body.filter(date => date.value?.startsWith('--') === true)
  const weekday = body.find(date => date.relative && date.weekday !== null)?.weekday ?? null
  const lastMonth = body.some(date => date.relative && LAST_MONTH.test(date.raw))
  const reasons: string[] = []
  let month: number | null = null
  if (lastMonth && bare.length > 0) {
    const before = Math.max(...bare.map(date => Number(date.value!.slice(2, 4))))
    month = (before % 12) + 1
    reasons.push(`“${bare.at(-1)!.raw}” was last month`)
  }
  const year = yearOfAct(body, sentences)
  if (year !== null) reasons.push(`an act of ${year - 1} is called last year’s`)
  if (month === null && year === null) return afterDay(body, bare)
  if (page !== null && agrees(page, month, year)) return null
  if (page !== null) reasons.push(`the stamp of the page (${page}) does not fit that`)
  const value = year === null ? null : month === null ? String(year) : `${year}-${String(month).padStart(2, '0')}`
  const days = value?.length === 7 && weekday !== null ? daysOf(value, weekday) : []
  if (days.length > 0) reasons.push(`it speaks of today as a ${weekday}`)
  return { value, weekday, candidates: days, earliest: null, reason: reasons.join('; ') }
}

function agrees(page: string, month: number | null, year: number | null): boolean {
  return (month === null || Number(page.slice(5, 7)) === month) && (year === null || Number(page.slice(0, 4)) === year)
}

/** The year after that of an act which one sentence dates and another calls last year's. */
function yearOfAct(body: readonly DateMention[], sentences: readonly Sentence[]): number | null {
  const holding = (date: DateMention) => sentences.find(one => one.start <= date.start && date.end <= one.end)
  const last = body.find(date => date.relative && LAST_YEAR.test(date.raw) && ACT.test(holding(date)?.text ?? ''))
  if (last === undefined) return null
  const dated = body.filter(date => {
    return !date.relative && /^\d{4}/.test(date.value ?? '') && ACT.test(holding(date)?.text ?? '')
  })
  const years = dated.map(date => Number(date.value!.slice(0, 4)))
  return years.length === 0 ? null : Math.max(...years) + 1
}

/** `19 January` in a text that counts as of 1 December 2019: the first such day after. */
function afterDay(body: readonly DateMention[], bare: readonly DateMention[]) {
  const days = body.filter(date => !date.relative && date.precision === 'day').map(date => date.value!)
  const latest = days.toSorted().at(-1)
  const said = bare[0]?.value?.slice(2)
  if (latest === undefined || said === undefined || said.length !== 5) return null
  const year = Number(latest.slice(0, 4)) + (said <= latest.slice(5) ? 1 : 0)
  return known(`${year}-${said}`, `the first ${bare[0]!.raw} after ${latest}, the latest day that the text names`)
}

function daysOf(month: string, weekday: string): string[] {
  const first = Instant.parse(`${month}-01`)!
  const days: string[] = []
  for (let i = 0; i < 31; i++) {
    const day = Instant.formatDay(first + i * Instant.DAY_SECONDS)
    if (!day.startsWith(month)) break
    if (WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] === weekday) days.push(day)
  }
  return days
}

/** A line that is little more than a date. */
function isStamp(text: string, { start, end }: DateMention): boolean {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end)
  return (to < 0 ? text.length : to) - from - (end - start) <= STAMP_REST_MAX
}

/** The period of which the figure at a place of the sentence speaks. */
export function periodOf(
  sentence: Sentence,
  at: number,
  to: number,
  dates: readonly DateMention[],
  { content }: DocumentDates,
): Period | null {
  const year = content.value?.slice(0, 4) ?? null
  const { text } = sentence
  const rolling = nearest(
    [...text.matchAll(ROLLING)].map(match => ({ match, at: match.index, to: match.index + match[0].length })),
    at,
    to,
  )
  const spans = dates
    .filter(date => date.start >= sentence.start && date.end <= sentence.end && date.value !== null)
    .map(date => ({
      date,
      at: toView(sentence, date.start - sentence.start),
      to: toView(sentence, date.end - sentence.start),
    }))
    .filter(one => !REPORTED.test(text.slice(Math.max(0, one.at - 32), one.at)))
  const date = nearest(spans, at, to)
  if (rolling !== null && (date === null || distance(rolling, at, to) <= distance(date, at, to))) {
    return rollingPeriod(rolling.match)
  }
  if (date === null) return bareYear(text, at)
  const other = spans.find(
    one => one !== date && RANGE.test(text.slice(Math.min(one.to, date.to), Math.max(one.at, date.at))),
  )
  if (other !== undefined) {
    const [first, second] = other.at < date.at ? [other, date] : [date, other]
    const [from] = bounds(first.date.value!, year)
    const [, until] = bounds(second.date.value!, year)
    return make('range', from, until, text.slice(first.at, second.to))
  }
  const lead = text.slice(Math.max(0, date.at - 18), date.at)
  const [from, until] = bounds(date.date.value!, year)
  const words = date.date.raw
  if (SINCE.test(lead)) return make('since', from, null, words)
  if (AS_OF.test(lead) && date.date.precision !== 'year') return make('as-of', null, until, words)
  const kind = date.date.precision === 'year' ? 'year' : date.date.precision === 'month' ? 'month' : 'day'
  return make(kind, from, until, words)
}

/** "In 2022" without the word year, where nothing else tells the time: the one nearest to the figure. */
function bareYear(text: string, at: number): Period | null {
  const found = [...text.matchAll(BARE_YEAR)].toSorted((a, b) => Math.abs(a.index - at) - Math.abs(b.index - at))[0]
  if (found === undefined) return null
  const [from, until] = bounds(found[1]!)
  return make('year', from, until, found[1]!)
}

function make(kind: Period['kind'], from: string | null, to: string | null, words: string): Period {
  return {
    kind,
    from,
    to,
    months: null,
    key: `${kind === 'as-of' || kind === 'since' ? kind : ''} ${from} ${to}`,
    words,
  }
}

function rollingPeriod(match: RegExpMatchArray): Period | null {
  const groups = match.groups!
  const count = groups['count'] ?? groups['after'] ?? groups['english']
  const number =
    count === undefined
      ? 1
      : (NUMBERS.get(count.replace(/^ال/, '').replace(/ه$/, '')) ?? NUMBERS.get(count) ?? Number(count))
  if (Number.isNaN(number)) return null
  const unit = groups['unit'] ?? groups['units'] ?? groups['englishUnit'] ?? ''
  const months = number * (/سن|عام|اعوام|year/.test(unit) ? 12 : 1)
  return { kind: 'rolling', from: null, to: null, months, key: `rolling ${months}`, words: match[0].trim() }
}

/** First and last day of `2021`, `2021-06`, `2021-06-02`; `--05-10` is of the year in which the text was written. */
export function bounds(value: string, year: string | null = null): [string | null, string | null] {
  if (value.startsWith('-')) return year === null ? [value, value] : [year + value.slice(1), year + value.slice(1)]
  if (value.length === 4) return [`${value}-01-01`, `${value}-12-31`]
  if (value.length === 10) return [value, value]
  const [own, month] = value.split('-').map(Number) as [number, number]
  const next = Instant.fromDay(month === 12 ? own + 1 : own, (month % 12) + 1, 1)
  return [`${value}-01`, Instant.formatDay(next - Instant.DAY_SECONDS)]
}

function nearest<T extends { at: number; to: number }>(spans: readonly T[], at: number, to: number): T | null {
  return spans.toSorted((a, b) => distance(a, at, to) - distance(b, at, to))[0] ?? null
}

function distance(span: { at: number; to: number }, at: number, to: number): number {
  return span.to <= at ? at - span.to : span.at >= to ? span.at - to : 0
}

const BARE_YEAR = /(?:(?<!\p{L})(?:في|خلال)|\b(?:in|during|throughout|for)) ((?:19|20)\d\d)(?![\d.,]\d|\d)/gu
const STAMP_REST_MAX = 24
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
const LAST_MONTH = /الشهر الماضي|last month/i
const LAST_YEAR = /(?:العام|السن[هة]) الماضي|last year/i
const ACT = /صادر|تحفظ|ضبط|جمد|اغلق|تفكيك|فكك|seiz|froz|restrain|forfeit|dismantl|disrupt|shut down/
const REPORTED = new RegExp(
  '(?:تقرير|بيان|صدر|الصادر|نشر|نشرت|المنشور)(?: صدر)?(?: في)?(?: يوم)? ?$|(?:report|statement|' +
    'published|issued|released|dated|said|reported|announced)(?: on| of)? ?$',
)
const RANGE = /^\s*(?:و|الي|حتي|and|to|through|until|[-–])\s*(?:عام |سنه )?$/
const SINCE = /(?:منذ|since)\s*(?:مطلع |بدايه |عام |سنه |the start of |early )*$/
const AS_OF = new RegExp(
  '(?:اعتبارا من|حتي|لغايه|الي غايه|بحلول|as of|as at|until|up to|through|by|' +
    String.raw`by the end of)\s*(?:يوم |تاريخ |عام |نهايه |the end of )*$`,
)

const NUMBERS = new Map<string, number>(
  (
    [
      [1, 'واحد one a'],
      [2, 'two اثنين'],
      [3, 'ثلاث three'],
      [4, 'اربع four'],
      [5, 'خمس five'],
      [6, 'ست six'],
      [7, 'سبع seven'],
      [8, 'ثماني ثمان eight'],
      [9, 'تسع nine'],
      [10, 'عشر ten'],
      [12, 'اثني_عشر اثنا_عشر اثنتي_عشر twelve'],
      [18, 'eighteen'],
      [24, 'twenty-four'],
    ] as const
  ).flatMap(([value, names]) => names.split(' ').map(name => [name.replace('_', ' '), value] as const)),
)
const ARABIC_NUMBER =
  '(?:ال)?(?:اثني عشر|اثنا عشر|اثنتي عشره|ثلاثه?|اربعه?|خمسه?|سته?|سبعه?|ثمانيه?|ثمان|تسعه?|عشره?|\\d{1,3})'
const ARABIC_UNIT = '(?:ال)?(?:شهرا?|اشهر|شهور|سنوات|سنه|عاما?|اعوام)'
const ROLLING = new RegExp(
  [
    String.raw`(?<!\p{L})(?<count>${ARABIC_NUMBER}) (?<unit>${ARABIC_UNIT})(?: (?:ال)?(?:ماضي(?:ه)?|` +
      String.raw`اخير(?:ه)?|منصرم(?:ه)?|سابقه))?(?!\p{L})`,

    String.raw`(?<!\p{L})(?<units>${ARABIC_UNIT}) (?<after>${ARABIC_NUMBER}) (?:ال)?(?:ماضيه|اخيره|منصرمه|` +
      String.raw`سابقه)(?!\p{L})`,

    String.raw`\b(?:over|in|during|for|within|across|throughout) (?:the |a |a period of )*(?:last |past |` +
      String.raw`previous |preceding |trailing )?(?<english>\d{1,3}|one|two|three|four|five|six|seven|eight|` +
      String.raw`nine|ten|twelve|eighteen|twenty-four)[ -](?<englishUnit>months?|years?)\b`,
  ].join('|'),
  'gu',
)
