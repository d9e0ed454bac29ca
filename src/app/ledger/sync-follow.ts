import { carryColumns } from '../../ledger/ledger.ts'
import type { Pool } from '../../source/pool.ts'
import { elapsedMilliseconds } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import { type Courier, handAll } from '../monitor/deliver.ts'
import type { PoolNews } from '../monitor/pending.ts'
import { openWarm, type Warm } from '../monitor/warm.ts'
import type { Context } from '../operation.ts'
import { keepNote, type Note } from './followed.ts'
import { poolEvents } from './pool.ts'
import type { Round, Step } from './sync-round.ts'

/** All rounds together. */
export type Followed = Step & {
  /** Alerts raised, changed or withdrawn. */
  readonly alerts: number
  /** Looks at what waits to be mined; null: nobody looked. */
  readonly pool: Looked | null
  readonly rounds: number
}

export type Looked = { readonly looks: number; readonly failed: number; readonly why: string | null }

export type Following = {
  readonly network: Step['network']
  readonly provider: string
  readonly round: Round
  /** What waits at the node, where it offers that. */
  readonly pool: Pool | null
  /** Who carries alerts; null: nothing is held against the watches. */
  readonly courier: Courier | null
  /** Seconds from one look to the next; null: one round, no more. */
  readonly every: number | null
  /** Whether the node has called since it was last asked: then nobody waits. */
  readonly isWoken: () => boolean
}

/** Catches up, and goes on with each new block until it is stopped. */
export async function follow(following: Following, context: Context): Promise<Followed> {
  const { courier, every } = following
  const log = every === null ? null : openLog(following.network, following.provider, every, context)
  const place: Place = { ...following, warm: courier === null ? null : openWarm(following.network), looked: null }
  let all: Followed | undefined
  for (;;) {
    const begun = elapsedMilliseconds()
    const one = await onceMore(place, context).catch(cause => {
      log?.failed(cause as Error, context.clock())
      return passing(cause, all, context)
    })
    if (one !== null) log?.looked(one, context.clock())
    if (one !== null) all = all === undefined ? one : together(all, one)
    if (every === null || context.signal.aborted) break
    courier?.tend(context)
    const before = context.store
    context.release?.()
    if (one !== null) context.progress({ done: all!.blocks, total: null, unit: 'blocks', note: noteOf(all!) })
    const took = elapsedMilliseconds() - begun
    await pause(every * 1000 - took, context.signal, following.isWoken)
    // Who is behind looks again at once, and nothing would leave in between: what is found goes first.
    if (courier !== null && took > every * 1000) await Promise.race([courier.idle(), pause(took, context.signal)])
    // Following ends when it is told to: that is no failure.
    if (context.signal.aborted) break
    carryColumns(before, context.store)
  }
  log?.ended(context.clock())
  if (courier !== null) await handAll(courier, context)
  return all!
}

/** Keeps the note of how it goes. */
function openLog(network: Step['network'], provider: string, every: number, { store, clock }: Context) {
  const { directory } = store
  const startedAt = clock()
  let note: Note = {
    ...{ network, provider, pid: process.pid, every, startedAt, lookedAt: null, height: null, lag: null },
    ...{ waitingSince: null, error: null, poolError: null, endedAt: null },
  }
  const keep = (more: Partial<Note>): void => {
    note = { ...note, ...more }
    keepNote(directory, note)
  }
  let failed = 0
  keep({})
  return {
    looked({ tip, lag, pool }: Followed, at: number): void {
      const failing = pool === null || pool.failed === failed ? null : pool.why
      failed = pool?.failed ?? 0
      keep({ lookedAt: at, height: tip.height, lag, waitingSince: null, error: null, poolError: failing })
    },
    failed(cause: Error, at: number): void {
      keep({ waitingSince: note.waitingSince ?? at, error: cause.message.slice(0, 300) })
    },
    ended: (at: number): void => keep({ endedAt: at }),
  }
}

type Place = Following & { readonly warm: Warm | null; looked: Looked | null }

