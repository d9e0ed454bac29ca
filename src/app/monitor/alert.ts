import { type Alert, alerts, close, type Disposition, findAlert, review } from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { startOf } from '../when.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'

type ListInput = {
  readonly status?: Alert['status']
  readonly watch?: string
  readonly rule?: string
  readonly minUsd?: number
  readonly since?: string
  readonly overdue: boolean
  readonly changed: boolean
  readonly order: 'newest' | 'deadline'
  readonly limit: number
  readonly after?: number
}

export const alertList: Operation = {
  name: 'alert list',
  summary: 'List alerts, newest first, with their reasons and what became of them',
  access: 'read',
  fields: {
    status: { type: 'string', choices: ['open', 'closed', 'withdrawn'], says: 'only those' },
    watch: { type: 'string', says: 'only those of one watch' },
    rule: { type: 'string', says: 'only those of one rule, in any of its versions' },
    minUsd: { type: 'integer', says: 'only those of at least so many US dollars; none of what has no price' },
    since: { type: 'string', says: 'only those raised from this day or time on' },
    overdue: { type: 'boolean', default: false, says: 'only open ones whose deadline has passed' },
    changed: {
      type: 'boolean',
      default: false,
      says: 'only those whose reason is another by today’s labels and lists',
    },
    order: {
      ...{ type: 'string', choices: ['newest', 'deadline'], default: 'newest' },
      says: 'the newest first, or what must be looked at soonest',
    },
    after: { type: 'integer', says: 'only those with a higher number, oldest first: for who follows' },
    limit: { type: 'integer', default: 100, says: 'how many at most' },
  },
  examples: [
    { command: 'athar alert list --status open', says: 'what waits for somebody' },
    { command: 'athar alert list --overdue --json', says: 'what has waited too long' },
  ],
  list: 'alerts',
  print: (answer: AlertList) => printList(answer),
  run: (input: ListInput, { store, clock }: Context): AlertList => {
    const { after, order, limit } = input
    if (limit < 1) throw badLimit(limit)
    const found = alerts(store, after).filter(matches(input, clock()))
    const inOrder = after === undefined ? found : found.reverse()
    const all = order === 'deadline' ? inOrder.toSorted(bySoonest) : inOrder
    const shown = all.slice(0, limit).map(alertAnswer)
    return { alerts: shown, shown: shown.length, of: all.length, counts: countsOf(all, clock()) }
  },
}

function matches(
  { status, watch, rule, minUsd, since, overdue, changed }: ListInput,
  now: number,
): (alert: Alert) => boolean {
  const from = since === undefined ? null : startOf('since', since)
  return alert => {
    if (status !== undefined && alert.status !== status) return false
    if (watch !== undefined && alert.watch !== watch) return false
    if (rule !== undefined && alert.rule.split('@')[0] !== rule) return false
    if (minUsd !== undefined && (alert.amount.usd === null || wholeOf(alert.amount.usd) < minUsd)) return false
    if (from !== null && alert.raisedAt < from) return false
    if (changed && alert.reason === null) return false
    return !overdue || isOverdue(alert, now)
  }
}

function isOverdue({ status, deadline }: Alert, now: number): boolean {
  return status === 'open' && deadline !== null && deadline < now
}

/** How many of all that were found, shown or not: what a shift hands on. */
export type Counts = {
  readonly open: number
  readonly closed: number
  readonly withdrawn: number
  readonly overdue: number
  /** Open ones whose reason is another today. */
  readonly changed: number
  /** Open ones by rule (with its version) and by watch, the most first. */
  readonly byRule: readonly { readonly rule: string; readonly open: number }[]
  readonly byWatch: readonly { readonly watch: string; readonly open: number }[]
}

function countsOf(all: readonly Alert[], now: number): Counts {
  const open = all.filter(alert => alert.status === 'open')
  const closed = all.filter(alert => alert.status === 'closed').length
  return {
    ...{ open: open.length, closed, withdrawn: all.length - open.length - closed },
    overdue: open.filter(alert => isOverdue(alert, now)).length,
    changed: open.filter(alert => alert.reason !== null).length,
    byRule: most(open, alert => alert.rule).map(([rule, count]) => ({ rule, open: count })),
    byWatch: most(open, alert => alert.watch).map(([watch, count]) => ({ watch, open: count })),
  }
}

