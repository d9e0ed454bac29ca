import { statement } from '../../store/statement.ts'
import type { Store } from '../../store/store.ts'

/** Rows of entities, relations and disputes: append-only, in the order in which they came. */
export type Row = {
  readonly number: number
  readonly id: string
  readonly content: string
  readonly known_at: number
  readonly added_by: string
}

export type StatementRow = Row & { readonly entity: string }
export type LinkRow = Row & { readonly subject: string; readonly object: string }
export type DisputeRow = Row & { readonly target: string }

type New<T extends Row> = Omit<T, 'number'>

/** False where the same statement is there already. */
export function insertStatement(store: Store, row: New<StatementRow>): boolean {
  const sql = `INSERT OR IGNORE INTO entity_statement (id, entity, content, known_at, added_by)
    VALUES (:id, :entity, :content, :known_at, :added_by)`
  return store.database.prepare(sql).run(row).changes === 1
}

/** Statements of one entity, or of all. */
export function statements(store: Store, entity: string | null = null): StatementRow[] {
  const sql = 'SELECT * FROM entity_statement WHERE :entity IS NULL OR entity = :entity ORDER BY number'
  return store.database.prepare(sql).all({ entity }) as StatementRow[]
}

export function insertLink(store: Store, row: New<LinkRow>): boolean {
  const sql = `INSERT OR IGNORE INTO entity_link (id, subject, object, content, known_at, added_by)
    VALUES (:id, :subject, :object, :content, :known_at, :added_by)`
  return store.database.prepare(sql).run(row).changes === 1
}

export function links(store: Store): LinkRow[] {
  return store.database.prepare('SELECT * FROM entity_link ORDER BY number').all() as LinkRow[]
}

export function insertDispute(store: Store, row: New<DisputeRow>): boolean {
  const sql = `INSERT OR IGNORE INTO dispute (id, target, content, known_at, added_by)
    VALUES (:id, :target, :content, :known_at, :added_by)`
  return store.database.prepare(sql).run(row).changes === 1
}

export function disputes(store: Store): DisputeRow[] {
  return store.database.prepare('SELECT * FROM dispute ORDER BY number').all() as DisputeRow[]
}

/** Whether a statement or a relation has this id. */
export function isTarget(store: Store, id: string): boolean {
  const sql = `SELECT EXISTS (SELECT 1 FROM entity_statement WHERE id = :id)
    OR EXISTS (SELECT 1 FROM entity_link WHERE id = :id) AS found`
  return (store.database.prepare(sql).get({ id }) as { found: number }).found === 1
}

/** Grows with every write to these tables, and to the keys of users. */
export function stamp(store: Store): string {
  const max = (table: string) => `(SELECT coalesce(max(number), 0) FROM ${table})`
  const numbers = ['entity_statement', 'entity_link', 'dispute', 'user_key'].map(max)
  return (statement(store, `SELECT ${numbers.join(` || '.' || `)} AS stamp`).get() as { stamp: string }).stamp
}

export { keyOf, type UserKey, userKeys } from '../../store/user-key.ts'
