import type { Instant } from '../model/instant.ts'
import type { Store } from '../store/store.ts'
import { type Entity, entities } from './entity/entity.ts'
import type { PartyName } from './entry.ts'
import { verdictsAt } from './judgement.ts'
import * as Name from './name.ts'
import { type Comparison, compare, even } from './name-compare.ts'
import { type Feature, featuresOf } from './name-feature.ts'
import * as Index from './name-index.ts'
import { isBody } from './name-word.ts'
import { type PartyRecord, parties } from './party.ts'
import * as Table from './table.ts'

/**
 * A name against everybody whom the lists name, and against the entities of this data directory: candidates with their
 * score, best first, each with its reasons. A candidate is a lead; whether it is the same body is a judgement.
 */
export type Match = {
  readonly candidate: Candidate
  readonly score: number
  /** The score reaches the threshold, and nothing says that it must not count. */
  readonly match: boolean
  /** The name of the candidate that answers, and the name that was asked for. */
  readonly name: string
  readonly query: string
  readonly comparison: Comparison
  /** The score of the name alone, and what else lowered or raised it. */
  readonly nameScore: number
  readonly features: readonly Feature[]
  /** What a reader of the score must know. */
  readonly notes: readonly string[]
}

export type Candidate = {
  readonly id: string
  readonly caption: string
  /** FollowTheMoney. */
  readonly schema: string
  readonly properties: Readonly<Record<string, readonly string[]>>
  readonly datasets: readonly string[]
  /** Publication of the first and the last known version of its list that shows it, and of its last change. */
  readonly firstSeen: Instant | null
  readonly lastSeen: Instant | null
  readonly lastChange: Instant | null
}

export type Query = {
  /** What else is said of whom is looked for, as FollowTheMoney properties: birthDate, country and their kin. */
  readonly properties?: Readonly<Record<string, readonly string[]>>
  readonly names: readonly string[]
  /** FollowTheMoney schema of whom is looked for; null: any. */
  readonly schema: string | null
}

export type Options = {
  readonly dataset: string
  readonly limit: number
  /** From this score on a candidate is called a match. */
  readonly threshold: number
  /** Candidates below it are not shown. */
  readonly cutoff: number
  readonly knownAt: Instant
}

/**
 * The lowest score from which on 19 of 20 are right on the training half of the labelled pairs, rounded up to a tenth
 * (docs/methods/names.md; name-quality.test.ts holds it).
 */
export const THRESHOLD = 0.8

export const CUTOFF = 0.5

/** Everything together, and what was entered here by `entity add`. Lists are further datasets, one an authority. */
export const ALL = 'default'
export const OWN = 'athar'

export type Dataset = {
  readonly name: string
  readonly title: string
  readonly version: string | null
  readonly parties: number
  readonly names: number
}

/** Datasets that can be asked, as known by then: `default` first. */
export function datasets(store: Store, knownAt: Instant): Dataset[] {
  return [...bookOf(store, knownAt).datasets]
}

/** Candidates for a query, best first. Any text is a name; one without letters finds nothing. */
export function match(store: Store, query: Query, options: Options): Match[] {
  const { index, records } = bookOf(store, options.knownAt)
  const inside = (owner: number) => {
    const { datasets: sets, schema } = records[owner]!
    return (options.dataset === ALL || sets.includes(options.dataset)) && canBe(query.schema, schema)
  }
  const best = new Map<number, Match>()
  for (const text of query.names) {
    const name = Name.from(text)
    for (const hit of index.search(name, { limit: options.limit, least: options.cutoff, among: inside })) {
      const one = toMatch(records[hit.owner]!, name, hit, options, query.properties ?? {})
      if (one !== null && one.score >= options.cutoff && one.score > (best.get(hit.owner)?.score ?? -1))
        best.set(hit.owner, one)
    }
  }
  return [...best.values()].sort((a, b) => b.score - a.score).slice(0, options.limit)
}

/** Whether somebody of one schema may be looked for as another: FollowTheMoney's matchable kin. */
function canBe(wanted: string | null, schema: string): boolean {
  if (wanted === null || wanted === 'Thing' || wanted === schema) return true
  if (schema === 'LegalEntity') return LEGAL.has(wanted)
  if (wanted === 'LegalEntity') return LEGAL.has(schema)
  return BODIES.has(wanted) && BODIES.has(schema)
}

const BODIES: ReadonlySet<string> = new Set(['Organization', 'Company', 'PublicBody'])
const LEGAL: ReadonlySet<string> = new Set([...BODIES, 'Person'])

function toMatch(
  candidate: Candidate,
  query: Name.Name,
  hit: Index.Hit,
  options: Options,
  said: NonNullable<Query['properties']>,
): Match | null {
  const { comparison, text, isWeak } = hit
  const letters = isAbbreviation(query.text)
  if (letters && !comparison.pairs.some(pair => pair.rule === 'same')) return null
  const body = candidate.schema === 'Person' && query.words.some(word => isBody(word.text))
  const features = featuresOf(said, candidate.properties)
  const notes = [
    ...query.notes,
    ...features.map(({ effect, en }) => `${en} (${effect > 0 ? '+' : '−'}${Math.abs(effect)})`),
    ...(isWeak ? ['Only an alias that its list calls weak answers: never a match by itself.'] : []),
    ...(letters ? ['Letters alone: several bodies share them, so that they are never a match by themselves.'] : []),
    ...(isElsewhere(text, candidate.caption)
      ? [`The list enters this name under “${candidate.caption}”: that does not say that the two are one body.`]
      : []),
    ...(body ? ['The name asked for is that of a body, the candidate is a person.'] : []),
  ]
  const nameScore = letters || body ? Math.min(comparison.score, LETTERS_MOST) : comparison.score
  const score = withFeatures(nameScore, features)
  const match = score >= options.threshold && !letters && !body
  return { candidate, score, match, name: text, query: query.text, comparison, nameScore, features, notes }
}

