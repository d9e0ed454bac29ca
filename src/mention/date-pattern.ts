import { alternatives, COUNTS, GREGORIAN, ISLAMIC, WEEKDAYS } from './calendar.ts'
import { headsOf, KIND, LETTER, listed } from './start.ts'

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
const ISLAMIC_DAY = String.raw`(?<![\d\p{L}])(?<islamicDay>\d{1,2})${SPACE}(?:من${SPACE})?`
const ISLAMIC_MONTH = [
  `(?<islamic>${HIJRI})${SPACE}`,
  String.raw`(?:عام${SPACE})?(?<islamicYear>1[345]\d\d)(?:${SPACE}?(?:ه|AH)${END})?(?!\d)`,
].join('')

/** 10/05/1443 هـ and 1443-05-10 AH: digits only beside the sign of the calendar. */
const ISLAMIC_DIGITS = [
  String.raw`${START}(?:(?<hijriDay>\d{1,2})[-/.](?<hijriMonth>\d{1,2})[-/.](?<hijriYear>1[345]\d\d)|`,
  String.raw`(?<hijriFirst>1[345]\d\d)[-/.](?<hijriSecond>\d{1,2})[-/.](?<hijriThird>\d{1,2}))`,
  `${SPACE}?(?:ه|هجري|هجريه|AH)${END}`,
].join('')

/** Between the two ends of a span. */
const TO = `${SPACE}?(?:الي|حتي|لغايه|to|until|till|through|and|et|au|à|-|–|—|/|و)${SPACE}?`
const FROM_PART = `(?:(?:شهر|اوايل|اواخر|مطلع|منتصف|بدايه|نهايه|early|mid|late|the end of|the beginning of)[ -])?`
const YEAR_AFTER = `(?:${GAP}|${SPACE}of${SPACE})${YEAR_WORD}`

/** The first day of "10 to 20 May 2021"; the second is a date of its own. */
const RANGE = [
  String.raw`(?<![\d\p{L}.,])(?<rangeDay>\d{1,2})${ORDINAL}(?=${TO}\d{1,2}${ORDINAL}${SPACE}`,
  String.raw`(?:(?:من|of)${SPACE})?(?<rangeMonth>${MONTH})${END}(?:${YEAR_AFTER}(?<rangeYear>${YEAR})(?!\d))?)`,
].join('')

/** January of "between January and February 2021", and of "January, February and March 2021". */
const MONTHS = [
  String.raw`(?<!\p{L})(?<spanMonth>${MONTH})(?=(?:(?:${TO}|[,،]${SPACE})${FROM_PART}(?<spanLast>${MONTH})){1,3}`,
  String.raw`${YEAR_AFTER}(?<spanYear>${YEAR})(?!\d))`,
].join('')

/** May 3 of "May 3 to May 9, 2021" and of "May 3–9, 2021", whose last day is read with it. */
const MONTH_DAYS = [
  String.raw`(?<!\p{L})(?<spanStart>${MONTH})${SPACE}(?<spanDay>\d{1,2})${ORDINAL}(?=${TO}`,
  String.raw`(?:(?<spanEnd>${MONTH})${SPACE})?\d{1,2}${ORDINAL},?${SPACE}(?<spanDayYear>${YEAR})(?!\d))`,
].join('')

/** 07/نوفمبر/2021, 5th of March 2021, 22 يونيو; 3 May of "3 May to 9 June 2021" is of that year. */
const DAY_MONTH = [
  String.raw`(?<![\d\p{L}.,])(?<dayBefore>\d{1,2})${ORDINAL}(?:${SPACE}|[/.-]|${SPACE}(?:من|of)${SPACE}){1,2}`,
  String.raw`(?<monthAfter>${MONTH})${END}(?:${GAP}${YEAR_WORD}(?<yearAfter>${YEAR})(?!\d)|`,
  String.raw`(?=${TO}\d{1,2}${ORDINAL}${SPACE}(?:(?:من|of)${SPACE})?`,
  String.raw`(?<lentMonth>${MONTH})${YEAR_AFTER}(?<lentYear>${YEAR})(?!\d))|)`,
].join('')

/** March 5, 2021, and نوفمبر ٢٠١٨. */
const MONTH_FIRST = [
  String.raw`(?<!\p{L})(?<monthBefore>${MONTH})${SPACE}(?<dayAfter>\d{1,2})${ORDINAL},?` +
    String.raw`${SPACE}(?<yearBefore>${YEAR})(?!\d)`,
  String.raw`(?<!\p{L})(?<particle>[وفب])?(?<monthYear>${MONTH})${YEAR_AFTER}(?<yearAlone>${YEAR})(?!\d)`,
]

/** A year with its word before it, and the second of "between 2015 and 2017". */
const YEARS = [
  String.raw`(?<=(?<!\p{L})[وبفل]?(?:ال|ل)?(?:عام|عامي|اعوام|سنه|year|in|since|of|during)${SPACE})` +
    String.raw`(?<year>${YEAR})(?![\d.,]\d|\d)`,
  String.raw`(?<=(?<!\p{L})عامي${SPACE}${YEAR}${SPACE}و${SPACE}?)(?<pairYear>${YEAR})(?!\d)`,
]

