import { dustUnitsMax, study } from '../campaign/campaign.ts'
import * as Prefix from '../chain/address-prefix.ts'
import * as Asset from '../model/asset.ts'
import * as Category from '../model/category.ts'
import * as Instant from '../model/instant.ts'
import type { Around, Donation, Event, History, Subject } from './event.ts'
import { DAY, type Hit, type Indicator, number, one, total, words } from './indicator-part.ts'
import type { Thresholds } from './rule.ts'

/** Red flags that tie an address to what campaigns are known to use, or its inflow to an event. */
export const links = {
  rotation: {
    told: 'first',
    nameOf: hit => String(hit.measured['previous']),
    begins: (_, event) => !isDust(event),
    see: (t, subject, history, at, around) =>
      history.events[at]!.direction === 'in'
        ? publishedAnew(t, subject, history.events[at]!, around)
        : sweptAlike(t, subject, history, at, around),
  },
  'shared-prefix': {
    told: 'first',
    nameOf: hit => `${hit.measured['alike']} ${hit.measured['other']}`,
    begins: (_, event) => !isDust(event),
    see: (t, { network, address }, { events }, at, around) => {
      const event = events[at]!
      for (const alike of [address, event.other]) {
        const found = alike === null ? null : likest(t, alike, around.donationsOn(network))
        if (found !== null) return one(event, found)
      }
      return null
    },
  },
  'gas-sponsor': {
    told: 'first',
    nameOf: hit => String(hit.measured['payer']),
    begins: (_, event) => event.direction === 'out',
    see: (t, { network, address }, { events }, at, around) => {
      for (const { payer, by, sponsored } of around.sponsorsOf(network, address, events[at]!.time)) {
        if (isService(around, network, payer)) continue
        const named = sponsored.filter(one => one !== address && around.campaignsOf(network, one).length > 0)
        if (sponsored.length < number(t, 'addresses') || named.length < number(t, 'named')) continue
        const measured = { payer, by, addresses: sponsored.length, named: named.length }
        return { events: [events[at]!], measured, unsure: UNSEEN[by] }
      }
      return null
    },
  },
  'supportive-memo': {
    told: 'each',
    see: (t, subject, { events }, at, around) => writtenIn(t, subject, events[at]!, around),
  },
  'event-linked-inflow': {
    told: 'episode',
    begins: (_, event) => event.direction === 'in' && !isDust(event),
    see: (t, _, { events }, at) => afterEvent(t, events, at),
  },
} as const satisfies Readonly<Record<string, Indicator>>

/** What cannot be seen of who pays. */
const UNSEEN = {
  coins: null,
  energy: 'energy that is bought is lent too: a seller who is neither labelled nor seen to serve many looks the same',
  activation: 'an activation is paid once, by whoever makes the account: it binds nobody',
} as const

/**
 * A payment that carries words for fighters, weapons or a group: written by the watched address itself, or by whoever
 * pays an address of a campaign. What strangers write to others says nothing of them, and raises nothing.
 */
function writtenIn(t: Thresholds, { network, address }: Subject, event: Event, around: Around): Hit | null {
  const kinds = words(t, 'purposes')
  for (const { text, writer: signed, words: all } of around.messagesIn(network, event.txid)) {
    const found = new Set(all.filter(one => kinds.includes(one.kind)).map(one => one.word.toLowerCase()))
    const writer = signed ?? (event.direction === 'out' ? address : event.other)
    const isOwn = writer === address
    const isToCampaign = event.direction === 'in' && around.campaignsOf(network, address).length > 0
    if (found.size < number(t, 'words') || !(isOwn || isToCampaign)) continue
    const line = text.replace(/\s+/g, ' ')
    const message = line.length > MESSAGE_SHOWN ? `${line.slice(0, MESSAGE_SHOWN).toWellFormed()}…` : line
    const measured = { words: found.size, found: [...found].slice(0, 5).join(', '), message }
    const shared = signed === null && isOwn ? '; of several who signed its inputs any may have' : ''
    const unsure = isOwn
      ? `words alone, written by who signed it${shared}: somebody must read them`
      : 'written by who pays, and by nobody who is paid: words alone, somebody must read them'
    return { events: [event], measured: { ...measured, ...(writer === null ? {} : { writer }) }, unsure }
  }
  return null
}

