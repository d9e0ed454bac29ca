import { checkBranches, checkTransactions, checkWitness, checkWork } from '../chain/block-check.ts'
import type { Fault } from '../chain/block-fault.ts'
import { parseBlock } from '../chain/block-parser.ts'
import * as Rules from '../chain/block-rules.ts'
import * as Sink from '../chain/block-sink.ts'
import { computeTxids } from '../chain/block-txid.ts'
import type { MerkleBranch } from '../chain/merkle.ts'
import { createHasher } from '../chain/sha256.ts'

/** Proof of work, structure, txids, merkle root and witness commitment of a block. Memory is kept between blocks. */
export type Checker = {
  /** The rows of the block checked last; only where nothing was wrong with it. */
  readonly sink: Sink.BlockSink
  /** Its txids, 32 bytes each. */
  readonly txids: { readonly bytes: Uint8Array }
  /** What is wrong with the block in `bytes` from `start` to `end`; the offset is counted as those are. */
  check(bytes: Uint8Array, start: number, end: number): Fault | undefined
  /** The same of an excerpt: in place of the whole tree, the branch of each transaction. */
  checkExcerpt(bytes: Uint8Array, proofs: readonly MerkleBranch[]): Fault | undefined
  /** Reads a block that another checker has found good, with the txids that it computed: nothing is hashed again. */
  adopt(bytes: Uint8Array, start: number, end: number, txids: Uint8Array): Fault | undefined
}

export function createChecker(network: Rules.BitcoinNetworkId): Checker {
  const hasher = createHasher()
  const rules = Rules.of(network)
  const sink = Sink.create()
  let own = new Uint8Array(32 * 4096)
  const txids: { bytes: Uint8Array } = { bytes: own }
  const parse = (bytes: Uint8Array, start: number, end: number): Fault | undefined => {
    Sink.clear(sink)
    const parsed = parseBlock(bytes, start, end, sink, rules)
    return parsed.ok ? undefined : parsed
  }
  return {
    sink,
    txids,
    check(bytes, start, end) {
      const failed = checkWork(bytes, start, rules) ?? parse(bytes, start, end)
      if (failed !== undefined) return failed
      const { transactionCount } = sink
      if (own.length < 32 * transactionCount) own = new Uint8Array(64 * transactionCount)
      txids.bytes = own
      computeTxids(bytes, sink, 0, transactionCount, hasher, own)
      const wrong = checkTransactions(bytes, sink, 0, own, hasher)
      if (wrong !== undefined) return wrong
      const witness = checkWitness(bytes, sink, 0, hasher)
      return typeof witness === 'string' ? undefined : witness
    },
    checkExcerpt(bytes, proofs) {
      const failed = checkWork(bytes, 0, rules) ?? parse(bytes, 0, bytes.length)
      if (failed !== undefined) return failed
      const { transactionCount } = sink
      if (transactionCount !== proofs.length) return { reason: 'merkle-mismatch', offset: 36 }
      if (own.length < 32 * transactionCount) own = new Uint8Array(64 * transactionCount)
      txids.bytes = own
      computeTxids(bytes, sink, 0, transactionCount, hasher, own)
      return checkBranches(bytes, sink, own, proofs)
    },
    adopt(bytes, start, end, known) {
      txids.bytes = known
      return parse(bytes, start, end)
    },
  }
}