/** What is counted back, in words up to ten or in digits: "three days ago", قبل يومين, منذ ٣ أسابيع. */
const COUNT = String.raw`(?:\d{1,3}|${alternatives(COUNTS)})`
const AGO = `${SPACE}(?:days?|weeks?|months?|years?)${SPACE}ago`
const SINCE = [
  `(?:قبل|منذ)${SPACE}(?:يومين|اسبوعين|شهرين|عامين|سنتين|يوم|اسبوع|شهر|عام|سنه)(?!${SPACE}[\\p{L}\\d])`,
  `(?:قبل|منذ)${SPACE}${COUNT}${SPACE}` +
    `(?:ايام|يوما|اسابيع|اسبوعا|اشهر|شهور|شهرا|سنوات|اعوام|عاما|سنه)(?!${SPACE}من${SPACE})`,
  `(?:${alternatives(COUNTS)})${AGO}`,
  `(?:last|next)${SPACE}(?:${WEEKDAY})|(?:${WEEKDAY})${SPACE}(?:الماضي|الماضيه|المقبل|المقبله|القادم|القادمه)`,
].join('|')

const RELATIVE = [
  SINCE,
  `[وفب]?(?:ال)?(?:شهر|عام|سنه|اسبوع)${SPACE}(?:ال)?(?:ماضي|ماضيه|حالي|حاليه|جاري|مقبل|قادم)`,
  `امس|(?:اليوم${SPACE})(?:${WEEKDAY})|(?:${MONTH})${SPACE}(?:الماضي|المقبل)`,
  `(?:last|this|next)${SPACE}(?:week|month|year)|yesterday|today`,
].join('|')

/** Dates that begin with a digit, and those that begin with a word: each asked only where such a one stands. */
export const FROM_DIGIT = new RegExp(
  [
    ...[ISLAMIC_DIGITS, ...DIGITS, ISLAMIC_DAY + ISLAMIC_MONTH, RANGE, DAY_MONTH, ...YEARS],
    String.raw`(?<!\p{L})\d{1,3}${AGO}${END}`,
  ].join('|'),
  'iuy',
)
export const FROM_WORD = new RegExp(
  [...[String.raw`(?<![\d\p{L}])${ISLAMIC_MONTH}`, MONTHS, MONTH_DAYS, ...MONTH_FIRST]].join('|'),
  'iuy',
)

/** What begins with a word and is no date of those: apart, since a match of many named groups is dear. */
export const FROM_WORD_RELATIVE = new RegExp(String.raw`(?<!\p{L})(?:${RELATIVE})${END}`, 'iuy')

/** The last day of "May 3–9, 2021", after its first. */
export const LAST_DAY = new RegExp(`^${TO}(\\d{1,2})${ORDINAL},?${SPACE}(${YEAR})(?!\\d)`, 'iu')

/** What joins two dates to a span; "and" does it after "between" only. */
export const SPAN = new RegExp(`^(?:${TO}|${TO}${FROM_PART})$`, 'iu')
export const AND = /^[ \u00a0]?(?:and|et|و)/i
export const BETWEEN = new RegExp(`(?:between|entre|بين)${SPACE}${FROM_PART}$`, 'iu')

/** What a date in words may begin with. */
const BEGINNINGS = [
  ...[...GREGORIAN.keys()].filter(name => name >= 'ء').flatMap(name => ['و', 'ف', 'ب'].map(one => one + name)),
  ...[...GREGORIAN.keys(), ...ISLAMIC.keys(), 'امس', 'اليوم', 'last', 'this', 'next', 'yesterday', 'today'],
  ...['قبل', 'منذ', ...COUNTS.keys(), ...WEEKDAYS.keys()],
  ...['', 'و', 'ف', 'ب'].flatMap(particle =>
    ['', 'ال'].flatMap(article => ['شهر', 'عام', 'سنه', 'اسبوع'].map(word => particle + article + word)),
  ),
]
export const DATES_BEGIN = listed(BEGINNINGS)

/** The first words of these, whole: what the heads let through is asked for once more before the patterns are. */
const FIRST_WORDS: ReadonlySet<string> = new Set(BEGINNINGS.map(name => name.split(/[ -]/)[0]!))

/** Whether the run of letters at `at` is one of them. Its sum is asked first: most words have another. */
export function isFirstWord(text: string, at: number): boolean {
  let [end, sum] = [at, 0]
  do sum = (sum * 31 + SMALL[text.charCodeAt(end)]!) & 0xffff
  while (++end < at + WORD_MAX && KIND[text.charCodeAt(end)] === LETTER)
  return SUMS[sum] === 1 && FIRST_WORDS.has(text.slice(at, end).toLowerCase())
}

const WORD_MAX = 16

/** Each unit as a small letter, where that is one unit. */
const SMALL = Uint16Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code).toLowerCase().charCodeAt(0))
const SUMS = new Uint8Array(0x10000)
for (const word of FIRST_WORDS)
  SUMS[[...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) & 0xffff, 0)] = 1

/** What may stand after a day and a space, and after a day without one. */
export const AFTER_DAY = headsOf([
  ...['day', 'week', 'month', 'year'],
  ...[...GREGORIAN.keys(), ...ISLAMIC.keys(), 'من', 'of', 'الي', 'حتي', 'to', 'و'],
])
export const AFTER_DIGIT = headsOf(['الي', 'حتي', 'to', 'و', 'st', 'nd', 'rd', 'th', 'er'])

/** A weekday at the end of what stands before a date. */
export const WEEKDAY_BEFORE = new RegExp(String.raw`(?<!\p{L})(${WEEKDAY})(?:${SPACE}?[-،,]?${SPACE}?)$`, 'iu')
