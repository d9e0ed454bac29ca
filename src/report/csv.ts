import * as Canonical from '../std/canonical.ts'
import type { Document } from './document.ts'
import type { Figure } from './figure.ts'

/**
 * The figures as CSV, one a row, quoted as RFC 4180 says, with a byte order mark: spreadsheets need it to read Arabic.
 * A cell that a spreadsheet would run as a formula is led by an apostrophe.
 */
export function toCsv(document: Document): string {
  const rows = [COLUMNS.map(([name]) => name), ...document.figures.map(figure => COLUMNS.map(([, of]) => of(figure)))]
  return `\ufeff${rows.map(row => row.map(cell).join(',')).join('\n')}\n`
}

const COLUMNS: readonly (readonly [string, (figure: Figure) => string])[] = [
  ['figure', figure => figure.id],
  ['label', figure => figure.label],
  [
    'value',
    ({ value }) => (value.kind === 'count' ? String(value.count) : value.kind === 'time' ? value.at : value.value),
  ],
  ['unit', ({ value }) => (value.kind === 'amount' ? value.asset : value.kind === 'usd' ? 'USD' : value.kind)],
  ['smallest_units', ({ value }) => (value.kind === 'amount' ? value.units : '')],
  ['operation', figure => figure.operation],
  ['arguments', figure => Canonical.format(figure.arguments)],
  ['method', figure => figure.method.name],
  ['method_version', figure => figure.method.version],
  ['evidence', figure => figure.evidence.join(' ')],
  ['digest', figure => figure.digest],
]

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
