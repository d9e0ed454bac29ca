import type { Knowledge } from '../attribution/attribution.ts'
import type { BridgeEvent } from '../chain/bridge-event.ts'
import * as Protocol from '../chain/bridge-protocol.ts'
import { type AccountColumns, NONE, unitsOf } from '../ledger/ledger.ts'
import type { NetworkId } from '../model/network.ts'
import { isHeard, movedIn } from './exit.ts'
import type { Method } from './method.ts'
import { findTransaction } from './origin.ts'
import type { Parcel } from './purse.ts'
import { convert } from './swap.ts'

/** Traced value that left a network over a bridge, by method, with the event that told it. */
export type Exit = {
  readonly event: BridgeEvent
  /** The row that pays it in. */
  readonly row: number
  readonly parcels: ReadonlyMap<Method, Parcel>
}

/** What arrives by a crossing on its other network: the row that pays it out, and what of it is traced, by method. */
export type Entry = { readonly row: number; readonly parcels: ReadonlyMap<Method, Parcel> }

/** Both sides of a crossing, each told by its own network; `row` pays it out, in the columns of that network. */
export type OtherSide = { readonly received: BridgeEvent; readonly columns: AccountColumns; readonly row: number }

/** Why an exit has no other side that is proven. */
export type Unpaired = 'not-received' | 'ambiguous' | 'other-network' | 'other-amount' | 'no-payment'

/**
 * The other side of an exit, proven by events of both: one event of the same protocol and id on the network that the
 * exit names, told by a contract that counts, which names this network in turn, agrees on the amount, and beside which
 * that amount was paid out.
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
  const heard = events.filter(one => isHeard(one, knowledge))
  if (heard.filter(one => one.side === 'sent').length > 1) return 'ambiguous'
  const [received, ...more] = heard.filter(one => one.side === 'received')
  if (received === undefined) return 'not-received'
  if (more.length > 0) return 'ambiguous'
  const isMutual =
    Protocol.networkOf(event.protocol, event.farChain) === received.network &&
    Protocol.networkOf(event.protocol, received.farChain) === event.network
  if (!isMutual) return 'other-network'
  const columns = columnsOf(received.network)
  const transaction = columns === undefined ? undefined : findTransaction(columns, received.txid, received.height)
  const paid = transaction === undefined ? NONE : movedIn(columns!, transaction, received)
  if (paid === NONE) return 'no-payment'
  return agree(here, row, event, columns!, paid, received) ? { received, columns: columns!, row: paid } : 'other-amount'
}

/** What an exit carries over: each part of what was paid in is the same part of what was paid out. */
export function carriedOver(here: AccountColumns, { row, parcels }: Exit, there: OtherSide): Entry {
  const [given, got] = [unitsOf(here.transfers.units, row), unitsOf(there.columns.transfers.units, there.row)]
  return {
    row: there.row,
    parcels: new Map([...parcels].map(([method, parcel]) => [method, convert(parcel, given, got)])),
  }
}

/** The receiving side names what was sent; or else (OFT) the sending side what is received, in its own decimals. */
function agree(
  here: AccountColumns,
  row: number,
  sent: BridgeEvent,
  there: AccountColumns,
  paid: number,
  received: BridgeEvent,
): boolean {
  if (received.farUnits !== null) return received.farUnits === sent.units
  if (sent.farUnits === null) return false
  const [a, b] = [here.assets[here.transfers.asset[row]!]!, there.assets[there.transfers.asset[paid]!]!]
  return sent.farUnits * 10n ** BigInt(b.decimals) === received.units * 10n ** BigInt(a.decimals)
}
