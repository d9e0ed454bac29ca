import * as Asset from '../model/asset.ts'
import * as Instant from '../model/instant.ts'
import type { Around, Event, Subject } from './event.ts'
import { likest, receiptsOf } from './indicator-link.ts'
import { DAY, type Hit, number, words } from './indicator-part.ts'
import type { Rule } from './rule.ts'

/** What a post says, as rules see it: read by others, and no word of ours on whose the addresses are. */
export type Post = {
  /** SHA-256 of its capture, with the place of the message where it holds several. */
  readonly id: string
  /** When it was posted; null: not known. */
  readonly postedAt: Instant.Instant | null
  readonly publisher: string | null
  /** Campaigns to which its publisher is known to belong. */
  readonly campaigns: readonly string[]
  readonly addresses: readonly Subject[]
  /** Whether it calls its reader to give. */
  readonly solicits: boolean
  /** Words for what the money is wanted for, with their kind. */
  readonly purposes: readonly { readonly kind: string; readonly word: string }[]
}

/** Whether a post makes the rule fire, for one of the addresses that it shows or that its publisher is known for. */
export function judgePost(rule: Rule, post: Post, subject: Subject, around: Around, now: Instant.Instant): Hit | null {
  const { thresholds: t } = rule
  if (rule.indicator === 'rotation') return shownAnew(rule, post, subject, around, now)
  if (rule.indicator === 'shared-prefix') {
    const shown = post.addresses.some(one => isSame(one, subject))
    const measured = shown ? likest(t, subject.address, around.donationsOn(subject.network)) : null
    return measured === null ? null : hitOf(post, subject, measured, SHOWN)
  }
  if (rule.indicator === 'supportive-message') {
    const kinds = words(t, 'purposes')
    const found = new Set(post.purposes.filter(one => kinds.includes(one.kind)).map(one => one.word.toLowerCase()))
    // Words of faith and war stand in sermons, news and titles of books: only beside where to pay do they count.
    if (!post.solicits || post.addresses.length === 0 || found.size < number(t, 'words')) return null
    const measured = { words: found.size, found: [...found].slice(0, 5).join(', ') }
    return hitOf(post, subject, measured, 'words alone: somebody must read the post')
  }
  if (rule.indicator !== 'appeal-reuse' || !post.solicits || post.publisher === null) return null
  if (post.campaigns.length === 0 || post.postedAt === null) return null
  const after = words(t, 'events').map(day => Instant.parse(day)!)
  const event = Math.max(
    ...after.filter(day => day <= post.postedAt! && post.postedAt! < day + number(t, 'days') * DAY),
  )
  if (!Number.isFinite(event)) return null
  const measured = { publisher: post.publisher, campaigns: post.campaigns.join(', '), event: Instant.formatDay(event) }
  return hitOf(post, subject, measured, null)
}

/** A post as an event of an address that it shows: it moves nothing. */
export function eventOfPost({ id, postedAt }: Pick<Post, 'id' | 'postedAt'>, subject: Subject, now: number): Event {
  return {
    ...{ txid: id, height: null, time: postedAt ?? now, direction: 'in', standing: 'mined', isPost: true },
    ...{ asset: Asset.coin(subject.network), units: 0n, cents: null, other: null },
  }
}

/** A known publisher shows an address in place of an older one of its own, which is not seen to go on. */
function shownAnew({ thresholds: t }: Rule, post: Post, subject: Subject, around: Around, now: number): Hit | null {
  const { publisher, addresses, postedAt } = post
  const { network, address } = subject
  if (publisher === null || !addresses.some(one => isSame(one, subject))) return null
  const shownAt = postedAt ?? now
  const isOlder = (one: { publishedAt: number | null }) => one.publishedAt !== null && one.publishedAt < shownAt
  const known = around.donationsOn(network).filter(one => one.publishers.includes(publisher) && isOlder(one))
  // Shown before, or shown beside the old one, it takes nothing's place.
  if (known.length === 0 || known.some(one => one.address === address)) return null
  const latest = known.reduce((one, two) => (two.publishedAt! > one.publishedAt! ? two : one))
  if (addresses.some(one => one.network === network && known.some(old => old.address === one.address))) return null
  const last = receiptsOf(around, network, latest.address, Number.MAX_SAFE_INTEGER).at(-1)?.time ?? null
  if (last !== null && last > shownAt + number(t, 'days') * DAY) return null
  const quiet = last === null ? null : Math.max(0, Math.floor((now - last) / DAY))
  const unsure =
    quiet === null
      ? 'no receipt of the old address was read: whether it goes quiet is not known'
      : quiet < number(t, 'quietDays')
        ? 'the old address was paid only just now: whether it goes quiet is not known yet'
        : null
  const measured = { previous: latest.address, publisher, ...(quiet === null ? {} : { quietDays: quiet }) }
  return hitOf(post, subject, measured, unsure ?? SHOWN)
}

const SHOWN = 'a post proves that it shows an address, not whose it is'

function hitOf(post: Post, subject: Subject, measured: Hit['measured'], unsure: string | null): Hit {
  return { events: [eventOfPost(post, subject, post.postedAt ?? 0)], measured, unsure }
}

function isSame(a: Subject, b: Subject): boolean {
  return a.network === b.network && a.address === b.address
}
