import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { toCategory } from './concept.ts'
import type { Account, Entry, Heading, Party, PartyName, Tag } from './entry.ts'
import * as Ftm from './ftm.ts'
import { duplicateId, type ImportFile, incomplete } from './importer.ts'
import * as Json from './json.ts'
import { identify } from './listed.ts'
import { takeWallets } from './listing.ts'
import type { Source } from './read.ts'
import { numbered } from './sheet.ts'
import { someOf } from './un.ts'

/**
 * OpenSanctions' `entities.ftm.json` (one entity a line) and `targets.nested.json` (one target a line, what belongs to
 * it inside). A wallet that is sanctioned, by itself or through its holder, is a designation; one that a source names
 * for another reason (ransomware) is a label.
 */
export function readOpenSanctions(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const state: State = {
    seen: new Set(),
    wallets: new Map(),
    parties: new Map(),
    accounts: [],
    sanctions: new Map(),
    datasets: new Set(),
    runs: new Map(),
  }
  let latest: Instant | null = null
  for (const placed of Json.readLines(source, file.path)) {
    const entity = Ftm.toEntity(placed, file.path)
    if (state.seen.has(entity.id)) throw duplicateId(entity.id, placed.where)
    state.seen.add(entity.id)
    collect(state, entity, file.path, 0)
    const stamp = entity.lastSeen ?? entity.lastChange
    if (stamp !== null) latest = Math.max(latest ?? 0, Ftm.dayOf(stamp, placed.where))
    note(state, entity)
  }
  if (state.seen.size === 0) throw incomplete('OpenSanctions', 'entity')
  for (const party of state.parties.values()) takeParty(state, party, take)
  const put = numbered(take)
  for (const wallet of state.wallets.values()) takeWallet(state, wallet, take, put)
  for (const account of state.accounts) takeAccount(state, account, take)
  const [only] = state.datasets.size === 1 ? [...state.datasets] : []
  return {
    authority: 'OpenSanctions',
    list: only ?? 'collection',
    title: only === undefined ? 'OpenSanctions collection' : `OpenSanctions: ${only}`,
    publishedAt: latest,
    warnings: warningsOf(state),
  }
}

type State = {
  /** Ids of the file's own lines: what is nested may be repeated from target to target. */
  readonly seen: Set<string>
  readonly wallets: Map<string, Ftm.Entity>
  readonly parties: Map<string, Ftm.Entity>
  readonly accounts: Ftm.Entity[]
  readonly sanctions: Map<string, Ftm.Entity[]>
  readonly datasets: Set<string>
  /** The latest run of a dataset by the entities that stand in it alone: the stamp of others is of any of theirs. */
  readonly runs: Map<string, Instant>
}

function note({ datasets, runs }: State, entity: Ftm.Entity): void {
  for (const dataset of entity.datasets) datasets.add(dataset)
  const [only] = entity.datasets
  if (only === undefined || entity.datasets.length > 1 || entity.lastSeen === null) return
  runs.set(only, Math.max(runs.get(only) ?? 0, Ftm.dayOf(entity.lastSeen, entity.where)))
}

/** When an entity was last seen, where later runs of each of its datasets no longer had it; else null. */
function goneAt({ runs }: State, { lastSeen, datasets, where }: Ftm.Entity): Instant | null {
  if (lastSeen === null || datasets.length === 0) return null
  const seen = Ftm.dayOf(lastSeen, where)
  return datasets.every(dataset => (runs.get(dataset) ?? 0) > seen) ? seen : null
}

/** Parties and wallets held in memory until their sanctions have come: all of OpenSanctions' targets have 300,000. */
const HELD_MAX = 2_000_000

function collect(state: State, entity: Ftm.Entity, file: string, depth: number): void {
  if (state.parties.size + state.wallets.size > HELD_MAX) throw tooMany(entity.where)
  if (entity.schema === 'Sanction') {
    for (const target of Ftm.refs(entity, 'entity')) hold(state, target, entity)
  } else if (entity.schema === 'CryptoWallet') {
    if (depth === 0 || !state.wallets.has(entity.id)) state.wallets.set(entity.id, entity)
  } else if (entity.schema === 'UserAccount') {
    if (depth === 0) state.accounts.push(entity)
  } else if (Ftm.typeOf(entity) !== undefined) {
    if (!state.parties.has(entity.id)) state.parties.set(entity.id, entity)
  }
  if (depth > 0) return
  for (const sanction of Ftm.nested(entity, 'sanctions', file)) hold(state, entity.id, sanction)
  for (const wallet of Ftm.nested(entity, 'cryptoWallets', file)) {
    const holder = { ...wallet.properties, holder: [entity.id] }
    collect(state, { ...wallet, properties: holder }, file, depth + 1)
  }
  if (entity.schema === 'CryptoWallet') {
    for (const holder of Ftm.nested(entity, 'holder', file)) collect(state, holder, file, depth + 1)
  }
}

