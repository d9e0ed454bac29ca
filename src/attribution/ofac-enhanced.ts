import type { Instant } from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { duplicateId, type ImportFile, incomplete, instant } from './importer.ts'
import { takeListing, type Wallet } from './listing.ts'
import * as Ofac from './ofac.ts'
import type { Source } from './read.ts'
import * as Tree from './tree.ts'
import * as Xml from './xml.ts'

/**
 * OFAC's SDN Enhanced XML: an `entity` with all of its own data inside. A version of the same list as the Advanced and
 * the classic file, tied to them by the same ids.
 */
export function readOfacEnhanced(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const seen = new Set<string>()
  let publishedAt: Instant | null = null
  const lists = new Set<string>()
  Tree.readRecords(source, 'sanctionsData', {
    records: ['entity'],
    outside(name, text, at) {
      // A day in Washington, also late in its evening: the other two files of a day carry the day alone.
      if (name === 'dataAsOf') publishedAt = instant(text.replace(/T.*$/, ''), Xml.place(at))
    },
    record(node) {
      if (node.attributes['action'] !== undefined) throw isDelta(file.path)
      for (const name of Tree.texts(node, 'sanctionsLists/sanctionsList')) lists.add(name)
      takeRecord(node, seen, take)
    },
  })
  if (seen.size === 0) throw incomplete('OFAC Enhanced', 'entity (entities/entity)')
  if (publishedAt === null && file.publishedAt === null) throw incomplete('OFAC Enhanced', 'date (dataAsOf)')
  return { authority: 'OFAC', ...Ofac.listOf(lists.size === 0 || lists.has(Ofac.SDN_LIST)), publishedAt, warnings: [] }
}

function isDelta(path: string): Failure {
  return new Failure('List.Delta', 'input', `${path} holds what changed between two lists, and is no list.`, {
    hint: 'Fetch the whole list (SDN_ENHANCED.XML). Nothing was imported and the version before stays in force.',
    facts: { file: path },
  })
}

function takeRecord(node: Tree.Node, seen: Set<string>, take: (entry: Entry) => void): void {
  const where = Xml.place(node.at)
  const id = node.attributes['id'] ?? ''
  if (id === '') throw incomplete('OFAC Enhanced', `id in the entity at ${where}`)
  if (seen.has(id)) throw duplicateId(`entity ${id}`, where)
  seen.add(id)
  const names = Tree.all(node, 'names/name').flatMap(namesOf)
  if (names.length === 0) throw incomplete('OFAC Enhanced', `name in the entity ${id}`)
  const program = Tree.texts(node, 'sanctionsPrograms/sanctionsProgram')
  if (program.length === 0) throw incomplete('OFAC Enhanced', `sanctionsProgram in the entity ${id}`)
  const remarks = [...Tree.texts(node, 'generalInfo/remarks'), ...Tree.texts(node, 'remarks')].join('\n')
  const party: Omit<Party, 'entry' | 'program' | 'listedAt'> = {
    type: TYPES.get(Tree.text(node, 'generalInfo/entityType').toLowerCase()) ?? 'unknown',
    names: names.sort((a, b) => Number(b.kind === 'primary') - Number(a.kind === 'primary')),
    ...(remarks === '' ? {} : { remarks: remarks.slice(0, 20_000) }),
  }
  const wallets = Tree.all(node, 'features/feature').flatMap(walletOf)
  takeListing({ entry: id, party, program, listedAt: listedAtOf(node, where), wallets }, take)
}

const TYPES = new Map<string, Party['type']>([
  ['individual', 'person'],
  ['entity', 'organisation'],
  ['vessel', 'vessel'],
  ['aircraft', 'aircraft'],
])

/** A name in each script that it is given in; the main name in its main script is the primary one. */
function namesOf(node: Tree.Node): PartyName[] {
  const isPrimary = Tree.text(node, 'isPrimary') === 'true'
  const weak = Tree.text(node, 'isLowQuality') === 'true'
  const kind = Ofac.aliasKind(Tree.text(node, 'aliasType'))
  return Tree.all(node, 'translations/translation').flatMap((translation): PartyName[] => {
    const family = Tree.text(translation, 'formattedLastName')
    const given = Tree.text(translation, 'formattedFirstName')
    const parts = [family, given].filter(part => part !== '')
    const text = parts.length > 0 ? parts.join(' ') : Tree.text(translation, 'formattedFullName')
    const first = isPrimary && Tree.text(translation, 'isPrimary') !== 'false'
    const script = Ofac.scriptOf(Tree.text(translation, 'script'))
    return text === '' ? [] : [{ text, script, kind: first ? 'primary' : kind, weak }]
  })
}

function walletOf(node: Tree.Node): Wallet[] {
  const type = Tree.text(node, 'type')
  const raw = Tree.text(node, 'value')
  if (!type.startsWith(Ofac.WALLET) || raw === '') return []
  const symbol = type.slice(Ofac.WALLET.length).trim()
  return [{ symbol, raw, note: `feature ${node.attributes['id'] ?? ''}` }]
}

function listedAtOf(node: Tree.Node, where: string): Instant | null {
  const dates = Tree.all(node, 'sanctionsLists/sanctionsList').flatMap(({ attributes }) => {
    const written = attributes['datePublished'] ?? ''
    return written === '' ? [] : [instant(written, `${where}, datePublished`)]
  })
  return dates.length === 0 ? null : Math.min(...dates)
}
