import { notInThisVersion } from '../app/find.ts'
import { nearest } from '../app/input.ts'
import { planned, type Row } from '../app/table.ts'
import { Failure } from '../std/failure.ts'

/** What the words of a command line name, before any option is understood. */
export type Command =
  | { readonly kind: 'operation'; readonly row: Row; readonly rest: readonly string[] }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'nothing' }

/**
 * Finds the operation that the words name: the longest name wins, options may stand before it.
 *
 * Failures: Operation.Unknown with the nearest name, Operation.NotInThisVersion.
 */
export function parse(words: readonly string[], rows: readonly Row[]): Command {
  const at = firstWord(words)
  const first = words[at]
  if (first === undefined) return { kind: 'nothing' }
  const second = words[at + 1]
  for (const [length, name] of [[2, `${first} ${second}`] as const, [1, first] as const]) {
    const row = rows.find(one => one.name === name)
    if (row !== undefined) return { kind: 'operation', row, rest: words.toSpliced(at, length) }
    if (planned.includes(name)) throw notInThisVersion(name)
  }
  const group = rows.some(row => row.name.startsWith(`${first} `))
  if (!group) throw unknown(first, second, rows)
  if (second === undefined || second.startsWith('-')) return { kind: 'group', group: first }
  throw unknown(first, second, rows)
}

/** The place of the first word that is neither a global option nor its value. */
function firstWord(words: readonly string[]): number {
  let at = 0
  while (at < words.length && words[at]!.startsWith('-')) at += words[at] === '--data' ? 2 : 1
  return at
}

function unknown(first: string, second: string | undefined, rows: readonly Row[]): Failure {
  const names = rows.map(row => row.name)
  const firsts = new Set(names.map(name => name.split(' ')[0]!))
  const isGroup = firsts.has(first)
  const said = (isGroup ? `${first} ${second ?? ''}` : first).slice(0, 80)
  const close = nearest(said, names) ?? nearest(`${first} ${second ?? ''}`, names) ?? nearest(first, firsts)
  const more = isGroup ? `\`athar ${first} --help\` lists its commands.` : '`athar --help` lists all commands.'
  return new Failure('Operation.Unknown', 'usage', `There is no command "${said}".`, {
    hint: close === undefined ? more : `Did you mean \`athar ${close}\`? ${more}`,
    facts: { command: said, nearest: close ?? null },
  })
}
