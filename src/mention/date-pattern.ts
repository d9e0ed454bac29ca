import { alternatives, COUNTS, GREGORIAN, ISLAMIC, WEEKDAYS } from './calendar.ts'
import { headsOf } from './start.ts'

/**
 * The forms of a date as one regular expression over a view, one named group for each part. Every repetition in it is
 * bounded, so the time is linear.
 */
const SPACE = '[ \\u00a0]'
const MONTH = alternatives(GREGORIAN)
const HIJRI = alternatives(ISLAMIC)
const WEEKDAY = alternatives(WEEKDAYS)
const END = String.raw`(?![\p{L}\d])`
const START = String.raw`(?<![\d\p{L}./-])`
const YEAR = String.raw`(?:19|20)\d\d`
const LAST = String.raw`(?!\d|[./-]\d)`
const YEAR_WORD = `(?:(?:من${SPACE})?(?:عام|سنه)${SPACE})?`
const GAP = `(?:${SPACE}|[/,.-]){1,2}`
const ORDINAL = '(?:st|nd|rd|th|er)?'

/** 2021-11-07 and 07/11/2021. */
const DIGITS = [
  String.raw`${START}(?<isoYear>${YEAR})[-/.](?<isoMonth>\d{1,2})[-/.](?<isoDay>\d{1,2})${LAST}`,
  String.raw`${START}(?<first>\d{1,2})(?<sign>[-/.])(?<second>\d{1,2})\k<sign>(?<numberYear>${YEAR})${LAST}`,
]

/** ١٢ رمضان ١٤٤٢ هـ, with the year always: a name of a month alone is a name of a person. */
const ISLAMIC_DATE = [
  String.raw`(?<![\d\p{L}])(?:(?<islamicDay>\d{1,2})${SPACE}(?:من${SPACE})?)?(?<islamic>${HIJRI})${SPACE}`,
  String.raw`(?:عام${SPACE})?(?<islamicYear>1[345]\d\d)(?:${SPACE}?(?:ه|AH)${END})?(?!\d)`,
].join('')

/** 10/05/1443 هـ and 1443-05-10 AH: digits only beside the sign of the calendar. */
const ISLAMIC_DIGITS = [
  String.raw`${START}(?:(?<hijriDay>\d{1,2})[-/.](?<hijriMonth>\d{1,2})[-/.](?<hijriYear>1[345]\d\d)|`,
  String.raw`(?<hijriFirst>1[345]\d\d)[-/.](?<hijriSecond>\d{1,2})[-/.](?<hijriThird>\d{1,2}))`,
  `${SPACE}?(?:ه|هجري|هجريه|AH)${END}`,
].join('')

/** The first day of "10 to 20 May"; the second is a date of its own. */
const RANGE = [
  String.raw`(?<![\d\p{L}.,])(?<rangeDay>\d{1,2})(?=${SPACE}?(?:الي|حتي|to|-|–|و)${SPACE}?\d{1,2}${SPACE}`,
  `(?:من${SPACE})?(?<rangeMonth>${MONTH})${END})`,
].join('')

/** 07/نوفمبر/2021, 5th of March 2021, 22 يونيو. */
const DAY_MONTH = [
  String.raw`(?<![\d\p{L}.,])(?<dayBefore>\d{1,2})${ORDINAL}(?:${SPACE}|[/.-]|${SPACE}(?:من|of)${SPACE}){1,2}`,
  String.raw`(?<monthAfter>${MONTH})${END}(?:${GAP}${YEAR_WORD}(?<yearAfter>${YEAR})(?!\d))?`,
].join('')

/** March 5, 2021, and نوفمبر ٢٠١٨. */
const MONTH_FIRST = [
  String.raw`(?<!\p{L})(?<monthBefore>${MONTH})${SPACE}(?<dayAfter>\d{1,2})${ORDINAL},?` +
    String.raw`${SPACE}(?<yearBefore>${YEAR})(?!\d)`,
  String.raw`(?<!\p{L})(?<monthYear>${MONTH})${GAP}${YEAR_WORD}(?<yearAlone>${YEAR})(?!\d)`,
]

