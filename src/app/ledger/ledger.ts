import * as Fault from '../../chain/block-fault.ts'
import * as Rules from '../../chain/block-rules.ts'
import * as Undo from '../../chain/undo.ts'
import { encode as encodeUndo } from '../../chain/undo-plain.ts'
import { keepClusters } from '../../cluster/cluster.ts'
import {
  type Checked,
  type Crew,
  EXCERPTS,
  type Given,
  type GivenFile,
  type Ingest,
  openCrew,
  openIngest,
  summarise,
  type UtxoColumns,
} from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import { type Found, type FoundBlock, readBlocks, readUndo } from '../../source/block-file.ts'
import { equals } from '../../std/bytes.ts'
import { sha256Hex } from '../../std/digest.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { describeFile, inTheClear } from './file.ts'
import { type Mended, mending, toldOf } from './mend.ts'
import { createGauge } from './progress.ts'
import { threadsFor } from './threads.ts'

export { ledgerImport, ledgerPrice } from './import.ts'
export { ledgerStatus } from './status.ts'

type Input = {
  readonly network: string
  readonly files: readonly string[]
  readonly undo?: readonly string[]
  readonly height?: number
  readonly workers?: number
  readonly dryRun: boolean
}

/** What `ledger add` answers. Counts are of the distinct blocks in the files given, new or known. */
export type Added = {
  readonly network: Network.NetworkId
  readonly blocks: number
  /** Of these, taken now, and there already. */
  readonly added: number
  readonly skipped: number
  /** Of these, not on the active chain. */
  readonly stale: number
  readonly transactions: number
  /** Coinbases have none. */
  readonly inputs: number
  readonly inputsResolved: number
  readonly outputs: number
  readonly addresses: number
  /** Null where an input is unread; `feesKnown` tells those of the transactions that are known whole. */
  readonly feesSats: string | null
  readonly feesKnown: { readonly sats: string; readonly transactions: number; readonly of: number }
  readonly rejected: readonly Rejected[]
  readonly dryRun: boolean
  readonly coverage: Coverage
  /** There only where the ledger was found damaged: what was kept of it, and what was derived again. */
  readonly mended?: readonly Mended[]
}

export type Rejected = {
  readonly file: string
  /** Byte (in texts: character) of the fault; null: the file itself could not be read. */
  readonly offset: number | null
  readonly reason: string
  readonly says: string
  /** The file ends within a block, as a node leaves it: no fault of the data. */
  readonly cutOff: boolean
}

export const ledgerAdd: Operation = {
  name: 'ledger add',
  summary: 'Read blocks into the ledger: raw, blk*.dat, hex or getblock JSON',
  access: 'write',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the blocks' },
      choices: Network.all.filter(network => network.shape === 'utxo').map(network => network.id),
    },
    files: { type: 'strings', positional: true, required: true, path: true, says: 'files of blocks' },
    undo: { type: 'strings', path: true, says: 'undo data, one for each file in the same order' },
    height: { type: 'integer', says: 'height of the one block given (or of the first in its file)' },
    workers: { type: 'integer', says: 'threads that check blocks besides; by size and processors where not given' },
    dryRun: { type: 'boolean', default: false, says: 'read and check, and change nothing' },
  },
  examples: [
    { command: 'athar ledger add bitcoin block.raw --undo undo.raw', says: 'a block with what its inputs spend' },
    { command: 'athar ledger add bitcoin ~/.bitcoin/blocks/blk*.dat', says: "a node's own files, in any order" },
    { command: 'athar ledger add bitcoin block.json --json', says: "the answer of a node's getblock" },
  ],
  verdict: (answer: Added) => (answer.rejected.some(one => !one.cutOff) ? 'no' : 'ok'),
  list: 'rejected',
  run: (input: Input, context: Context) => add(input, context),
}

