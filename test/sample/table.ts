import type { Context, Operation } from '../../src/app/operation.ts'
import type { Row } from '../../src/app/table.ts'
import { Failure } from '../../src/std/failure.ts'

/** Operations for tests of the faces: one of each kind, and some that misbehave. */

const echo: Operation = {
  name: 'echo',
  summary: 'Answer with the input',
  access: 'read',
  fields: {
    words: { type: 'strings', says: 'Words', positional: true, required: true },
    count: { type: 'integer', says: 'A number', default: 1 },
    loud: { type: 'boolean', says: 'A switch' },
    color: { type: 'string', says: 'A choice', choices: ['red', 'green'] },
    file: { type: 'string', says: 'A file', path: true },
    sourceUrl: { type: 'string', says: 'A text with a long name' },
  },
  examples: [{ command: 'athar echo a b', says: 'answers a and b' }],
  run: (input: object) => input,
}

/** Writes for a long time without ever awaiting, stopping when it is told to. */
const count: Operation = {
  name: 'slow count',
  summary: 'Count up to a number, a unit a millisecond',
  access: 'write',
  fields: { to: { type: 'integer', says: 'Where to stop', positional: true, required: true } },
  examples: [{ command: 'athar slow count 5', says: 'counts to five' }],
  run: ({ to }: { to: number }, context: Context) => {
    const held = context.store.directory
    let done = 0
    while (done < to && !context.signal.aborted) {
      Atomics.wait(SLEEP, 0, 0, 1)
      context.progress({ done: ++done, total: to, unit: 'units' })
    }
    if (context.signal.aborted) throw new Failure('Sample.Stopped', 'cancelled', `Stopped at ${done}.`)
    return { done, held }
  },
}

const crash: Operation = {
  name: 'crash',
  summary: 'End the thread',
  access: 'write',
  fields: {},
  examples: [{ command: 'athar crash', says: 'ends' }],
  run: (_: object, context: Context) => {
    if (context.store.writable) process.exit(3)
  },
}

const broken: Operation = {
  name: 'broken',
  summary: 'Be wrong',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar broken', says: 'is wrong' }],
  run: () => {
    throw new TypeError('a defect with /secret/path in it')
  },
}

const refuse: Operation = {
  name: 'refuse',
  summary: 'Refuse the input',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar refuse', says: 'refuses' }],
  run: () => {
    throw new Failure('Sample.Refused', 'input', 'The value "x" is refused.', {
      hint: 'Send y.',
      facts: { value: 'x' },
    })
  },
}

export const table: readonly Row[] = [echo, count, crash, broken, refuse].map(operation => ({
  name: operation.name,
  summary: operation.summary,
  access: operation.access,
  load: async () => operation,
}))

/** For `openLane` and `startServer`. */
export const module: string = import.meta.url

const SLEEP = new Int32Array(new SharedArrayBuffer(4))
