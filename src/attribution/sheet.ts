import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import { toCategory } from './concept.ts'
import type { Account, Entry, ListedAddress, Party, PartyName, Stage, Tag } from './entry.ts'
import { badDate } from './importer.ts'
import { type Flag, identify, type Listed } from './listed.ts'
import { walletsIn } from './remark.ts'

/**
 * An entry as named texts: what STIX extensions, MISP tags and CSV columns carry, so that an entry comes back from
 * each as it left. Nothing that is computed from an address (networks, flags, conflicts) is in it: a reader computes
 * that anew, and so believes no file about it.
 */
export type Sheet = Readonly<Record<string, readonly string[]>>

/** The sheet of an entry; fields without a value are left out. Actors have none. */
export function toSheet(entry: Entry): Sheet {
  const sheet = fieldsOf(entry)
  if (sheet['kind'] === undefined || entry.key === keyOf(sheet, entry.address)) return sheet
  return { ...sheet, key: [entry.key] }
}

function fieldsOf({ kind, content }: Entry): Sheet {
  if (kind === 'address') return addressSheet(content as ListedAddress)
  if (kind === 'tag') return tagSheet(content as Tag)
  if (kind === 'entity') return partySheet(content as Party)
  return kind === 'account' ? accountSheet(content as Account) : {}
}

/** What ties an entry over the versions of its list, unless its reader has a way of its own. */
function keyOf(sheet: Sheet, address: string | null): string {
  const own = one(sheet, 'key')
  if (own !== null) return own
  const [entry, network] = [one(sheet, 'entry') ?? address ?? '', one(sheet, 'network')]
  if (one(sheet, 'kind') === 'address') return `${entry}/${network ?? 'comment'}/${address}`
  if (one(sheet, 'kind') === 'account') return `${entry}/${one(sheet, 'platform') ?? ''}/${one(sheet, 'account')}`
  if (one(sheet, 'kind') === 'entity') return entry
  return `${address}/${network ?? one(sheet, 'currency') ?? ''}/${one(sheet, 'entity') ?? 'unnamed'}`
}

/** The entry of a sheet, or null where it is none. Failure: List.BadDate, with the place. */
export function fromSheet(sheet: Sheet, where: string): Entry | null {
  const kind = one(sheet, 'kind')
  if (kind === 'address') return addressEntry(sheet, where)
  if (kind === 'tag') return tagEntry(sheet)
  if (kind === 'entity') return partyEntry(sheet, where)
  return kind === 'account' ? accountEntry(sheet, where) : null
}

/** Hands entries on; where a key stands twice the later one gets its number, as other readers do it. */
export function numbered(take: (entry: Entry) => void): (entry: Entry) => void {
  const times = new Map<string, number>()
  return entry => {
    const key = `${entry.kind}/${entry.key}`
    const time = (times.get(key) ?? 0) + 1
    times.set(key, time)
    take(time === 1 ? entry : { ...entry, key: `${entry.key}#${time}` })
  }
}

/** Fields in the order in which a table shows them. */
export const FIELDS: readonly string[] = [
  ...['kind', 'address', 'network', 'entity', 'entry', 'type', 'name', 'program', 'listed', 'expires', 'ended'],
  ...['grade', 'forfeiture', 'stage', 'platform', 'account', 'concept', 'confidence', 'source', 'actor', 'currency'],
  ...['cluster_definer', 'tag_type', 'lastmod', 'context', 'note', 'remarks', 'born', 'country', 'key', 'listed_by'],
]

function one(sheet: Sheet, name: string): string | null {
  return sheet[name]?.[0] ?? null
}

function some(fields: Readonly<Record<string, string | null | undefined | readonly string[]>>): Sheet {
  const sheet: Record<string, readonly string[]> = {}
  for (const [name, value] of Object.entries(fields)) {
    const list = typeof value === 'string' ? [value] : (value ?? [])
    if (list.length > 0 && list.some(text => text !== '')) sheet[name] = list
  }
  return sheet
}

function addressSheet(content: ListedAddress): Sheet {
  return some({
    ...{ kind: 'address', address: content.raw, network: content.asset, entity: content.entity, entry: content.entry },
    ...{ program: content.program, listed: written(content.listedAt), expires: written(content.expiresAt) },
    ...{ ended: written(content.endedAt ?? null), grade: content.grade, forfeiture: content.forfeiture },
    ...{ stage: content.stages?.map(stageText), note: content.note, listed_by: content.listedBy },
  })
}

