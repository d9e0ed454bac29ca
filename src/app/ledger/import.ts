import { importTransfers, type RejectedRow } from '../../ledger/ledger.ts'
import type { Asset } from '../../model/asset.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { describeFile, piecesOf } from './file.ts'
import { type Mended, mending, toldOf } from './mend.ts'

export { ledgerPrice } from './price.ts'

/** What `ledger import` answers. */
export type ImportAnswer = {
  readonly rows: number
  /** Transfers taken now, and those that were there already, identical. */
  readonly added: number
  readonly skipped: number
  /** The first thousand of the rows that were not taken. */
  readonly rejected: readonly RejectedRow[]
  readonly rejectedCount: number
  /** Tokens under a checked token's symbol at another contract: kept, and never counted as that token. */
  readonly impostors: readonly Asset[]
  readonly networks: readonly {
    readonly network: NetworkId
    readonly transactions: number
    readonly transfers: number
  }[]
  readonly dryRun: boolean
  readonly coverage: readonly Coverage[]
  /** There only where a ledger was found damaged: what was kept of it, and what was derived again. */
  readonly mended?: readonly Mended[]
}

type Input = { readonly file: string; readonly dryRun: boolean }

const DRY_RUN = { type: 'boolean', default: false, says: 'read and check, and change nothing' } as const

export const ledgerImport: Operation = {
  name: 'ledger import',
  summary: 'Read transfers of account chains (Tron, Ethereum) from a CSV file',
  access: 'write',
  fields: {
    file: { type: 'string', positional: true, required: true, path: true, says: 'the CSV file' },
    dryRun: DRY_RUN,
  },
  examples: [
    { command: 'athar ledger import transfers.csv', says: 'network,txid,height,time,from,to,amount,… in any order' },
    { command: 'athar ledger import transfers.csv --dry-run --json', says: 'which rows would be refused, and why' },
  ],
  verdict: (answer: ImportAnswer) => (answer.rejectedCount > 0 ? 'no' : 'ok'),
  list: 'rejected',
  run: ({ file, dryRun }: Input, context: Context): ImportAnswer => {
    const given = describeFile(file, 'transfers')
    const step = (rows: number): void => {
      if (context.signal.aborted) throw cancelled()
      context.progress({ done: rows, total: null, unit: 'rows' })
    }
    const options = { clock: context.clock, keep: !dryRun, step }
    const work = () => importTransfers(context.store, given, piecesOf(file), options)
    const { result, mended } = dryRun ? { result: work(), mended: [] } : mending(context, work)
    const { present, ledgers, ...imported } = result
    return {
      ...{ rows: imported.rows, added: imported.added, skipped: present, rejected: imported.rejected },
      ...{ rejectedCount: imported.rejectedCount, impostors: imported.impostors },
      networks: ledgers.map(({ network, transactions, transfers }) => ({
        ...{ network, transactions: transactions.count, transfers: transfers.count },
      })),
      dryRun,
      coverage: ledgers.map(columns => columns.coverage()),
      ...toldOf(mended),
    }
  },
}

function cancelled(): Failure {
  return new Failure('Ledger.Cancelled', 'cancelled', 'The import was stopped; nothing of this file was taken.', {
    hint: 'The same command starts again.',
  })
}
