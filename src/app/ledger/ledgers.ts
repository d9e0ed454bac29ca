import { ClickHouse, type Columns, networksOf, openColumns } from '../../ledger/ledger.ts'
import * as Network from '../../model/network.ts'
import type { Context, Ledgers } from '../operation.ts'
import { connected, isConfigured } from './clickhouse.ts'

/** The ledgers of a question, wherever they lie. */
export function ledgersOf({ store, ledgers }: Pick<Context, 'store' | 'ledgers'>): Ledgers {
  return (
    ledgers ?? {
      open: (network, knownAt) => openColumns(store, network, knownAt),
      networks: () => networksOf(store),
    }
  )
}

/**
 * Answers from the ledgers in ClickHouse where these are configured, for the networks that are loaded there; from the
 * embedded ones else. The work asks for ledgers by `ledgersOf`, changes nothing, and may be done more than once
 * (ClickHouse.settle): its clock stands still. Work within such work is part of it.
 * Failures: ClickHouse.*, and those of the work.
 */
export function answered<T>(context: Context, work: (context: Context) => T): T | Promise<T> {
  if (context.ledgers !== undefined || !isConfigured()) return work(context)
  const now = context.clock()
  const settled = { ...context, store: context.store, clock: () => now }
  return connected('reader', context.signal, connection =>
    ClickHouse.settle(connection, far => work({ ...settled, ledgers: wherever(settled, far) })),
  )
}

/** An operation's work, answered so. */
export function answering<I, T>(work: (input: I, context: Context) => T) {
  return (input: I, context: Context): T | Promise<T> => answered(context, at => work(input, at))
}

/** Chains of coins are asked of nobody else; a ledger as it was known in the past is the embedded one. */
function wherever({ store }: Context, far: ClickHouse.FarLedgers): Ledgers {
  const isFar = (network: Network.NetworkId) => Network.from(network).shape === 'account'
  return {
    open(network, knownAt): Columns | undefined {
      const loaded = isFar(network) && knownAt === undefined ? far.open(network) : undefined
      return loaded ?? openColumns(store, network, knownAt)
    },
    networks: () => [...new Set([...networksOf(store), ...far.networks()])].sort(),
  }
}
