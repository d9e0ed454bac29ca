import { openColumns } from '../../ledger/ledger.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import { openCourier } from '../monitor/deliver.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import { hasPool, openPool } from './pool.ts'
import { type Followed, follow } from './sync-follow.ts'
import { openRound, type Wanted } from './sync-round.ts'

type Input = OutsideInput & Wanted & { readonly follow: boolean; readonly watch: boolean; readonly every: number }

/** What `ledger sync` answers: of one catching up, or with `--follow` of all of them together. */
export type Synced = Followed & { readonly coverage: Coverage }

export const ledgerSync: Operation = {
  name: 'ledger sync',
  summary: 'Read blocks from a node up to its tip, and with --follow each new one',
  access: 'write',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the node' },
      choices: Network.all.map(network => network.id),
    },
    from: { type: 'string', required: true, says: 'address of the node; {key} in it stands for the secret' },
    start: { type: 'integer', says: 'height to begin at [after what was read; else 0]' },
    until: { type: 'integer', says: 'height to end at [the node’s tip]' },
    cookie: { type: 'string', says: 'path of a Bitcoin node’s cookie file' },
    secret: { type: 'string', says: 'path of a file with user:password or a key; else ATHAR_SOURCE_SECRET' },
    spent: { type: 'boolean', default: false, says: 'ask for the outputs that each block spends (Core 24 or newer)' },
    confirmations: { type: 'integer', says: 'blocks after which a block is final [what the network says]' },
    follow: { type: 'boolean', default: false, says: 'go on with each new block until it is stopped' },
    every: { type: 'integer', default: 10, says: 'with --follow: seconds between two looks' },
    watch: { type: 'boolean', default: false, says: 'hold what is new against the watches, and deliver alerts' },
    ...outsideFields,
  },
  examples: [
    {
      command: 'athar ledger sync bitcoin --from http://127.0.0.1:8332 --cookie ~/.bitcoin/.cookie --start 800000',
      says: 'blocks of a node of one’s own, from a height on',
    },
    {
      command: 'athar ledger sync ethereum --from http://127.0.0.1:8545 --follow',
      says: 'catch up, then follow the tip',
    },
    {
      command: 'athar ledger sync tron --from https://api.trongrid.io --start 70000000 --secret key.txt',
      says: 'with a key from a file, never from the command line',
    },
  ],
  verdict: (answer: Synced) => (answer.rejected.length > 0 ? 'no' : 'ok'),
  list: 'rejected',
  run: (input: Input, context: Context) => sync(input, context),
}

async function sync(input: Input, context: Context): Promise<Synced> {
  const { network, watch } = input
  const secret = secretFrom(input.secret)
  const client = openOutside(input, 'ledger sync', context, { hide: secret === null ? [] : [secret] })
  const courier = watch ? openCourier(input, context) : null
  try {
    const pool = watch && input.follow && hasPool(network) ? openPool(client, network, input) : null
    const round = openRound(client, input)
    const every = input.follow ? input.every : null
    const followed = await follow({ network, round, pool, courier, every, isWoken: () => false }, context)
    return { ...followed, coverage: openColumns(context.store, network)?.coverage() ?? unread(network) }
  } finally {
    courier?.close()
    client.close()
  }
}
