import * as Instants from '../model/instant.ts'
import { Failure } from '../std/failure.ts'
import type { Entry, Heading, ListedAddress } from './entry.ts'
import { badDate, type ImportFile, incomplete } from './importer.ts'
import { identify } from './listed.ts'
import { lines, type Source } from './read.ts'
import { FIELDS, fromSheet, numbered, parted } from './sheet.ts'

/**
 * Plain address lists: one address a line, `#` starts a comment, blank lines are skipped. A first line that names a
 * column `address` makes it a CSV; further columns: network, entity, program, listed, expires, note. A file named like
 * `sanctioned_addresses_XBT.txt` lends its symbol to lines that name no network.
 */
export function readPlain(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const authority = file.authority ?? file.stem
  const fallback = /_([A-Z]{3,5})$/.exec(file.stem)?.[1] ?? null
  const times = new Map<string, number>()
  const put = numbered(take)
  const said = { authority: new Set<string>(), list: new Set<string>(), version: new Set<string>() }
  let columns: readonly string[] | null = null
  let count = 0
  let valid = 0
  for (const { text, line } of lines(source)) {
    const fields = split(line === 1 ? text.replace(/^\uFEFF/, '') : text, line)
    if (fields === null) continue
    if (columns === null && count === 0 && fields.some(field => field.toLowerCase() === 'address')) {
      columns = fields.map(field => field.toLowerCase())
      continue
    }
    const get = (name: string) => fieldOf(fields, columns, name)
    if (columns?.includes('kind') === true) {
      takeSheet(fields, columns, line, put)
      for (const name of ['authority', 'list', 'version'] as const) said[name].add(get(name) ?? '')
      valid++
      count++
      continue
    }
    if (takeLine(get, line, authority, fallback, times, take)) valid++
    count++
  }
  if (count === 0) throw incomplete('address', 'address')
  if (valid === 0) throw noAddress(file.path, count)
  const own = headingOf(said)
  if (own !== null) return own
  const warnings =
    file.authority === null ? [`Nobody vouches for this list (--authority): it is called ${authority}.`] : []
  return { authority, list: file.stem, title: null, publishedAt: null, warnings }
}

/** An export of one list names it in each row; one of several lists is a list under the file's own name. */
function headingOf(said: Readonly<Record<'authority' | 'list' | 'version', ReadonlySet<string>>>): Heading | null {
  const [authority, list, version] = [said.authority, said.list, said.version].map(values => [...values])
  if (authority!.length !== 1 || list!.length !== 1 || authority![0] === '' || list![0] === '') return null
  const publishedAt = version!.length === 1 ? (Instants.parse(version![0]!) ?? null) : null
  return { authority: authority![0]!, list: list![0]!, title: null, publishedAt, warnings: [] }
}

/** Without a header the first field is the address and the second, where there is one, its network or symbol. */
function fieldOf(fields: readonly string[], columns: readonly string[] | null, name: string): string | null {
  const at = columns === null ? ['address', 'network'].indexOf(name) : columns.indexOf(name)
  const value = fields[at]
  return value === undefined || value === '' ? null : value
}

/** A row of Athar's own export: `kind` says what it is, so that a label does not come back as a designation. */
function takeSheet(
  fields: readonly string[],
  columns: readonly string[],
  line: number,
  put: (entry: Entry) => void,
): void {
  const sheet: Record<string, readonly string[]> = {}
  for (const name of FIELDS) {
    const cell = (fields[columns.indexOf(name)] ?? '').replace(/^'(?=[=+\-@'])/, '')
    if (cell !== '') sheet[name] = parted(cell)
  }
  const entry = fromSheet(sheet, `line ${line}`)
  if (entry === null) throw incomplete('address', `kind that is known, with its fields, in line ${line}`)
  put(entry)
}

type Get = (name: string) => string | null

/** Whether the line holds an address that some codec accepts; a typing error is kept all the same. */
function takeLine(
  get: Get,
  line: number,
  authority: string,
  fallback: string | null,
  times: Map<string, number>,
  take: (entry: Entry) => void,
): boolean {
  const raw = get('address')
  if (raw === null) throw incomplete('address', `address in line ${line}`)
  const asset = get('network') ?? get('currency') ?? get('symbol') ?? fallback
  const listed = identify(raw, asset)
  const entity = get('entity') ?? get('name') ?? get('label') ?? authority
  const key = `${listed.address}/${asset ?? ''}/${entity}`
  const time = (times.get(key) ?? 0) + 1
  times.set(key, time)
  const note = get('note')
  const content: ListedAddress = {
    entry: listed.address,
    entity,
    program:
      get('program') === null
        ? []
        : get('program')!
            .split(/[;|]/)
            .map(part => part.trim()),
    listedAt: dayOf(get('listed'), line),
    expiresAt: dayOf(get('expires'), line),
    asset,
    raw,
    foreign: listed.foreign,
    flags: listed.flags,
    conflict: listed.conflict,
    probable: listed.probable,
    grade: 'stated',
    ...(note === null ? {} : { note }),
  }
  if (time === 1) take({ kind: 'address', key, address: listed.address, networks: listed.networks, content })
  // A chain that is not known here cannot tell its addresses from words; addresses have no blanks inside.
  return !listed.flags.includes('invalid') && !(listed.flags.includes('unchecked') && /\s/.test(raw))
}

function dayOf(text: string | null, line: number): Instants.Instant | null {
  if (text === null) return null
  const instant = Instants.parse(text)
  if (instant === undefined) throw badDate(text, `line ${line}`)
  return instant
}

/** Fields of a line, quotes taken off; null for blank lines and comments. */
function split(text: string, line: number): string[] | null {
  if (text.trim() === '' || text.trimStart().startsWith('#')) return null
  if (!text.includes('"')) return text.split(/[,;\t]/).map(field => field.trim())
  const fields: string[] = []
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^",;\t]*))\s*([,;\t]|$)/y
  while (pattern.lastIndex < text.length || fields.length === 0) {
    const match = pattern.exec(text)
    if (match === null) throw badQuote(line)
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim())
    if (match[3] === '') break
  }
  return fields
}

/** Prose, or a file of another format: one wrong line in a list is a typing error, all of them are not. */
function noAddress(file: string, lines: number): Failure {
  const message = `Not one of the ${lines} lines of ${file} holds an address.`
  return new Failure('List.OtherFormat', 'input', message, {
    hint: 'An address list has one address a line, or a column “address”. Check the format: `list add FORMAT FILE`.',
    facts: { file, lines },
  })
}

function badQuote(line: number): Failure {
  return new Failure('List.Malformed', 'input', `Line ${line} has a quotation mark that is never closed.`, {
    hint: 'Nothing was imported. Correct the line.',
    facts: { line },
  })
}
