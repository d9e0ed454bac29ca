import type { Instant } from '../model/instant.ts'
import { sha256Hex } from '../std/digest.ts'

/**
 * What was done with captures, as one chain over the whole store: each entry holds the hash of the one before, so that
 * an entry changed, taken out or put in later shows. What a chain alone cannot show is a cut at its very end: for that
 * its last hash is kept elsewhere (in reports and bundles).
 */
export type Entry = {
  readonly seq: number
  readonly sha256: string
  readonly action: Action
  readonly at: Instant
  readonly by: string
  readonly tool: string
  /** What was stated of the bytes at that moment, as JSON. */
  readonly detail: string
  readonly previous: string
  readonly hash: string
}

/**
 * sealed: bytes stored for the first time · received: the same bytes came from another place · linked: reached from
 * another capture · fetched: how it was
 * seen on the way here · held, released: law forbids, or no longer forbids, to erase it · erased: its key was
 * destroyed.
 */
export type Action = 'sealed' | 'received' | 'linked' | 'fetched' | 'held' | 'released' | 'erased'

/** The `previous` of the first entry. */
export const GENESIS = '0'.repeat(64)

/** The entry that follows `last`. */
export function append(
  last: Pick<Entry, 'seq' | 'hash'> | null,
  what: Omit<Entry, 'seq' | 'previous' | 'hash'>,
): Entry {
  const open = { ...what, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? GENESIS }
  return { ...open, hash: hashOf(open) }
}

/** SHA-256 of all that an entry says, in a fixed order, as a JSON list. */
export function hashOf(entry: Omit<Entry, 'hash'>): string {
  const { seq, sha256, action, at, by, tool, detail, previous } = entry
  return sha256Hex(JSON.stringify([seq, sha256, action, at, by, tool, detail, previous]))
}

export type Break = {
  readonly seq: number
  readonly sha256: string
  readonly expected: string
  readonly found: string
  readonly what: 'entry altered' | 'entry missing' | 'chain broken'
}

/** Where the chain does not hold. The entries come in order. */
export function check(entries: Iterable<Entry>): { count: number; last: string; breaks: Break[] } {
  const breaks: Break[] = []
  let count = 0
  let last: Pick<Entry, 'seq' | 'hash'> = { seq: 0, hash: GENESIS }
  for (const entry of entries) {
    const { seq, sha256 } = entry
    const expected = hashOf(entry)
    if (seq !== last.seq + 1) {
      breaks.push({ seq, sha256, expected: `entry ${last.seq + 1}`, found: `entry ${seq}`, what: 'entry missing' })
    } else if (entry.previous !== last.hash) {
      breaks.push({ seq, sha256, expected: last.hash, found: entry.previous, what: 'chain broken' })
    }
    if (entry.hash !== expected) {
      breaks.push({ seq, sha256, expected, found: entry.hash, what: 'entry altered' })
    }
    last = entry
    count++
  }
  return { count, last: last.hash, breaks }
}
