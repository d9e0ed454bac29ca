import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Rules from '../../chain/block-rules.ts'
import * as Undo from '../../chain/undo.ts'
import { keepClusters } from '../../cluster/cluster.ts'
import {
  type Columns,
  digestOf,
  freshIngest,
  type Ground,
  type Ingest,
  listGround,
  networksOf,
  openColumns,
  openRebuilder,
  type Rebuilder,
  rebuildTransfers,
  type TransfersGround,
  type UtxoColumns,
} from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { readBlocks } from '../../source/block-file.ts'
import { Failure } from '../../std/failure.ts'
import type { Store } from '../../store/store.ts'
import type { Context, Operation } from '../operation.ts'
import { describeFile, piecesOf } from './file.ts'

/** What `rebuild` answers. */
export type RebuildAnswer = { readonly networks: readonly Rebuilt[]; readonly dryRun: boolean }

export type Rebuilt = {
  readonly network: NetworkId
  /** Digests of the ledger as it was kept and as it was derived; null: what was kept could not be read. */
  readonly before: string | null
  readonly after: string
  readonly equal: boolean
}

export const rebuild: Operation = {
  name: 'rebuild',
  summary: 'Derive the ledgers again from the files they were read from',
  access: 'write',
  fields: { dryRun: { type: 'boolean', default: false, says: 'derive and compare, and change nothing' } },
  examples: [
    { command: 'athar rebuild --dry-run', says: 'whether what is kept is what follows from the files' },
    { command: 'athar rebuild', says: 'after a segment file was damaged' },
  ],
  verdict: (answer: RebuildAnswer) => (answer.networks.every(one => one.equal || one.before === null) ? 'ok' : 'no'),
  list: 'networks',
  run: ({ dryRun }: { readonly dryRun: boolean }, context: Context): RebuildAnswer => {
    const networks = networksOf(context.store)
    checkGround(context.store)
    return { networks: networks.map(network => rebuildNetwork(context, network, dryRun)), dryRun }
  },
}

/** The files of a ledger from a number on, each there and what it was. Failures: Ledger.GroundMissing. */
export function groundFrom(store: Store, network: NetworkId, least: number): Ground[] {
  const grounds = listGround(store, network).filter(ground => ground.id >= least)
  checkGround(store, grounds)
  return grounds
}

/** Nothing is dropped whose ground is missing: every file is there, and is what it was, before anything begins. */
function checkGround(store: Store, grounds = listGround(store)): void {
  for (const ground of grounds) {
    if (ground.path === null) store.files.get(ground.sha256)
    else if (!existsSync(ground.path) || !startsAsRead(ground)) throw groundMissing(ground)
    if (ground.undo !== null) store.files.get(ground.undo)
  }
}

/** A node's newest file grows: what counts is that it still is what was read. */
function startsAsRead({ path, sha256, bytes }: Ground): boolean {
  const found = describeFile(path!, 'blocks')
  return found.bytes === bytes && found.sha256 === sha256
}

function rebuildNetwork({ store, clock, signal, progress }: Context, network: NetworkId, dryRun: boolean): Rebuilt {
  const before = digestOfKept(store, network)
  const rebuilder = dryRun ? undefined : openRebuilder(store, network, clock)
  const grounds = listGround(store, network)
  let done = 0
  const step = (): void => {
    if (signal.aborted) throw cancelled()
    progress({ done: ++done, total: grounds.length, unit: 'files' })
  }
  const rules = Rules.find(network)
  const columns =
    rules === undefined
      ? rebuildTransfers(network, transferFiles(store, grounds, step), rebuilder)
      : rebuildBlocks(store, rules.network, grounds, rebuilder, step)
  const after = digestOf(columns)
  rebuilder?.activate()
  if (rebuilder !== undefined && columns.shape === 'utxo') keepClusters(store, columns)
  return { network, before, after, equal: before === after }
}

function digestOfKept(store: Store, network: NetworkId): string | null {
  try {
    return digestOf(openColumns(store, network)!)
  } catch (thrown) {
    // Of another format, or damaged: that is what deriving anew is for.
    if (thrown instanceof Failure && (thrown.kind === 'corrupt' || thrown.name === 'Ledger.Format')) return null
    throw thrown
  }
}

/** The transfers files of a ledger, wherever they lie; `step` is called before each. */
export function* transferFiles(store: Store, grounds: readonly Ground[], step: () => void): Generator<TransfersGround> {
  for (const ground of grounds) {
    step()
    yield { ground, pieces: ground.path === null ? [store.files.get(ground.sha256)] : piecesOf(ground.path) }
  }
}

function rebuildBlocks(
  store: Store,
  network: Rules.BitcoinNetworkId,
  grounds: readonly Ground[],
  rebuilder: Rebuilder | undefined,
  step: () => void,
): Columns {
  return deriveAgain(freshIngest(store, network, rebuilder), store, network, grounds, rebuilder, step)
}

/** Reads the files into an ingest that knows none of them, or only the first; `step` is called before each. */
export function deriveAgain(
  ingest: Ingest,
  store: Store,
  network: Rules.BitcoinNetworkId,
  grounds: readonly Ground[],
  rebuilder: Rebuilder | undefined,
  step: () => void,
): UtxoColumns {
  const folder = mkdtempSync(join(tmpdir(), 'athar-rebuild-'))
  try {
    for (const ground of grounds) {
      step()
      rebuilder?.use(ground)
      ingest.begin({ ...ground, content: null })
      addAgain(ingest, store, network, ground, pathOf(store, ground, folder))
    }
    return ingest.finish().linked.columns
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Kept files are compressed: readers of block files want a path. */
function pathOf(store: Store, ground: Ground, folder: string): string {
  if (ground.path !== null) return ground.path
  const path = join(folder, 'blocks')
  writeFileSync(path, store.files.get(ground.sha256))
  return path
}

function addAgain(ingest: Ingest, store: Store, network: Rules.BitcoinNetworkId, ground: Ground, path: string): void {
  const undo = ground.undo === null ? null : store.files.get(ground.undo)
  const spent = undo === null ? null : (spender: Undo.Spender) => Undo.parse(undo, spender, Rules.of(network))
  let { height, statedHeight: stated } = ground
  for (const found of readBlocks(path, network)) {
    if (!found.ok) continue
    const statedHeight = found.height ?? stated
    const { bytes, offset, proofs } = found
    ingest.add({ bytes, offset, height, statedHeight, spent: spent ?? found.spent, proofs })
    height = null
    stated = null
  }
}

function groundMissing({ path, sha256, name }: Ground): Failure {
  return new Failure('Ledger.GroundMissing', 'missing', `“${path}” is gone, or is no longer what was read from it.`, {
    hint: 'Put the file back where it was. Nothing was dropped.',
    facts: { path, sha256, name },
  })
}

function cancelled(): Failure {
  return new Failure(
    'Ledger.Cancelled',
    'cancelled',
    'The ledger was not derived to the end; the old one still holds.',
    {
      hint: 'Run it again.',
    },
  )
}
