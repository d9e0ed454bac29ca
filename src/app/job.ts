import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import { randomId } from '../std/random.ts'
import type { Access } from './access.ts'
import type { Progress } from './operation.ts'
import { cancelled, type Lane, openLane, type Place } from './worker.ts'

/** One piece of work that a face has asked for: queued, running, or ended in one of three ways. */
export type Job = {
  readonly id: string
  readonly operation: string
  readonly user: string
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly progress: Progress | null
  /** The answer as JSON text, once done. */
  readonly answer: string | null
  readonly failure: Error | null
}

export type Jobs = {
  /** Failure: Job.QueueFull. */
  start(operation: string, access: Access, input: unknown, user: string): Job
  /** Failure: Job.Unknown. */
  get(id: string): Job
  list(): readonly Job[]
  cancel(id: string): void
  /** The job when it has ended, or as it stands after `milliseconds`. */
  wait(id: string, milliseconds: number): Promise<Job>
  /** Calls `listen` at each change until the returned function is called. */
  watch(id: string, listen: (job: Job) => void): () => void
  close(): Promise<void>
}

/** Jobs that may wait or run at once, and jobs remembered after they have ended. Ours. */
const OPEN_MAX = 100
const ENDED_MAX = 200

export function hasEnded(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running'
}

/** Reading and writing have a lane each: a question need not wait for an import. */
export function openJobs(place: Place, clock: Clock): Jobs {
  const lanes: Record<'read' | 'write', Lane> = { read: openLane(place), write: openLane(place) }
  const held = new Map<string, Held>()
  const ended: string[] = []
  const get = (id: string): Held => {
    const one = held.get(id)
    if (one === undefined) throw unknown(id)
    return one
  }
  return {
    start(operation, access, input, user) {
      if (held.size - ended.length >= OPEN_MAX) throw full()
      const one = createHeld(operation, user, clock)
      held.set(one.job.id, one)
      one.listeners.add(job => {
        // The newest of those that have ended are kept.
        if (hasEnded(job) && ended.push(job.id) > ENDED_MAX) held.delete(ended.shift()!)
      })
      void drive(one, lanes[access === 'read' ? 'read' : 'write'], input, clock)
      return one.job
    },
    get: id => get(id).job,
    list: () => [...held.values()].map(({ job }) => job),
    cancel(id) {
      const one = get(id)
      one.controller.abort()
      if (one.job.state === 'queued') change(one, stopped(one.job, clock()))
    },
    wait: (id, milliseconds) => waitFor(get(id), milliseconds),
    watch(id, listen) {
      const one = get(id)
      one.listeners.add(listen)
      return () => one.listeners.delete(listen)
    },
    async close() {
      for (const { controller } of held.values()) controller.abort()
      await Promise.all([lanes.read.close(), lanes.write.close()])
    },
  }
}

type Held = { job: Job; readonly controller: AbortController; readonly listeners: Set<(job: Job) => void> }

function createHeld(operation: string, user: string, clock: Clock): Held {
  const job: Job = {
    id: randomId(),
    operation,
    user,
    state: 'queued',
    createdAt: clock(),
    startedAt: null,
    endedAt: null,
    progress: null,
    answer: null,
    failure: null,
  }
  return { job, controller: new AbortController(), listeners: new Set() }
}

async function drive(one: Held, lane: Lane, input: unknown, clock: Clock): Promise<void> {
  const { operation: name, user } = one.job
  try {
    const answer = await lane.run(
      { name, input, user },
      {
        signal: one.controller.signal,
        started: () => change(one, { state: 'running', startedAt: clock() }),
        progress: progress => change(one, { progress }),
      },
    )
    change(one, { state: 'done', endedAt: clock(), answer })
  } catch (cause) {
    const failure = cause instanceof Error ? cause : new Error(String(cause))
    if (one.controller.signal.aborted) change(one, stopped(one.job, clock()))
    else change(one, { state: 'failed', endedAt: clock(), failure })
  }
}

function stopped(job: Job, endedAt: number): Partial<Job> {
  return { state: 'cancelled', endedAt, failure: cancelled(job.operation) }
}

function change(one: Held, to: Partial<Job>): void {
  if (hasEnded(one.job)) return
  one.job = { ...one.job, ...to }
  for (const listen of one.listeners) listen(one.job)
}

function waitFor(one: Held, milliseconds: number): Promise<Job> {
  if (hasEnded(one.job)) return Promise.resolve(one.job)
  return new Promise(resolve => {
    const finish = () => {
      clearTimeout(timer)
      one.listeners.delete(listen)
      resolve(one.job)
    }
    const listen = (job: Job) => {
      if (hasEnded(job)) finish()
    }
    const timer = setTimeout(finish, milliseconds)
    one.listeners.add(listen)
  })
}

function full(): Failure {
  return new Failure('Job.QueueFull', 'limit', `${OPEN_MAX} jobs are waiting or running already.`, {
    hint: 'Wait for one to end, or cancel one.',
    facts: { limit: OPEN_MAX },
  })
}

function unknown(id: string): Failure {
  const said = id.slice(0, 40)
  return new Failure('Job.Unknown', 'missing', `There is no job "${said}".`, {
    hint: `The last ${ENDED_MAX} that ended are remembered until the server stops.`,
    facts: { id: said },
  })
}