/** A year with its word before it, and the second of "between 2015 and 2017". */
const YEARS = [
  String.raw`(?<=(?<!\p{L})[وبفل]?(?:ال|ل)?(?:عام|عامي|اعوام|سنه|year|in|since|of|during)${SPACE})` +
    String.raw`(?<year>${YEAR})(?![\d.,]\d|\d)`,
  String.raw`(?<=(?<!\p{L})عامي${SPACE}${YEAR}${SPACE}و${SPACE}?)(?<pairYear>${YEAR})(?!\d)`,
]

/** Counts in words up to ten, and what they count: "three days ago", قبل يومين, منذ ٣ أسابيع. */
const COUNT = String.raw`(?:\d{1,3}|${alternatives(COUNTS)})`
const AGO = [
  `(?:قبل|منذ)${SPACE}(?:يومين|اسبوعين|شهرين|عامين|سنتين|يوم|اسبوع|شهر|عام|سنه)(?!${SPACE}[\\p{L}\\d])`,
  `(?:قبل|منذ)${SPACE}${COUNT}${SPACE}` +
    `(?:ايام|يوما|اسابيع|اسبوعا|اشهر|شهور|شهرا|سنوات|اعوام|عاما|سنه)(?!${SPACE}من${SPACE})`,
  `${COUNT}${SPACE}(?:days?|weeks?|months?|years?)${SPACE}ago`,
  `(?:last|next)${SPACE}(?:${WEEKDAY})|(?:${WEEKDAY})${SPACE}(?:الماضي|الماضيه|المقبل|المقبله|القادم|القادمه)`,
].join('|')

const RELATIVE = [
  AGO,
  `[وفب]?(?:ال)?(?:شهر|عام|سنه|اسبوع)${SPACE}(?:ال)?(?:ماضي|ماضيه|حالي|حاليه|جاري|مقبل|قادم)`,
  `امس|(?:اليوم${SPACE})(?:${WEEKDAY})|(?:${MONTH})${SPACE}(?:الماضي|المقبل)`,
  `(?:last|this|next)${SPACE}(?:week|month|year)|yesterday|today`,
].join('|')

export const PATTERN = new RegExp(
  [
    ...[ISLAMIC_DIGITS, ...DIGITS, ISLAMIC_DATE, RANGE, DAY_MONTH, ...MONTH_FIRST, ...YEARS],
    String.raw`(?<!\p{L})(?:${RELATIVE})${END}`,
  ].join('|'),
  'iuy',
)

/** What a date in words may begin with. */
const BEGINNINGS = [
  ...[...GREGORIAN.keys(), ...ISLAMIC.keys(), 'امس', 'اليوم', 'last', 'this', 'next', 'yesterday', 'today'],
  ...['قبل', 'منذ', ...COUNTS.keys(), ...WEEKDAYS.keys()],
  ...['', 'و', 'ف', 'ب'].flatMap(particle =>
    ['', 'ال'].flatMap(article => ['شهر', 'عام', 'سنه', 'اسبوع'].map(word => particle + article + word)),
  ),
]
export const HEADS = headsOf(BEGINNINGS)

/** The first words of these, whole: what the heads let through is asked for once more before the patterns are. */
export const FIRST_WORDS: ReadonlySet<string> = new Set(BEGINNINGS.map(name => name.split(/[ -]/)[0]!))

/** What may stand after a day and a space, and after a day without one. */
export const AFTER_DAY = headsOf([
  ...['day', 'week', 'month', 'year'],
  ...[...GREGORIAN.keys(), ...ISLAMIC.keys(), 'من', 'of', 'الي', 'حتي', 'to', 'و'],
])
export const AFTER_DIGIT = headsOf(['الي', 'حتي', 'to', 'و', 'st', 'nd', 'rd', 'th', 'er'])

/** A weekday at the end of what stands before a date. */
export const WEEKDAY_BEFORE = new RegExp(String.raw`(?<!\p{L})(${WEEKDAY})(?:${SPACE}?[-،,]?${SPACE}?)$`, 'iu')
