import { writeSync } from 'node:fs'
import type { Terminal as Shape } from '../app/operation.ts'

/** Where results and notes go. The only place that knows of stdout and stderr. */
export type Terminal = Shape & {
  /** Results: stdout. */
  out(text: string): void
  /** Results that are UTF-8 already: stdout. */
  bytes(piece: Uint8Array): void
  /** Progress and notes: stderr. */
  note(text: string): void
  /** Whether a person watches stderr, so that a line may be drawn over. */
  readonly live: boolean
}

/** The process's own terminal. `colorless` and `columns` come from the configuration. */
export function open(colorless: boolean, columns: number | null): Terminal {
  return {
    columns: columns ?? process.stdout.columns ?? 100,
    color: !colorless && process.stdout.isTTY === true,
    live: process.stderr.isTTY === true,
    out: text => write(1, Buffer.from(text)),
    bytes: piece => write(1, piece),
    note: text => write(2, Buffer.from(text)),
  }
}

/**
 * Written at once and whole, so that nothing is lost when the process ends, and a reader that has gone away (`| head`)
 * is known at the next write rather than after the work.
 */
function write(descriptor: 1 | 2, bytes: Uint8Array): void {
  let at = 0
  let pause = PAUSE_LEAST
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at)
      pause = PAUSE_LEAST
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      if (code === 'EAGAIN') {
        Atomics.wait(SLEEP, 0, 0, pause)
        pause = Math.min(2 * pause, PAUSE_MOST)
      } else if (code === 'EPIPE') throw new Gone()
      else throw cause
    }
  }
}

/** Milliseconds for the reader of a full pipe: one that does little empties 64 KiB in less than a tenth of one. */
const [PAUSE_LEAST, PAUSE_MOST] = [0.05, 2]

const SLEEP = new Int32Array(new SharedArrayBuffer(4))

/** The reader of our output has gone away: a quiet end, not a failure. */
export class Gone extends Error {}
