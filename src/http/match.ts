import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasEnded, type Jobs } from '../app/job.ts'
import { ALGORITHM, ALGORITHMS } from '../app/name/algorithm.ts'
import { VERSION } from '../app/version.ts'
import { Failure } from '../std/failure.ts'

/**
 * The routes of yente (OpenSanctions) that clients of it call: `POST /match/{dataset}`, `GET /algorithms`, `GET
 * /catalog`. A request runs `name batch`, so that it is counted, bounded and marked in the audit log like any other.
 */
export function addMatch(app: FastifyInstance, jobs: Jobs, user: string): void {
  app.post<{ Params: { dataset: string } }>('/match/:dataset', async (request, reply) => {
    const input = inputOf(request.params.dataset, request.query, request.body)
    return reply.type(JSON_TYPE).send(await run(jobs, 'name batch', input, user))
  })
  app.get('/algorithms', async (_request, reply) => send(reply, algorithms()))
  app.get('/catalog', async (_request: FastifyRequest, reply) => {
    const answer = JSON.parse(await run(jobs, 'name datasets', {}, user)) as { datasets: readonly Dataset[] }
    return send(reply, catalog(answer.datasets))
  })
}

type Dataset = {
  readonly name: string
  readonly title: string
  readonly version: string | null
  readonly parties: number
}

const JSON_TYPE = 'application/json; charset=utf-8'

/** yente's clients know nothing of jobs: they wait for their answer so long. */
const MATCH_MILLISECONDS = 60_000

async function run(jobs: Jobs, operation: string, input: object, user: string): Promise<string> {
  const { id } = jobs.start(operation, 'read', input, user)
  const job = await jobs.wait(id, MATCH_MILLISECONDS)
  if (!hasEnded(job)) {
    jobs.cancel(id)
    throw tooSlow(operation)
  }
  if (job.failure !== null) throw job.failure
  return job.answer!
}

/** Parameters of yente that only tune its search, and so change nothing here. */
const IGNORED: readonly string[] = ['fuzzy']

const TAKEN = ['threshold', 'cutoff', 'algorithm'] as const

function inputOf(dataset: string, query: unknown, body: unknown): object {
  const input: Record<string, unknown> = { dataset, query: queriesOf(body) }
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (IGNORED.includes(name)) continue
    if (typeof value !== 'string') throw unsupported(`${name}, given more than once`)
    if (name === 'limit') input['limit'] = /^\d{1,6}$/.test(value) ? Number(value) : 0
    else if (TAKEN.some(one => one === name)) input[name] = value
    else throw unsupported(name)
  }
  return input
}

function queriesOf(body: unknown): string[] {
  const queries = isObject(body) ? body['queries'] : undefined
  if (!isObject(queries)) throw malformed()
  for (const name of ['weights', 'config']) {
    const given = (body as Record<string, unknown>)[name]
    if (isObject(given) && Object.keys(given).length > 0) throw unsupported(name)
  }
  return Object.entries(queries).map(([id, query]) => JSON.stringify(isObject(query) ? { ...query, id } : query))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function algorithms(): object {
  const features = {
    name: { description: 'The best of the names of both.', coefficient: 1 },
    birth_date: { description: 'Added where both have one: the same, or another year or day.', coefficient: 1 },
    country: { description: 'Added where both have one: the same, or others.', coefficient: 1 },
  }
  const description = 'Words of names by sound, across Arabic and Latin letters, weighed by how rare they are.'
  return {
    algorithms: [{ name: ALGORITHM, description, features, docs: features }],
    ...{ default: ALGORITHM, best: ALGORITHM, alternatives: ALGORITHMS.filter(name => name !== ALGORITHM) },
  }
}

function catalog(datasets: readonly Dataset[]): object {
  return {
    datasets: datasets.map(({ name, title, version, parties }, index) => ({
      ...{ name, title, version, entity_count: parties, load: true, entities_url: null },
      children: index === 0 ? datasets.slice(1).map(one => one.name) : [],
    })),
    ...{ current: datasets.map(({ name }) => name), outdated: [], index_stale: false, program: `athar ${VERSION}` },
  }
}

function send(reply: FastifyReply, answer: object): FastifyReply {
  return reply.type(JSON_TYPE).send(Buffer.from(JSON.stringify(answer)))
}

function malformed(): Failure {
  return new Failure('Name.BadQuery', 'usage', 'The body holds no map of queries.', {
    hint: 'Send {"queries":{"q1":{"schema":"Person","properties":{"name":["…"]}}}}.',
  })
}

function unsupported(name: string): Failure {
  return new Failure('Name.Unsupported', 'usage', `"${name.slice(0, 60)}" is not built here.`, {
    hint: 'Leave it out. Taken: threshold, cutoff, limit, algorithm.',
    facts: { name: name.slice(0, 60) },
  })
}

function tooSlow(operation: string): Failure {
  return new Failure('Job.TooSlow', 'busy', `${operation} took longer than ${MATCH_MILLISECONDS / 1000} seconds.`, {
    hint: 'Other work holds the machine. Try again in a moment, with fewer queries.',
    facts: { operation, seconds: MATCH_MILLISECONDS / 1000 },
  })
}
