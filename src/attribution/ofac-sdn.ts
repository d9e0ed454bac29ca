import type { Instant } from '../model/instant.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { day, duplicateId, type ImportFile, incomplete } from './importer.ts'
import { takeListing, type Wallet } from './listing.ts'
import * as Ofac from './ofac.ts'
import type { Source } from './read.ts'
import * as Xml from './xml.ts'

/**
 * OFAC's classic SDN.XML: one `sdnEntry` after another. It has no listing dates and no scripts, so a listing counts
 * from the publication of the version that first shows it.
 */
export function readOfacSdn(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const seen = new Set<string>()
  const stack: string[] = []
  let entry = emptyEntry()
  let group = new Map<string, string>()
  let issuedAt: Instant | null = null
  const close = (name: string, text: string, at: Xml.Place) => {
    stack.pop()
    const parent = stack.at(-1)
    if (name === 'Publish_Date') issuedAt = publishDate(text, at)
    else if (name === 'sdnEntry') {
      finish(entry, seen, at, take)
      entry = emptyEntry()
    } else if (parent === 'programList' && name === 'program') entry.program.push(text)
    else if (parent === 'id' || parent === 'aka') group.set(name, text)
    else if (parent === 'sdnEntry') entry.fields.set(name, text)
    if (name === 'id' && parent === 'idList') takeId(entry, group)
    if (name === 'aka') takeAlias(entry, group)
    if (name === 'id' || name === 'aka') group = new Map()
  }
  Xml.read(source, 'sdnList', { open: name => stack.push(name), close })
  if (issuedAt === null && file.publishedAt === null) throw incomplete('OFAC SDN', 'Publish_Date')
  if (seen.size === 0) throw incomplete('OFAC SDN', 'sdnEntry')
  // Nothing in this format says which of the two files it is but its name (consolidated.xml, cons_prim.xml).
  const list = Ofac.listOf(!/^cons/i.test(file.stem))
  return { authority: 'OFAC', ...list, publishedAt: issuedAt ?? file.publishedAt, warnings: [] }
}

type SdnEntry = {
  readonly fields: Map<string, string>
  readonly program: string[]
  readonly aliases: PartyName[]
  readonly wallets: Wallet[]
}

function emptyEntry(): SdnEntry {
  return { fields: new Map(), program: [], aliases: [], wallets: [] }
}

function takeId(entry: SdnEntry, group: ReadonlyMap<string, string>): void {
  const type = group.get('idType') ?? ''
  const raw = group.get('idNumber') ?? ''
  if (!type.startsWith(Ofac.WALLET) || raw === '') return
  entry.wallets.push({ symbol: type.slice(Ofac.WALLET.length).trim(), raw, note: `feature ${group.get('uid') ?? ''}` })
}

function takeAlias(entry: SdnEntry, group: ReadonlyMap<string, string>): void {
  const text = fullName(group)
  if (text === '') return
  const kind = Ofac.aliasKind(group.get('type') ?? '')
  entry.aliases.push({ text, script: 'Zyyy', kind, weak: group.get('category') === 'weak' })
}

function finish(entry: SdnEntry, seen: Set<string>, at: Xml.Place, take: (entry: Entry) => void): void {
  const uid = entry.fields.get('uid') ?? ''
  const entity = fullName(entry.fields)
  if (uid === '') throw incomplete('OFAC SDN', `uid in the entry that ends at ${Xml.place(at)}`)
  if (entity === '') throw incomplete('OFAC SDN', `name in the entry ${uid}`)
  if (seen.has(uid)) throw duplicateId(`uid ${uid}`, Xml.place(at))
  seen.add(uid)
  const remarks = entry.fields.get('remarks') ?? ''
  const primary: PartyName = { text: entity, script: 'Zyyy', kind: 'primary', weak: false }
  const party = {
    type: TYPES.get(entry.fields.get('sdnType') ?? '') ?? ('unknown' as const),
    names: [primary, ...entry.aliases],
    ...(remarks === '' ? {} : { remarks }),
  }
  const { program, wallets } = entry
  takeListing({ entry: uid, party, program, listedAt: null, wallets }, take)
}

const TYPES = new Map<string, Party['type']>([
  ['Individual', 'person'],
  ['Entity', 'organisation'],
  ['Vessel', 'vessel'],
  ['Aircraft', 'aircraft'],
])

/** Family name first, as the Advanced file documents its parts. */
function fullName(fields: ReadonlyMap<string, string>): string {
  return [fields.get('lastName'), fields.get('firstName')].filter(part => part !== undefined && part !== '').join(' ')
}

/** `MM/DD/YYYY`. */
function publishDate(text: string, at: Xml.Place): Instant {
  const [month, date, year] = text.split('/')
  return day(year ?? text, month ?? '', date ?? '', Xml.place(at))
}
