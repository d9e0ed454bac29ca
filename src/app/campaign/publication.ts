import * as Capture from '../../capture/capture.ts'
import { find, isPaymentPlatform, type Mention, solicitationOf } from '../../mention/mention.ts'
import * as Instant from '../../model/instant.ts'
import type { Store } from '../../store/store.ts'

/**
 * What a campaign published, from its captures, oldest first: where, whether it asks to give, for what, by which rails,
 * and what it names. Derived each time; the captures are the evidence.
 */
export type Publication = {
  readonly sha256: string
  readonly path: string
  readonly sourceUrl: string | null
  /** Channel or site that showed it. */
  readonly publisher: string | null
  readonly postedAt: string | null
  readonly capturedAt: string
  readonly solicits: boolean
  readonly purposes: readonly string[]
  readonly actors: readonly string[]
  readonly rails: readonly Rail[]
  /** Channels, sites and pages that it names. */
  readonly properties: readonly Property[]
  readonly links: readonly string[]
}

/** A way to pay; `identifier` null where it is only named. */
export type Rail = { readonly rail: string; readonly identifier: string | null }

export type Property = { readonly kind: 'domain' | 'handle' | 'email'; readonly value: string; readonly shown: string }

/** One capture leads to another: it links to where that one was taken. */
export type Step = { readonly from: string; readonly to: string; readonly url: string }

/** An identifier to pay to that a second publisher showed later than the first. */
export type Migration = {
  readonly identifier: string
  readonly from: string
  readonly fromAt: string | null
  readonly to: string
  readonly toAt: string | null
}

export type Published = {
  readonly publications: readonly Publication[]
  readonly steps: readonly Step[]
  readonly migrations: readonly Migration[]
  /** Captures beyond the limit, not read. */
  readonly unread: number
}

export function publishedBy(store: Store, campaign: string): Published {
  const captures = Capture.list(store, campaign)
  const read = captures.slice(0, CAPTURES_MAX).filter(one => one.withheld === null)
  const publications = read.map(one => publicationOf(store, one)).sort(inTime)
  return {
    publications,
    steps: stepsOf(publications),
    migrations: migrationsOf(publications),
    unread: Math.max(0, captures.length - CAPTURES_MAX),
  }
}

/** `https://t.me/s/example/12` → `t.me/example`; of other places the host. */
export function publisherOf(url: string | null): string | null {
  const match = url === null ? null : /^https?:\/\/(?:www\.)?([^/?#]+)(?:\/s)?(?:\/([^/?#]+))?/i.exec(url)
  if (match === null) return null
  const host = match[1]!.toLowerCase()
  return host === 't.me' && match[2] !== undefined ? `${host}/${match[2]}` : host
}

function publicationOf(store: Store, { sha256, origins }: Capture.Capture): Publication {
  const origin = origins[0]
  const path = origin?.path ?? sha256
  const texts = [...Capture.readBytes(path, Capture.open(store, sha256))].flatMap(one => one.document?.text ?? [])
  const text = texts.join('\n')
  const { mentions } = find(text)
  const { is, purposes, actors, cues } = solicitationOf(text, mentions)
  const named = new Set(cues.flatMap(cue => (cue.what === 'rail' && cue.language !== null ? [cue.tag] : [])))
  const paid = mentions.flatMap(one => railOf(one) ?? [])
  const only = [...named].filter(tag => !paid.some(one => one.rail === tag || one.rail.startsWith(`${tag}:`)))
  return {
    ...{ sha256, path, sourceUrl: origin?.sourceUrl ?? null, publisher: publisherOf(origin?.sourceUrl ?? null) },
    postedAt: origin?.postedAt == null ? null : Instant.format(origin.postedAt as Instant.Instant),
    capturedAt: origin === undefined ? '' : Instant.format(origin.capturedAt as Instant.Instant),
    ...{ solicits: is, purposes, actors },
    rails: distinct([...paid, ...only.map(rail => ({ rail, identifier: null }))]),
    properties: distinct(mentions.flatMap(one => propertyOf(one) ?? [])),
    links: distinct(mentions.flatMap(one => (one.kind === 'url' && one.host !== null ? [one.value] : []))),
  }
}

function railOf(mention: Mention): Rail | null {
  if (mention.certainty === 'possible') return null
  if (mention.kind === 'address') return { rail: `crypto:${mention.network}`, identifier: mention.address }
  if (mention.kind === 'iban') return { rail: 'bank', identifier: mention.value }
  if (mention.kind === 'voucher') return { rail: 'voucher', identifier: mention.value }
  const isPaid = mention.kind === 'handle' && mention.platform !== null && isPaymentPlatform(mention.platform)
  return isPaid ? { rail: `payment-service:${mention.platform}`, identifier: mention.value } : null
}

function propertyOf(mention: Mention): Property | null {
  if (mention.kind === 'domain') return { kind: 'domain', value: mention.value, shown: mention.defanged }
  if (mention.kind === 'email') return { kind: 'email', value: mention.value, shown: mention.defanged }
  if (mention.kind !== 'handle') return null
  const value = mention.platform === null ? `@${mention.value}` : `${mention.platform}:${mention.value}`
  return { kind: 'handle', value, shown: value }
}

function stepsOf(publications: readonly Publication[]): Step[] {
  const places = new Map(publications.flatMap(one => (one.sourceUrl === null ? [] : [[plain(one.sourceUrl), one]])))
  return publications.flatMap(from =>
    from.links.flatMap(url => {
      const to = places.get(plain(url))
      return to === undefined || to.sha256 === from.sha256 ? [] : [{ from: from.sha256, to: to.sha256, url }]
    }),
  )
}

function migrationsOf(publications: readonly Publication[]): Migration[] {
  const last = new Map<string, { publisher: string; at: string | null }>()
  const found: Migration[] = []
  for (const { publisher, postedAt, rails } of publications) {
    if (publisher === null) continue
    for (const identifier of new Set(rails.flatMap(one => one.identifier ?? []))) {
      const before = last.get(identifier)
      if (before !== undefined && before.publisher !== publisher) {
        const [from, fromAt] = [before.publisher, before.at]
        found.push({ identifier, from, fromAt, to: publisher, toAt: postedAt })
      }
      last.set(identifier, { publisher, at: postedAt })
    }
  }
  return found
}

/** By when it was posted, else by when it was captured. */
function inTime(a: Publication, b: Publication): number {
  const [x, y] = [a.postedAt ?? a.capturedAt, b.postedAt ?? b.capturedAt]
  return x < y ? -1 : x > y ? 1 : a.sha256 < b.sha256 ? -1 : 1
}

/** Without scheme, `www.`, fragment and the last slash. */
function plain(url: string): string {
  return url
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#.*$/, '')
    .replace(/\/$/, '')
}

function distinct<T>(all: readonly T[]): T[] {
  return [...new Map(all.map(one => [JSON.stringify(one), one])).values()]
}

/** Captures of one campaign that are read for its timeline. */
const CAPTURES_MAX = 500
