import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as Instant from '../../model/instant.ts'
import { openEgressLog } from '../../store/egress.ts'
import type { Context, Operation } from '../operation.ts'

/** `athar egress list`: every query that left the machine, newest first. */
export const egressList: Operation = {
  name: 'egress list',
  summary: 'List what was asked of other machines, the newest first',
  access: 'read',
  fields: { limit: { type: 'integer', says: 'Most rows', default: 100 } },
  examples: [{ command: 'athar egress list --limit 20', says: 'who was asked for what, when, by which command' }],
  list: 'queries',
  run: ({ limit }: { limit: number }, { store }: Context) => {
    if (!existsSync(join(store.directory, 'egress.db'))) return { queries: [] }
    const log = openEgressLog(store.directory)
    try {
      const rows = log.last(Math.max(1, Math.min(limit, 100_000)))
      return { queries: rows.map(({ at, ...row }) => ({ ...row, at: Instant.format(at) })) }
    } finally {
      log.close()
    }
  },
}
