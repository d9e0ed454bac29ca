import { spanOfReadBlocks } from '../../ledger/ledger.ts'
import * as Network from '../../model/network.ts'
import type { Store } from '../../store/store.ts'

/** What must be said of a ledger whose node told no internal transfers of some blocks; nothing otherwise. */
export function notesOfCalls(store: Store, network: Network.NetworkId): string[] {
  if (Network.from(network).shape !== 'account' || (spanOfReadBlocks(store, network)?.internal ?? true)) return []
  const coin = Network.from(network).coin.symbol
  return [`Internal transfers of ${network} were not read for all blocks: ${coin} that contracts paid is missing.`]
}
