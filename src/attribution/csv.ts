import { parse } from 'csv-parse/sync'
import { Failure } from '../std/failure.ts'

/** Rows of a CSV text as records by its own header, each with its line; a damaged file is a Failure with the line. */
export type Row = { readonly line: number; readonly get: (column: string) => string }

export function rows(text: string, file: string, columns: readonly string[]): Row[] {
  const records = read(text, file)
  const header = (records[0] ?? []).map(name => name.trim().replace(/^\uFEFF/, ''))
  const missing = columns.filter(column => !header.includes(column))
  if (missing.length > 0) throw wrongColumns(file, missing, header)
  const at = new Map(header.map((name, index) => [name, index]))
  return records.slice(1).map((record, index) => ({
    line: index + 2,
    get: column => record[at.get(column) ?? -1]?.trim() ?? '',
  }))
}

/** The header alone, to tell formats apart. */
export function headerOf(text: string): string[] {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  return line.split(',').map(name => name.trim().replace(/^"|"$/g, ''))
}

function read(text: string, file: string): string[][] {
  try {
    return parse(text, { bom: true, skipEmptyLines: true, maxRecordSize: RECORD_CHARACTERS_MAX }) as string[][]
  } catch (cause) {
    const line = cause instanceof Error && 'lines' in cause && typeof cause.lines === 'number' ? cause.lines : null
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new Failure('List.Malformed', 'input', `${file} is no whole CSV: ${said.slice(0, 200)}`, {
      hint: 'Nothing was imported and the version before stays in force. Fetch the file again.',
      facts: { file, line },
      cause,
    })
  }
}

const RECORD_CHARACTERS_MAX = 2 ** 16

function wrongColumns(file: string, missing: readonly string[], header: readonly string[]): Failure {
  const message = `${file} has no column ${missing.map(name => `“${name}”`).join(', ')}.`
  const shown = header.slice(0, 30).map(name => name.slice(0, 60))
  return new Failure('List.WrongColumns', 'input', message, {
    hint: 'Check the format: `list add FORMAT FILE`; docs/methods/attribution.md has the columns of each.',
    facts: { file, missing: missing.slice(), header: shown },
  })
}
