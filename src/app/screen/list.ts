import * as Attribution from '../../attribution/attribution.ts'
import { changedAnswers } from '../../exposure/exposure.ts'
import * as Instants from '../../model/instant.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { endOf, startOf } from '../when.ts'
import { contractsOf } from './list-conflicts.ts'

/** Lists and packs: importing a version, comparing two days, saying what is stale. */

type AddInput = {
  readonly format: string
  readonly file: string
  readonly authority?: string
  readonly published?: string
  readonly dryRun?: boolean
}

export const listAdd: Operation = {
  name: 'list add',
  summary: 'Import a sanctions list, seizure orders, a tag pack or a list of addresses as a version',
  access: 'write',
  fields: {
    format: {
      type: 'string',
      says: 'What the file is; auto: what it looks like',
      positional: true,
      required: true,
      choices: [...Attribution.formats.map(format => format.id), Attribution.AUTO],
    },
    file: {
      type: 'string',
      says: 'The file (.gz and .zst are unpacked); a folder for tagpack, actorpack (each file) and nbctf',
      positional: true,
      required: true,
      path: true,
    },
    authority: { type: 'string', says: 'Whose list it is, where the file does not say or says it otherwise' },
    published: { type: 'string', says: 'Publication date of this version; default: the date in the file' },
    dryRun: { type: 'boolean', says: 'Show what the import would change, and change nothing', default: false },
  },
  examples: [
    { command: 'athar list add ofac-advanced SDN_ADVANCED.XML', says: 'a new version of the OFAC list' },
    { command: 'athar list add nbctf orders/', says: 'addresses.csv with releases.csv beside it' },
    { command: 'athar list add tagpack packs/ --dry-run', says: 'what a folder of tag packs would bring' },
    {
      command: 'athar list add addresses frozen.txt --authority "Unit 7" --published 2026-11-01',
      says: 'one address a line, or a CSV with a column "address"',
    },
  ],
  list: 'files',
  verdict: (answer: { failed: readonly unknown[] }) => (answer.failed.length === 0 ? 'ok' : 'no'),
  run: (input: AddInput, context: Context) => add(input, context),
}

/**
 * One file: its own answer. A folder: each file is a transaction of its own, so the good ones are kept and the bad ones
 * are named; where none is good the first failure is thrown.
 */
function add(input: AddInput, context: Context): object {
  const format = Attribution.formatFrom(input.format, input.file)
  const publishedAt = input.published === undefined ? null : startOf('published', input.published)
  const knownAt = context.clock()
  if (input.authority !== undefined && !/^(?=.*[^ ])[^\p{C}]{1,200}$/u.test(input.authority)) {
    throw badAuthority(input.authority)
  }
  const paths = Attribution.filesOf(format, input.file)
  const files: Attribution.Added[] = []
  const failed: { path: string; error: object }[] = []
  const taken = new Set<string>()
  const contractAt = contractsOf(context.store)
  for (const path of paths) {
    const note = paths.length === 1 ? path : `${path} (${files.length + failed.length + 1} of ${paths.length})`
    try {
      files.push(
        Attribution.addVersion(context.store, {
          ...{ format, path, authority: input.authority ?? null, publishedAt, knownAt, by: context.user },
          ...{ rehearse: input.dryRun === true, watch: watch(context, note), taken, contractAt },
        }),
      )
    } catch (cause) {
      const alone = paths.length === 1 || context.signal.aborted
      if (alone || !(cause instanceof Failure)) throw cause
      failed.push({ path, error: cause.toJSON() })
    }
  }
  if (files.length === 0) throw nothingRead(input.file, failed)
  const dryRun = input.dryRun === true
  const isNew = !dryRun && files.some(file => !file.alreadyKnown)
  return { ...answer(files, failed, dryRun), screenings: isNew ? changedBy(context) : null }
}

/**
 * How many answers that were given before would now be given otherwise, by listings and labels alone: contacts take
 * minutes, and `screen review` compares them too.
 */
function changedBy({ store, clock }: Context): object {
  const { changes, answers } = changedAnswers(store, { now: clock(), contacts: false })
  return {
    ...{ compared: answers, changed: changes.length, untold: changes.filter(one => one.told === null).length },
    customers: [...new Set(changes.flatMap(one => one.customer ?? []))].slice(0, CONFLICTS_SHOWN),
    next: changes.length === 0 ? null : 'athar screen review --untold: which answers, and who received them.',
  }
}

function watch(context: Context, note: string): (bytes: number, total: number) => void {
  return (done, total) => {
    if (context.signal.aborted) throw cancelled()
    context.progress({ done, total, unit: 'bytes', note })
  }
}

const SUMMED = [
  ...(['entries', 'entities', 'names', 'addresses', 'added', 'removed', 'changed', 'unchanged'] as const),
  ...(['invalid', 'flagged', 'conflicts', 'inFreeText', 'labelConflicts'] as const),
]

