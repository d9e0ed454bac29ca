import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../std/assert.ts'
import { elapsedMilliseconds, systemClock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import { openDoor } from './access.ts'
import type { Progress } from './operation.ts'
import { perform } from './perform.ts'
import { type Row, table } from './table.ts'
import { cancelled, type FailureJson, type Notice, type Order, type Seat } from './worker.ts'

/** Runs inside the thread of a lane: takes orders, performs them, tells how they went. */

assert(parentPort !== null, 'thread.ts is started as a worker')
const port = parentPort
const { flag, ...place } = workerData as Seat
const door = openDoor(place.directory)
const rows: readonly Row[] = place.table === undefined ? table : (await import(place.table)).table
const running = new Map<number, AbortController>()

port.on('message', (order: Order | { id: number; cancel: true }) => {
  if ('cancel' in order) running.get(order.id)?.abort()
  else void carryOut(order)
})

/** Progress is told at most this often. */
const PROGRESS_MILLISECONDS = 100

async function carryOut(order: Order): Promise<void> {
  const controller = new AbortController()
  const signal = watched(controller.signal, order.id)
  running.set(order.id, controller)
  const tell = (notice: Notice) => port.postMessage(notice)
  const progress = thinned(note => tell({ id: order.id, kind: 'progress', progress: note }))
  const { directory } = place
  const { here } = order
  const asker = { user: order.user, ...(here === undefined ? {} : { here }) }
  const setting = { directory, ...asker, clock: systemClock, progress, signal, door }
  try {
    const answer = await perform(order.name, order.input, setting, rows)
    tell({ id: order.id, kind: 'done', json: toText(answer) })
  } catch (cause) {
    tell(noticeOf(order, signal, cause))
  } finally {
    running.delete(order.id)
  }
}

/** The signal, answering also from shared memory: work that never awaits sees the cancellation too. */
function watched(signal: AbortSignal, id: number): AbortSignal {
  Object.defineProperty(signal, 'aborted', { get: () => Atomics.load(flag, 0) === id })
  Object.defineProperty(signal, 'throwIfAborted', {
    value: () => {
      if (signal.aborted) throw new DOMException('This operation was aborted', 'AbortError')
    },
  })
  return signal
}

function thinned(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = Number.NEGATIVE_INFINITY
  return progress => {
    const now = elapsedMilliseconds()
    if (now - last < PROGRESS_MILLISECONDS) return
    last = now
    tell(progress)
  }
}

function toText(answer: unknown): string {
  return JSON.stringify(answer ?? null, (_, value) => (typeof value === 'bigint' ? value.toString() : value))
}

function noticeOf(order: Order, signal: AbortSignal, cause: unknown): Notice {
  if (cause instanceof Failure) return { id: order.id, kind: 'failed', failure: cause.toJSON() as FailureJson }
  if (signal.aborted) return { id: order.id, kind: 'failed', failure: cancelled(order.name).toJSON() as FailureJson }
  const error = cause instanceof Error ? cause : new Error(String(cause))
  return { id: order.id, kind: 'bug', message: error.message, stack: error.stack ?? error.message }
}
