import { readFileSync, statSync } from 'node:fs'
import * as Attribution from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import * as Ledger from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import { unread } from '../../model/coverage.ts'
import * as Instant from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import { isConfigured } from '../ledger/clickhouse.ts'
import type { Context, Operation } from '../operation.ts'
import { endOf, instantOf, startOf } from '../when.ts'
import { membersOf } from './receipts.ts'

/** When more came in than before, by address and campaign, and what an event study says of a cause. */
export type BurstsAnswer = {
  readonly campaign: string | null
  readonly addresses: number
  readonly from: string | null
  readonly to: string | null
  readonly arrivals: number
  readonly series: readonly SeriesJson[]
  /** Short gaps between arrivals of the whole set (Kleinberg). */
  readonly runs: readonly RunJson[]
  readonly study: (Omit<Campaign.Study, 'events'> & Said & { readonly events: readonly string[] }) | null
  readonly daily: readonly { readonly day: string; readonly count: number; readonly senders: number }[]
  readonly method: { readonly name: 'bursts'; readonly version: '1' }
  readonly notes: readonly string[]
  readonly coverage: readonly Coverage[]
}

type RunJson = { readonly from: string; readonly to: string; readonly level: number; readonly arrivals: number }

type Said = { readonly en: string; readonly ar: string }

export type SeriesJson = {
  /** `campaign`, or one of its addresses. */
  readonly subject: string
  readonly measure: Campaign.Burst.Measure
  readonly asset: string | null
  readonly changes: readonly (Said & {
    readonly start: string
    readonly end: string
    readonly before: number
    readonly after: number
    readonly ratio: number | null
    readonly robustZ: number
    readonly control: number | null
    readonly burst: boolean
  })[]
}

type Input = {
  readonly name?: string
  readonly addresses?: string
  readonly control?: string
  readonly engagement?: string
  readonly event?: readonly string[]
  readonly window: number
  readonly lag: number
  readonly asOf?: string
  readonly knownAt?: string
}

export const campaignBursts: Operation = {
  name: 'campaign bursts',
  summary: 'Tell when more came in than before, and whether something else explains it',
  access: 'read',
  fields: {
    name: { type: 'string', says: 'A campaign', positional: true },
    addresses: { type: 'string', says: 'Addresses instead, with commas between' },
    control: { type: 'string', says: 'How the market moved (date,value); default: the rest of the ledger', path: true },
    engagement: {
      type: 'string',
      says: 'Visits or followers by day (date,value): their bursts are events',
      path: true,
    },
    event: { type: 'strings', says: 'Days on which something happened, for the event study' },
    window: { type: 'integer', says: 'Days on either side of an event', default: 7 },
    lag: { type: 'integer', says: 'Most days by which inflow may follow an event', default: 14 },
    asOf: { type: 'string', says: 'Count until this day' },
    knownAt: { type: 'string', says: 'With what was known at this time' },
  },
  examples: [
    { command: 'athar campaign bursts winter', says: 'changes of count, senders, value and size' },
    { command: 'athar campaign bursts winter --engagement visits.csv', says: 'did gifts follow the visits?' },
    { command: 'athar campaign bursts winter --event 2021-05-10 --window 10', says: 'what followed one day' },
  ],
  list: 'series',
  print: (answer: BurstsAnswer) => lines(answer),
  run: (input: Input, context: Context): BurstsAnswer => bursts(input, context),
}

/** Addresses that get series of their own, busiest first. */
const ADDRESSES_MAX = 50
const WINDOW_MAX = 365

function bursts(input: Input, context: Context): BurstsAnswer {
  const { store, clock } = context
  if (input.window < 1 || input.window > WINDOW_MAX || input.lag < 0 || input.lag > WINDOW_MAX) throw badWindow(input)
  const until = input.asOf === undefined ? clock() : endOf('asOf', input.asOf)
  const knownAt = instantOf('knownAt', input.knownAt)
  const knowledge = Attribution.knowledge(store, { asOf: until, knownAt: knownAt ?? clock() })
  const members = membersOf(input, context, knowledge, knownAt)
  const networks = [...new Set(members.map(member => member.network))]
  const ledgers = networks.map(network => Ledger.openColumns(store, network, knownAt)).filter(one => one !== undefined)
  const arrivals = Campaign.Burst.arrivalsOf(ledgers, members, until)
  const days = Campaign.Burst.daysOf(arrivals)
  const control =
    input.control === undefined ? Campaign.Burst.marketOf(ledgers, members, days) : seriesFrom(input.control, days)
  const byAddress = [...Map.groupBy(arrivals, one => one.address)].toSorted((a, b) => b[1].length - a[1].length)
  const parts = byAddress.length > 1 ? byAddress.slice(0, ADDRESSES_MAX) : []
  const subjects: [string, readonly Campaign.Burst.Arrival[]][] = [['campaign', arrivals], ...parts]
  const count = Campaign.Burst.dailyOf(arrivals, 'count', days)
  const senders = Campaign.Burst.dailyOf(arrivals, 'senders', days)
  const hasControl = control.reduce((sum, value) => sum + value, 0) >= Campaign.Burst.CONTROL_MIN
  const missing = networks.filter(network => !ledgers.some(one => one.network === network))
  return {
    ...{ campaign: input.name ?? null, addresses: members.length, arrivals: arrivals.length },
    from: arrivals.length === 0 ? null : Instant.formatDay(arrivals[0]!.time),
    to: arrivals.length === 0 ? null : Instant.formatDay(arrivals.at(-1)!.time),
    series: subjects.flatMap(([subject, own]) => seriesOf(subject, own, days, hasControl ? control : null)),
    runs: Campaign.Burst.runsOf(arrivals).map(({ from, to, level, count: many }) => ({
      ...{ from: Instant.format(from), to: Instant.format(to), level, arrivals: many },
    })),
    study: studyOf(input, count, days),
    daily: [...count].flatMap((value, i) =>
      value === 0 ? [] : [{ day: dayOf(days, i), count: value, senders: senders[i]! }],
    ),
    method: { name: 'bursts', version: '1' },
    notes: [...notesOf(hasControl, input, missing, byAddress.length), ...notesOfPlace()],
    coverage: [...ledgers.map(one => one.coverage()), ...missing.map(unread)],
  }
}

