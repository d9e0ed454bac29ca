import { MOVES, PARTS, RECEIVED, sqlOf, WIDTH } from './row.ts'

/**
 * The tables beyond one machine, to be made on every shard. A transfer stands twice, at its sender and at its receiver,
 * in one order by account, on the shard of that account: its number modulo the shards. So all that one account did lies
 * in one place of one server, and a question reaches it in one step.
 *
 * A *generation* is one ledger from its first row on, as a prefix that only grows. `portion` says which rows are begun
 * and which are done, `ledger` (written last) up to which row a generation may be read: nobody sees more than that.
 */
export const TABLES: readonly string[] = [
  'CREATE DATABASE IF NOT EXISTS athar',
  `CREATE TABLE IF NOT EXISTS athar.transfer_local (
  generation UInt64,
  account UInt64 CODEC(Delta, LZ4),
  position UInt64 CODEC(Delta, LZ4),
  row FixedString(${WIDTH}) CODEC(NONE),
  ${aliases().join(',\n  ')}
) ENGINE = MergeTree PARTITION BY generation ORDER BY (account, position)
${settings(128, 8192)}`,
  // The last payment in each asset of each account in each portion: "did it pay later" without its rows.
  `CREATE TABLE IF NOT EXISTS athar.payment_local (
  generation UInt64,
  account UInt64 CODEC(Delta, LZ4),
  asset UInt16,
  position UInt64
) ENGINE = MergeTree PARTITION BY generation ORDER BY account
${settings(256, 2048)}`,
  // Where the transfers of a transaction stand, by the first eight bytes of its id.
  `CREATE TABLE IF NOT EXISTS athar.txid_local (
  generation UInt64,
  id UInt64,
  account UInt64,
  position UInt64
) ENGINE = MergeTree PARTITION BY generation ORDER BY id
${settings(512, 65_536)}`,
  `CREATE TABLE IF NOT EXISTS athar.address_local (
  generation UInt64,
  key ${PARTS.key[1]},
  account UInt64,
  PROJECTION by_account (SELECT generation, account, key ORDER BY account)
) ENGINE = MergeTree PARTITION BY generation ORDER BY key
${settings(256, 65_536)}`,
  `CREATE TABLE IF NOT EXISTS athar.portion (
  generation UInt64,
  network String,
  begin UInt64,
  end UInt64,
  accounts UInt64,
  digest String,
  done UInt8
) ENGINE = MergeTree ORDER BY (generation, begin, done) SETTINGS non_replicated_deduplication_window = 1000`,
  `CREATE TABLE IF NOT EXISTS athar.ledger (
  network String,
  serial UInt64,
  generation UInt64,
  rows UInt64,
  accounts UInt64,
  assets String,
  coverage String
) ENGINE = MergeTree ORDER BY (network, serial) SETTINGS non_replicated_deduplication_window = 1000`,
  // Blocks that were read from a node straight into these tables, and what the ledger counts behind them.
  `CREATE TABLE IF NOT EXISTS athar.reading (
  generation UInt64,
  network String,
  low UInt64,
  high UInt64,
  hash String,
  first UInt64,
  told UInt64,
  begin UInt64,
  rows UInt64,
  accounts UInt64,
  transactions UInt64,
  assets String
) ENGINE = MergeTree ORDER BY (generation, high) SETTINGS non_replicated_deduplication_window = 1000`,
  ...['transfer', 'payment', 'txid', 'address'].map(distributed),
]

/** What stood here before version 2 of the tables: left as it is, and no longer read. */
export const FORMER: readonly string[] = ['sent_local', 'received_local', 'account_local', 'batch', 'load']

/**
 * Rows between two marks, and bytes of a column that are read for one at least. While rows keep coming parts are merged
 * seldom, many at once; when none came for half a minute, to one (up to 150 GB): what a walk costs goes by the parts.
 */
function settings(rows: number, bytes: number): string {
  return `SETTINGS index_granularity = ${rows}, min_compress_block_size = ${bytes}, merge_selector_base = 16,
min_age_to_force_merge_seconds = 30, min_age_to_force_merge_on_partition_only = 1,
non_replicated_deduplication_window = 1000`
}

/** The parts of a row under their names, for whoever asks in SQL: nothing of them is stored. */
function aliases(): string[] {
  const parts = Object.keys(PARTS) as (keyof typeof PARTS)[]
  const plain = parts
    .filter(part => part !== 'position' && part !== 'flags')
    .map(part => `${part} ${PARTS[part][1]} ALIAS ${sqlOf(part)}`)
  const flag = (name: string, bit: number) => `${name} UInt8 ALIAS bitAnd(${sqlOf('flags')}, ${bit}) != 0`
  return [...plain, flag('received', RECEIVED), flag('moves', MOVES)]
}

function distributed(name: string): string {
  return `CREATE TABLE IF NOT EXISTS athar.${name} AS athar.${name}_local
ENGINE = Distributed('athar', 'athar', '${name}_local', account)`
}
