import { formatUnits } from '../model/amount.ts'
import type * as Instant from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import type { Event, Subject } from './event.ts'
import type { Hit } from './indicator.ts'
import { name as nameOf, type Rule } from './rule.ts'
import { becauseOf } from './sentence.ts'
import {
  type AlertEventKind,
  type AlertEventRow,
  type AlertRow,
  addAlert,
  addAlertEvent,
  findAlert,
  findAlertByKey,
  listAlertEvents,
  listAlertEventsAbove,
  listAlertEventsFrom,
  listAlerts,
  listAlertsFrom,
} from './table.ts'
import type { Watch } from './watch.ts'

/** What deserves a look: raised once, with its reasons; what became of it is told beside it. */
export type Alert = {
  readonly id: number
  readonly watch: string
  /** With its version. */
  readonly rule: string
  readonly source: string
  /** As they stood when it was raised, and what was found. */
  readonly thresholds: Rule['thresholds']
  readonly measured: Hit['measured']
  readonly network: NetworkId
  readonly address: string
  readonly txid: string
  readonly height: number | null
  readonly happenedAt: Instant.Instant
  readonly raisedAt: Instant.Instant
  /** By when somebody must have looked; null: no deadline was set. */
  readonly deadline: Instant.Instant | null
  readonly reference: string | null
  /** It rests on a post that shows the address, or is about it: nothing moved, and the amount is none. */
  readonly isPost: boolean
  readonly direction: 'in' | 'out'
  readonly amount: {
    readonly asset: string
    readonly contract?: string
    readonly amount: string
    readonly value: string
    readonly usd: string | null
    /** Whose price of the day it is; null: a dollar token at its nominal; absent: none, or an older record. */
    readonly usdSource?: string | null
  }
  readonly counterparty: string | null
  /** Ids of all transactions that it rests on. */
  readonly txids: readonly string[]
  readonly because: { readonly en: string; readonly ar: string }
  readonly unsure: string | null
  /** Unconfirmed: it waits to be mined and may never be. Such an alert is no evidence, and says so. */
  readonly standing: 'mined' | 'unconfirmed'
  /** Of an unconfirmed one: whether its sender may still replace it. Null: mined, or nobody says. */
  readonly replaceable: boolean | null
  readonly status: 'open' | 'closed' | 'withdrawn'
  /** What today's labels, lists and campaigns say of its reason; null: as when it was raised. */
  readonly reason: Reason | null
  readonly disposition: Disposition | null
  readonly events: readonly AlertEventRow[]
}

/**
 * `yes`: it holds, on what is measured now. `lifted`: it held on the day of the payment, and no list names the address
 * any more. `no`: it would not be raised today. Told in both languages.
 */
export type Reason = {
  readonly holds: 'yes' | 'lifted' | 'no'
  readonly measured: Hit['measured']
  readonly since: Instant.Instant
  readonly en: string
  readonly ar: string
}

export type Disposition = {
  readonly verdict: 'true' | 'false' | 'unclear'
  readonly reason: string
  readonly by: string
  readonly at: Instant.Instant
  /** A second person who agrees or not; null: nobody has looked again. */
  readonly reviewed: {
    readonly agrees: boolean
    readonly reason: string
    readonly by: string
    readonly at: number
  } | null
}

type Content = Pick<
  Alert,
  'source' | 'thresholds' | 'measured' | 'deadline' | 'reference' | 'direction' | 'amount' | 'counterparty' | 'txids'
> &
  Pick<Alert, 'because' | 'unsure' | 'standing'> & { readonly replaceable?: boolean | null; readonly isPost?: boolean }

/**
 * Raises an alert where none with the same watch, rule and transaction was raised before. One that was withdrawn comes
 * back; one on a payment that waited is told to be mined, and one that was mined, to be in another block now. The
 * number of the alert, or null: nothing is new.
 */
export function raise(
  store: Store,
  watch: Watch,
  rule: Rule,
  subject: Subject,
  event: Event,
  hit: Hit,
  at: number,
): number | null {
  const key = [
    watch.name,
    watch.addedAt,
    nameOf(rule),
    subject.network,
    subject.address,
    event.txid,
    event.direction,
  ].join('\n')
  const content: Content = {
    ...{ source: rule.source, thresholds: rule.thresholds, measured: hit.measured, reference: watch.reference },
    deadline: watch.deadlineHours === null ? null : at + 3600 * watch.deadlineHours,
    ...{ direction: event.direction, amount: amountOf(event), counterparty: event.other },
    txids: [...new Set(hit.events.map(one => one.txid))].slice(-TXIDS_MAX),
    ...{ because: becauseOf(watch.name, rule, subject, event, hit), unsure: hit.unsure, standing: event.standing },
    ...{ replaceable: event.replaceable ?? null, isPost: event.isPost === true },
  }
  const place = { txid: event.txid, height: event.height, happenedAt: event.time, raisedAt: at }
  const id = addAlert(store, { key, watch: watch.name, rule: nameOf(rule), ...subject, ...place, content })
  if (id !== null) return id
  const held = findAlertByKey(store, key)!
  const state = fold(held, listAlertEvents(store, held.id))
  // What it says of the payment is told anew: the day, the amount in dollars and what it rests on may be others now.
  const { height, time: happenedAt } = event
  const { standing, replaceable, because, measured, txids, unsure } = content
  const anew = { height, happenedAt, standing, replaceable, because, measured, txids, unsure }
  if (state.status === 'withdrawn') return happen(store, held.id, 'restored', anew, at, SYSTEM)
  const isElsewhere = height !== null && state.height !== height
  if (standing === 'mined' && (state.standing === 'unconfirmed' || isElsewhere)) {
    return happen(store, held.id, 'mined', anew, at, SYSTEM)
  }
  return null
}

