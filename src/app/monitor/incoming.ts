import * as Capture from '../../capture/capture.ts'
import { find } from '../../mention/mention.ts'
import * as Asset from '../../model/asset.ts'
import * as Network from '../../model/network.ts'
import { type Event, type Rule, raise, type Subject, type Watch, watches } from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { filesIn } from './folder.ts'
import type { Idle } from './watched.ts'

/** What watched folders gave: numbers of alerts, and the folders that could not be read whole. */
export type Incoming = { readonly raised: readonly number[]; readonly unread: readonly Idle[] }

/** The rule of all that folders tell. */
export const PUBLICATION = 'publication'

/**
 * Posts that have come into a watched folder: each is sealed, and each address in them is told once. Yields between
 * files. A file that this process has read and that is still the same is not read again.
 */
export function* watchFolders(context: Context): Generator<void, Incoming> {
  const raised: number[] = []
  const unread: Idle[] = []
  for (const watch of watches(context.store).filter(one => one.kind === 'folder')) {
    if (context.signal.aborted) break
    try {
      yield* watchFolder(watch, context, raised)
    } catch (cause) {
      if (!(cause instanceof Failure)) throw cause
      // One folder that is gone must not silence the other watches: it is named beside what they found.
      unread.push({ watch: watch.name, why: cause.message })
    }
  }
  return { raised, unread }
}

/** Runs it to its end without a pause. */
export function exhaust<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** The same, but signals are heard between two steps. */
export async function unhurried<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Marks of files by watch and path. */
const SEEN = new Map<string, Map<string, string>>()

function* watchFolder(watch: Watch, context: Context, raised: number[]): Generator<void, void> {
  const key = [context.store.directory, watch.name, watch.addedAt, watch.target].join('\n')
  const before = SEEN.get(key) ?? new Map<string, string>()
  const files = yield* filesIn(watch.target, context)
  if (context.signal.aborted) return
  const seen = new Map<string, string>()
  SEEN.set(key, seen)
  for (const [done, { path, mark }] of files.entries()) {
    if (before.get(path) !== mark) {
      readFile(path, watch, context, raised)
      context.progress({ done: done + 1, total: files.length, unit: 'files', note: watch.name })
      yield
      if (context.signal.aborted) return
    }
    seen.set(path, mark)
  }
}

function readFile(path: string, watch: Watch, { store, clock, user, signal }: Context, raised: number[]): void {
  for (const entry of Capture.readPath(path)) {
    if (signal.aborted) return
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

function publish(store: Store, watch: Watch, subject: Subject, digest: string, at: number): number | null {
  const event: Event = {
    ...{ txid: digest, height: null, time: at, direction: 'in', standing: 'mined', isPost: true },
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
