import * as Attribution from '../../attribution/attribution.ts'
import * as Instants from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf } from '../when.ts'
import { ALGORITHMS } from './algorithm.ts'
import { checkDataset, limitOf, scoreOf } from './match.ts'

/**
 * Many queries at once, in the shape of yente's `/match` (OpenSanctions): clients that speak to yente read the answer
 * as they do there.
 */
export type BatchAnswer = {
  readonly responses: Readonly<Record<string, Response>>
  readonly limit: number
}

type Response = {
  readonly status: number
  readonly results: readonly object[]
  readonly total: { readonly value: number; readonly relation: 'eq' }
  readonly query: { readonly id: string; readonly schema: string; readonly properties: Properties }
}

type Properties = Readonly<Record<string, readonly string[]>>

type Input = {
  readonly query: readonly string[]
  readonly dataset: string
  readonly threshold: string
  readonly cutoff: string
  readonly limit: number
  readonly algorithm: string
  readonly knownAt?: string
}

/** Queries of one request; yente's own default (YENTE_MAX_BATCH). */
const QUERIES_MAX = 100

/** Names of one query that are compared. Ours. */
const NAMES_MAX = 50

/** Names of one request: about ten seconds over OFAC's list. Ours. */
const NAMES_IN_ALL_MAX = 1000

export const nameBatch: Operation = {
  name: 'name batch',
  summary: 'Hold many names against the lists at once, asked and answered as yente does',
  access: 'read',
  fields: {
    query: {
      ...{ type: 'strings', says: 'Queries as JSON: {"id", "schema", "properties": {"name": […]}}', positional: true },
      required: true,
    },
    dataset: { type: 'string', says: 'A list, as `name datasets` names it', default: Attribution.Names.ALL },
    threshold: {
      type: 'string',
      says: 'From this score on it is a match',
      default: String(Attribution.Names.THRESHOLD),
    },
    cutoff: { type: 'string', says: 'Candidates below it are left out', default: String(Attribution.Names.CUTOFF) },
    limit: { type: 'integer', says: 'So many candidates a query', default: 5 },
    algorithm: {
      type: 'string',
      says: 'Named for clients of yente; there is one',
      choices: ALGORITHMS,
      default: 'best',
    },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [
    {
      command: `athar name batch '{"schema":"Person","properties":{"name":["Ayman al-Zawahiri"]}}' --json`,
      says: 'one query; POST /match/DATASET takes many',
    },
  ],
  run: (input: Input, context: Context): BatchAnswer => {
    const knownAt = instantOf('knownAt', input.knownAt) ?? context.clock()
    if (input.query.length > QUERIES_MAX) throw tooMany(input.query.length)
    checkDataset(input.dataset, Attribution.Names.datasets(context.store, knownAt))
    const limit = limitOf(input.limit)
    const [threshold, cutoff] = [scoreOf('threshold', input.threshold), scoreOf('cutoff', input.cutoff)]
    const options = { dataset: input.dataset, limit, threshold, cutoff, knownAt }
    const queries = input.query.map(queryOf)
    const names = queries.reduce((sum, query) => sum + namesOf(query).length, 0)
    if (names > NAMES_IN_ALL_MAX) throw tooManyNames(names)
    const responses = queries.map(query => {
      context.signal.throwIfAborted()
      return [query.id, answer(query, options, context)] as const
    })
    return { responses: Object.fromEntries(responses), limit }
  },
}

type Query = { readonly id: string; readonly schema: string; readonly properties: Properties }

/** Properties that hold names; a first and last name make one together. */
const NAMES = ['name', 'alias', 'previousName', 'weakAlias', 'abbreviation']

function answer(query: Query, options: Attribution.Names.Options, context: Context): Response {
  const { properties, schema } = query
  const found = Attribution.Names.match(context.store, { names: namesOf(query), schema, properties }, options)
  return {
    status: 200,
    results: found.map(resultOf),
    total: { value: found.length, relation: 'eq' },
    query,
  }
}

function namesOf({ properties }: Query): string[] {
  const names = NAMES.flatMap(property => properties[property] ?? [])
  const parts = ['firstName', 'secondName', 'middleName', 'fatherName', 'lastName'].flatMap(
    one => properties[one] ?? [],
  )
  return [...names, ...(parts.length > 0 ? [parts.join(' ')] : [])].slice(0, NAMES_MAX)
}

function resultOf(found: Attribution.Names.Match): object {
  const { candidate, score, match, name, query, comparison, notes, nameScore, features } = found
  const { firstSeen, lastSeen, lastChange, ...entity } = candidate
  const words = comparison.pairs.map(pair => `${pair.query} ~ ${pair.candidate} (${pair.rule} ${pair.score})`)
  const rest = [
    ...(comparison.onlyInQuery.length > 0 ? [`only asked for: ${comparison.onlyInQuery.join(', ')}`] : []),
    ...(comparison.onlyInCandidate.length > 0 ? [`only listed: ${comparison.onlyInCandidate.join(', ')}`] : []),
  ]
  return {
    ...entity,
    ...{ referents: [], target: true },
    ...{ first_seen: formatted(firstSeen), last_seen: formatted(lastSeen), last_change: formatted(lastChange) },
    ...{ score, match },
    features: { name: nameScore, ...Object.fromEntries(features.map(({ id, effect }) => [NAMED[id], effect])) },
    explanations: {
      name: { detail: [...words, ...rest, ...notes].join('; '), score: nameScore, weight: 1, query, candidate: name },
      ...Object.fromEntries(
        features.map(({ id, effect, en }) => [NAMED[id], { detail: en, score: effect, weight: 1 }]),
      ),
    },
  }
}

/** Features as yente's clients expect them: words with low lines between. */
const NAMED = { 'birth-date': 'birth_date', country: 'country' } as const

function formatted(instant: Instants.Instant | null): string | null {
  return instant === null ? null : Instants.format(instant)
}

function queryOf(text: string, index: number): Query {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw malformed(index, 'is no JSON', cause)
  }
  if (!isObject(value)) throw malformed(index, 'is no object')
  const { id, schema, properties } = value
  if (!isObject(properties)) throw malformed(index, 'has no properties')
  const read: Record<string, string[]> = {}
  for (const [name, given] of Object.entries(properties)) {
    const values = Array.isArray(given) ? given : [given]
    const texts = values.filter(one => one !== null && one !== undefined)
    if (texts.some(one => typeof one !== 'string' && typeof one !== 'number'))
      throw malformed(index, `has a ${name} that is no text`)
    read[name] = texts.map(String)
  }
  return {
    id: typeof id === 'string' ? id : `q${index + 1}`,
    schema: typeof schema === 'string' && schema !== '' ? schema : 'Thing',
    properties: read,
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(index: number, what: string, cause?: unknown): Failure {
  return new Failure('Name.BadQuery', 'usage', `Query ${index + 1} ${what.slice(0, 100)}.`, {
    hint: 'Send {"schema":"Person","properties":{"name":["…"]}}.',
    facts: { query: index + 1 },
    cause,
  })
}

function tooManyNames(names: number): Failure {
  return new Failure('Name.TooMany', 'limit', `${names} names at once are more than ${NAMES_IN_ALL_MAX}.`, {
    hint: 'Send them in several requests.',
    facts: { names, limit: NAMES_IN_ALL_MAX },
  })
}

function tooMany(queries: number): Failure {
  return new Failure('Name.TooMany', 'limit', `${queries} queries at once are more than ${QUERIES_MAX}.`, {
    hint: 'Send them in several requests.',
    facts: { queries, limit: QUERIES_MAX },
  })
}
