import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import { sha256, sha256Hex } from '../std/digest.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { type Conflict, type ContractAt, conflicts } from './conflict.ts'
import type { Entry, EntryKind, Heading, ListedAddress } from './entry.ts'
import type { Format } from './format.ts'
import { duplicateId } from './importer.ts'
import * as Read from './read.ts'
import * as Sniff from './sniff.ts'
import * as Table from './table.ts'

/** What a user asks to import, and in whose name. */
export type Request = {
  readonly format: Format
  readonly path: string
  readonly authority: string | null
  readonly publishedAt: Instant | null
  readonly knownAt: Instant
  readonly by: string
  /** Import, count and throw all of it away. */
  readonly rehearse: boolean
  /** Called with bytes read of how many; it may throw to stop: then nothing is kept. */
  readonly watch: Read.Watch
  /** Names of lists that this run has imported already, where it imports many files. */
  readonly taken?: Set<string>
  /** What a ledger knows of contracts, for the check of labels. */
  readonly contractAt?: ContractAt
}

/** What an import did. Counts of addresses, except where they say otherwise. */
export type Added = {
  readonly path: string
  readonly format: string
  readonly authority: string
  readonly list: string
  readonly title: string | null
  readonly version: string
  readonly published: Instant
  readonly publishedBy: 'file' | 'user' | 'import'
  readonly knownAt: Instant
  readonly sha256: string
  readonly bytes: number
  /** The same file was imported before: nothing was written. */
  readonly alreadyKnown: boolean
  readonly entries: number
  readonly entities: number
  readonly names: number
  readonly addresses: number
  /** Addresses by symbol as listed. */
  readonly bySymbol: Readonly<Record<string, number>>
  /** Addresses by network; one that may stand on several counts on each. */
  readonly byNetwork: Readonly<Record<string, number>>
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly unchanged: number
  readonly invalid: number
  readonly flagged: number
  readonly conflicts: number
  readonly inFreeText: number
  /** What speaks against labels of this version, unresolved: how many, and the first of them. */
  readonly labelConflicts: number
  readonly conflicting: readonly Conflict[]
  readonly warnings: readonly string[]
}

/**
 * Imports one file as the next version of its list, in one transaction: all of it is kept, or none, and then the
 * version before stays in force. Counts compare with the version published before it, not the one imported before.
 */
export function addVersion(store: Store, request: Request): Added {
  try {
    return store.transaction(() => {
      const added = importFile(store, request)
      if (request.rehearse) throw new Rehearsal(added)
      return added
    })
  } catch (cause) {
    if (cause instanceof Rehearsal) return cause.added
    throw withGuess(cause, request)
  }
}

/** The same within the caller's transaction, for facts that must not stand without others. */
export function addWithin(store: Store, request: Request): Added {
  return importFile(store, request)
}

/** The same failure, with what the file looks like where that is another format than the one named. */
function withGuess(cause: unknown, { format, path }: Request): unknown {
  if (!(cause instanceof Failure) || !GUESSED.has(cause.name)) return cause
  const looks = Sniff.formatOf(path)
  if (looks === undefined || looks === format.id) return cause
  const hint = `This looks like ${looks}, and ${format.id} was named: \`athar list add ${looks} FILE\`.`
  return new Failure(cause.name, cause.kind, cause.message, { hint, facts: { ...cause.facts, looks }, cause })
}

const GUESSED: ReadonlySet<string> = new Set([
  ...['List.OtherFormat', 'List.WrongColumns', 'List.Incomplete', 'List.Malformed', 'List.NotUtf8'],
])

/** The files that a path stands for: itself, or the lists in a folder, in the order of their names. */
export function filesOf(format: Format, path: string): string[] {
  const pattern = format.inFolder
  const folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
  if (!folder || pattern === null) return [path]
  const names = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && pattern.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  if (names.length === 0) throw emptyFolder(path, format)
  return format.folder === 'one' ? names.slice(0, 1) : names
}

/** Carries the answer out of a transaction that is to be rolled back. */
class Rehearsal extends Error {
  readonly added: Added
  constructor(added: Added) {
    super('rehearsal')
    this.added = added
  }
}

