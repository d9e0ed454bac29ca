import * as Address from '../chain/address.ts'
import type { NetworkId } from '../model/network.ts'
import { viewOf } from '../std/bytes.ts'
import type { Dictionary } from './address-column.ts'

/**
 * Addresses as bytes (type and payload, src/chain/key.ts), each once, numbered in the order in which they came. Texts
 * are made only when asked for. Found by a 32-bit hash whose every hit is confirmed against the bytes.
 */
export type KeyDictionary = Dictionary & {
  /** The number of the key whose payload is `bytes[at … at + length)`, added where it is new. */
  add(type: number, bytes: Uint8Array, at: number, length: number): number
  /** The same for the first `count` of a list. */
  addMany(bytes: Uint8Array, list: KeyList, count: number, into: Uint32Array): void
  /** Adds keys that `slice` gave, in their order; room is made for all of them at once. */
  load(all: readonly KeyColumns[]): void
  /** The keys from number `from` on, as columns. */
  slice(from: number): KeyColumns
}

/** Where keys lie in some bytes. */
export type KeyList = { readonly type: Uint8Array; readonly at: Uint32Array; readonly length: Uint8Array }

export type KeyColumns = {
  readonly type: Uint8Array
  /** count + 1 entries, from 0. */
  readonly start: Uint32Array
  readonly payload: Uint8Array
}

export function createKeyDictionary(network: NetworkId): KeyDictionary {
  const room = createRoom()
  const group = createGroup()
  return {
    get count() {
      return room.count
    },
    add(type, bytes, at, length) {
      reserve(room, 1, length)
      const view = viewOf(bytes)
      return place(room, type, bytes, view, at, length, hash(type, view, at, length))
    },
    addMany(bytes, list, count, into) {
      const view = viewOf(bytes)
      let total = 0
      for (let k = 0; k < count; k++) total += list.length[k]!
      reserve(room, count, total)
      for (let from = 0; from < count; from += GROUP) {
        const to = Math.min(count, from + GROUP)
        for (let k = from; k < to; k++) group.tags[k - from] = hash(list.type[k]!, view, list.at[k]!, list.length[k]!)
        warm(room, group, to - from)
        for (let k = from; k < to; k++) {
          into[k] = place(room, list.type[k]!, bytes, view, list.at[k]!, list.length[k]!, group.tags[k - from]!)
        }
      }
    },
    load(all) {
      const bytes = all.reduce((sum, keys) => sum + keys.payload.length, 0)
      const count = all.reduce((sum, keys) => sum + keys.type.length, 0)
      reserve(room, count, bytes)
      for (const keys of all) load(room, keys)
    },
    slice: from => ({
      type: room.type.slice(from, room.count),
      start: room.start.slice(from, room.count + 1).map(at => at - room.start[from]!),
      payload: room.payload.slice(room.start[from]!, room.start[room.count]!),
    }),
    format(number) {
      const payload = room.payload.subarray(room.start[number]!, room.start[number + 1]!)
      return Address.fromKey(network, room.type[number]!, payload).address
    },
    find(address) {
      const parsed = Address.parse(address, network)
      return parsed.ok ? numberOf(room, parsed.key.type, parsed.key.payload, 0, parsed.key.payload.length) : undefined
    },
    findKey: (type, bytes, at, length) => numberOf(room, type, bytes, at, length),
    keyOf(number) {
      const [from, to] = [room.start[number]!, room.start[number + 1]!]
      const key = new Uint8Array(1 + to - from)
      key[0] = room.type[number]!
      key.set(room.payload.subarray(from, to), 1)
      return key
    },
  }
}

function numberOf(room: Room, type: number, bytes: Uint8Array, at: number, length: number): number | undefined {
  const view = viewOf(bytes)
  const held = room.slots[probe(room, type, view, at, length, hash(type, view, at, length))]!
  return held === 0 ? undefined : held - 1
}

type Room = ReturnType<typeof createRoom>

function createRoom() {
  const payload = new Uint8Array(32 * 1024)
  return {
    count: 0,
    type: new Uint8Array(1024),
    start: new Uint32Array(1025),
    payload,
    view: viewOf(payload),
    /** Pairs: number + 1 (0 where empty) and the hash of its key. A power of two, never more than half full. */
    slots: new Uint32Array(2 * 4096),
  }
}

function place(
  room: Room,
  type: number,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  length: number,
  tag: number,
): number {
  const slot = probe(room, type, view, at, length, tag)
  const { slots, start, payload } = room
  if (slots[slot] !== 0) return slots[slot]! - 1
  const from = start[room.count]!
  for (let k = 0; k < length; k++) payload[from + k] = bytes[at + k]!
  room.type[room.count] = type
  start[++room.count] = from + length
  slots[slot] = room.count
  slots[slot + 1] = tag
  return room.count - 1
}

