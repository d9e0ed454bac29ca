import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { openJobs } from '../app/job.ts'
import { listFollowed } from '../app/ledger/followed.ts'
import { local, type Row, table } from '../app/table.ts'
import { type Clock, elapsedMilliseconds } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import { addAlertStream } from './alert-stream.ts'
import { addCompat, withKey } from './compat.ts'
import { checkOwnPage, checkSource } from './guard.ts'
import { dataPolicy, headersOf } from './header.ts'
import { addJobs } from './jobs.ts'
import * as Limit from './limit.ts'
import { addMatch } from './match.ts'
import { createMetrics, type Metrics } from './metric.ts'
import { addOpenApi } from './openapi.ts'
import { addOperations } from './operations.ts'
import { addPages, isPage, LOCKED } from './page.ts'
import { fromError, type Problem } from './problem.ts'
import { createBucket } from './rate.ts'
import { createSessions, type Sessions } from './session.ts'
import { addUploads, openUploads } from './upload.ts'

export type Options = {
  readonly directory: string
  readonly user: string
  readonly clock: Clock
  /** Loopback only until users exist. */
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** Told of defects, for the log. */
  readonly report: (cause: unknown) => void
  /** Module that exports `table`, with the rows in it; tests bring their own. */
  readonly table?: { readonly module: string; readonly rows: readonly Row[] }
}

export type Server = {
  readonly port: number
  readonly origin: string
  /** The address for a browser, with a token that works once; a new one after each use. */
  readonly link: () => string
  /** The bearer token for scripts. */
  readonly token: string
  close(): Promise<void>
}

/**
 * Starts the server: API, pages, and nothing that another site could reach.
 *
 * Failures: Serve.HostRefused, Serve.PortTaken.
 */
export async function startServer(options: Options): Promise<Server> {
  if (!LOOPBACK.includes(options.host)) throw hostRefused(options.host)
  const app = createApp()
  const jobs = openJobs({ directory: options.directory, ...moduleOf(options) }, options.clock)
  const uploads = openUploads()
  const metrics = createMetrics(jobs, () => listFollowed(options.directory, options.clock()))
  const state: { port: number; sessions: Sessions | null } = { port: options.port, sessions: null }
  const rows = (options.table?.rows ?? table).filter(row => !local.includes(row.name))
  guard(app, state, metrics)
  app.setErrorHandler((cause, request, reply) => answerError(cause, request, reply, options.report, uploads.conceal))
  await app.register(async api => {
    addOperations(api, rows, jobs, uploads, options.user)
    addJobs(api, jobs, uploads.conceal)
    addUploads(api, uploads)
    addMatch(api, jobs, options.user)
    addAlertStream(api, jobs, options.user)
    addCompat(api, jobs, options.user)
    addOpenApi(api, rows)
    metrics.add(api)
  })
  await addPages(app, options.directory, () => state.sessions!)
  await listen(app, options)
  state.port = portOf(app)
  state.sessions = createSessions(state.port, options.clock)
  const { sessions } = state
  const origin = `http://${options.host === '::1' ? '[::1]' : options.host}:${state.port}`
  return {
    port: state.port,
    origin,
    link: () => `${origin}/?token=${sessions.link()}`,
    token: sessions.token,
    async close() {
      await app.close()
      await jobs.close()
      uploads.close()
    },
  }
}

const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '::1']

const DATA_HEADERS = Object.entries(headersOf(dataPolicy))

/** What anybody on this machine may ask: it says nothing of the data. */
const OPEN: readonly string[] = ['/healthz', '/readyz', '/openapi.json']

function createApp(): FastifyInstance {
  const app = Fastify({
    bodyLimit: Limit.BODY_BYTES_MAX,
    requestTimeout: Limit.REQUEST_MILLISECONDS,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    http: { headersTimeout: Limit.HEADERS_MILLISECONDS },
    // An address that cannot be decoded is refused before any hook runs.
    frameworkErrors: (cause, _request, reply) => sendProblem(reply.headers(headersOf(dataPolicy)), fromError(cause)),
  })
  app.server.maxConnections = Limit.CONNECTIONS_MAX
  return app
}

function guard(app: FastifyInstance, state: { port: number; sessions: Sessions | null }, metrics: Metrics): void {
  const known = createBucket(Limit.RATES.known)
  const stranger = createBucket(Limit.RATES.stranger)
  const starts = new WeakMap<FastifyRequest, number>()
  app.addHook('onRequest', async request => {
    starts.set(request, elapsedMilliseconds())
    checkSource(request.headers, state.port)
    const path = request.url.split('?')[0]!
    if (OPEN.includes(path) || (path === '/' && request.url.includes('token='))) {
      if (!stranger()) throw tooMany()
      return
    }
    const caller = recognise(state.sessions!, request, stranger)
    if (!known()) throw tooMany()
    if (caller.by === 'cookie' && request.method !== 'GET' && request.method !== 'HEAD') checkOwnPage(request.headers)
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    for (const [name, value] of DATA_HEADERS) if (!reply.hasHeader(name)) reply.header(name, value)
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    metrics.count(reply.statusCode, elapsedMilliseconds() - (starts.get(request) ?? 0))
  })
}

function recognise(sessions: Sessions, request: FastifyRequest, stranger: () => boolean) {
  try {
    return sessions.recognise(withKey(request.url, request.headers))
  } catch (cause) {
    if (!stranger()) throw tooMany()
    throw cause
  }
}

function answerError(
  cause: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  report: (cause: unknown) => void,
  conceal: (json: string) => string,
): FastifyReply {
  const problem = concealed(fromError(cause), conceal)
  if (problem.status === 500) report(cause)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  if (problem.status === 429) reply.header('retry-after', '1')
  reply.code(problem.status)
  if (problem.status === 401 && isPage(request)) return reply.type('text/html; charset=utf-8').send(LOCKED)
  return sendProblem(reply, problem)
}

/** Without the paths of uploads: they say nothing to the one who sent them. */
function concealed(problem: Problem, conceal: (json: string) => string): Problem {
  return JSON.parse(conceal(JSON.stringify(problem))) as Problem
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)))
}

async function listen(app: FastifyInstance, options: Options): Promise<void> {
  try {
    await app.listen({ host: options.host, port: options.port })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new Failure('Serve.PortTaken', 'busy', `Port ${options.port} of ${options.host} is taken.`, {
      hint: 'Name another with --port, or leave it out to take a free one.',
      facts: { host: options.host, port: options.port },
      cause,
    })
  }
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function moduleOf(options: Options): { table?: string } {
  return options.table === undefined ? {} : { table: options.table.module }
}

function hostRefused(host: string): Failure {
  return new Failure(
    'Serve.HostRefused',
    'denied',
    `Athar does not listen on "${host.slice(0, 80)}": there are no users yet.`,
    {
      hint: 'Without users whoever reaches the port could read case data. Reach 127.0.0.1 through an SSH tunnel.',
      facts: { host: host.slice(0, 80), allowed: [...LOOPBACK] },
    },
  )
}

function tooMany(): Failure {
  return new Failure('Request.TooMany', 'limit', 'Too many requests in a short time.', {
    hint: 'Wait a second and go on more slowly.',
  })
}
