import * as Address from '../chain/address.ts'
import type { NetworkId } from '../model/network.ts'
import type { Dictionary } from './address-column.ts'

/**
 * Addresses as bytes (type and payload, src/chain/key.ts), each once, numbered in the order in which they came. Texts
 * are made only when asked for. Found by a 32-bit hash whose every hit is confirmed against the bytes.
 */
export type KeyDictionary = Dictionary & {
  /** The number of the key whose payload is `bytes[at … at + length)`, added where it is new. */
  add(type: number, bytes: Uint8Array, at: number, length: number): number
  /** Adds keys that `slice` gave, in their order. */
  load(keys: KeyColumns): void
  /** The keys from number `from` on, as columns. */
  slice(from: number): KeyColumns
}

export type KeyColumns = {
  readonly type: Uint8Array
  /** count + 1 entries, from 0. */
  readonly start: Uint32Array
  readonly payload: Uint8Array
}

export function createKeyDictionary(network: NetworkId): KeyDictionary {
  const room = createRoom()
  const add = (kind: number, bytes: Uint8Array, at: number, length: number): number => {
    reserve(room, 1, length)
    const slot = probe(room, kind, bytes, at, length)
    if (room.slots[slot] !== 0) return room.slots[slot]! - 1
    room.slots[slot + 1] = room.tag
    const from = room.start[room.count]!
    for (let k = 0; k < length; k++) room.payload[from + k] = bytes[at + k]!
    room.type[room.count] = kind
    room.start[++room.count] = from + length
    room.slots[slot] = room.count
    return room.count - 1
  }
  return {
    get count() {
      return room.count
    },
    add,
    load(keys) {
      reserve(room, keys.type.length, keys.payload.length)
      for (let k = 0; k < keys.type.length; k++) {
        add(keys.type[k]!, keys.payload, keys.start[k]!, keys.start[k + 1]! - keys.start[k]!)
      }
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
      if (!parsed.ok) return undefined
      const { type, payload } = parsed.key
      const held = room.slots[probe(room, type, payload, 0, payload.length)]!
      return held === 0 ? undefined : held - 1
    },
  }
}

type Room = ReturnType<typeof createRoom>

function createRoom() {
  return {
    count: 0,
    type: new Uint8Array(1024),
    start: new Uint32Array(1025),
    payload: new Uint8Array(32 * 1024),
    /** Pairs: number + 1 (0 where empty) and the hash of its key. A power of two, never more than half full. */
    slots: new Uint32Array(2 * 4096),
    /** Hash of the key that was looked for last. */
    tag: 0,
  }
}

/** Where the pair of the key stands, or the empty one where it would go. */
function probe(room: Room, type: number, bytes: Uint8Array, at: number, length: number): number {
  const { slots } = room
  const mask = (slots.length >> 1) - 1
  const tag = hash(type, bytes, at, length)
  room.tag = tag
  let slot = tag & mask
  for (;;) {
    const held = slots[2 * slot]!
    if (held === 0) return 2 * slot
    if (slots[2 * slot + 1] === tag && isSame(room, held - 1, type, bytes, at, length)) return 2 * slot
    slot = (slot + 1) & mask
  }
}

function isSame(room: Room, number: number, type: number, bytes: Uint8Array, at: number, length: number): boolean {
  const { start, payload } = room
  const from = start[number]!
  if (room.type[number] !== type || start[number + 1]! - from !== length) return false
  for (let k = 0; k < length; k++) if (payload[from + k] !== bytes[at + k]) return false
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
  }
  if (4 * (count + keys) > room.slots.length) rehash(room, 8 * (count + keys))
}

function rehash(room: Room, least: number): void {
  let size = room.slots.length
  while (size < least) size *= 2
  room.slots = new Uint32Array(size)
  for (let number = 0; number < room.count; number++) {
    const [from, to] = [room.start[number]!, room.start[number + 1]!]
    const slot = probe(room, room.type[number]!, room.payload, from, to - from)
    room.slots[slot] = number + 1
    room.slots[slot + 1] = room.tag
  }
}

/** FNV-1a over type and the first 20 bytes, mixed: payloads are hashes, and a full compare confirms each hit. */
function hash(type: number, bytes: Uint8Array, at: number, length: number): number {
  let mixed = 0x811c9dc5 ^ type
  const end = at + Math.min(length, 20)
  for (let k = at; k < end; k++) mixed = Math.imul(mixed ^ bytes[k]!, 0x01000193)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

function enlarge<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
