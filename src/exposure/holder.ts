import { partitionOf, why } from '../cluster/cluster.ts'
import type { Columns } from '../ledger/ledger.ts'
import { isRisk, type Policy } from './policy.ts'
import { held, type Reason } from './reason.ts'
import type { Touch } from './touch.ts'
import type { TouchBook } from './touch-book.ts'

/**
 * What the cluster of an address is known as: its other addresses, held to be one holder's since they sign together
 * (multi-input heuristic, docs/methods/cluster.md). A stranger cannot bring that about: it takes the keys of both.
 *
 * Nothing is taken over from a large cluster or from one that holds a labelled service: a listed deposit address makes
 * neither the exchange nor its customers listed.
 */
export type Holding = { readonly other: string; readonly touch: Touch; readonly reason: Reason }

/** Addresses of a cluster up to which a listing is taken over. Ours: a campaign's wallet, not a service's. */
export const MEMBERS_MAX = 1000

/** Members that are named. */
const NAMED_MAX = 3

export function holdingsOf(columns: Columns, row: number, touches: TouchBook, policy: Policy): Holding[] {
  const members = partitionOf(columns)?.membersOf(row) ?? []
  if (members.length < 2 || members.length > MEMBERS_MAX) return []
  const known = Array.from(members)
    .map(member => ({ member, touch: touches.at(member) }))
    .filter((one): one is { member: number; touch: Touch } => one.touch !== null)
  if (known.some(({ touch }) => touch.custodial)) return []
  const subject = columns.addresses.format(row)
  return known
    .filter(({ member, touch }) => member !== row && touch.inForce && isRisk(policy, touch.category))
    .slice(0, NAMED_MAX)
    .map(({ member, touch }) => {
      const other = columns.addresses.format(member)
      const { witness } = why(columns, subject, other)
      const { network } = columns
      const transactions = witness.map(({ txid }) => ({ kind: 'transaction' as const, network, txid }))
      return { other, touch, reason: held(other, touch, transactions) }
    })
}
