import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { hasEnded, type Jobs } from '../app/job.ts'
import { Failure } from '../std/failure.ts'
import type { Ask } from './compat-ask.ts'
import { addChainalysis } from './compat-chainalysis.ts'
import { addGraphSense } from './compat-graphsense.ts'
import { addTrm } from './compat-trm.ts'

/**
 * Routes in the shapes of interfaces that clients know already. Each runs an operation of the table, so that it is
 * counted, bounded and marked in the audit log like any other. Their shapes have no word for "not checked": each answer
 * says it in fields and headers of its own (`athar`, `athar-status`, `athar-not-checked`), and nothing is called clean.
 */
export function addCompat(app: FastifyInstance, jobs: Jobs, user: string): void {
  const ask = asker(jobs, user)
  addChainalysis(app, ask)
  addTrm(app, ask)
  addGraphSense(app, ask)
}

function asker(jobs: Jobs, user: string): Ask {
  return async <T>(operation: string, input: object) => {
    const { id } = jobs.start(operation, 'read', input, user)
    const job = await jobs.wait(id, WAIT_MILLISECONDS)
    if (!hasEnded(job)) {
      jobs.cancel(id)
      throw tooSlow(operation)
    }
    if (job.failure !== null) throw job.failure
    return JSON.parse(job.answer!) as T
  }
}

/** Clients of these routes know nothing of jobs: they wait for their answer so long. */
const WAIT_MILLISECONDS = 60_000

/**
 * The request's headers with the key of these routes' clients as the bearer token that it is: `X-API-Key` and `Token`
 * (Chainalysis), HTTP Basic with the key as name or password (TRM), the bare key under `Authorization` (GraphSense),
 * `ApiKey` and the key (yente-client).
 * Other routes take none of these.
 */
export function withKey(url: string, headers: IncomingHttpHeaders): IncomingHttpHeaders {
  if (!PATHS.some(path => path.test(url.split('?')[0]!))) return headers
  const key = keyIn(headers)
  return key === undefined ? headers : { ...headers, authorization: `Bearer ${key}` }
}

const PATHS: readonly RegExp[] = [
  /^\/api\/v1\/address\/[^/]+$/,
  /^\/public\/v2\/screening\/addresses$/,
  /^\/match\/[^/]+$/,
  /^\/(?:algorithms|catalog)$/,
  /^\/[a-z]{2,8}\/addresses\/[^/]+(?:\/(?:txs|neighbors|tags))?$/,
]

function keyIn(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-api-key'] ?? headers['token']
  if (typeof own === 'string' && KEY.test(own)) return own
  const { authorization } = headers
  if (authorization === undefined) return undefined
  if (KEY.test(authorization)) return authorization
  const named = /^ApiKey (.{1,200})$/i.exec(authorization)?.[1]
  if (named !== undefined) return KEY.test(named) ? named : undefined
  const basic = /^Basic ([A-Za-z0-9+/=]{4,400})$/i.exec(authorization)?.[1]
  if (basic === undefined) return undefined
  const [name = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':')
  return [rest.join(':'), name].find(part => part.length >= KEY_LENGTH_MIN && KEY.test(part))
}

const KEY_LENGTH_MIN = 16
const KEY = /^[\w.-]{16,200}$/

function tooSlow(operation: string): Failure {
  return new Failure('Compat.TooSlow', 'limit', `The answer took longer than ${WAIT_MILLISECONDS / 1000} seconds.`, {
    hint: 'Ask by the routes under /api/v1: there it becomes a job that goes on.',
    facts: { operation, seconds: WAIT_MILLISECONDS / 1000 },
  })
}
