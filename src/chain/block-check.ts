import { equals, viewOf } from '../std/bytes.ts'
import { sha256d } from '../std/digest.ts'
import type { Fault, Reason } from './block-fault.ts'
import * as Header from './block-header.ts'
import type { BlockRules } from './block-rules.ts'
import { type BlockSink, FLAG_WITNESS } from './block-sink.ts'
import { computeWitnessIds } from './block-txid.ts'
import { computeRoot, type MerkleBranch, verifyBranch } from './merkle.ts'
import type { Hasher } from './sha256.ts'

/**
 * What is checked of a parsed block: each gives the fault, or undefined where all is well.
 *
 * Signatures are not checked, nor that inputs are unspent: that is a node's work, and the checkpoint's.
 */

/** The header's proof of work against its own target and the network's limit. Cheap: before anything else. */
export function checkWork(bytes: Uint8Array, start: number, rules: BlockRules): Fault | undefined {
  if (bytes.length - start < Header.HEADER_BYTES) return { reason: 'truncated', offset: bytes.length }
  return Header.hasWork(bytes, start, rules) ? undefined : { reason: 'proof-of-work', offset: start }
}

/** The first transaction is a coinbase, the others are not, and the txids add up to the header's merkle root. */
export function checkTransactions(
  bytes: Uint8Array,
  sink: BlockSink,
  block: number,
  txids: Uint8Array,
  hasher: Hasher,
): Fault | undefined {
  const [from, to] = [sink.blocks.firstTransaction[block]!, sink.blocks.firstTransaction[block + 1]!]
  const start = sink.blocks.start[block]!
  const { root, mutated } = computeRoot(txids.subarray(32 * from), to - from, hasher)
  if (!equals(root, bytes.subarray(start + 36, start + 68))) return failed('merkle-mismatch', start + 36)
  if (mutated) return failed('merkle-mutated', start + 36)
  const view = viewOf(bytes)
  for (let row = from; row < to; row++) {
    if (isCoinbase(view, sink, row) !== (row === from)) return failed('not-coinbase', sink.transactions.start[row]!)
  }
  return undefined
}

/**
 * Each transaction of an excerpt is in the block: its branch leads to the header's root. The first place is a
 * coinbase's.
 */
export function checkBranches(
  bytes: Uint8Array,
  sink: BlockSink,
  txids: Uint8Array,
  proofs: readonly MerkleBranch[],
): Fault | undefined {
  const root = bytes.slice(36, 68)
  const view = viewOf(bytes)
  const { start, body, tail } = sink.transactions
  for (let row = 0; row < proofs.length; row++) {
    // A transaction of 64 bytes without its witnesses could be an inner node of the tree (CVE-2017-12842).
    const bare = 8 + tail[row]! - body[row]!
    const proof = proofs[row]!
    if (bare === 64 || !verifyBranch(txids.slice(32 * row, 32 * row + 32), proof, root)) {
      return failed('merkle-mismatch', start[row]!)
    }
    if (isCoinbase(view, sink, row) !== (proof.index === 0)) return failed('not-coinbase', start[row]!)
  }
  return undefined
}

/** A coinbase has one input, and it spends nothing: txid 0 with index 2^32 − 1. Other transactions have none such. */
export function isCoinbase(view: DataView, sink: BlockSink, row: number): boolean {
  const { outpoint } = sink.inputs
  const last = sink.transactions.firstInput[row + 1]!
  for (let input = sink.transactions.firstInput[row]!; input < last; input++) {
    const at = outpoint[input]!
    if (view.getInt32(at + 32) === -1 && isNull(view, at)) return true
  }
  return false
}

/**
 * The witnesses against the commitment in the coinbase (BIP 141). `absent` where the block has no witness data: it
 * is older, or was stripped, and nothing can be said.
 */
export function checkWitness(
  bytes: Uint8Array,
  sink: BlockSink,
  block: number,
  hasher: Hasher,
): Fault | 'checked' | 'absent' {
  const [from, to] = [sink.blocks.firstTransaction[block]!, sink.blocks.firstTransaction[block + 1]!]
  if (!hasWitnesses(sink, from, to)) return 'absent'
  const commitment = commitmentOf(bytes, sink, from)
  const reserved = reservedOf(bytes, sink, from)
  const mismatch = failed('witness-mismatch', sink.transactions.start[from]!)
  if (commitment === undefined || reserved === undefined) return mismatch
  const ids = new Uint8Array(32 * to)
  computeWitnessIds(bytes, sink, from, to, hasher, ids)
  // The coinbase commits to itself as 0, since it holds the commitment.
  ids.fill(0, 32 * from, 32 * from + 32)
  const { root, mutated } = computeRoot(ids.subarray(32 * from), to - from, hasher)
  const pair = new Uint8Array(64)
  pair.set(root)
  pair.set(reserved, 32)
  return !mutated && equals(sha256d(pair), commitment) ? 'checked' : mismatch
}

function hasWitnesses(sink: BlockSink, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if ((sink.transactions.flags[row]! & FLAG_WITNESS) !== 0) return true
  return false
}

/** OP_RETURN, 36 bytes, aa21a9ed: the last output of that form counts (BIP 141). */
function commitmentOf(bytes: Uint8Array, sink: BlockSink, row: number): Uint8Array | undefined {
  const first = sink.transactions.firstOutput[row]!
  for (let output = sink.transactions.firstOutput[row + 1]! - 1; output >= first; output--) {
    const at = sink.outputs.script[output]!
    if (sink.outputs.scriptEnd[output]! - at < 38) continue
    if (equals(bytes.subarray(at, at + 6), COMMITMENT_HEAD)) return bytes.subarray(at + 6, at + 38)
  }
  return undefined
}

const COMMITMENT_HEAD = Uint8Array.of(0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed)

/** The coinbase's one witness item of 32 bytes. */
function reservedOf(bytes: Uint8Array, sink: BlockSink, row: number): Uint8Array | undefined {
  if ((sink.transactions.flags[row]! & FLAG_WITNESS) === 0) return undefined
  const at = sink.inputs.witness[sink.transactions.firstInput[row]!]!
  return bytes[at] === 1 && bytes[at + 1] === 32 ? bytes.subarray(at + 2, at + 34) : undefined
}

function isNull(view: DataView, at: number): boolean {
  for (let i = 0; i < 32; i += 4) if (view.getInt32(at + i) !== 0) return false
  return view.getInt32(at + 32) === -1
}

function failed(reason: Reason, offset: number): Fault {
  return { reason, offset }
}
