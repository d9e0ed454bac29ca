import { type Fault, type Reason, reasons } from '../chain/block-fault.ts'
import type { BitcoinNetworkId } from '../chain/block-rules.ts'
import type { Checker } from './block-checker.ts'

/**
 * The memory that a crew shares: `SLOTS` times a block, its txids and seven numbers about it. Whoever changes STATE
 * from READY to BUSY first checks the block.
 */
export type Shared = {
  readonly network: BitcoinNetworkId
  readonly numbers: Int32Array<SharedArrayBuffer>
  readonly blocks: readonly Uint8Array<SharedArrayBuffer>[]
  readonly txids: readonly Uint8Array<SharedArrayBuffer>[]
}

/** Blocks that are under way together. */
export const SLOTS = 8
/** A larger one is checked where it is read: no block of Bitcoin or Litecoin without witnesses or MWEB is (BIP 141). */
export const BLOCK_BYTES = 4_000_000
/** Bytes of the least transaction: as in block-parser.ts. */
const TRANSACTION_LEAST = 60

/** Counts what was handed out, for those who wait for more; and whether all is over. */
export const [GIVEN, CLOSED] = [0, 1] as const
const HEAD = 2
const FIELDS = 6
const [STATE, JOB, LENGTH, REASON, OFFSET, COUNT] = [0, 1, 2, 3, 4, 5] as const
export const [READY, BUSY, DONE] = [1, 2, 3] as const

/** Untouched memory costs nothing: the system gives it when it is written. */
export function createShared(network: BitcoinNetworkId): Shared {
  const room = (bytes: number) => Array.from({ length: SLOTS }, () => new Uint8Array(new SharedArrayBuffer(bytes)))
  return {
    network,
    numbers: new Int32Array(new SharedArrayBuffer(4 * (HEAD + FIELDS * SLOTS))),
    blocks: room(BLOCK_BYTES),
    txids: room(32 * Math.ceil(BLOCK_BYTES / TRANSACTION_LEAST)),
  }
}

/** Hands out job `job`, whose block has `length` bytes and lies in its slot. */
export function give({ numbers }: Shared, job: number, length: number): void {
  const at = placeOf(job)
  numbers[at + JOB] = job
  numbers[at + LENGTH] = length
  Atomics.store(numbers, at + STATE, READY)
  Atomics.add(numbers, GIVEN, 1)
  Atomics.notify(numbers, GIVEN)
}

/** The job is the caller's from now on, or false: another has it, or it was not handed out yet. */
export function claim({ numbers }: Shared, job: number): boolean {
  const at = placeOf(job)
  if (Atomics.load(numbers, at + STATE) !== READY || numbers[at + JOB] !== job) return false
  return Atomics.compareExchange(numbers, at + STATE, READY, BUSY) === READY && numbers[at + JOB] === job
}

/** Whether the slot still waits for this job or an earlier one. */
export function isAhead({ numbers }: Shared, job: number): boolean {
  const at = placeOf(job)
  return Atomics.load(numbers, at + STATE) === 0 || numbers[at + JOB]! < job
}

/** Checks the block of a claimed job and leaves what was found in its slot. */
export function work(shared: Shared, job: number, checker: Checker): void {
  const { numbers, blocks, txids } = shared
  const at = placeOf(job)
  const slot = job % SLOTS
  const failed = checker.check(blocks[slot]!, 0, numbers[at + LENGTH]!)
  numbers[at + REASON] = failed === undefined ? -1 : NAMES.indexOf(failed.reason)
  numbers[at + OFFSET] = failed === undefined ? 0 : failed.offset
  const count = failed === undefined ? checker.sink.transactionCount : 0
  numbers[at + COUNT] = count
  txids[slot]!.set(checker.txids.bytes.subarray(0, 32 * count))
  Atomics.store(numbers, at + STATE, DONE)
  Atomics.notify(numbers, at + STATE)
}

/** What was found, once it was. */
export function collect({ numbers, txids }: Shared, job: number): Fault | Uint8Array {
  const at = placeOf(job)
  while (Atomics.load(numbers, at + STATE) === BUSY) Atomics.wait(numbers, at + STATE, BUSY)
  const reason = NAMES[numbers[at + REASON]!]
  if (reason !== undefined) return { reason, offset: numbers[at + OFFSET]! }
  return txids[job % SLOTS]!.subarray(0, 32 * numbers[at + COUNT]!)
}

const NAMES = Object.keys(reasons) as Reason[]

function placeOf(job: number): number {
  return HEAD + FIELDS * (job % SLOTS)
}
