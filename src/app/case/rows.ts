import { type Row, row } from '../row.ts'

/** Cases and reports: rows of the table of operations. */
export const rows: readonly Row[] = [
  row('case open', 'Open a case', 'write', async () => (await import('./case.ts')).caseOpen),
  row(
    'case add',
    'Add evidence to a case, and run on it what the report will say, declared beforehand',
    'write',
    async () => (await import('./case.ts')).caseAdd,
  ),
  row(
    'case note',
    'Add a note to a case, or set its status',
    'write',
    async () => (await import('./case.ts')).caseNote,
  ),
  row(
    'case task',
    'Add a task to a case, or mark one as done',
    'write',
    async () => (await import('./work.ts')).caseTask,
  ),
  row('case assign', 'Say who leads a case', 'write', async () => (await import('./work.ts')).caseAssign),
  row(
    'case related',
    'List other cases that share addresses, campaigns or captures with a case',
    'read',
    async () => (await import('./related.ts')).caseRelated,
  ),
  row(
    'case show',
    'Show a case: evidence, runs, notes, reports and the record',
    'read',
    async () => (await import('./case.ts')).caseShow,
  ),
  row(
    'case list',
    'List the cases with the reports that were written on them',
    'read',
    async () => (await import('./case.ts')).caseList,
  ),
  row('case close', 'Close a case with its outcome', 'write', async () => (await import('./case.ts')).caseClose),
  row(
    'report write',
    'Write the report of a case, each figure with its evidence',
    'write',
    async () => (await import('./report.ts')).reportWrite,
  ),
]
