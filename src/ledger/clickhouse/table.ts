/** The statements beyond one machine. What a user gave is always a parameter, `{name:Type}`, never part of the text. */

export const BATCHES = `SELECT generation, salt, begin, end, accounts, digest, max(done) AS done FROM athar.batch
WHERE network = {network:String}
AND generation = (SELECT max(generation) FROM athar.batch WHERE network = {network:String})
GROUP BY generation, salt, begin, end, accounts, digest ORDER BY begin`

export type BatchRow = {
  readonly generation: string
  readonly salt: string
  readonly begin: string
  readonly end: string
  readonly accounts: string
  readonly digest: string
  readonly done: number
}

export const GENERATIONS = 'SELECT max(generation) AS generation FROM athar.batch'

export const ADD_BATCH = `INSERT INTO athar.batch
SELECT {generation:UInt64}, {network:String}, {salt:String}, {begin:UInt64}, {end:UInt64}, {accounts:UInt64},
{digest:String}, {done:UInt8}`

export const ADD_LOAD = `INSERT INTO athar.load
SELECT {network:String}, {serial:UInt64}, {generation:UInt64}, {salt:String}, {rows:UInt64}, {accounts:UInt64},
{assets:String}, {coverage:String}`

export const LOAD = `SELECT serial, generation, salt, rows, accounts, assets, coverage FROM athar.load
WHERE network = {network:String} ORDER BY serial DESC LIMIT 1`

export const NETWORKS = 'SELECT DISTINCT network FROM athar.load ORDER BY network'

export type LoadRow = {
  readonly serial: string
  readonly generation: string
  readonly salt: string
  readonly rows: string
  readonly accounts: string
  readonly assets: string
  readonly coverage: string
}

export const ADD = {
  sent: 'INSERT INTO athar.sent_local',
  received: 'INSERT INTO athar.received_local',
  account: 'INSERT INTO athar.account_local',
} as const

/** What stands in the tables: to be compared with what was loaded. */
export const COUNTS = `SELECT
(SELECT count() FROM athar.sent WHERE generation = {generation:UInt64}) AS sent,
(SELECT count() FROM athar.received WHERE generation = {generation:UInt64}) AS received,
(SELECT uniqExact(account) FROM athar.account WHERE generation = {generation:UInt64}) AS accounts`

/** The accounts that a question is about, in a table of the asking session: a long list in the text costs seconds. */
export const FRONTIER = 'CREATE OR REPLACE TEMPORARY TABLE frontier (account UInt64) ENGINE = Memory'

export const ADD_FRONTIER = 'INSERT INTO frontier'

const ROW = 'account, other, position, transaction, asset, kind, moves, log_index, height, time, txid, units'

const PINNED = 'generation = {generation:UInt64} AND position < {rows:UInt64}'

const ASKED = 'account GLOBAL IN (SELECT account FROM frontier)'

/** What moved value from or to the frontier, each transfer once, in no order. */
export const HISTORIES = `SELECT * FROM (
SELECT ${ROW}, toUInt8(0) AS side FROM athar.sent WHERE ${PINNED} AND moves = 1 AND ${ASKED}
UNION ALL
SELECT ${ROW}, toUInt8(1) AS side FROM athar.received WHERE ${PINNED} AND moves = 1 AND ${ASKED}
AND other GLOBAL NOT IN (SELECT account FROM frontier)
) LIMIT {limit:UInt64}`

/** How many rows the history of each account of the frontier has. */
export const LENGTHS = `SELECT account, sum(length) AS length FROM (
SELECT account, count() AS length FROM athar.sent WHERE ${PINNED} AND moves = 1 AND ${ASKED} GROUP BY account
UNION ALL
SELECT account, count() AS length FROM athar.received
WHERE ${PINNED} AND moves = 1 AND other != account AND ${ASKED} GROUP BY account
) GROUP BY account`

/** The last payment of each account of the frontier in each asset. */
export const LAST_PAYMENTS = `SELECT ${ROW}, toUInt8(0) AS side FROM athar.sent
WHERE ${PINNED} AND (account, position) GLOBAL IN (
SELECT account, max(position) FROM athar.sent WHERE ${PINNED} AND moves = 1 AND ${ASKED} GROUP BY account, asset)`

