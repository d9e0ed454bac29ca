import type { Row } from '../app/table.ts'

/** Options that every command has. */
export const OPTIONS = [
  { flags: '--json', says: 'one JSON document on stdout' },
  { flags: '--jsonl', says: 'one JSON document a line, for long lists' },
  { flags: '--data DIR', says: 'the data directory (else ATHAR_DATA, else the XDG data home)' },
  { flags: '--quiet', says: 'no progress and no notes' },
] as const

/** `athar` alone: what it is, and the four commands that most people start with. */
export function short(): string {
  return `Athar finds, traces and documents crypto fundraising for sanctioned terrorist groups, so that it can be
stopped.

Start here:
  athar demo                      the sample investigation, end to end (synthetic data)
  athar serve                     the workbench in your browser
  athar mention find post.txt     addresses and other identifiers in a file
  athar screen ADDRESS            is it listed, and what does it touch?

All commands: athar --help    One command: athar COMMAND --help
`
}

/** `athar --help`. */
export function full(rows: readonly Row[]): string {
  return `Usage: athar COMMAND [options]

${list(rows)}

Options of every command:
${OPTIONS.map(({ flags, says }) => `  ${flags.padEnd(14)} ${says}`).join('\n')}

Results go to stdout, progress and notes to stderr. Exit codes: 0 done, 1 done and the answer is "no" or something was
found invalid, 2 wrong usage, 3 bad or missing input, 4 a source does not answer, 5 a limit was hit, 70 a defect of
Athar's, 130 stopped.

Examples for each command: athar COMMAND --help
`
}

/** `athar ledger --help`. */
export function group(name: string, rows: readonly Row[]): string {
  const own = rows.filter(row => row.name.startsWith(`${name} `))
  return `Usage: athar ${name} COMMAND [options]\n\n${list(own)}\n\nExamples: athar ${own[0]!.name} --help\n`
}

function list(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(row => row.name.length))
  const lines = rows.map(row => `  ${row.name.padEnd(width + 2)} ${row.summary}`)
  return `Commands:\n${lines.join('\n')}`
}