function importFile(store: Store, request: Request): Added {
  const { format, path } = request
  const source = Read.open(path, format.bytesMax, request.watch)
  const tally = createTally()
  const read = readInto(store, request, source, tally)
  const { heading } = read
  const authority = request.authority ?? heading.authority ?? heading.list
  const published = publicationOf(request, heading)
  const digest = source.sha256()
  const companions = (heading.companions ?? []).map(companion => readFileSync(companion))
  const identity = identityOf(digest, companions)
  const name = nameOf(request, authority, heading.list)
  const list = Table.listOf(store, authority, name, format.designates)
  const earlier = Table.versions(store).filter(version => version.list === list)
  read.finish(heldBefore(store, format, list, earlier))
  const same = earlier.find(
    known => known.identity === identity && known.format === format.id && isSameDay(known, published, request),
  )
  const at = same?.published_at ?? published.at
  const base = { path, format: format.id, authority, list: name, title: heading.title }
  const facts = { ...base, version: same?.version ?? Instants.formatDay(at), published: at, ...tally.counts }
  const warnings = [...heading.warnings, ...publicationWarnings(published)]
  const origin = { sha256: digest, bytes: source.bytes(), publishedBy: same?.published_by ?? published.by }
  if (same !== undefined) {
    const none = { added: 0, removed: 0, changed: 0, unchanged: tally.counts.addresses }
    const known = { ...none, knownAt: same.known_at, alreadyKnown: true, warnings: heading.warnings }
    return { ...facts, ...origin, ...known, ...checked(store, list, request) }
  }
  if (!request.rehearse) keepBytes(store, request, digest, companions)
  Table.insertVersion(store, {
    ...{ list, format: format.id, title: heading.title, version: facts.version, published_at: at },
    ...{ published_by: published.by, sha256: digest, identity, bytes: source.bytes(), file: basename(path) },
    ...{ known_at: request.knownAt, added_by: request.by, counts: JSON.stringify(tally.counts) },
  })
  const before = earlier
    .filter(known => known.published_at <= at)
    .sort(byPublication)
    .at(-1)
  const change = Table.compare(store, list, before?.id ?? 0, format.designates ? 'address' : 'tag')
  const unchanged = tally.counts.addresses - change.added - change.changed
  const shrunk = [...shrinkWarning(before, change), ...twinWarning(earlier, at, identity)]
  return {
    ...{ ...facts, ...origin, ...change, unchanged },
    ...{ knownAt: request.knownAt, alreadyKnown: false, warnings: [...warnings, ...shrunk] },
    ...checked(store, list, request),
  }
}

/** Labels are looked at before they are accepted: inside the transaction, so that a rehearsal shows the same. */
function checked(store: Store, list: number, request: Request): Pick<Added, 'labelConflicts' | 'conflicting'> {
  if (request.format.designates) return { labelConflicts: 0, conflicting: [] }
  const { knownAt, contractAt = () => undefined } = request
  const found = conflicts(store, { asOf: knownAt, knownAt }, { list }, contractAt).filter(one => !one.resolved)
  return { labelConflicts: found.length, conflicting: found.slice(0, CONFLICTS_SHOWN) }
}

/** Conflicts that the answer of an import shows; `list conflicts` shows all. */
const CONFLICTS_SHOWN = 100

/** Two files of one name in one folder are two lists: the second takes its own folder's name before it. */
function nameOf({ taken, path }: Request, authority: string, list: string): string {
  const name = taken?.has(`${authority}\n${list}`) === true ? `${basename(dirname(path))}/${list}` : list
  taken?.add(`${authority}\n${name}`)
  return name
}

/** The list as it was read is ground: it is filed by the digest that every citation of it names. */
function keepBytes(store: Store, { path, format }: Request, digest: string, companions: readonly Uint8Array[]): void {
  for (const bytes of companions) store.files.put(bytes)
  if (store.files.has(digest)) return
  if (store.files.putPieces(Read.bytesOf(path, format.bytesMax)) !== digest) throw changedMeanwhile(path)
}

/** A file without a date of its own is the same version whenever it is imported again. */
function isSameDay(known: Table.VersionRow, published: Publication, request: Request): boolean {
  if (published.by === 'import') return known.published_by === 'import' && request.publishedAt === null
  return known.published_at === published.at
}

function byPublication(a: Table.VersionRow, b: Table.VersionRow): number {
  return a.published_at - b.published_at || a.id - b.id
}

type Staged = {
  readonly heading: Heading
  /** Stages what waited for the versions before; entries that merge cannot be staged as they come. */
  readonly finish: (before: ReadonlyMap<string, Entry>) => void
}

function readInto(store: Store, request: Request, source: Read.Source, tally: Tally): Staged {
  const put = Table.stage(store)
  const stem = basename(request.path)
    .replace(/\.(gz|zst)$/i, '')
    .replace(/\.[^.]+$/, '')
  const file = { path: request.path, stem, authority: request.authority, publishedAt: request.publishedAt }
  const stage = (entry: Entry) => {
    const content = JSON.stringify(entry.content)
    const networks = entry.networks.join(',')
    const whole = JSON.stringify([entry.kind, entry.key, entry.address, networks, content])
    const digest = sha256(Buffer.from(whole)).subarray(0, 16)
    const { kind, key, address } = entry
    if (!put({ kind, key, address, networks, content, digest })) throw duplicateId(key, request.path)
    tally.count(entry)
  }
  const { merge, read } = request.format
  if (merge === undefined) return { heading: read(source, file, stage), finish: () => {} }
  const waiting: Entry[] = []
  const heading = read(source, file, entry => waiting.push(entry))
  const finish = (before: ReadonlyMap<string, Entry>) => {
    const kept = new Map(before)
    for (const entry of waiting) {
      const held = kept.get(entry.key)
      const now = entry.content as ListedAddress
      const content = held === undefined ? now : merge(held.content as ListedAddress, now)
      kept.set(entry.key, { ...entry, content })
    }
    for (const entry of kept.values()) stage(entry)
  }
  return { heading, finish }
}

