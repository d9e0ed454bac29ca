import { assert } from '../std/assert.ts'
import { Failure } from '../std/failure.ts'
import { type Door, openDoor } from './access.ts'
import { mark } from './audit.ts'
import type { Config } from './config.ts'
import { find } from './find.ts'
import { check } from './input.ts'
import type { Context, Operation } from './operation.ts'
import { fromSystem } from './system.ts'
import { table } from './table.ts'

/** What surrounds one performance: who, where, when, and how to be told of progress or to stop. */
export type Setting = Pick<Config, 'directory' | 'user'> &
  Pick<Context, 'clock' | 'progress' | 'signal' | 'wait' | 'here'> & {
    /** A door kept open over many operations; without it one is opened and closed. */
    readonly door?: Door
    /** The user named the data directory: reading what is not there is a mistake, not an empty store. */
    readonly mustExist?: boolean
  }

/** Runs one operation by its name: input checked, store opened by its access, marked in the audit log. */
export async function perform(name: string, input: unknown, setting: Setting, rows = table): Promise<unknown> {
  const operation = await find(name, rows).load()
  return within(operation, input, setting, operation.run)
}

/** The same for an operation that streams: hands each row to `each` as soon as it is found. */
export async function performRows(
  operation: Operation,
  input: unknown,
  setting: Setting,
  each: (row: unknown) => void,
): Promise<void> {
  const { stream } = operation
  assert(stream !== undefined, `${operation.name} does not stream`)
  await within(operation, input, setting, async (checked, context) => {
    for await (const row of stream(checked, context)) each(row)
  })
}

/** The same for one that gives its answer as text: hands each piece over, and gives the verdict. */
export async function performDocument(
  operation: Operation,
  input: unknown,
  setting: Setting,
  each: (piece: string) => void,
): Promise<'ok' | 'no'> {
  const { document } = operation
  assert(document !== undefined, `${operation.name} gives no text`)
  return within(operation, input, setting, (checked, context) => {
    const pieces = document(checked, context)
    for (;;) {
      const { done, value } = pieces.next()
      if (done === true) return value
      each(value)
    }
  })
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
  const door = setting.door ?? openDoor(setting.directory, setting.mustExist)
  const { directory, user, clock } = setting
  const marked = mark({ directory, audit: door.audit, operation, input: checked, user, clock })
  try {
    marked.begun()
    const answer = await work(checked as never, contextOf(operation, setting, door))
    marked.done()
    return answer
  } catch (cause) {
    const told = cause instanceof Failure ? await inWords(cause) : fromSystem(cause)
    marked.failed(told?.name ?? 'Bug')
    throw told ?? cause
  } finally {
    if (setting.door === undefined) door.close()
    else door.release()
  }
}

/** Loaded where it is needed: commands that work do not wait for it. */
async function inWords(failure: Failure): Promise<Failure> {
  if (failure.name !== 'Address.Unknown') return failure
  const { explained } = await import('./unread-chain.ts')
  return explained(failure)
}

/** The store is opened when it is first asked for: what stores nothing makes no data directory. */
function contextOf(operation: Operation, setting: Setting, door: Door): Context {
  const { clock, user, progress, signal, wait, here } = setting
  return {
    get store() {
      return operation.access === 'read' ? door.reader() : door.writer()
    },
    release: door.release,
    directory: setting.directory,
    clock,
    user,
    progress,
    signal,
    ...(wait === undefined ? {} : { wait }),
    ...(here === undefined ? {} : { here }),
  }
}
