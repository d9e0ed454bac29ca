import type { Instant } from '../model/instant.ts'
import type { Entry, Heading } from './entry.ts'
import { duplicateId, type ImportFile, incomplete, instant } from './importer.ts'
import * as Json from './json.ts'
import type { Source } from './read.ts'
import { fromSheet, numbered, type Sheet } from './sheet.ts'
import { fromLevel } from './stix-level.ts'

/**
 * STIX 2.1 bundles. A wallet is a `cryptocurrency-wallet` (the two dialects in use name the address `value` or
 * `address`), or stands in the pattern of an indicator. Athar's own bundles carry each entry whole in an
 * extension; of others a wallet becomes a label with what stands around it: holder, notes, references, confidence.
 */
export function readStix(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const bundle = Json.object(Json.readDocument(source, file.path), file.path, 'the top')
  if (bundle['type'] !== 'bundle') throw incomplete('STIX', 'bundle at its top (“type”: “bundle”)')
  const objects = read(bundle, file)
  const put = numbered(take)
  const own = new Set<string>()
  let count = 0
  for (const { fields, where } of objects.all) {
    const sheet = sheetOf(fields)
    const entry = sheet === null ? null : fromSheet(sheet, where)
    if (entry === null) continue
    put(entry)
    count++
    if (entry.address !== null) own.add(entry.address)
  }
  for (const wallet of [...objects.ofType('cryptocurrency-wallet'), ...objects.ofType('indicator')]) {
    for (const raw of addressesOf(wallet.fields)) {
      if (own.has(raw)) continue
      const entry = tagOf(wallet, raw, objects)
      if (entry === null) continue
      put(entry)
      count++
    }
  }
  if (count === 0) throw incomplete('STIX', 'wallet (cryptocurrency-wallet, or a pattern of one)')
  const heading = headingOf(objects)
  return { ...heading, list: heading.list ?? file.stem, warnings: [] }
}

/** Athar's extension of any object that stands for an entry: the entry as named texts (docs/methods/attribution.md). */
export const EXTENSION = 'extension-definition--700840a8-802e-5443-8f25-406b0ee39a1a'

type Placed = { readonly id: string; readonly fields: Json.Fields; readonly where: string }

type Objects = {
  readonly byId: ReadonlyMap<string, Placed>
  readonly all: readonly Placed[]
  ofType(type: string): Placed[]
  readonly bundle: string
}

function read(bundle: Json.Fields, file: ImportFile): Objects {
  if (!Array.isArray(bundle['objects'])) throw incomplete('STIX', 'objects')
  const byId = new Map<string, Placed>()
  bundle['objects'].forEach((value: unknown, index) => {
    const where = `object ${index + 1}`
    const fields = Json.object(value, file.path, where)
    const id = Json.text(fields['id'])
    if (id === null || Json.text(fields['type']) === null) throw incomplete('STIX', `id or type in ${where}`)
    const held = byId.get(id)
    // The same object in two versions is STIX's own way to correct it: the later one stands.
    const [then, now] = [held?.fields['modified'], fields['modified']].map(Json.text)
    if (held !== undefined && (then === now || then === null || now === null)) throw duplicateId(id, where)
    if (held === undefined || now! > then!) byId.set(id, { id, fields, where })
  })
  const all = [...byId.values()].filter(({ fields }) => fields['revoked'] !== true)
  return {
    ...{ byId, all, bundle: Json.text(bundle['id']) ?? '' },
    ofType: type => all.filter(({ fields }) => fields['type'] === type),
  }
}

function sheetOf(fields: Json.Fields): Sheet | null {
  const extensions = fields['extensions']
  const own = Json.isObject(extensions) ? extensions[EXTENSION] : undefined
  if (!Json.isObject(own)) return null
  return Object.fromEntries(Object.entries(own).map(([name, value]) => [name, listOf(value)]))
}

function listOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter(item => typeof item === 'string')
}

/** The address of a wallet, or those that an indicator's pattern compares a wallet with. */
function addressesOf(fields: Json.Fields): string[] {
  if (fields['type'] !== 'indicator') return Json.texts(fields['value'] ?? fields['address'])
  const pattern = Json.text(fields['pattern']) ?? ''
  return [...pattern.matchAll(PATTERN)].map(match => match[1]!)
}

const PATTERN = /cryptocurrency-wallet:(?:value|address)\s*=\s*'([^'\\]{1,200})'/g

function tagOf({ id, fields }: Placed, raw: string, objects: Objects): Entry | null {
  const holder = objects.byId.get(Json.text(fields['holder_ref'] ?? fields['exchange_ref']) ?? '')?.fields
  const related = objects.ofType('relationship').flatMap(({ fields: link }): Json.Fields[] => {
    const [from, to] = [Json.text(link['source_ref']), Json.text(link['target_ref'])]
    const other = from === id ? to : to === id ? from : null
    const party = other === null ? undefined : objects.byId.get(other)
    return party === undefined ? [] : [party.fields]
  })
  const notes = objects.ofType('note').filter(one => Json.texts(one.fields['object_refs']).includes(id))
  const about = [fields, ...notes.map(note => note.fields)]
  const parties = holder === undefined ? related : [holder, ...related]
  const named = parties.flatMap(one => Json.text(one['name']) ?? [])
  const words = about.flatMap(one => [Json.text(one['name']), Json.text(one['description'] ?? one['content'])])
  const levels = about.flatMap(one => (typeof one['confidence'] === 'number' ? [one['confidence']] : []))
  const links = about.flatMap(one => Json.objects(one['external_references']))
  const source = links.flatMap(link => Json.text(link['url'] ?? link['source_name']) ?? [])[0]
  const modified = about.flatMap(one => Json.text(one['modified']) ?? []).sort()
  const labels = about.flatMap(one => [...Json.texts(one['labels']), ...Json.texts(one['indicator_types'])])
  const sheet: Record<string, readonly string[]> = {
    ...{ kind: ['tag'], address: [raw], entity: [named[0] ?? Json.text(fields['name']) ?? 'wallet'] },
    ...{ concept: labels, confidence: [fromLevel(levels.length === 0 ? null : Math.max(...levels))] },
    ...{ source: [source ?? (objects.bundle || id)], tag_type: [holder === undefined ? 'mention' : 'actor'] },
  }
  const context = words.filter(word => word !== null && word !== named[0]).join('\n')
  if (context !== '') sheet['context'] = [context.slice(0, 4000)]
  if (modified.length > 0) sheet['lastmod'] = [modified.at(-1)!]
  return fromSheet(sheet, id)
}

function headingOf(objects: Objects): Omit<Heading, 'list' | 'warnings'> & { readonly list: string | null } {
  const report = [...objects.ofType('report'), ...objects.ofType('grouping')][0]
  const maker = objects.byId.get(Json.text(report?.fields['created_by_ref']) ?? '') ?? objects.ofType('identity')[0]
  const dates = [...objects.byId.values()].flatMap(({ fields, where }): Instant[] => {
    const written = Json.text(fields['published'] ?? fields['modified'] ?? fields['created'])
    return written === null || fields['type'] === 'extension-definition' ? [] : [instant(written, where)]
  })
  const published = Json.text(report?.fields['published'])
  return {
    authority: Json.text(maker?.fields['name']),
    list: Json.text(Json.objects(report?.fields['external_references'])[0]?.['external_id']),
    title: Json.text(report?.fields['name']),
    publishedAt:
      published !== null ? instant(published, report!.where) : dates.length === 0 ? null : Math.max(...dates),
  }
}