function add(input: Input, context: Context): Added {
  const network = networkOf(input.network)
  checkPairs(input)
  const open = (): Ingest => openIngest(context.store, network, context.clock, !input.dryRun)
  const { result: ingest, mended } = input.dryRun ? { result: open(), mended: [] } : mending(context, open)
  const rejected: Rejected[] = []
  const gauge = createGauge(input.files, context.progress)
  const before = ingest.transactions
  let blocks = 0
  const note = (bytes: number): void => gauge.at(bytes, ++blocks, ingest.transactions - before)
  const threads = threadsFor(input)
  const crew = threads === 0 ? null : openCrew(network, threads)
  try {
    for (const [at, path] of input.files.entries()) {
      const task = { path, undo: input.undo?.[at] ?? null, height: input.height ?? null, network, crew }
      try {
        for (const one of addFile(ingest, task, context.signal, note)) rejected.push(one)
      } catch (thrown) {
        if (!(thrown instanceof Failure) || thrown.kind === 'cancelled' || input.files.length === 1) throw thrown
        rejected.push({ file: path, offset: null, reason: thrown.name, says: thrown.message, cutOff: false })
      }
      gauge.next(path)
    }
  } finally {
    crew?.close()
  }
  const { linked, given } = ingest.finish()
  if (given.hashes.length === 0) throw nothingRead(rejected)
  if (!input.dryRun) keepClusters(context.store, linked.columns)
  return { ...answer(linked.columns, given, rejected, input.dryRun), ...toldOf(mended) }
}

function answer(columns: UtxoColumns, given: Given, rejected: readonly Rejected[], dryRun: boolean): Added {
  const summary = summarise(columns, given.hashes)
  const blocks = given.hashes.length / 32
  const whole = summary.inputsResolved === given.inputs && summary.blocks === blocks
  return {
    network: columns.network,
    ...{ blocks, added: given.added, skipped: given.present, stale: blocks - summary.blocks },
    ...{ transactions: given.transactions, inputs: given.inputs, inputsResolved: summary.inputsResolved },
    ...{ outputs: given.outputs, addresses: summary.addresses },
    feesSats: whole ? String(summary.feesUnits) : null,
    feesKnown: { sats: String(summary.feesUnits), transactions: summary.feesOf, of: summary.transactions },
    ...{ rejected, dryRun, coverage: columns.coverage() },
  }
}

type Task = {
  readonly path: string
  readonly undo: string | null
  readonly height: number | null
  readonly network: Rules.BitcoinNetworkId
  readonly crew: Crew | null
}

/** Adds the blocks of one file; yields what could not be taken. */
function* addFile(ingest: Ingest, task: Task, signal: AbortSignal, note: (bytes: number) => void): Generator<Rejected> {
  const { path, network } = task
  const undo = task.undo === null ? null : readUndo(task.undo, network)
  let file = describeFile(path, 'blocks')
  let height = task.height
  let begun = false
  for (const { item: found, known } of checkedOf(task, readBlocks(path, network))) {
    if (signal.aborted) throw cancelled(ingest)
    if (!found.ok) {
      yield reject(path, found.offset, found, found.reason === 'truncated')
      continue
    }
    if (!begun) file = readable(path, file, found)
    const verbatim = isAt(file, found)
    const undoContent = undo ?? (found.spent === null || found.text !== undefined ? null : encodeUndo(found.spent))
    const ground = {
      height,
      statedHeight: found.height,
      undo: undoContent === null ? null : sha256Hex(undoContent),
      undoContent,
    }
    if (!verbatim) ingest.begin(apart({ ...file, ...ground }, found))
    else if (!begun) ingest.begin({ ...file, ...ground })
    begun = verbatim
    const spent = undo === null ? found.spent : (spender: Undo.Spender) => Undo.parse(undo, spender, Rules.of(network))
    const offset = verbatim ? found.offset : 0
    const { bytes, proofs } = found
    const verdict = ingest.add({ bytes, offset, height, statedHeight: found.height, spent, known, proofs })
    if (typeof verdict === 'object') yield reject(path, found.offset + (verbatim ? verdict.offset : 0), verdict, false)
    height = null
    note(found.offset + found.bytes.length)
  }
}

