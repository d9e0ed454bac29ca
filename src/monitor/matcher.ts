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
 * what is too old for any rule, and the oldest of more than HISTORY_MAX events; and where the desk can tell again what
 * an address did, `rest` forgets those that nothing was heard of for longest.
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
  /** To be called when all of a block was taken: what is beyond the bound is forgotten, and told again when needed. */
  rest(): void
}

/** What a matcher asks and writes to: both change when a store is opened anew, so they are asked for each time. */
export type Desk = {
  readonly store: Store
  readonly around: Around
  /** Left out: all that was taken is held. */
  readonly memory?: Memory
}

/** Events that are held at most, and who tells again those of an address below a height, the oldest first. */
export type Memory = {
  readonly events: number
  readonly recall: (subject: Subject, below: number) => readonly Event[]
}

const HISTORY_MAX = 5000

export function createMatcher(
  desk: () => Desk,
  watched: ReadonlyMap<string, readonly Watched[]>,
  clock: () => number,
): Matcher {
  const histories = createHistories(desk)
  const waiting = new Map<string, Event[]>()
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
      const history = histories.of(key, subject, event.height ?? Number.POSITIVE_INFINITY)
      return judged(key, subject, history, histories.push(history, event))
    },
    wait(subject, event) {
      const key = keyOf(subject)
      const others = waiting.get(key) ?? []
      if (!watched.has(key) || others.some(one => isSame(one, event))) return []
      others.push(event)
      waiting.set(key, others)
      const { events, before } = histories.of(key, subject, Number.POSITIVE_INFINITY)
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
    rest: histories.rest,
  }
}

/** Histories by address, those asked for last at the end. */
function createHistories(desk: () => Desk) {
  const held = new Map<string, History>()
  const forgotten = new Set<string>()
  let kept = 0
  const add = (history: History, event: Event): number => {
    const before = history.events.length
    const at = push(history, event)
    kept += history.events.length - before
    return at
  }
  return {
    push: add,
    of(key: string, subject: Subject, below: number): History {
      const history = held.get(key) ?? { events: [], before: null }
      if (forgotten.delete(key)) for (const event of desk().memory!.recall(subject, below)) add(history, event)
      held.delete(key)
      held.set(key, history)
      return history
    },
    rest(): void {
      const most = desk().memory?.events ?? Number.POSITIVE_INFINITY
      for (const [key, { events }] of held) {
        if (kept <= most) return
        held.delete(key)
        forgotten.add(key)
        kept -= events.length
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
