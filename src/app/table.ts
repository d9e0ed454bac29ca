import { rows as campaign } from './campaign/rows.ts'
import { rows as ofCase } from './case/rows.ts'
import { rows as demo } from './demo/rows.ts'
import { rows as follow } from './follow/rows.ts'
import { rows as ledger } from './ledger/rows.ts'
import { rows as monitor } from './monitor/rows.ts'
import { rows as name } from './name/rows.ts'
import { rows as read } from './read/rows.ts'
import { type Row, row } from './row.ts'
import { rows as screen } from './screen/rows.ts'
import { rows as user } from './user/rows.ts'

export type { Row } from './row.ts'

/**
 * The one table of operations, in the order in which help shows them. The command line, HTTP and MCP are generated
 * from it.
 */
export const table: readonly Row[] = [
  ...demo,
  ...read,
  ...ledger,
  ...screen,
  ...name,
  ...follow,
  ...campaign,
  ...monitor,
  ...ofCase,
  ...user,
  row(
    'search',
    'Search addresses, transactions, names, campaigns, cases and captures',
    'read',
    async () => (await import('./search-all.ts')).search,
  ),
  row(
    'doctor',
    'Say what is missing on this machine, and how to get it',
    'read',
    async () => (await import('./doctor.ts')).doctor,
  ),
]

/** Operations of the command line alone: they write folders of their own, which no client of a server may ask for. */
export const local: readonly string[] = ['demo', 'backup', 'restore']

/** Commands that the interface promises and this version does not have: they are refused by name, never pretended. */
export const planned: readonly string[] = [...['bundle write', 'verify'], ...['token create', 'token revoke', 'mcp']]
