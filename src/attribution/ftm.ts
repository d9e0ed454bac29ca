import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import type { Party, PartyName } from './entry.ts'
import { badDate } from './importer.ts'
import * as Json from './json.ts'

/**
 * FollowTheMoney entities as OpenSanctions writes them: `{id, schema, properties: {name: [values]}}`, where a value of
 * `targets.nested.json` may be a whole entity and stands for its id.
 */
export type Entity = {
  readonly id: string
  readonly schema: string
  readonly caption: string
  readonly properties: Json.Fields
  readonly datasets: readonly string[]
  readonly firstSeen: string | null
  /** In the last run of its datasets that still had it: one run stamps all of a dataset's entities alike. */
  readonly lastSeen: string | null
  readonly lastChange: string | null
  readonly where: string
}

/** The entity of an object, or a Failure where it lacks what every entity has. */
export function toEntity({ fields, where }: Json.Placed, file: string): Entity {
  const id = Json.text(fields['id'])
  const schema = Json.text(fields['schema'])
  if (id === null || schema === null) Json.object(null, file, `${where} (an entity without id or schema)`)
  return {
    id: id!,
    schema: schema!,
    caption: Json.text(fields['caption']) ?? id!,
    properties: Json.object(fields['properties'], file, `${where} (properties of ${id})`),
    datasets: Json.texts(fields['datasets']),
    firstSeen: Json.text(fields['first_seen']),
    lastSeen: Json.text(fields['last_seen']),
    lastChange: Json.text(fields['last_change']),
    where,
  }
}

/** Entities that stand inside a property instead of being named by their ids. */
export function nested(entity: Entity, property: string, file: string): Entity[] {
  return Json.objects(entity.properties[property]).map(fields => toEntity({ fields, where: entity.where }, file))
}

/** Ids that a property names, by itself or by the entity that stands there. */
export function refs(entity: Entity, property: string): string[] {
  const value = entity.properties[property]
  const list = Array.isArray(value) ? value : [value]
  return list.flatMap(one => Json.text(Json.isObject(one) ? one['id'] : one) ?? [])
}

export function values(entity: Entity, property: string): string[] {
  return Json.texts(entity.properties[property])
}

/** Schemata of parties (FollowTheMoney's own descriptions); anything else is no party. */
const TYPES = new Map<string, Party['type']>([
  ['Person', 'person'],
  ['Organization', 'organisation'],
  ['Company', 'organisation'],
  ['PublicBody', 'organisation'],
  ['LegalEntity', 'unknown'],
  ['Vessel', 'vessel'],
  ['Airplane', 'aircraft'],
])

export function typeOf(entity: Entity): Party['type'] | undefined {
  return TYPES.get(entity.schema)
}

/** The schema of a party's type: the inverse of `typeOf`. */
export function schemaOf(type: Party['type']): string {
  return [...TYPES].find(([, known]) => known === type)![0]
}

export function namesOf(entity: Entity): PartyName[] {
  const of = (property: string, kind: PartyName['kind'], weak = false): PartyName[] =>
    values(entity, property).map(text => ({ text, script: 'Zyyy', kind, weak }))
  const [primary, ...others] = values(entity, 'name')
  const first: PartyName = { text: primary ?? entity.caption, script: 'Zyyy', kind: 'primary', weak: false }
  const more = others.map((text): PartyName => ({ text, script: 'Zyyy', kind: 'aka', weak: false }))
  const aliases = [...of('alias', 'aka'), ...of('weakAlias', 'aka', true), ...of('previousName', 'fka')]
  return [first, ...more, ...aliases]
}

/**
 * A day of a FollowTheMoney date, which may be a year or month alone: its last day then, since nothing is known to have
 * held before.
 */
export function dayOf(text: string, where: string): Instant {
  const match = /^(\d{4})(?:-(\d\d))?$/.exec(text)
  if (match === null) {
    const found = Instants.parse(text) ?? Instants.parse(`${text}Z`)
    if (found === undefined) throw badDate(text, where)
    return found
  }
  const [year, month] = [Number(match[1]), Number(match[2] ?? 12)]
  if (month < 1 || month > 12) throw badDate(text, where)
  const next = month === 12 ? Instants.fromDay(year + 1, 1, 1) : Instants.fromDay(year, month + 1, 1)
  return next - Instants.DAY_SECONDS
}
