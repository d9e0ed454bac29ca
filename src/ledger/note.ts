import type { NetworkId } from '../model/network.ts'
import * as Network from '../model/network.ts'
import type { Store } from '../store/store.ts'
import { type Columns, NONE, type UtxoColumns } from './columns.ts'
import { heightOf, newestOf, timeOf, txidOf } from './history.ts'
import { findManifest } from './table.ts'
import { generationWithoutNotes, hasNotes, listNotesBy, listNotesIn, type ToldNote } from './told/table.ts'

/** Words in a transaction of an address, with who signed it. They say nothing of who is paid. */
export type WrittenNote = {
  readonly txid: string
  /** Of a UTXO transaction the output's place; −1: the transaction itself. */
  readonly place: number
  readonly height: number | null
  readonly time: number
  readonly text: string
  readonly cut: boolean
  /** Who signed the transaction, at most WRITERS_MAX; empty: not read. Any one of several may have written it. */
  readonly writers: readonly string[]
  /** Whether the address is one of them, and whether it is the only one. */
  readonly own: 'yes' | 'one-of' | 'no'
  readonly provider: string
}

/** Writers that are named of one transaction. */
const WRITERS_MAX = 20

/** Transactions of one address that are looked at, the newest first: a service's words are not read one by one. */
const TRANSACTIONS_MAX = 20_000

export type NoteQuestion = { readonly limit: number; readonly time: number; readonly known: number }

/**
 * Words in the transactions of an address, newest first, up to a time and as known then.
 *
 * @param columns the network's ledger; undefined: none was read
 */
export function notesOf(
  store: Store,
  network: NetworkId,
  columns: Columns | undefined,
  address: string,
  { limit, time, known }: NoteQuestion,
): WrittenNote[] {
  if (!hasNotes(store, network)) return []
  const found = new Map<string, WrittenNote>()
  const add = (note: ToldNote, transaction: number | null): void => {
    const written = writtenOf(note, transaction === null ? null : { columns: columns!, transaction }, address)
    if (note.readAt <= known && written.time <= time) found.set(`${note.txid} ${note.place}`, written)
  }
  // On account chains a payment of nothing is in no ledger, and its words are.
  for (const note of listNotesBy(store, network, address, limit)) add(note, null)
  const row = columns?.addresses.find(address)
  const touching = row === undefined ? new Uint32Array(0) : newestOf(columns!, row, TRANSACTIONS_MAX)
  for (let k = touching.length - 1, own = 0; k >= 0 && own < limit; k--) {
    const transaction = touching[k]!
    if (columns!.shape === 'utxo' && !isBurning(columns as UtxoColumns, transaction)) continue
    for (const note of listNotesIn(store, network, txidOf(columns!, transaction))) {
      add(note, transaction)
      own++
    }
  }
  return [...found.values()].sort((a, b) => b.time - a.time || (a.txid < b.txid ? -1 : 1)).slice(0, limit)
}

/**
 * Why words may be missing; null where each transaction of the ledger was read with them. Blocks are there to be read
 * again; of what a node or a provider told, transfers alone were kept.
 */
export function notesUnread(store: Store, network: NetworkId): string | null {
  const generation = generationWithoutNotes(store, network)
  if (generation === null) return null
  const before = 'What was read before words in transactions were kept was read without them'
  if (Network.from(network).shape === 'account')
    return `${before}: \`athar ledger fetch --again\` reads a history anew.`
  const isOld = findManifest(store, network)?.generation === generation
  return isOld ? `${before}: \`athar rebuild\` reads the blocks again.` : null
}

/** Whether some output of it can never be spent: words are nowhere else. */
function isBurning({ transactions, outputs }: UtxoColumns, transaction: number): boolean {
  const end = transactions.firstOutput[transaction + 1]!
  for (let k = transactions.firstOutput[transaction]!; k < end; k++) if (outputs.kind[k] === 1) return true
  return false
}

function writtenOf(
  { txid, place, text, cut, writer, provider, ...told }: ToldNote,
  of: { readonly columns: Columns; readonly transaction: number } | null,
  address: string,
): WrittenNote {
  const height = of === null ? told.height : heightOf(of.columns, of.transaction)
  const time = of === null ? told.time : timeOf(of.columns, of.transaction)
  const signed = writer !== null ? [writer] : of?.columns.shape === 'utxo' ? signersOf(of.columns, of.transaction) : []
  const own = !signed.includes(address) ? 'no' : signed.length === 1 ? 'yes' : 'one-of'
  return { txid, place, height, time, text, cut, writers: signed.slice(0, WRITERS_MAX), own, provider }
}

/** Addresses of the inputs, each once. */
function signersOf({ transactions, inputs, addresses }: UtxoColumns, transaction: number): string[] {
  const rows = new Set<number>()
  const end = transactions.firstInput[transaction + 1]!
  for (let k = transactions.firstInput[transaction]!; k < end; k++) rows.add(inputs.address[k]!)
  rows.delete(NONE)
  return [...rows].map(row => addresses.format(row))
}
