import type { Around, Event, History, Subject } from './event.ts'
import { links } from './indicator-link.ts'
import { DAY, type Hit, type Indicator } from './indicator-part.ts'
import { payments } from './indicator-payment.ts'
import { windows } from './indicator-window.ts'
import type { Rule } from './rule.ts'

export type { Hit } from './indicator-part.ts'

/**
 * Whether the event at `at` makes the rule fire. A rule fires where its condition becomes true, not as long as it stays
 * true: so each episode is told once, whether events come one by one or all together.
 */
export function judge(rule: Rule, subject: Subject, history: History, at: number, around: Around): Hit | null {
  const indicator = of(rule)
  const hit = indicator === undefined ? null : seeAt(indicator, rule, subject, history, at, around)
  if (indicator === undefined || hit === null) return null
  const { told } = indicator
  const way = typeof told === 'function' ? told(history.events[at]!) : told
  if (way === 'each' || at === 0) return hit
  const see = (k: number): Hit | null => seeAt(indicator, rule, subject, history, k, around)
  if (way === 'start') return see(at - 1) === null ? hit : null
  if (way === 'episode') {
    const last = lastBefore(history.events, hit, at, event => begins(indicator, rule, event, subject, around))
    return last === -1 || see(last) === null ? hit : null
  }
  const name = indicator.nameOf!(hit)
  for (let k = at - 1; k >= 0; k--) {
    const before = see(k)
    if (before !== null && indicator.nameOf!(before) === name) return null
  }
  return hit
}

/** Whether the rule's condition is met at an event, told before or not: what is asked again when labels change. */
export function holds(rule: Rule, subject: Subject, history: History, at: number, around: Around): Hit | null {
  const indicator = of(rule)
  return indicator === undefined ? null : seeAt(indicator, rule, subject, history, at, around)
}

/** Seconds of history that rules need at most: older events may be forgotten. */
export const MEMORY_SECONDS = 400 * DAY

const ALL: Readonly<Record<string, Indicator>> = { ...payments, ...windows, ...links }

/** Undefined: the rule looks at posts, not at payments. */
function of({ indicator }: Rule): Indicator | undefined {
  return ALL[indicator]
}

function seeAt(
  indicator: Indicator,
  { thresholds }: Rule,
  subject: Subject,
  history: History,
  at: number,
  around: Around,
): Hit | null {
  const event = history.events[at]!
  if (indicator.begins !== undefined && !indicator.begins(thresholds, event, subject, around)) return null
  return indicator.see(thresholds, subject, history, at, around)
}

function begins(indicator: Indicator, { thresholds }: Rule, event: Event, subject: Subject, around: Around): boolean {
  return indicator.begins === undefined || indicator.begins(thresholds, event, subject, around)
}

/** The last event before `at`, of those that the hit rests on, that could have made the rule fire; −1: none. */
function lastBefore(events: readonly Event[], hit: Hit, at: number, couldFire: (event: Event) => boolean): number {
  const last = hit.events.findLast(event => event !== events[at] && couldFire(event))
  return last === undefined ? -1 : events.lastIndexOf(last, at - 1)
}
