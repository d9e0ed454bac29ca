/**
 * The statements beyond one machine. What a user gave is always a parameter, `{name:Type}`, or a row of the table
 * `frontier` that goes along with a question; never part of the text.
 *
 * What is asked of single accounts is asked of the shards where these stand, each of its own rows (`…_local`); what is
 * asked of all, through the cluster.
 */

export const PORTIONS = `SELECT generation, begin, end, accounts, digest, max(done) AS done FROM athar.portion
WHERE network = {network:String}
AND generation = (SELECT max(generation) FROM athar.portion WHERE network = {network:String})
GROUP BY generation, begin, end, accounts, digest ORDER BY begin`

export type PortionRow = {
  readonly generation: string
  readonly begin: string
  readonly end: string
  readonly accounts: string
  readonly digest: string
  readonly done: number
}

export const GENERATIONS = `SELECT greatest((SELECT max(generation) FROM athar.portion),
(SELECT max(generation) FROM athar.reading)) AS generation`

export const ADD_PORTION = `INSERT INTO athar.portion
SELECT {generation:UInt64}, {network:String}, {begin:UInt64}, {end:UInt64}, {accounts:UInt64}, {digest:String},
{done:UInt8}`

/** The last blocks that were read from a node, the newest first, where nothing was loaded otherwise since. */
export const READINGS = `SELECT generation, low, high, hash, first, told, begin, rows, accounts, transactions, assets
FROM athar.reading WHERE network = {network:String}
AND generation = (SELECT max(generation) FROM athar.reading WHERE network = {network:String})
AND generation >= (SELECT max(generation) FROM athar.portion WHERE network = {network:String})
ORDER BY high DESC LIMIT 2`

/** All numbers as texts of digits. */
export type ReadingRow = Readonly<
  Record<
    | 'generation'
    | 'low'
    | 'high'
    | 'hash'
    | 'first'
    | 'told'
    | 'begin'
    | 'rows'
    | 'accounts'
    | 'transactions'
    | 'assets',
    string
  >
>

export const ADD_READING = `INSERT INTO athar.reading
SELECT {generation:UInt64}, {network:String}, {low:UInt64}, {high:UInt64}, {hash:String}, {first:UInt64},
{told:UInt64}, {begin:UInt64}, {rows:UInt64}, {accounts:UInt64}, {transactions:UInt64}, {assets:String}`

/** What is known of the batch that begins at a row. */
export const PORTION = `SELECT digest, max(done) AS done FROM athar.portion
WHERE network = {network:String} AND generation = {generation:UInt64} AND begin = {begin:UInt64} GROUP BY digest`

export const ADD_LEDGER = `INSERT INTO athar.ledger
SELECT {network:String}, {serial:UInt64}, {generation:UInt64}, {rows:UInt64}, {accounts:UInt64}, {assets:String},
{coverage:String}`

export const LEDGER = `SELECT serial, generation, rows, accounts, assets, coverage FROM athar.ledger
WHERE network = {network:String} ORDER BY serial DESC LIMIT 1`

export const NETWORKS = 'SELECT DISTINCT network FROM athar.ledger ORDER BY network'

export const VERSION = 'SELECT version() AS version'

/** What may be read of a network: the last one written. */
export type LedgerRow = {
  readonly serial: string
  readonly generation: string
  readonly rows: string
  readonly accounts: string
  readonly assets: string
  readonly coverage: string
}

/** Tables of another version that are still there. */
export const FORMER = `SELECT name FROM system.tables WHERE database = 'athar' AND name IN {names:Array(String)}
ORDER BY name`

export const ADD = {
  transfer: 'INSERT INTO athar.transfer_local',
  payment: 'INSERT INTO athar.payment_local',
  txid: 'INSERT INTO athar.txid_local',
  address: 'INSERT INTO athar.address_local',
} as const

/** What stands in the tables: to be compared with what was loaded. */
export const COUNTS = `SELECT
(SELECT count() FROM athar.transfer WHERE generation = {generation:UInt64}) AS transfer,
(SELECT count() FROM athar.address WHERE generation = {generation:UInt64}) AS address,
(SELECT uniqExact(key) FROM athar.address WHERE generation = {generation:UInt64}) AS keys`

const HERE = 'generation = {generation:UInt64}'

/** Without reading `position`, which stands in the row as well: what lies beyond the pin is dropped on arrival. */
const HISTORY = `FROM athar.transfer_local WHERE ${HERE} AND account IN (SELECT account FROM frontier)`

const PINNED = `${HERE} AND position < {rows:UInt64}`

/** All that touches an account of the frontier, at each of them, in no order. */
export const HISTORIES = `SELECT account, row ${HISTORY} LIMIT {limit:UInt64}`

