import * as Attribution from '../../attribution/attribution.ts'
import * as Addresses from '../../chain/address.ts'
import { toCaip10 } from '../../model/address.ts'
import * as Instants from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Fields, Operation } from '../operation.ts'
import { disputeJson } from '../screen/label-json.ts'
import { instantOf, networkOf, startOf } from '../when.ts'

/** Entities and relations: people, bodies and their wings, companies, exchanges, channels, sites, accounts. */

const { Kinds } = Attribution.Entity

type SaidInput = {
  readonly source: string
  readonly url?: string
  readonly capture?: string
  readonly grade: string
  readonly from?: string
  readonly to?: string
}

const SAID: Fields = {
  source: { type: 'string', says: 'Whose word it is: an authority, a paper, a person', required: true },
  url: { type: 'string', says: 'Where it can be read' },
  capture: { type: 'string', says: 'SHA-256 of the capture that says it' },
  grade: {
    ...{ type: 'string', says: 'How far it was carried', default: 'alleged' },
    choices: Attribution.grades,
  },
  from: { type: 'string', says: 'From when it holds' },
  to: { type: 'string', says: 'Until when it holds (that day is out)' },
}

const CLOCKS: Fields = {
  asOf: { type: 'string', says: 'As it stood then (RFC 3339 or a day); default: now' },
  knownAt: { type: 'string', says: 'As it was known then; default: now' },
}

type AddInput = SaidInput & {
  readonly id: string
  readonly kind?: string
  readonly property?: readonly string[]
  readonly name?: string
}

export const entityAdd: Operation = {
  name: 'entity add',
  summary: 'Record what a source says of a person, body, company, channel, site or account',
  access: 'write',
  fields: {
    id: {
      type: 'string',
      says: 'Id of your choice, or one that there is: al-aqsa-brigades',
      positional: true,
      required: true,
    },
    kind: { type: 'string', says: 'What it is; needed the first time', choices: Kinds.all },
    name: { type: 'string', says: 'Its name, in any script; say it again for another' },
    property: { type: 'strings', says: 'FollowTheMoney properties: jurisdiction=AE licenseNumber=…' },
    ...SAID,
  },
  examples: [
    {
      command:
        'athar entity add al-qassam-brigades --kind wing --name "Izz al-Din al-Qassam Brigades" ' +
        '--source "U.S. Treasury"',
      says: 'a military wing, as a body of its own',
    },
    {
      command:
        'athar entity add example-exchange --property jurisdiction=AE --property licenseNumber=L-1 --source "VARA"',
      says: 'more about an entity that there is',
    },
  ],
  run: (input: AddInput, context: Context) => {
    const kind = kindOf(input, context)
    const pairs = [...(input.name === undefined ? [] : [`name=${input.name}`]), ...(input.property ?? [])]
    if (pairs.length === 0) throw invalid('property', '', 'Say at least a name: --name "…".')
    const said = saidOf(input)
    const statements = pairs.map(pair => ({ entity: input.id, kind, ...split(pair), ...said }))
    const kept = Attribution.Entity.addStatements(context.store, statements, context.clock(), context.user)
    return { id: input.id, kind, schema: Kinds.schemaOf(kind), statements: kept.map(timesInWords) }
  },
}

type LinkInput = SaidInput & {
  readonly subject: string
  readonly relation: string
  readonly object: string
  readonly network?: string
  readonly role?: string
}

export const entityLink: Operation = {
  name: 'entity link',
  summary: 'Record a graded relation between entities, or to an address, with its window',
  access: 'write',
  fields: {
    subject: { type: 'string', says: 'Id of an entity', positional: true, required: true },
    relation: {
      ...{ type: 'string', says: 'How it stands to the other', positional: true, required: true },
      choices: Kinds.relations,
    },
    object: { type: 'string', says: 'Id of another entity, or an address', positional: true, required: true },
    network: { type: 'string', says: 'Network of the address, where it may live on several' },
    role: { type: 'string', says: 'In the words of the source: spokesman, government-controlled' },
    ...SAID,
  },
  examples: [
    {
      command: 'athar entity link al-qassam-brigades wing-of hamas --grade designated --source "U.S. Treasury"',
      says: 'the hierarchy; the two are never merged',
    },
    {
      command:
        'athar entity link fbi controls seized-site --role government-controlled --from 2019-06-01 --to 2019-07-01 ' +
        '--source "Complaint 1:20-cv-2227"',
      says: 'a window in which agents ran a site',
    },
  ],
  run: (input: LinkInput, context: Context) => {
    requireEntity(input.subject, context)
    const link = {
      ...{ subject: input.subject, relation: input.relation as Attribution.Entity.NewLink['relation'] },
      ...{ object: objectOf(input, context), role: input.role ?? null },
      ...saidOf(input),
    }
    const now = context.clock()
    const verdicts = Attribution.verdictsAt(context.store, now)
    const isOut = (id: string) => verdicts.get(id)?.verdict === 'no'
    return timesInWords(Attribution.Entity.addLink(context.store, link, { knownAt: now, by: context.user, isOut }))
  },
}

type AtInput = { readonly asOf?: string; readonly knownAt?: string }

type ShowInput = AtInput & { readonly id: string; readonly rollUp: boolean }

