import type { Progress } from '../app/operation.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import type { Terminal } from './terminal.ts'

/** Progress of long work on stderr. */
export type Meter = { show(progress: Progress): void; clear(): void }

/** A line drawn over on a live terminal, at most ten times a second. */
const LIVE_MILLISECONDS = 100

/** Whole lines for a log: the first after this time, so that short work stays silent. */
const LOG_MILLISECONDS = 5000

export function createMeter(terminal: Terminal): Meter {
  const pause = terminal.live ? LIVE_MILLISECONDS : LOG_MILLISECONDS
  let last = terminal.live ? Number.NEGATIVE_INFINITY : elapsedMilliseconds()
  let drawn = false
  return {
    show(progress) {
      const now = elapsedMilliseconds()
      if (progress.last === true) {
        terminal.note(`${drawn ? '\r\u001b[2K' : ''}${format(progress)}\n`)
        drawn = false
        return
      }
      if (now - last < pause) return
      last = now
      const line = format(progress).slice(0, terminal.columns - 1)
      terminal.note(terminal.live ? `\r\u001b[2K${line}` : `${line}\n`)
      drawn = terminal.live
    },
    clear() {
      if (drawn) terminal.note('\r\u001b[2K')
      drawn = false
    },
  }
}

/** `12,000 of 48,000 blocks (25%) blk00000.dat`. */
export function format({ done, total, unit, note }: Progress): string {
  const count = (n: number) => n.toLocaleString('en-GB')
  const share = total === null || total === 0 ? '' : ` of ${count(total)}`
  const percent = total === null || total === 0 ? '' : ` (${Math.floor((100 * done) / total)}%)`
  return `${count(done)}${share} ${unit}${percent}${note === undefined ? '' : ` ${note}`}`
}

/** Shows nothing: `--quiet`. */
export const silent: Meter = { show: () => {}, clear: () => {} }
