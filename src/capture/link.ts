import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { TOOL } from './capture-tool.ts'
import { note } from './erasure.ts'
import { resolve } from './row.ts'
import * as Table from './table.ts'

/**
 * How captures were come by, one from another: an advert, the page that it leads to, the donation page, the address.
 */
export type Chain = {
  /** The way to the capture, the first step first. */
  readonly before: readonly Table.LinkRow[]
  /** Steps that lead on from it. */
  readonly after: readonly Table.LinkRow[]
}

export const RELATIONS = [
  ...(['click', 'redirect', 'advert', 'form', 'reply', 'forward', 'attachment', 'screenshot', 'print'] as const),
] as const

/** Records that a capture was reached from another. Failures: Capture.Unknown, Capture.Circle. */
export function link(
  store: Store,
  { sha256, parent, relation, by }: { sha256: string; parent: string; relation: string; by: string },
  clock: Clock,
): void {
  const [child, above] = [resolve(store, sha256).sha256, resolve(store, parent).sha256]
  const isCircle = child === above || chainOf(store, above).before.some(step => step.parentSha256 === child)
  if (isCircle) throw circle(child, above)
  const row = { sha256: child, parentSha256: above, relation, by, at: clock() }
  store.transaction(() => {
    if (!Table.insertLink(store, row)) return
    const detail = JSON.stringify({ parentSha256: above, relation })
    note(store, { sha256: child, action: 'linked', at: row.at, by, tool: TOOL, detail })
  })
}

/** The whole way to a capture, and the steps that lead on from it. */
export function chainOf(store: Store, sha256: string): Chain {
  const before: Table.LinkRow[] = []
  const seen = new Set([sha256])
  for (const one of seen) {
    for (const step of Table.linksOf(store, one, 'to')) {
      before.unshift(step)
      seen.add(step.parentSha256)
    }
  }
  return { before, after: Table.linksOf(store, sha256, 'from') }
}

function circle(child: string, parent: string): Failure {
  return new Failure('Capture.Circle', 'conflict', `${child} cannot be reached from ${parent}, which it leads to.`, {
    hint: 'Check which of the two was seen first.',
    facts: { sha256: child, parent },
  })
}
