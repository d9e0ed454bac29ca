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
import type { Event } from './event.ts'
import { centsOf } from './value.ts'

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
  return { ...place, standing: 'mined', asset, units, cents: centsOf(prices, asset, units, place.time) }
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
