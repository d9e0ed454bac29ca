import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import {
  addDelivery,
  addReceiverEvent,
  countUndelivered,
  type Due,
  findFailing,
  lastDelivery,
  listReceiverEvents,
  listUndelivered,
} from './table.ts'

export type { Due } from './table.ts'

/** Who is told of alerts. Secrets are named by the file that holds them, never kept here. */
export type Receiver = {
  readonly name: string
  readonly kind: 'webhook' | 'mail' | 'file'
  /** Address of the webhook, mail address, path of the JSON lines file. */
  readonly target: string
  /** Path of a file: the key of the webhook's signature, or user:password of the mail server. */
  readonly secret: string | null
  /** Of mail: smtp://host:port or smtps://host:port. */
  readonly server: string | null
  readonly addedAt: number
  /** Since when nothing is handed to it; null: it is served. What comes meanwhile stays due. */
  readonly pausedAt: number | null
}

/** How it goes with a receiver. */
export type Health = {
  /** What it has not had yet: alerts, and what happened to them. */
  readonly waiting: number
  /** When it last took something; null: never yet. */
  readonly deliveredAt: number | null
  /** Null: the last try did not fail. */
  readonly failing: { readonly since: number; readonly why: string; readonly nextAt: number } | null
}

export type NewReceiver = Omit<Receiver, 'addedAt' | 'pausedAt'>

/** Failures: Receiver.Exists. */
export function addReceiver(store: Store, receiver: NewReceiver, at: number, by: string): Receiver {
  if (receivers(store).some(one => one.name === receiver.name)) {
    throw new Failure('Receiver.Exists', 'conflict', `There is a receiver “${receiver.name.slice(0, 80)}” already.`, {
      hint: 'Choose another name, or remove that one first: athar receiver remove.',
      facts: { receiver: receiver.name.slice(0, 80) },
    })
  }
  const { name, ...content } = receiver
  addReceiverEvent(store, name, 'added', { content, at, by })
  return { ...receiver, addedAt: at, pausedAt: null }
}

/** Failures: Receiver.Unknown. */
export function removeReceiver(store: Store, name: string, at: number, by: string): void {
  findReceiver(store, name)
  addReceiverEvent(store, name, 'removed', { content: {}, at, by })
}

/**
 * Hands it nothing from now on, or goes on with what it has not had. The record has it added once more, in its new
 * state. Failures: Receiver.Unknown.
 */
export function pauseReceiver(store: Store, name: string, isPaused: boolean, at: number, by: string): Receiver {
  const held = findReceiver(store, name)
  if ((held.pausedAt !== null) === isPaused) return held
  const { name: _, ...content } = { ...held, pausedAt: isPaused ? at : null }
  addReceiverEvent(store, name, 'added', { content, at, by })
  return { name, ...content }
}

/** Failures: Receiver.Unknown. */
export function findReceiver(store: Store, name: string): Receiver {
  const found = receivers(store).find(one => one.name === name)
  if (found !== undefined) return found
  throw new Failure('Receiver.Unknown', 'missing', `There is no receiver “${name.slice(0, 80)}”.`, {
    hint: 'athar receiver list shows them.',
    facts: { receiver: name.slice(0, 80) },
  })
}

export function receivers(store: Store): Receiver[] {
  const standing = new Map<string, Receiver>()
  for (const { name, kind, content, at } of listReceiverEvents(store)) {
    if (kind === 'removed') standing.delete(name)
    else standing.set(name, { name, addedAt: at, pausedAt: null, ...(content as Omit<NewReceiver, 'name'>) })
  }
  return [...standing.values()]
}

/** Seconds between two tries: doubling from 30 s up to six hours, for ever. Nothing is given up while it stands. */
const FIRST_WAIT = 30
const LONGEST_WAIT = 6 * 3600

/** When it is to be tried: at once where it never was. */
export function dueAt({ attempts, lastAt }: Pick<Due, 'attempts' | 'lastAt'>): number {
  return attempts === 0 ? 0 : lastAt + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1))
}

export function healthOf(store: Store, { name, addedAt }: Receiver): Health {
  const failing = findFailing(store, name, addedAt)
  return {
    waiting: countUndelivered(store, name, addedAt),
    deliveredAt: lastDelivery(store, name, addedAt),
    failing: failing === undefined ? null : { since: failing.since, why: failing.why, nextAt: dueAt(failing) },
  }
}

/** What a receiver has not had of what has a number above these, by number: alerts, then what happened to them. */
export function undelivered(
  store: Store,
  receiver: Receiver,
  after: { readonly alert: number; readonly event: number },
  limit: number,
): Due[] {
  return listUndelivered(store, receiver.name, receiver.addedAt, after, limit)
}

export function keepDelivery(
  store: Store,
  receiver: Receiver,
  one: Pick<Due, 'alert' | 'event'>,
  outcome: { readonly done: boolean; readonly note: string },
  at: number,
): void {
  addDelivery(store, receiver.name, one, outcome.done ? 'done' : 'failed', outcome.note, at)
}
