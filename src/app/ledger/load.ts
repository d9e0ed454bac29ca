import { ClickHouse, networksOf, openColumns } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { networkOf } from '../when.ts'
import { connected, mayMakeTables } from './clickhouse.ts'

/** What `ledger load` answers. */
export type LoadAnswer = {
  readonly loaded: readonly ({ readonly network: NetworkId } & ClickHouse.Loaded)[]
  readonly notes: readonly string[]
}

export const ledgerLoad: Operation = {
  name: 'ledger load',
  summary: 'Load transfers of account chains into ClickHouse, from where the last run ended',
  access: 'read',
  fields: { network: { type: 'string', says: 'Only this network; default: every account chain that was read' } },
  examples: [{ command: 'athar ledger load --network tron', says: 'what is new of Tron, into the cluster' }],
  list: 'loaded',
  run: (input: { readonly network?: string }, context: Context) => loadAll(input, context),
}

async function loadAll({ network }: { readonly network?: string }, context: Context): Promise<LoadAnswer> {
  const wanted = network === undefined ? undefined : networkOf(network)
  const all = wanted === undefined ? networksOf(context.store) : [wanted]
  if (mayMakeTables()) await connected('admin', context.signal, ClickHouse.makeTables)
  const loaded: LoadAnswer['loaded'][number][] = []
  const notes: string[] = []
  await connected('loader', context.signal, async connection => {
    const former = await ClickHouse.formerTables(connection)
    if (former.length > 0) notes.push(formerNote(former))
    for (const id of all) {
      const columns = openColumns(context.store, id)
      if (columns === undefined) throw unread(id)
      if (columns.shape === 'utxo') {
        notes.push(`${id} is a chain of coins: it stays in the embedded ledger.`)
        continue
      }
      const total = columns.transfers.count
      const step = (_: string, done: number): void => context.progress({ done, total, unit: 'transfers' })
      const done = await ClickHouse.load(connection, columns, { step })
      loaded.push({ network: id, ...done })
      if (done.anew)
        notes.push(`${id} is not what was loaded before: it was loaded anew, the older one is still there.`)
    }
  })
  return { loaded, notes }
}

function formerNote(tables: readonly string[]): string {
  const named = tables.map(name => `athar.${name}`).join(', ')
  return (
    `ClickHouse also holds tables of an older version (${named}): what is loaded now stands in new ones, the older ` +
    'are as they were and no longer read. The administrator may drop them on each shard.'
  )
}

function unread(network: NetworkId): Failure {
  return new Failure('Ledger.NotRead', 'missing', `Nothing of ${network} was ever read.`, {
    hint: 'Read it first: athar ledger import, fetch or sync.',
    facts: { network },
  })
}
