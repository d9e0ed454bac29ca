import { parseHex } from '../std/bytes.ts'
import { keccak256 } from './keccak.ts'

/**
 * The bloom filter of events: three bits of 2,048 for each address and topic. A bit that no event explains is proof
 * that one was left out; the reverse proves nothing.
 *
 * Source: Ethereum's yellow paper, section 4.3.1.
 */
export type LogsBloom = Uint8Array

const BYTES = 256

/** As nodes print it; undefined where it is no bloom: left out, or `0x`. */
export function parse(value: unknown): LogsBloom | undefined {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{512}$/.test(value) ? parseHex(value.slice(2)) : undefined
}

export function empty(): LogsBloom {
  return new Uint8Array(BYTES)
}

/** @param word an address or a topic, in hex with 0x */
export function add(bloom: LogsBloom, word: string): void {
  const digest = keccak256(parseHex(word.slice(2))!)
  for (const at of [0, 2, 4]) {
    const bit = ((digest[at]! << 8) | digest[at + 1]!) & 2047
    bloom[BYTES - 1 - (bit >> 3)]! |= 1 << (bit & 7)
  }
}

/** All that another holds. */
export function addAll(bloom: LogsBloom, other: LogsBloom): void {
  for (let at = 0; at < BYTES; at++) bloom[at]! |= other[at]!
}

/** Whether each bit that is stated is there. */
export function explains(bloom: LogsBloom, stated: LogsBloom): boolean {
  return stated.every((byte, at) => (byte & ~bloom[at]!) === 0)
}
