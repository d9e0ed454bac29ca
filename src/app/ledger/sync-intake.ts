import * as Fault from '../../chain/block-fault.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as CoreJson from '../../chain/core-json.ts'
import type { SpentOutputs } from '../../chain/undo.ts'
import { encode as encodeUndo } from '../../chain/undo-plain.ts'
import { keepClusters } from '../../cluster/cluster.ts'
import { openIngest, type UtxoColumns } from '../../ledger/ledger.ts'
import { elapsedMilliseconds } from '../../std/clock.ts'
import { sha256Hex } from '../../std/digest.ts'
import type { Context, Progress } from '../operation.ts'
import type { Rejected } from './ledger.ts'

/** Where a block that a node gave stands. */
export type Place = { readonly hash: string; readonly height: number }

/**
 * Takes blocks that come one by one from a node. What was read is ground, so it is kept: blocks without spent outputs
 * many to a file, framed as a node frames them.
 */
export type Intake = {
  bytes(block: Uint8Array, place: Place): void
  /** `getblock` with verbosity 3. */
  text(json: string, place: Place): void
  tell(progress: (note: Progress) => void, from: number, to: number, height: number): void
  finish(): { readonly blocks: number; readonly transactions: number; readonly rejected: readonly Rejected[] }
}

/** Bytes of blocks that are kept as one file: a kill costs at most these. */
const FILE_BYTES = 8 * 2 ** 20
const FRAME_HEAD = 8

export function openIntake(context: Context, network: Rules.BitcoinNetworkId): Intake {
  const { store, clock } = context
  const ingest = openIngest(store, network, clock, true)
  const before = ingest.transactions
  const begun = elapsedMilliseconds()
  const rejected: Rejected[] = []
  let waiting: { readonly block: Uint8Array; readonly place: Place }[] = []
  let [size, blocks] = [0, 0]

  const add = (block: Uint8Array, offset: number, place: Place, spent: SpentOutputs | null): void => {
    const verdict = ingest.add({ bytes: block, offset, height: null, statedHeight: place.height, spent })
    if (verdict === 'added') blocks++
    if (typeof verdict === 'object') rejected.push(reject(place, verdict))
  }
  const flush = (): void => {
    if (waiting.length === 0) return
    const content = framed(
      waiting.map(({ block }) => block),
      Rules.of(network).magic,
    )
    const [first, last] = [waiting[0]!.place, waiting.at(-1)!.place]
    const name = first === last ? `block ${first.height}` : `blocks ${first.height} to ${last.height}`
    begin(name, content, null, first.height)
    let at = 0
    for (const { block, place } of waiting) {
      add(block, at + FRAME_HEAD, place, null)
      at += FRAME_HEAD + block.length
    }
    ingest.commit()
    waiting = []
    size = 0
  }
  const begin = (name: string, content: Uint8Array, undo: Uint8Array | null, statedHeight: number): void =>
    ingest.begin({
      ...{ kind: 'blocks', name, content, path: null, height: null, statedHeight },
      ...{ sha256: sha256Hex(content), bytes: content.length, undoContent: undo },
      undo: undo === null ? null : sha256Hex(undo),
    })
  return {
    bytes(block, place) {
      waiting.push({ block, place })
      size += block.length
      if (size >= FILE_BYTES) flush()
    },
    text(json, place) {
      flush()
      const [read] = CoreJson.parse(json, Rules.of(network))
      if (read?.ok !== true) {
        rejected.push(reject(place, read ?? { reason: 'not-json', offset: 0 }))
        return
      }
      const { bytes, spent } = read.block
      begin(`block ${place.height}`, bytes, spent === null ? null : encodeUndo(spent), place.height)
      add(bytes, 0, place, spent)
    },
    tell(progress, from, to, height) {
      const seconds = (elapsedMilliseconds() - begun) / 1000
      const done = height - from + 1
      const count = (n: number) => n.toLocaleString('en-GB')
      const left = seconds < 0.5 ? '' : `, ${Math.ceil(((to - height) * seconds) / done)} s left`
      const note = `height ${count(height)}, ${count(ingest.transactions - before)} transactions${left}`
      progress({ done, total: to - from + 1, unit: 'blocks', note })
    },
    finish() {
      flush()
      keepNew(store, ingest.finish().linked.columns, blocks)
      return { blocks, transactions: ingest.transactions - before, rejected }
    },
  }
}

/** One block more costs the clusters what that block links; none, nothing. */
function keepNew(store: Context['store'], columns: UtxoColumns, blocks: number): void {
  if (blocks > 0) keepClusters(store, columns)
}

function framed(blocks: readonly Uint8Array[], magic: number): Uint8Array {
  const content = new Uint8Array(blocks.reduce((sum, block) => sum + FRAME_HEAD + block.length, 0))
  const view = new DataView(content.buffer)
  let at = 0
  for (const block of blocks) {
    view.setUint32(at, magic)
    view.setUint32(at + 4, block.length, true)
    content.set(block, at + FRAME_HEAD)
    at += FRAME_HEAD + block.length
  }
  return content
}

function reject({ hash }: Place, { reason, offset }: Fault.Fault): Rejected {
  return { file: hash, offset, reason, says: Fault.reasons[reason], cutOff: false }
}
