import type { Instant } from '../model/instant.ts'
import type { Entry, Heading, Party, PartyName } from './entry.ts'
import { duplicateId, type ImportFile, incomplete } from './importer.ts'
import { takeListing } from './listing.ts'
import type { Source } from './read.ts'
import * as Tree from './tree.ts'
import { readUkCsv } from './uk-csv.ts'
import { slashedDay, typeOf } from './uk-word.ts'
import { someOf } from './un.ts'
import * as Xml from './xml.ts'

/** The UK Sanctions List, as XML or as CSV. */
export function readUk(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const pieces = source.pieces()
  let head = ''
  for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
    head += next.value
    if (head.trim() !== '') break
  }
  function* again(): Generator<string> {
    yield head
    yield* pieces
  }
  const whole = { ...source, pieces: again }
  return /^\s*</.test(head.replace(/^\uFEFF/, '')) ? readXml(whole, file, take) : readUkCsv(whole, file, take)
}

/**
 * FCDO's XML. Days are written dd/mm/yyyy; the spelling of name types varies; wallets stand in
 * the free text of `OtherInformation` and the statement of reasons.
 */
function readXml(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const seen = new Set<string>()
  let publishedAt: Instant | null = null
  Tree.readRecords(source, 'Designations', {
    records: ['Designation'],
    outside(name, text, at) {
      if (name === 'DateGenerated') publishedAt = slashedDay(text, Xml.place(at))
    },
    record: node => takeRecord(node, seen, take),
  })
  if (seen.size === 0) throw incomplete('UK', 'Designation')
  if (publishedAt === null && file.publishedAt === null) throw incomplete('UK', 'date (DateGenerated)')
  return { authority: 'UK', list: 'UKSL', title: 'The UK Sanctions List', publishedAt, warnings: [] }
}

function takeRecord(node: Tree.Node, seen: Set<string>, take: (entry: Entry) => void): void {
  const where = Xml.place(node.at)
  const id = Tree.text(node, 'UniqueID')
  if (id === '') throw incomplete('UK', `UniqueID in the designation at ${where}`)
  if (seen.has(id)) throw duplicateId(`UniqueID ${id}`, where)
  seen.add(id)
  const names = namesOf(node)
  if (names.length === 0) throw incomplete('UK', `name in the designation ${id}`)
  const remarks = ['OtherInformation', 'UKStatementofReasons']
    .map(name => Tree.text(node, name))
    .filter(text => text !== '')
    .join('\n')
  const designated = Tree.text(node, 'DateDesignated')
  const person = 'IndividualDetails/Individual'
  const party: Omit<Party, 'entry' | 'program' | 'listedAt'> = {
    type: typeOf(Tree.text(node, 'IndividualEntityShip')),
    names,
    ...(remarks === '' ? {} : { remarks }),
    ...someOf('born', Tree.texts(node, `${person}/DOBs/DOB`)),
    ...someOf('countries', Tree.texts(node, `${person}/Nationalities/Nationality`)),
  }
  const listedAt = designated === '' ? null : slashedDay(designated, `${where}, DateDesignated of ${id}`)
  takeListing({ entry: id, party, program: Tree.texts(node, 'RegimeName'), listedAt, wallets: [] }, take)
}

function namesOf(node: Tree.Node): PartyName[] {
  const names: PartyName[] = []
  for (const name of Tree.all(node, 'Names/Name')) {
    // Name6 is the family name, Name1 to Name5 what stands before it.
    const parts = [1, 2, 3, 4, 5, 6].map(number => Tree.text(name, `Name${number}`)).filter(part => part !== '')
    if (parts.length === 0) continue
    const isPrimary = /^primary name$/i.test(Tree.text(name, 'NameType').trim())
    const first = isPrimary && !names.some(one => one.kind === 'primary')
    const weak = /low/i.test(Tree.text(name, 'AliasStrength'))
    names.push({ text: parts.join(' '), script: 'Latn', kind: first ? 'primary' : 'aka', weak })
  }
  for (const text of Tree.texts(node, 'NonLatinNames/NonLatinName/NameNonLatinScript')) {
    names.push({ text, script: 'Zyyy', kind: 'aka', weak: false })
  }
  return names
}
