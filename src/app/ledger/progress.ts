import { statSync } from 'node:fs'
import { elapsedMilliseconds } from '../../std/clock.ts'
import type { Progress } from '../operation.ts'

/** Tells how far a reading of block files has come: bytes of how many, blocks, transactions, speed, time left. */
export type Gauge = {
  /** `bytes` of the file that is being read are done; so many blocks and transactions were taken in all. */
  at(bytes: number, blocks: number, transactions: number): void
  /** The file is done; the next begins. */
  next(path: string): void
}

export function createGauge(paths: readonly string[], progress: (note: Progress) => void): Gauge {
  const total = paths.reduce((sum, path) => sum + sizeOf(path), 0)
  const begun = elapsedMilliseconds()
  let before = 0
  return {
    at(bytes, blocks, transactions) {
      const done = Math.min(total, before + bytes)
      const seconds = (elapsedMilliseconds() - begun) / 1000
      progress({ done, total, unit: 'bytes', note: describe({ done, total, seconds, blocks, transactions }) })
    },
    next(path) {
      before += sizeOf(path)
    },
  }
}

type Reached = { done: number; total: number; seconds: number; blocks: number; transactions: number }

/** `226 blocks, 450,000 transactions, 71.2 MB/s, 3 s left`. MB are 10^6 bytes. */
export function describe({ done, total, seconds, blocks, transactions }: Reached): string {
  // `toLocaleString` costs 0.1 ms a call, and this is said once a block.
  const count = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
  const read = `${count(blocks)} blocks, ${count(transactions)} transactions`
  // In the first moments the speed is that of the start, not of the work.
  if (seconds < 0.5 || done === 0) return read
  const left = ((total - done) * seconds) / done
  return `${read}, ${(done / 1e6 / seconds).toFixed(1)} MB/s, ${inWords(left)} left`
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}

/** 0 for what cannot be looked at: reading it will say why. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
