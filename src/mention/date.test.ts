import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as Instant from '../model/instant.ts'
import { fromIslamic } from './calendar.ts'
import { findDates } from './date.ts'
import { find } from './mention.ts'
import { viewOf } from './view.ts'

const read = (text: string, said: string | null = null) =>
  findDates(viewOf(text), () => (said === null ? null : Instant.parse(said)!)).map(({ value }) => value)

test('days with named months: Egyptian, Levantine, Maghrebi, English, French', () => {
  const expected: [string, string][] = [
    ['07/نوفمبر/2021', '2021-11-07'],
    ['١ ديسمبر ٢٠١٩', '2019-12-01'],
    ['5 تشرين الثاني 2020', '2020-11-05'],
    ['12 كانون الأول 2019', '2019-12-12'],
    ['3 غشت 2022', '2022-08-03'],
    ['14 جانفي 2011', '2011-01-14'],
    ['March 5, 2021', '2021-03-05'],
    ['5th of March 2021', '2021-03-05'],
    ['le 1er février 2023', '2023-02-01'],
    ['15 août 2022', '2022-08-15'],
    ['2021-11-07', '2021-11-07'],
    ['25/12/2021', '2021-12-25'],
    ['نوفمبر ٢٠١٨', '2018-11'],
    ['عام ٢٠١٠', '2010'],
    ['22 يونيو', '--06-22'],
  ]
  for (const [text, value] of expected) assert.deepEqual(read(`في ${text}.`), [value], text)
})

test('a range gives both days, a pair of years both years', () => {
  assert.deepEqual(read('من 10 إلى 20 مايو'), ['--05-10', '--05-20'])
  assert.deepEqual(read('بين عامي 2015 و2017'), ['2015', '2017'])
})

