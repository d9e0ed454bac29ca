import type { Knowledge } from '../attribution/attribution.ts'
import { type Columns, totalsOf } from '../ledger/ledger.ts'
import type { Amount } from '../model/amount.ts'
import * as Asset from '../model/asset.ts'
import type { Category } from '../model/category.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { declare, type Method, type Outcome, run } from '../trace/trace.ts'
import { type Contact, contactsOf } from './contact.ts'
import { holdingsOf } from './holder.ts'
import { dustOf, isRisk, isTrusted, rankOf } from './policy.ts'
import { DUST, met, owned, type Reason } from './reason.ts'
import { stoppingAt, type Touch, touchesOf, touchOf } from './touch.ts'

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
  /** Ownership that a label or the cluster tells: the address's own listing has a status of its own. */
  readonly beyondListing: boolean
  /** Whether it raises a status: the policy's categories, beyond what a stranger could have planted. */
  readonly raises: boolean
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
}

/** Every exposure of an address, the gravest first. What was not read gives no rows, and no zero either. */
export function measure(question: Question): Exposure[] {
  const { columns, address } = question
  const row = columns?.addresses.find(address)
  const own = ownership(question, columns, row)
  if (columns === undefined || row === undefined || question.hops === 0) return own
  const named = namingOnce(columns)
  return [...own, ...contact(question, named, row, 'out'), ...contact(question, named, row, 'in')].sort(compare)
}

/** The same columns, each address encoded once and coverage read once: every direction asks for the same few. */
function namingOnce<T extends Columns>(columns: T): T {
  const names = new Map<number, string>()
  const format = (row: number): string => {
    const held = names.get(row)
    if (held !== undefined) return held
    const name = columns.addresses.format(row)
    names.set(row, name)
    return name
  }
  const coverage = columns.coverage()
  return { ...columns, addresses: { ...columns.addresses, format }, coverage: () => coverage }
}

/** Inputs and outputs that one screening reads at most in each direction. Ours: about a tenth of a second. */
const EDGES_MAX = 200_000

const METHODS: readonly Method[] = ['haircut', 'fifo', 'lifo', 'tiho']

/** Counterparties named in the reasons of one row, the largest first. */
const REASONS_MAX = 5

/** What the address itself is known as, and what the other addresses of its cluster are. */
function ownership(question: Question, columns: Columns | undefined, row: number | undefined): Exposure[] {
  const { knowledge, network, address, asOf } = question
  const own = touchesOf(knowledge, network, address, asOf)
    .filter(touch => isRisk(touch.category))
    .map(touch => ({ touch, reason: owned(touch), beyondListing: touch.by === 'label' }))
  const others =
    columns === undefined || row === undefined
      ? []
      : holdingsOf(columns, row, createTouches(question, columns).byName).map(({ touch, reason }) => {
          return { touch, reason, beyondListing: true }
        })
  const groups = [...Map.groupBy([...own, ...others], one => one.touch.category)]
  if (groups.length === 0) return []
  const amounts = turnover(columns, row, asOf)
  return groups.flatMap(([category, group]) =>
    amounts.map(({ direction, amount }) => ({
      ...{ category, relation: 'ownership' as const, direction, hops: 0, share: 1, amount },
      ...{ method: 'haircut' as const, range: [1, 1] as const, robust: true, raises: true },
      beyondListing: group.some(one => one.beyondListing),
      because: group.map(one => one.reason),
    })),
  )
}

type Turnover = { readonly direction: 'in' | 'out'; readonly amount: Amount | null }

/**
 * All that the address received (in) and paid (out) by the day asked for, an entry for each asset. Null where the
 * ledger does not show it, or it paid with value that was not read: that is not a zero.
 */
function turnover(columns: Columns | undefined, row: number | undefined, asOf: Instant): Turnover[] {
  const nothing: Turnover[] = [
    { direction: 'in', amount: null },
    { direction: 'out', amount: null },
  ]
  if (columns === undefined || row === undefined) return nothing
  const { received, sent, balance } = totalsOf(columns, row, asOf)
  if (received.length === 0) return nothing
  return received.flatMap((amount, i) => {
    if (!isTrusted(amount.asset)) return []
    return [
      { direction: 'in' as const, amount },
      { direction: 'out' as const, amount: balance[i] === null ? null : sent[i]! },
    ]
  })
}

/** What a group of reached places sums to, by method. */
type Group = {
  readonly category: Category
  readonly hops: number
  readonly asset: Asset.Asset
  readonly sums: Map<Method, bigint>
  /** By haircut, or what the contacts say where nothing could be apportioned. */
  readonly places: Map<string, { readonly touch: Touch; units: bigint; hops: number }>
}

function contact(question: Question, columns: Columns, row: number, direction: 'in' | 'out'): Exposure[] {
  const { knowledge, network, address, asOf, hops } = question
  const touches = createTouches(question, columns)
  const declared = declare({
    ...{ direction: direction === 'out' ? 'forward' : 'backward', methods: METHODS, hops, to: asOf },
    ...{ edges: EDGES_MAX, reason: 'screening' },
  })
  const trace = run(columns, stoppingAt(knowledge, asOf), [address], declared)
  const outcomes = METHODS.map(method => trace.methods[method]!)
  const groups = gather(outcomes, address, touches.byName)
  const contacts = contactsOf(columns, row, asOf, touches.has).filter(
    one => one.direction === direction && isTrusted(one.asset),
  )
  const rows = [...groups.values()].map(group => toExposure(group, direction, outcomes, contacts, network))
  return [...rows, ...unreadOf(groups, contacts, direction, network, touches.byName)]
}