function addressEntry(sheet: Sheet, where: string): Entry | null {
  const raw = one(sheet, 'address')
  if (raw === null) return null
  const asset = one(sheet, 'network')
  const grade = one(sheet, 'grade') === 'comment' ? 'comment' : 'stated'
  const listed = grade === 'comment' ? inRemark(raw) : identify(raw, asset)
  const flags: readonly Flag[] = grade === 'comment' ? [...listed.flags, 'comment'] : listed.flags
  const entry = one(sheet, 'entry') ?? listed.address
  const ended = instantOf(sheet, 'ended', where)
  const [forfeiture, note] = [one(sheet, 'forfeiture'), one(sheet, 'note')]
  const stages = (sheet['stage'] ?? []).flatMap(text => stageOf(text) ?? [])
  const content: ListedAddress = {
    ...{ entry, entity: one(sheet, 'entity') ?? entry, program: sheet['program'] ?? [] },
    ...{ listedAt: instantOf(sheet, 'listed', where), expiresAt: instantOf(sheet, 'expires', where) },
    ...{ asset, raw, foreign: listed.foreign, flags, conflict: listed.conflict, probable: listed.probable, grade },
    ...(ended === null ? {} : { endedAt: ended }),
    ...(stages.length === 0 ? {} : { stages }),
    ...(forfeiture === null ? {} : { forfeiture }),
    ...(note === null ? {} : { note }),
    ...(sheet['listed_by'] === undefined ? {} : { listedBy: sheet['listed_by'] }),
  }
  const key = keyOf(sheet, listed.address)
  return { kind: 'address', key, address: listed.address, networks: listed.networks, content }
}

function inRemark(raw: string): Listed {
  return walletsIn(raw)[0]?.listed ?? identify(raw, null)
}

function tagSheet(tag: Tag): Sheet {
  return some({
    ...{ kind: 'tag', address: tag.raw, network: tag.network, currency: tag.currency, entity: tag.name },
    ...{ concept: tag.concepts, confidence: tag.confidence, source: tag.source, actor: tag.actor },
    ...{ cluster_definer: tag.clusterDefiner ? 'true' : null, tag_type: tag.tagType, lastmod: tag.lastmod },
    context: tag.context,
  })
}

function tagEntry(sheet: Sheet): Entry | null {
  const raw = one(sheet, 'address')
  if (raw === null) return null
  const [network, currency] = [one(sheet, 'network'), one(sheet, 'currency')]
  const listed = identify(raw, network ?? currency)
  const concepts = sheet['concept'] ?? []
  const content: Tag = {
    ...{ name: one(sheet, 'entity') ?? 'unnamed', category: toCategory(concepts), concepts },
    ...{ confidence: one(sheet, 'confidence') ?? 'unknown', source: one(sheet, 'source') ?? '' },
    ...{ actor: one(sheet, 'actor'), currency, network, raw },
    ...{ foreign: listed.foreign, flags: listed.flags, conflict: listed.conflict },
    ...{ clusterDefiner: one(sheet, 'cluster_definer') === 'true', tagType: one(sheet, 'tag_type') },
    ...{ lastmod: one(sheet, 'lastmod'), context: one(sheet, 'context') },
    role: concepts.includes('donation') ? 'donation' : null,
  }
  const key = keyOf(sheet, listed.address)
  return { kind: 'tag', key, address: listed.address, networks: listed.networks, content }
}

function partySheet(party: Party): Sheet {
  return some({
    ...{ kind: 'entity', entry: party.entry, type: party.type, name: party.names.map(nameText) },
    ...{ program: party.program, listed: written(party.listedAt), remarks: party.remarks },
    ...{ born: party.born, country: party.countries },
  })
}

