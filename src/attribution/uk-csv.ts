import type { Instant } from '../model/instant.ts'
import * as Csv from './csv.ts'
import type { Entry, Heading, PartyName } from './entry.ts'
import { badDate, day, type ImportFile, incomplete } from './importer.ts'
import { takeListing } from './listing.ts'
import { readWhole, type Source } from './read.ts'
import { slashedDay, typeOf } from './uk-word.ts'
import { someOf } from './un.ts'

/**
 * The UK Sanctions List as CSV: a line with the day of the report, a header, and a row for each name and address of a
 * designation, which its Unique ID holds together. Headings are taken in any case and punctuation.
 *
 * Source: gov.uk, “UK Sanctions List: change to the list's format”; programs that read UK-Sanctions-List.csv of
 * sanctionslist.fcdo.gov.uk. The file itself was not to be had.
 */
export function readUkCsv(source: Source, file: ImportFile, take: (entry: Entry) => void): Heading {
  const { published, table } = partsOf(readWhole(source))
  const publishedAt = published === null ? file.publishedAt : reportDay(published)
  if (publishedAt === null) throw incomplete('UK', 'date (Report Date)')
  const rows = Csv.rows(table, file.path, ['unique id', 'name 6', 'name type', 'regime name', 'date designated'])
  const designations = Map.groupBy(rows, row => row.get('unique id'))
  for (const [id, own] of designations) {
    if (id === '') throw incomplete('UK', `Unique ID in row ${own[0]!.line}`)
    takeDesignation(id, own, take)
  }
  if (designations.size === 0) throw incomplete('UK', 'designation')
  return { authority: 'UK', list: 'UKSL', title: 'The UK Sanctions List', publishedAt, warnings: [] }
}

/** Lines that may stand before the header. */
const PREAMBLE_MAX = 10

/** The day of the report, and the table with its headings in small letters and without punctuation. */
function partsOf(text: string): { published: string | null; table: string } {
  let published: string | null = null
  let at = 0
  for (let line = 0; line <= PREAMBLE_MAX; line++) {
    const end = text.indexOf('\n', at)
    const said = text.slice(at, end === -1 ? text.length : end).replace(/^\uFEFF|\r$/g, '')
    const headings = said.replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replaceAll(',', ' ')).split(',')
    const plain = headings.map(plainOf)
    if (plain.includes('unique id'))
      return { published, table: `${plain.join(',')}${end === -1 ? '' : text.slice(end)}` }
    published ??= /report date:?\s*"?,?\s*"?(\d{1,2}[-/ ]\w+[-/ ]\d{4})/i.exec(said)?.[1] ?? null
    if (end === -1) break
    at = end + 1
  }
  throw incomplete('UK', 'column “Unique ID”')
}

function plainOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 ]/g, '')
    .replace(/ +/g, ' ')
    .trim()
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `18-Aug-2026`, or with the month as a number. */
function reportDay(text: string): Instant {
  const [date, word, year] = text.split(/[-/ ]/) as [string, string, string]
  const named = MONTHS.indexOf(word.slice(0, 3).toLowerCase()) + 1
  if (named === 0 && !/^\d{1,2}$/.test(word)) throw badDate(text, 'Report Date')
  return day(year, named === 0 ? word : `${named}`, date, 'Report Date')
}

function takeDesignation(id: string, rows: readonly Csv.Row[], take: (entry: Entry) => void): void {
  const names = namesOf(rows)
  if (names.length === 0) throw incomplete('UK', `name in the designation ${id}`)
  const remarks = [...all(rows, 'other information'), ...all(rows, 'uk statement of reasons')].join('\n')
  const [type = ''] = [...all(rows, 'individual entity ship'), ...all(rows, 'designation type')]
  const days = all(rows, 'date designated').map(text => slashedDay(text, `Date Designated of ${id}`))
  const party = {
    ...{ type: typeOf(type), names },
    ...(remarks === '' ? {} : { remarks }),
    ...someOf('born', all(rows, 'dob')),
    ...someOf('countries', [...all(rows, 'nationalityies'), ...all(rows, 'nationality')]),
  }
  const listedAt = days.length === 0 ? null : Math.min(...days)
  takeListing({ entry: id, party, program: all(rows, 'regime name'), listedAt, wallets: [] }, take)
}

/** What the rows of one designation say in a column, each once. */
function all(rows: readonly Csv.Row[], column: string): string[] {
  return [...new Set(rows.map(row => row.get(column)))].filter(text => text !== '')
}

/** Names come once for each address: each is taken once, the first primary one as such. */
function namesOf(rows: readonly Csv.Row[]): PartyName[] {
  const names = new Map<string, PartyName>()
  for (const row of rows) {
    // Name 6 is the family name, Name 1 to 5 what stands before it.
    const parts = [1, 2, 3, 4, 5, 6].map(number => row.get(`name ${number}`)).filter(part => part !== '')
    const text = parts.join(' ')
    if (text !== '' && !names.has(text)) {
      const isFirst = [...names.values()].every(one => one.kind !== 'primary')
      const kind = isFirst && /^primary name$/i.test(row.get('name type')) ? 'primary' : 'aka'
      names.set(text, { text, script: 'Latn', kind, weak: /low/i.test(row.get('alias strength')) })
    }
    const other = row.get('name nonlatin script')
    if (other !== '' && !names.has(other)) names.set(other, { text: other, script: 'Zyyy', kind: 'aka', weak: false })
  }
  return [...names.values()]
}
