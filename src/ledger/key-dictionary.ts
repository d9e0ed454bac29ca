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
  let type = new Uint8Array(1024)
  let start = new Uint32Array(1025)
  let payload = new Uint8Array(32 * 1024)
  let slots = new Uint32Array(4096)
  let count = 0

  const probe = (kind: number, bytes: Uint8Array, at: number, length: number): number => {
    const mask = slots.length - 1
    let slot = hash(kind, bytes, at, length) & mask
    for (;;) {
      const held = slots[slot]!
      if (held === 0 || isSame(held - 1, kind, bytes, at, length)) return slot
      slot = (slot + 1) & mask
    }
  }
  const isSame = (number: number, kind: number, bytes: Uint8Array, at: number, length: number): boolean => {
    const from = start[number]!
    if (type[number] !== kind || start[number + 1]! - from !== length) return false
    for (let k = 0; k < length; k++) if (payload[from + k] !== bytes[at + k]) return false
    return true
  }
  const reserve = (keys: number, bytes: number): void => {
    if (count + keys > type.length) {
      type = enlarge(type, new Uint8Array(Math.max(2 * type.length, count + keys)))
      start = enlarge(start, new Uint32Array(type.length + 1))
    }
    if (start[count]! + bytes > payload.length) {
      payload = enlarge(payload, new Uint8Array(Math.max(2 * payload.length, start[count]! + bytes)))
    }
    if (2 * (count + keys) > slots.length) rehash(4 * (count + keys))
  }
  const rehash = (least: number): void => {
    let size = slots.length
    while (size < least) size *= 2
    slots = new Uint32Array(size)
    for (let number = 0; number < count; number++) {
      slots[probe(type[number]!, payload, start[number]!, start[number + 1]! - start[number]!)] = number + 1
    }
  }
  const add = (kind: number, bytes: Uint8Array, at: number, length: number): number => {
    reserve(1, length)
    const slot = probe(kind, bytes, at, length)
    if (slots[slot] !== 0) return slots[slot]! - 1
    const from = start[count]!
    for (let k = 0; k < length; k++) payload[from + k] = bytes[at + k]!
    type[count] = kind
    start[++count] = from + length
    slots[slot] = count
    return count - 1
  }
  return {
    get count() {
      return count
    },
    add,
    load(keys) {
      reserve(keys.type.length, keys.payload.length)
      for (let k = 0; k < keys.type.length; k++) {
        add(keys.type[k]!, keys.payload, keys.start[k]!, keys.start[k + 1]! - keys.start[k]!)
      }
    },
    slice: from => ({
      type: type.slice(from, count),
      start: start.slice(from, count + 1).map(at => at - start[from]!),
      payload: payload.slice(start[from]!, start[count]!),
    }),
    format: number =>
      Address.fromKey(network, type[number]!, payload.subarray(start[number]!, start[number + 1]!)).address,
    find(address) {
      const parsed = Address.parse(address, network)
      if (!parsed.ok) return undefined
      const held = slots[probe(parsed.key.type, parsed.key.payload, 0, parsed.key.payload.length)]!
      return held === 0 ? undefined : held - 1
    },
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
