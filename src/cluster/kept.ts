import { keepDerived, NONE, readDerived, UNREAD, type UtxoColumns } from '../ledger/ledger.ts'
import { sha256Stream } from '../std/digest.ts'
import type { Store } from '../store/store.ts'
import { extend } from './forest.ts'
import type { Refusal } from './link.ts'
import { continued, type Merge, type Partition, partition } from './partition.ts'

/**
 * Clusters by multi-input on disk, to go on from: one block more costs what that block links, not what all before it
 * did. What was kept counts only where the ledger still begins as it did then: the same transactions of the same blocks
 * in the same order, as many inputs with known value and address. (What else clustering looks at, txids commit to.)
 */
export function openClusters(store: Store, columns: UtxoColumns): Partition {
  const kept = readDerived(store, columns.network, NAME)
  return (kept === undefined ? undefined : restore(columns, kept)) ?? partition(columns)
}

/** The same, kept for the next time. The store must be a writer's. */
export function keepClusters(store: Store, columns: UtxoColumns): Partition {
  const clusters = openClusters(store, columns)
  const refused = [...clusters.refused]
  const names = [...new Set(refused.map(([, reason]) => reason))]
  const blocks = columns.blocks.count
  keepDerived(store, columns.network, NAME, {
    head: Float64Array.of(VERSION, blocks),
    beginning: beginningOf(columns, blocks),
    forest: clusters.forest,
    refused: Uint32Array.from(refused, ([transaction]) => transaction),
    reason: Uint8Array.from(refused, ([, reason]) => names.indexOf(reason)),
    names: new TextEncoder().encode(JSON.stringify(names)),
    merges: Uint32Array.from(clusters.merges.flatMap(({ transaction, sizes }) => [transaction, ...sizes])),
  })
  return clusters
}

const NAME = 'multi-input'

/** Of what is kept, and of the heuristic and the detectors that it rests on: raised when any of them changes. */
const VERSION = 5

type Kept = NonNullable<ReturnType<typeof readDerived>>

/** Undefined where the ledger no longer begins as it did. */
function restore(columns: UtxoColumns, kept: Kept): Partition | undefined {
  const [version, blocks] = kept['head'] as Float64Array
  if (version !== VERSION || blocks === undefined || blocks > columns.blocks.count) return undefined
  const forest = kept['forest'] as Int32Array
  if (forest.length > columns.addresses.count) return undefined
  const beginning = beginningOf(columns, blocks)
  if (!beginning.every((byte, at) => byte === (kept['beginning'] as Uint8Array)[at])) return undefined
  const names = JSON.parse(new TextDecoder().decode(kept['names'] as Uint8Array)) as Refusal[]
  const reason = kept['reason'] as Uint8Array
  const refused = new Map(Array.from(kept['refused'] as Uint32Array, (row, at) => [row, names[reason[at]!]!] as const))
  const numbers = kept['merges'] as Uint32Array
  const merges = Array.from({ length: numbers.length / 3 }, (_, at): Merge => {
    return { transaction: numbers[3 * at]!, sizes: [numbers[3 * at + 1]!, numbers[3 * at + 2]!] }
  })
  const from = columns.blocks.firstTransaction[blocks]!
  return continued(columns, extend(forest, columns.addresses.count), from, refused, merges)
}

/** Digest of the first blocks, of their transactions, and of how much is known of their inputs. */
function beginningOf({ blocks, transactions, inputs }: UtxoColumns, count: number): Uint8Array {
  const end = transactions.firstInput[blocks.firstTransaction[count]!]!
  const words = new Uint32Array(inputs.units.buffer, inputs.units.byteOffset, 2 * inputs.units.length)
  const low = Number(UNREAD & 0xffff_ffffn)
  let [valued, addressed, apart] = [0, 0, 0]
  for (let row = 0; row < end; row++) {
    if (words[2 * row] !== low || words[2 * row + 1] !== low) valued++
    if (inputs.address[row] !== NONE) addressed++
    apart += inputs.flags[row]!
  }
  const running = sha256Stream()
  running.update(blocks.hash.subarray(0, 32 * count))
  // Of a block that is there in part, the hash does not tell which part.
  running.update(transactions.txid.subarray(0, 32 * blocks.firstTransaction[count]!))
  const first = blocks.firstTransaction
  running.update(new Uint8Array(first.buffer, first.byteOffset, 4 * (count + 1)))
  running.update(new Uint8Array(Float64Array.of(valued, addressed, apart).buffer))
  return new Uint8Array(Buffer.from(running.hex(), 'hex'))
}
