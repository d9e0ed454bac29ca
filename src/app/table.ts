import type { Operation } from './operation.ts'

/**
 * The one table of operations, in the order in which help shows them. The command line, HTTP and MCP are generated
 * from it.
 *
 * A row is light: the module behind it is loaded when the operation is asked for, so that `athar --help` need not read
 * the whole program. A test holds each row equal to the operation that it loads.
 */
export type Row = Pick<Operation, 'name' | 'summary' | 'access'> & { readonly load: () => Promise<Operation> }

export const table: readonly Row[] = [
  row('doctor', 'Say what is missing on this machine, and how to get it', 'read', async () => {
    return (await import('./doctor.ts')).doctor
  }),
]

/** Commands that the interface promises and this version does not have: they are refused by name, never pretended. */
export const planned: readonly string[] = [
  ...['ledger sync', 'ledger fetch', 'list diff', 'list status'],
  ...['campaign bursts', 'campaign check', 'watch add', 'watch list', 'watch run', 'alert list', 'alert close'],
  ...['rule list', 'rule test', 'rule activate', 'bundle write', 'verify', 'user add', 'user list', 'user remove'],
  ...['token create', 'token revoke', 'capture erase', 'capture hold', 'rebuild', 'backup', 'restore', 'mcp'],
]

function row(name: string, summary: string, access: Operation['access'], load: Row['load']): Row {
  return { name, summary, access, load }
}