/** What must never match by itself is not raised into a match: names capped below the threshold are only lowered. */
function withFeatures(name: number, features: readonly Feature[]): number {
  if (features.length === 0) return name
  const sum = features.reduce((total, { effect }) => total + (effect > 0 && name <= LETTERS_MOST ? 0 : effect), 0)
  return Math.round(Math.min(1, Math.max(0, name + sum)) * 1000) / 1000
}

/** Whether an alias has nothing in common with the name of its entry: a wing, a pseudonym, a name of old. */
function isElsewhere(text: string, caption: string): boolean {
  return text !== caption && compare(Name.from(text), Name.from(caption), even).score < CUTOFF
}

/** PRC is a committee in Gaza and a state in Asia: two to four capitals name nobody. */
function isAbbreviation(text: string): boolean {
  return /^\p{Lu}(?:[.\s]?\p{Lu}){1,3}\.?$/u.test(text.trim())
}

/** The most that an abbreviation or another kind of body can score: below the threshold, as a weak alias. */
const LETTERS_MOST = 0.75

type Book = {
  readonly key: string
  readonly index: Index.NameIndex
  readonly records: readonly Candidate[]
  readonly datasets: readonly Dataset[]
}

/** One index a store is kept: that of the last question's time. It is made anew when a list or entity came. */
const BOOKS = new WeakMap<Store, Book>()

function bookOf(store: Store, knownAt: Instant): Book {
  const versions = Table.versions(store).filter(one => one.known_at <= knownAt)
  const known = own(store, knownAt)
  const said = known.flatMap(entity => entity.statements.map(statement => statement.id))
  const key = `${versions.map(one => one.id).join(',')}/${said.join(',')}`
  const held = BOOKS.get(store)
  if (held?.key === key) return held
  const book = makeBook(store, knownAt, known, key)
  BOOKS.set(store, book)
  return book
}

function makeBook(store: Store, knownAt: Instant, known: readonly Entity[], key: string): Book {
  const records: Candidate[] = []
  const names: Index.Entry[] = []
  const sets = new Map<string, { title: string; version: string | null; parties: number; names: number }>()
  const put = (candidate: Candidate, set: { title: string; version: string | null }, own: readonly OwnName[]) => {
    const owner = records.push(candidate) - 1
    for (const name of own) names.push({ ...name, owner })
    const name = candidate.datasets[0]!
    const held = sets.get(name) ?? { ...set, parties: 0, names: 0 }
    sets.set(name, { ...held, parties: held.parties + 1, names: held.names + own.length })
  }
  for (const party of parties(store, knownAt)) {
    const { authority, version } = party
    put(
      ofParty(party),
      { title: authority, version },
      party.names.map(({ text, weak }) => ({ text, isWeak: weak })),
    )
  }
  for (const { id, caption, schema, properties } of known) {
    const candidate = { id, caption, schema, properties, datasets: [OWN], ...UNSEEN }
    put(candidate, { title: 'Entities of this data directory', version: null }, namesOf(properties))
  }
  const all = {
    name: ALL,
    title: 'All lists and entities',
    version: null,
    parties: records.length,
    names: names.length,
  }
  const each = [...sets].map(([name, set]) => ({ name, ...set }))
  return { key, index: Index.build(names), records, datasets: [all, ...each] }
}

const UNSEEN = { firstSeen: null, lastSeen: null, lastChange: null }

type OwnName = { readonly text: string; readonly isWeak: boolean }

function own(store: Store, knownAt: Instant): Entity[] {
  const verdicts = new Map([...verdictsAt(store, knownAt)].map(([target, row]) => [target, row.verdict]))
  return entities(store, { asOf: knownAt, knownAt, verdicts })
}

function namesOf(properties: Readonly<Record<string, readonly string[]>>): OwnName[] {
  const of = (name: string, isWeak: boolean) => (properties[name] ?? []).map(text => ({ text, isWeak }))
  return [
    ...of('name', false),
    ...of('alias', false),
    ...of('previousName', false),
    ...of('abbreviation', true),
    ...of('weakAlias', true),
  ]
}

const SCHEMAS = {
  person: 'Person',
  organisation: 'Organization',
  vessel: 'Vessel',
  aircraft: 'Airplane',
  unknown: 'LegalEntity',
} as const

function ofParty(party: PartyRecord): Candidate {
  const { authority, entry, type, names, program, born, countries, firstSeen, lastSeen, lastChange } = party
  const texts = (which: (name: PartyName) => boolean) => [...new Set(names.filter(which).map(name => name.text))]
  const primary = (names.find(name => name.kind === 'primary') ?? names[0])?.text ?? entry
  const aliases = texts(name => name.text !== primary && !name.weak && name.kind !== 'fka')
  const weak = texts(name => name.weak)
  const former = texts(name => name.kind === 'fka' && !name.weak)
  const some = (name: string, values: readonly string[]) => (values.length === 0 ? {} : { [name]: values })
  const set = slug(authority)
  return {
    id: `${set}-${slug(entry)}`,
    caption: primary,
    schema: SCHEMAS[type],
    properties: {
      ...{ name: [primary], ...some('alias', aliases), ...some('weakAlias', weak), ...some('previousName', former) },
      ...{ topics: ['sanction'], ...some('programId', program) },
      ...{ ...some('birthDate', born ?? []), ...some('country', countries ?? []) },
    },
    datasets: [set],
    ...{ firstSeen, lastSeen, lastChange },
  }
}

/** An authority's name as a dataset's: `OFAC` is `ofac`. */
export function slug(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return plain === '' ? 'list' : plain
}
