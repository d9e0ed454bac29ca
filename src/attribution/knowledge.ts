import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { type ClaimContent, labelOfClaim } from './claim.ts'
import { categoryOf as categoryOfConcept } from './concept.ts'
import * as Confidence from './confidence.ts'
import { disputesAt } from './dispute.ts'
import { stamp } from './entity/table.ts'
import type { ListedAddress, Tag } from './entry.ts'
import { keyTarget, listingTarget, verdictsAt } from './judgement.ts'
import type { Designation, Dispute, ForeignDesignation, Knowledge, Label } from './label.ts'
import { type Spell, spells } from './spell.ts'
import * as Table from './table.ts'
import * as Timeline from './timeline.ts'
import type { Counts } from './version.ts'

/** At which two clocks a question is asked. */
export type Clocks = { readonly asOf: Instant; readonly knownAt: Instant }

/** Knowledge of a store, with what screening asks beyond the contract. */
export type StoredKnowledge = Knowledge &
  Clocks & {
    /** Packs loaded (their addresses are labels), with the version that stands. */
    readonly packs: readonly { authority: string; list: string; version: string }[]
    /** Networks on which this plain address is listed or labelled. */
    networksOf(address: string): readonly NetworkId[]
    /** Designations of the same key on other networks than the one asked for: a lead, not a listing there. */
    relatedOf(network: string, address: string): readonly Designation[]
    /** Listings of an address of a chain that is not read, by its exact text; those that are typing errors are none. */
    foreignOf(address: string): readonly ForeignDesignation[]
  }

/**
 * Everything known at two clocks. An address costs a few index reads, remembered; after many questions all address
 * texts are read into a set (1 M: about 2 s), and one that is not among them costs a hash lookup. Cached until the
 * store changes.
 */
export function knowledge(store: Store, clocks: Clocks): StoredKnowledge {
  const cache = cacheOf(store)
  const key = `${clocks.asOf}/${clocks.knownAt}`
  const held = cache.byClocks.get(key)
  if (held !== undefined) return held
  if (cache.byClocks.size >= CLOCKS_MAX) cache.byClocks.clear()
  const made = create(store, clocks, cache)
  cache.byClocks.set(key, made)
  return made
}

/** Until the store changes, asks first whoever has read all its addresses: what he says no to is named nowhere. */
export function filterNames(store: Store, mayBeNamed: (address: string) => boolean): void {
  cacheOf(store).mayBeNamed = mayBeNamed
}

/** The same, remembering nothing: for use inside a transaction that may yet be taken back. */
export function freshKnowledge(store: Store, clocks: Clocks): StoredKnowledge {
  return create(store, clocks, createCache(store, '', -Infinity))
}

/** Pairs of clocks remembered per store. */
const CLOCKS_MAX = 8

type Cache = {
  readonly stamp: string
  /** Every address text that is known; null until so many questions came that reading them all pays. */
  addresses: Set<string> | null
  /** Whoever has read them already, and never says no to one of them. */
  mayBeNamed: ((address: string) => boolean) | null
  asked: number
  readonly byClocks: Map<string, StoredKnowledge>
  readonly isNamed: (address: string) => boolean
}

/** Questions answered by index reads alone (25 µs each) before all address texts are read (about 2 s a million). */
const ASKED_BEFORE_LOADING = 5000

const CACHES = new WeakMap<Store, Cache>()

function cacheOf(store: Store): Cache {
  const now = `${Table.stamp(store)}/${stamp(store)}`
  const held = CACHES.get(store)
  if (held?.stamp === now) return held
  const fresh = createCache(store, now, 0)
  CACHES.set(store, fresh)
  return fresh
}

function createCache(store: Store, stamp: string, asked: number): Cache {
  const cache: Cache = {
    stamp,
    addresses: null,
    mayBeNamed: null,
    asked,
    byClocks: new Map(),
    isNamed: address => isNamed(store, cache, address),
  }
  return cache
}

function isNamed(store: Store, cache: Cache, address: string): boolean {
  if (cache.mayBeNamed !== null) return cache.mayBeNamed(address)
  if (cache.addresses === null && cache.asked++ >= ASKED_BEFORE_LOADING) cache.addresses = Table.addresses(store)
  return cache.addresses?.has(address) ?? Table.isNamed(store, address)
}

type Found = {
  readonly designations: readonly Designation[]
  readonly foreign: readonly ForeignDesignation[]
  readonly labels: readonly Label[]
}

const NOTHING: Found = { designations: [], foreign: [], labels: [] }

