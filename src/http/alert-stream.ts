import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasEnded, type Jobs } from '../app/job.ts'
import type { AlertList } from '../app/monitor/alert.ts'
import type { AlertChanges } from '../app/monitor/alert-follow.ts'
import { HEARTBEAT_MILLISECONDS } from './limit.ts'

/** Where alerts can be followed. */
export const ADDRESS = '/api/v1/alerts/events'

/** How often the data are looked at for each client that follows. */
const LOOK_MILLISECONDS = 1000
/** Alerts told at once; the others come with the next look. */
const AT_ONCE = 200

/**
 * Alerts as server-sent events, each with its number as id: a client that comes back says the last that it had
 * (`Last-Event-ID`, or `?after=`) and misses none. Without either it is told of those that are raised from now on.
 * What happens to earlier ones is told too (`change`), from now on: who comes back asks for what is shown anew.
 */
export function addAlertStream(app: FastifyInstance, jobs: Jobs, user: string): void {
  app.get(ADDRESS, async (request, reply) => {
    const ask = <T>(operation: string, input: object) => answerOf<T>(jobs, user, operation, input)
    const newest = await ask<AlertList>('alert list', { limit: 1 })
    const changes = await ask<AlertChanges>('alert changes', {})
    const from = afterOf(request) ?? newest?.alerts[0]?.id ?? 0
    return reply.type('text/event-stream').send(follow(ask, from, changes?.last ?? 0))
  })
}

/** Null: no answer in time; the next look asks again. */
type Ask = <T>(operation: string, input: object) => Promise<T | null>

/** @param alert the last that the client has @param event the last thing that happened to any */
function follow(ask: Ask, alert: number, event: number): PassThrough {
  const stream = new PassThrough()
  let [last, happened] = [alert, event]
  let busy = false
  const tell = async (): Promise<void> => {
    if (busy || stream.destroyed) return
    busy = true
    try {
      const news = await ask<AlertList>('alert list', { after: last, limit: AT_ONCE })
      for (const alert of news?.alerts ?? []) {
        stream.write(`id: ${alert.id}\nevent: alert\ndata: ${JSON.stringify(alert)}\n\n`)
        last = alert.id
      }
      const changes = await ask<AlertChanges>('alert changes', { after: happened, limit: AT_ONCE })
      for (const alert of changes?.alerts ?? []) stream.write(`event: change\ndata: ${JSON.stringify(alert)}\n\n`)
      happened = changes?.last ?? happened
    } catch {
      // The data are held by somebody else for a moment, or the server closes: the next look tells.
    } finally {
      busy = false
    }
  }
  const looking = setInterval(() => void tell(), LOOK_MILLISECONDS)
  const beat = setInterval(() => stream.write(': alive\n\n'), HEARTBEAT_MILLISECONDS)
  stream.once('close', () => {
    clearInterval(looking)
    clearInterval(beat)
  })
  stream.write(': following\n\n')
  void tell()
  return stream
}

function afterOf(request: FastifyRequest): number | null {
  const { after } = request.query as { after?: unknown }
  const said = request.headers['last-event-id'] ?? after
  return typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null
}

async function answerOf<T>(jobs: Jobs, user: string, operation: string, input: object): Promise<T | null> {
  const { id } = jobs.start(operation, 'read', input, user)
  const job = await jobs.wait(id, 30_000)
  if (job.failure !== null) throw job.failure
  return hasEnded(job) ? (JSON.parse(job.answer!) as T) : null
}
