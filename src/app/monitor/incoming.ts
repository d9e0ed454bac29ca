import * as Capture from '../../capture/capture.ts'
import { find, VERSION as MENTION_VERSION } from '../../mention/mention.ts'
import * as Asset from '../../model/asset.ts'
import * as Network from '../../model/network.ts'
import {
  type Event,
  forgetReadFile,
  keepReadFile,
  listReadFiles,
  type Rule,
  raise,
  type Subject,
  type Watch,
  watches,
} from '../../monitor/monitor.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { VERSION } from '../version.ts'
import { filesIn } from './folder.ts'
import type { Idle } from './watched.ts'

/** What watched folders gave: numbers of alerts, and the folders that could not be read whole. */
export type Incoming = { readonly raised: readonly number[]; readonly unread: readonly Idle[] }

/** The rule of all that folders tell. */
export const PUBLICATION = 'publication'

/**
 * Posts that have come into a watched folder: each is sealed, and each address in them is told once. Yields between
 * files. A file that was read and is still the same is not read again, whichever process read it.
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

/** Another version may find more in the same bytes, and a watch that was added anew begins anew. */
function keyOf({ name, addedAt, target }: Watch): string {
  return [name, addedAt, target, VERSION, `mention ${MENTION_VERSION}`].join('\n')
}

function* watchFolder(watch: Watch, context: Context, raised: number[]): Generator<void, void> {
  const { store, clock, signal, progress } = context
  const key = keyOf(watch)
  const files = yield* filesIn(watch.target, context)
  if (signal.aborted) return
  const known = listReadFiles(store, key)
  for (const [done, { path, mark, bytes }] of files.entries()) {
    if (known.get(path) !== mark) {
      const sha256 = readFile(path, watch, context, raised)
      if (signal.aborted) return
      store.transaction(() => keepReadFile(store, key, { path, bytes, mark, sha256, readAt: clock() }))
      progress({ done: done + 1, total: files.length, unit: 'files', note: watch.name })
      yield
      if (signal.aborted) return
    }
    known.delete(path)
  }
  if (known.size === 0) return
  store.transaction(() => {
    for (const path of known.keys()) forgetReadFile(store, key, path)
  })
}

/** Seals what a file holds and tells its addresses; SHA-256 over those of what it held. */
function readFile(path: string, watch: Watch, { store, clock, user, signal }: Context, raised: number[]): string {
  const digests: string[] = []
  for (const entry of Capture.readPath(path)) {
    if (signal.aborted) break
    if (entry.sha256 !== null) digests.push(entry.sha256)
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
  return sha256Hex(digests.join('\n'))
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
