import * as Asset from '../model/asset.ts'
import type { Store } from '../store/store.ts'
import { type Alert, eachAlert, happen, type Reason, SYSTEM } from './alert.ts'
import type { Around, Event, History } from './event.ts'
import { holds } from './indicator.ts'
import type { Measured } from './indicator-part.ts'
import type { Indicator, Rule } from './rule.ts'
import { rulesByName } from './rulebook.ts'
import { measuredIn } from './sentence.ts'

/**
 * Holds alerts against the labels, lists and campaigns of today, by the thresholds with which they were raised. Where a
 * reason has gone, was lifted, came back or names others than before, that is recorded and told; nothing is closed, and
 * what was said when it was raised stays. One that somebody closed is opened again where a reason is new.
 *
 * Posts are not asked again: what they say does not change. Numbers of the alerts to which something happened.
 */
export function reconsider(store: Store, around: Around, at: number): number[] {
  const named = rulesByName(store)
  const changed: number[] = []
  for (const alert of eachAlert(store)) {
    const rule = alert.status === 'withdrawn' ? undefined : named.get(alert.rule)
    if (rule === undefined || !ASKING.has(rule.indicator)) continue
    const now = stateOf(alert, { ...rule, thresholds: alert.thresholds }, around, at)
    if (now === null) continue
    const before: State = alert.reason ?? { holds: 'yes', measured: alert.measured }
    if (isSame(now, before)) continue
    const seen = new Set([...namesIn(alert.measured), ...namesIn(before.measured)])
    const isNew = now.holds === 'yes' && (before.holds !== 'yes' || namesIn(now.measured).some(one => !seen.has(one)))
    happen(store, alert.id, 'changed', { ...now, ...said(now, before) }, at, SYSTEM)
    if (alert.status === 'closed' && isNew) happen(store, alert.id, 'reopened', { reason: REOPENED }, at, SYSTEM)
    changed.push(alert.id)
  }
  return changed.reverse()
}

type State = Pick<Reason, 'holds' | 'measured'>

const REOPENED = 'a reason that was not there when it was closed'

/** Indicators that one payment answers: who the other side is, or the address itself. */
const SINGLE: ReadonlySet<Indicator> = new Set([
  ...(['listed-counterparty', 'campaign-counterparty', 'category-counterparty', 'country-exchange', 'frozen'] as const),
])

/** Indicators that ask labels, lists or campaigns. */
const ASKING: ReadonlySet<Indicator> = new Set([
  ...SINGLE,
  ...(['fan-out', 'rotation', 'shared-prefix', 'gas-sponsor', 'supportive-memo'] as const),
])

/** Null: what it rests on is not in the ledger as it stands, so nothing can be said. */
function stateOf(alert: Alert, rule: Rule, around: Around, at: number): State | null {
  const events = SINGLE.has(rule.indicator)
    ? [eventOf(alert)]
    : (around.historyOf(alert.network, alert.address, alert.happenedAt) ?? [])
  const place = events.findIndex(one => one.txid === alert.txid && one.direction === alert.direction)
  if (place === -1) return null
  const history: History = { events: [...events], before: null }
  const hit = holds(rule, alert, history, place, around)
  if (hit === null) return { holds: 'no', measured: {} }
  const today: Around = {
    ...around,
    designatedBy: (network, address) => around.designatedBy(network, address, at),
  }
  const isLifted = holds(rule, alert, history, place, today) === null
  return { holds: isLifted ? 'lifted' : 'yes', measured: hit.measured }
}

/** What such a rule asks of the payment; its amount it does not ask. */
function eventOf({ txid, height, happenedAt, direction, counterparty, standing, network }: Alert): Event {
  const place = { txid, height, time: happenedAt, direction, other: counterparty, standing }
  return { ...place, asset: Asset.coin(network), units: 0n, cents: null }
}

function isSame(a: State, b: State): boolean {
  if (a.holds !== b.holds) return false
  return a.holds === 'no' || JSON.stringify(sorted(a.measured)) === JSON.stringify(sorted(b.measured))
}

function sorted(measured: Measured): readonly unknown[] {
  return Object.entries(measured)
    .map(([name, value]) => [name, String(value).split(', ').sort()])
    .sort()
}

function namesIn(measured: Measured): string[] {
  return Object.values(measured).flatMap(value => String(value).split(', '))
}

function said(now: State, before: State): { readonly en: string; readonly ar: string } {
  const [en, ar] = [measuredIn(before.measured, 'en'), measuredIn(before.measured, 'ar')]
  if (now.holds === 'no') {
    return {
      en: `By the labels and lists of today the reason no longer holds; it was: ${en}.`,
      ar: `لم يعد السبب قائمًا بحسب تصنيفات اليوم وقوائمه؛ وكان: ${ar}.`,
    }
  }
  const [enNow, arNow] = [measuredIn(now.measured, 'en'), measuredIn(now.measured, 'ar')]
  if (now.holds === 'lifted') {
    return {
      en: `It held on the day of the payment, and has been lifted since: ${enNow}.`,
      ar: `كان قائمًا يوم الدفع ثم رُفع بعد ذلك: ${arNow}.`,
    }
  }
  return {
    en: `By the labels and lists of today the reason is: ${enNow}${en === '' ? '' : `; before: ${en}`}.`,
    ar: `السبب بحسب تصنيفات اليوم وقوائمه: ${arNow}${ar === '' ? '' : `؛ وكان: ${ar}`}.`,
  }
}
