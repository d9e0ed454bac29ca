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
  /** Takes an event of a watched address, later than those before it; numbers of the alerts raised. */
  take(subject: Subject, event: Event): number[]
}

const HISTORY_MAX = 5000

export function createMatcher(
  store: Store,
  watched: ReadonlyMap<string, readonly Watched[]>,
  around: Around,
  clock: () => number,
): Matcher {
  const histories = new Map<string, History>()
  return {
    addresses: watched.size,
    watches: (network, address) => watched.has(keyOf({ network, address })),
    take(subject, event) {
      const key = keyOf(subject)
      const watchers = watched.get(key)
      if (watchers === undefined) return []
      const history = histories.get(key) ?? { events: [], before: null }
      histories.set(key, history)
      push(history, event)
      const at = history.events.indexOf(event)
      const raised: number[] = []
      for (const { watch, rules } of watchers) {
        for (const rule of rules) {
          const hit = judge(rule, subject, history, at, around)
          const id = hit === null ? null : raise(store, watch, rule, subject, event, hit, clock())
          if (id !== null) raised.push(id)
        }
      }
      return raised
    },
  }
}

export function keyOf({ network, address }: Subject): string {
  return `${network}:${address}`
}

/** An event that comes late, or that waited unconfirmed, takes its place by time. */
function push(history: History, event: Event): void {
  const { events } = history
  const same = events.findIndex(
    one => one.txid === event.txid && one.direction === event.direction && one.standing !== event.standing,
  )
  if (same !== -1) events.splice(same, 1)
  let at = events.length
  while (at > 0 && events[at - 1]!.time > event.time) at--
  events.splice(at, 0, event)
  const oldest = event.time - MEMORY_SECONDS
  let drop = Math.max(0, events.length - HISTORY_MAX)
  while (drop < events.length - 1 && events[drop]!.time < oldest) drop++
  if (drop === 0) return
  history.before = events[drop - 1]!.time
  events.splice(0, drop)
}