export const entityShow: Operation = {
  name: 'entity show',
  summary: 'Show an entity at two clocks, with the source of each statement; a roll-up only when asked for',
  access: 'read',
  fields: {
    id: { type: 'string', says: 'Id of the entity', positional: true, required: true },
    rollUp: { type: 'boolean', says: 'Show its wings and parts with it, declared as such', default: false },
    ...CLOCKS,
  },
  examples: [
    { command: 'athar entity show hamas --as-of 2015-01-01', says: 'as it stood then' },
    { command: 'athar entity show hamas --roll-up', says: 'with its wings, each by itself' },
  ],
  run: ({ id, rollUp, ...at }: ShowInput, context: Context) => {
    const clocks = clocksOf(at, context)
    const found = inWords(Attribution.Entity.entity(context.store, id, clocks), context, clocks)
    const together = rollUp ? Attribution.Entity.rollUp(context.store, id, clocks) : []
    return {
      ...found,
      asOf: Instants.format(clocks.asOf),
      knownAt: Instants.format(clocks.knownAt),
      rollUp: rollUp
        ? { declared: 'wing-of, part-of', entities: together.map(one => inWords(one, context, clocks)) }
        : null,
    }
  },
}

type ListInput = AtInput & { readonly kind?: string }

export const entityList: Operation = {
  name: 'entity list',
  summary: 'Show the entities',
  access: 'read',
  fields: { kind: { type: 'string', says: 'Only of this kind', choices: Kinds.all }, ...CLOCKS },
  examples: [{ command: 'athar entity list --kind exchange', says: 'exchanges with jurisdiction and licence' }],
  list: 'entities',
  run: ({ kind, ...at }: ListInput, context: Context) => {
    const all = Attribution.Entity.entities(context.store, clocksOf(at, context))
    const entities = all.filter(one => kind === undefined || one.kind === kind)
    return { entities: entities.map(({ statements: _, links, ...one }) => ({ ...one, links: links.length })) }
  },
}

function clocksOf({ asOf, knownAt }: AtInput, context: Context) {
  const now = context.clock()
  const clocks = { asOf: instantOf('asOf', asOf) ?? now, knownAt: instantOf('knownAt', knownAt) ?? now }
  const rows = Attribution.verdictsAt(context.store, clocks.knownAt)
  return { ...clocks, verdicts: new Map([...rows].map(([target, row]) => [target, row.verdict])) }
}

/** Statements and relations with what is disputed of them. */
function inWords(entity: Attribution.Entity.Entity, context: Context, { knownAt }: { knownAt: Instants.Instant }) {
  const disputes = Attribution.disputes(context.store).filter(one => one.knownAt <= knownAt)
  const beside = <T extends { readonly id: string }>(one: T) => {
    const own = disputes.filter(dispute => dispute.target === one.id)
    return own.length === 0 ? one : { ...one, disputes: own.map(disputeJson) }
  }
  const said = <T extends Said>(one: T) => timesInWords(beside(one))
  return { ...entity, statements: entity.statements.map(said), links: entity.links.map(said) }
}

type Said = {
  readonly id: string
  readonly validFrom: Instants.Instant | null
  readonly validTo: Instants.Instant | null
  readonly knownAt: Instants.Instant
}

function timesInWords<T extends Said>(one: T) {
  const { validFrom, validTo, knownAt } = one
  return {
    ...one,
    validFrom: validFrom === null ? null : Instants.format(validFrom),
    validTo: validTo === null ? null : Instants.format(validTo),
    knownAt: Instants.format(knownAt),
  }
}

function kindOf({ id, kind }: AddInput, context: Context): Attribution.Entity.Kinds.Kind {
  const given = kind === undefined ? undefined : Kinds.parse(kind)
  const known = Attribution.Entity.statements(context.store, context.clock(), id)[0]?.kind
  const found = given ?? known
  if (found === undefined) throw invalid('kind', '', `Say what it is: --kind ${Kinds.all.join(' | ')}.`)
  return found
}

function saidOf({ source, url, capture, grade, from, to }: SaidInput) {
  if (capture !== undefined && !/^[0-9a-f]{64}$/.test(capture)) throw invalid('capture', capture, 'Give its SHA-256.')
  return {
    source: { name: source, url: url ?? null, capture: capture ?? null },
    grade: grade as (typeof Attribution.grades)[number],
    validFrom: from === undefined ? null : startOf('from', from),
    validTo: to === undefined ? null : startOf('to', to),
  }
}

function split(pair: string): { property: string; value: string } {
  const at = pair.indexOf('=')
  if (at < 1) throw invalid('property', pair, 'Write it as name=value.')
  return { property: pair.slice(0, at), value: pair.slice(at + 1) }
}

function requireEntity(id: string, context: Context): void {
  if (Attribution.Entity.statements(context.store, context.clock(), id).length > 0) return
  throw invalid('relation', id, `There is no entity “${id.slice(0, 60)}” yet: \`athar entity add\` it first.`)
}

/** An entity that there is, or an address in CAIP-10. */
function objectOf({ object, network }: LinkInput, context: Context): string {
  const parsed = Addresses.parse(object)
  if (parsed.ok) return toCaip10(Addresses.from(object, network === undefined ? undefined : networkOf(network)))
  requireEntity(object, context)
  return object
}

function invalid(what: string, value: string, hint: string): Failure {
  const shown = value.slice(0, 80)
  return new Failure('Entity.Invalid', 'input', `“${shown}” cannot stand as ${what} of an entity.`, {
    hint,
    facts: { field: what, value: shown },
  })
}