/** Characters of a message that an alert shows. */
const MESSAGE_SHOWN = 200

/**
 * A property showed this address, and an older one of its own on the same network has been quiet since: its last
 * receipt lies at most so many days before or after the new one was shown, and it has been silent for as long.
 */
function publishedAnew(t: Thresholds, { network, address }: Subject, event: Event, around: Around): Hit | null {
  const donations = around.donationsOn(network)
  const own = donations.find(one => one.address === address && isKnownSince(one, event.time))
  if (own === undefined) return null
  const older = donations
    .filter(one => one.address !== address && isKnownSince(one, own.publishedAt! - 1) && isOfOne(one, own))
    .sort((a, b) => b.publishedAt! - a.publishedAt!)
  for (const { address: previous, publishers } of older) {
    const receipts = receiptsOf(around, network, previous, event.time)
    const last = receipts.at(-1)?.time
    if (last === undefined || Math.abs(last - own.publishedAt!) > number(t, 'days') * DAY) continue
    if (!isSilent(t, receipts, event.time)) continue
    const publisher = publishers.find(name => own.publishers.includes(name))!
    return one(event, { previous, publisher, quietDays: Math.floor((event.time - last) / DAY) })
  }
  return null
}

function isKnownSince({ publishedAt }: Donation, at: Instant.Instant): boolean {
  return publishedAt !== null && publishedAt <= at
}

function isOfOne(a: Donation, b: Donation): boolean {
  return a.publishers.some(name => b.publishers.includes(name))
}

/** Receipts up to a time that are not dust; none where it was not read. */
export function receiptsOf(
  around: Around,
  network: Subject['network'],
  address: string,
  until: Instant.Instant,
): readonly Event[] {
  return (around.historyOf(network, address, until) ?? []).filter(one => one.direction === 'in' && !isDust(one))
}

/** For so many days, and for longer than it had paused between its last ten movements: some are paid once a week. */
function isSilent(t: Thresholds, events: readonly Event[], until: Instant.Instant): boolean {
  const recent = events.slice(-10)
  const pauses = recent.slice(1).map((one, k) => one.time - recent[k]!.time)
  const silence = until - recent.at(-1)!.time
  return silence >= number(t, 'quietDays') * DAY && silence > Math.max(0, ...pauses)
}

/**
 * This address sends what it gets to the private place to which another, which fell silent as this one began, sent
 * nearly all of its own. A service is no such place; how many others use it is told, and too many make it one.
 */
function sweptAlike(t: Thresholds, { network, address }: Subject, history: History, at: number, around: Around) {
  const event = history.events[at]!
  const target = event.other
  if (target === null || history.before !== null || isService(around, network, target)) return null
  const mine = sweepsOf(t, history.events.slice(0, at + 1), target, event)
  if (mine === null) return null
  // All that is known of the place counts, also what came later: it does not become a shop by that, it was one.
  const received = around.historyOf(network, target, Number.MAX_SAFE_INTEGER)
  if (received === null) return null
  const payers = new Set(received.filter(one => one.direction === 'in' && !isDust(one)).map(one => one.other))
  for (const one of [null, address, target]) payers.delete(one)
  if (payers.size > number(t, 'users') + 1) return null
  const began = history.events.find(one => !isDust(one))!.time
  for (const previous of [...payers] as string[]) {
    const events = (around.historyOf(network, previous, event.time) ?? []).filter(one => !isDust(one))
    const last = events.at(-1)?.time
    if (last === undefined || events[0]!.time >= began || sweepsOf(t, events, target, event) === null) continue
    if (Math.abs(began - last) > number(t, 'days') * DAY || !isSilent(t, events, event.time)) continue
    const quietDays = Math.floor((event.time - last) / DAY)
    return { events: mine, measured: { previous, target, users: payers.size - 1, quietDays }, unsure: null }
  }
  return null
}

