import type { Coverage } from '../../model/coverage.ts'

/**
 * Blocks upon one by which its chain is held to stay, where nobody says another number (`--confirmations`): six, as
 * Bitcoin's paper works out for an attacker with a tenth of the power, and as its nodes' wallets show as confirmed.
 *
 * Source: S. Nakamoto, “Bitcoin: A Peer-to-Peer Electronic Cash System”, 2008, section 11.
 */
export const CONFIRMATIONS = 6

/** Above the height up to which no reorganisation is to be feared nothing is called final. */
export function upTo(read: Coverage, finalHeight: number | null): Coverage {
  const isAbove = read.toHeight !== null && (finalHeight === null || read.toHeight > finalHeight)
  return isAbove && read.finality === 'final' ? { ...read, finality: 'unconfirmed' } : read
}
