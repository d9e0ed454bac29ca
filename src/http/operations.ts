import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { check, coerce } from '../app/input.ts'
import { hasEnded, type Job, type Jobs } from '../app/job.ts'
import type { Operation } from '../app/operation.ts'
import type { Row } from '../app/table.ts'
import { Failure } from '../std/failure.ts'
import { ADDRESS, toBody } from './jobs.ts'
import { WAIT_MILLISECONDS } from './limit.ts'
import type { Uploads } from './upload.ts'

/**
 * A route per operation: POST with a JSON body of its fields; GET with a query for what only reads. An answer that
 * takes longer than WAIT_MILLISECONDS, or is asked for with `Prefer: respond-async`, becomes 202 and a job.
 */
export function addOperations(
  app: FastifyInstance,
  rows: readonly Row[],
  jobs: Jobs,
  uploads: Uploads,
  user: string,
): void {
  for (const row of rows) {
    const handle = async (request: FastifyRequest, reply: FastifyReply) => {
      const operation = await row.load()
      const given = request.method === 'GET' ? fromQuery(operation, request.query) : (request.body ?? {})
      const input = uploads.replace(operation, check(operation, given))
      const job = jobs.start(row.name, row.access, input, user)
      return answer(await jobs.wait(job.id, waitOf(request)), reply, uploads)
    }
    app.post(pathOf(row.name), handle)
    if (row.access === 'read') app.get(pathOf(row.name), handle)
  }
}

/** `ledger add` → `/api/v1/ledger/add`. */
export function pathOf(name: string): string {
  return `/api/v1/${name.replaceAll(' ', '/')}`
}

function answer(job: Job, reply: FastifyReply, uploads: Uploads): FastifyReply {
  if (!hasEnded(job))
    return reply.code(202).header('location', `${ADDRESS}/${job.id}`).type(JSON_TYPE).send(toBody(job))
  if (job.failure !== null) throw job.failure
  return reply.type(JSON_TYPE).send(uploads.conceal(job.answer!))
}

const JSON_TYPE = 'application/json; charset=utf-8'

/** RFC 7240: `respond-async` does not wait, `wait=N` waits so many seconds, at most WAIT_MILLISECONDS. */
function waitOf(request: FastifyRequest): number {
  const prefer = String(request.headers['prefer'] ?? '')
  if (/\brespond-async\b/.test(prefer)) return 0
  const seconds = /\bwait=(\d{1,3})\b/.exec(prefer)?.[1]
  return seconds === undefined ? WAIT_MILLISECONDS : Math.min(WAIT_MILLISECONDS, Number(seconds) * 1000)
}

function fromQuery(operation: Operation, query: unknown): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(query as Record<string, string | string[]>)) {
    const field = operation.fields[name]
    if (field === undefined) input[name] = value
    else if (field.type === 'strings') input[name] = Array.isArray(value) ? value : [value]
    else if (Array.isArray(value)) throw repeated(name)
    else input[name] = coerce(field, value)
  }
  return input
}

function repeated(name: string): Failure {
  return new Failure('Request.Malformed', 'usage', `"${name.slice(0, 80)}" stands more than once in the query.`, {
    hint: 'Only lists may be given several times.',
    facts: { field: name.slice(0, 80) },
  })
}
