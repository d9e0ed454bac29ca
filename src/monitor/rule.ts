import * as Instant from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import * as Name from '../std/name.ts'

/**
 * A red flag as data: which indicator, with which thresholds, from which source. A rule is never changed, a new version
 * is added; a draft raises nothing until it has been tested on the ledger and activated.
 */
export type Rule = {
  readonly id: string
  readonly version: number
  readonly indicator: Indicator
  readonly thresholds: Thresholds
  /** Who states it; “ours”: a proposal that must be measured on controls first. */
  readonly source: string
  readonly stated: boolean
}

export type Thresholds = Readonly<Record<string, number | readonly string[]>>

export type RuleState = 'draft' | 'active' | 'retired'

/** The indicators that there are, each with its thresholds and what they mean. Money is in US dollars. */
export const INDICATORS = {
  payment: { minUsd: 'least value; 0: any, also where no price is known' },
  'listed-counterparty': {},
  'campaign-counterparty': {},
  'category-counterparty': { categories: 'categories of labels: mixer, gambling …' },
  'country-exchange': { countries: 'two-letter codes' },
  frozen: {},
  structuring: { limitUsd: 'the limit', margin: 'share below it', count: 'transfers', hours: 'window' },
  burst: { minUsd: 'each at least', count: 'transfers', hours: 'window', quietDays: 'silence before; 0: none needed' },
  'accumulate-exit': {
    senders: 'different senders',
    medianUsd: 'their median payment is below',
    share: 'of what came in goes out',
    hours: 'within',
  },
  'fan-out': { services: 'different services', hours: 'window' },
  zeroing: { share: 'of what came in goes out', hours: 'within', minUsd: 'of at least' },
  'denomination-grid': { stepUsd: 'step', tolerance: 'share of the step', count: 'transfers', days: 'window' },
  'irregular-increase': { z: 'robust z at least', ratio: 'to the median at least', count: 'transactions in the week' },
  'service-like': { in: 'receipts', out: 'payments', low: 'ratio at least', high: 'ratio at most', days: 'window' },
  'charity-mismatch': { ratio: '30-day inflow to its median', share: 'of it goes out', days: 'within' },
  awakened: { days: 'silence before', minUsd: 'of at least' },
  rotation: {
    days: 'between the old one’s last receipt and the new one',
    quietDays: 'for which the old one has been silent',
    share: 'of what it pays goes to the shared private place',
    users: 'others who use that place, at most',
  },
  'shared-prefix': { characters: 'alike after the constant part', end: 'alike at the end: made to be mistaken' },
  'gas-sponsor': {
    addresses: 'whose fees one payer alone pays',
    named: 'of them that campaigns name, the subject apart',
  },
  'event-linked-inflow': { events: 'days: 2021-05-10 …', days: 'after them', percentile: 'of the placebo days' },
  'supportive-message': { purposes: 'kinds of purposes', words: 'different words of them, beside a call to give' },
  'supportive-memo': { purposes: 'kinds of words', words: 'different words of them in what a payment carries' },
  'appeal-reuse': { events: 'days: 2021-05-10 …', days: 'after them' },
} as const

/** Those that are asked of posts alone, and of no payment. */
export const OF_POSTS: ReadonlySet<Indicator> = new Set(['supportive-message', 'appeal-reuse'])

/** Those that are asked of posts too. */
export const OF_BOTH: ReadonlySet<Indicator> = new Set(['rotation', 'shared-prefix'])

export type Indicator = keyof typeof INDICATORS

/**
 * Days after which appeals are known to have come: the beginning of the fighting of May 2021 and the attack of 7
 * October 2023. A calendar of one's own is a new version of the rule.
 */
const EVENTS = ['2021-05-10', '2023-10-07']

