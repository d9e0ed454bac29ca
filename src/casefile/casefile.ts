/**
 * A case is an investigation as a fold over its events: what was added, what was declared before it was run, what the
 * run answered, notes, status. The events are the record; everything here is derived from them.
 */
import type { Instant } from '../model/instant.ts'
import type * as Canonical from '../std/canonical.ts'
import { Failure } from '../std/failure.ts'
import type { Store } from '../store/store.ts'
import { type Body, type Event, type EvidenceKind, firstBroken, next, type Status } from './event.ts'
import * as Table from './table.ts'

export type { Body, Event, EvidenceKind, Status } from './event.ts'
export { STATUSES } from './event.ts'

export type CaseFile = {
  readonly name: string
  readonly title: string
  readonly status: Status
  readonly openedAt: Instant
  readonly openedBy: string
  readonly evidence: readonly Evidence[]
  readonly runs: readonly Run[]
  readonly notes: readonly { readonly text: string; readonly user: string; readonly at: Instant }[]
  /** Each change of status in order; closing is one. */
  readonly statuses: readonly { readonly status: Status; readonly user: string; readonly at: Instant }[]
  readonly tasks: readonly Task[]
  /** Who leads it; null: nobody. */
  readonly assignee: string | null
  readonly outcome: string | null
  readonly reports: readonly WrittenReport[]
  readonly events: readonly Event[]
}

export type Evidence = {
  readonly what: EvidenceKind
  readonly value: string
  readonly network: string | null
  readonly user: string
  readonly at: Instant
}

/** A declared run and, once it answered, the digest of its answer. All runs are kept, also those that disappoint. */
export type Run = {
  readonly sequence: number
  readonly operation: string
  readonly input: Canonical.Json
  readonly reason: string
  readonly declaredAt: Instant
  readonly sha256: string | null
}

/** Something to be done, by its number in the case. */
export type Task = {
  readonly sequence: number
  readonly text: string
  readonly assignee: string | null
  readonly user: string
  readonly at: Instant
  readonly done: { readonly user: string; readonly at: Instant } | null
}

/** A report that was written of the case, filed by its digest. */
export type WrittenReport = {
  readonly format: string
  readonly language: string
  readonly sha256: string
  readonly user: string
  readonly at: Instant
}

/** A name of a case: what a file could be called, too. */
export const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,79}$/u

/** Most events of one case, and characters of one note. */
export const EVENTS_MAX = 100_000
export const NOTE_CHARACTERS_MAX = 20_000

/** Opens a case. Failures: Case.Name, Case.Exists. */
export function open(store: Store, name: string, title: string, user: string, at: Instant): CaseFile {
  if (!NAME.test(name)) throw badName(name)
  if (Table.eventsOf(store, name).length > 0) throw exists(name)
  Table.append(store, next(name, undefined, { kind: 'opened', title }, user, at))
  return read(store, name)
}

/** Adds one event and gives the case as it is then. Failures: Case.Missing, Case.Closed, Case.Altered, Case.TooLong. */
export function add(store: Store, name: string, body: Body, user: string, at: Instant): CaseFile {
  const events = load(store, name)
  const last = events.at(-1)!
  if (body.kind !== 'report' && fold(events).status === 'closed') throw closed(name)
  if (events.length >= EVENTS_MAX) throw tooLong(name, `${EVENTS_MAX} events`)
  if ((body.kind === 'note' || body.kind === 'task') && body.text.length > NOTE_CHARACTERS_MAX) {
    throw tooLong(name, `a ${body.kind} too long`)
  }
  if (body.kind === 'task-done') openTask(fold(events), body.task)
  const event = next(name, last, body, user, at)
  Table.append(store, event)
  return fold([...events, event])
}

/** Failures: Case.Missing, Case.Altered. */
export function read(store: Store, name: string): CaseFile {
  return fold(load(store, name))
}

/** Names of all cases, in order. */
export function names(store: Store): string[] {
  return Table.names(store)
}

