import type { Instant } from '../../model/instant.ts'
import * as Canonical from '../../std/canonical.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Grade } from '../claim.ts'
import * as Kinds from './kind.ts'
import * as Table from './table.ts'

/**
 * One thing that a source says of an entity: atomic, sourced, never changed. What an entity is, is what its statements
 * amount to at two clocks.
 */
export type Statement = {
  readonly id: string
  readonly entity: string
  readonly kind: Kinds.Kind
  /** A FollowTheMoney property. */
  readonly property: string
  readonly value: string
  readonly source: Source
  readonly grade: Grade
  readonly validFrom: Instant | null
  readonly validTo: Instant | null
  readonly knownAt: Instant
  readonly addedBy: string
}

/** Who says so, where it can be read, and the bytes that were sealed, where there are any. */
export type Source = { readonly name: string; readonly url: string | null; readonly capture: string | null }

export type NewStatement = Omit<Statement, 'id' | 'knownAt' | 'addedBy'>

/** Longest value, in characters. Ours. */
export const VALUE_CHARACTERS_MAX = 2000

/** Keeps statements about one entity; the same said twice by one source is one. Returns them as kept. */
export function addStatements(store: Store, all: readonly NewStatement[], knownAt: Instant, by: string): Statement[] {
  return all.map(statement => {
    check(statement)
    const kind = kindOf(store, statement.entity)
    if (kind !== undefined && kind !== statement.kind) throw otherKind(statement, kind)
    const text = Canonical.format(statement)
    const id = Canonical.digest(statement)
    Table.insertStatement(store, { id, entity: statement.entity, content: text, known_at: knownAt, added_by: by })
    const kept = Table.statements(store, statement.entity).find(row => row.id === id)!
    return fromRow(kept)
  })
}

/** Statements known by then; of one entity where given. */
export function statements(store: Store, knownAt: Instant, entity: string | null = null): Statement[] {
  return Table.statements(store, entity)
    .filter(row => row.known_at <= knownAt)
    .map(fromRow)
}

/** The kind of an entity, or undefined where nothing was ever said of it. */
export function kindOf(store: Store, entity: string): Kinds.Kind | undefined {
  const [first] = Table.statements(store, entity)
  return first === undefined ? undefined : fromRow(first).kind
}

/** Whether something holds at an instant. */
export function holds(window: Pick<Statement, 'validFrom' | 'validTo'>, asOf: Instant): boolean {
  return (window.validFrom === null || asOf >= window.validFrom) && (window.validTo === null || asOf < window.validTo)
}

/** Ids are chosen by people and stand in addresses of pages. */
export const ID = /^[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9])?$/

export function checkWindow(from: Instant | null, to: Instant | null): void {
  if (from !== null && to !== null && to <= from)
    throw invalid('window', `${from}–${to}`, 'Its end comes after its start.')
}

export function checkSource({ name }: Source): void {
  if (name.trim() === '') throw invalid('source', name, 'Say whose word it is: --source.')
}

export function invalid(what: string, value: string, hint: string): Failure {
  const shown = value.slice(0, 80)
  return new Failure('Entity.Invalid', 'input', `“${shown}” is no ${what} of an entity.`, {
    hint,
    facts: { field: what, value: shown },
  })
}

function check(statement: NewStatement): void {
  const { entity, property, value, source, validFrom, validTo } = statement
  if (!ID.test(entity)) throw invalid('id', entity, 'Use small letters, digits, dots and hyphens: “al-aqsa-brigades”.')
  if (!Kinds.properties.includes(property)) {
    throw invalid('property', property, `FollowTheMoney's: ${Kinds.properties.join(', ')}.`)
  }
  if (value.trim() === '') throw invalid('value', value, 'Say what the property is: --property country=AE.')
  if (value.length > VALUE_CHARACTERS_MAX) throw tooLong(property, value.length)
  checkSource(source)
  checkWindow(validFrom, validTo)
}

function fromRow(row: Table.StatementRow): Statement {
  const content = JSON.parse(row.content) as NewStatement
  return { id: row.id, ...content, knownAt: row.known_at, addedBy: row.added_by }
}

function otherKind({ entity, kind }: NewStatement, known: Kinds.Kind): Failure {
  return new Failure('Entity.OtherKind', 'conflict', `“${entity}” is a ${known}, and now a ${kind}.`, {
    hint: `Leave --kind out, or choose another id for the ${kind}.`,
    facts: { entity, known, given: kind },
  })
}

function tooLong(property: string, characters: number): Failure {
  const message = `The ${property} has ${characters} characters; at most ${VALUE_CHARACTERS_MAX} are kept.`
  return new Failure('Entity.TooLong', 'limit', message, {
    hint: 'Seal longer texts as a capture and cite it.',
    facts: { property, characters, max: VALUE_CHARACTERS_MAX },
  })
}
