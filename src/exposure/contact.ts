import {
  type AccountColumns,
  type Columns,
  NONE,
  newestOf,
  timeOf,
  txidOf,
  UNREAD,
  type UtxoColumns,
  unitsOf,
} from '../ledger/ledger.ts'
import type * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'

/** One transaction in which a subject paid another address, or was paid by it: the witness of a direct exposure. */
export type Contact = {
  readonly other: string
  readonly direction: 'in' | 'out'
  readonly txid: string
  readonly time: Instant
  readonly asset: Asset.Asset
  /** What the other got (out) or put in (in); null where it was not read. */
  readonly units: bigint | null
}

/** Transactions of one subject that are looked at, the newest first. Ours: a service has more, and is labelled one. */
export const TRANSACTIONS_MAX = 50_000

/**
 * Contacts of the address at `row` with addresses that `wanted` picks, up to `asOf`. Where the subject pays in a
 * transaction, those who pay with it are no contacts of it: they stand beside it, not across.
 */
export function contactsOf(columns: Columns, row: number, asOf: Instant, wanted: (row: number) => boolean): Contact[] {
  const contacts: Contact[] = []
  for (const transaction of newestOf(columns, row, TRANSACTIONS_MAX)) {
    if (columns.shape === 'utxo') gatherUtxo(columns, row, transaction, asOf, wanted, contacts)
    else gatherAccount(columns, row, transaction, asOf, wanted, contacts)
  }
  return contacts
}

/** Transactions of a counterparty that are looked through for a time: a service has more, and its time is not said. */
const SOUGHT_MAX = 2000

/** When these transactions of an address took place; without those that were not found. */
export function timesOf(columns: Columns, address: string, txids: ReadonlySet<string>): Map<string, Instant> {
  const row = columns.addresses.find(address)
  const found = new Map<string, Instant>()
  const transactions = row === undefined ? [] : newestOf(columns, row, SOUGHT_MAX + 1)
  if (transactions.length > SOUGHT_MAX) return found
  for (const transaction of transactions) {
    if (found.size === txids.size) break
    const txid = txidOf(columns, transaction)
    if (txids.has(txid)) found.set(txid, timeOf(columns, transaction))
  }
  return found
}

type Wanted = (row: number) => boolean

function gatherUtxo(
  columns: UtxoColumns,
  row: number,
  transaction: number,
  asOf: Instant,
  wanted: Wanted,
  contacts: Contact[],
): void {
  const { transactions, inputs, outputs, asset, blocks } = columns
  if (blocks.time[transactions.block[transaction]!]! > asOf) return
  const [firstIn, endIn] = [transactions.firstInput[transaction]!, transactions.firstInput[transaction + 1]!]
  const [firstOut, endOut] = [transactions.firstOutput[transaction]!, transactions.firstOutput[transaction + 1]!]
  let pays = false
  for (let i = firstIn; i < endIn; i++) pays ||= inputs.address[i] === row
  const add = (other: number, direction: 'in' | 'out', units: bigint | null) => {
    if (other === NONE || other === row || !wanted(other)) return
    const txid = txidOf(columns, transaction)
    const time = blocks.time[transactions.block[transaction]!]!
    contacts.push({ other: columns.addresses.format(other), direction, txid, time, asset, units })
  }
  if (pays) for (let o = firstOut; o < endOut; o++) add(outputs.address[o]!, 'out', outputs.units[o]!)
  else {
    for (let i = firstIn; i < endIn; i++) {
      add(inputs.address[i]!, 'in', inputs.units[i] === UNREAD ? null : inputs.units[i]!)
    }
  }
}

function gatherAccount(
  columns: AccountColumns,
  row: number,
  transaction: number,
  asOf: Instant,
  wanted: Wanted,
  contacts: Contact[],
): void {
  const { transactions, transfers, assets } = columns
  if (transactions.time[transaction]! > asOf) return
  for (let t = transactions.firstTransfer[transaction]!; t < transactions.firstTransfer[transaction + 1]!; t++) {
    if (transfers.moves[t] !== 1) continue
    const [from, to] = [transfers.from[t]!, transfers.to[t]!]
    if (from === to || (from !== row && to !== row)) continue
    const other = from === row ? to : from
    if (other === NONE || !wanted(other)) continue
    contacts.push({
      other: columns.addresses.format(other),
      direction: from === row ? 'out' : 'in',
      txid: txidOf(columns, transaction),
      time: transactions.time[transaction]!,
      asset: assets[transfers.asset[t]!]!,
      units: unitsOf(transfers.units, t),
    })
  }
}