/** Keys of a chunk are all new: copied side by side, and filed without comparing. */
function load(room: Room, keys: KeyColumns): void {
  const count = keys.type.length
  const base = room.start[room.count]!
  room.type.set(keys.type, room.count)
  room.payload.set(keys.payload, base)
  const mask = (room.slots.length >> 1) - 1
  for (let k = 0; k < count; k++) {
    const [from, to] = [base + keys.start[k]!, base + keys.start[k + 1]!]
    room.start[room.count + 1] = to
    const tag = hash(room.type[room.count]!, room.view, from, to - from)
    let slot = tag & mask
    while (room.slots[2 * slot] !== 0) slot = (slot + 1) & mask
    room.slots[2 * slot] = ++room.count
    room.slots[2 * slot + 1] = tag
  }
}

/** Where the pair of the key stands, or the empty one where it would go. */
function probe(room: Room, type: number, view: DataView, at: number, length: number, tag: number): number {
  const { slots } = room
  const mask = (slots.length >> 1) - 1
  let slot = tag & mask
  for (;;) {
    const held = slots[2 * slot]!
    if (held === 0) return 2 * slot
    if (slots[2 * slot + 1] === tag && isSame(room, held - 1, type, view, at, length)) return 2 * slot
    slot = (slot + 1) & mask
  }
}

function isSame(room: Room, number: number, type: number, view: DataView, at: number, length: number): boolean {
  const { start } = room
  const from = start[number]!
  if (room.type[number] !== type || start[number + 1]! - from !== length) return false
  let k = 0
  for (; k + 4 <= length; k += 4) {
    if (room.view.getInt32(from + k, true) !== view.getInt32(at + k, true)) return false
  }
  for (; k < length; k++) if (room.view.getUint8(from + k) !== view.getUint8(at + k)) return false
  return true
}

function reserve(room: Room, keys: number, bytes: number): void {
  const { count } = room
  if (count + keys > room.type.length) {
    room.type = enlarge(room.type, new Uint8Array(Math.max(2 * room.type.length, count + keys)))
    room.start = enlarge(room.start, new Uint32Array(room.type.length + 1))
  }
  const used = room.start[count]!
  if (used + bytes > room.payload.length) {
    room.payload = enlarge(room.payload, new Uint8Array(Math.max(2 * room.payload.length, used + bytes)))
    room.view = viewOf(room.payload)
  }
  if (4 * (count + keys) > room.slots.length) room.slots = refiled(room.slots, 8 * (count + keys))
}

/** Filed anew by the hashes that stand beside the numbers: no key is looked at. */
function refiled(from: Uint32Array, least: number): Uint32Array<ArrayBuffer> {
  let size = from.length
  while (size < least) size *= 2
  const to = new Uint32Array(size)
  const mask = (size >> 1) - 1
  for (let at = 0; at < from.length; at += 2) {
    if (from[at] === 0) continue
    let slot = from[at + 1]! & mask
    while (to[2 * slot] !== 0) slot = (slot + 1) & mask
    to[2 * slot] = from[at]!
    to[2 * slot + 1] = from[at + 1]!
  }
  return to
}

/** Keys looked up together: see `warm` of hash-index.ts. */
const GROUP = 256

function createGroup() {
  return { tags: new Uint32Array(GROUP), held: new Uint32Array(GROUP), word: new Uint32Array(GROUP) }
}

/** Touches what the look-ups of a group will read, so that they need not wait for memory one after another. */
function warm({ slots, start, type, view }: Room, { tags, held, word }: ReturnType<typeof createGroup>, n: number) {
  const mask = (slots.length >> 1) - 1
  for (let k = 0; k < n; k++) held[k] = slots[2 * (tags[k]! & mask)]!
  for (let k = 0; k < n; k++) word[k] = held[k] === 0 ? 0 : start[held[k]! - 1]! + type[held[k]! - 1]!
  for (let k = 0; k < n; k++) word[k]! += held[k] === 0 ? 0 : view.getUint8(start[held[k]! - 1]!)
}

/** Type and the first 20 bytes, by words where there are as many: payloads are hashes, and each hit is confirmed. */
function hash(type: number, view: DataView, at: number, length: number): number {
  let mixed = 0x811c9dc5 ^ type
  if (length >= 20) {
    for (let k = 0; k < 20; k += 4) {
      mixed = Math.imul(mixed ^ view.getInt32(at + k, true), 0x9e3779b1)
      mixed ^= mixed >>> 15
    }
    return mixed >>> 0
  }
  for (let k = 0; k < length; k++) mixed = Math.imul(mixed ^ view.getUint8(at + k), 0x01000193)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function enlarge<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
