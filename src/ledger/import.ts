import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import type { Clock } from '../std/clock.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { encodeTransfers } from './chunk.ts'
import type { AccountColumns } from './columns.ts'
import { type Committer, type GivenFile, openCommitter, type Rebuilder } from './commit.ts'
import { readCsv } from './csv.ts'
import { linkTransfers, loadTransfers, type TransferStock } from './snapshot.ts'
import { findManifest, type Ground } from './table.ts'
import { createTransferRoll, type TransferRoll } from './transfer-roll.ts'
import { createRowParser, parseHeader, type TransferRow } from './transfer-row.ts'

/** What became of a transfers file. */
export type Imported = {
  readonly rows: number
  readonly added: number
  /** Identical to rows that were there already. */
  readonly present: number
  /** The first of the rows that were not taken, and how many there were in all. */
  readonly rejected: readonly RejectedRow[]
  readonly rejectedCount: number
  /** Tokens that bear a checked token's symbol at another contract. */
  readonly impostors: readonly Asset.Asset[]
  readonly ledgers: readonly AccountColumns[]
}

export type RejectedRow = { readonly line: number; readonly reason: string }

/** Rejected rows that are told one by one. */
export const REJECTED_MAX = 1000

/**
 * Reads a transfers CSV into the ledgers of the networks that it names. Rows that cannot be taken are told and left
 * out; the others are committed at the end, one network after another. Reading the same file again changes nothing.
 *
 * @param keep false for a trial run
 * @param step called now and then with the rows read so far; it may throw to stop, and nothing was changed then
 *
 * Failures: Transfers.* for the header, Csv.* for the text, Transfers.NothingRead.
 */
export function importTransfers(
  store: Store,
  file: GivenFile,
  pieces: Iterable<Uint8Array>,
  { clock, keep, step }: { clock: Clock; keep: boolean; step: (rows: number) => void },
): Imported {
  const books = new Map<NetworkId, Book>()
  const counts = { rows: 0, added: 0, present: 0, rejectedCount: 0 }
  const rejected: RejectedRow[] = []
  const impostors = new Map<string, Asset.Asset>()
  const take = (row: TransferRow): string | undefined => {
    if (!books.has(row.network)) books.set(row.network, openBook(store, row.network))
    const verdict = books.get(row.network)!.roll.add(row)
    if (typeof verdict === 'object') return verdict.conflict
    counts[verdict]++
    if (Asset.isImpostor(row.asset)) impostors.set(Asset.key(row.asset), row.asset)
    return undefined
  }
  for (const { line, parsed } of readRows(pieces)) {
    const reason = parsed.ok ? take(parsed.row) : parsed.reason
    if (++counts.rows % STEP_ROWS === 0) step(counts.rows)
    if (reason === undefined) continue
    if (++counts.rejectedCount <= REJECTED_MAX) rejected.push({ line, reason })
  }
  if (counts.rows === counts.rejectedCount) throw nothingRead(file.name, rejected[0], counts.rejectedCount)
  const ledgers = [...books]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([network, book]) => {
      const committer = keep ? openCommitter(store, network, clock) : undefined
      return close(network, book, file, committer)
    })
  return { ...counts, rejected, impostors: [...impostors.values()], ledgers }
}

/** One file of a network's ground, to be read again. */
export type TransfersGround = { readonly ground: Ground; readonly pieces: Iterable<Uint8Array> }

/** The ledger of a network from its files alone, written to `rebuilder` if given. Rows that were refused are again. */
export function rebuildTransfers(
  store: Store,
  network: NetworkId,
  files: Iterable<TransfersGround>,
  rebuilder: Rebuilder | undefined,
): AccountColumns {
  const stock = loadTransfers(store, network, undefined)
  const roll = createTransferRoll(stock)
  for (const { pieces } of files) {
    for (const { parsed } of readRows(pieces)) if (parsed.ok && parsed.row.network === network) roll.add(parsed.row)
  }
  const batch = roll.slice(0)
  const chunk = { batch, keys: stock.keys.slice(0), assets: stock.assets }
  rebuilder?.commit(encodeTransfers(chunk), { blocks: 0, transactions: batch.count })
  stock.batches.push(batch)
  return linkTransfers(network, stock)
}

const STEP_ROWS = 10_000

function* readRows(pieces: Iterable<Uint8Array>) {
  let parse: ReturnType<typeof createRowParser> | undefined
  for (const { line, cells } of readCsv(pieces)) {
    if (parse === undefined) parse = createRowParser(parseHeader(cells))
    else yield { line, parsed: parse(cells) }
  }
}

/** One network's ledger while rows are added to it, and how much of it was there before. */
type Book = {
  readonly stock: TransferStock
  readonly roll: TransferRoll
  readonly before: { readonly rows: number; readonly keys: number; readonly assets: number }
}

function openBook(store: Store, network: NetworkId): Book {
  const stock = loadTransfers(store, network, findManifest(store, network))
  const roll = createTransferRoll(stock)
  return { stock, roll, before: { rows: roll.count, keys: stock.keys.count, assets: stock.assets.length } }
}

function close(
  network: NetworkId,
  { stock, roll, before }: Book,
  file: GivenFile,
  committer: Committer | undefined,
): AccountColumns {
  if (roll.count > before.rows) {
    const batch = roll.slice(before.rows)
    const [keys, assets] = [stock.keys.slice(before.keys), stock.assets.slice(before.assets)]
    committer?.register(file)
    committer?.commit(encodeTransfers({ batch, keys, assets }), { blocks: 0, transactions: batch.count })
    stock.batches.push(batch)
  }
  return linkTransfers(network, stock)
}

function nothingRead(name: string, first: RejectedRow | undefined, rejected: number): Failure {
  const why = first === undefined ? 'it has no row' : `line ${first.line}: ${first.reason}`
  return new Failure('Transfers.NothingRead', 'input', `No transfer in “${name}” could be taken: ${why}.`, {
    hint: 'docs/methods/ledger.md shows the columns and an example.',
    facts: { file: name, line: first?.line ?? null, reason: first?.reason ?? null, rejected },
  })
}