/** One round: what waits is looked at first, so that what has left it by then is in the blocks read after, or gone. */
async function onceMore(place: Place, context: Context): Promise<Followed> {
  const { warm, round } = place
  warm?.begin(context)
  const news = await lookAt(place)
  const step = await round(context, transfers => warm?.came(context, transfers))
  const alerts = warm?.end(context, step, step.lag === 0 ? news : null) ?? 0
  return { ...step, alerts, pool: place.looked, rounds: 1 }
}

/** A node that does not tell what waits is followed all the same; that it does not is told. */
async function lookAt(place: Place): Promise<PoolNews | null> {
  const { pool, warm, network } = place
  const isWatched = warm?.isWatched() ?? null
  if (pool === null || isWatched === null) return null
  const { looks, failed, why } = place.looked ?? { looks: 0, failed: 0, why: null }
  try {
    const events = await poolEvents(pool, network, isWatched)
    const gone = await pool.gone(warm!.waiting())
    place.looked = { looks: looks + 1, failed, why }
    return { events, gone }
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.kind === 'cancelled') throw cause
    place.looked = { looks, failed: failed + 1, why: cause.message }
    return null
  }
}

/** While following, a source that is away for a while is waited for; what it fails at first is told. */
function passing(cause: unknown, all: Followed | undefined, { progress }: Context): null {
  const away = cause instanceof Failure && (AWAY.has(cause.kind) || AWAY.has(cause.name))
  if (!away || all === undefined) throw cause
  progress({ done: all.blocks, total: null, unit: 'blocks', note: `waiting: ${cause.message}` })
  return null
}

/** A node that restarts takes its cookie away, and comes back with another. */
const AWAY: ReadonlySet<string> = new Set(['unreachable', 'cancelled', 'Source.NoCookie', 'Source.Denied'])

function noteOf({ tip, lag, pool }: Followed): string {
  const note = `following: ${tip.height.toLocaleString('en-GB')} at the source, ${lag} behind`
  return pool === null || pool.failed === 0 ? note : `${note}; what waits was not told: ${pool.why}`
}

/** Of a long following the last so many are told again in its answer; the ledger has all of them. */
const TOLD_MAX = 1000

function together(all: Followed, one: Followed): Followed {
  const mended = all.mended ?? one.mended
  return {
    ...one,
    asked: all.asked === null ? one.asked : { from: all.asked.from, to: one.asked?.to ?? all.asked.to },
    blocks: all.blocks + one.blocks,
    transactions: all.transactions + one.transactions,
    transfers: one.transfers === null ? null : (all.transfers ?? 0) + one.transfers,
    issuer: [...all.issuer, ...one.issuer].slice(-TOLD_MAX),
    freezes: one.freezes === null ? null : addUp(all.freezes ?? NO_FREEZES, one.freezes),
    reorganised: one.reorganised ?? all.reorganised,
    rejected: [...all.rejected, ...one.rejected].slice(-TOLD_MAX),
    alerts: all.alerts + one.alerts,
    rounds: all.rounds + 1,
    ...(mended === undefined ? {} : { mended }),
  }
}

type Freezes = NonNullable<Step['freezes']>

const NO_FREEZES: Freezes = { registered: 0, withdrawn: 0 }

function addUp(a: Freezes, b: Freezes): Freezes {
  return { registered: a.registered + b.registered, withdrawn: a.withdrawn + b.withdrawn }
}

const SLICE_MILLISECONDS = 200
/** A node may ring with each payment: it is asked no oftener than this. */
const LEAST_MILLISECONDS = 1000

async function pause(milliseconds: number, signal: AbortSignal, isWoken = (): boolean => false): Promise<void> {
  // In slices: a thread is told to stop through shared memory, which raises no event while it waits.
  // At least one: others may want to write between two rounds.
  for (let waited = 0; waited < Math.max(1, milliseconds) && !signal.aborted; waited += SLICE_MILLISECONDS) {
    if (waited >= LEAST_MILLISECONDS && isWoken()) return
    await new Promise(resolve => setTimeout(resolve, Math.max(50, Math.min(SLICE_MILLISECONDS, milliseconds - waited))))
  }
}
