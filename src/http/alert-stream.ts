import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasEnded, type Jobs } from '../app/job.ts'
import type { AlertList } from '../app/monitor/alert.ts'
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
 */
export function addAlertStream(app: FastifyInstance, jobs: Jobs, user: string): void {
  app.get(ADDRESS, async (request, reply) => {
    const { alerts } = await list(jobs, user, { limit: 1 })
    const from = afterOf(request) ?? alerts[0]?.id ?? 0
    return reply.type('text/event-stream').send(follow(from, after => list(jobs, user, { after, limit: AT_ONCE })))
  })
}

function follow(from: number, look: (after: number) => Promise<AlertList>): PassThrough {
  const stream = new PassThrough()
  let last = from
  let busy = false
  const tell = async (): Promise<void> => {
    if (busy || stream.destroyed) return
    busy = true
    try {
      for (const alert of (await look(last)).alerts) {
        stream.write(`id: ${alert.id}\nevent: alert\ndata: ${JSON.stringify(alert)}\n\n`)
        last = alert.id
      }
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

async function list(jobs: Jobs, user: string, input: object): Promise<AlertList> {
  const { id } = jobs.start('alert list', 'read', input, user)
  const job = await jobs.wait(id, 30_000)
  if (job.failure !== null) throw job.failure
  return hasEnded(job) ? (JSON.parse(job.answer!) as AlertList) : { alerts: [], shown: 0, of: 0 }
}