/** Who acts where nobody did. */
export const SYSTEM = 'athar'

const TXIDS_MAX = 200

export function happen(
  store: Store,
  alert: number,
  kind: AlertEventKind,
  content: object,
  at: number,
  by: string,
): number {
  addAlertEvent(store, alert, kind, { content, at, by })
  return alert
}

/** Takes an alert back, and says why; its number. */
export function withdraw(store: Store, alert: number, why: string, at: number): number {
  return happen(store, alert, 'withdrawn', { why }, at, SYSTEM)
}

/**
 * Alerts of a network that are not withdrawn and may rest on a block at `height` or above, or on none: what a
 * reorganisation from there may take away. With Infinity those alone that were ever unconfirmed or in another block.
 */
export function* alertsFrom(store: Store, network: NetworkId, height: number): Generator<Alert> {
  const least = Math.min(height, Number.MAX_SAFE_INTEGER)
  for (const alert of inTurn(store, after => listAlertsFrom(store, network, least, after, ALERTS_AT_ONCE))) {
    const isThere = alert.status !== 'withdrawn' && !alert.isPost
    if (isThere && (alert.height === null || alert.height >= height)) yield alert
  }
}

/** All alerts, the oldest first. */
export function eachAlert(store: Store): Generator<Alert> {
  return inTurn(store, after => listAlerts(store, after, ALERTS_AT_ONCE))
}

/** Some at a time: who follows for long has millions. What happens to one while they are looked at is seen. */
function* inTurn(store: Store, list: (after: number) => readonly AlertRow[]): Generator<Alert> {
  for (let after = 0; ; ) {
    const rows = list(after)
    for (const row of rows) yield fold(row, listAlertEvents(store, row.id))
    if (rows.length < ALERTS_AT_ONCE) return
    after = rows.at(-1)!.id
  }
}

/** Some 3 MB of them. */
const ALERTS_AT_ONCE = 1000

/** Closes an alert with what it turned out to be. Failures: Alert.NoReason, Alert.Unknown, Alert.NotOpen. */
export function close(
  store: Store,
  id: number,
  verdict: Disposition['verdict'],
  reason: string,
  at: number,
  by: string,
): Alert {
  checkReason(reason)
  const alert = find(store, id)
  if (alert.status !== 'open') throw notOpen(alert)
  happen(store, id, 'closed', { verdict, reason }, at, by)
  return find(store, id)
}

/** A second look by somebody else. Failures: Alert.NoReason, Alert.Unknown, Alert.NotClosed, Alert.SameReviewer. */
export function review(store: Store, id: number, agrees: boolean, reason: string, at: number, by: string): Alert {
  checkReason(reason)
  const alert = find(store, id)
  if (alert.status !== 'closed' || alert.disposition === null) throw notClosed(id)
  if (alert.disposition.by === by) throw sameReviewer(id, by)
  happen(store, id, 'reviewed', { agrees, reason }, at, by)
  if (!agrees) happen(store, id, 'reopened', { reason }, at, by)
  return find(store, id)
}

/** Who closed an alert takes that back. Failures: Alert.NoReason, Alert.Unknown, Alert.NotClosed, Alert.NotYours. */
export function reopen(store: Store, id: number, reason: string, at: number, by: string): Alert {
  checkReason(reason)
  const { status, disposition } = find(store, id)
  if (status !== 'closed' || disposition === null) throw notClosed(id)
  if (disposition.by !== by) throw notYours(id, disposition.by)
  happen(store, id, 'reopened', { reason, undone: true }, at, by)
  return find(store, id)
}

/** Alerts to which something happened after an event, the number of the last event, and how far that looked. */
export function changedSince(store: Store, event: number, limit: number): { alerts: Alert[]; last: number } {
  const events = listAlertEventsFrom(store, event, limit)
  const ids = [...new Set(events.map(one => one.alert))]
  return { alerts: ids.map(id => find(store, id)), last: events.at(-1)?.id ?? event }
}

