import type { Instant } from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Kind } from './kind.ts'
import { schemaOf } from './kind.ts'
import { below, type Link, links } from './link.ts'
import { holds, type Statement, statements } from './statement.ts'

export * as Kinds from './kind.ts'
export { addLink, type Link, links, type NewLink } from './link.ts'
export { addStatements, type NewStatement, type Source, type Statement, statements } from './statement.ts'

/** What an entity is at two clocks, as FollowTheMoney words it, with the statements that it rests on. */
export type Entity = {
  readonly id: string
  readonly kind: Kind
  readonly schema: string
  /** Its first name, else its id. */
  readonly caption: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly statements: readonly Statement[]
  readonly links: readonly Link[]
}

export type At = { readonly asOf: Instant; readonly knownAt: Instant; readonly verdicts: ReadonlyMap<string, string> }

/** Every entity of which something holds at two clocks; what is judged `no` is left out. */
export function entities(store: Store, at: At): Entity[] {
  const kept = statements(store, at.knownAt).filter(one => counts(one, at))
  const related = links(store, at.knownAt).filter(one => counts(one, at))
  return [...Map.groupBy(kept, one => one.entity)].map(([id, own]) => {
    const mine = related.filter(link => link.subject === id || link.object === id)
    return fold(id, own, mine)
  })
}

/** One of them. Failure: Entity.Unknown. */
export function entity(store: Store, id: string, at: At): Entity {
  const found = entities(store, at).find(one => one.id === id)
  if (found === undefined) throw unknown(id)
  return found
}

/** The entity and all that is under it, declared as a roll-up: each stays what it is. */
export function rollUp(store: Store, id: string, at: At): Entity[] {
  const related = links(store, at.knownAt).filter(one => counts(one, at))
  const under = below(id, related)
  return entities(store, at).filter(one => under.has(one.id))
}

function counts(one: Statement | Link, { asOf, verdicts }: At): boolean {
  return holds(one, asOf) && verdicts.get(one.id) !== 'no'
}

function fold(id: string, own: readonly Statement[], related: readonly Link[]): Entity {
  const properties: Record<string, string[]> = {}
  for (const { property, value } of own) {
    const values = properties[property] ?? []
    if (!values.includes(value)) values.push(value)
    properties[property] = values
  }
  const { kind } = own[0]!
  const caption = properties['name']?.[0] ?? id
  return { id, kind, schema: schemaOf(kind), caption, properties, statements: own, links: related }
}

function unknown(id: string): Failure {
  const shown = id.slice(0, 80)
  return new Failure('Entity.Unknown', 'missing', `There is no entity “${shown}” at that time.`, {
    hint: '`athar entity list` shows which there are; --as-of and --known-at may lie before it was known.',
    facts: { entity: shown },
  })
}
