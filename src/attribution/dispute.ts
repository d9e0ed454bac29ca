import type { Instant } from '../model/instant.ts'
import * as Canonical from '../std/canonical.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import * as Table from './entity/table.ts'
import { listingTarget, storedTarget } from './judgement.ts'
import type { Dispute } from './label.ts'
import * as Lists from './table.ts'

export type NewDispute = Omit<Dispute, 'id'>

/** Longest words of a dispute, in characters: as long as those of a claim. */
export const WORDS_CHARACTERS_MAX = 4000

/**
 * Keeps what a named person says against a claim, label or listing. It decides nothing by itself: an analyst who finds
 * it right judges the label `no`. Fails where nobody is named, nothing is said, or there is no such target.
 */
export function addDispute(store: Store, dispute: NewDispute, by: string): Dispute {
  if (dispute.by.trim() === '' || dispute.words.trim() === '') throw empty(dispute.by)
  if (dispute.words.length > WORDS_CHARACTERS_MAX) throw tooLong(dispute.words.length)
  const { knownAt, ...content } = { ...dispute, target: targetOf(store, dispute.target) }
  const id = Canonical.digest(content)
  const row = { id, target: content.target, content: Canonical.format(content), known_at: knownAt, added_by: by }
  Table.insertDispute(store, row)
  return disputes(store).find(one => one.id === id)!
}

/** Disputes in the order in which they came; of one claim, label or listing where given. */
export function disputes(store: Store, target: string | null = null): Dispute[] {
  const stored = target === null ? null : targetOf(store, target)
  return Table.disputes(store)
    .filter(row => stored === null || row.target === stored)
    .map(row => ({ id: row.id, ...(JSON.parse(row.content) as Omit<NewDispute, 'knownAt'>), knownAt: row.known_at }))
}

/** A listing that there is, or what a judgement may name. */
function targetOf(store: Store, target: string): string {
  const listing = /^listing:(.+):([^:]+)$/.exec(target)
  const rows = listing === null ? [] : Lists.entriesOf(store, listing[2]!)
  const lists = new Set(rows.filter(row => row.kind === 'address').map(row => row.list))
  const found = Lists.versions(store).some(one => lists.has(one.list) && one.authority === listing?.[1])
  return found ? listingTarget(listing![1]!, listing![2]!) : storedTarget(store, target)
}

/** Those known by then, by what they dispute. */
export function disputesAt(store: Store, knownAt: Instant): ReadonlyMap<string, readonly Dispute[]> {
  return Map.groupBy(
    disputes(store).filter(one => one.knownAt <= knownAt),
    one => one.target,
  )
}

function empty(by: string): Failure {
  return new Failure('Dispute.Empty', 'usage', `The dispute by “${by.slice(0, 80)}” names nobody or says nothing.`, {
    hint: 'Name who disputes it (--by) and what they say (--words).',
    facts: { by: by.slice(0, 80) },
  })
}

function tooLong(characters: number): Failure {
  const message = `The words of the dispute have ${characters} characters; at most ${WORDS_CHARACTERS_MAX} are kept.`
  return new Failure('Dispute.TooLong', 'limit', message, {
    hint: 'Quote what matters, and seal the letter as a capture.',
    facts: { characters, max: WORDS_CHARACTERS_MAX },
  })
}