/** How many rows move value from or to each account of the frontier; a payment to itself stands twice and is one. */
export const LENGTHS = `SELECT account, countIf(NOT (received = 1 AND other = account)) AS length
${HISTORY} AND position < {rows:UInt64} AND moves = 1 GROUP BY account`

/** The last payment of each account of the frontier in each asset. */
export const LAST_PAYMENTS = `SELECT account, asset, max(position) AS last FROM athar.payment_local
WHERE ${PINNED} AND account IN (SELECT account FROM frontier) GROUP BY account, asset`

/** One payment by each account of the frontier to each of `payees`. */
export const PAYMENTS_TO = `SELECT account, row FROM athar.transfer_local
WHERE ${PINNED} AND account IN {payees:Array(UInt64)} AND received = 1 AND moves = 1
AND other IN (SELECT account FROM frontier) LIMIT 1 BY account, other`

/** Numbers of addresses, by their keys. */
export const ACCOUNTS = `SELECT key, account FROM athar.address_local
WHERE ${HERE} AND key IN (SELECT key FROM frontier) AND account < {accounts:UInt64}`

/** The key of one account. */
export const KEY_OF = `SELECT key, account FROM athar.address_local WHERE ${HERE} AND account = {account:UInt64}`

/** The keys of the accounts of the frontier. */
export const KEYS_OF = `SELECT key, account FROM athar.address_local
WHERE ${HERE} AND account IN (SELECT account FROM frontier)`

/** Where the transfer `txid:index` stands; the first eight bytes of the id are `id`. */
export const OUTPOINT = `SELECT account, row FROM athar.transfer_local
WHERE ${PINNED} AND (account, position) IN (
SELECT account, position FROM athar.txid_local WHERE ${PINNED} AND id = {id:UInt64})
AND txid = unhex({txid:String}) AND log_index = {index:Int32} AND moves = 1 AND kind != {fee:UInt8}
ORDER BY position LIMIT 1`

/** How many rows stand at each account of the frontier. */
export const COUNTED = `SELECT account, count() AS length FROM athar.transfer_local
WHERE ${PINNED} AND account IN (SELECT account FROM frontier) GROUP BY account`

/** The newest rows at one account. */
export const NEWEST = `SELECT account, row FROM athar.transfer_local
WHERE ${PINNED} AND account = {account:UInt64} ORDER BY position DESC LIMIT {limit:UInt64}`

/** What moves value in the transactions whose ids begin with the eight bytes of the frontier, fees left out. */
export const TRANSACTIONS = `SELECT account, row FROM athar.transfer_local
WHERE ${PINNED} AND (account, position) IN (
SELECT account, position FROM athar.txid_local WHERE ${PINNED} AND id IN (SELECT id FROM frontier))`

const ACCOUNT = `${PINNED} AND account = {account:UInt64}`

/** The transactions of one account, newest first, one page of them: from which to which. */
export const PAGE = `SELECT min(transaction) AS first, max(transaction) AS last, count() AS found FROM (
SELECT DISTINCT transaction FROM athar.transfer_local WHERE ${ACCOUNT}
ORDER BY transaction DESC LIMIT {limit:UInt64} OFFSET {offset:UInt64})`

/** All that the account did in those transactions. */
export const PAGE_ROWS = `SELECT account, row FROM athar.transfer_local
WHERE ${ACCOUNT} AND transaction BETWEEN {first:UInt64} AND {last:UInt64}`

/** The first transfer from another that an account received, of one asset or (−1) of any. */
export const FIRST_RECEIPT = `SELECT account, row FROM athar.transfer_local
WHERE ${ACCOUNT} AND received = 1 AND moves = 1 AND kind != {fee:UInt8} AND other != account
AND ({asset:Int32} = -1 OR asset = {asset:Int32}) ORDER BY position LIMIT 1`

const UNTIL = `${ACCOUNT} AND time <= {until:UInt32}`

/** Sums of 256-bit amounts can pass 256 bits: the halves are summed apart. */
const HALVES = ['sent', 'received']
  .map(
    (side, k) => `toString(sumIf(bitAnd(units, toUInt256('340282366920938463463374607431768211455')), received = ${k}))
AS ${side}_low, toString(sumIf(bitShiftRight(units, 128), received = ${k})) AS ${side}_high`,
  )
  .join(', ')

/** By asset, in the order in which the account first met each. */
export const TOTALS = `SELECT asset, min(position) AS first, ${HALVES}
FROM athar.transfer_local WHERE ${UNTIL} AND moves = 1 GROUP BY asset ORDER BY first`

/** How many transactions touch the account, failed ones too, and when the first and the last were. */
export const SPAN = `SELECT uniqExact(transaction) AS transactions, argMin(time, position) AS first,
argMax(time, position) AS last FROM athar.transfer_local WHERE ${UNTIL}`
