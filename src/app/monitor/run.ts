import { networksOf, prices } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import {
  type Around,
  alertsFrom,
  createMatcher,
  type Desk,
  eventsOf,
  findAlert,
  type Matcher,
  reconsider,
  rules,
  watches,
  withdraw,
} from '../../monitor/monitor.ts'
import { elapsedMilliseconds } from '../../std/clock.ts'
import { markOf } from '../../store/mark.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { type Glance, glanceAt } from './glance.ts'
import { exhaust, type Incoming, PUBLICATION, watchFolders } from './incoming.ts'
import { judgePosts } from './post.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'
import { aroundOf, type Idle, idleOf, watchedAddresses } from './watched.ts'

/** What looking once at all watches found. */
export type Ran = {
  readonly watches: number
  readonly addresses: number
  readonly rules: number
  readonly raised: readonly AlertAnswer[]
  /** Alerts whose transaction is no longer on the chain. */
  readonly withdrawn: readonly AlertAnswer[]
  /** Alerts whose reason is another by the labels, lists and campaigns of today. */
  readonly changed: readonly AlertAnswer[]
  readonly coverage: readonly Coverage[]
  /** Watches that can tell of nothing as things stand, each with why: they look calm, and are not. */
  readonly idle: readonly Idle[]
}

/**
 * Holds everything that is stored against every watch. What was told before is not told again, so it may be run as
 * often as one likes: after an import, or when lists or labels have changed.
 */
export function runWatches(context: Context, incoming?: Incoming): Ran {
  const desk = { store: context.store, around: aroundOf(context.store, context.clock()) }
  const { matcher, raised, withdrawn, changed, coverage } = runAll(context, () => desk, incoming)
  const { store } = context
  return {
    ...{ watches: watches(store).length, addresses: matcher.addresses },
    rules: rules(store).filter(rule => rule.state === 'active').length,
    raised: [...raised].map(id => alertAnswer(findAlert(store, id))),
    withdrawn: withdrawn.map(id => alertAnswer(findAlert(store, id))),
    changed: changed.map(id => alertAnswer(findAlert(store, id))),
    ...{ coverage, idle: idleOf(store, incoming?.unread ?? []) },
  }
}

/** What a run over everything found, and the matcher that has seen it: for what comes later. */
export type RanAll = {
  readonly matcher: Matcher
  /** Numbers of alerts. */
  readonly raised: ReadonlySet<number>
  readonly withdrawn: readonly number[]
  readonly changed: readonly number[]
  readonly coverage: readonly Coverage[]
}

/**
 * @param desk what the matcher asks and writes to, now and later
 * @param incoming what watched folders gave, where they were read already
 */
export function runAll(context: Context, desk: () => Desk, incoming?: Incoming): RanAll {
  const { store, clock, signal, progress } = context
  const watched = watchedAddresses(store)
  const matcher = createMatcher(desk, watched, clock)
  const known = prices(store)
  const raised = new Set<number>()
  const withdrawn = store.transaction(() => networksOf(store).flatMap(network => withdrawLost(store, network, clock())))
  let done = 0
  const ledgers = new Map<NetworkId, Glance | undefined>()
  for (const key of watched.keys()) {
    if (signal.aborted) break
    const at = key.indexOf(':')
    const [network, address] = [key.slice(0, at) as NetworkId, key.slice(at + 1)]
    if (!ledgers.has(network)) ledgers.set(network, glanceAt(store, network))
    const ledger = ledgers.get(network)
    const events = ledger === undefined ? [] : eventsOf(ledger.of(address), address, known)
    if (events.length > 0) {
      store.transaction(() => {
        for (const event of events) for (const id of matcher.take({ network, address }, event)) raised.add(id)
      })
      matcher.rest()
    }
    if (++done % 100 === 0) progress({ done, total: watched.size, unit: 'addresses' })
  }
  for (const id of watchPosts(context, desk().around, incoming)) raised.add(id)
  const changed = store.transaction(() => reconsider(store, desk().around, clock()))
  return { matcher, raised, withdrawn, changed, coverage: [...ledgers.values()].flatMap(one => one?.coverage() ?? []) }
}

/** Alerts on transactions that the ledger no longer has. */
function withdrawLost(store: Store, network: NetworkId, at: number): number[] {
  const lost: number[] = []
  let ledger: Glance | undefined
  let some: { readonly id: number; readonly txids: readonly string[] }[] = []
  const look = (): void => {
    ledger ??= some.length === 0 ? undefined : glanceAt(store, network)
    const there = ledger?.among(new Set(some.flatMap(alert => alert.txids)))
    for (const { id, txids } of some) if (there !== undefined && txids.some(one => !there.has(one))) lost.push(id)
    some = []
  }
  for (const { id, txids, standing, rule } of alertsFrom(store, network, 0)) {
    // What it rests on counts too: what still holds without that is raised again by the run.
    if (standing === 'mined' && !rule.startsWith(PUBLICATION)) some.push({ id, txids })
    if (some.length === ALERTS_AT_ONCE) look()
  }
  look()
  const why = 'a reorganisation took its transaction, or one that it rests on, out of the chain'
  return lost.map(id => withdraw(store, id, why, at))
}

/** Alerts whose transactions are looked for at once: where columns are in memory each look passes over all of them. */
const ALERTS_AT_ONCE = 20_000

/** Posts that have come since: what watched folders hold, and what rules over posts say of all that is sealed. */
function watchPosts(context: Context, around: Around, incoming?: Incoming): number[] {
  const { raised } = incoming ?? exhaust(watchFolders(context))
  return [...raised, ...judgePosts(context, around)]
}

/**
 * The same where they were held against the rules before: only folders are read, while nothing new is sealed. Between
 * two walks there is a pause, however often it is asked.
 */
export function watchNewPosts(context: Context, around: Around): number[] {
  const { store } = context
  const begun = elapsedMilliseconds()
  if (begun < (walks.get(store.directory) ?? 0)) return []
  const before = markOf(store, ['capture'])
  const raised = [...exhaust(watchFolders(context)).raised]
  const ended = elapsedMilliseconds()
  walks.set(store.directory, ended + pauseAfter(ended - begun))
  return markOf(store, ['capture']) === before ? raised : [...raised, ...judgePosts(context, around)]
}

/** Milliseconds between two walks: five seconds, more where a walk takes long, and never over five minutes. Ours. */
export function pauseAfter(walk: number): number {
  return Math.min(300_000, Math.max(5000, 4 * walk))
}

/** When this process next walks the folders of a data directory. */
const walks = new Map<string, number>()
