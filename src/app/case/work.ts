import * as CaseFile from '../../casefile/casefile.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { inWords } from './case.ts'

/** Work on a case: what is to be done, by whom, and who leads. All of it is a part of the record. */

const NAME = { type: 'string', says: 'The case', positional: true, required: true } as const

/** Characters of a user's name in a case. */
const USER_MAX = 80

type TaskInput = { readonly name: string; readonly text?: string; readonly assignee?: string; readonly done?: number }

export const caseTask: Operation = {
  name: 'case task',
  summary: 'Add a task to a case, or mark one as done',
  access: 'write',
  fields: {
    name: NAME,
    text: { type: 'string', says: 'What is to be done', positional: true },
    assignee: { type: 'string', says: 'Who does it' },
    done: { type: 'integer', says: 'Number of the task that is done, as `case show` gives it' },
  },
  examples: [
    { command: 'athar case task 2026-17 "Ask the exchange for the account" --assignee mona', says: 'a new task' },
    { command: 'athar case task 2026-17 --done 12', says: 'it is done' },
  ],
  run: ({ name, text, assignee, done }: TaskInput, { store, user, clock }: Context) => {
    if (text === undefined && done === undefined) throw nothing(name)
    if (text !== undefined) {
      const task = { kind: 'task', text, assignee: personOf(assignee) } as const
      CaseFile.add(store, name, task, user, clock())
    }
    if (done !== undefined) CaseFile.add(store, name, { kind: 'task-done', task: done }, user, clock())
    return inWords(CaseFile.read(store, name))
  },
}

export const caseAssign: Operation = {
  name: 'case assign',
  summary: 'Say who leads a case',
  access: 'write',
  fields: { name: NAME, to: { type: 'string', says: 'Who leads it from now on; left out: nobody' } },
  examples: [{ command: 'athar case assign 2026-17 --to mona', says: 'mona leads it' }],
  run: ({ name, to }: { name: string; to?: string }, { store, user, clock }: Context) =>
    inWords(CaseFile.add(store, name, { kind: 'assigned', to: personOf(to) }, user, clock())),
}

function personOf(text: string | undefined): string | null {
  const name = text?.trim().slice(0, USER_MAX) ?? ''
  return name === '' ? null : name
}

function nothing(name: string): Failure {
  return new Failure('Case.NothingToAdd', 'usage', `No task was named for "${name}".`, {
    hint: 'Give its text, or --done with the number of one that is open.',
    facts: { name },
  })
}