/** One payment by each account of the frontier to one of `payees`. */
export const PAYMENTS_TO = `SELECT ${ROW}, toUInt8(1) AS side FROM athar.received
WHERE ${PINNED} AND moves = 1 AND account IN {payees:Array(UInt64)} AND other GLOBAL IN (SELECT account FROM frontier)
LIMIT 1 BY account, other`

/** Which addresses the accounts of the frontier are; `low` = `high`, or two addresses share the hash. */
export const ACCOUNTS = `SELECT account, min(number) AS number, min(low) AS low, max(high) AS high FROM athar.account
WHERE generation = {generation:UInt64} AND ${ASKED} GROUP BY account`

/** The transfer `txid:index`. */
export const OUTPOINT = `SELECT * FROM (
SELECT ${ROW}, toUInt8(0) AS side FROM athar.sent
WHERE ${PINNED} AND moves = 1 AND kind != {fee:UInt8} AND txid = unhex({txid:String}) AND log_index = {index:Int32}
UNION ALL
SELECT ${ROW}, toUInt8(1) AS side FROM athar.received
WHERE ${PINNED} AND moves = 1 AND kind != {fee:UInt8} AND txid = unhex({txid:String}) AND log_index = {index:Int32}
AND other = 0
) ORDER BY position LIMIT 1`

/** The transactions of one account, newest first, one page of them: from which to which. */
export const PAGE = `SELECT min(transaction) AS first, max(transaction) AS last, count() AS found FROM (
SELECT DISTINCT transaction FROM (
SELECT transaction FROM athar.sent WHERE ${PINNED} AND account = {account:UInt64}
UNION ALL SELECT transaction FROM athar.received WHERE ${PINNED} AND account = {account:UInt64}
) ORDER BY transaction DESC LIMIT {limit:UInt64} OFFSET {offset:UInt64})`

/** All that the account did in those transactions, each transfer once. */
export const PAGE_ROWS = `SELECT ${ROW}, toUInt8(0) AS side FROM athar.sent
WHERE ${PINNED} AND account = {account:UInt64} AND transaction BETWEEN {first:UInt64} AND {last:UInt64}
UNION ALL
SELECT ${ROW}, toUInt8(1) AS side FROM athar.received
WHERE ${PINNED} AND account = {account:UInt64} AND other != account
AND transaction BETWEEN {first:UInt64} AND {last:UInt64}`

/** Sums of 256-bit amounts can pass 256 bits: the halves are summed apart. */
const HALVES = `sum(bitAnd(units, toUInt256('340282366920938463463374607431768211455'))) AS low,
sum(bitShiftRight(units, 128)) AS high`

/** By asset, in the order in which the account first met each. */
export const TOTALS = `SELECT asset, min(earliest) AS first,
toString(sumIf(low, side = 0)) AS sent_low, toString(sumIf(high, side = 0)) AS sent_high,
toString(sumIf(low, side = 1)) AS received_low, toString(sumIf(high, side = 1)) AS received_high FROM (
SELECT asset, 0 AS side, min(position) AS earliest, ${HALVES} FROM athar.sent
WHERE ${PINNED} AND moves = 1 AND account = {account:UInt64} GROUP BY asset
UNION ALL
SELECT asset, 1 AS side, min(position) AS earliest, ${HALVES} FROM athar.received
WHERE ${PINNED} AND moves = 1 AND account = {account:UInt64} GROUP BY asset
) GROUP BY asset ORDER BY first`

/** How many transactions touch the account, failed ones too, and when the first and the last were. */
export const SPAN = `SELECT uniqExact(transaction) AS transactions, argMin(time, position) AS first,
argMax(time, position) AS last FROM (
SELECT transaction, time, position FROM athar.sent WHERE ${PINNED} AND account = {account:UInt64}
UNION ALL SELECT transaction, time, position FROM athar.received WHERE ${PINNED} AND account = {account:UInt64})`