/** Failures: Alert.Unknown. */
export function find(store: Store, id: number): Alert {
  const row = findAlert(store, id)
  if (row !== undefined) return fold(row, listAlertEvents(store, id))
  throw new Failure('Alert.Unknown', 'missing', `There is no alert ${id}.`, {
    hint: 'athar alert list shows them with their numbers.',
    facts: { alert: id },
  })
}

/** Alerts with a higher number than `after`, newest first. */
export function alerts(store: Store, after = 0): Alert[] {
  const events = Map.groupBy(listAlertEventsAbove(store, after), event => event.alert)
  return listAlerts(store, after)
    .map(row => fold(row, events.get(row.id) ?? []))
    .reverse()
}

function fold(row: AlertRow, events: readonly AlertEventRow[]): Alert {
  const { content, key: _, ...rest } = row
  const said = content as Content
  const { replaceable = null, isPost = row.rule.startsWith('publication@') } = said
  let alert: Alert = { ...rest, ...said, replaceable, isPost, status: 'open', reason: null, disposition: null, events }
  for (const event of events) alert = after(alert, event)
  return alert.standing === 'unconfirmed' ? { ...alert, unsure: unsureOf(alert) } : alert
}

/** What is said of every alert on a payment that waits, beside what its rule is unsure of. */
function unsureOf({ unsure, replaceable }: Alert): string {
  const may = replaceable === true ? 'its sender may still replace it' : 'it may never be mined'
  return `${unsure === null ? '' : `${unsure}; `}not mined yet: ${may}; no evidence`
}

function after(alert: Alert, { kind, content, at, by }: AlertEventRow): Alert {
  const said = content as Record<string, never>
  if (kind === 'closed') {
    const disposition = { verdict: said['verdict']!, reason: said['reason']!, by, at, reviewed: null }
    return { ...alert, status: 'closed', disposition }
  }
  if (kind === 'reviewed' && alert.disposition !== null) {
    const reviewed = { agrees: said['agrees']!, reason: said['reason']!, by, at }
    return { ...alert, disposition: { ...alert.disposition, reviewed } }
  }
  if (kind === 'reopened') {
    const taken = said['undone'] === true
    return { ...alert, status: 'open', disposition: taken ? null : alert.disposition }
  }
  if (kind === 'withdrawn') return { ...alert, status: 'withdrawn' }
  if (kind === 'changed') return { ...alert, reason: { ...(content as Omit<Reason, 'since'>), since: at } }
  // What was said anew; records of before had the height alone, or nothing.
  if (kind === 'mined') return { ...alert, standing: 'mined', replaceable: null, ...said }
  if (kind === 'restored') return { ...alert, ...said, status: isClosed(alert) ? 'closed' : 'open' }
  return alert
}

/** Whether the last word of a person was that it is closed. */
function isClosed({ events }: Alert): boolean {
  return events.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')?.kind === 'closed'
}

function amountOf({ asset, units, cents, priceSource }: Event): Alert['amount'] {
  const usd = cents === null ? null : formatUnits(cents, 2)
  const source = priceSource === undefined ? {} : { usdSource: priceSource }
  const named = { asset: asset.symbol, ...(asset.contract === null ? {} : { contract: asset.contract }) }
  return { ...named, amount: String(units), value: formatUnits(units, asset.decimals), usd, ...source }
}

/** A word that stands in the record says something, and no more than a paragraph. */
function checkReason(reason: string): void {
  if (/[\p{L}\p{N}]/u.test(reason) && reason.length <= REASON_MAX) return
  const says = `A reason is wanted, in words that others understand later, of at most ${REASON_MAX} characters.`
  throw new Failure('Alert.NoReason', 'usage', says, {
    hint: `--reason "own wallet of the customer": letters or digits, at most ${REASON_MAX} characters.`,
    facts: { length: reason.length, limit: REASON_MAX },
  })
}

const REASON_MAX = 2000

function notOpen({ id, status }: Alert): Failure {
  return new Failure('Alert.NotOpen', 'conflict', `Alert ${id} is ${status}.`, {
    hint: status === 'closed' ? 'A second person may look again: athar alert review.' : 'Its transaction is gone.',
    facts: { alert: id, status },
  })
}

function notClosed(id: number): Failure {
  return new Failure('Alert.NotClosed', 'conflict', `Nobody has said yet what alert ${id} is.`, {
    hint: 'athar alert close says it; then a second person may look again.',
    facts: { alert: id },
  })
}

function notYours(id: number, by: string): Failure {
  return new Failure('Alert.NotYours', 'denied', `${by} closed alert ${id}, and alone can take that back.`, {
    hint: 'A second person disagrees instead: athar alert review --verdict disagree.',
    facts: { alert: id, by },
  })
}

function sameReviewer(id: number, by: string): Failure {
  return new Failure('Alert.SameReviewer', 'denied', `${by} closed alert ${id}, and cannot be its second reviewer.`, {
    hint: 'Somebody else must look: set ATHAR_USER, or use another account.',
    facts: { alert: id, by },
  })
}
