/**
 * Names of months and days in a view's spelling: Egyptian, Levantine and Maghrebi (two sets) for the Gregorian
 * calendar, the months of the Islamic calendar, English with its short forms, and French.
 */
export const GREGORIAN: ReadonlyMap<string, number> = named([
  'يناير جانفي january jan كانون_الثاني كانون_ثاني janvier janv',
  'فبراير فيفري february feb شباط février fevrier févr',
  'مارس march mar اذار mars',
  'ابريل افريل april apr نيسان avril',
  'مايو ماي may ايار نوار mai',
  'يونيو يونيه جوان june jun حزيران juin',
  'يوليو يوليه جويليه يوليوز july jul تموز juillet juil',
  'اغسطس اوت غشت august aug اب août aout',
  'سبتمبر شتنبر september sept sep ايلول septembre',
  'اكتوبر october oct تشرين_الاول تشرين_اول octobre',
  'نوفمبر نونبر november nov تشرين_الثاني تشرين_ثاني novembre',
  'ديسمبر دجنبر december dec كانون_الاول كانون_اول décembre decembre',
])

export const ISLAMIC: ReadonlyMap<string, number> = named([
  'محرم المحرم muharram',
  'صفر safar',
  'ربيع_الاول ربيع_اول rabi_al-awwal',
  'ربيع_الاخر ربيع_الثاني ربيع_ثاني rabi_al-thani',
  'جمادي_الاولي جمادي_الاول jumada_al-awwal',
  'جمادي_الاخره جمادي_الثانيه jumada_al-thani',
  'رجب rajab',
  'شعبان shaban',
  'رمضان ramadan',
  'شوال shawwal',
  'ذو_القعده ذي_القعده dhu_al-qadah',
  'ذو_الحجه ذي_الحجه dhu_al-hijjah',
])

/** Day of the week by its name, Sunday 0. */
export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  [
    ...['الاحد sunday sun', 'الاثنين الاتنين monday mon', 'الثلاثاء tuesday tue', 'الاربعاء wednesday wed'],
    ...['الخميس thursday thu', 'الجمعه friday fri', 'السبت saturday sat'],
  ].flatMap((names, day) => names.split(' ').map(name => [name, day] as const)),
)

/** How many, in words, in a view's spelling. */
export const COUNTS: ReadonlyMap<string, number> = new Map(
  [
    ...['one', 'two', 'three ثلاثه ثلاث', 'four اربعه اربع', 'five خمسه خمس', 'six سته ست', 'seven سبعه سبع'],
    ...['eight ثمانيه ثماني', 'nine تسعه تسع', 'ten عشره عشر'],
  ].flatMap((names, i) => names.split(' ').map(name => [name, i + 1] as const)),
)

export const WEEKDAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** For a regular expression: the longest names first, spaces of any kind between their words. */
export function alternatives(names: ReadonlyMap<string, number>): string {
  return [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map(name => name.replaceAll(' ', '[ \\u00a0]'))
    .join('|')
}

/** Key of a name as it was found. */
export function keyOf(name: string): string {
  return name.toLowerCase().replaceAll('\u00a0', ' ')
}

/**
 * Gregorian day of a day of the Islamic calendar by the tabular rule (30-year cycle, leap years 2, 5, 7, 10, 13, 16,
 * 18, 21, 24, 26, 29; civil epoch 16 July 622 Julian; Reingold and Dershowitz, Calendrical Calculations). The month
 * begins with the sighting of the moon, so the day is in doubt by one or two.
 */
export function fromIslamic(year: number, month: number, day: number): string {
  const days = day + Math.ceil(29.5 * (month - 1)) + (year - 1) * 354 + Math.floor((3 + 11 * year) / 30)
  const date = new Date((days + ISLAMIC_EPOCH_DAYS) * 86_400_000)
  return date.toISOString().slice(0, 10)
}

/** Days from 1970-01-01 to the day before the first day of the calendar (19 July 622 Gregorian, proleptic). */
const ISLAMIC_EPOCH_DAYS = Date.UTC(622, 6, 19) / 86_400_000 - 1

function named(months: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    months.flatMap((names, i) => names.split(' ').map(name => [name.replaceAll('_', ' '), i + 1] as const)),
  )
}