function seriesOf(
  subject: string,
  arrivals: readonly Campaign.Burst.Arrival[],
  days: Campaign.Burst.Days,
  control: Float64Array | null,
): SeriesJson[] {
  const assets = Map.groupBy(arrivals, one => one.asset.symbol)
  const counted = (['count', 'senders'] as const).map(measure => ({ measure, asset: null, own: arrivals }))
  const valued = [...assets].flatMap(([asset, own]) =>
    (['value', 'meanSize'] as const).map(measure => ({ measure, asset, own })),
  )
  return [...counted, ...valued].map(({ measure, asset, own }) => {
    const values = Campaign.Burst.dailyOf(own, measure, days)
    const changes = Campaign.Burst.changesOf(values, control).map(change => changeJson(change, measure, asset, days))
    return { subject, measure, asset, changes }
  })
}

function changeJson(
  change: Campaign.Burst.Change,
  measure: Campaign.Burst.Measure,
  asset: string | null,
  days: Campaign.Burst.Days,
) {
  const { from, to, isBurst } = change
  const round = (value: number) => Number(value.toPrecision(6))
  const ratio = change.ratio === null ? null : round(change.ratio)
  const [start, end] = [dayOf(days, from), dayOf(days, to - 1)]
  const [before, after, robustZ] = [round(change.before), round(change.after), round(change.z)]
  const control = change.control === null ? null : round(change.control)
  const numbers = { start, end, before, after, ratio, robustZ, control }
  return { ...numbers, burst: isBurst, ...sentences(measure, asset, numbers, isBurst) }
}

type Numbers = {
  readonly start: string
  readonly end: string
  readonly before: number
  readonly after: number
  readonly ratio: number | null
  readonly robustZ: number
  readonly control: number | null
}

/** One sentence why. */
function sentences(measure: Campaign.Burst.Measure, asset: string | null, numbers: Numbers, isBurst: boolean): Said {
  const { start, end, before, after, ratio, robustZ, control } = numbers
  const [en, ar] = WORDS[measure]
  const show = (value: number) => String(Number(value.toPrecision(3)))
  const unit = asset === null ? '' : ` ${asset}`
  const times = ratio === null ? ['from nothing', 'بعد لا شيء'] : [`${show(ratio)} times`, `⁨${show(ratio)}⁩ أضعاف`]
  const market =
    control === null
      ? ['nothing to compare the market with', 'ولا سلسلة للمقارنة بالسوق']
      : [`the market moved ${show(control)} times`, `وتحرك السوق ⁨${show(control)}⁩ ضعف`]
  const judged = isBurst ? ['', ''] : ['; not called a burst', '؛ ولا يُعدّ ذلك طفرة']
  return {
    en:
      `From ${start} to ${end} ${en} was ${show(after)}${unit} a day against ${show(before)}${unit} ` +
      `before (${times[0]}, robust z ${show(robustZ)}); ${market[0]}${judged[0]}.`,
    ar:
      `من ⁨${start}⁩ إلى ⁨${end}⁩ كان ${ar} ⁨${show(after)}${unit}⁩ يوميًا مقابل ` +
      `⁨${show(before)}${unit}⁩ قبل ذلك (${times[1]}، قيمة z المتينة ⁨${show(robustZ)}⁩)، ` +
      `${market[1]}${judged[1]}.`,
  }
}

const WORDS = {
  count: ['the number of payments', 'عدد الدفعات'],
  senders: ['the number of distinct senders', 'عدد المرسلين المختلفين'],
  value: ['what came in', 'المبلغ الوارد'],
  meanSize: ['the mean size of a payment', 'متوسط حجم الدفعة'],
} as const

