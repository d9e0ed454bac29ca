import type { CaseAnswer } from './case-answer.ts'
import { quoted } from './csv.ts'

/** What an export of a case does not hold, and why: it stands in the export itself. */
export const LEFT_OUT = [
  { what: 'captures', why: 'named by their SHA-256 alone: their words and pictures stay in the data directory' },
  { what: 'runs', why: 'named by what was declared and the SHA-256 of the result: `athar report write` holds them' },
  { what: 'reports', why: 'named by their SHA-256: each is a file of its own, with its annexes' },
  { what: 'payers', why: 'addresses of those who paid are no evidence of the case and stay in the ledger' },
  { what: 'audit log', why: 'of the whole installation, not of a case: `athar audit list` shows it' },
] as const

/** The case as JSON: everything that `case show` gives, and what is left out. */
export function toJson(answer: CaseAnswer): string {
  return `${JSON.stringify({ format: 'athar-case', version: 1, ...answer, leftOut: LEFT_OUT }, null, 2)}\n`
}

/** The case as CSV (RFC 4180): one row for each thing that happened, in order of time; then what is left out. */
export function toCsv(answer: CaseAnswer): string {
  const { evidence, runs, notes, statuses, tasks, reports } = answer
  const rows: string[][] = [
    [answer.openedAt, 'opened', answer.name, '', answer.title, answer.openedBy],
    ...evidence.map(one => [one.at, `evidence: ${one.what}`, one.value, one.network ?? '', '', one.user]),
    ...runs.map(one => [one.declaredAt, 'run', one.operation, one.sha256 ?? 'no result kept', one.reason, '']),
    ...notes.map(one => [one.at, 'note', '', '', one.text, one.user]),
    ...statuses.map(one => [one.at, 'status', one.status, '', '', one.user]),
    ...tasks.map(one => [one.at, 'task', one.assignee ?? '', '', one.text, one.user]),
    ...tasks.flatMap(({ text, done }) => (done === null ? [] : [[done.at, 'task done', '', '', text, done.user]])),
    ...reports.map(one => [one.writtenAt, `report: ${one.format}`, one.sha256, one.language, '', one.writtenBy]),
  ]
  rows.sort((a, b) => (a[0]! < b[0]! ? -1 : a[0]! > b[0]! ? 1 : 0))
  const left = LEFT_OUT.map(({ what, why }) => ['', 'left out', what, '', why, ''])
  const head = ['time', 'kind', 'value', 'network_or_detail', 'text', 'by']
  return [head, ...rows, ...left].map(fields => `${fields.map(quoted).join(',')}\r\n`).join('')
}
