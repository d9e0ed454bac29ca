import { Failure } from '../std/failure.ts'
import { nearest } from './input.ts'
import { planned, type Row, table } from './table.ts'

/** The row of the table with this name. Failures: Operation.Unknown, Operation.NotInThisVersion. */
export function find(name: string, rows: readonly Row[] = table): Row {
  const row = rows.find(one => one.name === name)
  if (row !== undefined) return row
  throw planned.includes(name) ? notInThisVersion(name) : unknown(name, rows)
}

function unknown(name: string, rows: readonly Row[]): Failure {
  const names = rows.map(row => row.name)
  const close = nearest(name, names)
  return new Failure('Operation.Unknown', 'usage', `There is no command "${name.slice(0, 80)}".`, {
    hint: close === undefined ? 'Run `athar --help` for the list.' : `Did you mean \`athar ${close}\`?`,
    facts: { name: name.slice(0, 80) },
  })
}

export function notInThisVersion(name: string): Failure {
  return new Failure('Operation.NotInThisVersion', 'usage', `\`athar ${name}\` is not in this version.`, {
    hint: 'Run `athar --help` for what is; CHANGELOG.md tells what came when.',
    facts: { name },
  })
}
