import type { Instant } from '../model/instant.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { badDate, day, duplicateId, type ImportFile, incomplete } from './importer.ts'
import { takeListing, type Wallet } from './listing.ts'
import * as Ofac from './ofac.ts'
import type { Source } from './read.ts'
import * as Xml from './xml.ts'

/**
 * OFAC's SDN Advanced XML (the "un.org/sanctions/1.0" model): parties with their names and features first, the
 * programmes and dates of their listing far behind, tied by profile id. Streamed: parties wait in memory until their
 * entry comes. Ids of types are resolved from the file itself, since OFAC adds a feature type per new symbol.
 */
export function readOfacAdvanced(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const state = createState()
  Xml.read(source, 'Sanctions', {
    open: (name, attributes, at) => open(state, name, attributes, at),
    close: (name, text, at) => close(state, name, text, at),
  })
  requireWhole(state, file)
  for (const profile of state.profiles.values()) emit(profile, take)
  const shown = state.issuedAt ?? file.publishedAt
  return {
    authority: 'OFAC',
    ...Ofac.listOf(state.isSdn || state.lists.size === 0),
    publishedAt: shown,
    warnings: warningsOf(state),
  }
}

type State = {
  readonly path: string[]
  readonly symbols: Map<string, string>
  readonly scripts: Map<string, string>
  readonly aliasTypes: Map<string, string>
  readonly partyTypes: Map<string, string>
  /** OFAC's lists by their ids. */
  readonly lists: Map<string, string>
  /** Whether any entry stands on the SDN list. */
  isSdn: boolean
  readonly profiles: Map<string, Profile>
  profile: Profile | null
  /** Profile of the party being read: a Feature may stand beside its Profile. */
  last: Profile | null
  /** A remark on the party stands before its profile. */
  remark: string
  alias: { primary: boolean; weak: boolean; kind: PartyName['kind'] } | null
  parts: { text: string; script: string }[]
  feature: { symbol: string | null; id: string } | null
  id: string
  entry: { profile: Profile | null; id: string } | null
  measure: string
  date: { year: string; month: string; day: string }
  issuedAt: Instant | null
  parties: number
  entries: number
  orphans: number
}

type Profile = {
  readonly id: string
  type: Party['type']
  readonly names: PartyName[]
  readonly wallets: Wallet[]
  readonly remarks: string[]
  readonly program: string[]
  listedAt: Instant | null
  listed: boolean
}

function createState(): State {
  return {
    path: [],
    symbols: new Map(),
    scripts: new Map(),
    aliasTypes: new Map(),
    partyTypes: new Map(),
    lists: new Map(),
    isSdn: false,
    profiles: new Map(),
    profile: null,
    last: null,
    remark: '',
    alias: null,
    parts: [],
    feature: null,
    id: '',
    entry: null,
    measure: '',
    date: { year: '', month: '', day: '' },
    issuedAt: null,
    parties: 0,
    entries: 0,
    orphans: 0,
  }
}

type Attributes = Readonly<Record<string, string>>

function open(state: State, name: string, attributes: Attributes, at: Xml.Place): void {
  state.path.push(name)
  switch (name) {
    case 'FeatureType':
    case 'Script':
    case 'AliasType':
    case 'PartySubType':
    case 'List':
      state.id = attributes['ID'] ?? ''
      if (name === 'Script') state.scripts.set(state.id, Ofac.scriptOf(attributes['ScriptCode'] ?? ''))
      if (name === 'PartySubType') state.partyTypes.set(state.id, attributes['PartyTypeID'] ?? '')
      return
    case 'DistinctParty':
      state.last = null
      state.remark = ''
      state.parties++
      return
    case 'Profile':
      openProfile(state, attributes, at)
      return
    case 'Alias':
      state.alias = {
        primary: attributes['Primary'] === 'true',
        weak: attributes['LowQuality'] === 'true',
        kind: Ofac.aliasKind(state.aliasTypes.get(attributes['AliasTypeID'] ?? '') ?? ''),
      }
      return
    case 'NamePartValue':
      state.id = attributes['ScriptID'] ?? ''
      return
    case 'Feature':
      state.feature = {
        symbol: state.symbols.get(attributes['FeatureTypeID'] ?? '') ?? null,
        id: attributes['ID'] ?? '',
      }
      return
    case 'SanctionsEntry':
      openEntry(state, attributes)
      return
    case 'SanctionsMeasure':
      state.measure = attributes['SanctionsTypeID'] ?? ''
      return
    case 'Date':
    case 'DateOfIssue':
      state.date = { year: '', month: '', day: '' }
  }
}

function openProfile(state: State, attributes: Attributes, at: Xml.Place): void {
  const id = attributes['ID'] ?? ''
  if (state.profiles.has(id)) throw duplicateId(`Profile ${id}`, Xml.place(at))
  const type = Ofac.partyType(attributes['PartySubTypeID'] ?? '', state.partyTypes)
  const profile: Profile = {
    ...{ id, type, names: [], wallets: [], program: [] },
    remarks: state.remark === '' ? [] : [state.remark],
    listedAt: null,
    listed: false,
  }
  state.profiles.set(id, profile)
  state.profile = profile
  state.last = profile
}

