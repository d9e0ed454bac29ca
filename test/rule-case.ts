import * as Asset from '../src/model/asset.ts'
import type { Around, Event, History, Subject } from '../src/monitor/monitor.ts'
import { judge } from '../src/monitor/monitor.ts'
import { BUILT_IN, type Rule } from '../src/monitor/rule.ts'

/** What tests of rules share: events, somebody who knows nothing, and at which events a rule fires. */
export const HOUR = 3600
export const DAY = 86_400
export const START = 1_700_000_000
export const USDT = Asset.tokens[0]!

export const knowsNothing: Around = {
  designatedBy: () => [],
  campaignsOf: () => [],
  categoryOf: () => null,
  serviceOf: () => null,
  countriesOf: () => [],
  donationsOn: () => [],
  historyOf: () => null,
  sponsorsOf: () => [],
  messagesIn: () => [],
}

export function ruleOf(id: string, thresholds: Rule['thresholds'] = {}): Rule {
  const found = BUILT_IN.find(rule => rule.id === id)!
  return { ...found, thresholds: { ...found.thresholds, ...thresholds } }
}

let serial = 0

export function event(usd: number, more: Partial<Event> = {}): Event {
  return {
    ...{ txid: `${serial++}`, height: 1, time: START, direction: 'in', asset: USDT, other: `P${serial}` },
    ...{ units: BigInt(Math.round(usd * 1e6)), cents: BigInt(Math.round(usd * 100)), standing: 'mined', ...more },
  }
}

/** A receipt so many days after the start. */
export function at(days: number, usd = 50, more: Partial<Event> = {}): Event {
  return event(usd, { time: START + days * DAY, ...more })
}

/** At which events the rule fires, told one after another. */
export function firings(
  rule: Rule,
  events: readonly Event[],
  around: Around = knowsNothing,
  subject: Subject = { network: 'tron', address: 'T' },
): number[] {
  const history: History = { events: [], before: null }
  return events.flatMap((one, at) => {
    history.events.push(one)
    return judge(rule, subject, history, at, around) === null ? [] : [at]
  })
}
