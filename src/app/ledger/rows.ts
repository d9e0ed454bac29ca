import { type Row, row } from '../row.ts'

/** The ledgers: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'ledger add',
    'Read blocks into the ledger: raw, blk*.dat, hex or getblock JSON',
    'write',
    async () => (await import('./ledger.ts')).ledgerAdd,
  ),
  row(
    'ledger sync',
    'Read blocks from a node up to its tip, and with --follow each new one',
    'write',
    async () => (await import('./sync.ts')).ledgerSync,
  ),
  row(
    'ledger pool',
    'Look at the payments that wait to be mined at a node; stores nothing',
    'read',
    async () => (await import('./pool.ts')).ledgerPool,
  ),
  row(
    'ledger fetch',
    'Read the whole history of addresses from a provider, and say whether it is whole',
    'write',
    async () => (await import('./fetch.ts')).ledgerFetch,
  ),
  row(
    'ledger compare',
    'Hold what two providers tell of an address against each other; stores nothing',
    'read',
    async () => (await import('./compare.ts')).ledgerCompare,
  ),
  row(
    'ledger import',
    'Read transfers of account chains (Tron, Ethereum) from a CSV file',
    'write',
    async () => (await import('./import.ts')).ledgerImport,
  ),
  row(
    'ledger price',
    'Read daily prices in US dollars from a CSV file, or from a provider',
    'write',
    async () => (await import('./price.ts')).ledgerPrice,
  ),
  row(
    'ledger load',
    'Load transfers of account chains into ClickHouse, from where the last run ended',
    'read',
    async () => (await import('./load.ts')).ledgerLoad,
  ),
  row(
    'ledger status',
    'Say what the ledger holds, per network, and which prices',
    'read',
    async () => (await import('./status.ts')).ledgerStatus,
  ),
  row(
    'rebuild',
    'Derive the ledgers again from the files they were read from',
    'write',
    async () => (await import('./rebuild.ts')).rebuild,
  ),
]
