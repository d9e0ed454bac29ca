import type { Knowledge } from '../attribution/attribution.ts'
import type { BridgeEvent } from '../chain/bridge-event.ts'
import * as Protocol from '../chain/bridge-protocol.ts'
import { type AccountColumns, NONE, unitsOf } from '../ledger/ledger.ts'
import type * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { isHeard, movedIn } from './exit.ts'
import { findTransaction } from './origin.ts'
import type { Parcel, Spending } from './purse.ts'
import { convert } from './swap.ts'

/**
 * Traced value that left a network over a bridge, by method, with the event that told it: forward by a payment into the
 * bridge, backward by one out of it, which is where the walk comes from.
 */
export type Exit = {
  readonly event: BridgeEvent
  /** The row that pays it in; backward: out. */
  readonly row: number
  readonly parcels: ReadonlyMap<Spending, Parcel>
}

/** The payment of a crossing on its other network, and what of it is traced, by method. */
export type Entry = { readonly row: number; readonly parcels: ReadonlyMap<Spending, Parcel> }

/** The other side of an exit, told by its own network; `row` pays it out (backward: in), in the columns there. */
export type OtherSide = { readonly event: BridgeEvent; readonly columns: AccountColumns; readonly row: number }

/** Why an exit has no other side that is proven. */
export type Unpaired = 'not-received' | 'not-sent' | 'ambiguous' | 'other-network' | 'other-amount' | 'no-payment'

/**
 * The other side of an exit, proven by events of both: one event of the same protocol and id on the network that the
 * exit names, told by a contract that counts, which names this network in turn, agrees on the amount, and beside which
 * that amount was paid out (backward: in).
 *
 * @param events of the protocol and id, on all networks
 */
export function otherSideOf(
  here: AccountColumns,
  { event, row }: Exit,
  events: readonly BridgeEvent[],
  columnsOf: (network: NetworkId) => AccountColumns | undefined,
  knowledge: Knowledge,
): OtherSide | Unpaired {
  const { own = [], others = [] } = Object.groupBy(
    events.filter(one => isHeard(one, knowledge)),
    one => (one.side === event.side ? 'own' : 'others'),
  )
  const [other, ...more] = others
  if (own.length > 1 || more.length > 0) return 'ambiguous'
  if (other === undefined) return event.side === 'sent' ? 'not-received' : 'not-sent'
  const isMutual =
    Protocol.networkOf(event.protocol, event.farChain) === other.network &&
    Protocol.networkOf(event.protocol, other.farChain) === event.network
  if (!isMutual) return 'other-network'
  const columns = columnsOf(other.network)
  const transaction = columns === undefined ? undefined : findTransaction(columns, other.txid, other.height)
  const paid = transaction === undefined ? NONE : movedIn(columns!, transaction, other)
  if (paid === NONE) return 'no-payment'
  const [near, far] = [
    { event, asset: assetOf(here, row) },
    { event: other, asset: assetOf(columns!, paid) },
  ]
  const agreed = event.side === 'sent' ? agree(near, far) : agree(far, near)
  return agreed ? { event: other, columns: columns!, row: paid } : 'other-amount'
}

/** What an exit carries over: each part of the payment on this side is the same part of the one on the other. */
export function carriedOver(here: AccountColumns, { row, parcels }: Exit, there: OtherSide): Entry {
  const [given, got] = [unitsOf(here.transfers.units, row), unitsOf(there.columns.transfers.units, there.row)]
  return {
    row: there.row,
    parcels: new Map([...parcels].map(([method, parcel]) => [method, convert(parcel, given, got)])),
  }
}

/** What a side told, and the asset that moved there. */
type Told = { readonly event: BridgeEvent; readonly asset: Asset.Asset }

/** The receiving side names what was sent; or else (OFT) the sending side what is received, in its own decimals. */
function agree({ event: sent, asset: a }: Told, { event: received, asset: b }: Told): boolean {
  if (received.farUnits !== null) return received.farUnits === sent.units
  if (sent.farUnits === null) return false
  return sent.farUnits * 10n ** BigInt(b.decimals) === received.units * 10n ** BigInt(a.decimals)
}

function assetOf({ assets, transfers }: AccountColumns, row: number): Asset.Asset {
  return assets[transfers.asset[row]!]!
}
