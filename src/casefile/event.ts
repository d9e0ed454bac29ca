import type { Instant } from '../model/instant.ts'
import * as Canonical from '../std/canonical.ts'

/** One thing that happened to a case. Never changed; a correction is a new event. */
export type Event = {
  readonly case: string
  /** From 1, without gaps. */
  readonly sequence: number
  readonly body: Body
  readonly user: string
  readonly at: Instant
  /** Digest of the event before; zeros before the first. */
  readonly previous: string
  readonly digest: string
  /** Ed25519 over the digest, hex, and the key's fingerprint; null where users have no keys yet. */
  readonly signature: { readonly bytes: string; readonly signer: string } | null
}

export type Body =
  | { readonly kind: 'opened'; readonly title: string }
  | { readonly kind: 'evidence'; readonly what: EvidenceKind; readonly value: string; readonly network: string | null }
  /** Said before a run: what will be asked, how and why. */
  | { readonly kind: 'declared'; readonly operation: string; readonly input: Canonical.Json; readonly reason: string }
  /** What the declared run answered: the answer is filed by its digest. `declared` is that event's sequence. */
  | { readonly kind: 'result'; readonly declared: number; readonly operation: string; readonly sha256: string }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'status'; readonly status: Status }
  /** Something to be done, known by this event's sequence. */
  | { readonly kind: 'task'; readonly text: string; readonly assignee: string | null }
  | { readonly kind: 'task-done'; readonly task: number }
  /** Who leads the case from here on; null: nobody. */
  | { readonly kind: 'assigned'; readonly to: string | null }
  | { readonly kind: 'closed'; readonly outcome: string }
  /** A report that was written, filed by its digest. Also of a closed case. */
  | { readonly kind: 'report'; readonly format: string; readonly language: string; readonly sha256: string }

export type EvidenceKind = 'address' | 'capture' | 'campaign'

export type Status = (typeof STATUSES)[number]

export const STATUSES = ['open', 'in-review', 'waiting', 'closed'] as const

/** What comes before the first event. */
export const START = '0'.repeat(64)

/** The next event of a case after `previous` (undefined: the first). */
export function next(name: string, previous: Event | undefined, body: Body, user: string, at: Instant): Event {
  const plain = {
    ...{ case: name, sequence: (previous?.sequence ?? 0) + 1, body, user, at },
    previous: previous?.digest ?? START,
  }
  return { ...plain, digest: digestOf(plain), signature: null }
}

/** Sequence of the first event that does not follow from the one before it, or null where the chain is whole. */
export function firstBroken(events: readonly Event[]): number | null {
  let before = START
  for (const [index, event] of events.entries()) {
    const follows = event.sequence === index + 1 && event.previous === before && digestOf(event) === event.digest
    if (!follows) return event.sequence
    before = event.digest
  }
  return null
}

function digestOf(event: Omit<Event, 'digest' | 'signature'>): string {
  const { case: name, sequence, body, user, at, previous } = event
  return Canonical.digest({ case: name, sequence, body, user, at, previous })
}
