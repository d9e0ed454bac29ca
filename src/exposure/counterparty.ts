import { standingOf } from '../attribution/attribution.ts'
import type { Columns } from '../ledger/ledger.ts'
import * as Asset from '../model/asset.ts'
import type { Category } from '../model/category.ts'
import type { Instant } from '../model/instant.ts'
import { declare, type Method, type Outcome, run } from '../trace/trace.ts'
import { type Contact, contactsOf, timesOf } from './contact.ts'
import type { Exposure, Question } from './measure.ts'
import { dustOf, isRisk, isTrusted, type Policy } from './policy.ts'
import { DUST, FRAGILE, met, type Reason } from './reason.ts'
import { stoppingAt, type Touch, type View } from './touch.ts'
import { meetsKnown, type TouchBook } from './touch-book.ts'

/** An address in a ledger, and what others in it are known as. */
export type Subject = { readonly columns: Columns; readonly row: number; readonly touches: TouchBook }

/** What the counterparties of an address are known as: direct and indirect exposure, what it paid first. */
export function counterpartyExposures(question: Question & View, subject: Subject): Exposure[] {
  const { columns, row, touches } = subject
  // Nearly all addresses have dealt with nobody who is known: then one hop away there is nothing to apportion.
  if (question.hops === 1 && !meetsKnown(columns, row, touches)) return []
  const contacts = contactsOf(columns, row, question.asOf, touches.has).filter(one => isTrusted(one.asset))
  return (['out', 'in'] as const).flatMap(direction => {
    const own = contacts.filter(one => one.direction === direction)
    return exposuresOf(question, subject, direction, own)
  })
}

function exposuresOf(
  question: Question & View,
  { columns, touches }: Subject,
  direction: 'in' | 'out',
  contacts: readonly Contact[],
): Exposure[] {
  const { address, asOf, hops } = question
  const declared = declare({
    ...{ direction: direction === 'out' ? 'forward' : 'backward', methods: METHODS, hops, to: asOf },
    ...{ edges: EDGES_MAX, reason: 'screening' },
  })
  const trace = run(columns, stoppingAt(question), [address], declared)
  const outcomes = METHODS.map(method => trace.methods[method]!)
  const groups = gather(outcomes, address, touches.byName)
  const { lowest } = trace
  const kept = lowest === null ? null : gather([{ ...lowest, method: 'haircut' }], address, touches.byName)
  const least = (key: string) => kept?.get(key)?.sums.get('haircut') ?? 0n
  const side: Side = { direction, outcomes, contacts, columns, policy: question.policy, least }
  return [...[...groups].map(([key, group]) => toExposure(key, group, side)), ...unreadOf(groups, side, touches.byName)]
}

/** Inputs and outputs that one screening reads at most in each direction. Ours: about a tenth of a second. */
const EDGES_MAX = 200_000

const METHODS: readonly Method[] = ['haircut', 'fifo', 'lifo', 'tiho']

/** Counterparties named in the reasons of one row, the largest first. */
const REASONS_MAX = 5

type Side = {
  readonly direction: 'in' | 'out'
  readonly outcomes: readonly Outcome[]
  readonly contacts: readonly Contact[]
  readonly columns: Columns
  readonly policy: Policy
  /** Account chains: what a group got if every account kept it as long as its balance allowed. */
  least(key: string): bigint
}

type Place = { readonly touch: Touch; units: bigint; hops: number; readonly transactions: Set<string> }

/** What a group of reached places sums to, by method. */
type Group = {
  readonly category: Category
  readonly hops: number
  readonly asset: Asset.Asset
  /** False: counterparties whose listing has ended. */
  readonly inForce: boolean
  readonly sums: Map<Method, bigint>
  /** By haircut. */
  readonly places: Map<string, Place>
}

