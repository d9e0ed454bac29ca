import { type Row, row } from '../row.ts'

/** The sample investigation: rows of the table of operations. */
export const rows: readonly Row[] = [
  row(
    'demo',
    'Run the sample investigation, end to end, on a generated world',
    'read',
    async () => (await import('./demo.ts')).demo,
  ),
]
