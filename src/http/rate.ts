import { elapsedMilliseconds } from '../std/clock.ts'

/** A token bucket: `burst` at once, refilled by `perSecond`. Says whether one more may pass. */
export function createBucket(
  limit: { readonly perSecond: number; readonly burst: number },
  milliseconds = elapsedMilliseconds,
): () => boolean {
  let level = limit.burst
  let last = milliseconds()
  return () => {
    const now = milliseconds()
    level = Math.min(limit.burst, level + ((now - last) / 1000) * limit.perSecond)
    last = now
    if (level < 1) return false
    level -= 1
    return true
  }
}
