import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Failure } from '../../std/failure.ts'

/** Below so many bytes of blocks a thread takes longer to begin than it saves. Measured, with room to spare. */
const WORTH_BYTES = 16 * 2 ** 20
/** Beyond so many the thread that files the blocks is the one that all wait for. */
const AUTOMATIC_MAX = 3
const THREADS_MAX = 64

/**
 * Threads that check blocks beside the one that files them: as asked for; else one for each other processor, where
 * the files are worth it. 0: none.
 *
 * Failures: Ledger.BadWorkers.
 */
export function threadsFor({
  files,
  workers,
}: {
  readonly files: readonly string[]
  readonly workers?: number
}): number {
  if (workers === undefined) {
    const bytes = files.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0)
    return bytes < WORTH_BYTES ? 0 : Math.min(AUTOMATIC_MAX, availableParallelism() - 1)
  }
  if (Number.isInteger(workers) && workers >= 0 && workers <= THREADS_MAX) return workers
  throw new Failure('Ledger.BadWorkers', 'usage', `--workers ${workers} is no number of threads.`, {
    hint: `Give a whole number from 0 (none) to ${THREADS_MAX}.`,
    facts: { workers, threadsMax: THREADS_MAX },
  })
}