function hold(state: State, target: string, sanction: Ftm.Entity): void {
  const held = state.sanctions.get(target) ?? []
  if (!held.some(one => one.id === sanction.id)) state.sanctions.set(target, [...held, sanction])
}

/** What the sanctions on a wallet, its holders, or a party amount to. */
type Basis = {
  readonly program: readonly string[]
  /** Authorities that the sanctions name: OpenSanctions collects what others list. */
  readonly listedBy: readonly string[]
  readonly listedAt: Instant | null
  readonly endedAt: Instant | null
  /** An end that the order itself sets. */
  readonly expiresAt: Instant | null
  readonly sanctioned: boolean
}

/**
 * Programmes of all of them; the first start (else when OpenSanctions first had the entity), and the end once each has
 * ended. Sanctions on the wallet itself date it while they hold; else those on its holders do.
 */
function basisOf(state: State, entity: Ftm.Entity, holders: readonly Ftm.Entity[] = []): Basis {
  const own = sanctionsOn(state, entity)
  const all = [...own, ...holders.flatMap(holder => sanctionsOn(state, holder))]
  const deciding = own.some(one => one.end === null) ? own : all
  const isOver = all.length > 0 && all.every(one => one.end !== null)
  const end = isOver ? Math.max(...all.map(one => one.end!)) : null
  const lapses = all.every(one => one.lapses)
  const gone = goneAt(state, entity)
  const starts = deciding.flatMap(one => one.starts)
  const parties = [entity, ...holders]
  const topics = parties.flatMap(one => Ftm.values(one, 'topics'))
  const terror = topics.filter(topic => topic === 'crime.terror')
  const named = parties.flatMap(one => programsOf(one))
  const sanctioned = all.length > 0 || topics.some(topic => /^(sanction|debarment)/.test(topic))
  const first = entity.firstSeen === null ? null : Ftm.dayOf(entity.firstSeen, entity.where)
  const ends = [lapses ? null : end, gone].filter(at => at !== null)
  return {
    program: [...new Set([...all.flatMap(one => one.program), ...named, ...terror])],
    listedBy: [...new Set(all.flatMap(one => one.authority))],
    listedAt: starts.length > 0 ? Math.min(...starts) : sanctioned ? first : null,
    endedAt: ends.length === 0 ? null : Math.min(...ends),
    expiresAt: lapses ? end : null,
    sanctioned,
  }
}

type OnEntity = {
  readonly program: readonly string[]
  readonly authority: readonly string[]
  readonly starts: readonly Instant[]
  readonly end: Instant | null
  readonly lapses: boolean
}

function sanctionsOn(state: State, entity: Ftm.Entity): OnEntity[] {
  return (state.sanctions.get(entity.id) ?? []).map(one => {
    const days = (property: string) =>
      Ftm.values(one, property).map(text => Ftm.dayOf(text, `${one.where} (${one.id})`))
    const ends = days('endDate')
    return {
      program: programsOf(one),
      authority: Ftm.values(one, 'authority'),
      starts: [...days('listingDate'), ...days('startDate')],
      end: ends.length > 0 ? Math.max(...ends) : goneAt(state, one),
      lapses: Ftm.values(one, 'status').includes('lapses'),
    }
  })
}

/** The name of the programme and its key: both may stand on a sanction and on what is sanctioned (FtM's Thing). */
function programsOf(entity: Ftm.Entity): string[] {
  return [...Ftm.values(entity, 'programId'), ...Ftm.values(entity, 'program')]
}

function takeParty(state: State, entity: Ftm.Entity, take: (entry: Entry) => void): void {
  const basis = basisOf(state, entity)
  const { program, listedAt } = basis
  const remarks = Ftm.values(entity, 'notes').join('\n')
  const party: Party = {
    ...{ entry: entity.id, type: Ftm.typeOf(entity)!, names: Ftm.namesOf(entity), program, listedAt },
    ...(remarks === '' ? {} : { remarks }),
    ...someOf('born', Ftm.values(entity, 'birthDate')),
    ...someOf('countries', [...Ftm.values(entity, 'nationality'), ...Ftm.values(entity, 'country')]),
  }
  take({ kind: 'entity', key: entity.id, address: null, networks: [], content: party })
  if (basis.sanctioned) takeWallets({ entry: entity.id, party, ...basis, wallets: [] }, take)
}

type Take = (entry: Entry) => void