/** Two payments and more to one place, which got nearly all that was paid out of that asset; null: not so. */
function sweepsOf(t: Thresholds, events: readonly Event[], target: string, { asset }: Event): Event[] | null {
  const out = events.filter(
    one => one.direction === 'out' && one.asset.contract === asset.contract && one.asset.network === asset.network,
  )
  const swept = out.filter(one => one.other === target)
  const isNearlyAll = Number(total(swept)) >= number(t, 'share') * Number(total(out))
  return swept.length >= 2 && isNearlyAll ? swept : null
}

/**
 * The donation address that begins most alike, from so many characters on, with the chance of that. Who is alike at the
 * end too was made to be mistaken for it: a poisoner's address, and no sign of a common maker.
 */
export function likest(t: Thresholds, address: string, donations: readonly Donation[]): Hit['measured'] | null {
  const others = new Set(donations.map(one => one.address))
  others.delete(address)
  let pairs = 0
  let best: { other: string; shared: number } | null = null
  for (const other of others) {
    const likeness = Prefix.compare(address, other)
    if (likeness === null) continue
    pairs++
    if (likeness.shared < number(t, 'characters') || likeness.end >= number(t, 'end')) continue
    if (best === null || likeness.shared > best.shared) best = { other, shared: likeness.shared }
  }
  if (best === null) return null
  const chance = Prefix.chanceAmong(Prefix.chanceOf(best.other, best.shared), pairs)
  return { alike: address, ...best, pairs, chance: chance.toPrecision(2) }
}

/**
 * What came in since the last event, as the event study of bursts counts it, against every other day of this address:
 * days that have not been yet count as nothing, so what is above stays above.
 */
function afterEvent(t: Thresholds, events: readonly Event[], at: number): Hit | null {
  const [now, window] = [dayOf(events[at]!), number(t, 'days')]
  const days = words(t, 'events').map(day => Math.floor(Instant.parse(day)! / DAY))
  const event = Math.max(...days.filter(day => day <= now && now < day + window))
  const first = dayOf(events[0]!)
  if (event - first < window) return null
  const known = events.slice(0, at + 1).filter(one => one.direction === 'in' && !isDust(one))
  const isValued = known.every(one => one.cents !== null)
  const inflow = new Float64Array(event + window - first)
  for (const one of known) inflow[dayOf(one) - first]! += isValued ? Number(one.cents) / 100 : 1
  const found = study(inflow, [event - first], window, 0)
  if (found === undefined || found.effect <= 0 || found.placebo.share > 1 - number(t, 'percentile')) return null
  const { days: placebos, share } = found.placebo
  const measured = {
    ...{ event: Instant.formatDay(event * DAY), before: round(found.before), after: round(found.after) },
    ...{ placeboDays: placebos, placeboShare: share.toPrecision(2) },
  }
  const since = known.filter(one => dayOf(one) >= event)
  const unvalued = isValued ? '' : '; without prices payments are counted, not their value'
  return { events: since, measured, unsure: `${ALONE}${unvalued}` }
}

/** As many others rise by chance as the percentile says: docs/methods/monitor.md, “Measured”. */
const ALONE =
  'by itself it separates nothing: of addresses to which nothing happened about one in fourteen shows as much'

function dayOf(event: Event): number {
  return Math.floor(event.time / DAY)
}

function round(value: number): number {
  return Number(value.toPrecision(3))
}

/** What poisoners and sprinklers send, and tokens that pretend to be others: they say nothing of who receives them. */
function isDust({ asset, units }: Event): boolean {
  return units <= dustUnitsMax(asset) || Asset.isImpostor(asset)
}

/** A label that says that many people use it: custodians, and what runs by itself. */
function isService(around: Around, network: Subject['network'], address: string): boolean {
  const category = Category.parse(around.categoryOf(network, address) ?? '')
  if (around.serviceOf(network, address) !== null) return true
  return category !== undefined && (Category.isCustodial(category) || SHARED.has(category))
}

const SHARED: ReadonlySet<string> = new Set(['dex', 'bridge', 'contract', 'token', 'coinjoin', 'government', 'darknet'])
