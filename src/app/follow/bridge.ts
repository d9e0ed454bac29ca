import { listBridgeEventsIn, listBridgeTransactions } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Store } from '../../store/store.ts'
import * as Trace from '../../trace/trace.ts'

/** What contracts of bridges told in the ledger of a network. */
export function bridgesIn(store: Store, network: NetworkId): Trace.Bridges {
  return Trace.bridgesOf(
    side => listBridgeTransactions(store, network, side),
    txid => listBridgeEventsIn(store, network, txid),
  )
}
