import type { NetworkId } from '../model/network.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { addWatchEvent, lastWatchEvent, listWatchEvents, type Row } from './table.ts'

/** What somebody wants to be told about. */
export type Watch = {
  readonly name: string
  readonly kind: 'address' | 'cluster' | 'campaign' | 'entity' | 'folder'
  /** The address, or of a cluster one of its addresses; the campaign's or entity's name; the folder's path. */
  readonly target: string
  /** Of an address or cluster; null for the others. */
  readonly network: NetworkId | null
  /** Ids of the rules that look at it; empty: all that are active. */
  readonly rules: readonly string[]
  /** The customer's own reference, or null. */
  readonly reference: string | null
  /** Hours after an alert within which somebody must have looked, or null. */
  readonly deadlineHours: number | null
  readonly addedAt: number
  readonly addedBy: string
}

export type NewWatch = Omit<Watch, 'addedAt' | 'addedBy'>

/** Failures: Watch.Exists. */
export function addWatch(store: Store, watch: NewWatch, at: number, by: string): Watch {
  if (isStanding(store, watch.name)) throw exists(watch.name)
  const { name, ...content } = watch
  addWatchEvent(store, name, 'added', { content, at, by })
  return { ...watch, addedAt: at, addedBy: by }
}

/** Failures: Watch.Unknown. */
export function removeWatch(store: Store, name: string, reason: string, at: number, by: string): void {
  if (!isStanding(store, name)) throw unknown(store, name)
  addWatchEvent(store, name, 'removed', { content: { reason }, at, by })
}

/**
 * Takes the ending of a watch back: it stands as before, since when it did, so nothing is told twice.
 *
 * Failures: Watch.Exists, Watch.Unknown.
 */
export function restoreWatch(store: Store, name: string, at: number, by: string): Watch {
  if (isStanding(store, name)) throw exists(name)
  const last = listWatchEvents(store).findLast(one => one.name === name && one.kind === 'added')
  if (last === undefined) throw unknown(store, name)
  const { name: _, ...content } = watchOf(last)
  addWatchEvent(store, name, 'added', { content, at, by })
  return { name, ...content }
}

function isStanding(store: Store, name: string): boolean {
  return lastWatchEvent(store, name) === 'added'
}

/** Those that stand, in the order in which they were added. */
export function watches(store: Store): Watch[] {
  const standing = new Map<string, Watch>()
  for (const event of listWatchEvents(store)) {
    if (event.kind === 'removed') standing.delete(event.name)
    else standing.set(event.name, watchOf(event))
  }
  return [...standing.values()]
}

/** One that was restored says itself since when it stands. */
function watchOf({ name, content, at, by }: Row): Watch {
  return { name, addedAt: at, addedBy: by, ...(content as Omit<NewWatch, 'name'>) }
}

function exists(name: string): Failure {
  return new Failure('Watch.Exists', 'conflict', `There is a watch “${name.slice(0, 80)}” already.`, {
    hint: 'Choose another --name, or remove that one first: athar watch remove.',
    facts: { watch: name.slice(0, 80) },
  })
}

function unknown(store: Store, name: string): Failure {
  const names = watches(store).map(one => one.name)
  return new Failure('Watch.Unknown', 'missing', `There is no watch “${name.slice(0, 80)}”.`, {
    hint: names.length === 0 ? 'athar watch add makes one.' : `There are: ${names.slice(0, 10).join(', ')}.`,
    facts: { watch: name.slice(0, 80) },
  })
}
