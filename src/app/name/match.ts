import * as Attribution from '../../attribution/attribution.ts'
import * as Instants from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import { isolate } from '../../std/isolate.ts'
import type { Context, Operation } from '../operation.ts'
import { instantOf } from '../when.ts'

/** A name against the lists: who may be meant, and why. Never an answer to who somebody is. */
export type MatchAnswer = {
  readonly query: string
  readonly dataset: string
  readonly threshold: number
  readonly knownAt: string
  readonly candidates: readonly CandidateAnswer[]
  readonly coverage: { readonly datasets: readonly Attribution.Names.Dataset[] }
  readonly note: string
}

export type CandidateAnswer = {
  readonly id: string
  readonly caption: string
  readonly schema: string
  readonly score: number
  readonly match: boolean
  readonly name: string
  readonly pairs: readonly { query: string; candidate: string; rule: string; score: number }[]
  readonly onlyInQuery: readonly string[]
  readonly onlyInCandidate: readonly string[]
  readonly notes: readonly string[]
  readonly datasets: readonly string[]
  readonly properties: Readonly<Record<string, readonly string[]>>
}

type Input = {
  readonly name: string
  readonly dataset: string
  readonly schema?: string
  readonly threshold: string
  readonly limit: number
  readonly knownAt?: string
  readonly born?: string
  readonly country?: string
}

const LIMIT_MAX = 500

export const nameMatch: Operation = {
  name: 'name match',
  summary: 'Hold a name, Arabic or Latin, against the lists and entities, with the reasons of each score',
  access: 'read',
  fields: {
    name: { type: 'string', says: 'The name, in any script', positional: true, required: true },
    dataset: { type: 'string', says: 'A list, as `name datasets` names it', default: Attribution.Names.ALL },
    schema: { type: 'string', says: 'Whom to look for: Person, Organization, Company, Vessel…; default: anybody' },
    threshold: {
      type: 'string',
      says: 'From this score on, 0 to 1, a candidate is called a match',
      default: String(Attribution.Names.THRESHOLD),
    },
    limit: { type: 'integer', says: `So many candidates at most (at most ${LIMIT_MAX})`, default: 5 },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
    born: { type: 'string', says: 'Birth date or year: held against that of candidates who have one' },
    country: { type: 'string', says: 'Country of nationality, as the list writes it (a code or a name)' },
  },
  examples: [
    { command: 'athar name match "أسامة بن لادن"', says: 'an Arabic name against lists in Latin letters' },
    { command: 'athar name match "Hamas" --dataset ofac --limit 10 --json', says: 'one list, for a script' },
  ],
  list: 'candidates',
  print: printMatch,
  run: (input: Input, context: Context): MatchAnswer => {
    const knownAt = instantOf('knownAt', input.knownAt) ?? context.clock()
    const datasets = Attribution.Names.datasets(context.store, knownAt)
    checkDataset(input.dataset, datasets)
    if (!/[\p{L}\p{N}]/u.test(input.name)) throw nothing(input.name)
    const threshold = scoreOf('threshold', input.threshold)
    const options = { dataset: input.dataset, limit: limitOf(input.limit), threshold, knownAt }
    const some = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: [value] })
    const properties = { ...some('birthDate', input.born), ...some('country', input.country) }
    const query = { names: [input.name], schema: input.schema ?? null, properties }
    const cutoff = Math.min(Attribution.Names.CUTOFF, threshold)
    const found = Attribution.Names.match(context.store, query, { ...options, cutoff })
    return {
      ...{ query: input.name, dataset: input.dataset, threshold, knownAt: Instants.format(knownAt) },
      candidates: found.map(answerOf),
      coverage: { datasets },
      note: noteOf(found, datasets),
    }
  },
}

export const nameDatasets: Operation = {
  name: 'name datasets',
  summary: 'Show which lists a name can be held against',
  access: 'read',
  fields: { knownAt: { type: 'string', says: 'As it was known then; default: now' } },
  examples: [{ command: 'athar name datasets', says: 'each with how many names it has' }],
  list: 'datasets',
  run: ({ knownAt }: { knownAt?: string }, context: Context) => {
    return { datasets: Attribution.Names.datasets(context.store, instantOf('knownAt', knownAt) ?? context.clock()) }
  },
}

/** Fails where there is no such dataset. */
export function checkDataset(name: string, datasets: readonly Attribution.Names.Dataset[]): void {
  if (datasets.some(one => one.name === name)) return
  throw new Failure('Name.UnknownDataset', 'missing', `There is no dataset “${name.slice(0, 80)}”.`, {
    hint: `There are: ${datasets.map(one => one.name).join(', ')}. \`athar list add\` brings more.`,
    facts: { dataset: name.slice(0, 80), datasets: datasets.map(one => one.name) },
  })
}

export function scoreOf(field: string, text: string): number {
  const score = Number(text)
  if (/^(0|1|[01]?\.\d{1,6})$/.test(text) && score <= 1) return score
  throw new Failure('Name.BadNumber', 'usage', `“${text.slice(0, 40)}” is no ${field} from 0 to 1.`, {
    hint: 'Write it as 0.8.',
    facts: { field, value: text.slice(0, 40) },
  })
}

export function limitOf(limit: number): number {
  if (limit >= 1 && limit <= LIMIT_MAX) return limit
  throw new Failure('Name.BadNumber', 'usage', `“${limit}” is no limit from 1 to ${LIMIT_MAX}.`, {
    hint: 'Ask for fewer candidates.',
    facts: { field: 'limit', value: limit },
  })
}

function answerOf(match: Attribution.Names.Match): CandidateAnswer {
  const { id, caption, schema, datasets, properties } = match.candidate
  const { pairs, onlyInQuery, onlyInCandidate } = match.comparison
  return {
    ...{ id, caption, schema, score: match.score, match: match.match, name: match.name },
    ...{ pairs, onlyInQuery, onlyInCandidate, notes: match.notes, datasets, properties },
  }
}

/** No candidate is no acquittal. */
function noteOf(found: readonly Attribution.Names.Match[], datasets: readonly Attribution.Names.Dataset[]): string {
  if (datasets[0]!.names === 0) return 'No list with names is loaded: nothing was checked.'
  if (found.length > 0) return 'A candidate shares a name. Whether it is the same body is for a person to judge.'
  return 'No name of these lists is like it. That says nothing of other lists.'
}

function printMatch(answer: MatchAnswer): string {
  const lines = answer.candidates.flatMap(one => [
    `${one.score.toFixed(2)} ${one.match ? 'match' : 'below'}  ${isolate(one.caption)} (${one.schema}, ${one.id})`,
    `     as ${isolate(one.name)}: ${one.pairs.map(pairInWords).join(', ')}`,
    ...(one.onlyInQuery.length > 0 ? [`     only asked for: ${one.onlyInQuery.map(isolate).join(', ')}`] : []),
    ...(one.onlyInCandidate.length > 0 ? [`     only listed: ${one.onlyInCandidate.map(isolate).join(', ')}`] : []),
    ...one.notes.map(note => `     ${note}`),
  ])
  return [...lines, answer.note].join('\n')
}

function pairInWords({ query, candidate, rule, score }: CandidateAnswer['pairs'][number]): string {
  return `${isolate(query)} ~ ${isolate(candidate)} (${rule} ${score.toFixed(2)})`
}

function nothing(name: string): Failure {
  return new Failure('Name.Nothing', 'input', `“${name.slice(0, 40)}” has no letter or digit to compare.`, {
    hint: 'Give a name as it is written, in any script.',
    facts: { name: name.slice(0, 40), length: name.length },
  })
}