type Touches = { has(row: number): boolean; byName(address: string): Touch | null }

function createTouches({ knowledge, network, asOf }: Question, columns: Columns): Touches {
  const known = new Map<string, Touch | null>()
  const byName = (address: string): Touch | null => {
    const held = known.get(address)
    if (held !== undefined) return held
    const touch = touchOf(knowledge, network, address, asOf)
    known.set(address, touch)
    return touch
  }
  return { has: row => byName(columns.addresses.format(row)) !== null, byName }
}

function gather(outcomes: readonly Outcome[], subject: string, touchOfName: Touches['byName']): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const { method, reached } of outcomes) {
    for (const { address, amount, hops } of reached) {
      if (address === null || address === subject || hops === 0 || !isTrusted(amount.asset)) continue
      const touch = touchOfName(address)
      if (touch === null) continue
      const group = groupOf(groups, touch.category, hops, amount.asset)
      group.sums.set(method, (group.sums.get(method) ?? 0n) + amount.units)
      const place = group.places.get(address) ?? { touch, units: 0n, hops }
      if (method === 'haircut') place.units += amount.units
      place.hops = Math.min(place.hops, hops)
      group.places.set(address, place)
    }
  }
  return groups
}

function groupOf(groups: Map<string, Group>, category: Category, hops: number, asset: Asset.Asset): Group {
  const key = `${category} ${hops === 1 ? 1 : 2} ${Asset.key(asset)}`
  const held = groups.get(key)
  const group = { category, hops, asset, sums: new Map(), places: new Map(), ...held }
  const nearer = { ...group, hops: Math.min(group.hops, hops) }
  groups.set(key, nearer)
  return nearer
}

function toExposure(
  group: Group,
  direction: 'in' | 'out',
  outcomes: readonly Outcome[],
  contacts: readonly Contact[],
  network: NetworkId,
): Exposure {
  const { category, hops, asset, sums } = group
  const shares = outcomes.map(outcome => shareOf(sums.get(outcome.method) ?? 0n, outcome, asset))
  const units = sums.get('haircut') ?? 0n
  const known = shares.filter(share => share !== null)
  const dust = direction === 'in' && units <= dustOf(asset)
  return {
    ...{ category, relation: hops === 1 ? 'direct' : 'indirect', direction, hops, share: shares[0] ?? null },
    ...{ amount: { asset, units }, method: 'haircut' },
    range: known.length === 0 ? null : [Math.min(...known), Math.max(...known)],
    robust: METHODS.every(method => (sums.get(method) ?? 0n) > 0n),
    raises: isRisk(category) && !dust,
    beyondListing: false,
    because: [...reasonsOf(group, direction, contacts, network), ...(dust ? [DUST] : [])],
  }
}

/** To six decimals, rounded down: a share is for the eye, the amount is exact. */
function shareOf(units: bigint, outcome: Outcome, asset: Asset.Asset): number | null {
  const total = outcome.total.find(amount => Asset.equals(amount.asset, asset))?.units ?? 0n
  return total === 0n ? null : Number((units * 1_000_000n) / total) / 1_000_000
}

function reasonsOf(group: Group, direction: 'in' | 'out', contacts: readonly Contact[], network: NetworkId): Reason[] {
  const largest = [...group.places].sort(([, a], [, b]) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1))
  return largest.slice(0, REASONS_MAX).map(([other, { touch, units, hops }]) => {
    const transactions = witnesses(contacts, other, network)
    return met({ direction, other, touch, hops, amount: { asset: group.asset, units }, transactions })
  })
}

/** Transactions named for one counterparty. */
const WITNESSES_MAX = 3

function witnesses(contacts: readonly Contact[], other: string, network: NetworkId) {
  const txids = new Set(contacts.filter(one => one.other === other).map(one => one.txid))
  return [...txids].slice(0, WITNESSES_MAX).map(txid => ({ kind: 'transaction' as const, network, txid }))
}

/** Direct contacts that a trace cannot apportion, since not every input of the transaction was read. */
function unreadOf(
  groups: ReadonlyMap<string, Group>,
  contacts: readonly Contact[],
  direction: 'in' | 'out',
  network: NetworkId,
  touchOfName: Touches['byName'],
): Exposure[] {
  const seen = new Set(
    [...groups.values()].filter(({ hops }) => hops === 1).flatMap(({ places }) => [...places.keys()]),
  )
  const missed = contacts.filter(one => !seen.has(one.other))
  const byCategory = Map.groupBy(missed, one => touchOfName(one.other)!.category)
  return [...byCategory].map(([category, some]) => {
    const others = [...new Set(some.map(one => one.other))].slice(0, REASONS_MAX)
    const because = others.map(other => {
      const transactions = witnesses(some, other, network)
      return met({ direction, other, touch: touchOfName(other)!, amount: null, hops: 1, transactions })
    })
    return {
      ...{ category, relation: 'direct' as const, direction, hops: 1, share: null, amount: null },
      ...{ method: 'haircut' as const, range: null, robust: false, beyondListing: false, because },
      raises:
        isRisk(category) &&
        (direction === 'out' || some.some(({ units, asset }) => units === null || units > dustOf(asset))),
    }
  })
}

const RELATIONS = ['ownership', 'direct', 'indirect'] as const

function compare(a: Exposure, b: Exposure): number {
  return rankOf(a.category) - rankOf(b.category) || RELATIONS.indexOf(a.relation) - RELATIONS.indexOf(b.relation)
}