/** The rules that come with the program. Sources: spec of red flags in docs/methods/monitor.md. */
export const BUILT_IN: readonly (Rule & { readonly state: RuleState })[] = [
  rule('any-payment', 'payment', { minUsd: 0 }, 'the analyst’s own watch', true, 'active'),
  rule('listed-counterparty', 'listed-counterparty', {}, 'FinCEN alert on Hamas, October 2023', true, 'active'),
  rule('campaign-counterparty', 'campaign-counterparty', {}, 'FinCEN alert on Hamas, October 2023', true, 'active'),
  rule('frozen', 'frozen', {}, 'issuers’ events; orders of seizure', true, 'active'),
  rule('mixer-contact', 'category-counterparty', { categories: ['mixer'] }, 'FATF 2020', true, 'active'),
  rule('structuring', 'structuring', { limitUsd: 10_000, margin: 0.1, count: 3, hours: 72 }, 'FATF 2020', false),
  rule('burst', 'burst', { minUsd: 1000, count: 5, hours: 24, quietDays: 0 }, 'FATF 2020: 24 hours', false),
  rule('burst-after-silence', 'burst', { minUsd: 100, count: 3, hours: 24, quietDays: 90 }, 'FATF 2020', false),
  rule(
    'accumulate-exit',
    'accumulate-exit',
    { senders: 20, medianUsd: 500, share: 0.9, hours: 72 },
    'FATF 2020; $500: 75 % of payments (TRM)',
    false,
  ),
  rule('fan-out', 'fan-out', { services: 3, hours: 24 }, 'FATF 2020', false),
  rule('zeroing', 'zeroing', { share: 0.95, hours: 1, minUsd: 1000 }, 'FATF 2020', false),
  rule(
    'denomination-grid',
    'denomination-grid',
    { stepUsd: 10_000, tolerance: 0.01, count: 3, days: 30 },
    'a published case: steps of about $10,000 in USDT on Tron',
    false,
  ),
  rule('irregular-increase', 'irregular-increase', { z: 4, ratio: 3, count: 10 }, 'ours', false),
  rule('service-like', 'service-like', { in: 100, out: 100, low: 0.8, high: 1.25, days: 240 }, 'ours', false),
  rule('charity-mismatch', 'charity-mismatch', { ratio: 5, share: 0.8, days: 7 }, 'ours', false),
  rule('awakened', 'awakened', { days: 180, minUsd: 0 }, 'FATF 2020: dormant accounts', false),
  rule('rotation', 'rotation', { days: 7, quietDays: 7, share: 0.9, users: 5 }, 'DOJ 2025; numbers ours', false),
  rule(
    'shared-prefix',
    'shared-prefix',
    { characters: 4, end: 3 },
    'published analysis of the 2019 campaign: 4 characters; poisoners’ end ours',
    true,
    'draft',
  ),
  rule('gas-sponsor', 'gas-sponsor', { addresses: 2, named: 1 }, 'published analysis, 2026; numbers ours', false),
  rule(
    'event-linked-inflow',
    'event-linked-inflow',
    { events: EVENTS, days: 14, percentile: 0.95 },
    'ours; by itself it separates nothing; the days are of public record',
    false,
  ),
  rule(
    'supportive-message',
    'supportive-message',
    { purposes: ['fighters', 'weapons'], words: 1 },
    'FinCEN alert on Hamas, October 2023; words ours',
    false,
  ),
  rule(
    'supportive-memo',
    'supportive-memo',
    { purposes: ['fighters', 'weapons'], words: 1 },
    'FinCEN alert on Hamas, October 2023; words ours',
    false,
  ),
  rule('appeal-reuse', 'appeal-reuse', { events: EVENTS, days: 14 }, 'TRM; numbers ours', false),
]

function rule(
  id: string,
  indicator: Indicator,
  thresholds: Thresholds,
  source: string,
  stated: boolean,
  state: RuleState = 'draft',
): Rule & { readonly state: RuleState } {
  return { id, version: 1, indicator, thresholds, source, stated, state }
}

/** `structuring@2`: what alerts name. */
export function name({ id, version }: Pick<Rule, 'id' | 'version'>): string {
  return `${id}@${version}`
}

