import type { Instant } from '../model/instant.ts'

/**
 * The two clocks of one listing, computed from versions alone (pure). A listing is known from the import of the first
 * version that shows it; it holds from its own date, or from the publication of that version where the list gives no
 * date or an earlier version did not show it yet; it ends with the publication of the next version without it.
 */
export type Version = { readonly id: number; readonly publishedAt: Instant; readonly knownAt: Instant }

/** What the listing said in one version of its list; null where that version does not show it. */
export type Shown<T> = { readonly version: Version; readonly content: T | null }

export type Span<T> = {
  readonly from: Instant
  readonly removedAt: Instant | null
  /** When the first version that shows it reached us. */
  readonly knownAt: Instant
  /** What it said in each version of the span, in the order of publication. */
  readonly contents: readonly { readonly version: Version; readonly content: T }[]
}

/** Versions known by then, in the order of publication; of several with one date the last imported stands. */
export function order<V extends Version>(versions: readonly V[], knownAt: Instant): V[] {
  const known = versions.filter(version => version.knownAt <= knownAt)
  const sorted = known.sort((a, b) => a.publishedAt - b.publishedAt || a.id - b.id)
  return sorted.filter((version, index) => sorted[index + 1]?.publishedAt !== version.publishedAt)
}

/** Spans in which a listing held. `shown` is in the order of publication. */
export function spans<T extends { readonly listedAt: Instant | null }>(shown: readonly Shown<T>[]): Span<T>[] {
  const found: Span<T>[] = []
  let contents: { version: Version; content: T }[] = []
  let absentAt: Instant | null = null
  const finish = (removedAt: Instant | null) => {
    const first = contents[0]
    if (first === undefined) return
    const knownAt = Math.min(...contents.map(one => one.version.knownAt))
    found.push({ from: startOf(first.content.listedAt, first.version, absentAt), removedAt, knownAt, contents })
    contents = []
  }
  for (const { version, content } of shown) {
    if (content !== null) contents.push({ version, content })
    else {
      finish(version.publishedAt)
      absentAt = version.publishedAt
    }
  }
  finish(null)
  return found
}

/** What it said at an instant: in the last version published by then, else in the first that shows it. */
export function contentAt<T>(span: Span<T>, asOf: Instant): { readonly version: Version; readonly content: T } {
  return span.contents.findLast(one => one.version.publishedAt <= asOf) ?? span.contents[0]!
}

function startOf(listedAt: Instant | null, version: Version, absentAt: Instant | null): Instant {
  // A date after the publication is a slip of the pen (2062 for 2026): the list shows it, so it is listed by then.
  if (listedAt === null || listedAt > version.publishedAt) return version.publishedAt
  return absentAt !== null && listedAt <= absentAt ? version.publishedAt : listedAt
}

/** Whether an entry belongs to a version: its last change up to that version, in the order of import, is a coming. */
export function isMember(changes: readonly { version: number; present: number }[], version: number): boolean {
  let present = false
  for (const change of changes) {
    if (change.version > version) break
    present = change.present === 1
  }
  return present
}
