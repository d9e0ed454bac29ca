/**
 * The tables beyond one machine, to be made on every shard. Transfers stand in two sort orders, by who sent and by who
 * received, each on the shard of that account; an account is a 64-bit hash, and its row in `account` says of which
 * address, with the proof that it is of no other (`low` = `high`).
 *
 * A *generation* is one ledger from its first row on, as a prefix that only grows. `batch` says which rows are begun
 * and which are done, `load` (written last) up to which row a generation may be read: nobody sees more than that.
 */
export const TABLES: readonly string[] = [
  'CREATE DATABASE IF NOT EXISTS athar',
  transfers('sent'),
  transfers('received'),
  `CREATE TABLE IF NOT EXISTS athar.account_local (
  generation UInt64,
  account UInt64,
  number SimpleAggregateFunction(min, UInt64),
  low SimpleAggregateFunction(min, FixedString(21)),
  high SimpleAggregateFunction(max, FixedString(21))
) ENGINE = AggregatingMergeTree PARTITION BY generation ORDER BY (account)
SETTINGS index_granularity = 256, non_replicated_deduplication_window = 1000`,
  `CREATE TABLE IF NOT EXISTS athar.batch (
  generation UInt64,
  network String,
  salt String,
  begin UInt64,
  end UInt64,
  accounts UInt64,
  digest String,
  done UInt8
) ENGINE = MergeTree ORDER BY (generation, begin, done) SETTINGS non_replicated_deduplication_window = 1000`,
  `CREATE TABLE IF NOT EXISTS athar.load (
  network String,
  serial UInt64,
  generation UInt64,
  salt String,
  rows UInt64,
  accounts UInt64,
  assets String,
  coverage String
) ENGINE = MergeTree ORDER BY (network, serial) SETTINGS non_replicated_deduplication_window = 1000`,
  distributed('sent'),
  distributed('received'),
  distributed('account'),
]

function transfers(name: string): string {
  return `CREATE TABLE IF NOT EXISTS athar.${name}_local (
  generation UInt64,
  account UInt64,
  position UInt64,
  other UInt64,
  transaction UInt64,
  asset UInt16,
  kind UInt8,
  moves UInt8,
  log_index Int32,
  height UInt32,
  time UInt32,
  size UInt32,
  txid FixedString(32),
  units UInt256,
  INDEX by_txid txid TYPE bloom_filter(0.01) GRANULARITY 16
) ENGINE = MergeTree PARTITION BY generation ORDER BY (account, position)
SETTINGS index_granularity = 512, non_replicated_deduplication_window = 1000`
}

function distributed(name: string): string {
  return `CREATE TABLE IF NOT EXISTS athar.${name} AS athar.${name}_local
ENGINE = Distributed('athar', 'athar', '${name}_local', account)`
}
