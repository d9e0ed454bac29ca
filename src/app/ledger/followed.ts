import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'

/**
 * How the following of a network goes, for whoever has the night shift: a small file beside the database, written in
 * each round, that anybody may read while the follower works. It is no ground: nothing rests on it.
 */
export type Note = {
  readonly network: Network.NetworkId
  readonly provider: string
  /** Of the process that follows. */
  readonly pid: number
  readonly every: number
  readonly startedAt: number
  /** When the source last answered; null: never. */
  readonly lookedAt: number | null
  readonly height: number | null
  /** Blocks between what is read and the source's tip. */
  readonly lag: number | null
  /** Since when the source has not answered, and what was said of it; null: it answers. */
  readonly waitingSince: number | null
  readonly error: string | null
  /** What waits to be mined could not be looked at: why; null: it could, or nobody looks. */
  readonly poolError: string | null
  readonly endedAt: number | null
}

/** A note as answers show it. */
export type FollowStatus = {
  readonly network: Network.NetworkId
  readonly provider: string
  /** starting: in its first round · killed: its process is gone, and has not said good-bye. */
  readonly state: 'starting' | 'following' | 'waiting' | 'stopped' | 'killed'
  readonly lookedAt: string | null
  /** Seconds since then. */
  readonly ageSeconds: number | null
  readonly height: number | null
  readonly lag: number | null
  readonly waitingSince: string | null
  readonly waitingSeconds: number
  readonly error: string | null
  readonly poolError: string | null
}

const FOLDER = 'follow'

/** Written whole or not at all. */
export function keepNote(directory: string, note: Note): void {
  const folder = join(directory, FOLDER)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${note.network}.json`)
  writeFileSync(`${path}-${note.pid}`, JSON.stringify(note), { mode: 0o600 })
  renameSync(`${path}-${note.pid}`, path)
}

/** Every network that was ever followed from here, with how that goes now. */
export function listFollowed(directory: string, now: number): FollowStatus[] {
  return Network.all.flatMap(({ id }) => {
    const note = readNote(directory, id)
    return note === undefined ? [] : [statusOf(note, now)]
  })
}

function readNote(directory: string, network: Network.NetworkId): Note | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, FOLDER, `${network}.json`), 'utf8')) as Note
  } catch {
    // Never followed, or a note that somebody has spoilt: the next round writes another.
    return undefined
  }
}

function statusOf(note: Note, now: number): FollowStatus {
  const { network, provider, lookedAt, height, lag, waitingSince, error, poolError, endedAt, pid } = note
  const going = lookedAt === null ? 'starting' : 'following'
  const here = waitingSince === null ? going : 'waiting'
  const state = endedAt !== null ? 'stopped' : isAlive(pid) ? here : 'killed'
  return {
    ...{ network, provider, state, height, lag, error, poolError },
    lookedAt: lookedAt === null ? null : Instant.format(lookedAt),
    ageSeconds: lookedAt === null ? null : Math.max(0, now - lookedAt),
    waitingSince: waitingSince === null ? null : Instant.format(waitingSince),
    waitingSeconds: waitingSince === null ? 0 : Math.max(0, now - waitingSince),
  }
}

/** A process of somebody else cannot be signalled, and lives. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
