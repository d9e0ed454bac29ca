import * as Confidence from './confidence.ts'

/**
 * STIX's confidence (0 to 100) on GraphSense's scale: the highest level that the number reaches, and of several ids of
 * one level the last, which claims least. A bundle that gives none is `unknown`.
 */
export function fromLevel(level: number | null): string {
  if (level === null) return 'unknown'
  const reached = Confidence.all.filter(one => one.level <= level)
  const highest = reached[0]?.level
  return reached.findLast(one => one.level === highest && !NEVER.has(one.id))?.id ?? 'unknown'
}

/** What only an owner, an analyst's own override or the ledger itself may claim. */
const NEVER: ReadonlySet<string> = new Set(['override', 'ownership', 'ledger_immanent'])
