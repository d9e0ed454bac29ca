import type { FastifyInstance } from 'fastify'
import type { Jobs } from '../app/job.ts'
import type { FollowStatus } from '../app/ledger/followed.ts'

/** Counters of this server in the text format of Prometheus (version 0.0.4), and the two questions of a supervisor. */
export type Metrics = {
  count(status: number, milliseconds: number): void
  add(app: FastifyInstance): void
}

/** Upper bounds of the buckets of answer times, in seconds. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] as const

/** @param followed how the following of each network goes now */
export function createMetrics(jobs: Jobs, followed: () => readonly FollowStatus[]): Metrics {
  const statuses = new Map<number, number>()
  const buckets = BUCKETS.map(() => 0)
  let seconds = 0
  let requests = 0
  const text = () =>
    [
      '# TYPE athar_requests_total counter',
      ...[...statuses].map(([status, count]) => `athar_requests_total{status="${status}"} ${count}`),
      '# TYPE athar_request_seconds histogram',
      ...BUCKETS.map((bound, i) => `athar_request_seconds_bucket{le="${bound}"} ${buckets[i]}`),
      `athar_request_seconds_bucket{le="+Inf"} ${requests}`,
      `athar_request_seconds_sum ${seconds}`,
      `athar_request_seconds_count ${requests}`,
      '# TYPE athar_jobs gauge',
      ...STATES.map(state => `athar_jobs{state="${state}"} ${countOf(jobs, state)}`),
      ...followLines(followed()),
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      '# TYPE process_uptime_seconds gauge',
      `process_uptime_seconds ${process.uptime()}`,
      '',
    ].join('\n')
  return {
    count(status, milliseconds) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      requests += 1
      seconds += milliseconds / 1000
      BUCKETS.forEach((bound, i) => {
        if (milliseconds / 1000 <= bound) buckets[i]! += 1
      })
    },
    add(app) {
      app.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(text()))
      app.get('/healthz', async () => ({ status: 'ok' }))
      app.get('/readyz', async () => ({ status: 'ready' }))
    },
  }
}

/** Of each network that is followed from this data directory, by whichever process. */
function followLines(all: readonly FollowStatus[]): string[] {
  const standing = all.filter(one => one.state !== 'stopped')
  const gauge = (name: string, of: (one: FollowStatus) => number | null): string[] => {
    const rows = standing.flatMap(one => {
      const value = of(one)
      return value === null ? [] : [`athar_follow_${name}{network="${one.network}"} ${value}`]
    })
    return rows.length === 0 ? [] : [`# TYPE athar_follow_${name} gauge`, ...rows]
  }
  return [
    ...gauge('up', one => (one.state === 'waiting' || one.state === 'killed' ? 0 : 1)),
    ...gauge('lag_blocks', one => one.lag),
    ...gauge('look_age_seconds', one => one.ageSeconds),
    ...gauge('waiting_seconds', one => one.waitingSeconds),
  ]
}

const STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const

function countOf(jobs: Jobs, state: string): number {
  return jobs.list().filter(job => job.state === state).length
}
