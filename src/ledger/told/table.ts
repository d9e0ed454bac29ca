import type { BridgeEvent } from '../../chain/bridge-event.ts'
import type { ControlEvent } from '../../chain/control-event.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Store } from '../../store/store.ts'

/** What contracts of bridges told in a block; what is there already is passed over. How many were new. */
export function addBridgeEvents(
  { database }: Store,
  blockHash: string,
  events: readonly BridgeEvent[],
  provider: string,
  readAt: number,
): number {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO ledger_message (network, block_hash, height, time, txid, log_index, protocol, side, message,
       contract, party, token, units, far_chain, far_party, far_units, provider, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  let added = 0
  for (const { network, height, time, txid, logIndex, protocol, side, id, ...told } of events) {
    const { contract, party, token, units, farChain, farParty, farUnits } = told
    const place = [network, blockHash, height, time, txid, logIndex] as const
    const sides = [contract, party, token, `${units}`, farChain, farParty, farUnits?.toString() ?? null] as const
    added += Number(insert.run(...place, protocol, side, id, ...sides, provider, readAt).changes)
  }
  return added
}

/** A block that was withdrawn, and did not come back, told nothing. */
const TOLD = `NOT EXISTS (
    SELECT 1 FROM ledger_account_block b JOIN ledger_withdrawn w ON w.block = b.id
    WHERE b.network = m.network AND b.height = m.height AND b.hash = m.block_hash)
  OR EXISTS (
    SELECT 1 FROM ledger_account_block b WHERE b.network = m.network AND b.height = m.height AND b.hash = m.block_hash
      AND b.id NOT IN (SELECT block FROM ledger_withdrawn))`

const EVENT = `SELECT network, height, time, txid, log_index AS logIndex, protocol, side, message AS id, contract,
  party, token, units, far_chain AS farChain, far_party AS farParty, far_units AS farUnits FROM ledger_message m`

/** Ids of the transactions in which value was sent to another network, each once. */
export function listBridgeTransactions({ database }: Store, network: NetworkId): string[] {
  const query = `SELECT DISTINCT txid FROM ledger_message WHERE network = ? AND side = 'sent'`
  return database
    .prepare(query)
    .all(network)
    .map(row => (row as { txid: string }).txid)
}

/** The events of one transaction that stand, in their order. */
export function listBridgeEventsIn({ database }: Store, network: NetworkId, txid: string): BridgeEvent[] {
  const rows = database.prepare(`${EVENT} WHERE network = ? AND txid = ? AND (${TOLD}) ORDER BY log_index`)
  return onceEach(rows.all(network, txid))
}

/** The events of one crossing that stand, on all networks. */
export function listBridgeEventsOf({ database }: Store, protocol: string, id: string): BridgeEvent[] {
  const rows = database.prepare(`${EVENT} WHERE protocol = ? AND message = ? AND (${TOLD}) ORDER BY m.id`)
  return onceEach(rows.all(protocol, id))
}

/** The same event may have been told by a node and by a provider of histories. */
function onceEach(rows: readonly Record<string, unknown>[]): BridgeEvent[] {
  const events = new Map<string, BridgeEvent>()
  for (const row of rows) {
    const { units, farUnits, ...rest } = row as Record<string, string | null>
    const event = { ...rest, units: BigInt(units!), farUnits: farUnits == null ? null : BigInt(farUnits) }
    events.set(`${row['network']} ${row['txid']} ${row['logIndex']}`, event as unknown as BridgeEvent)
  }
  return [...events.values()]
}

/** What was told in a block of who may act for accounts; what is there already is passed over. */
export function addControlEvents(
  { database }: Store,
  blockHash: string,
  events: readonly ControlEvent[],
  provider: string,
  readAt: number,
): void {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO ledger_control (network, block_hash, height, time, txid, log_index, kind, account, party,
       number, provider, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { network, height, time, txid, logIndex, kind, account, party, number } of events) {
    insert.run(network, blockHash, height, time, txid, logIndex, kind, account, party, number, provider, readAt)
  }
}

/** What stands of what was told of an address, as the account or as the other party, in ledger order. */
export function listControlEvents(
  { database }: Store,
  network: NetworkId,
  address: string,
  until: { readonly time: number; readonly known: number },
): ControlEvent[] {
  const columns = 'm.network, m.height, m.time, txid, log_index AS logIndex, kind, account, party, number'
  return database
    .prepare(
      `SELECT DISTINCT ${columns} FROM ledger_control m WHERE m.network = ? AND (account = ? OR party = ?)
         AND m.time <= ? AND m.read_at <= ? AND (${TOLD}) ORDER BY m.height, m.id`,
    )
    .all(network, address, address, until.time, until.known)
    .map(row => ({ ...row }) as ControlEvent)
}
