import type { Knowledge } from '../attribution/attribution.ts'
import { type Columns, totalsOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import type { Category } from '../model/category.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Method } from '../trace/trace.ts'
import { counterpartyExposures, type Subject } from './counterparty.ts'
import { holdingsOf } from './holder.ts'
import { namingOnce } from './named-columns.ts'
import { isRisk, isTrusted, type Policy, rankOf, standard } from './policy.ts'
import { owned, type Reason } from './reason.ts'
import { touchesOf, type View } from './touch.ts'
import { createTouchBook } from './touch-book.ts'

/** How much of a subject touches a category, one row per category, relation, direction and asset. */
export type Exposure = {
  readonly category: Category
  readonly relation: 'ownership' | 'direct' | 'indirect'
  readonly direction: 'in' | 'out'
  /** Fewest transactions between; 0 for ownership. */
  readonly hops: number
  /** Part of all that the subject received (in) or of all that entered it and went on (out), by haircut. */
  readonly share: number | null
  readonly amount: Amount | null
  readonly method: Method
  /** Least and greatest share over the methods that conserve value. */
  readonly range: readonly [number, number] | null
  /** More than nothing by each of them. */
  readonly robust: boolean
  /**
   * What left over account chains: the share that arrived if every account on the way kept it as long as its balance
   * allowed. A stranger's payments can lower it and never raise it. Null where the question does not arise.
   */
  readonly least: number | null
  /** Indirect, and `least` is nothing: a stranger's payments to those on the way can bring it about. */
  readonly fragile: boolean
  /** Ownership that a label or the cluster tells: the address's own listing has a status of its own. */
  readonly beyondListing: boolean
  /** Whether it raises a status: the policy's categories, beyond what a stranger could have planted. */
  readonly raises: boolean
  /** Whether a counterparty is listed as of the day asked for, and whether one was when they dealt; null: none. */
  readonly listed: { readonly now: boolean | null; readonly atPayment: boolean | null }
  /** The amount by the time at which its parts moved, for their value; null where nothing keeps them apart. */
  readonly lots: readonly { readonly units: bigint; readonly time: Instant }[] | null
  readonly because: readonly Reason[]
}

export type Question = {
  /** Undefined where the network's ledger was never read. */
  readonly columns: Columns | undefined
  readonly knowledge: Knowledge
  readonly network: NetworkId
  readonly address: string
  readonly asOf: Instant
  /** 0: the address itself and its cluster · 1: direct contacts as well. */
  readonly hops: number
  /** Without one, the policy that is built in. */
  readonly policy?: Policy
}

/** Every exposure of an address, the gravest first. What was not read gives no rows, and no zero either. */
export function measure(asked: Question): Exposure[] {
  const question = { ...asked, policy: asked.policy ?? standard }
  const { address, policy, hops } = question
  const columns = question.columns === undefined ? undefined : namingOnce(question.columns)
  const row = columns?.addresses.find(address)
  const found =
    columns === undefined || row === undefined
      ? undefined
      : { columns, row, touches: createTouchBook(question, columns) }
  const own = ownership(question, found)
  if (found === undefined || hops === 0) return own
  return [...own, ...counterpartyExposures(question, found)].sort((a, b) => compare(a, b, policy))
}

/** What the address itself is known as, and what the other addresses of its cluster are. */
function ownership(question: Question & View, found: Subject | undefined): Exposure[] {
  const { address, asOf, policy } = question
  const own = touchesOf(question, address)
    .filter(touch => touch.inForce && isRisk(policy, touch.category))
    .map(touch => ({ touch, reason: owned(touch), beyondListing: touch.by === 'label' }))
  const holdings = found === undefined ? [] : holdingsOf(question.columns!, found.row, found.touches, policy)
  const others = holdings.map(({ touch, reason }) => ({ touch, reason, beyondListing: true }))
  const groups = [...Map.groupBy([...own, ...others], one => one.touch.category)]
  if (groups.length === 0) return []
  const amounts = turnover(found, asOf)
  return groups.flatMap(([category, group]) =>
    amounts.map(({ direction, amount }) => ({
      ...{ category, relation: 'ownership' as const, direction, hops: 0, share: 1, amount },
      ...{ method: 'haircut' as const, range: [1, 1] as const, robust: true, raises: true },
      ...{ least: null, fragile: false },
      beyondListing: group.some(one => one.beyondListing),
      ...{ listed: { now: group.some(one => one.touch.listing !== null) || null, atPayment: null }, lots: null },
      because: group.map(one => one.reason),
    })),
  )
}

type Turnover = { readonly direction: 'in' | 'out'; readonly amount: Amount | null }

/**
 * All that the address received (in) and paid (out) by the day asked for, an entry for each asset. Null where the
 * ledger does not show it, or it paid with value that was not read: that is not a zero.
 */
function turnover(found: Subject | undefined, asOf: Instant): Turnover[] {
  const nothing: Turnover[] = [
    { direction: 'in', amount: null },
    { direction: 'out', amount: null },
  ]
  if (found === undefined) return nothing
  const { received, sent, balance } = totalsOf(found.columns, found.row, asOf)
  if (received.length === 0) return nothing
  return received.flatMap((amount, i) => {
    if (!isTrusted(amount.asset)) return []
    return [
      { direction: 'in' as const, amount },
      { direction: 'out' as const, amount: balance[i] === null ? null : sent[i]! },
    ]
  })
}

const RELATIONS = ['ownership', 'direct', 'indirect'] as const

function compare(a: Exposure, b: Exposure, policy: Policy): number {
  return (
    rankOf(policy, a.category) - rankOf(policy, b.category) ||
    RELATIONS.indexOf(a.relation) - RELATIONS.indexOf(b.relation)
  )
}
