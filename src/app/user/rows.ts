import { type Row, row } from '../row.ts'

/** Users and their keys: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'user add',
    'Make a signing key for a user: judgements carry its signature',
    'admin',
    async () => (await import('./user.ts')).userAdd,
  ),
  row('user list', 'Show the users and their public keys', 'read', async () => (await import('./user.ts')).userList),
  row(
    'user remove',
    'End a user’s key; what it signed stays signed',
    'admin',
    async () => (await import('./user.ts')).userRemove,
  ),
]
