import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { NetworkId } from '../model/network.ts'
import { statement } from '../store/statement.ts'
import type { Store } from '../store/store.ts'

/** One thing that happened to a watch, a rule or a receiver; `content` is JSON. */
export type Row = {
  readonly name: string
  readonly version: number
  readonly kind: string
  readonly content: unknown
  readonly at: number
  readonly by: string
}

export function addWatchEvent({ database }: Store, watch: string, kind: 'added' | 'removed', rest: Rest): void {
  database
    .prepare('INSERT INTO watch_event (watch, kind, content, at, by) VALUES (?, ?, ?, ?, ?)')
    .run(watch, kind, JSON.stringify(rest.content), rest.at, rest.by)
}

export function listWatchEvents({ database }: Store): Row[] {
  return rowsOf(
    database.prepare('SELECT watch AS name, 0 AS version, kind, content, at, by FROM watch_event ORDER BY id').all(),
  )
}

/** What happened to it last; undefined: there never was one. */
export function lastWatchEvent({ database }: Store, watch: string): 'added' | 'removed' | undefined {
  const query = 'SELECT kind FROM watch_event WHERE watch = ? ORDER BY id DESC LIMIT 1'
  return (database.prepare(query).get(watch) as { kind: 'added' | 'removed' } | undefined)?.kind
}

export type RuleEventKind = 'added' | 'tested' | 'activated' | 'drafted' | 'retired'

export function addRuleEvent(
  { database }: Store,
  rule: string,
  version: number,
  kind: RuleEventKind,
  rest: Rest,
): void {
  database
    .prepare('INSERT INTO rule_event (rule, version, kind, content, at, by) VALUES (?, ?, ?, ?, ?, ?)')
    .run(rule, version, kind, JSON.stringify(rest.content), rest.at, rest.by)
}

export function listRuleEvents({ database }: Store): Row[] {
  return rowsOf(
    database.prepare('SELECT rule AS name, version, kind, content, at, by FROM rule_event ORDER BY id').all(),
  )
}

export function addReceiverEvent({ database }: Store, receiver: string, kind: 'added' | 'removed', rest: Rest): void {
  database
    .prepare('INSERT INTO receiver_event (receiver, kind, content, at, by) VALUES (?, ?, ?, ?, ?)')
    .run(receiver, kind, JSON.stringify(rest.content), rest.at, rest.by)
}

export function listReceiverEvents({ database }: Store): Row[] {
  const query = 'SELECT receiver AS name, 0 AS version, kind, content, at, by FROM receiver_event ORDER BY id'
  return rowsOf(database.prepare(query).all())
}

type Rest = { readonly content: unknown; readonly at: number; readonly by: string }

/** An alert as it was raised. */
export type AlertRow = {
  readonly id: number
  readonly key: string
  readonly watch: string
  /** With its version. */
  readonly rule: string
  readonly network: NetworkId
  readonly address: string
  readonly txid: string
  readonly height: number | null
  readonly happenedAt: number
  readonly content: unknown
  readonly raisedAt: number
}

/** The number of the new alert; null: one with this key was raised before. */
export function addAlert({ database }: Store, alert: Omit<AlertRow, 'id'>): number | null {
  const { key, watch, rule, network, address, txid, height, happenedAt, content, raisedAt } = alert
  const { changes, lastInsertRowid } = insertOf(database).run(
    key,
    watch,
    rule,
    network,
    address,
    txid,
    height,
    happenedAt,
    JSON.stringify(content),
    raisedAt,
  )
  return changes === 0 ? null : Number(lastInsertRowid)
}

/** Alerts come thousands at a time: the statement is made once for each open database. */
const INSERTS = new WeakMap<DatabaseSync, StatementSync>()

