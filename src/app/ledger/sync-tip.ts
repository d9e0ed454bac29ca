import { addTip, findTip, type Tip } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import type { Context } from '../operation.ts'

/** Seconds after which a tip that stays where it is is noted again: a follower looks every few. */
const AGAIN_SECONDS = 60

/** Notes how far the network had got when its source was asked. */
export function sawTip({ store, clock }: Context, network: NetworkId, tip: Omit<Tip, 'seenAt'>): void {
  const [held, seenAt] = [findTip(store, network), clock()]
  const isSame = held?.height === tip.height && held.hash === tip.hash && held.provider === tip.provider
  if (!isSame || seenAt >= held.seenAt + AGAIN_SECONDS || seenAt < held.seenAt)
    addTip(store, network, { ...tip, seenAt })
}