/** What the events amount to. At least one, the first `opened`. */
export function fold(events: readonly Event[]): CaseFile {
  const first = events[0]!
  const of = <Kind extends Body['kind']>(kind: Kind) =>
    events.flatMap(event => (event.body.kind === kind ? [{ ...event, body: event.body as Of<Kind> }] : []))
  const results = new Map(of('result').map(({ body }) => [body.declared, body.sha256]))
  return {
    name: first.case,
    title: of('opened')[0]?.body.title ?? first.case,
    status: of('closed').length > 0 ? 'closed' : (of('status').at(-1)?.body.status ?? 'open'),
    openedAt: first.at,
    openedBy: first.user,
    evidence: of('evidence').map(({ body: { what, value, network }, user, at }) => ({
      what,
      value,
      network,
      user,
      at,
    })),
    runs: of('declared').map(({ body: { operation, input, reason }, sequence, at }) => ({
      ...{ sequence, operation, input, reason, declaredAt: at },
      sha256: results.get(sequence) ?? null,
    })),
    notes: of('note').map(({ body, user, at }) => ({ text: body.text, user, at })),
    ...happened(events),
    outcome: of('closed').at(-1)?.body.outcome ?? null,
    reports: of('report').map(({ body: { format, language, sha256 }, user, at }) => ({
      format,
      language,
      sha256,
      user,
      at,
    })),
    events,
  }
}

function happened(events: readonly Event[]): Pick<CaseFile, 'statuses' | 'tasks' | 'assignee'> {
  const statuses: CaseFile['statuses'][number][] = []
  const tasks = new Map<number, Task>()
  let assignee: string | null = null
  for (const { body, sequence, user, at } of events) {
    if (body.kind === 'status') statuses.push({ status: body.status, user, at })
    if (body.kind === 'closed') statuses.push({ status: 'closed', user, at })
    if (body.kind === 'assigned') assignee = body.to
    if (body.kind === 'task') {
      tasks.set(sequence, { sequence, text: body.text, assignee: body.assignee, user, at, done: null })
    }
    const task = body.kind === 'task-done' ? tasks.get(body.task) : undefined
    if (task !== undefined) tasks.set(task.sequence, { ...task, done: { user, at } })
  }
  return { statuses, tasks: [...tasks.values()], assignee }
}

type Of<Kind extends Body['kind']> = Extract<Body, { kind: Kind }>

function load(store: Store, name: string): Event[] {
  const events = Table.eventsOf(store, name)
  if (events.length === 0) throw missing(store, name)
  const broken = firstBroken(events)
  if (broken !== null) throw altered(name, broken)
  return events
}

function openTask({ name, tasks }: CaseFile, sequence: number): void {
  const open = tasks.filter(task => task.done === null)
  if (open.some(task => task.sequence === sequence)) return
  throw new Failure('Case.NoSuchTask', 'missing', `The case "${name}" has no open task ${sequence}.`, {
    hint:
      open.length === 0
        ? 'No task is open.'
        : `Open: ${open
            .slice(0, 20)
            .map(task => task.sequence)
            .join(', ')}.`,
    facts: { name, task: sequence },
  })
}

function badName(name: string): Failure {
  const shown = name.slice(0, 80)
  return new Failure('Case.Name', 'usage', `"${shown}" cannot name a case.`, {
    hint: 'Use up to 80 letters, digits, spaces, points, dashes or underscores, and begin with a letter or digit.',
    facts: { name: shown },
  })
}

function exists(name: string): Failure {
  return new Failure('Case.Exists', 'conflict', `There is a case "${name}" already.`, {
    hint: 'Show it with `athar case show`, or open one under another name.',
    facts: { name },
  })
}

function missing(store: Store, name: string): Failure {
  const known = Table.names(store)
  const hint =
    known.length === 0 ? 'No case is open yet: `athar case open NAME`.' : `Cases: ${known.slice(0, 20).join(', ')}.`
  return new Failure('Case.Missing', 'missing', `There is no case "${name.slice(0, 80)}".`, {
    hint,
    facts: { name: name.slice(0, 80) },
  })
}

function closed(name: string): Failure {
  return new Failure('Case.Closed', 'conflict', `The case "${name}" is closed.`, {
    hint: 'A closed case is not changed; open a new one that refers to it.',
    facts: { name },
  })
}

function tooLong(name: string, what: string): Failure {
  return new Failure('Case.TooLong', 'limit', `The case "${name}" would hold more than is allowed: ${what}.`, {
    hint: `At most ${EVENTS_MAX} events a case, ${NOTE_CHARACTERS_MAX} characters a note: file long texts as captures.`,
    facts: { name, eventsMax: EVENTS_MAX, noteCharactersMax: NOTE_CHARACTERS_MAX },
  })
}

function altered(name: string, sequence: number): Failure {
  return new Failure(
    'Case.Altered',
    'corrupt',
    `Event ${sequence} of the case "${name}" does not follow from those before.`,
    {
      hint: 'The database was changed from outside. Restore it from a backup; do not rely on this case until then.',
      facts: { name, sequence },
    },
  )
}
