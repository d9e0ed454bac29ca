import { setTimeout as pause } from 'node:timers/promises'
import type { Setting } from '../src/app/perform.ts'
import { fixedClock } from '../src/std/clock.ts'

/**
 * How a test lets an operation run: as a tester, in March of 2030, with a next try that comes at once (how long is
 * waited in earnest is tested in src/source). What a test wants otherwise stands in `more`.
 */
export const asTester = (directory: string, more: Partial<Setting> = {}): Setting => ({
  ...{ directory, user: 'tester', clock: fixedClock(1_900_000_000), progress: () => {} },
  ...{ wait: () => pause(2), signal: new AbortController().signal, ...more },
})
