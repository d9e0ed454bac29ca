import { categoriesOf, type Knowledge } from '../attribution/attribution.ts'
import type { BridgeEvent } from '../chain/bridge-event.ts'
import { type AccountColumns, NONE, txidOf, unitsOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { NetworkId } from '../model/network.ts'
import { firstAt } from './origin.ts'

/**
 * Bridges as linked edges: a payment into a contract of a bridge on one network, and the payment out of a contract of
 * the same bridge on another, where each is the only one that fits the other. Transfers alone do not say that the two
 * belong together (the message between them is no transfer), so an edge is inferred, moves no taint and is in no sum.
 */
export type Crossing = {
  /** The bridge, as the labels of both contracts identify it. */
  readonly protocol: string
  readonly paid: CrossingSide
  readonly released: CrossingSide
  /** From the payment to the release. */
  readonly seconds: number
  readonly grade: 'inferred'
}

export type CrossingSide = {
  readonly network: NetworkId
  readonly txid: string
  /** Who paid in, or was paid; null: nobody that is known. */
  readonly address: string | null
  readonly contract: string
  readonly amount: Amount
}

/** What a pair has in common: the protocol and the asset, and these. Ours; declared with each answer. */
export const CROSSING_RULE = {
  /** A release comes after its payment, within this time. */
  seconds: 6 * 3600,
  /** It is at most what was paid, and at least that less this share: one part in a hundred. */
  fee: 100n,
} as const

/** Transfers that are looked at around one payment on each network; where there are more, nothing is linked. */
const ROWS_MAX = 200_000

/**
 * The crossing that a payment into a bridge began (`sent`), or that one out of it ended (`received`); null: no other
 * side fits, or more than one does.
 */
export function crossingOf(
  here: AccountColumns,
  row: number,
  side: BridgeEvent['side'],
  others: readonly AccountColumns[],
  knowledge: Knowledge,
): Crossing | null {
  const [own, fitting, back] =
    side === 'sent' ? (['to', releasesFor, paymentsFor] as const) : (['from', paymentsFor, releasesFor] as const)
  const protocols = protocolsOf(here, here.transfers[own][row]!, knowledge)
  const time = timeAt(here, row)
  const span = [time - CROSSING_RULE.seconds, time + CROSSING_RULE.seconds] as const
  if ([here, ...others].some(columns => countBetween(columns, ...span) > ROWS_MAX)) return null
  for (const protocol of protocols) {
    const found = others.flatMap(there => fitting(here, row, there, protocol, knowledge).map(at => ({ there, at })))
    const [only] = found
    if (found.length !== 1 || only === undefined) continue
    if (back(only.there, only.at, here, protocol, knowledge).length !== 1) continue
    const [near, far] = [{ there: here, at: row }, only]
    const [paid, released] = side === 'sent' ? [near, far] : [far, near]
    return {
      protocol,
      paid: sideOf(paid.there, paid.at, 'from', partyAt(paid.there, paid.at, 'to')),
      released: sideOf(released.there, released.at, 'to', partyAt(released.there, released.at, 'from')),
      seconds: timeAt(released.there, released.at) - timeAt(paid.there, paid.at),
      grade: 'inferred',
    }
  }
  return null
}

function partyAt({ addresses, transfers }: AccountColumns, row: number, who: 'from' | 'to'): string {
  return addresses.format(transfers[who][row]!)
}

/** The row of a transaction that pays an asset to a contract (`received`: out of it), NONE: none, or several. */
export function paymentAt(
  columns: AccountColumns,
  transaction: number,
  contract: number,
  asset: Asset.Asset,
  side: BridgeEvent['side'],
): number {
  const { transfers, transactions, assets } = columns
  const party = side === 'sent' ? transfers.to : transfers.from
  let found = NONE
  for (let row = transactions.firstTransfer[transaction]!; row < transactions.firstTransfer[transaction + 1]!; row++) {
    if (transfers.moves[row] === 0 || party[row] !== contract) continue
    if (Asset.key(assets[transfers.asset[row]!]!) !== Asset.key(asset)) continue
    if (found !== NONE) return NONE
    found = row
  }
  return found
}

/** What a payment may have been paid out as, elsewhere. */
function releasesFor(
  here: AccountColumns,
  paid: number,
  there: AccountColumns,
  protocol: string,
  knowledge: Knowledge,
): number[] {
  const time = timeAt(here, paid)
  return rowsBetween(there, time, time + CROSSING_RULE.seconds).filter(
    row => isPair(here, paid, there, row) && isOf(there, there.transfers.from[row]!, protocol, knowledge),
  )
}

/** What may have been paid in, elsewhere, for a release. */
function paymentsFor(
  here: AccountColumns,
  released: number,
  there: AccountColumns,
  protocol: string,
  knowledge: Knowledge,
): number[] {
  const time = timeAt(here, released)
  return rowsBetween(there, time - CROSSING_RULE.seconds, time).filter(
    row => isPair(there, row, here, released) && isOf(there, there.transfers.to[row]!, protocol, knowledge),
  )
}

/** The same checked asset (a token that only bears the name is none), the amount less at most the fee. */
function isPair(here: AccountColumns, paid: number, there: AccountColumns, released: number): boolean {
  if (here.transfers.moves[paid] === 0 || there.transfers.moves[released] === 0) return false
  const [a, b] = [here.assets[here.transfers.asset[paid]!]!, there.assets[there.transfers.asset[released]!]!]
  if (a.symbol !== b.symbol || !Asset.isPriced(a) || !Asset.isPriced(b)) return false
  const places = Math.max(a.decimals, b.decimals)
  const given = unitsOf(here.transfers.units, paid) * 10n ** BigInt(places - a.decimals)
  const got = unitsOf(there.transfers.units, released) * 10n ** BigInt(places - b.decimals)
  return got <= given && (given - got) * CROSSING_RULE.fee <= given
}

function isOf(columns: AccountColumns, address: number, protocol: string, knowledge: Knowledge): boolean {
  return protocolsOf(columns, address, knowledge).includes(protocol)
}

/** Bridges whose contract the address is, by the identifiers of their labels. */
function protocolsOf({ network, addresses }: AccountColumns, address: number, knowledge: Knowledge): string[] {
  if (address === NONE) return []
  const labels = knowledge.labelsOf(network, addresses.format(address))
  const bridges = labels.filter(label => label.entity !== null && categoriesOf(label).includes('bridge'))
  return [...new Set(bridges.map(label => label.entity!))]
}

/** Rows of transactions in a span of time that move value. */
function rowsBetween(columns: AccountColumns, from: number, to: number): number[] {
  const [low, high] = spanOf(columns, from, to)
  const rows = Array.from({ length: high - low }, (_, k) => low + k)
  return rows.filter(row => columns.transfers.moves[row] === 1)
}

function countBetween(columns: AccountColumns, from: number, to: number): number {
  const [low, high] = spanOf(columns, from, to)
  return high - low
}

/** Blocks of account chains are in the order of their times. */
function spanOf({ transactions }: AccountColumns, from: number, to: number): [number, number] {
  const first = firstAt(transactions.time, transactions.count, from)
  const end = firstAt(transactions.time, transactions.count, to + 1)
  return [transactions.firstTransfer[first]!, transactions.firstTransfer[end]!]
}

function timeAt({ transactions, transfers }: AccountColumns, row: number): number {
  return transactions.time[transfers.transaction[row]!]!
}

/** One side of a crossing: who paid in (`from`) or was paid (`to`), and the contract that took or gave. */
export function sideOf(columns: AccountColumns, row: number, who: 'from' | 'to', contract: string): CrossingSide {
  const { network, transfers, addresses, assets } = columns
  const party = transfers[who][row]!
  return {
    network,
    txid: txidOf(columns, transfers.transaction[row]!),
    address: party === NONE ? null : addresses.format(party),
    contract,
    amount: { asset: assets[transfers.asset[row]!]!, units: unitsOf(transfers.units, row) },
  }
}
