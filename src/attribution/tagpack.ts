import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import { toCategory } from './concept.ts'
import type { Entry, Heading, Tag } from './entry.ts'
import * as FlatYaml from './flat-yaml.ts'
import { badDate, type ImportFile, incomplete } from './importer.ts'
import { identify } from './listed.ts'
import { readWhole, type Source } from './read.ts'
import * as Yaml from './yaml.ts'

/**
 * GraphSense tag packs. Any field of a tag may stand in the header instead and is then inherited by all tags; the old
 * `category` and `abuse` and the new `concepts` are read alike (tagpack_schema.yaml, graphsense-tagpack-tool).
 */
export function readTagpack(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const text = readWhole(source)
  const pack: Fields = FlatYaml.parse(text) ?? Yaml.read(text, file.path)
  const tags = pack['tags']
  if (!Array.isArray(tags) || tags.length === 0) throw incomplete('tag pack', 'tags')
  const warnings = new Set<string>()
  const times = new Map<string, number>()
  let latest = dateOf(pack['lastmod'], 'the header')
  tags.forEach((item: unknown, index) => {
    const where = `tag ${index + 1}`
    if (typeof item !== 'object' || item === null || Array.isArray(item)) throw notTag(file.path, where)
    const tag = { ...pack, ...(item as Readonly<Record<string, unknown>>) }
    latest = later(latest, dateOf(tag['lastmod'], where))
    takeTag(tag, where, times, warnings, take)
  })
  return {
    authority: Yaml.text(pack['creator']),
    list: file.stem,
    title: Yaml.text(pack['title']),
    publishedAt: latest,
    warnings: [...warnings].slice(0, WARNINGS_MAX),
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Warnings are a summary: past this many of one file more would not be read. */
const WARNINGS_MAX = 20

function takeTag(
  fields: Fields,
  where: string,
  times: Map<string, number>,
  warnings: Set<string>,
  take: (entry: Entry) => void,
): void {
  const raw = Yaml.text(fields['address'])
  if (raw === null) {
    if (Yaml.text(fields['tx_hash']) === null) throw incomplete('tag pack', `address in ${where}`)
    warnings.add('Tags on transactions are not read: they name no address.')
    return
  }
  const currency = Yaml.text(fields['currency'])
  const network = Yaml.text(fields['network'])
  const listed = identify(raw, network ?? currency)
  const tag = toTag(fields, raw, currency, network)
  const key = `${listed.address}/${network ?? currency ?? ''}/${tag.name}`
  const time = (times.get(key) ?? 0) + 1
  times.set(key, time)
  const { foreign, flags, conflict } = listed
  take({
    ...{ kind: 'tag' as const, key: time === 1 ? key : `${key}#${time}` },
    ...{ address: listed.address, networks: listed.networks, content: { ...tag, foreign, flags, conflict } },
  })
}

function toTag(fields: Fields, raw: string, currency: string | null, network: string | null) {
  const concepts = [
    ...Yaml.texts(fields['abuse']),
    ...Yaml.texts(fields['concepts']),
    ...Yaml.texts(fields['category']),
  ].map(concept => concept.toLowerCase())
  const actor = Yaml.text(fields['actor'])
  const context = fields['context']
  return {
    name: Yaml.text(fields['label']) ?? actor ?? Yaml.text(fields['title']) ?? 'unnamed',
    category: toCategory(concepts),
    concepts: [...new Set(concepts)],
    confidence: Yaml.text(fields['confidence']) ?? 'unknown',
    source: Yaml.text(fields['source']) ?? '',
    actor,
    currency,
    network,
    raw,
    clusterDefiner: /^true$/i.test(Yaml.text(fields['is_cluster_definer']) ?? ''),
    tagType: Yaml.text(fields['tag_type']),
    lastmod: Yaml.text(fields['lastmod']),
    context: typeof context === 'object' && context !== null ? JSON.stringify(context) : Yaml.text(context),
    role: concepts.includes('donation') ? 'donation' : null,
  } satisfies Omit<Tag, 'foreign' | 'flags' | 'conflict'>
}

/** `2023-08-16`, or with a time behind it that is written without a zone and is not used. */
export function dateOf(value: unknown, where: string): Instant | null {
  const written = Yaml.text(value)
  if (written === null) return null
  const instant = Instants.parse(written.slice(0, 10))
  if (instant === undefined) throw badDate(written, where)
  return instant
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}

function notTag(file: string, where: string): Failure {
  return new Failure('List.Malformed', 'input', `${where} of ${file} is no mapping of fields.`, {
    hint: 'Each tag is a mapping with an address and a label. Nothing of this file was imported.',
    facts: { file, where },
  })
}