/** Days named as events, and the starts of the bursts of an engagement series. */
function studyOf(input: Input, inflow: Float64Array, days: Campaign.Burst.Days): BurstsAnswer['study'] {
  const named = (input.event ?? []).map(text => Math.floor(startOf('event', text) / Instant.DAY_SECONDS) - days.first)
  const engagement = input.engagement === undefined ? null : seriesFrom(input.engagement, days)
  const risen =
    engagement === null
      ? []
      : Campaign.Burst.changesOf(engagement, null)
          .filter(one => one.isBurst)
          .map(one => one.from)
  const events = [...new Set([...named, ...risen])].toSorted((a, b) => a - b)
  const found = Campaign.study(inflow, events, input.window, input.lag)
  if (found === undefined) return null
  const { events: used, ...rest } = found
  const percent = (100 * found.placebo.share).toFixed(1)
  const effect = Number(found.effect.toPrecision(3))
  return {
    ...rest,
    events: used.map(day => dayOf(days, day)),
    en:
      `In the ${input.window} days that begin ${found.lag} days after the events, ${effect} more ` +
      `payments a day came in than in the days before; of ${found.placebo.days} other days ${percent}% ` +
      'show as much, and what comes after is not thereby caused.',
    ar:
      `في ⁨${input.window}⁩ أيام تبدأ بعد الأحداث بـ⁨${found.lag}⁩ يومًا وصلت ⁨${effect}⁩ دفعة يوميًا ` +
      `فوق ما وصل قبلها؛ ومن ⁨${found.placebo.days}⁩ يومًا آخر يُظهر ⁨${percent}%⁩ مثل ذلك، والتتابع ` +
      'ليس سببية.',
  }
}

const BYTES_MAX = 16_777_216

/** Daily values of a file 
  'date,value' on the days of the series; days that it lacks are 0. Failures: Bursts.BadSeries. */
function seriesFrom(path: string, days: Campaign.Burst.Days): Float64Array {
  if (statSync(path).size > BYTES_MAX) throw badSeries(path, 0, `it is larger than ${BYTES_MAX} bytes`)
  const values = new Float64Array(days.count)
  for (const [i, row] of readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (row.trim() === '' || i === 0) continue
    const [day = '', value = ''] = row.split(',').map(cell => cell.trim())
    const at = Instant.parse(day.slice(0, 10))
    if (at === undefined || !/^\d{1,15}(\.\d{1,9})?$/.test(value))
      throw badSeries(path, i + 1, 'it is no day and number')
    const index = Math.floor(at / Instant.DAY_SECONDS) - days.first
    if (index >= 0 && index < days.count) values[index] = Number(value)
  }
  return values
}

function dayOf(days: Campaign.Burst.Days, index: number): string {
  return Instant.formatDay((days.first + index) * Instant.DAY_SECONDS)
}

/** The market is all that was read, day by day; what lies in ClickHouse lies by accounts. */
function notesOfPlace(): string[] {
  return isConfigured() ? ['bursts are told from the embedded ledger, whatever is loaded into ClickHouse'] : []
}

function notesOf(hasControl: boolean, input: Input, missing: readonly string[], addresses: number): string[] {
  const wanted = input.engagement !== undefined || (input.event ?? []).length > 0
  return [
    ...(hasControl ? [] : ['no control: too little else was read to say how the market moved']),
    ...(hasControl && input.control === undefined
      ? ['the control is the rest of what was read, which may be a choice']
      : []),
    ...(wanted ? [] : ['no engagement series and no event was given: nothing is said of a cause']),
    ...(addresses > ADDRESSES_MAX
      ? [`only the ${ADDRESSES_MAX} busiest of ${addresses} addresses are shown apart`]
      : []),
    ...missing.map(network => `the ledger of ${network} was not read: nothing is said of its addresses`),
  ]
}

function lines({ series, study, runs, notes, arrivals, from, to }: BurstsAnswer): string {
  const head = from === null ? 'Nothing came in, in what was read' : `${arrivals} payments from ${from} to ${to}`
  const told = series.flatMap(({ subject, changes }) =>
    changes.map(({ en, burst }) => `${burst ? 'BURST ' : '      '} ${subject}: ${en}`),
  )
  const ran = runs.map(
    run => `RUN    ${run.arrivals} payments close together, ${run.from} to ${run.to} (level ${run.level})`,
  )
  return [
    head,
    ...told,
    ...ran,
    ...(study === null ? [] : [`STUDY  ${study.en}`]),
    ...notes.map(note => `Note: ${note}.`),
  ].join('\n')
}

function badWindow({ window, lag }: Input): Failure {
  return new Failure(
    'Bursts.BadWindow',
    'usage',
    `A window of ${window} days with a lag of ${lag} cannot be studied.`,
    {
      hint: `Both are at most ${WINDOW_MAX} days; the window is at least 1.`,
      facts: { window, lag, limit: WINDOW_MAX },
    },
  )
}

function badSeries(path: string, line: number, why: string): Failure {
  const name = path.split(/[/\\]/).at(-1)!
  return new Failure('Bursts.BadSeries', 'input', `“${name}” cannot be read as a daily series, line ${line}: ${why}.`, {
    hint: 'Give a CSV with the columns date and value: 2021-05-10,1200',
    facts: { file: name, line },
  })
}