function takeWallet(state: State, wallet: Ftm.Entity, take: Take, put: Take): void {
  const holders = Ftm.refs(wallet, 'holder').flatMap(id => state.parties.get(id) ?? [])
  const basis = basisOf(state, wallet, holders)
  const holder = holders.find(one => basisOf(state, one).sanctioned) ?? holders[0]
  const symbol = Ftm.values(wallet, 'currency')[0] ?? Ftm.values(wallet, 'currencySymbol')[0] ?? null
  const entity = holder?.caption ?? Ftm.values(wallet, 'name')[0] ?? wallet.caption
  const names: PartyName[] = [{ text: entity, script: 'Zyyy', kind: 'primary', weak: false }]
  if (basis.sanctioned) {
    const platform = Ftm.values(wallet, 'managingExchange')[0] ?? ''
    for (const account of Ftm.values(wallet, 'accountId')) {
      const { program, listedAt, expiresAt } = basis
      const content: Account = { entry: wallet.id, platform, account, entity, program, listedAt, expiresAt }
      take({ kind: 'account', key: `${wallet.id}/${account}`, address: null, networks: [], content })
    }
  }
  for (const raw of Ftm.values(wallet, 'publicKey')) {
    if (!basis.sanctioned) put(tagOf(wallet, entity, raw, symbol))
    else {
      const remarked = Ftm.values(wallet, 'keywords').includes('athar:grade=comment')
      const found = remarked ? { wallets: [], text: raw } : { wallets: [{ symbol, raw }] }
      takeWallets({ entry: wallet.id, party: { type: 'unknown', names }, ...basis, ...found }, take)
    }
  }
}

/** `athar:` keywords are what Athar's own export has no field for. */
function tagOf(wallet: Ftm.Entity, holder: string, raw: string, symbol: string | null): Entry {
  const keywords = Ftm.values(wallet, 'keywords')
  const extra = (name: string) =>
    keywords.find(word => word.startsWith(`athar:${name}=`))?.slice(`athar:${name}=`.length) ?? null
  const network = extra('network')
  const listed = identify(raw, network ?? symbol)
  const topics = Ftm.values(wallet, 'topics')
  const terror = topics.includes('crime.terror') ? ['terrorism_financing'] : []
  const words = keywords.filter(word => !word.startsWith('athar:'))
  const concepts = [...new Set([...words, ...terror])]
  const own = keywords.length > words.length
  const context = [...Ftm.values(wallet, 'notes'), ...(own ? [] : topics)].join('\n')
  const source = [...Ftm.values(wallet, 'sourceUrl'), ...Ftm.values(wallet, 'publisher')][0]
  const tag: Tag = {
    name: own ? (Ftm.values(wallet, 'name')[0] ?? holder) : holder,
    ...{ category: toCategory(concepts), concepts, confidence: extra('confidence') ?? 'trusted_provider' },
    source: source ?? (own ? '' : `OpenSanctions: ${wallet.datasets.join(', ')}`),
    actor: extra('actor') ?? (own ? null : (Ftm.refs(wallet, 'holder')[0] ?? null)),
    ...{ currency: symbol, network, raw, foreign: listed.foreign, flags: listed.flags, conflict: listed.conflict },
    ...{ clusterDefiner: extra('cluster_definer') === 'true', tagType: extra('tag_type') },
    lastmod: Ftm.values(wallet, 'modifiedAt')[0] ?? (own ? null : (wallet.lastSeen ?? wallet.lastChange)),
    context: context === '' ? null : context,
    role: concepts.includes('donation') ? 'donation' : null,
  }
  const key = `${listed.address}/${network ?? symbol ?? ''}/${tag.name}`
  return { kind: 'tag', key, address: listed.address, networks: listed.networks, content: tag }
}

/** An account at a platform that is sanctioned; others are no one's designation. */
function takeAccount(state: State, entity: Ftm.Entity, take: (entry: Entry) => void): void {
  const { program, listedAt, expiresAt, sanctioned } = basisOf(state, entity)
  const account = Ftm.values(entity, 'username')[0]
  if (!sanctioned || account === undefined) return
  const platform = Ftm.values(entity, 'service')[0] ?? ''
  const name = Ftm.values(entity, 'name')[0] ?? entity.caption
  const content: Account = { entry: entity.id, platform, account, entity: name, program, listedAt, expiresAt }
  take({ kind: 'account', key: entity.id, address: null, networks: [], content })
}

function warningsOf(state: State): string[] {
  const places = ['publicKey', 'accountId']
  const bare = [...state.wallets.values()].filter(wallet => places.every(one => Ftm.values(wallet, one).length === 0))
  const gone = [...state.wallets.values()].filter(wallet => goneAt(state, wallet) !== null)
  return [
    ...(bare.length === 0 ? [] : [`${bare.length} wallets have neither an address nor an account and were left out.`]),
    ...(gone.length === 0
      ? []
      : [`${gone.length} wallets were last seen before the last run of their datasets, and count as ended then.`]),
  ]
}

function tooMany(where: string): Failure {
  return new Failure('List.TooBig', 'limit', `More than ${HELD_MAX} parties and wallets (at ${where}).`, {
    hint: 'Import one dataset of OpenSanctions at a time; `sanctions` holds what screening needs.',
    facts: { heldMax: HELD_MAX, where },
  })
}