test('a span: both ends, the year that stands once is lent to the first, and each carries the span', () => {
  const spans: [string, string[], string | null][] = [
    ['between January and February 2021', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['بين يناير وفبراير 2021', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['من كانون الثاني حتى شباط ٢٠٢١', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['في الفترة من يناير إلى مارس 2022', ['2022-01', '2022-03'], '2022-01 2022-03'],
    ['entre janvier et février 2021', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['from November to February 2021', ['2020-11', '2021-02'], '2020-11 2021-02'],
    ['from late January to early February 2021', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['Jan/Feb 2021', ['2021-01', '2021-02'], '2021-01 2021-02'],
    ['from 3 to 9 May', ['--05-03', '--05-09'], '--05-03 --05-09'],
    ['في الفترة من 3 إلى 9 مايو 2021', ['2021-05-03', '2021-05-09'], '2021-05-03 2021-05-09'],
    ['May 3–9, 2021', ['2021-05-03', '2021-05-09'], '2021-05-03 2021-05-09'],
    ['from May 3 to June 9, 2021', ['2021-05-03', '2021-06-09'], '2021-05-03 2021-06-09'],
    ['between 3 May and 9 June 2021', ['2021-05-03', '2021-06-09'], '2021-05-03 2021-06-09'],
    ['من 28 ديسمبر إلى 3 يناير 2021', ['2020-12-28', '2021-01-03'], '2020-12-28 2021-01-03'],
    ['in March, April and May 2021', ['2021-03', '2021-04', '2021-05'], null],
    ['وفبراير 2021', ['2021-02'], null],
    ['May and the rest of the year', [], null],
    ['mar 5 and june', [], null],
  ]
  for (const [text, values, span] of spans) {
    const found = findDates(viewOf(`It was ${text}.`), () => null)
    assert.deepEqual(
      found.map(one => one.value),
      values,
      text,
    )
    const ends = found.map(one => (one.span === undefined ? null : `${one.span.from} ${one.span.to}`))
    assert.deepEqual(ends, new Array(values.length).fill(span), text)
    for (const { raw, start, end } of found) assert.equal(`It was ${text}.`.slice(start, end), raw)
  }
})

test('day and month that could change places: no value, both readings; the weekday may decide', () => {
  const [date] = findDates(viewOf('12/11/2021'), () => null)
  assert.deepEqual([date?.value, date?.candidates], [null, ['2021-11-12', '2021-12-11']])
  assert.deepEqual(read('السبت 11/12/2021'), ['2021-12-11'])
})

test('a weekday that contradicts its date is said', () => {
  const [other] = findDates(viewOf('الإثنين 07/نوفمبر/2021'), () => null)
  assert.equal(other?.reason, 'the weekday is not that of the date')
})

test('relative dates are resolved against the day of the post, and only then', () => {
  assert.deepEqual(read('الشهر الماضي'), [null])
  assert.deepEqual(read('الشهر الماضي', '2021-01-15'), ['2020-12'])
  assert.deepEqual(read('أمس', '2021-03-01'), ['2021-02-28'])
  assert.deepEqual(read('ديسمبر الماضي', '2023-06-01'), ['2022-12'])
  assert.deepEqual(read('last year', '2023-06-01'), ['2022'])
})

test('the Islamic calendar is named, and in doubt', () => {
  const [date] = findDates(viewOf('١٢ رمضان ١٤٤٢ هـ'), () => null)
  assert.deepEqual([date?.value, date?.calendar, date?.doubtDays], ['2021-04-24', 'islamic', 2])
  assert.deepEqual(read('رمضان الكرد'), [], 'a name is no month')
  /** Calendrical Calculations: 1 Muharram 1 is 19 July 622 (Gregorian, civil epoch). */
  assert.equal(fromIslamic(1, 1, 1), '0622-07-19')
  assert.equal(fromIslamic(1445, 1, 1), '2023-07-19')
})

test('every day that exists is read back; none that does not', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), date => {
      const day = date.toISOString().slice(0, 10)
      assert.deepEqual(read(`يوم ${day} كان`), [day])
    }),
  )
  assert.deepEqual(read('31/02/2021 2021-13-01 2021-02-30'), [])
})

test('Islamic dates in digits, only beside the sign of their calendar', () => {
  const read = (text: string) =>
    find(text).mentions.flatMap(one => (one.kind === 'date' ? [[one.value, one.calendar, one.doubtDays]] : []))
  assert.deepEqual(read('10/05/1443 هـ'), [['2021-12-15', 'islamic', 2]])
  assert.deepEqual(read('١٤٤٣-٠٥-١٠ هـ'), [['2021-12-15', 'islamic', 2]])
  assert.deepEqual(read('10/05/1443'), [])
  assert.deepEqual(read('10/13/1443 هـ'), [])
})

test('counted back, and weekdays, from the day of the post; what is counted from something else is left alone', () => {
  /** Wednesday. */
  const said = Instant.parse('2021-06-02T12:00:00Z')!
  const read = (text: string) =>
    find(text, () => said).mentions.flatMap(one => (one.kind === 'date' ? [[one.raw, one.value]] : []))
  assert.deepEqual(read('قبل ثلاثة أيام'), [['قبل ثلاثة أيام', '2021-05-30']])
  assert.deepEqual(read('منذ يومين'), [['منذ يومين', '2021-05-31']])
  assert.deepEqual(read('two weeks ago'), [['two weeks ago', '2021-05-19']])
  assert.deepEqual(read('3 months ago'), [['3 months ago', '2021-03']])
  assert.deepEqual(read('last Friday'), [['last Friday', '2021-05-28']])
  assert.deepEqual(read('الجمعة القادمة'), [['الجمعة القادمة', '2021-06-04']])
  assert.deepEqual(read('last month'), [['last month', '2021-05']])
  assert.deepEqual(read('منذ عام 2015'), [['2015', '2015']])
  assert.deepEqual(read('قبل ثلاثة أيام من الانتخابات'), [])
  assert.deepEqual(
    find('3 days ago').mentions.map(one => one.kind === 'date' && one.value),
    [null],
  )
})