function create(store: Store, clocks: Clocks, cache: Cache): StoredKnowledge {
  const lists = readLists(store, clocks)
  const verdicts = verdictsAt(store, clocks.knownAt)
  const disputes = disputesAt(store, clocks.knownAt)
  const found = new Map<string, Found>()
  const of = (address: string): Found => {
    const held = found.get(address)
    if (held !== undefined) return held
    if (!cache.isNamed(address)) return NOTHING
    const made = lookUp(store, address, clocks, { lists, verdicts, disputes })
    found.set(address, made)
    return made
  }
  const counts = new Map<string, number>()
  const standing = [...lists.values()].filter(list => list.inForce !== null)
  return {
    ...clocks,
    lists: standing
      .filter(list => list.designates)
      .map(list => ({ authority: list.authority, version: list.inForce!.version })),
    packs: standing
      .filter(list => !list.designates)
      .map(list => ({ authority: list.authority, list: list.name, version: list.inForce!.version })),
    isNamed: cache.isNamed,
    labelsOf: (network, address) => on(network, of(address).labels),
    designationsOf: (network, address) => on(network, of(address).designations),
    relatedOf(network, address) {
      const { designations } = of(address)
      return designations.some(one => one.network === network) ? [] : designations
    },
    foreignOf: address => of(address).foreign,
    networksOf(address) {
      const { designations, labels } = of(address)
      return [...new Set([...designations, ...labels].map(one => one.network))]
    },
    labelCount(network) {
      const held = counts.get(network) ?? countLabels(store, network, standing, clocks, verdicts)
      counts.set(network, held)
      return held
    },
  }
}

/** Nearly all questions find nothing: those allocate nothing. */
function on<T extends { readonly network: NetworkId }>(network: NetworkId, all: readonly T[]): readonly T[] {
  return all.every(one => one.network === network) ? all : all.filter(one => one.network === network)
}

type List = {
  readonly id: number
  readonly authority: string
  readonly name: string
  readonly designates: boolean
  /** Known versions in the order of publication. */
  readonly versions: readonly ListVersion[]
  /** The last one published by the valid clock (labels: the last one known). */
  readonly inForce: ListVersion | null
}

type ListVersion = Timeline.Version & Pick<Counts, 'byNetwork'> & { readonly version: string; readonly sha256: string }

function readLists(store: Store, { asOf, knownAt }: Clocks): Map<number, List> {
  const rows = Map.groupBy(Table.versions(store), row => row.list)
  const lists = new Map<number, List>()
  for (const [id, versions] of rows) {
    const { authority, name, designates } = versions[0]!
    const ordered = Timeline.order(versions.map(toVersion), knownAt)
    const inForce = designates === 1 ? (ordered.findLast(one => one.publishedAt <= asOf) ?? ordered[0]) : ordered.at(-1)
    lists.set(id, { id, authority, name, designates: designates === 1, versions: ordered, inForce: inForce ?? null })
  }
  return lists
}

function toVersion(row: Table.VersionRow): ListVersion {
  const { id, version, sha256 } = row
  const { byNetwork } = JSON.parse(row.counts) as Partial<Counts>
  if (byNetwork === undefined) throw otherCounts(row)
  return { id, publishedAt: row.published_at, knownAt: row.known_at, version, sha256, byNetwork }
}

/** The last verdict on each target that was known by then. */
type Verdicts = ReadonlyMap<string, Table.JudgementRow>

type Said = {
  readonly lists: ReadonlyMap<number, List>
  readonly verdicts: Verdicts
  /** By target: a dispute stands beside what it disputes, whatever else is judged. */
  readonly disputes: ReadonlyMap<string, readonly Dispute[]>
}

function lookUp(store: Store, address: string, clocks: Clocks, { lists, verdicts, disputes }: Said): Found {
  const designations: Designation[] = []
  const foreign: ForeignDesignation[] = []
  const labels: Label[] = []
  const rows = Table.entriesOf(store, address).map(row => ({ row, changes: Table.changesOf(store, row.id) }))
  const byKey = Map.groupBy(rows, ({ row }) => `${row.list}/${row.kind}/${row.key}`)
  for (const same of byKey.values()) {
    const list = lists.get(same[0]!.row.list)
    if (list === undefined || list.inForce === null) continue
    const against = disputes.get(keyTarget(same[0]!.row))
    const listing = disputes.get(listingTarget(list.authority, address))
    if (same[0]!.row.kind === 'address') {
      for (const spell of spellsOf(list, same, clocks.asOf)) {
        designations.push(...toDesignations(list, spell).map(one => beside(one, listing)))
        foreign.push(...toForeign(list, spell).map(one => beside(one, listing)))
      }
    } else if (same[0]!.row.kind === 'tag') {
      labels.push(...labelsOf(list, same, verdicts).map(one => beside(one, against)))
    }
  }
  for (const row of Table.claims(store, address)) {
    if (row.known_at > clocks.knownAt) continue
    const label = labelOfClaim(row.id, JSON.parse(row.content) as ClaimContent, clocks.asOf)
    const against = disputes.get(row.id)
    if (label !== null) labels.push(...judged(label, verdicts.get(row.id)).map(one => beside(one, against)))
  }
  labels.sort((a, b) => b.confidence.level - a.confidence.level)
  return { designations: withoutRepeats(designations), foreign, labels }
}

function beside<T extends object>(one: T, disputes: readonly Dispute[] | undefined): T {
  return disputes === undefined ? one : { ...one, disputes }
}

type Stored = { readonly row: Table.EntryRow; readonly changes: readonly Table.ChangeRow[] }

