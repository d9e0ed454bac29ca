import { categoriesOf, type Knowledge } from '../attribution/attribution.ts'
import type { BridgeEvent } from '../chain/bridge-event.ts'
import { isOwn } from '../chain/bridge-protocol.ts'
import { type AccountColumns, elsewhereOf, NONE, txidOf, unitsOf } from '../ledger/ledger.ts'
import type { Declared } from './declaration.ts'

/**
 * Payments by which a walk leaves a network over a bridge, by the bridge's own events: the one transfer of a
 * transaction that is what the event says was paid in (backward: paid out). The walk stops there, whoever took it or
 * gave it: a contract of the bridge, a relayer, or nobody (burned, minted).
 */
export type Exits = {
  /** What the bridge told of the payment, or null: it is none, or which one is meant does not show. */
  at(row: number): BridgeEvent | null
}

/** What contracts of bridges told in the ledger of one network. */
export type Bridges = {
  /** First 48 bits of the ids of the transactions in which this side of a crossing was told. */
  begins(side: Side): ReadonlySet<number>
  eventsIn(txid: string): readonly BridgeEvent[]
}

type Side = BridgeEvent['side']

/** @param txidsOf the transactions in which a side was told */
export function bridgesOf(txidsOf: (side: Side) => readonly string[], eventsIn: Bridges['eventsIn']): Bridges {
  const known = new Map<Side, ReadonlySet<number>>()
  return {
    begins(side) {
      const found = known.get(side) ?? new Set(txidsOf(side).map(txid => Number.parseInt(txid.slice(0, 12), 16)))
      known.set(side, found)
      return found
    },
    eventsIn,
  }
}

/** The side of a crossing that a walk comes to first. */
export function sideAt({ direction }: Declared): Side {
  return direction === 'forward' ? 'sent' : 'received'
}

/** Whether a walk can leave the network at all by what bridges told there. */
export function mayLeave(declared: Declared, bridges: Bridges | undefined): boolean {
  return bridges !== undefined && bridges.begins(sideAt(declared)).size > 0
}

export function exitsOf(
  columns: AccountColumns,
  bridges: Bridges | undefined,
  side: Side,
  knowledge: Knowledge,
): Exits {
  const begins = bridges?.begins(side)
  if (bridges === undefined || begins === undefined || begins.size === 0) return { at: () => null }
  const far = elsewhereOf(columns)
  const known = new Map<number, ReadonlyMap<number, BridgeEvent>>()
  return {
    at(row) {
      const transaction = columns.transfers.transaction[row]!
      if (!begins.has(beginOf(columns, transaction))) return null
      // Of a ledger that lies elsewhere all of the transaction has to be there first.
      if (far !== undefined && far.transaction(txidOf(columns, transaction)) === undefined) return null
      const held = known.get(transaction)
      const found = held ?? paymentsOf(columns, transaction, bridges, side, knowledge)
      if (held === undefined) known.set(transaction, found)
      return found.get(row) ?? null
    },
  }
}

/** Whether a contract's word counts: it is one of the protocol's own, or a label calls it a bridge. */
export function isHeard({ protocol, network, contract }: BridgeEvent, knowledge: Knowledge): boolean {
  if (isOwn(protocol, network, contract)) return true
  return knowledge.labelsOf(network, contract).some(label => categoriesOf(label).includes('bridge'))
}

/** The one row of a transaction that moved what an event says, NONE: none, or several. */
export function movedIn(columns: AccountColumns, transaction: number, event: BridgeEvent): number {
  const rows = rowsOf(columns, transaction, event)
  for (const fits of event.side === 'sent' ? [paidTo, paidBy] : [paidOut]) {
    const [row, ...more] = rows.filter(one => fits(columns, one, event))
    if (row !== undefined) return more.length === 0 ? row : NONE
  }
  return NONE
}

function paymentsOf(
  columns: AccountColumns,
  transaction: number,
  bridges: Bridges,
  side: Side,
  knowledge: Knowledge,
): Map<number, BridgeEvent> {
  const events = bridges.eventsIn(txidOf(columns, transaction))
  const heard = events.filter(event => event.side === side && isHeard(event, knowledge))
  const meant = Map.groupBy(heard, event => movedIn(columns, transaction, event))
  // Several events that mean one payment: which of them is its own does not show.
  return new Map(
    [...meant].filter(([row, of]) => row !== NONE && of.length === 1).map(([row, [event]]) => [row, event!]),
  )
}

/** Rows that move the amount of an event, in its token where it names one; a coin may go in for its wrapped form. */
function rowsOf(columns: AccountColumns, transaction: number, { token, units }: BridgeEvent): number[] {
  const { transfers, transactions, assets } = columns
  const [first, end] = [transactions.firstTransfer[transaction]!, transactions.firstTransfer[transaction + 1]!]
  return Array.from({ length: end - first }, (_, k) => first + k).filter(row => {
    if (transfers.moves[row] === 0 || unitsOf(transfers.units, row) !== units) return false
    const { contract } = assets[transfers.asset[row]!]!
    return token === null || contract === null || contract === token
  })
}

function paidTo({ transfers, addresses }: AccountColumns, row: number, { contract }: BridgeEvent): boolean {
  return transfers.to[row] !== NONE && addresses.format(transfers.to[row]!) === contract
}

/** Paid by whom the event names, to a contract that burns it or to nobody: the coin is never taken so. */
function paidBy({ transfers, addresses, assets }: AccountColumns, row: number, { party }: BridgeEvent): boolean {
  if (assets[transfers.asset[row]!]!.contract === null || transfers.from[row] === NONE) return false
  return addresses.format(transfers.from[row]!) === party
}

function paidOut({ transfers, addresses }: AccountColumns, row: number, { party }: BridgeEvent): boolean {
  return transfers.to[row] !== NONE && addresses.format(transfers.to[row]!) === party
}

function beginOf({ transactions: { txid } }: AccountColumns, transaction: number): number {
  const at = 32 * transaction
  let begin = 0
  for (let i = 0; i < 6; i++) begin = begin * 256 + txid[at + i]!
  return begin
}