/** A rule out of JSON. Failures: Rule.NotUnderstood names the field. */
export function from(value: unknown): Omit<Rule, 'version'> {
  const said = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { id, indicator, thresholds, source } = said
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]{1,60}$/.test(id))
    throw bad('id', 'is a short name such as structuring')
  if (typeof indicator !== 'string' || !Object.hasOwn(INDICATORS, indicator)) {
    throw bad('indicator', `is one of ${Object.keys(INDICATORS).join(', ')}`)
  }
  if (typeof source !== 'string' || !Name.isName(source, SOURCE_LENGTH_MAX)) {
    throw bad('source', `says who states the thresholds, on one line of at most ${SOURCE_LENGTH_MAX} characters`)
  }
  const wanted = Object.keys(INDICATORS[indicator as Indicator])
  const given = (typeof thresholds === 'object' && thresholds !== null ? thresholds : {}) as Record<string, unknown>
  const strange = Object.keys(given).find(one => !wanted.includes(one))
  if (strange !== undefined) throw bad(`thresholds.${strange}`, `is none of ${wanted.join(', ')}`)
  for (const one of wanted) {
    if (!isThreshold(given[one])) throw bad(`thresholds.${one}`, 'is a number of 0 or more, or a list of words')
    const isList = Array.isArray(given[one])
    const most = mostOf(one)
    if (!isList && (given[one] as number) > most) throw bad(`thresholds.${one}`, `is ${most} at most`)
    if (isList !== LISTS.has(one)) throw bad(`thresholds.${one}`, isList ? 'is a number' : 'is a list of words')
    if (one === 'events' && !(given[one] as string[]).every(isDay)) {
      throw bad('thresholds.events', 'is a list of days such as 2021-05-10')
    }
  }
  return {
    id,
    indicator: indicator as Indicator,
    thresholds: given as Thresholds,
    source,
    stated: said['stated'] === true,
  }
}

/** Characters of who states a rule. */
const SOURCE_LENGTH_MAX = 300

/** Thresholds that are lists. */
const LISTS: ReadonlySet<string> = new Set(['categories', 'countries', 'events', 'purposes'])

/** Thresholds that are shares of one. */
const SHARES: ReadonlySet<string> = new Set(['share', 'margin', 'tolerance', 'percentile'])

/** Windows end within a century. */
const MOST: ReadonlyMap<string, number> = new Map([
  ['hours', 876_000],
  ['days', 36_500],
  ['quietDays', 36_500],
])

/** Of all others, dollars and counts. */
const NUMBER_MAX = 1e12

/** Entries of a list. */
const LIST_MAX = 1000

/** A threshold as a form asks for it. */
export type ThresholdForm = {
  readonly name: string
  readonly kind: 'number' | 'words' | 'days'
  /** Of a number the most; null: of a list. */
  readonly most: number | null
}

/** The thresholds of each indicator, and what each may be. */
export function forms(): readonly { readonly indicator: Indicator; readonly thresholds: readonly ThresholdForm[] }[] {
  return Object.entries(INDICATORS).map(([indicator, wanted]) => ({
    indicator: indicator as Indicator,
    thresholds: Object.keys(wanted).map(name => {
      if (LISTS.has(name)) return { name, kind: name === 'events' ? 'days' : 'words', most: null }
      return { name, kind: 'number', most: mostOf(name) }
    }),
  }))
}

function mostOf(name: string): number {
  return SHARES.has(name) ? 1 : (MOST.get(name) ?? NUMBER_MAX)
}

function isDay(text: string): boolean {
  return text.length === 10 && Instant.parse(text) !== undefined
}

function isThreshold(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= LIST_MAX &&
    value.every(one => typeof one === 'string' && one.length <= 60)
  )
}

function bad(field: string, says: string): Failure {
  return new Failure('Rule.NotUnderstood', 'input', `The rule's ${field} is missing or wrong: it ${says}.`, {
    hint: 'athar rule list --json shows rules in the form that is read.',
    facts: { field },
  })
}
