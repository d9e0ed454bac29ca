import type { ScreenResult } from '../answer.ts'
import { quoted } from './csv.ts'

/** What a table of screenings is sorted by. */
export type Column = 'address' | 'status' | 'listed' | 'exposure'

/** The gravest first. */
const GRAVITY: readonly ScreenResult['status'][] = [
  ...(['listed', 'direct', 'indirect', 'expired', 'formerly-listed'] as const),
  ...(['not-checked', 'no-finding', 'invalid'] as const),
]

/** Where a row stands in that order; what is equal is sorted by its address. */
export function worth(row: ScreenResult, by: Column): number {
  if (by === 'status') return GRAVITY.indexOf(row.status)
  if (by === 'listed') return -row.designations.length
  return by === 'exposure' ? -row.exposure.length : 0
}

/** The rows as CSV, with what was checked for each; a last row says how many the filters of the table left out. */
export function toCsv(rows: readonly ScreenResult[], hidden = 0): string {
  const head = ['address', 'network', 'status', 'listed_by', 'entity', 'exposure', 'transactions_read', 'lists']
  const lines = rows.map(({ address, network, status, designations, exposure, coverage }) => [
    ...[address, network ?? '', status],
    ...[designations.map(one => one.authority).join('; '), designations.map(one => one.entity).join('; ')],
    [...new Set(exposure.map(one => `${one.category} ${one.relation} ${one.direction}`))].join('; '),
    coverage?.transactionsRead == null ? 'not read' : String(coverage.transactionsRead),
    coverage === null ? '' : coverage.lists.map(one => `${one.authority} ${one.version}`).join('; '),
  ])
  const left = hidden === 0 ? [] : [['', '', 'left out', '', `${hidden} rows: hidden by the filters of the table`]]
  return [head, ...lines, ...left.map(row => [...row, '', '', ''])]
    .map(fields => `${fields.map(quoted).join(',')}\r\n`)
    .join('')
}
