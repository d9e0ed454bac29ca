import { useSyncExternalStore } from 'react'
import { isolate } from '../../../src/std/isolate.ts'
import { inDigits } from '../word/digit.ts'
import { useWords } from '../word/words.ts'

const DAY = 86_400
const HOUR = 3600

/** The time of this machine in whole seconds, one clock for everything that counts down. */
export function useNow(): number {
  return useSyncExternalStore(tick, () => Math.floor(Date.now() / 1000))
}

function tick(change: () => void): () => void {
  const timer = setInterval(change, 1000)
  return () => clearInterval(timer)
}

/** How long until an instant, counting down; after it, how long it has passed. Said by itself only, never aloud. */
export function Until({ at, over = 'alert.overdueBy' }: { at: string; over?: 'alert.overdueBy' | 'still.passed' }) {
  const { t } = useWords()
  const left = Math.floor(Date.parse(at) / 1000) - useNow()
  const time = useCountdown(Math.abs(left))
  const urgent = left < HOUR
  return (
    <time dateTime={at} title={`${at.replace('T', ' ').replace('Z', '')} UTC`} role="timer">
      <span className={left < 0 ? 'chip late' : urgent ? 'chip warn' : 'chip'}>
        {left < 0 ? t(over, { time }) : t('alert.left', { time })}
      </span>
    </time>
  )
}

/** `3:07:05` below a day, else whole days. */
function useCountdown(seconds: number): string {
  const { count } = useWords()
  if (seconds >= 2 * DAY) return count('dayCount', Math.floor(seconds / DAY))
  const parts = [Math.floor(seconds / HOUR), Math.floor((seconds % HOUR) / 60), seconds % 60]
  const [hours, ...rest] = parts.map(String)
  return isolate(inDigits([hours, ...rest.map(part => part.padStart(2, '0'))].join(':')))
}

/** How long something lasted or lay, in the one unit that says most: days, hours or minutes. */
export function useLasting(): (seconds: number) => string {
  const { count } = useWords()
  return seconds => {
    if (seconds >= 2 * DAY) return count('dayCount', Math.round(seconds / DAY))
    if (seconds >= 2 * HOUR) return count('hourCount', Math.round(seconds / HOUR))
    return count('minuteCount', Math.round(seconds / 60))
  }
}
