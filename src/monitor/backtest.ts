import type { Around, Event, History, Subject } from './event.ts'
import { judge } from './indicator.ts'
import type { Rule } from './rule.ts'

/** How often a rule would have fired on one address, had it been watched all along. */
export type Tested = Subject & { readonly events: number; readonly hits: number; readonly first: string | null }

/** @param events in the order of the ledger */
export function backtest(rule: Rule, subject: Subject, events: readonly Event[], around: Around): Tested {
  const history: History = { events: [...events], before: null }
  let hits = 0
  let first: string | null = null
  for (const at of events.keys()) {
    if (judge(rule, subject, history, at, around) === null) continue
    hits++
    first ??= events[at]!.txid
  }
  return { ...subject, events: events.length, hits, first }
}

/**
 * Wilson's interval of a share, 95 %: with few controls a share of 0 says little, and this says how little.
 *
 * Source: Wilson 1927; z = 1.96.
 */
export function interval(fired: number, of: number): { readonly low: number; readonly high: number } | null {
  if (of === 0) return null
  const [share, z] = [fired / of, 1.96]
  const middle = (share + (z * z) / (2 * of)) / (1 + (z * z) / of)
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
