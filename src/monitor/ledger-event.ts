import { type Columns, movementsOf, type Prices } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Transfer } from '../model/transfer.ts'
import type { Event } from './event.ts'
import { centsOf } from './value.ts'

/** What a ledger says that an address did, oldest first: of each transaction what came less what went back. */
export function eventsOf(columns: Columns, address: string, prices: Prices): Event[] {
  const row = columns.addresses.find(address)
  if (row === undefined) return []
  const movements = movementsOf(columns, row, 0, columns.addresses.transactionsOf(row).length).reverse()
  return movements.flatMap(({ txid, height, time, received, sent, counterparties }) => {
    const net = netOf(received, sent)
    if (net === null) return []
    const { direction, amount } = net
    const { asset, units } = amount
    const place = { txid, height, time, standing: 'mined' as const }
    return [
      {
        ...place,
        direction,
        asset,
        units,
        cents: centsOf(prices, asset, units, time),
        other: counterparties[0] ?? null,
      },
    ]
  })
}

/** Change that returns in the same transaction is neither received nor paid. */
function netOf(received: Amount | null, sent: Amount | null): { direction: Event['direction']; amount: Amount } | null {
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
  const { from, to, kind, failed, units, network, token } = transfer
  if (failed || kind === 'approve' || kind === 'fee' || units === 0n) return []
  const asset =
    token === null
      ? Asset.coin(network)
      : (Asset.token(network, token.contract) ?? { network, ...token, decimals: token.decimals ?? 18 })
  const shared = {
    ...{ txid: transfer.txid, height: transfer.height, time: transfer.time, standing: 'mined' as const },
    ...{ asset, units, cents: centsOf(prices, asset, units, transfer.time) },
  }
  const ends: { address: string; event: Event }[] = []
  if (to !== null) ends.push({ address: to, event: { ...shared, direction: 'in', other: from } })
  if (from !== null) ends.push({ address: from, event: { ...shared, direction: 'out', other: to } })
  return ends
}
