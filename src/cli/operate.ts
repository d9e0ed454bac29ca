import type { Config } from '../app/config.ts'
import type { Operation } from '../app/operation.ts'
import { listOf } from '../app/perform.ts'
import type { Row } from '../app/table.ts'
import { elapsedMilliseconds } from '../std/clock.ts'
import { escapeHostile } from '../std/json-line.ts'
import { NO, OK } from './exit.ts'
import { json } from './json.ts'
import * as Option from './option.ts'
import { print, visible } from './print.ts'
import { createMeter, silent } from './progress.ts'
import { serveRow } from './serve-row.ts'
import type { Terminal } from './terminal.ts'
import { carryOut, carryOutDocument, carryOutRows } from './work.ts'

/** In which form the answer is wanted. */
export type Form = { readonly json: boolean; readonly jsonl: boolean; readonly quiet: boolean }

type Asked = Form & { readonly config: Config; readonly terminal: Terminal }

/** Runs the operation of a row, or `serve`, and gives the exit code. */
export async function operate(row: Row, rest: readonly string[], asked: Asked): Promise<number> {
  const { config, terminal } = asked
  const operation = await row.load()
  const parsed = Option.parse(operation, rest, terminal.columns)
  if (parsed.kind === 'help') {
    terminal.out(parsed.text)
    return OK
  }
  if (row.name === serveRow.name) return serve(parsed.input, config, terminal, asked.json)
  const meter = asked.quiet ? silent : createMeter(terminal)
  const work = { operation, input: parsed.input, config, meter }
  try {
    if (asked.jsonl && operation.stream !== undefined) {
      const rows = createRows(terminal)
      await carryOutRows(work, rows.add).finally(rows.flush)
      return OK
    }
    if (asked.json && operation.document !== undefined) {
      const verdict = await carryOutDocument(work, piece => {
        meter.clear()
        terminal.out(escapeHostile(piece))
      })
      terminal.out('\n')
      return verdict === 'no' ? NO : OK
    }
    const result = await carryOut(work)
    meter.clear()
    if (asked.jsonl) for (const row of listOf(operation, result)) terminal.out(`${json(row)}\n`)
    else terminal.out(asked.json ? `${json(result)}\n` : human(operation, result, terminal))
    if (serves(operation, parsed.input)) {
      const { data: directory } = result as { data: string }
      return serve({}, { ...config, directory }, terminal, asked.json)
    }
    return operation.verdict?.(result as never) === 'no' ? NO : OK
  } finally {
    meter.clear()
  }
}

/** Characters of rows that are written at once, and how long the first may wait. */
const ROWS_LENGTH = 65_536
const ROWS_MILLISECONDS = 100

/** Rows written together: a system call for each would cost more than finding them. */
function createRows(terminal: Terminal): { add(row: unknown): void; flush(): void } {
  let text = ''
  let since = elapsedMilliseconds()
  const flush = () => {
    if (text !== '') terminal.out(text)
    text = ''
    since = elapsedMilliseconds()
  }
  return {
    add(row) {
      if (row instanceof Uint8Array) {
        flush()
        terminal.bytes(row)
        return
      }
      text += `${json(row)}\n`
      if (text.length >= ROWS_LENGTH || elapsedMilliseconds() - since >= ROWS_MILLISECONDS) flush()
    },
    flush,
  }
}

/** `athar demo --serve` goes on to serve the data directory of the sample. */
function serves(operation: Operation, input: Readonly<Record<string, unknown>>): boolean {
  return operation.name === 'demo' && input['serve'] === true
}

function human(operation: Operation, result: unknown, terminal: Terminal): string {
  if (operation.print === undefined) return print(result, terminal.columns)
  const text = visible(operation.print(result as never, terminal))
  return text.endsWith('\n') ? text : `${text}\n`
}

async function serve(
  input: Record<string, unknown>,
  config: Config,
  terminal: Terminal,
  asJson: boolean,
): Promise<number> {
  const { serve: start } = await import('./serve.ts')
  await start(input, config, terminal, asJson)
  return OK
}