function* checkedOf({ crew }: Task, blocks: Iterable<Found>): Generator<Checked<Found>> {
  if (crew !== null) yield* crew.ahead(blocks)
  else for (const item of blocks) yield { item, known: undefined }
}

/** A block that does not lie in its file as such (hex, JSON) is kept as its own bytes. */
function apart(file: GivenFile, { bytes, offset, text }: FoundBlock): GivenFile {
  const content = text === undefined ? bytes.slice() : new TextEncoder().encode(text)
  const name = text === undefined ? file.name : `${EXCERPTS} ${file.name}`
  return { ...file, name: `${name}#${offset}`, sha256: sha256Hex(content), bytes: content.length, content }
}

/** The file in the clear where that is how the block lies in it. */
function readable(path: string, file: GivenFile, found: FoundBlock): GivenFile {
  if (isAt(file, found)) return file
  const clear = inTheClear(path, file)
  return clear !== undefined && isAt(clear, found) ? clear : file
}

/** Whether the block lies there byte for byte. Of a file that is only referred to, its reader sees to that. */
function isAt({ content }: GivenFile, { bytes, offset }: FoundBlock): boolean {
  if (content === null) return true
  return content.length >= offset + bytes.length && equals(content.subarray(offset, offset + bytes.length), bytes)
}

function reject(file: string, offset: number, fault: Fault.Fault, cutOff: boolean): Rejected {
  return { file, offset, reason: fault.reason, says: Fault.reasons[fault.reason], cutOff }
}

function networkOf(text: string): Rules.BitcoinNetworkId {
  const network = Network.parse(text)
  const rules = network === undefined ? undefined : Rules.find(network.id)
  if (rules !== undefined) return rules.network
  throw new Failure('Ledger.NoBlocks', 'input', `“${text.slice(0, 80)}” is no network whose blocks are read.`, {
    hint:
      network === undefined
        ? `Networks: ${Network.all.map(one => one.id).join(', ')}.`
        : `Transfers of ${network.id} come as CSV: \`athar ledger import FILE.csv\`.`,
    facts: { network: text.slice(0, 80) },
  })
}

function checkPairs({ files, undo, height }: Input): void {
  if (undo !== undefined && undo.length !== files.length) {
    throw new Failure(
      'Ledger.UnpairedUndo',
      'usage',
      `${undo.length} undo files for ${files.length} files of blocks.`,
      {
        hint: 'Give one --undo for each file of blocks, in the same order.',
        facts: { undo: undo.length, files: files.length },
      },
    )
  }
  if (height === undefined || (files.length === 1 && height >= 0 && height < 2 ** 31)) return
  throw new Failure('Ledger.BadHeight', 'usage', `--height ${height} cannot be given to ${files.length} files.`, {
    hint: 'Give --height with one file: a whole number from 0, the height of its first block.',
    facts: { height, files: files.length },
  })
}

function nothingRead(rejected: readonly Rejected[]): Failure {
  const first = rejected[0]
  const where = first?.offset === null || first === undefined ? '' : ` at byte ${first.offset}`
  const why = first === undefined ? 'the files hold none' : `${first.reason}${where} of “${first.file}”: ${first.says}`
  return new Failure('Ledger.NothingRead', 'input', `No block could be taken: ${why}.`, {
    hint: 'Nothing was changed. Fetch the block again, and check that the network is the right one.',
    facts: {
      ...{ file: first?.file ?? null, offset: first?.offset ?? null, reason: first?.reason ?? null },
      rejected: rejected.length,
    },
  })
}

function cancelled(ingest: Ingest): Failure {
  ingest.commit()
  return new Failure('Ledger.Cancelled', 'cancelled', 'The import was stopped; what was read until then is kept.', {
    hint: 'The same command goes on where it stopped.',
  })
}
