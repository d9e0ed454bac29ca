import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import { find, solicitationOf } from '../../mention/mention.ts'
import * as Network from '../../model/network.ts'
import {
  type Around,
  eventOfPost,
  judgePost,
  keyOf,
  OF_BOTH,
  OF_POSTS,
  type Post,
  type Rule,
  raise,
  rules,
  type Subject,
  type Watch,
  type Watched,
  watches,
} from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'
import { publisherOf } from '../campaign/publication.ts'
import type { Context } from '../operation.ts'
import { watchedAddresses } from './watched.ts'

/**
 * Holds the posts that were sealed against every watch whose rules look at posts: a campaign's by its publishers and
 * captures, a folder's by their path, an address's where a post shows it. Numbers of the alerts raised.
 *
 * Costs nothing while no such rule is in force; then a reading of each post, once for each process.
 */
export function judgePosts(
  { store, clock, signal, progress }: Pick<Context, 'store' | 'clock' | 'signal' | 'progress'>,
  around: Around,
): number[] {
  const inForce = rules(store).filter(rule => rule.state === 'active' && looksAtPosts(rule))
  const standing = watches(store)
  if (inForce.length === 0 || standing.length === 0) return []
  const watched = watchedAddresses(store)
  const raised: number[] = []
  for (const { post, paths } of postsIn(store, signal, progress)) {
    store.transaction(() => {
      for (const [watch, rule, subject] of pairsOf(post, paths, standing, inForce, watched, around)) {
        const hit = judgePost(rule, post, subject, around, clock())
        const id =
          hit === null ? null : raise(store, watch, rule, subject, eventOfPost(post, subject, clock()), hit, clock())
        if (id !== null) raised.push(id)
      }
    })
  }
  return raised
}

export function looksAtPosts({ indicator }: Rule): boolean {
  return OF_POSTS.has(indicator) || OF_BOTH.has(indicator)
}

/** Who looks at a post with which rule, and the address that an alert would be about. */
function pairsOf(
  post: Post,
  paths: readonly string[],
  standing: readonly Watch[],
  inForce: readonly Rule[],
  watched: ReadonlyMap<string, readonly Watched[]>,
  around: Around,
): readonly (readonly [Watch, Rule, Subject])[] {
  const about = subjectsOf(post, around)
  const pairs: (readonly [Watch, Rule, Subject])[] = []
  for (const watch of standing) {
    const isOurs =
      (watch.kind === 'campaign' && post.campaigns.includes(watch.target)) ||
      (watch.kind === 'folder' && paths.some(path => path.startsWith(watch.target)))
    const subjects = isOurs
      ? about
      : about.filter(one => watched.get(keyOf(one))?.some(by => by.watch.name === watch.name))
    const own = watch.rules.length === 0 ? inForce : inForce.filter(rule => watch.rules.includes(rule.id))
    for (const rule of own) {
      const asked = OF_POSTS.has(rule.indicator) ? subjects.slice(0, 1) : subjects
      for (const subject of asked) pairs.push([watch, rule, subject])
    }
  }
  return pairs
}

/** What it shows; where that is nothing, the address that its publisher showed last. */
export function subjectsOf({ addresses, publisher }: Post, around: Around): readonly Subject[] {
  if (addresses.length > 0 || publisher === null) return addresses
  const known = Network.all.flatMap(({ id }) =>
    around
      .donationsOn(id)
      .filter(one => one.publishers.includes(publisher))
      .map(one => ({ network: id, address: one.address, at: one.publishedAt ?? 0 })),
  )
  return known
    .sort((a, b) => b.at - a.at)
    .slice(0, 1)
    .map(({ network, address }) => ({ network, address }))
}

/** Captures that rules look at: the newest. */
export const CAPTURES_MAX = 500

/** Posts of the newest captures, a message each where a capture holds several, with the paths they came by. */
export function* postsIn(
  store: Store,
  signal: AbortSignal,
  progress: Context['progress'],
): Generator<{ readonly post: Post; readonly paths: readonly string[] }> {
  const outlets = outletsOf(store)
  const captures = Capture.list(store).slice(-CAPTURES_MAX)
  for (const [done, capture] of captures.entries()) {
    if (signal.aborted) return
    if (capture.withheld !== null || capture.mediaType.startsWith('image/')) continue
    const origin = capture.origins[0]
    const publisher = publisherOf(origin?.sourceUrl ?? null)
    const sealedFor = capture.origins.flatMap(one => one.campaign ?? [])
    const campaigns = [...new Set([...sealedFor, ...(publisher === null ? [] : (outlets.get(publisher) ?? []))])]
    const paths = capture.origins.map(one => one.path)
    for (const { at, postedAt, ...said } of saidIn(store, capture.sha256)) {
      const id = at === null ? capture.sha256 : `${capture.sha256}#${at}`
      yield { post: { id, postedAt: postedAt ?? origin?.postedAt ?? null, publisher, campaigns, ...said }, paths }
    }
    progress({ done: done + 1, total: captures.length, unit: 'captures' })
  }
}

/** Channels and sites by which campaigns are known to publish. */
function outletsOf(store: Store): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name, addresses, properties } of Campaign.list(store)) {
    const known = [...addresses.flatMap(one => one.publishers), ...properties.map(one => plain(one.value))]
    for (const outlet of new Set(known)) found.set(outlet, [...(found.get(outlet) ?? []), name])
  }
  return found
}

/** A property as `publisherOf` would name it. */
function plain(value: string): string {
  return publisherOf(/^https?:/i.test(value) ? value : `https://${value}`) ?? value
}

/** What one message or document says; the bytes decide it, so it is read once for each process. */
type Said = Pick<Post, 'addresses' | 'solicits' | 'purposes'> & {
  /** Where the message begins in its text; null: the document is one. */
  readonly at: number | null
  readonly postedAt: number | null
}

const READ = new Map<string, readonly Said[]>()
const READ_MAX = 2000

function saidIn(store: Store, sha256: string): readonly Said[] {
  const held = READ.get(sha256)
  if (held !== undefined) return held
  const made = [...Capture.readSealed(store, sha256)].flatMap(({ document }) => {
    if (document === null) return []
    const { text, messages } = document
    if (messages.length === 0) return [saidOf(text, null, null)]
    return messages.map(({ start, end, postedAt }) => saidOf(text.slice(start, end), start, postedAt))
  })
  if (READ.size >= READ_MAX) READ.clear()
  READ.set(sha256, made)
  return made
}

function saidOf(text: string, at: number | null, postedAt: number | null): Said {
  const { mentions } = find(text)
  const addresses = new Map<string, Subject>()
  for (const one of mentions) {
    if (one.kind !== 'address' || one.certainty !== 'found') continue
    const network = Network.parse(one.network)?.id
    if (network !== undefined) addresses.set(`${network} ${one.address}`, { network, address: one.address })
  }
  const { is, cues } = solicitationOf(text, mentions)
  const purposes = cues.filter(cue => cue.what === 'purpose').map(({ tag, word }) => ({ kind: tag, word }))
  return { at, postedAt, addresses: [...addresses.values()], solicits: is, purposes }
}