function gather(outcomes: readonly Outcome[], subject: string, touchOfName: TouchBook['byName']): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const { method, reached } of outcomes) {
    for (const { address, amount, hops, transactions } of reached) {
      if (address === null || address === subject || hops === 0 || !isTrusted(amount.asset)) continue
      const touch = touchOfName(address)
      if (touch === null) continue
      const group = groupOf(groups, touch, hops, amount.asset)
      group.sums.set(method, (group.sums.get(method) ?? 0n) + amount.units)
      const place = group.places.get(address) ?? { touch, units: 0n, hops, transactions: new Set<string>() }
      if (method === 'haircut') {
        place.units += amount.units
        for (const txid of transactions) place.transactions.add(txid)
      }
      place.hops = Math.min(place.hops, hops)
      group.places.set(address, place)
    }
  }
  return groups
}

function groupOf(groups: Map<string, Group>, touch: Touch, hops: number, asset: Asset.Asset): Group {
  const { category, inForce } = touch
  const key = `${category} ${hops === 1 ? 1 : 2} ${Asset.key(asset)} ${inForce}`
  const held = groups.get(key)
  const group = { category, hops, asset, inForce, sums: new Map(), places: new Map(), ...held }
  const nearer = { ...group, hops: Math.min(group.hops, hops) }
  groups.set(key, nearer)
  return nearer
}

function toExposure(key: string, group: Group, side: Side): Exposure {
  const { category, hops, asset, sums, inForce } = group
  const { direction, outcomes, policy, columns } = side
  const shares = outcomes.map(outcome => shareOf(sums.get(outcome.method) ?? 0n, outcome, asset))
  const units = sums.get('haircut') ?? 0n
  const known = shares.filter(share => share !== null)
  const dust = direction === 'in' && units <= dustOf(policy, asset)
  // Where balances are pools, what a method says of others can be moved by whoever pays them; coins cannot be mixed so.
  const pooled = columns.shape === 'account' && direction === 'out'
  const least = pooled ? side.least(key) : null
  const fragile = hops > 1 && least === 0n
  const met_ = [...group.places].map(([other, place]) => ({ other, ...place, ...paymentsWith(other, place, side) }))
  const listed = listingOf(met_)
  return {
    ...{ category, relation: hops === 1 ? 'direct' : 'indirect', direction, hops, share: shares[0] ?? null },
    ...{ amount: { asset, units }, method: 'haircut' },
    range: known.length === 0 ? null : [Math.min(...known), Math.max(...known)],
    robust: METHODS.every(method => (sums.get(method) ?? 0n) > 0n),
    ...{ least: least === null ? null : shareOf(least, outcomes[0]!, asset), fragile },
    raises: isRisk(policy, category) && !dust && !fragile && (inForce || listed.atPayment === true),
    ...{ beyondListing: false, listed, lots: lotsOf(met_, units) },
    because: [...reasonsOf(met_, asset, side), ...(dust ? [DUST] : []), ...(fragile ? [FRAGILE] : [])],
  }
}

/** To six decimals, rounded down: a share is for the eye, the amount is exact. */
function shareOf(units: bigint, outcome: Outcome, asset: Asset.Asset): number | null {
  const total = outcome.total.find(amount => Asset.equals(amount.asset, asset))?.units ?? 0n
  return total === 0n ? null : Number((units * 1_000_000n) / total) / 1_000_000
}

type Payment = { readonly txid: string; readonly time: Instant | null }

type Met = Place & {
  readonly other: string
  readonly payments: readonly Payment[]
  /** Whether the listing was in force at one of the payments; null where it is a label, or no time is known. */
  readonly listedThen: boolean | null
}

/** The transactions that show it: the subject’s own where contact was direct, else those that arrived there. */
function paymentsWith(other: string, { touch, hops, transactions }: Place, { contacts, columns }: Side) {
  const direct = hops === 1 ? contacts.filter(one => one.other === other) : []
  const payments: Payment[] = [...new Map(direct.map(one => [one.txid, one])).values()]
  if (direct.length === 0) {
    const times = timesOf(columns, other, transactions)
    payments.push(...[...transactions].map(txid => ({ txid, time: times.get(txid) ?? null })))
  }
  return { payments, listedThen: listedAt(touch, payments) }
}

