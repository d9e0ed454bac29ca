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