/** Entries of the version imported last, where a file of the format adds to it; else none. */
function heldBefore(
  store: Store,
  format: Format,
  list: number,
  earlier: readonly Table.VersionRow[],
): ReadonlyMap<string, Entry> {
  const last = earlier.at(-1)
  if (format.merge === undefined || last === undefined) return new Map()
  return new Map(Table.members(store, list, last.id).map(row => [row.key, Table.toEntry(row)]))
}

type Publication = { readonly at: Instant; readonly by: 'file' | 'user' | 'import' }

/** The user's word stands over the file's: files of a day are sometimes corrected without a new date. */
function publicationOf(request: Request, heading: Heading): Publication {
  if (request.publishedAt !== null) return { at: request.publishedAt, by: 'user' }
  if (heading.publishedAt !== null) return { at: heading.publishedAt, by: 'file' }
  return { at: Instants.fromDay(...calendar(request.knownAt)), by: 'import' }
}

function calendar(instant: Instant): [number, number, number] {
  const [year, month, day] = Instants.formatDay(instant).split('-').map(Number)
  return [year!, month!, day!]
}

function publicationWarnings(published: Publication): string[] {
  if (published.by !== 'import') return []
  return ['The file has no publication date (--published): the day of import stands in for it.']
}

/** A list that lost more than half of its addresses was more likely cut than emptied. */
function shrinkWarning(before: Table.VersionRow | undefined, change: Table.Difference): string[] {
  if (before === undefined) return []
  const had = (JSON.parse(before.counts) as Counts).addresses
  if (had < 10 || change.removed * 2 <= had) return []
  return [`${change.removed} of ${had} addresses of the version before are gone: check that the file is whole.`]
}

/** Two files of one day that differ: which is right the list itself does not say. */
function twinWarning(earlier: readonly Table.VersionRow[], at: Instant, identity: string): string[] {
  const twin = earlier.findLast(known => known.published_at === at && known.identity !== identity)
  if (twin === undefined) return []
  const when = Instants.formatDay(twin.known_at)
  return [`Another file (${twin.file}, imported ${when}) has the same publication date: the one imported last stands.`]
}

function identityOf(digest: string, companions: readonly Uint8Array[]): string {
  if (companions.length === 0) return digest
  return sha256Hex([digest, ...companions.map(bytes => sha256Hex(bytes))].join('\n'))
}

export type Counts = Pick<
  Added,
  | 'entries'
  | 'entities'
  | 'names'
  | 'addresses'
  | 'bySymbol'
  | 'byNetwork'
  | 'invalid'
  | 'flagged'
  | 'conflicts'
  | 'inFreeText'
>

type Tally = { readonly counts: Counts; count(entry: Entry): void }

function createTally(): Tally {
  const bySymbol: Record<string, number> = {}
  const byNetwork: Record<string, number> = {}
  const counts = {
    ...{ entries: 0, entities: 0, names: 0, addresses: 0, bySymbol, byNetwork },
    ...{ invalid: 0, flagged: 0, conflicts: 0, inFreeText: 0 },
  }
  return {
    counts,
    count({ kind, content, networks }) {
      counts.entries++
      if (PARTIES.includes(kind)) counts.entities++
      if ('names' in content) counts.names += content.names.length
      if (!('flags' in content)) return
      const symbol = ('asset' in content ? content.asset : (content.network ?? content.currency)) ?? 'none'
      counts.addresses++
      bySymbol[symbol] = (bySymbol[symbol] ?? 0) + 1
      for (const network of networks) byNetwork[network] = (byNetwork[network] ?? 0) + 1
      if (content.flags.length > 0) counts.flagged++
      if (content.flags.includes('invalid')) counts.invalid++
      if (content.flags.includes('conflict')) counts.conflicts++
      if (content.flags.includes('comment')) counts.inFreeText++
    },
  }
}

const PARTIES: readonly EntryKind[] = ['entity', 'actor']

function changedMeanwhile(path: string): Failure {
  return new Failure('List.Changed', 'conflict', `${path} changed while it was read.`, {
    hint: 'Something still writes to it. Wait until it is whole and import it again; nothing was kept.',
    facts: { file: path },
  })
}

function emptyFolder(path: string, format: Format): Failure {
  return new Failure('List.Missing', 'missing', `The folder ${path} holds no ${format.says}.`, {
    hint: `Files are looked for whose name fits ${String(format.inFolder)}.`,
    facts: { folder: path, format: format.id },
  })
}
