import type { Instant } from '../model/instant.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { duplicateId, type ImportFile, incomplete, instant } from './importer.ts'
import { takeListing } from './listing.ts'
import type { Source } from './read.ts'
import * as Tree from './tree.ts'
import { someOf } from './un.ts'
import * as Xml from './xml.ts'

/**
 * The EU's financial sanctions file (FSF 1.1). Nearly all of it stands in attributes. A listing is dated by the
 * entity's own designation date, else by the earliest entry into force (or publication) of the acts that it cites.
 */
export function readEu(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const seen = new Set<string>()
  let publishedAt: Instant | null = null
  Tree.readRecords(source, 'export', {
    records: ['sanctionEntity'],
    root(attributes, at) {
      const written = attributes['generationDate']
      if (written !== undefined) publishedAt = instant(written, Xml.place(at))
    },
    record: node => takeRecord(node, seen, take),
  })
  if (seen.size === 0) throw incomplete('EU', 'entity (sanctionEntity)')
  if (publishedAt === null && file.publishedAt === null) throw incomplete('EU', 'date (generationDate)')
  const title = 'European Union consolidated list of financial sanctions'
  return { authority: 'EU', list: 'consolidated', title, publishedAt, warnings: [] }
}

function takeRecord(node: Tree.Node, seen: Set<string>, take: (entry: Entry) => void): void {
  const where = Xml.place(node.at)
  const id = node.attributes['logicalId'] ?? ''
  if (id === '') throw incomplete('EU', `logicalId in the entity at ${where}`)
  if (seen.has(id)) throw duplicateId(`logicalId ${id}`, where)
  seen.add(id)
  const names = namesOf(node)
  if (names.length === 0) throw incomplete('EU', `name (nameAlias) in the entity ${id}`)
  const remarks = [...Tree.texts(node, 'remark'), ...detailsOf(node)].join('\n')
  const acts = Tree.childrenOf(node, 'regulation')
  const party: Omit<Party, 'entry' | 'program' | 'listedAt'> = {
    type: TYPES.get(Tree.childrenOf(node, 'subjectType')[0]?.attributes['code'] ?? '') ?? 'unknown',
    names,
    ...(remarks === '' ? {} : { remarks }),
    ...someOf('born', attributesOf(node, 'birthdate', ['birthdate', 'year'])),
    ...someOf('countries', attributesOf(node, 'citizenship', ['countryIso2Code'])),
  }
  takeListing(
    {
      entry: node.attributes['euReferenceNumber'] || id,
      party,
      program: [...new Set(acts.map(act => act.attributes['programme'] ?? '').filter(programme => programme !== ''))],
      listedAt: listedAtOf(node, acts, where),
      wallets: [],
      text: attributesOf(node, 'identification', ['number', 'latinNumber']).join('\n'),
    },
    take,
  )
}

const TYPES = new Map<string, Party['type']>([
  ['person', 'person'],
  ['enterprise', 'organisation'],
])

function namesOf(node: Tree.Node): PartyName[] {
  const names: PartyName[] = []
  for (const { attributes } of Tree.childrenOf(node, 'nameAlias')) {
    const parts = ['firstName', 'middleName', 'lastName'].map(name => attributes[name] ?? '')
    const text = (attributes['wholeName'] || parts.filter(part => part !== '').join(' ')).trim()
    if (text === '') continue
    const weak = attributes['strong'] === 'false'
    const isFirst = !weak && !names.some(name => name.kind === 'primary')
    names.push({ text, script: 'Zyyy', kind: isFirst ? 'primary' : 'aka', weak })
  }
  return names
}

/** Remarks on names, documents and places, and ways of contact: wallets hide there as well. */
function detailsOf(node: Tree.Node): string[] {
  const contacts = Tree.all(node, 'address/contactInfo').map(({ attributes }) => attributes['value'] ?? '')
  return [...node.children.flatMap(child => Tree.texts(child, 'remark')), ...contacts.filter(text => text !== '')]
}

function attributesOf(node: Tree.Node, child: string, names: readonly string[]): string[] {
  const found = Tree.childrenOf(node, child).flatMap(({ attributes }) => {
    const value = names.map(name => attributes[name] ?? '').find(text => text !== '')
    return value === undefined ? [] : [value]
  })
  return [...new Set(found)]
}

function listedAtOf(node: Tree.Node, acts: readonly Tree.Node[], where: string): Instant | null {
  const own = node.attributes['designationDate'] ?? ''
  if (own !== '') return instant(own, `${where}, designationDate`)
  const dates = acts.flatMap(({ attributes, at }) => {
    const written = attributes['entryIntoForceDate'] || attributes['publicationDate'] || ''
    return written === '' ? [] : [instant(written, `${Xml.place(at)}, regulation`)]
  })
  return dates.length === 0 ? null : Math.min(...dates)
}
