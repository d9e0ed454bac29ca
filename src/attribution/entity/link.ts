import type { Instant } from '../../model/instant.ts'
import * as Canonical from '../../std/canonical.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Grade } from '../claim.ts'
import type { Relation } from './kind.ts'
import { checkSource, checkWindow, type Source } from './statement.ts'
import * as Table from './table.ts'

/** A relation between two entities, or of an entity to an address: graded, with its source and its window. */
export type Link = {
  readonly id: string
  readonly subject: string
  readonly relation: Relation
  /** An entity's id, or an address in CAIP-10. */
  readonly object: string
  /** In the source's words: "spokesman", "government-controlled". */
  readonly role: string | null
  readonly grade: Grade
  readonly source: Source
  readonly validFrom: Instant | null
  readonly validTo: Instant | null
  readonly knownAt: Instant
  readonly addedBy: string
}

export type NewLink = Omit<Link, 'id' | 'knownAt' | 'addedBy'>

/**
 * Keeps a relation. Refused: a wing said to be the same as what it is a wing of, or as another wing of it, and the
 * other way round; a hierarchy that runs in a circle.
 */
export function addLink(
  store: Store,
  link: NewLink,
  { knownAt, by, isOut }: { knownAt: Instant; by: string; isOut: (id: string) => boolean },
): Link {
  checkSource(link.source)
  checkWindow(link.validFrom, link.validTo)
  if (link.subject === link.object) throw circle(link)
  const all = links(store, knownAt).filter(one => !isOut(one.id))
  if (link.relation === 'same-as') keepApart(link, all)
  if (isUp(link)) {
    if (above(link.object, all).has(link.subject)) throw circle(link)
    for (const one of all) if (one.relation === 'same-as') keepApart(one, [...all, link])
  }
  const id = Canonical.digest(link)
  const { subject, object } = link
  Table.insertLink(store, { id, subject, object, content: Canonical.format(link), known_at: knownAt, added_by: by })
  return fromRow(Table.links(store).find(row => row.id === id)!)
}

/** Relations known by then. */
export function links(store: Store, knownAt: Instant): Link[] {
  return Table.links(store)
    .filter(row => row.known_at <= knownAt)
    .map(fromRow)
}

/** Bodies over this one, by wing-of and part-of, with itself. */
export function above(entity: string, all: readonly Pick<Link, 'subject' | 'relation' | 'object'>[]): Set<string> {
  return reach(entity, one => all.filter(link => isUp(link) && link.subject === one).map(link => link.object))
}

/** Bodies under this one, with itself. */
export function below(entity: string, all: readonly Pick<Link, 'subject' | 'relation' | 'object'>[]): Set<string> {
  return reach(entity, one => all.filter(link => isUp(link) && link.object === one).map(link => link.subject))
}

function reach(start: string, next: (one: string) => string[]): Set<string> {
  const found = new Set([start])
  for (const one of found) for (const more of next(one)) found.add(more)
  return found
}

function isUp({ relation }: Pick<Link, 'relation'>): boolean {
  return relation === 'wing-of' || relation === 'part-of'
}

/** Two bodies under one roof stay two, whatever else is said of them. */
function keepApart(
  same: Pick<Link, 'subject' | 'object'>,
  all: readonly Pick<Link, 'subject' | 'relation' | 'object'>[],
) {
  const [a, b] = [above(same.subject, all), above(same.object, all)]
  const roof = [...a].find(one => b.has(one))
  if (roof !== undefined) throw wings(same, roof)
}

function fromRow(row: Table.LinkRow): Link {
  const content = JSON.parse(row.content) as NewLink
  return { id: row.id, ...content, knownAt: row.known_at, addedBy: row.added_by }
}

function wings({ subject, object }: Pick<Link, 'subject' | 'object'>, roof: string): Failure {
  const message = `“${subject}” and “${object}” stand under one roof (“${roof}”): wings are never merged.`
  return new Failure('Entity.Wings', 'conflict', message, {
    hint: 'Ask for both together with `athar entity show ID --roll-up`: the answer says that it is rolled up.',
    facts: { subject, object, roof },
  })
}

function circle({ subject, object, relation }: NewLink): Failure {
  return new Failure('Entity.Circle', 'conflict', `“${subject}” ${relation} “${object}” would run in a circle.`, {
    hint: 'Judge the wrong one of the relations `no` first, or turn this one round.',
    facts: { subject, object, relation },
  })
}
