import type { Designation, Knowledge, Role } from '../attribution/attribution.ts'
import type { Citation } from '../model/citation.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { type Member, openWindow, type Window } from './member.ts'

/** What somebody recorded of a campaign. Events are never changed: a correction is a later event. */
export type Event = { readonly at: Instant; readonly by: string } & Content

export type Content =
  | { readonly kind: 'added'; readonly claimedActor: string | null; readonly purpose: string | null }
  | AddressLinked
  | {
      readonly kind: 'property'
      readonly type: PropertyType
      readonly value: string
      readonly citation: Citation | null
    }

/** What is null says nothing: an earlier event's word on it stands. */
export type AddressLinked = {
  readonly kind: 'address'
  readonly network: NetworkId
  readonly address: string
  readonly role: Role | null
  readonly hostedAt: string | null
  readonly window: Window
  /** Who shows the address: a channel, site or person. */
  readonly publisher: string | null
  /** Why the analyst holds it to be the campaign's beyond what a publisher shows. */
  readonly confirmed: string | null
  readonly citation: Citation | null
}

export type PropertyType = 'channel' | 'site' | 'page' | 'account' | 'other'

export const propertyTypes: readonly PropertyType[] = ['channel', 'site', 'page', 'account', 'other']

/** What an address may be for. */
export const roles: readonly Role[] = [
  ...(['donation', 'collector', 'operational', 'intermediary', 'service', 'cash-out', 'payer'] as const),
  ...(['government-controlled', 'unknown'] as const),
]

/** Roles whose inflow is no solicitation's: they are linked to the campaign and not part of its set. */
export const outsideRoles: ReadonlySet<Role> = new Set<Role>(['cash-out', 'payer', 'government-controlled'])

/** A campaign as its events stand now. */
export type Campaign = {
  readonly name: string
  readonly claimedActor: string | null
  readonly purpose: readonly string[]
  readonly addedAt: Instant
  readonly addedBy: string
  readonly addresses: readonly LinkedAddress[]
  readonly properties: readonly { type: PropertyType; value: string; citations: readonly Citation[] }[]
}

export type LinkedAddress = {
  readonly network: NetworkId
  readonly address: string
  readonly role: Role
  readonly hostedAt: string | null
  readonly window: Window
  readonly publishers: readonly string[]
  readonly confirmed: readonly { readonly by: string; readonly reason: string }[]
  readonly citations: readonly Citation[]
}

/** The events of one campaign, oldest first, folded. Undefined without events. */
export function fold(name: string, events: readonly Event[]): Campaign | undefined {
  if (events.length === 0) return undefined
  const { at, by } = events[0]!
  return {
    ...{ name, addedAt: at, addedBy: by },
    claimedActor: last(events.map(event => (event.kind === 'added' ? event.claimedActor : null))),
    purpose: unique(events.map(event => (event.kind === 'added' ? event.purpose : null))),
    addresses: groups(events.filter(isAddress), event => `${event.network} ${event.address}`).map(foldAddress),
    properties: groups(events.filter(isProperty), event => `${event.type} ${event.value}`).map(group => ({
      ...{ type: group[0]!.type, value: group[0]!.value, citations: unique(group.map(event => event.citation)) },
    })),
  }
}

/**
 * A linked address as a member of the set. One publisher alone makes it a claimed donation address; a second one, a
 * designation, or an analyst's confirmation ends that. Without any publisher the analyst who linked it vouches.
 */
export function toMember(linked: LinkedAddress, knowledge: Knowledge): Member {
  const { network, address, role, hostedAt, window, publishers, confirmed } = linked
  const designated = knowledge.designationsOf(network, address).length > 0
  const claimed = publishers.length === 1 && confirmed.length === 0 && !designated
  return withOrders({ network, address, role, hostedAt, window, claimed }, knowledge)
}

/** The member with the date of the first seizure order, where no freeze is known otherwise. */
export function withOrders(member: Member, knowledge: Knowledge): Member {
  if (member.window.frozenAt !== null) return member
  const orders = knowledge.designationsOf(member.network, member.address).filter(isSeizure)
  const dates = orders.map(order => order.listedAt).filter(date => date !== null)
  if (dates.length === 0) return member
  return { ...member, window: { ...member.window, frozenAt: Math.min(...dates) } }
}

/** Authorities whose listing of an address is an order to seize it (Israel's NBCTF, administrative seizure orders). */
const SEIZING: ReadonlySet<string> = new Set(['NBCTF'])

function isSeizure(designation: Designation): boolean {
  return SEIZING.has(designation.authority)
}

function foldAddress(events: readonly (Event & AddressLinked)[]): LinkedAddress {
  const { network, address } = events[0]!
  const confirmed = events.flatMap(({ by, confirmed: reason }) => (reason === null ? [] : [{ by, reason }]))
  const window = (key: keyof Window) => last(events.map(event => event.window[key]))
  return {
    ...{ network, address, confirmed },
    role: last(events.map(event => event.role)) ?? 'unknown',
    hostedAt: last(events.map(event => event.hostedAt)),
    window: Object.fromEntries(Object.keys(openWindow).map(key => [key, window(key as keyof Window)])) as Window,
    publishers: unique(events.map(event => event.publisher)),
    citations: unique(events.map(event => event.citation)),
  }
}

function isAddress(event: Event): event is Event & AddressLinked {
  return event.kind === 'address'
}

function isProperty(event: Event): event is Event & Extract<Content, { kind: 'property' }> {
  return event.kind === 'property'
}

function last<T>(values: readonly (T | null)[]): T | null {
  return values.findLast(value => value !== null) ?? null
}

/** What is not null, each once (by its JSON), in order. */
function unique<T>(values: readonly (T | null)[]): T[] {
  const present = values.filter(value => value !== null)
  return [...new Map(present.map(value => [JSON.stringify(value), value])).values()]
}

function groups<T>(values: readonly T[], keyOf: (value: T) => string): T[][] {
  const found = new Map<string, T[]>()
  for (const value of values) {
    const group = found.get(keyOf(value))
    if (group === undefined) found.set(keyOf(value), [value])
    else group.push(value)
  }
  return [...found.values()]
}
