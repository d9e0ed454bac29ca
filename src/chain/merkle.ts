import { equals } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import type { Hasher } from './sha256.ts'

/**
 * Bitcoin's merkle tree over 32-byte hashes in byte order. An odd level repeats its last hash, so a list can be
 * lengthened without changing the root (CVE-2012-2459): `mutated` says that two neighbours that should differ are
 * equal, as Bitcoin Core's `ComputeMerkleRoot` does.
 */
export type MerkleRoot = { readonly root: Uint8Array; readonly mutated: boolean }

/** Root over `count` hashes, 32 bytes each, from the start of `hashes`, which is left as it was. count > 0. */
export function computeRoot(hashes: Uint8Array, count: number, hasher: Hasher): MerkleRoot {
  let level = hasher.reserve(32 * (count + 1))
  level.set(hashes.subarray(0, 32 * count))
  let mutated = false
  while (count > 1) {
    mutated ||= hasTwins(level, count)
    if (count % 2 === 1) level.copyWithin(32 * count, 32 * (count - 1), 32 * count)
    count = (count + 1) >> 1
    level = hasher.hashPairs(count)
  }
  return { root: level.slice(0, 32), mutated }
}

/** The hashes beside the way from a leaf up to the root, lowest first: 32 bytes each, byte order. */
export type MerkleBranch = { readonly index: number; readonly siblings: readonly Uint8Array[] }

/** The branch of the leaf at `index` among `count` hashes. */
export function buildBranch(hashes: Uint8Array, count: number, index: number): MerkleBranch {
  const siblings: Uint8Array[] = []
  let level: Uint8Array[] = Array.from({ length: count }, (_, i) => hashes.slice(32 * i, 32 * i + 32))
  for (let at = index; level.length > 1; at >>= 1) {
    siblings.push(level[at ^ 1] ?? level[at]!)
    level = Array.from({ length: (level.length + 1) >> 1 }, (_, i) =>
      hashPair(level[2 * i]!, level[2 * i + 1] ?? level[2 * i]!),
    )
  }
  return { index, siblings }
}

/**
 * Whether the branch leads from `txid` to `root`.
 *
 * `leaf` is the transaction without witnesses, where it is at hand: a leaf of 64 bytes is refused, since it could be
 * an inner node (CVE-2017-12842), and so is a branch in which a right-hand step repeats its own hash, which no honest
 * tree has.
 */
export function verifyBranch(txid: Uint8Array, branch: MerkleBranch, root: Uint8Array, leaf?: Uint8Array): boolean {
  if (branch.siblings.length > DEPTH_MAX || branch.index < 0 || branch.index >= 2 ** branch.siblings.length)
    return false
  if (leaf !== undefined && (leaf.length === 64 || !equals(sha256d(leaf), txid))) return false
  let hash = txid
  let at = branch.index
  for (const sibling of branch.siblings) {
    if (sibling.length !== 32) return false
    if (at % 2 === 1 && equals(hash, sibling)) return false
    hash = at % 2 === 0 ? hashPair(hash, sibling) : hashPair(sibling, hash)
    at = Math.floor(at / 2)
  }
  return equals(hash, root)
}

/** A block of 4,000,000 bytes holds fewer than 2^17 transactions of the least size (60 bytes). */
const DEPTH_MAX = 17

function hasTwins(level: Uint8Array, count: number): boolean {
  for (let i = 0; i + 1 < count; i += 2) {
    let byte = 32 * i
    const end = byte + 32
    while (byte < end && level[byte] === level[byte + 32]) byte++
    if (byte === end) return true
  }
  return false
}

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(64)
  pair.set(left)
  pair.set(right, 32)
  return sha256d(pair)
}
