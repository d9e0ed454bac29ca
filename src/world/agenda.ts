import { DAY_SECONDS, fromDay } from '../model/instant.ts'
import type { Random } from '../std/random.ts'
import type { Bitcoin } from './bitcoin.ts'

/** What happens when. Actions run in order of time; those of one time in the order in which they were added. */
export type Agenda = {
  add(at: number, act: (at: number) => void): void
  /** Runs everything, and closes a block each half day. */
  run(bitcoin: Bitcoin): void
}

/** The chain starts here, so that the first coins are old enough to be spent when the story begins. */
export const CHAIN_START = fromDay(2024, 12, 1)
export const STORY_START = fromDay(2025, 1, 1)
export const STORY_END = fromDay(2025, 10, 1)

const BLOCK_SECONDS = DAY_SECONDS / 2
const WARM_BLOCK_SECONDS = DAY_SECONDS / 4

export function createAgenda(): Agenda {
  const actions: { at: number; order: number; act: (at: number) => void }[] = []
  return {
    add: (at, act) => {
      actions.push({ at, order: actions.length, act })
    },
    run(bitcoin) {
      for (let at = CHAIN_START; at < STORY_START - DAY_SECONDS; at += WARM_BLOCK_SECONDS) bitcoin.mine(at)
      actions.sort((a, b) => a.at - b.at || a.order - b.order)
      let next = STORY_START
      for (const { at, act } of actions) {
        for (; at >= next; next += BLOCK_SECONDS) bitcoin.mine(next)
        act(at)
      }
      bitcoin.mine(next)
    },
  }
}

/** A second within the day, by day rather than by night. */
export function timeIn(random: Random, day: number): number {
  return day + 6 * 3600 + random.below(16 * 3600)
}

export function daysBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / DAY_SECONDS) }, (_, i) => from + i * DAY_SECONDS)
}
