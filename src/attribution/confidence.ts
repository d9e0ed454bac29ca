/**
 * GraphSense's confidence scale, whole and in its own words (graphsense-tagpack-tool, confidence.csv, 2025-09-04): the
 * level is an order from 0 to 100, not a probability, so levels are never multiplied or averaged.
 */
export type Confidence = { readonly id: string; readonly level: number }

export const all: readonly Confidence[] = [
  { id: 'override', level: 100 },
  { id: 'ownership', level: 100 },
  { id: 'ledger_immanent', level: 100 },
  { id: 'manual_transaction', level: 90 },
  { id: 'service_api', level: 70 },
  { id: 'forensic_investigation', level: 70 },
  { id: 'authority_data', level: 60 },
  { id: 'trusted_provider', level: 50 },
  { id: 'service_data', level: 50 },
  { id: 'forensic', level: 50 },
  { id: 'untrusted_transaction', level: 40 },
  { id: 'web_crawl', level: 20 },
  { id: 'heuristic', level: 10 },
  { id: 'unknown', level: 5 },
]

/** The scale's entry of that id, or undefined. */
export function parse(id: string): Confidence | undefined {
  return BY_ID.get(id)
}

/** The entry of a stored id; what the scale does not know is `unknown`. */
export function from(id: string): Confidence {
  return BY_ID.get(id) ?? BY_ID.get('unknown')!
}

const BY_ID = new Map(all.map(entry => [entry.id, entry]))
