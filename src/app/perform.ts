import { Failure } from '../std/failure.ts'
import { type Door, openDoor } from './access.ts'
import { mark } from './audit.ts'
import type { Config } from './config.ts'
import { check, nearest } from './input.ts'
import type { Context, Operation } from './operation.ts'
import { fromSystem } from './system.ts'
import { planned, type Row, table } from './table.ts'

/** What surrounds one performance: who, where, when, and how to be told of progress or to stop. */
export type Setting = Pick<Config, 'directory' | 'user'> &
  Pick<Context, 'clock' | 'progress' | 'signal'> & {
    /** A door kept open over many operations; without it one is opened and closed. */
    readonly door?: Door
  }

/** Runs one operation by its name: input checked, store opened by its access, marked in the audit log. */
export async function perform(name: string, input: unknown, setting: Setting, rows = table): Promise<unknown> {
  const operation = await find(name, rows).load()
  return within(operation, input, setting, operation.run)
}

/** The same for `--jsonl`: hands each row to `each` as soon as it is found. */
export async function performRows(
  operation: Operation,
  input: unknown,
  setting: Setting,
  each: (row: unknown) => void,
): Promise<void> {
  const { stream } = operation
  await within(operation, input, setting, async (checked, context) => {
    if (stream !== undefined) {
      for await (const row of stream(checked, context)) each(row)
      return
    }
    for (const row of listOf(operation, await operation.run(checked, context))) each(row)
  })
}

/** The row of the table with this name. Failures: Operation.Unknown, Operation.NotInThisVersion. */
export function find(name: string, rows: readonly Row[] = table): Row {
  const row = rows.find(one => one.name === name)
  if (row !== undefined) return row
  throw planned.includes(name) ? notInThisVersion(name) : unknown(name, rows)
}

/** The list in an answer that is printed one a line: the named one, else the first that holds objects. */
export function listOf(operation: Operation, answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer
  if (typeof answer !== 'object' || answer === null) return [answer]
  if (operation.list !== undefined) return (answer as Record<string, unknown[]>)[operation.list] ?? []
  const lists = Object.values(answer).filter(Array.isArray)
  return lists.find(list => list.some(item => typeof item === 'object')) ?? lists[0] ?? [answer]
}

async function within<T>(
  operation: Operation,
  input: unknown,
  setting: Setting,
  work: (input: never, context: Context) => T | Promise<T>,
): Promise<T> {
  const checked = check(operation, input)
  const door = setting.door ?? openDoor(setting.directory)
  const { directory, user, clock } = setting
  const marked = mark({ directory, operation, input: checked, user, clock })
  try {
    marked.begun()
    const answer = await work(checked as never, contextOf(operation, setting, door))
    marked.done()
    return answer
  } catch (cause) {
    const told = cause instanceof Failure ? cause : fromSystem(cause)
    marked.failed(told?.name ?? 'Bug')
    throw told ?? cause
  } finally {
    if (setting.door === undefined) door.close()
    else door.release()
  }
}

/** The store is opened when it is first asked for: what stores nothing makes no data directory. */
function contextOf(operation: Operation, setting: Setting, door: Door): Context {
  const { clock, user, progress, signal } = setting
  return {
    get store() {
      return operation.access === 'read' ? door.reader() : door.writer()
    },
    clock,
    user,
    progress,
    signal,
  }
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
