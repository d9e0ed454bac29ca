import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import { raise } from './alert.ts'
import type { Around, Event, History, Subject } from './event.ts'
import { judge, MEMORY_SECONDS } from './indicator.ts'
import type { Rule } from './rule.ts'
import type { Watch } from './watch.ts'

/** A watched address: who watches it, with which rules. */
export type Watched = { readonly watch: Watch; readonly rules: readonly Rule[] }

/**
 * Holds events of watched addresses against rules, as they come. What is kept in memory is bounded: an address forgets
 * what is too old for any rule, and the oldest of more than HISTORY_MAX events.
 */
export type Matcher = {
  readonly addresses: number
  /** Whether anybody watches the address. */
  watches(network: NetworkId, address: string): boolean
  /** The same of a key that `keyOf` gives. */
  has(key: string): boolean
  /** Takes an event of a watched address, later than those before it; numbers of the alerts raised. */
  take(subject: Subject, event: Event): number[]
  /**
   * Holds a payment that waits against the rules, beside what is mined and what else waits; once, for as long as it
   * waits. What is mined is judged by what is mined alone.
   */
  wait(subject: Subject, event: Event): number[]
  /** Forgets what waits, but for these transactions. */
  keepWaiting(txids: ReadonlySet<string>): void
}

/** What a matcher asks and writes to: both change when a store is opened anew, so they are asked for each time. */
export type Desk = { readonly store: Store; readonly around: Around }

const HISTORY_MAX = 5000

export function createMatcher(
  desk: () => Desk,
  watched: ReadonlyMap<string, readonly Watched[]>,
  clock: () => number,
): Matcher {
  const histories = new Map<string, History>()
  const waiting = new Map<string, Event[]>()
  const historyOf = (key: string): History => {
    const held = histories.get(key)
    if (held !== undefined) return held
    const made = { events: [], before: null }
    histories.set(key, made)
    return made
  }
  const judged = (key: string, subject: Subject, history: History, at: number): number[] => {
    const { store, around } = desk()
    const raised: number[] = []
    for (const { watch, rules } of watched.get(key)!) {
      for (const rule of rules) {
        const hit = judge(rule, subject, history, at, around)
        const id = hit === null ? null : raise(store, watch, rule, subject, history.events[at]!, hit, clock())
        if (id !== null) raised.push(id)
      }
    }
    return raised
  }
  return {
    addresses: watched.size,
    watches: (network, address) => watched.has(keyOf({ network, address })),
    has: key => watched.has(key),
    take(subject, event) {
      const key = keyOf(subject)
      if (!watched.has(key)) return []
      const history = historyOf(key)
      return judged(key, subject, history, push(history, event))
    },
    wait(subject, event) {
      const key = keyOf(subject)
      const others = waiting.get(key) ?? []
      if (!watched.has(key) || others.some(one => isSame(one, event))) return []
      others.push(event)
      waiting.set(key, others)
      const { events, before } = histories.get(key) ?? { events: [], before: null }
      const all = [...events, ...others].sort((a, b) => a.time - b.time)
      return judged(key, subject, { events: all, before }, all.indexOf(event))
    },
    keepWaiting(txids) {
      for (const [key, events] of waiting) {
        const left = events.filter(one => txids.has(one.txid))
        if (left.length === 0) waiting.delete(key)
        else waiting.set(key, left)
      }
    },
  }
}

export function keyOf({ network, address }: Subject): string {
  return `${network}:${address}`
}

function isSame(a: Event, b: Event): boolean {
  return a.txid === b.txid && a.direction === b.direction && a.asset.contract === b.asset.contract
}

/** An event that comes late takes its place by time; which place that is. */
function push(history: History, event: Event): number {
  const { events } = history
  let at = events.length
  while (at > 0 && events[at - 1]!.time > event.time) at--
  events.splice(at, 0, event)
  const oldest = event.time - MEMORY_SECONDS
  let drop = Math.min(at, Math.max(0, events.length - HISTORY_MAX))
  while (drop < at && events[drop]!.time < oldest) drop++
  if (drop === 0) return at
  history.before = events[drop - 1]!.time
  events.splice(0, drop)
  return at - drop
}
