import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { TOOL } from './capture-tool.ts'
import * as Custody from './custody.ts'
import { readBytes } from './read/entry.ts'
import { bytesOf, resolve } from './row.ts'
import * as Table from './table.ts'

/** Erasing captures by law, and holding them against it (docs/methods/capture.md, docs/decisions/0020). */
export type Order = { readonly authority: string; readonly reason: string; readonly by: string }

export type Erasure = {
  /** The capture, its members, and the archives that hold its bytes. */
  readonly erased: readonly Table.Tombstone[]
  /** Claims that lost the words that they quoted from it. */
  readonly claims: number
  /** The database's log was emptied; false where a reader still holds it: close it and run the command again. */
  readonly logEmptied: boolean
  /** Copies of the keys that are not where they were written: whoever has them must destroy them. */
  readonly copiesNotReached: readonly string[]
}

/**
 * Destroys the key of a capture, of the members that came only from it, and of every archive that holds its bytes.
 * What stays: a tombstone with a commitment whose salt went with the key, the custody log, names and addresses of
 * files. Doing it again finishes what an interruption left.
 *
 * Failures: Capture.Unknown, Capture.Held, Capture.NoAuthority.
 */
export function erase(store: Store, sha256: string, order: Order, clock: Clock): Erasure {
  demandReason(order)
  const named = resolve(store, sha256).sha256
  const all = reachOf(store, named)
  for (const one of all) {
    const hold = standingHold(store, one)
    if (hold !== null) throw held(one, hold)
  }
  const living = all.filter(one => Table.findTombstone(store, one) === undefined)
  const texts = living.flatMap(one => textsOf(store, one))
  const isFrom = (words: string) => words.length >= WORDS_LEAST && texts.some(text => text.includes(words))
  const at = clock()
  const erased = living.map(one => tombstoneOf(store, one, named, order, at))
  Table.overwriteDeleted(store)
  const claims = store.transaction(() => {
    for (const { sha256, authority, reason, because, commitment } of erased) {
      const detail = JSON.stringify({ authority, reason, because, commitment })
      note(store, { sha256, action: 'erased', at, by: order.by, tool: TOOL, detail })
    }
    return Table.bury(store, erased, isFrom)
  })
  const copiesNotReached = destroy(store, erased)
  return { erased, claims, logEmptied: Table.scrubDatabase(store), copiesNotReached }
}

/** Words shorter than this are everybody's. Ours. */
const WORDS_LEAST = 12

export type Hold = Table.HoldRow

/** Lays a hold, or lifts it: while one stands, nothing that holds these bytes is erased. Failure: Capture.NoHold. */
export function hold(store: Store, sha256: string, action: 'hold' | 'release', order: Order, clock: Clock): Hold {
  demandReason(order)
  const named = resolve(store, sha256).sha256
  if (action === 'release' && standingHold(store, named) === null) throw noHold(named)
  const row: Hold = { sha256: named, action, ...order, at: clock() }
  store.transaction(() => {
    Table.insertHold(store, row)
    const detail = JSON.stringify({ authority: order.authority, reason: order.reason })
    const done = action === 'hold' ? 'held' : 'released'
    note(store, { sha256: named, action: done, at: row.at, by: row.by, tool: TOOL, detail })
  })
  return row
}

/** The hold that stands on a capture itself. Each authority's hold is lifted by that authority alone. */
export function standingHold(store: Store, sha256: string): Hold | null {
  const standing = new Map<string, Hold>()
  for (const row of Table.holdsOf(store, sha256)) {
    if (row.action === 'hold') standing.set(row.authority, row)
    else standing.delete(row.authority)
  }
  return [...standing.values()][0] ?? null
}

/** The capture, members that came from nowhere else, and all archives above: each of them holds the bytes. */
function reachOf(store: Store, named: string): string[] {
  const down = new Set([named])
  for (const one of down) {
    for (const member of Table.membersOf(store, one)) {
      const origins = Table.listOrigins(store, member)
      if (origins.every(({ parentSha256 }) => parentSha256 !== null && down.has(parentSha256))) down.add(member)
    }
  }
  const up = new Set([named])
  for (const one of up) for (const container of Table.containersOf(store, one)) up.add(container)
  return [...new Set([...down, ...up])]
}

function tombstoneOf(store: Store, sha256: string, because: string, order: Order, at: number): Table.Tombstone {
  const commitment = Table.findSeal(store, sha256)?.commitment ?? ''
  return { sha256, commitment, ...order, at, because }
}

/** After the tombstones are committed: keys here and in the copies that can be reached, then the files. */
function destroy(store: Store, erased: readonly Table.Tombstone[]): string[] {
  const { vault } = store
  const gone = erased.flatMap(tombstone => {
    const seal = Table.findSeal(store, tombstone.sha256)
    return seal === undefined ? [] : [{ file: seal.file, ...tombstone }]
  })
  for (const one of gone) vault.keys().erase(one)
  for (const file of Table.strayFiles(store)) {
    vault.keys().forget(file)
    vault.remove(file)
  }
  vault.keys().compact()
  for (const { file } of gone) vault.remove(file)
  Table.removeOldBackups(store)
  Table.removePlain(
    store,
    erased.map(one => one.sha256),
  )
  return Table.eraseCopies(store, gone)
}

/** All texts that can be read in it; a damaged file has none, and can be erased all the same. */
function textsOf(store: Store, sha256: string): string[] {
  try {
    return [...readBytes(sha256, bytesOf(store, sha256))].flatMap(({ document }) => document?.text ?? [])
  } catch (cause) {
    if (cause instanceof Failure) return []
    throw cause
  }
}

/** Adds an entry to the custody chain, in the caller's transaction. */
export function note(store: Store, what: Omit<Custody.Entry, 'seq' | 'previous' | 'hash'>): void {
  Table.insertCustody(store, Custody.append(Table.lastCustody(store) ?? null, what))
}

function demandReason({ authority, reason }: Order): void {
  if (authority.trim() !== '' && reason.trim() !== '') return
  throw new Failure('Capture.NoAuthority', 'usage', 'An erasure or a hold needs an authority and a reason.', {
    hint: 'Name both: --authority "Court of …, order 12/2026" --reason "…".',
  })
}

function held(sha256: string, { authority, reason }: Hold): Failure {
  return new Failure('Capture.Held', 'conflict', `${sha256} is held by ${authority} and cannot be erased.`, {
    hint: `Reason of the hold: ${reason}. That authority lifts it: athar capture hold SHA256 --release.`,
    facts: { sha256, authority, reason },
  })
}

function noHold(sha256: string): Failure {
  return new Failure('Capture.NoHold', 'missing', `No hold stands on ${sha256}.`, {
    hint: '`athar capture show` lists the holds of a capture.',
    facts: { sha256 },
  })
}