function partyEntry(sheet: Sheet, where: string): Entry | null {
  const entry = one(sheet, 'entry')
  const names = (sheet['name'] ?? []).map(nameOf)
  if (entry === null || names.length === 0) return null
  const type = PARTY_TYPES.find(known => known === one(sheet, 'type')) ?? 'unknown'
  const [remarks, born, countries] = [one(sheet, 'remarks'), sheet['born'], sheet['country']]
  const content: Party = {
    ...{ entry, type, names, program: sheet['program'] ?? [], listedAt: instantOf(sheet, 'listed', where) },
    ...(remarks === null ? {} : { remarks }),
    ...(born === undefined ? {} : { born }),
    ...(countries === undefined ? {} : { countries }),
  }
  return { kind: 'entity', key: keyOf(sheet, null), address: null, networks: [], content }
}

const PARTY_TYPES: readonly Party['type'][] = ['person', 'organisation', 'vessel', 'aircraft', 'unknown']

function accountSheet(account: Account): Sheet {
  return some({
    ...{ kind: 'account', entry: account.entry, entity: account.entity, platform: account.platform },
    ...{ account: account.account, program: account.program, listed: written(account.listedAt) },
    expires: written(account.expiresAt),
  })
}

function accountEntry(sheet: Sheet, where: string): Entry | null {
  const [entry, platform, account] = [one(sheet, 'entry'), one(sheet, 'platform') ?? '', one(sheet, 'account')]
  if (entry === null || account === null) return null
  const content: Account = {
    ...{ entry, platform, account, entity: one(sheet, 'entity') ?? entry, program: sheet['program'] ?? [] },
    ...{ listedAt: instantOf(sheet, 'listed', where), expiresAt: instantOf(sheet, 'expires', where) },
  }
  return { kind: 'account', key: keyOf(sheet, null), address: null, networks: [], content }
}

/** Several texts in one cell of one line: parted by `|`, with line ends and blanks at the ends kept by escapes. */
export function joined(values: readonly string[]): string {
  return values.map(escaped).join('|')
}

/** The inverse of `joined`. An escape that is none stands for itself. */
export function parted(cell: string): string[] {
  if (cell === '') return []
  return cell.split(/(?<=(?:^|[^\\])(?:\\\\)*)\|/).map(unescaped)
}

function escaped(text: string): string {
  const marked = text.replace(/[\\|\n\r\t]/g, mark => ESCAPES.get(mark)!)
  return marked.replace(/^ | $/g, '\\s')
}

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['|', '\\|'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  [' ', '\\s'],
])

function unescaped(text: string): string {
  return text.replace(/\\[\\|nrts]/g, mark => [...ESCAPES].find(([, known]) => known === mark)![0])
}

/** `aka weak Arab: text`: kind, strength and script of a name before its text. */
function nameText({ kind, weak, script, text }: PartyName): string {
  return `${kind}${weak ? ' weak' : ''} ${script}: ${text}`
}

export function nameOf(text: string): PartyName {
  const match = /^(primary|aka|fka|nka)( weak)? (\S+): ([\s\S]+)$/.exec(text)
  if (match === null) return { text, script: 'Zyyy', kind: 'aka', weak: false }
  return { text: match[4]!, script: match[3]!, kind: match[1] as PartyName['kind'], weak: match[2] !== undefined }
}

/** `effective 2024-01-02T00:00:00Z 4100 <txid> 500`: a dash where nothing is known. */
function stageText({ stage, at, height, txid, units }: Stage): string {
  return [stage, at === null ? '-' : Instants.format(at), height ?? '-', txid, units ?? ''].join(' ').trim()
}

function stageOf(text: string): Stage | null {
  const match = /^(submitted|effective|removed|destroyed) (\S+) (\d{1,12}|-) (\S+)(?: (\d{1,80}))?$/.exec(text)
  if (match === null) return null
  const [, stage, at, height, txid, units] = match
  return {
    stage: stage as Stage['stage'],
    ...{ at: Instants.parse(at!) ?? null, height: height === '-' ? null : Number(height), txid: txid! },
    ...(units === undefined ? {} : { units }),
  }
}

function written(at: Instant | null): string | null {
  if (at === null) return null
  return at % Instants.DAY_SECONDS === 0 ? Instants.formatDay(at) : Instants.format(at)
}

function instantOf(sheet: Sheet, name: string, where: string): Instant | null {
  const text = one(sheet, name)
  if (text === null) return null
  const found = Instants.parse(text)
  if (found === undefined) throw badDate(text, `${where}, ${name}`)
  return found
}
