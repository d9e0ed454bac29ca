import * as Capture from '../../capture/capture.ts'
import { type Columns, networksOf, openColumns, prices } from '../../ledger/ledger.ts'
import { find } from '../../mention/mention.ts'
import * as Asset from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import * as Network from '../../model/network.ts'
import {
  alertsFrom,
  createMatcher,
  type Event,
  eventsOf,
  findAlert,
  type Matcher,
  type Rule,
  raise,
  rules,
  type Subject,
  type Watch,
  watches,
  withdraw,
} from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'
import { findTransaction } from '../../trace/trace.ts'
import type { Context } from '../operation.ts'
import { type AlertAnswer, alertAnswer } from './told.ts'
import { aroundOf, watchedAddresses } from './watched.ts'

/** What looking once at all watches found. */
export type Ran = {
  readonly watches: number
  readonly addresses: number
  readonly rules: number
  readonly raised: readonly AlertAnswer[]
  /** Alerts whose transaction is no longer on the chain. */
  readonly withdrawn: readonly AlertAnswer[]
  readonly coverage: readonly Coverage[]
}

/**
 * Holds everything that is stored against every watch. What was told before is not told again, so it may be run as
 * often as one likes: after an import, or when lists or labels have changed.
 */
export function runWatches(context: Context): Ran {
  const { store, clock, signal, progress } = context
  const watched = watchedAddresses(store)
  const desk = { store, around: aroundOf(store, clock()) }
  const matcher = createMatcher(() => desk, watched, clock)
  const known = prices(store)
  const raised = new Set<number>()
  const withdrawn = store.transaction(() =>
    networksOf(store).flatMap(network => withdrawLost(store, network, 0, clock())),
  )
  let done = 0
  const columns = new Map<NetworkId, Columns | undefined>()
  for (const key of watched.keys()) {
    if (signal.aborted) break
    const at = key.indexOf(':')
    const [network, address] = [key.slice(0, at) as NetworkId, key.slice(at + 1)]
    if (!columns.has(network)) columns.set(network, openColumns(store, network))
    const ledger = columns.get(network)
    if (ledger !== undefined) {
      store.transaction(() => {
        for (const event of eventsOf(ledger, address, known)) {
          for (const id of matcher.take({ network, address }, event)) raised.add(id)
        }
      })
    }
    if (++done % 100 === 0) progress({ done, total: watched.size, unit: 'addresses' })
  }
  for (const id of watchFolders(context)) raised.add(id)
  return {
    ...{ watches: watches(store).length, addresses: watched.size },
    rules: rules(store).filter(rule => rule.state === 'active').length,
    raised: [...raised].map(id => alertAnswer(findAlert(store, id))),
    withdrawn: withdrawn.map(id => alertAnswer(findAlert(store, id))),
    coverage: [...columns.values()].flatMap(one => one?.coverage() ?? []),
  }
}

/** A matcher that has seen what is stored of the watched addresses: for transfers that come one by one. */
export function warmMatcher(context: Context): Matcher {
  const { store, clock } = context
  const watched = watchedAddresses(store)
  const desk = { store, around: aroundOf(store, clock()) }
  const matcher = createMatcher(() => desk, watched, clock)
  const known = prices(store)
  store.transaction(() => {
    for (const key of watched.keys()) {
      const at = key.indexOf(':')
      const [network, address] = [key.slice(0, at) as NetworkId, key.slice(at + 1)]
      const ledger = openColumns(store, network)
      if (ledger === undefined) continue
      for (const event of eventsOf(ledger, address, known)) matcher.take({ network, address }, event)
    }
  })
  return matcher
}

/** Alerts on blocks from a height on that the ledger no longer has. */
function withdrawLost(store: Store, network: NetworkId, from: number, at: number): number[] {
  const columns = openColumns(store, network)
  if (columns === undefined) return []
  const why = 'a reorganisation took its transaction out of the chain'
  return alertsFrom(store, network, from)
    .filter(alert => alert.standing === 'mined' && !alert.rule.startsWith(PUBLICATION))
    .filter(alert => findTransaction(columns, alert.txid) === undefined)
    .map(alert => withdraw(store, alert.id, why, at))
}

const PUBLICATION = 'publication'

/** Posts that have come into a watched folder: each is sealed, and each address in them is told once. */
function watchFolders({ store, clock, user, signal }: Context): number[] {
  const raised: number[] = []
  for (const watch of watches(store).filter(one => one.kind === 'folder')) {
    for (const entry of Capture.readPath(watch.target)) {
      if (signal.aborted) return raised
      if (entry.document === null || entry.bytes === null || entry.sha256 === null) continue
      const { sha256, document } = entry
      Capture.seal(store, entry, { sourceUrl: null, postedAt: null, campaign: null, collector: user }, clock)
      for (const mention of find(document.text).mentions) {
        const network = mention.kind === 'address' ? Network.parse(mention.network)?.id : undefined
        if (mention.kind !== 'address' || mention.certainty === 'possible' || network === undefined) continue
        const id = publish(store, watch, { network, address: mention.address }, sha256, clock())
        if (id !== null) raised.push(id)
      }
    }
  }
  return raised
}

function publish(store: Store, watch: Watch, subject: Subject, digest: string, at: number): number | null {
  const event: Event = {
    ...{ txid: digest, height: null, time: at, direction: 'in', standing: 'mined' },
    ...{ asset: Asset.coin(subject.network), units: 0n, cents: null, other: null },
  }
  const rule: Rule = {
    ...{ id: PUBLICATION, version: 1, indicator: 'payment', thresholds: {} },
    ...{ source: 'a post in a watched folder', stated: true },
  }
  const unsure = 'a post proves that it shows an address, not whose it is'
  const hit = { events: [event], measured: { post: digest }, unsure }
  return store.transaction(() => raise(store, watch, rule, subject, event, hit, at))
}