/** Sums over all files at the top, each file below: with one file both say the same. */
function answer(files: readonly Attribution.Added[], failed: readonly object[], dryRun: boolean): object {
  const one = files.length === 1 ? files[0]! : null
  const sums = SUMMED.map(name => [name, files.reduce((sum, file) => sum + file[name], 0)] as const)
  const authorities = [...new Set(files.map(file => file.authority))]
  return {
    authority: authorities.length === 1 ? authorities[0] : authorities,
    format: files[0]!.format,
    version: one?.version ?? null,
    ...(one === null ? {} : inWords(one)),
    ...Object.fromEntries(sums),
    alreadyKnown: files.every(file => file.alreadyKnown),
    dryRun,
    warnings: [...new Set(files.flatMap(file => file.warnings))],
    conflicting: files.flatMap(file => file.conflicting).slice(0, CONFLICTS_SHOWN),
    files: files.map(({ conflicting: _, ...file }) => ({ ...file, ...inWords(file) })),
    failed,
  }
}

/** The first of them; `list conflicts` shows all. */
const CONFLICTS_SHOWN = 100

function inWords(file: Omit<Attribution.Added, 'conflicting'>): object {
  const { list, title, sha256, bytes, publishedBy, bySymbol } = file
  const published = Instants.format(file.published)
  return { list, title, published, publishedBy, knownAt: Instants.format(file.knownAt), sha256, bytes, bySymbol }
}

type DiffInput = { readonly authority: string; readonly from: string; readonly to: string; readonly knownAt?: string }

export const listDiff: Operation = {
  name: 'list diff',
  summary: 'Show which addresses an authority added, removed or changed between two days',
  access: 'read',
  fields: {
    authority: { type: 'string', says: 'Authority, as `list status` names it', positional: true, required: true },
    from: { type: 'string', says: 'First day (its end counts) or time', required: true },
    to: { type: 'string', says: 'Last day (its end counts) or time', required: true },
    knownAt: { type: 'string', says: 'As it was known then; default: now' },
  },
  examples: [
    { command: 'athar list diff OFAC --from 2025-01-01 --to 2025-12-31', says: 'what a year changed' },
    { command: 'athar list diff NBCTF --from 2026-01-01 --to 2028-02-01 --json', says: 'orders that lapse too' },
  ],
  list: 'added',
  run: (input: DiffInput, context: Context) => {
    const [from, to] = [endOf('from', input.from), endOf('to', input.to)]
    if (from > to) throw backwards(input)
    const knownAt = input.knownAt === undefined ? context.clock() : endOf('knownAt', input.knownAt)
    const diff = Attribution.diff(context.store, input.authority, from, to, knownAt)
    return { ...diff, from: input.from, to: input.to }
  },
}

export const listStatus: Operation = {
  name: 'list status',
  summary: 'Show the lists in force, their versions and which are stale',
  access: 'read',
  fields: {},
  examples: [
    { command: 'athar list status', says: 'each list, its version and age' },
    { command: 'athar list status --json', says: 'the same for a script' },
  ],
  list: 'lists',
  run: (_input: object, context: Context) => {
    const lists = Attribution.status(context.store, context.clock())
    return { asOf: Instants.format(context.clock()), lists, warnings: warningsOf(lists) }
  },
}

/** Stale sanctions lists one by one; packs of labels age slowly and are summed up. */
function warningsOf(lists: readonly Attribution.ListStatus[]): string[] {
  if (lists.length === 0) return ['No list is loaded: every screening answers "not checked".']
  const stale = lists.filter(list => list.stale)
  const designations = stale
    .filter(list => list.kind === 'designations')
    .map(({ authority, list, ageDays, staleAfterDays }) => {
      return `${authority} (${list}) was published ${ageDays} days ago; it is stale after ${staleAfterDays}.`
    })
  const packs = stale.length - designations.length
  const summed = packs === 0 ? [] : [`${packs} packs of labels are older than a year.`]
  return [...designations, ...summed]
}

function backwards({ from, to }: DiffInput): Failure {
  return new Failure('List.BadPeriod', 'usage', `${from.slice(0, 40)} is later than ${to.slice(0, 40)}.`, {
    hint: 'Name the earlier day with --from and the later with --to.',
    facts: { from: from.slice(0, 40), to: to.slice(0, 40) },
  })
}

function nothingRead(path: string, failed: readonly { path: string; error: object }[]): Failure {
  const first = failed[0]!
  const { name, message } = first.error as { name: string; message: string }
  return new Failure('List.NothingRead', 'input', `None of the ${failed.length} files in ${path} could be read.`, {
    hint: `The first, ${first.path}: ${message}`,
    facts: { path, first: first.path, name },
  })
}

function cancelled(): Failure {
  return new Failure('List.Cancelled', 'cancelled', 'The import was stopped; nothing of this file was kept.', {
    hint: 'Run the same command again to import it.',
    facts: {},
  })
}

function badAuthority(name: string): Failure {
  return new Failure('List.BadAuthority', 'usage', `“${name.slice(0, 200)}” is no name for an authority.`, {
    hint: 'A name has 1 to 200 characters on one line, none of them invisible.',
    facts: { length: name.length, limit: 200 },
  })
}
