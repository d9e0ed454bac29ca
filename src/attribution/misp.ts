import type { Instant } from '../model/instant.ts'
import * as Instants from '../model/instant.ts'
import type { Entry, Heading } from './entry.ts'
import { badDate, duplicateId, type ImportFile, incomplete } from './importer.ts'
import * as Json from './json.ts'
import type { Source } from './read.ts'
import { fromSheet, numbered, type Sheet } from './sheet.ts'

/**
 * MISP events: `coin-address` and `btc-wallet` objects, and attributes of type `btc` or `xmr` that stand alone. Athar's
 * own events carry the whole entry in machine tags (`athar:field="value"`); of others a wallet becomes a label with
 * its comment, tags and event.
 */
export function readMisp(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const document = Json.readDocument(source, file.path)
  const events = eventsOf(document, file)
  const put = numbered(take)
  const seen = new Set<string>()
  let count = 0
  let latest: Instant | null = null
  for (const [index, event] of events.entries()) {
    const where = `event ${index + 1}`
    const date = Json.text(event['date'])
    const at = date === null ? null : Instants.parse(date)
    if (at === undefined) throw badDate(date!, where)
    if (at !== null) latest = Math.max(latest ?? at, at)
    Json.objects(event['Object']).forEach((object, place) => {
      const spot = `${where}, object ${place + 1}`
      requireOnce(object, seen, spot)
      for (const entry of entriesOf(object, event, spot)) {
        put(entry)
        count++
      }
    })
    Json.objects(event['Attribute']).forEach((attribute, place) => {
      const type = Json.text(attribute['type'])
      if (type !== 'btc' && type !== 'xmr') return
      requireOnce(attribute, seen, `${where}, attribute ${place + 1}`)
      const entry = labelOf(attribute, [attribute], event, type.toUpperCase())
      if (entry === null) throw incomplete('MISP', `value in ${where}, attribute ${place + 1}`)
      put(entry)
      count++
    })
  }
  if (count === 0) throw incomplete('MISP', 'wallet (coin-address, btc-wallet, or an attribute of type btc)')
  const [first] = events
  const organisation = Json.isObject(first!['Orgc']) ? Json.text(first!['Orgc']['name']) : null
  const title = Json.text(first!['info'])
  return { authority: organisation, list: listOf(first!) ?? file.stem, title, publishedAt: latest, warnings: [] }
}

/** `{"Event": …}`, `{"response": [{"Event": …}]}` or a list of either. */
function eventsOf(document: unknown, file: ImportFile): Json.Fields[] {
  const outer = Json.isObject(document) && 'response' in document ? document['response'] : document
  const events = Json.objects(outer).flatMap(one => (Json.isObject(one['Event']) ? [one['Event']] : []))
  if (events.length === 0) throw incomplete('MISP', `Event at the top of ${file.stem}`)
  return events
}

function requireOnce(fields: Json.Fields, seen: Set<string>, where: string): void {
  const uuid = Json.text(fields['uuid'])
  if (uuid === null) return
  if (seen.has(uuid)) throw duplicateId(`uuid ${uuid}`, where)
  seen.add(uuid)
}

function entriesOf(object: Json.Fields, event: Json.Fields, where: string): Entry[] {
  const attributes = Json.objects(object['Attribute'])
  const sheet = sheetOf(attributes)
  if (sheet !== null) return [fromSheet(sheet, where)].filter(entry => entry !== null)
  const name = Json.text(object['name'])
  if (name !== 'coin-address' && name !== 'btc-wallet') return []
  const symbol = name === 'btc-wallet' ? 'BTC' : fieldOf(attributes, ['symbol'])
  return attributes.flatMap(attribute => {
    const relation = Json.text(attribute['object_relation']) ?? ''
    if (!ADDRESSES.has(relation)) return []
    const asset = symbol ?? ADDRESSES.get(relation) ?? null
    const entry = labelOf(attribute, attributes, event, asset)
    return entry === null ? [] : [entry]
  })
}

const ADDRESSES = new Map<string, string | null>([
  ['address', 'BTC'],
  ['address-xmr', 'XMR'],
  ['address-crypto', null],
  ['wallet-address', 'BTC'],
])

function fieldOf(attributes: readonly Json.Fields[], relations: readonly string[]): string | null {
  const found = attributes.find(one => relations.includes(Json.text(one['object_relation']) ?? ''))
  return found === undefined ? null : Json.text(found['value'])
}

function labelOf(
  attribute: Json.Fields,
  beside: readonly Json.Fields[],
  event: Json.Fields,
  symbol: string | null,
): Entry | null {
  const raw = Json.text(attribute['value'])
  if (raw === null) return null
  const info = Json.text(event['info'])
  const words = [Json.text(attribute['comment']), fieldOf(beside, ['text'])].filter(text => text !== null)
  const tags = [...tagsOf(attribute), ...tagsOf(event)]
  const seconds = Number(Json.text(attribute['timestamp']) ?? Number.NaN)
  const sheet: Record<string, readonly string[]> = {
    ...{ kind: ['tag'], address: [raw], entity: [words[0] ?? info ?? 'wallet'], tag_type: ['mention'] },
    ...{ concept: conceptsOf(tags), source: [sourceOf(event)], confidence: ['unknown'] },
    ...(symbol === null ? {} : { currency: [symbol] }),
    ...(Number.isSafeInteger(seconds) && seconds > 0 ? { lastmod: [Instants.formatDay(seconds)] } : {}),
  }
  const context = [...words.slice(1), info, ...tags].filter(text => text !== null).join('\n')
  if (context !== '') sheet['context'] = [context.slice(0, 4000)]
  return fromSheet(sheet, 'a MISP event')
}

function tagsOf(fields: Json.Fields): string[] {
  return Json.objects(fields['Tag']).flatMap(tag => Json.text(tag['name']) ?? [])
}

/** Concepts that tags name outright; anything else stays in the context. */
function conceptsOf(tags: readonly string[]): string[] {
  const found = tags.flatMap(tag => /^(?:athar|graphsense):concept="([a-z_]{1,60})"$/.exec(tag)?.[1] ?? [])
  return tags.some(tag => /terroris/i.test(tag)) ? [...found, 'terrorism'] : found
}

function sourceOf(event: Json.Fields): string {
  return `MISP event ${Json.text(event['uuid']) ?? Json.text(event['info']) ?? ''}`.trim()
}

/** Machine tags of Athar's own: what the writer of events puts on the first attribute of an object. */
function sheetOf(attributes: readonly Json.Fields[]): Sheet | null {
  const sheet = Object.create(null) as Record<string, string[]>
  for (const tag of attributes.flatMap(tagsOf)) {
    const match = MACHINE_TAG.exec(tag)
    if (match !== null) sheet[match[1]!] = [...(sheet[match[1]!] ?? []), decodeTag(match[2]!)]
  }
  return sheet['kind'] === undefined ? null : sheet
}

const MACHINE_TAG = /^athar:([a-z_]{1,40})="([^"]*)"$/s

/** A machine tag's value may hold no quotation mark: that, the percent sign and line ends are percent-encoded. */
export function encodeTag(text: string): string {
  return text.replace(/["%\n\r]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

function decodeTag(text: string): string {
  return text.replace(/%(22|25|0A|0D)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function listOf(event: Json.Fields): string | null {
  const found = tagsOf(event).flatMap(tag => /^athar:list="([^"]*)"$/.exec(tag)?.[1] ?? [])[0]
  return found === undefined ? null : decodeTag(found)
}