function listedAt({ listing }: Touch, payments: readonly Payment[]): boolean | null {
  const times = payments.flatMap(({ time }) => (time === null ? [] : [time]))
  if (listing === null || times.length === 0) return null
  return times.some(time => standingOf(listing, time) === 'listed')
}

/** Whether any counterparty is listed as of the day asked for, and whether any was at a payment. */
function listingOf(places: readonly Pick<Met, 'touch' | 'listedThen'>[]): Exposure['listed'] {
  const listings = places.filter(({ touch }) => touch.listing !== null)
  const known = listings.map(({ listedThen }) => listedThen).filter(one => one !== null)
  return {
    now: listings.length === 0 ? null : listings.some(({ touch }) => touch.inForce),
    atPayment: known.length === 0 ? null : known.includes(true),
  }
}

/**
 * The amount by the time at which each part of it moved; null where several transactions of several days brought it
 * and no method keeps apart what each brought.
 */
function lotsOf(places: readonly Met[], units: bigint): Exposure['lots'] {
  const lots = places.map(({ payments, units: part }) => {
    const days = new Set(payments.map(({ time }) => (time === null ? null : Math.floor(time / 86_400))))
    const [first] = payments
    return days.size === 1 && first?.time != null ? { units: part, time: first.time } : null
  })
  const known = lots.filter(lot => lot !== null)
  const sum = known.reduce((total, lot) => total + lot.units, 0n)
  return known.length < lots.length || sum !== units ? null : known
}

function reasonsOf(places: readonly Met[], asset: Asset.Asset, side: Side): Reason[] {
  const largest = [...places].sort((a, b) => (a.units === b.units ? 0 : a.units > b.units ? -1 : 1))
  return largest.slice(0, REASONS_MAX).map(({ other, touch, units, hops, payments, listedThen }) => {
    const transactions = witnesses(payments, side)
    const amount = { asset, units }
    return met({ direction: side.direction, other, touch, hops, amount, transactions, listedThen })
  })
}

/** Transactions named for one counterparty. */
const WITNESSES_MAX = 3

function witnesses(payments: readonly Payment[], { columns: { network } }: Side) {
  return payments.slice(0, WITNESSES_MAX).map(({ txid }) => ({ kind: 'transaction' as const, network, txid }))
}

/** Direct contacts that a trace cannot apportion, since not every input of the transaction was read. */
function unreadOf(groups: ReadonlyMap<string, Group>, side: Side, touchOfName: TouchBook['byName']): Exposure[] {
  const { direction, contacts, policy } = side
  const seen = new Set(
    [...groups.values()].filter(({ hops }) => hops === 1).flatMap(({ places }) => [...places.keys()]),
  )
  const missed = contacts.filter(one => !seen.has(one.other))
  const byCategory = Map.groupBy(missed, one => {
    const { category, inForce } = touchOfName(one.other)!
    return `${category} ${inForce}`
  })
  return [...byCategory.values()].map(some => {
    const { category, inForce } = touchOfName(some[0]!.other)!
    const others = [...Map.groupBy(some, one => one.other)].map(([other, own]) => {
      const touch = touchOfName(other)!
      const payments = [...new Map(own.map(one => [one.txid, one])).values()]
      return { other, touch, payments, listedThen: listedAt(touch, payments) }
    })
    const listed = listingOf(others)
    const because = others.slice(0, REASONS_MAX).map(({ other, touch, payments, listedThen }) => {
      const transactions = witnesses(payments, side)
      return met({ direction, other, touch, amount: null, hops: 1, transactions, listedThen })
    })
    const planted =
      direction === 'in' && !some.some(({ units, asset }) => units === null || units > dustOf(policy, asset))
    return {
      ...{ category, relation: 'direct' as const, direction, hops: 1, share: null, amount: null },
      ...{ method: 'haircut' as const, range: null, robust: false, beyondListing: false, because },
      ...{ least: null, fragile: false },
      ...{ listed, lots: null, raises: isRisk(policy, category) && !planted && (inForce || listed.atPayment === true) },
    }
  })
}