type Listed = Spell<{ readonly row: Table.EntryRow; readonly content: ListedAddress }>

function spellsOf(list: List, same: readonly Stored[], asOf: Instant): Listed[] {
  const contents = same.map(({ row, changes }) => {
    const content = JSON.parse(row.content) as ListedAddress
    return { row, changes, content, listedAt: content.listedAt }
  })
  const shown = list.versions.map(version => ({
    version,
    content: contents.find(one => Timeline.isMember(one.changes, version.id)) ?? null,
  }))
  return spells(shown, asOf)
}

function toDesignations(list: List, spell: Listed): Designation[] {
  return networksOf(spell.stored.row).map(network => ({ ...toDesignation(list, spell), network }))
}

function toForeign(list: List, spell: Listed): ForeignDesignation[] {
  const { foreign, flags } = spell.stored.content
  if (spell.stored.row.networks !== '' || foreign === null || flags.includes('invalid')) return []
  return [{ ...toDesignation(list, spell), network: foreign }]
}

function toDesignation(
  list: List,
  { from, removedAt, knownAt, version, stored: { row, content } }: Listed,
): Omit<Designation, 'network'> {
  const { version: name, sha256 } = list.versions.find(one => one.id === version.id)!
  return {
    authority: list.authority,
    program: content.program,
    entity: content.entity,
    address: row.address!,
    listedAt: from,
    removedAt,
    expiresAt: content.expiresAt,
    knownAt,
    citation: { kind: 'list', authority: list.authority, version: name, sha256, entry: content.entry },
    asset: content.asset,
    entry: content.entry,
    raw: content.raw,
    conflict: content.conflict,
    grade: content.grade,
    forfeiture: content.forfeiture ?? null,
    ...(content.listedBy === undefined ? {} : { listedBy: content.listedBy }),
    ...(content.stages === undefined ? {} : { stages: content.stages }),
  }
}

function networksOf(row: Table.EntryRow): NetworkId[] {
  return row.networks === '' ? [] : (row.networks.split(',') as NetworkId[])
}

/** One key listed under ETH, USDT, ARB and BSC is one designation per network: the first stands. */
function withoutRepeats(designations: readonly Designation[]): Designation[] {
  const seen = new Map<string, Designation>()
  for (const one of designations) {
    const key = [one.authority, one.entry, one.network, one.listedAt, one.removedAt].join('\n')
    const held = seen.get(key)
    if (held === undefined || (held.conflict != null && one.conflict == null)) seen.set(key, one)
  }
  return [...seen.values()]
}

/** A tag stands as its pack's last known version has it, whatever the valid clock: packs give no time of validity. */
function labelsOf(list: List, same: readonly Stored[], verdicts: Verdicts): Label[] {
  const current = same.find(({ changes }) => Timeline.isMember(changes, list.inForce!.id))
  if (current === undefined) return []
  const { row } = current
  const tag = JSON.parse(row.content) as Tag
  const { version, sha256 } = list.inForce!
  const entry = tag.raw
  return networksOf(row).flatMap(network => {
    const label: Label = {
      network,
      address: row.address!,
      name: tag.name,
      entity: tag.actor,
      category: tag.category,
      role: tag.role,
      confidence: Confidence.from(tag.confidence),
      source: tag.source === '' ? `${list.authority}: ${list.name}` : tag.source,
      citations: [{ kind: 'list', authority: list.authority, version, sha256, entry }],
      id: `entry-${row.id}`,
      categories: [...new Set(tag.concepts.map(categoryOfConcept))],
      judgement: null,
      conflict: tag.conflict,
    }
    return judged(label, verdicts.get(keyTarget(row)))
  })
}

/** What the last judgement leaves of a label: `no` suppresses it, `yes` and `unsure` are written on it. */
function judged(label: Label, verdict: Table.JudgementRow | undefined): Label[] {
  if (verdict === undefined) return [label]
  if (verdict.verdict === 'no') return []
  const citations = [...label.citations, { kind: 'judgement' as const, id: verdict.id }]
  return [{ ...label, citations, judgement: verdict.verdict }]
}

function otherCounts({ list, version }: Table.VersionRow): Failure {
  const what = `Version “${version}” of list ${list} is kept without its counts by network.`
  return new Failure('Attribution.VersionAltered', 'corrupt', what, {
    hint: 'A program that was never released wrote it. Load the list into a new data directory (--data).',
    facts: { list, version },
  })
}

function countLabels(
  store: Store,
  network: NetworkId,
  lists: readonly List[],
  { asOf, knownAt }: Clocks,
  verdicts: Verdicts,
): number {
  let count = 0
  for (const list of lists) if (!list.designates) count += list.inForce!.byNetwork[network] ?? 0
  for (const row of Table.claims(store, null)) {
    if (row.network !== network || row.known_at > knownAt || verdicts.get(row.id)?.verdict === 'no') continue
    if (labelOfClaim(row.id, JSON.parse(row.content) as ClaimContent, asOf) !== null) count++
  }
  return count
}
