import type { Instant } from '../model/instant.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { duplicateId, type ImportFile, incomplete, instant } from './importer.ts'
import { takeListing } from './listing.ts'
import type { Source } from './read.ts'
import * as Tree from './tree.ts'
import * as Xml from './xml.ts'

/**
 * The Security Council's consolidated list (sc-sanctions.xsd). It names people and bodies; wallets stand in its
 * comments alone. `LISTED_ON` dates each entry, `UN_LIST_TYPE` names its regime.
 */
export function readUn(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const seen = new Set<string>()
  let publishedAt: Instant | null = null
  Tree.readRecords(source, 'CONSOLIDATED_LIST', {
    records: ['INDIVIDUAL', 'ENTITY'],
    root(attributes, at) {
      const written = attributes['dateGenerated']
      if (written !== undefined) publishedAt = instant(written, Xml.place(at))
    },
    record: node => takeRecord(node, seen, take),
  })
  if (seen.size === 0) throw incomplete('UN', 'entry (INDIVIDUAL or ENTITY)')
  if (publishedAt === null && file.publishedAt === null) throw incomplete('UN', 'date (dateGenerated)')
  const title = 'United Nations Security Council Consolidated List'
  return { authority: 'UN', list: 'consolidated', title, publishedAt, warnings: [] }
}

function takeRecord(node: Tree.Node, seen: Set<string>, take: (entry: Entry) => void): void {
  const where = Xml.place(node.at)
  const id = Tree.text(node, 'DATAID')
  if (id === '') throw incomplete('UN', `DATAID in the entry at ${where}`)
  if (seen.has(id)) throw duplicateId(`DATAID ${id}`, where)
  seen.add(id)
  const isPerson = node.name === 'INDIVIDUAL'
  const names = namesOf(node, isPerson)
  if (names[0]?.kind !== 'primary') throw incomplete('UN', `name (FIRST_NAME) in the entry ${id}`)
  const remarks = NOTES.flatMap(path => Tree.texts(node, path)).join('\n')
  const listedOn = Tree.text(node, 'LISTED_ON')
  const party: Omit<Party, 'entry' | 'program' | 'listedAt'> = {
    type: isPerson ? 'person' : 'organisation',
    names,
    ...(remarks === '' ? {} : { remarks }),
    ...someOf('born', bornOf(node)),
    ...someOf('countries', Tree.texts(node, 'NATIONALITY/VALUE')),
  }
  takeListing(
    {
      entry: Tree.text(node, 'REFERENCE_NUMBER') || id,
      party,
      program: Tree.texts(node, 'UN_LIST_TYPE'),
      listedAt: listedOn === '' ? null : instant(listedOn, `${where}, LISTED_ON of ${id}`),
      wallets: [],
    },
    take,
  )
}

/** Where the list writes in words; no field for wallets exists. */
const NOTES = [
  ...['COMMENTS1', 'INDIVIDUAL_ALIAS/NOTE', 'INDIVIDUAL_ADDRESS/NOTE', 'INDIVIDUAL_DATE_OF_BIRTH/NOTE'],
  ...['INDIVIDUAL_DOCUMENT/NOTE', 'ENTITY_ALIAS/NOTE', 'ENTITY_ADDRESS/NOTE'],
]

function namesOf(node: Tree.Node, isPerson: boolean): PartyName[] {
  const parts = ['FIRST_NAME', 'SECOND_NAME', 'THIRD_NAME', 'FOURTH_NAME'].map(name => Tree.text(node, name))
  const primary = parts.filter(part => part !== '').join(' ')
  const names: PartyName[] = primary === '' ? [] : [{ text: primary, script: 'Latn', kind: 'primary', weak: false }]
  const original = Tree.text(node, 'NAME_ORIGINAL_SCRIPT')
  if (original !== '') names.push({ text: original, script: 'Zyyy', kind: 'aka', weak: false })
  for (const alias of Tree.childrenOf(node, isPerson ? 'INDIVIDUAL_ALIAS' : 'ENTITY_ALIAS')) {
    const quality = Tree.text(alias, 'QUALITY')
    const kind = /^f\.?k\.?a/i.test(quality) ? 'fka' : 'aka'
    // One element may hold several names, parted by semicolons.
    for (const text of Tree.text(alias, 'ALIAS_NAME').split(/;\s*/)) {
      if (text !== '') names.push({ text, script: 'Zyyy', kind, weak: /^low$/i.test(quality) })
    }
  }
  return names
}

function bornOf(node: Tree.Node): string[] {
  const of = (name: string) => Tree.texts(node, `INDIVIDUAL_DATE_OF_BIRTH/${name}`)
  return [...of('DATE'), ...of('YEAR')]
}

/** A field of a party that is left out where the source says nothing. */
export function someOf<K extends string>(name: K, values: readonly string[]): { [key in K]?: readonly string[] } {
  return values.length === 0 ? {} : ({ [name]: values } as { [key in K]: readonly string[] })
}