function most(alerts: readonly Alert[], nameOf: (alert: Alert) => string): [string, number][] {
  return [...Map.groupBy(alerts, nameOf)]
    .map(([name, own]): [string, number] => [name, own.length])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

/** `78.35` → 78n: whole dollars are enough to choose by. */
function wholeOf(usd: string): bigint {
  return BigInt(usd.split('.')[0]!)
}

/** What has no deadline comes last; among equals the newest first. */
function bySoonest(a: Alert, b: Alert): number {
  const [one, other] = [a.deadline ?? Number.POSITIVE_INFINITY, b.deadline ?? Number.POSITIVE_INFINITY]
  return one === other ? b.id - a.id : one - other
}

export type AlertList = {
  readonly alerts: readonly AlertAnswer[]
  readonly shown: number
  readonly of: number
  readonly counts: Counts
}

export const alertClose: Operation = {
  name: 'alert close',
  summary: 'Say what an alert turned out to be, with the reason',
  access: 'write',
  fields: {
    alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' },
    as: { type: 'string', required: true, choices: ['true', 'false', 'unclear'], says: 'what it turned out to be' },
    reason: { type: 'string', required: true, says: 'why: it stands in the record' },
  },
  examples: [
    { command: 'athar alert close 7 --as false --reason "own wallet of the customer"', says: 'with its reason' },
  ],
  run: (input: { alert: number; as: Disposition['verdict']; reason: string }, { store, clock, user }: Context) =>
    alertAnswer(close(store, input.alert, input.as, input.reason, clock(), user)),
}

export const alertReview: Operation = {
  name: 'alert review',
  summary: 'Look at a closed alert as a second person; who disagrees opens it again',
  access: 'write',
  fields: {
    alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' },
    verdict: { type: 'string', required: true, choices: ['agree', 'disagree'], says: 'with what was said' },
    reason: { type: 'string', required: true, says: 'why: it stands in the record' },
  },
  examples: [
    { command: 'athar alert review 7 --verdict agree --reason "checked the KYC file"', says: 'by somebody else' },
  ],
  run: (input: { alert: number; verdict: 'agree' | 'disagree'; reason: string }, { store, clock, user }: Context) =>
    alertAnswer(review(store, input.alert, input.verdict === 'agree', input.reason, clock(), user)),
}

export const alertShow: Operation = {
  name: 'alert show',
  summary: 'Show one alert with everything that happened to it',
  access: 'read',
  fields: { alert: { type: 'integer', positional: true, required: true, says: 'number of the alert' } },
  examples: [{ command: 'athar alert show 7', says: 'its reasons, thresholds and record' }],
  run: ({ alert }: { alert: number }, { store }: Context) => alertAnswer(findAlert(store, alert)),
}

function printList({ alerts, shown, of, counts }: AlertList): string {
  if (alerts.length === 0) return 'no alert'
  const { open, closed, withdrawn, overdue, changed } = counts
  const sums = [`${open} open`, `${closed} closed`, `${withdrawn} withdrawn`]
  if (overdue > 0) sums.push(`${overdue} overdue`)
  if (changed > 0) sums.push(`${changed} with another reason today`)
  return [...alerts.map(lineOf), `${shown} of ${of}: ${sums.join(', ')}`].join('\n')
}

function lineOf({ id, status, because, reason, disposition, standing }: AlertAnswer): string {
  const now = reason === null ? '' : ` ${reason.en}`
  const was = status === 'open' ? 'was said to be ' : ''
  const said = disposition === null ? '' : `; ${was}${disposition.verdict}: ${disposition.reason}`
  return `${id}  ${status}${standing === 'unconfirmed' ? ', unconfirmed' : ''}  ${because.en}${now}${said}`
}

function badLimit(limit: number): Failure {
  return new Failure('Alert.BadLimit', 'usage', `${limit} alerts cannot be listed.`, {
    hint: '--limit is 1 or more; the counts are of all that were found, shown or not.',
    facts: { limit },
  })
}
