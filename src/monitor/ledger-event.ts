import {
  type AccountColumns,
  type Columns,
  heightOf,
  KINDS,
  type Movement,
  movementsOf,
  NONE,
  type Prices,
  timeOf,
  txidOf,
  type UtxoColumns,
  unitsOf,
} from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Transfer } from '../model/transfer.ts'
import { reversed, toHex } from '../std/bytes.ts'
import type { Event } from './event.ts'
import { usdOf } from './value.ts'

/**
 * What a ledger says that an address did, oldest first. On chains of blocks of each transaction what came less what
 * went back; on account chains each transfer by itself, as it comes from a node: a fee is paid to nobody, and no event.
 */
export function eventsOf(columns: Columns, address: string, prices: Prices): Event[] {
  const row = columns.addresses.find(address)
  if (row === undefined) return []
  if (columns.shape === 'account') return accountEvents(columns, row, prices)
  return utxoEvents(columns, row, columns.addresses.transactionsOf(row).length, prices)
}

/** What the watched addresses did in the transactions from row `from` on, which lie at the ledger's end. */
export function eventsSince(
  columns: UtxoColumns,
  from: number,
  isWatched: (address: string) => boolean,
  prices: Prices,
): { readonly address: string; readonly event: Event }[] {
  const { transactions, inputs, outputs, addresses } = columns
  const rows = new Set<number>()
  for (let k = transactions.firstInput[from]!; k < inputs.count; k++) rows.add(inputs.address[k]!)
  for (let k = transactions.firstOutput[from]!; k < outputs.count; k++) rows.add(outputs.address[k]!)
  rows.delete(NONE)
  return [...rows].flatMap(row => {
    const address = addresses.format(row)
    if (!isWatched(address)) return []
    const touching = addresses.transactionsOf(row)
    let fresh = 0
    while (fresh < touching.length && touching[touching.length - 1 - fresh]! >= from) fresh++
    return utxoEvents(columns, row, fresh, prices).map(event => ({ address, event }))
  })
}

/** Rows of these transactions, from row `from` on; those that are not there have none. One pass over their ids. */
export function transactionsIn(columns: Columns, txids: ReadonlySet<string>, from = 0): Map<string, number> {
  const found = new Map<string, number>()
  const { txid: ids } = columns.transactions
  const count = txids.size === 0 ? 0 : columns.transactions.count
  // Bitcoin prints ids in reverse: the first two bytes of what is printed say whether a row is worth a look.
  const [first, second] = columns.shape === 'utxo' ? [31, 30] : [0, 1]
  const heads = new Set([...txids].map(txid => Number.parseInt(txid.slice(0, 4), 16)))
  for (let row = from; row < count; row++) {
    if (!heads.has((ids[32 * row + first]! << 8) | ids[32 * row + second]!)) continue
    const txid = txidOf(columns, row)
    if (txids.has(txid)) found.set(txid, row)
  }
  return found
}

/** The transaction from row `from` on that spends one of these outputs, named `txid:index`; null: none does. */
export function spenderIn({ inputs, ...columns }: UtxoColumns, outpoints: readonly string[], from = 0): string | null {
  const wanted = new Set(outpoints)
  for (let k = wanted.size === 0 ? inputs.count : columns.transactions.firstInput[from]!; k < inputs.count; k++) {
    const txid = toHex(reversed(inputs.previousTxid.slice(32 * k, 32 * k + 32)))
    if (wanted.has(`${txid}:${inputs.previousIndex[k]!}`)) return txidOf({ inputs, ...columns }, inputs.transaction[k]!)
  }
  return null
}

/** Of the last `count` transactions of an address. */
function utxoEvents(columns: UtxoColumns, row: number, count: number, prices: Prices): Event[] {
  return movementsOf(columns, row, 0, count)
    .reverse()
    .flatMap(movement => {
      const net = netOf(movement)
      if (net === null) return []
      const { txid, height, time, counterparties } = movement
      const place = { txid, height, time, direction: net.direction, other: counterparties[0] ?? null }
      return [eventOf(place, net.amount, prices)]
    })
}

function accountEvents(columns: AccountColumns, row: number, prices: Prices): Event[] {
  const { transactions, transfers, assets, addresses } = columns
  const events: Event[] = []
  for (const transaction of addresses.transactionsOf(row)) {
    const end = transactions.firstTransfer[transaction + 1]!
    for (let t = transactions.firstTransfer[transaction]!; t < end; t++) {
      const [from, to] = [transfers.from[t]!, transfers.to[t]!]
      const isOne = (from === row) !== (to === row)
      if (!isOne || transfers.moves[t] !== 1 || KINDS[transfers.kind[t]!] === 'fee') continue
      const other = from === row ? to : from
      const place = { txid: txidOf(columns, transaction), height: heightOf(columns, transaction) }
      const way = { time: timeOf(columns, transaction), direction: from === row ? 'out' : 'in' } as const
      const amount = { asset: assets[transfers.asset[t]!]!, units: unitsOf(transfers.units, t) }
      events.push(eventOf({ ...place, ...way, other: other === NONE ? null : addresses.format(other) }, amount, prices))
    }
  }
  return events
}

function eventOf(
  place: Pick<Event, 'txid' | 'height' | 'time' | 'direction' | 'other'>,
  { asset, units }: Amount,
  prices: Prices,
): Event {
  return { ...place, standing: 'mined', asset, units, ...usdOf(prices, asset, units, place.time) }
}

/** A payment that waits, as one side of it sees it, since it was first seen. */
export function eventOfWaiting(
  side: Pick<Event, 'txid' | 'direction' | 'asset' | 'units' | 'other'> & { readonly replaceable: boolean | null },
  time: Event['time'],
  prices: Prices,
): Event {
  const { txid, direction, asset, units, other, replaceable } = side
  const value = usdOf(prices, asset, units, time)
  return { txid, height: null, time, direction, asset, units, ...value, other, standing: 'unconfirmed', replaceable }
}

/** Change that returns in the same transaction is neither received nor paid. */
function netOf({ received, sent }: Movement): { direction: Event['direction']; amount: Amount } | null {
  if (sent === null) return received === null ? null : { direction: 'in', amount: received }
  if (received === null) return { direction: 'out', amount: sent }
  const units = sent.units - received.units
  if (units === 0n) return null
  return units > 0n
    ? { direction: 'out', amount: { asset: sent.asset, units } }
    : { direction: 'in', amount: { asset: sent.asset, units: -units } }
}

/** A transfer as it comes from a node, seen from both of its ends. What moves nothing, or failed, is no event. */
export function eventsOfTransfer(transfer: Transfer, prices: Prices): readonly { address: string; event: Event }[] {
  const { from, to, kind, failed, units, network, token, txid, height, time } = transfer
  if (failed || kind === 'approve' || kind === 'fee' || units === 0n || from === to) return []
  const asset =
    token === null
      ? Asset.coin(network)
      : (Asset.token(network, token.contract) ?? { network, ...token, decimals: token.decimals ?? 18 })
  const into = { txid, height, time, direction: 'in', other: from } as const
  const out = { txid, height, time, direction: 'out', other: to } as const
  const ends: { address: string; event: Event }[] = []
  if (to !== null) ends.push({ address: to, event: eventOf(into, { asset, units }, prices) })
  if (from !== null) ends.push({ address: from, event: eventOf(out, { asset, units }, prices) })
  return ends
}
