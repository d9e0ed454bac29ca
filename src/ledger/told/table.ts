import type { ToldBeside } from '../../chain/account-block.ts'
import type { BridgeEvent } from '../../chain/bridge-event.ts'
import type { ControlEvent } from '../../chain/control-event.ts'
import type { PlacedNote } from '../../chain/note.ts'
import type { NetworkId } from '../../model/network.ts'
import { statement } from '../../store/statement.ts'
import type { Store } from '../../store/store.ts'

/** What contracts of bridges told in a block; what is there already is passed over. */
function addBridgeEvents(
  { database }: Store,
  blockHash: string,
  events: readonly BridgeEvent[],
  provider: string,
  readAt: number,
): void {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO ledger_message (network, block_hash, height, time, txid, log_index, protocol, side, message,
       contract, party, token, units, far_chain, far_party, far_units, provider, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { network, height, time, txid, logIndex, protocol, side, id, ...told } of events) {
    const { contract, party, token, units, farChain, farParty, farUnits } = told
    const place = [network, blockHash, height, time, txid, logIndex] as const
    const sides = [contract, party, token, `${units}`, farChain, farParty, farUnits?.toString() ?? null] as const
    insert.run(...place, protocol, side, id, ...sides, provider, readAt)
  }
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

/** Ids of the transactions in which value was sent to another network, or received from one, each once. */
export function listBridgeTransactions({ database }: Store, network: NetworkId, side: BridgeEvent['side']): string[] {
  return database
    .prepare('SELECT DISTINCT txid FROM ledger_message WHERE network = ? AND side = ?')
    .all(network, side)
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
function addControlEvents(
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

/** Energy lent to an address, or its activation: by whom, when. */
export type Given = { readonly by: 'energy' | 'activation'; readonly giver: string; readonly time: number }

/** What an address was given (Tron) by others than itself, of what stands, in order of time. */
export function listGiven(store: Store, network: NetworkId, address: string): Given[] {
  const lent = `SELECT 'energy' AS by, account AS giver, m.time AS time FROM ledger_control m WHERE network = ?1
    AND party = ?2 AND kind = 'resource-lent' AND number LIKE '%energy' AND account <> ?2 AND (${TOLD})`
  const activated = `SELECT 'activation', party, m.time FROM ledger_control m WHERE network = ?1
    AND account = ?2 AND kind = 'activated' AND party <> ?2 AND (${TOLD})`
  return statement(store, `${lent} UNION ${activated} ORDER BY time`).all(network, address) as unknown as Given[]
}

/** Addresses to whom one has lent energy, or that it has activated, each once, at most `limit`. */
export function listReceivers(store: Store, network: NetworkId, giver: string, limit: number): string[] {
  const lent = `SELECT party AS address FROM ledger_control m WHERE network = ?1 AND account = ?2
    AND kind = 'resource-lent' AND number LIKE '%energy' AND party <> ?2 AND (${TOLD})`
  const activated = `SELECT account FROM ledger_control m WHERE network = ?1 AND party = ?2 AND kind = 'activated'
    AND account <> ?2 AND (${TOLD})`
  const rows = statement(store, `${lent} UNION ${activated} LIMIT ?3`).all(network, giver, limit)
  return rows.map(row => (row as { address: string }).address)
}

/** Rises as something is told of who may act for an account, pays or lends for it. */
export function lastControl(store: Store): number {
  return (statement(store, 'SELECT coalesce(max(id), 0) AS last FROM ledger_control').get() as { last: number }).last
}

/** What a block of an account chain, or a history, told besides transfers; what is there already is passed over. */
export function addTold(
  store: Store,
  network: NetworkId,
  blockHash: string,
  { bridges = [], control = [], notes = [] }: ToldBeside,
  { provider, readAt }: { readonly provider: string; readonly readAt: number },
): void {
  addBridgeEvents(store, blockHash, bridges, provider, readAt)
  addControlEvents(store, blockHash, control, provider, readAt)
  const inBlock = notes.map(note => ({ ...note, blockHash }))
  if (notes.length > 0) addNotes(store, network, inBlock, provider, readAt)
}

/** Words that transactions carry; what is there already is passed over. */
export function addNotes(
  { database }: Store,
  network: NetworkId,
  notes: readonly (PlacedNote & { readonly blockHash: string })[],
  provider: string,
  readAt: number,
): void {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO ledger_note (network, block_hash, height, time, txid, place, writer, receiver, text, cut,
       provider, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const { blockHash, height, time, txid, place, writer, receiver, text, cut } of notes) {
    const said = [writer, receiver, text, cut ? 1 : 0, provider, readAt] as const
    insert.run(network, blockHash, height, time, txid, place, ...said)
  }
}

const NOTE = 'txid, place, writer, receiver, m.height, m.time, text, cut, provider, read_at AS readAt'

/** A note as it was told. */
export type ToldNote = PlacedNote & { readonly provider: string; readonly readAt: number }

/** What stands of the words in one transaction, each place once. Of UTXO networks the ledger says whether it stands. */
export function listNotesIn(store: Store, network: NetworkId, txid: string): ToldNote[] {
  const query = `SELECT ${NOTE} FROM ledger_note m WHERE network = ? AND txid = ? AND (${TOLD}) ORDER BY place, m.id`
  return notesOnce(statement(store, query).all(network, txid))
}

/** The same of what an address of an account chain wrote, or of transactions that call or pay it, newest first. */
export function listNotesBy(store: Store, network: NetworkId, address: string, limit: number): ToldNote[] {
  // What was told last of each: a contract of a token is called with words by millions.
  const of = (column: string) =>
    `SELECT * FROM (SELECT ${NOTE} FROM ledger_note m WHERE network = ?1 AND ${column} = ?2 AND (${TOLD})
       ORDER BY m.id DESC LIMIT ?3)`
  const query = `${of('writer')} UNION ${of('receiver')} ORDER BY height DESC, txid, place LIMIT ?3`
  return notesOnce(statement(store, query).all(network, address, limit))
}

/** Whether any words were read of a network's transactions. */
export function hasNotes(store: Store, network: NetworkId): boolean {
  return statement(store, 'SELECT 1 FROM ledger_note WHERE network = ? LIMIT 1').get(network) !== undefined
}

/** The generation of a network's ledger that was read when words were not kept yet; null: none. */
export function generationWithoutNotes(store: Store, network: NetworkId): number | null {
  const row = statement(store, 'SELECT generation FROM ledger_note_unread WHERE network = ?').get(network)
  return row === undefined ? null : (row as { generation: number }).generation
}

function notesOnce(rows: readonly Record<string, unknown>[]): ToldNote[] {
  const notes = new Map<string, ToldNote>()
  for (const row of rows) {
    const key = `${row['txid']} ${row['place']}`
    if (!notes.has(key)) notes.set(key, { ...row, cut: row['cut'] === 1 } as unknown as ToldNote)
  }
  return [...notes.values()]
}
