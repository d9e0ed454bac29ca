import * as Attribution from '../attribution/attribution.ts'

/**
 * Entries as CSV, one a row, with a byte order mark: spreadsheets need it to read Arabic. Several values of one field
 * are parted by `|`. A cell that a spreadsheet would run as a formula is led by an apostrophe, which `list add
 * addresses` takes off again.
 */
export function* toEntryCsv(packs: readonly Attribution.Pack[]): Generator<string> {
  const fields = Attribution.Sheet.FIELDS
  yield `\ufeff${['authority', 'list', 'version', ...fields].join(',')}\n`
  for (const { authority, list, version, entries } of packs) {
    const head = [authority, list, version].map(cell)
    for (const entry of entries) {
      const sheet = Attribution.Sheet.toSheet(entry)
      if (Object.keys(sheet).length === 0) continue
      const cells = fields.map(name => cell(Attribution.Sheet.joined(sheet[name] ?? [])))
      yield `${[...head, ...cells].join(',')}\n`
    }
  }
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text
  return /[",;\t\r\n#]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
