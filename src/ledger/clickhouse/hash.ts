import { sha256 } from '../../std/digest.ts'

/** Bytes of a key of an account chain: type and the 20 bytes of its payload (src/chain/key.ts). */
export const KEY = 21

/**
 * The account of a key: the first eight bytes of SHA-256 over the generation's salt and the key. The salt is secret to
 * the data: without it nobody can make two addresses that meet, and where two meet by chance loading stops.
 */
export function createHasher(salt: string): (key: Uint8Array) => Uint8Array {
  const prefix = new TextEncoder().encode(salt)
  const whole = new Uint8Array(prefix.length + KEY)
  whole.set(prefix)
  return key => {
    whole.set(key, prefix.length)
    return sha256(whole).subarray(0, 8)
  }
}

/** The shard of an account: its 64 bits (two words) modulo the number of shards, as a Distributed table counts. */
export function shardOf(low: number, high: number, shards: number): number {
  return ((((high % shards) * (2 ** 32 % shards)) % shards) + (low % shards)) % shards
}
