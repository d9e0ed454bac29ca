import { type Config, read } from '../app/config.ts'
import { table } from '../app/table.ts'
import { VERSION } from '../app/version.ts'
import { Failure } from '../std/failure.ts'
import * as Command from './command.ts'
import { BUG, codeOf, OK } from './exit.ts'
import * as Help from './help.ts'
import { json } from './json.ts'
import type { Form } from './operate.ts'
import { visible } from './print.ts'
import { serveRow } from './serve-row.ts'
import { Gone, open, type Terminal } from './terminal.ts'

/** Runs one command line and gives the exit code. Never throws. */
export async function run(words: readonly string[]): Promise<number> {
  const asked = globals(words)
  const config = read(asked.data)
  const terminal = open(config.colorless, config.columns)
  try {
    return await answer(words, asked, config, terminal)
  } catch (cause) {
    return tellSafely(cause, asked, terminal)
  }
}

type Asked = Form & { readonly data: string | undefined }

/** The options of every command, read before the rest so that even a wrong command line fails in the asked form. */
function globals(words: readonly string[]): Asked {
  const end = words.indexOf('--')
  const head = end === -1 ? words : words.slice(0, end)
  const at = head.lastIndexOf('--data')
  const joined = head.findLast(word => word.startsWith('--data='))
  return {
    json: head.includes('--json'),
    jsonl: head.includes('--jsonl'),
    quiet: head.includes('--quiet'),
    data: joined?.slice('--data='.length) ?? (at === -1 ? undefined : head[at + 1]),
  }
}

async function answer(words: readonly string[], asked: Asked, config: Config, terminal: Terminal): Promise<number> {
  const rows = [...table, serveRow]
  const command = Command.parse(words[0] === 'help' ? [...words.slice(1), '--help'] : words, rows)
  if (command.kind === 'operation') {
    // Loaded here, so that `athar --help` reads neither the option parser nor the store.
    const { operate } = await import('./operate.ts')
    return operate(command.row, command.rest, { ...asked, config, terminal })
  }
  if (words.includes('--version') || words.includes('-V')) terminal.out(`${VERSION}\n`)
  else if (command.kind === 'group') terminal.out(Help.group(command.group, rows))
  else terminal.out(wantsHelp(words) ? Help.full(rows) : Help.short())
  return OK
}

function wantsHelp(words: readonly string[]): boolean {
  return words.includes('--help') || words.includes('-h') || words[0] === 'help'
}

function tellSafely(cause: unknown, asked: Asked, terminal: Terminal): number {
  try {
    return tell(cause, asked, terminal)
  } catch {
    // Nobody reads any more: the code is all that is left to say.
    return cause instanceof Failure ? codeOf(cause) : BUG
  }
}

function tell(cause: unknown, asked: Asked, terminal: Terminal): number {
  if (cause instanceof Gone) return OK
  const failure = cause instanceof Failure ? cause : null
  if (asked.json || asked.jsonl) terminal.out(`${json({ error: failure?.toJSON() ?? bugJson(cause) })}\n`)
  if (failure === null) {
    terminal.note(bugText(cause))
    return BUG
  }
  // A message quotes what was given: it must not move the cursor, nor begin a line that looks like ours.
  terminal.note(`athar: ${visible(failure.message).replaceAll('\n', '\\n')}\n`)
  if (failure.hint !== null) terminal.note(`hint: ${visible(failure.hint)}\n`)
  return codeOf(failure)
}

function bugJson(cause: unknown): object {
  const message = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return { name: 'Bug', kind: 'bug', message, hint: BUG_HINT, facts: {} }
}

function bugText(cause: unknown): string {
  const trace = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  return `athar: this is a defect of Athar ${VERSION}, not of your input.\n${trace}\nhint: ${BUG_HINT}\n`
}

const BUG_HINT =
  'Your data is as it was at the last commit. Please report the lines above, without case data (see SECURITY.md).'
