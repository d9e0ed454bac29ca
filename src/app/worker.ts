import { Worker } from 'node:worker_threads'
import { Bug } from '../std/assert.ts'
import { type Fact, Failure, type Kind } from '../std/failure.ts'
import type { Progress } from './operation.ts'

/**
 * A thread in which operations run one after another, so that a face (a server, a terminal that listens for Ctrl-C)
 * never waits on the database. When the thread dies, the task that it ran fails and the next task gets a new thread.
 */
export type Lane = {
  /** Runs one operation after those asked before it; the answer comes as JSON text. */
  run(task: Task, watch: Watch): Promise<string>
  close(): Promise<void>
}

export type Task = {
  readonly name: string
  readonly input: unknown
  readonly user: string
  /** The working directory of who typed it; a server gives none. */
  readonly here?: string
}

export type Watch = {
  readonly signal: AbortSignal
  readonly started?: () => void
  readonly progress?: (progress: Progress) => void
}

export type Place = {
  readonly directory: string
  /** Module that exports `table`; tests bring their own. */
  readonly table?: string
}

/** What a thread is given: `flag[0]` is the task that was last cancelled, seen even while nothing awaits. */
export type Seat = Place & { readonly flag: Int32Array }

/** What goes to the thread. */
export type Order = Task & { readonly id: number }

/** What comes back. */
export type Notice =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: Progress }
  | { readonly id: number; readonly kind: 'done'; readonly json: string }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: FailureJson }
  | { readonly id: number; readonly kind: 'bug'; readonly message: string; readonly stack: string }

export type FailureJson = {
  name: string
  kind: Kind
  message: string
  hint: string | null
  facts: Readonly<Record<string, Fact>>
}

export function openLane(place: Place): Lane {
  let thread: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  let id = 0
  const seat: Seat = { ...place, flag: new Int32Array(new SharedArrayBuffer(4)) }
  const current = (): Worker => {
    if (thread !== null) return thread
    const fresh = new Worker(ENTRY, { workerData: seat, name: 'athar' })
    fresh.unref()
    const forget = () => {
      if (thread === fresh) thread = null
    }
    fresh.once('error', forget).once('exit', forget)
    thread = fresh
    return fresh
  }
  return {
    run(task, watch) {
      const order = { ...task, id: ++id }
      const result = last.then(() => carry(current, seat.flag, order, watch))
      last = result.catch(() => {})
      return result
    },
    async close() {
      await thread?.terminate()
    },
  }
}

/** The thread's module under the name that it has here: `.ts` in the repository, `.js` where it is installed. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url)

function carry(current: () => Worker, flag: Int32Array, order: Order, watch: Watch): Promise<string> {
  if (watch.signal.aborted) return Promise.reject(cancelled(order.name))
  const thread = current()
  return new Promise((resolve, reject) => {
    const cancel = () => {
      Atomics.store(flag, 0, order.id)
      thread.postMessage({ id: order.id, cancel: true })
    }
    const settle = (end: () => void) => {
      thread.off('message', hear).off('error', fail).off('exit', gone).unref()
      watch.signal.removeEventListener('abort', cancel)
      end()
    }
    const hear = (notice: Notice) => {
      if (notice.id !== order.id) return
      if (notice.kind === 'progress') watch.progress?.(notice.progress)
      else if (notice.kind === 'done') settle(() => resolve(notice.json))
      else settle(() => reject(revive(notice)))
    }
    const fail = (cause: Error) => settle(() => reject(crashed(order.name, cause)))
    const gone = (code: number) => settle(() => reject(crashed(order.name, new Error(`the thread ended with ${code}`))))
    thread.ref()
    thread.on('message', hear).on('error', fail).on('exit', gone)
    watch.signal.addEventListener('abort', cancel)
    watch.started?.()
    thread.postMessage(order)
  })
}

function revive(notice: Extract<Notice, { kind: 'failed' | 'bug' }>): Error {
  if (notice.kind === 'failed') {
    const { name, kind, message, hint, facts } = notice.failure
    return new Failure(name, kind, message, { ...(hint === null ? {} : { hint }), facts })
  }
  const bug = new Bug(notice.message)
  bug.stack = notice.stack
  return bug
}

export function cancelled(name: string): Failure {
  return new Failure('Job.Cancelled', 'cancelled', `${name} was stopped.`, {
    hint: 'What was committed before stays. The same command goes on where it ended.',
    facts: { operation: name },
  })
}

function crashed(name: string, cause: Error): Failure {
  if ((cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new Failure('Job.OutOfMemory', 'limit', `${name} needed more memory than it may use.`, {
      hint: 'Split the input, narrow the question, or give Node more (NODE_OPTIONS=--max-old-space-size=8000).',
      facts: { operation: name },
      cause,
    })
  }
  return new Failure('Job.Crashed', 'corrupt', `${name} ended without an answer: ${cause.message}.`, {
    hint: 'What was committed before stays. Run it again; if it ends so again, report it (SECURITY.md).',
    facts: { operation: name },
    cause,
  })
}
