import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Store } from './store.ts'

/**
 * A statement of a store, compiled once: compiling costs five times what answering does, and a server asks the same
 * few questions of every request. For `get`, `all` and `run`; whoever iterates prepares one of its own.
 */
export function statement({ database }: Pick<Store, 'database'>, sql: string): StatementSync {
  const held = STATEMENTS.get(database) ?? new Map<string, StatementSync>()
  STATEMENTS.set(database, held)
  const known = held.get(sql) ?? database.prepare(sql)
  held.set(sql, known)
  return known
}

/** They go when the database goes. */
const STATEMENTS = new WeakMap<DatabaseSync, Map<string, StatementSync>>()
