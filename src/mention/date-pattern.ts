import { alternatives, GREGORIAN, ISLAMIC, WEEKDAYS } from './calendar.ts'
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
const ORDINAL = '(?:st|nd|rd|th)?'

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

const RELATIVE = [
  `[وفب]?(?:ال)?(?:شهر|عام|سنه|اسبوع)${SPACE}(?:ال)?(?:ماضي|ماضيه|حالي|حاليه|جاري|مقبل|قادم)`,
  `امس|(?:اليوم${SPACE})(?:${WEEKDAY})|(?:${MONTH})${SPACE}(?:الماضي|المقبل)`,
  `(?:last|this|next)${SPACE}(?:week|month|year)|yesterday|today`,
].join('|')

export const PATTERN = new RegExp(
  [
    ...[...DIGITS, ISLAMIC_DATE, RANGE, DAY_MONTH, ...MONTH_FIRST, ...YEARS],
    String.raw`(?<!\p{L})(?:${RELATIVE})${END}`,
  ].join('|'),
  'iuy',
)

/** What a date in words may begin with. */
export const HEADS = headsOf([
  ...[...GREGORIAN.keys(), ...ISLAMIC.keys(), 'امس', 'اليوم', 'last', 'this', 'next', 'yesterday', 'today'],
  ...['', 'و', 'ف', 'ب'].flatMap(particle =>
    ['', 'ال'].flatMap(article => ['شهر', 'عام', 'سنه', 'اسبوع'].map(word => particle + article + word)),
  ),
])

/** What may stand after a day and a space, and after a day without one. */
export const AFTER_DAY = headsOf([...GREGORIAN.keys(), ...ISLAMIC.keys(), 'من', 'of', 'الي', 'حتي', 'to', 'و'])
export const AFTER_DIGIT = headsOf(['الي', 'حتي', 'to', 'و', 'st', 'nd', 'rd', 'th'])

/** A weekday at the end of what stands before a date. */
export const WEEKDAY_BEFORE = new RegExp(String.raw`(?<!\p{L})(${WEEKDAY})(?:${SPACE}?[-،,]?${SPACE}?)$`, 'iu')
