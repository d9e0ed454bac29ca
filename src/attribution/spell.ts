import type { Instant } from '../model/instant.ts'
import type { ListedAddress } from './entry.ts'
import { spellsOf } from './freeze.ts'
import * as Timeline from './timeline.ts'

/** A time in which a listing held, whichever way its source tells it, with what it said at an instant. */
export type Spell<T> = {
  readonly from: Instant
  readonly removedAt: Instant | null
  readonly knownAt: Instant
  readonly stored: T
  readonly version: Timeline.Version
}

/**
 * Spells of one listing that had begun by `asOf`. A list tells them by its versions and, where it does, by an end of
 * its own (`endedAt`); a ledger's events tell them outright, whatever version brought them.
 */
export function spells<T extends { readonly content: ListedAddress; readonly listedAt: Instant | null }>(
  shown: readonly Timeline.Shown<T>[],
  asOf: Instant,
): Spell<T>[] {
  const present = shown.flatMap(({ version, content }) => (content === null ? [] : [{ version, content }]))
  const last = present.reduce<(typeof present)[number] | null>(
    (held, one) => (held === null || one.version.id > held.version.id ? one : held),
    null,
  )
  if (last?.content.content.stages !== undefined) return byEvents(present, last, asOf)
  return Timeline.spans(shown)
    .filter(span => span.from <= asOf)
    .map(span => {
      const { version, content } = Timeline.contentAt(span, asOf)
      const ended = content.content.endedAt ?? null
      const { from, knownAt } = span
      const ends = [span.removedAt, ended].filter(end => end !== null)
      return { from, removedAt: ends.length === 0 ? null : Math.min(...ends), knownAt, stored: content, version }
    })
}

type Present<T> = { readonly version: Timeline.Version; readonly content: T }

/** Each spell is known since the first version that has the event which began it. */
function byEvents<T extends { readonly content: ListedAddress }>(
  present: readonly Present<T>[],
  { version, content }: Present<T>,
  asOf: Instant,
): Spell<T>[] {
  const stages = content.content.stages!
  return spellsOf(stages).flatMap(({ from, endedAt, began }) => {
    const knowing = present.filter(one => one.content.content.stages?.some(stage => stage.txid === began))
    const first = knowing.reduce((a, b) => (a.version.knownAt <= b.version.knownAt ? a : b), { version, content })
    const start = from ?? first.version.publishedAt
    if (start > asOf) return []
    const { knownAt } = first.version
    return [{ from: start, removedAt: endedAt, knownAt, stored: content, version }]
  })
}
