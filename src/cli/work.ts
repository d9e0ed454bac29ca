import type { Config } from '../app/config.ts'
import type { Operation } from '../app/operation.ts'
import { perform, performDocument, performRows, type Setting } from '../app/perform.ts'
import { openLane } from '../app/worker.ts'
import { systemClock } from '../std/clock.ts'
import { STOPPED } from './exit.ts'
import type { Meter } from './progress.ts'

export type Work = {
  readonly operation: Operation
  readonly input: Record<string, unknown>
  readonly config: Config
  readonly meter: Meter
}

/**
 * Does the work and gives the answer.
 *
 * Reading runs here: Ctrl-C ends the process, nothing is lost. Work that writes runs in a thread, so that the first
 * Ctrl-C lets it stop at a commit point; a second one ends the process at once (what was committed stays).
 */
export async function carryOut(work: Work): Promise<unknown> {
  const { operation, input, config } = work
  if (operation.access === 'read') return perform(operation.name, input, settingOf(work), [rowOf(operation)])
  const lane = openLane({ directory: config.directory })
  const stop = onInterrupt()
  try {
    const task = { name: operation.name, input, user: config.user, here: process.cwd() }
    return JSON.parse(await lane.run(task, { signal: stop.signal, progress: work.meter.show }))
  } finally {
    stop.forget()
    await lane.close()
  }
}

/** The same for an operation that streams: hands each row over as soon as it is found. */
export async function carryOutRows(work: Work, each: (row: unknown) => void): Promise<void> {
  await performRows(work.operation, work.input, settingOf(work), each)
}

/** The same for one that gives its answer as text, piece by piece; gives the verdict. */
export async function carryOutDocument(work: Work, each: (piece: string) => void): Promise<'ok' | 'no'> {
  return performDocument(work.operation, work.input, settingOf(work), each)
}

function settingOf({ config, meter }: Work): Setting {
  const { directory, user, named } = config
  return {
    directory,
    user,
    mustExist: named,
    here: process.cwd(),
    clock: systemClock,
    progress: meter.show,
    signal: new AbortController().signal,
  }
}

function rowOf(operation: Operation) {
  const { name, summary, access } = operation
  return { name, summary, access, load: async () => operation }
}

function onInterrupt(): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(STOPPED)
    controller.abort()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return { signal: controller.signal, forget: () => process.off('SIGINT', stop).off('SIGTERM', stop) }
}