function openEntry(state: State, attributes: Attributes): void {
  const profile = state.profiles.get(attributes['ProfileID'] ?? '') ?? null
  state.entry = { profile, id: attributes['ID'] ?? '' }
  state.entries++
  state.isSdn ||= state.lists.get(attributes['ListID'] ?? '') === Ofac.SDN_LIST
  if (profile === null) state.orphans++
  else profile.listed = true
}

function close(state: State, name: string, text: string, at: Xml.Place): void {
  state.path.pop()
  switch (name) {
    case 'FeatureType':
      if (text.startsWith(Ofac.WALLET)) state.symbols.set(state.id, text.slice(Ofac.WALLET.length).trim())
      return
    case 'AliasType':
      state.aliasTypes.set(state.id, text)
      return
    case 'List':
      state.lists.set(state.id, text)
      return
    case 'NamePartValue':
      if (text !== '') state.parts.push({ text, script: state.scripts.get(state.id) ?? 'Zzzz' })
      return
    case 'DocumentedName':
      closeName(state)
      return
    case 'Alias':
      state.alias = null
      return
    case 'Profile':
      state.profile = null
      return
    case 'VersionDetail':
      if (state.feature?.symbol != null && text !== '') wallet(state, state.feature.symbol, text)
      return
    case 'Feature':
      state.feature = null
      return
    case 'Comment':
      closeComment(state, text)
      return
    case 'Year':
    case 'Month':
    case 'Day':
      state.date[name === 'Year' ? 'year' : name === 'Month' ? 'month' : 'day'] = text
      return
    case 'Date':
    case 'DateOfIssue':
      closeDate(state, name, at)
      return
    case 'SanctionsEntry':
      state.entry = null
  }
}

function wallet(state: State, symbol: string, raw: string): void {
  const profile = state.profile ?? state.last
  if (profile === null) state.orphans++
  else profile.wallets.push({ symbol, raw, note: `feature ${state.feature!.id}` })
}

/** A documented name has its parts in one script; the alias says its kind and quality. */
function closeName(state: State): void {
  const { parts, alias, profile } = state
  state.parts = []
  if (parts.length === 0 || alias === null || profile === null) return
  const text = Ofac.orderName(parts.map(part => part.text))
  const isPrimary = alias.primary && !profile.names.some(name => name.kind === 'primary')
  const kind = isPrimary ? 'primary' : alias.kind
  profile.names.push({ text, script: parts[0]!.script, kind, weak: alias.weak })
}

function closeComment(state: State, text: string): void {
  if (text === '') return
  const entry = state.entry
  if (entry !== null && state.path.at(-1) === 'SanctionsMeasure') {
    if (state.measure !== Ofac.PROGRAM_MEASURE) return
    if (entry.profile !== null && !entry.profile.program.includes(text)) entry.profile.program.push(text)
    return
  }
  const beside = state.path.at(-1) === 'DistinctParty'
  if (beside && state.last === null) state.remark = text
  const profile = state.profile ?? (beside ? state.last : null)
  if (profile !== null && profile.remarks.length < REMARKS_MAX) profile.remarks.push(text)
}

/** Remarks kept per party: the real list has at most a few dozen. */
const REMARKS_MAX = 500

function closeDate(state: State, name: string, at: Xml.Place): void {
  const { year, month, day: date } = state.date
  if (name === 'DateOfIssue') {
    state.issuedAt = day(year, month, date, Xml.place(at))
    return
  }
  if (state.entry === null || state.path.at(-1) !== 'EntryEvent') return
  if (year === '') throw badDate('an entry without a year', Xml.place(at))
  const listedAt = day(year, month, date, Xml.place(at))
  const { profile } = state.entry
  if (profile !== null && (profile.listedAt === null || listedAt < profile.listedAt)) profile.listedAt = listedAt
}

function requireWhole(state: State, file: ImportFile): void {
  if (state.issuedAt === null && file.publishedAt === null) throw incomplete('OFAC', 'date of issue (DateOfIssue)')
  if (state.symbols.size === 0) throw incomplete('OFAC', `feature type “${Ofac.WALLET}…”`)
  if (state.parties === 0 || state.profiles.size === 0) throw incomplete('OFAC', 'party (DistinctParty/Profile)')
  if (state.entries === 0) throw incomplete('OFAC', 'entry (SanctionsEntries/SanctionsEntry)')
  for (const profile of state.profiles.values()) {
    if (profile.names.length === 0) throw incomplete('OFAC', `name for profile ${profile.id}`)
    if (!profile.listed) throw incomplete('OFAC', `entry (SanctionsEntry) for profile ${profile.id}`)
  }
}

function warningsOf(state: State): string[] {
  return state.orphans === 0 ? [] : [`${state.orphans} entries or wallets name a profile that is not in the file.`]
}

function emit(profile: Profile, take: (entry: Entry) => void): void {
  const { id, program, listedAt, wallets, names, type } = profile
  const remarks = profile.remarks.join('\n').slice(0, 20_000)
  const party = remarks === '' ? { type, names } : { type, names, remarks }
  takeListing({ entry: id, party, program, listedAt, wallets }, take)
}
