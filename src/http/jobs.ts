import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { hasEnded, type Job, type Jobs } from '../app/job.ts'
import * as Instant from '../model/instant.ts'
import { HEARTBEAT_MILLISECONDS } from './limit.ts'
import { fromError } from './problem.ts'

/** Where jobs are found. */
export const ADDRESS = '/api/v1/jobs'

/**
 * Jobs: what became of long work, as a document and as a stream of events; DELETE cancels. `conceal` takes the paths of
 * uploads out of what is said.
 */
export function addJobs(app: FastifyInstance, jobs: Jobs, conceal: (json: string) => string): void {
  const say = (job: Job) => conceal(toBody(job))
  type Named = { Params: { id: string } }
  app.get(ADDRESS, async (_request, reply) => {
    const bodies = jobs.list().map(job => say({ ...job, answer: null }))
    return reply.type('application/json').send(`{"jobs":[${bodies.join(',')}]}`)
  })
  app.get<Named>(`${ADDRESS}/:id`, async (request, reply) =>
    reply.type('application/json').send(say(jobs.get(request.params.id))),
  )
  app.delete<Named>(`${ADDRESS}/:id`, async (request, reply) => {
    jobs.cancel(request.params.id)
    return reply
      .code(202)
      .type('application/json')
      .send(say(jobs.get(request.params.id)))
  })
  app.get<Named>(`${ADDRESS}/:id/events`, async (request, reply) => {
    const { id } = jobs.get(request.params.id)
    return reply.type('text/event-stream').send(events(jobs, id, say))
  })
}

/** A job as JSON text. The answer is text already and is put in as it is. */
export function toBody(job: Job): string {
  const { answer, failure, createdAt, startedAt, endedAt } = job
  const meta = {
    job: job.id,
    operation: job.operation,
    user: job.user,
    status: job.state,
    progress: job.progress,
    createdAt: Instant.format(createdAt),
    startedAt: startedAt === null ? null : Instant.format(startedAt),
    endedAt: endedAt === null ? null : Instant.format(endedAt),
    events: `${ADDRESS}/${job.id}/events`,
    error: failure === null ? null : fromError(failure),
  }
  return `${JSON.stringify(meta).slice(0, -1)},"answer":${answer ?? 'null'}}`
}

/**
 * Server-sent events: `progress` with the job at once and at each change, then one of `done`, `failed`, `cancelled` and
 * the end of the stream. Each event carries the whole state, so a client that comes back has missed nothing.
 */
function events(jobs: Jobs, id: string, say: (job: Job) => string): PassThrough {
  const stream = new PassThrough()
  const send = (job: Job) => {
    const name = hasEnded(job) ? job.state : 'progress'
    stream.write(`event: ${name}\ndata: ${say(job)}\n\n`)
    if (hasEnded(job)) stream.end()
  }
  const beat = setInterval(() => stream.write(': alive\n\n'), HEARTBEAT_MILLISECONDS)
  const stop = jobs.watch(id, send)
  stream.once('close', () => {
    clearInterval(beat)
    stop()
  })
  send(jobs.get(id))
  return stream
}