function insertOf(database: DatabaseSync): StatementSync {
  const held = INSERTS.get(database)
  if (held !== undefined) return held
  const made = database.prepare(
    `INSERT INTO alert (key, watch, rule, network, address, txid, height, happened_at, content, raised_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
  )
  INSERTS.set(database, made)
  return made
}

const ALERT = `id, key, watch, rule, network, address, txid, height, happened_at AS happenedAt, content,
  raised_at AS raisedAt`

/** @param limit at most so many; −1: all */
export function listAlerts({ database }: Store, from = 0, limit = -1): AlertRow[] {
  const query = `SELECT ${ALERT} FROM alert WHERE id > ? ORDER BY id LIMIT ?`
  return database.prepare(query).all(from, limit).map(alertOf)
}

/**
 * Of a network: those raised at a height or above, without one, or whose block was told anew since; with numbers above
 * `after`, at most so many.
 */
export function listAlertsFrom(
  { database }: Store,
  network: NetworkId,
  height: number,
  after: number,
  limit: number,
): AlertRow[] {
  const query = `SELECT ${ALERT} FROM alert WHERE id > ? AND network = ? AND (height IS NULL OR height >= ?
    OR id IN (SELECT alert FROM alert_event WHERE kind IN ('mined', 'restored'))) ORDER BY id LIMIT ?`
  return database.prepare(query).all(after, network, height, limit).map(alertOf)
}

export function findAlert({ database }: Store, id: number): AlertRow | undefined {
  const row = database.prepare(`SELECT ${ALERT} FROM alert WHERE id = ?`).get(id)
  return row === undefined ? undefined : alertOf(row)
}

export function findAlertByKey({ database }: Store, key: string): AlertRow | undefined {
  const row = database.prepare(`SELECT ${ALERT} FROM alert WHERE key = ?`).get(key)
  return row === undefined ? undefined : alertOf(row)
}

export type AlertEventKind = 'closed' | 'reviewed' | 'reopened' | 'withdrawn' | 'restored' | 'mined' | 'changed'

export type AlertEventRow = {
  readonly id: number
  readonly alert: number
  readonly kind: AlertEventKind
  readonly content: unknown
  readonly at: number
  readonly by: string
}

export function addAlertEvent({ database }: Store, alert: number, kind: AlertEventKind, rest: Rest): void {
  database
    .prepare('INSERT INTO alert_event (alert, kind, content, at, by) VALUES (?, ?, ?, ?, ?)')
    .run(alert, kind, JSON.stringify(rest.content), rest.at, rest.by)
}

/** Of one alert. */
export function listAlertEvents({ database }: Store, alert: number): AlertEventRow[] {
  return database
    .prepare('SELECT id, alert, kind, content, at, by FROM alert_event WHERE alert = ? ORDER BY id')
    .all(alert)
    .map(alertEventOf)
}

/** Of all alerts with a higher number. */
export function listAlertEventsAbove({ database }: Store, alert: number): AlertEventRow[] {
  return database
    .prepare('SELECT id, alert, kind, content, at, by FROM alert_event WHERE alert > ? ORDER BY id')
    .all(alert)
    .map(alertEventOf)
}

function alertEventOf(row: Record<string, unknown>): AlertEventRow {
  return { ...row, content: JSON.parse(String(row['content'])) as unknown } as AlertEventRow
}

/** What happened to alerts after an event, the oldest first. */
export function listAlertEventsFrom({ database }: Store, after: number, limit: number): AlertEventRow[] {
  return database
    .prepare('SELECT id, alert, kind, content, at, by FROM alert_event WHERE id > ? ORDER BY id LIMIT ?')
    .all(after, limit)
    .map(alertEventOf)
}

/** The number of the last thing that happened to an alert; 0: nothing yet. */
export function lastAlertEvent({ database }: Store): number {
  return Number(database.prepare('SELECT coalesce(max(id), 0) AS last FROM alert_event').get()!['last'])
}

/** Something to be handed to a receiver: an alert (event 0), or what happened to one, and the tries that failed. */
export type Due = {
  readonly alert: number
  readonly event: number
  readonly at: number
  readonly attempts: number
  readonly lastAt: number
}

/** Of what happens to alerts, what receivers are told. */
const TOLD = "('withdrawn', 'restored', 'mined', 'changed')"

/** Whether the receiver ?1 has not taken it yet. */
const untaken = (alert: string, event: string): string => `NOT EXISTS (SELECT 1 FROM delivery d
  WHERE d.receiver = ?1 AND d.alert = ${alert} AND d.event = ${event} AND d.state = 'done')`

/**
 * What a receiver has not had, since it was added: alerts and what happened to them with numbers above these, by
 * number, at most so many of each.
 */
export function listUndelivered(
  { database }: Store,
  receiver: string,
  since: number,
  after: { readonly alert: number; readonly event: number },
  limit: number,
): Due[] {
  const told = (alert: string, event: string) => `
    (SELECT count(*) FROM delivery d WHERE d.receiver = ?1 AND d.alert = ${alert} AND d.event = ${event}) AS attempts,
    (SELECT coalesce(max(at), 0) FROM delivery d WHERE d.receiver = ?1 AND d.alert = ${alert} AND d.event = ${event})
      AS lastAt`
  const raised = `SELECT a.id AS alert, 0 AS event, a.raised_at AS at, ${told('a.id', '0')} FROM alert a
    WHERE a.id > ?2 AND a.raised_at >= ?3 AND ${untaken('a.id', '0')} ORDER BY a.id LIMIT ?4`
  const happened = `SELECT e.alert, e.id AS event, e.at, ${told('e.alert', 'e.id')} FROM alert_event e
    WHERE e.id > ?2 AND e.at >= ?3 AND e.kind IN ${TOLD}
      AND ${untaken('e.alert', 'e.id')} ORDER BY e.id LIMIT ?4`
  return [
    ...database.prepare(raised).all(receiver, after.alert, since, limit),
    ...database.prepare(happened).all(receiver, after.event, since, limit),
  ] as unknown as Due[]
}

/** How many things a receiver has not had, since it was added. */
export function countUndelivered({ database }: Store, receiver: string, since: number): number {
  const query = `SELECT
    (SELECT count(*) FROM alert a WHERE a.raised_at >= ?2 AND ${untaken('a.id', '0')}) +
    (SELECT count(*) FROM alert_event e WHERE e.at >= ?2 AND e.kind IN ${TOLD}
      AND ${untaken('e.alert', 'e.id')}) AS waiting`
  return Number(database.prepare(query).get(receiver, since)!['waiting'])
}

/** When a receiver last took something, since it was added; null: never yet. */
export function lastDelivery({ database }: Store, receiver: string, since: number): number | null {
  const query = "SELECT max(at) AS at FROM delivery WHERE receiver = ? AND at >= ? AND state = 'done'"
  return database.prepare(query).get(receiver, since)!['at'] as number | null
}

/** The last try that failed, of those after everything that was taken; undefined: the last try did not fail. */
export type Failing = {
  readonly since: number
  readonly why: string
  readonly attempts: number
  readonly lastAt: number
}

export function findFailing({ database }: Store, receiver: string, since: number): Failing | undefined {
  const failed = `SELECT * FROM delivery WHERE receiver = ?1 AND at >= ?2 AND id > (SELECT coalesce(max(id), 0)
    FROM delivery WHERE receiver = ?1 AND state = 'done')`
  const query = `WITH failed AS (${failed}) SELECT (SELECT min(at) FROM failed) AS since, f.note AS why, f.at AS lastAt,
    (SELECT count(*) FROM failed g WHERE g.alert = f.alert AND g.event = f.event) AS attempts
    FROM failed f ORDER BY f.id DESC LIMIT 1`
  return database.prepare(query).get(receiver, since) as Failing | undefined
}

export function addDelivery(
  { database }: Store,
  receiver: string,
  { alert, event }: Pick<Due, 'alert' | 'event'>,
  state: 'failed' | 'done',
  note: string,
  at: number,
): void {
  database
    .prepare('INSERT INTO delivery (receiver, alert, event, state, note, at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(receiver, alert, event, state, note, at)
}

/** A file of a watched folder that was read whole, with what tells cheaply whether it is still the one. */
export type ReadFile = {
  readonly path: string
  readonly bytes: number
  readonly mark: string
  /** SHA-256 over those of what it held, in order. */
  readonly sha256: string
  readonly readAt: number
}

/** Marks of the files that were read for a watch, by their paths. */
export function listReadFiles(store: Store, watch: string): Map<string, string> {
  const rows = statement(store, 'SELECT path, mark FROM folder_file WHERE watch = ?').all(watch)
  return new Map(rows.map(row => [String(row['path']), String(row['mark'])]))
}

export function keepReadFile(store: Store, watch: string, { path, bytes, mark, sha256, readAt }: ReadFile): void {
  statement(
    store,
    'INSERT OR REPLACE INTO folder_file (watch, path, bytes, mark, sha256, read_at) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(watch, path, bytes, mark, sha256, readAt)
}

/** Files that are there no longer. */
export function forgetReadFile(store: Store, watch: string, path: string): void {
  statement(store, 'DELETE FROM folder_file WHERE watch = ? AND path = ?').run(watch, path)
}

function rowsOf(rows: readonly Record<string, unknown>[]): Row[] {
  return rows.map(row => ({ ...row, content: JSON.parse(String(row['content'])) }) as Row)
}

function alertOf(row: Record<string, unknown>): AlertRow {
  return { ...row, content: JSON.parse(String(row['content'])) } as AlertRow
}
