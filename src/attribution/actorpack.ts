import { Failure } from '../std/failure.ts'
import { toCategory } from './concept.ts'
import type { Actor, Entry, Heading } from './entry.ts'
import { type ImportFile, incomplete } from './importer.ts'
import { readWhole, type Source } from './read.ts'
import { dateOf } from './tagpack.ts'
import * as Yaml from './yaml.ts'

/** GraphSense actor packs: the names, kinds and jurisdictions behind the `actor` ids of tags. */
export function readActorpack(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const pack = Yaml.read(readWhole(source), file.path)
  const actors = pack['actors']
  if (!Array.isArray(actors) || actors.length === 0) throw incomplete('actor pack', 'actors')
  const seen = new Set<string>()
  actors.forEach((item: unknown, index) => {
    const fields = { ...pack, ...(item as object) } as Readonly<Record<string, unknown>>
    const id = Yaml.text(fields['id'])
    if (id === null) throw incomplete('actor pack', `id in actor ${index + 1}`)
    if (seen.has(id)) throw repeated(id, index + 1)
    seen.add(id)
    take({ kind: 'actor', key: id, address: null, networks: [], content: toActor(id, fields) })
  })
  return {
    authority: Yaml.text(pack['creator']),
    list: file.stem,
    title: Yaml.text(pack['title']),
    publishedAt: dateOf(pack['lastmod'], 'the header'),
    warnings: [],
  }
}

function toActor(id: string, fields: Readonly<Record<string, unknown>>): Actor {
  const concepts = Yaml.texts(fields['categories'])
  const context = fields['context']
  const inner = (typeof context === 'object' && context !== null ? context : {}) as Readonly<Record<string, unknown>>
  return {
    id,
    label: Yaml.text(fields['label']) ?? id,
    uri: Yaml.text(fields['uri']),
    category: toCategory(concepts),
    concepts,
    jurisdictions: Yaml.texts(fields['jurisdictions']),
    aliases: Yaml.texts(fields['aliases']),
    legalName: Yaml.text(inner['legal_name']),
  }
}

function repeated(id: string, at: number): Failure {
  return new Failure('List.DuplicateId', 'input', `The actor ${id} stands twice; the second time as actor ${at}.`, {
    hint: 'Which of the two holds cannot be told. Nothing was imported; correct the pack.',
    facts: { id, at },
  })
}
