import { statement } from './statement.ts'
import type { Store } from './store.ts'

/**
 * A short text that is another one as soon as a row was added to one of these tables, whoever added it. They must be
 * append-only. Cost: an index read each; of a table without row numbers its rows are counted.
 */
export function markOf({ database }: Store, tables: readonly (keyof typeof MARKS)[]): string {
  const query = `SELECT ${tables.map(table => `(${MARKS[table]})`).join(` || ' ' || `)} AS mark`
  return (statement({ database }, query).get() as { mark: string }).mark
}

const MARKS = {
  ...rows('watch_event', 'rule_event', 'campaign_event', 'list_version', 'claim', 'judgement'),
  ...rows('entity_statement', 'entity_link', 'dispute', 'ledger_manifest', 'capture'),
  ledger_price: 'SELECT count(*) FROM ledger_price',
}

function rows<const T extends string>(...tables: readonly T[]): Record<T, string> {
  const marks = tables.map(table => [table, `SELECT coalesce(max(rowid), 0) FROM ${table}`])
  return Object.fromEntries(marks) as Record<T, string>
}
