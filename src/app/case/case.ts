import * as Campaign from '../../campaign/campaign.ts'
import * as Capture from '../../capture/capture.ts'
import * as CaseFile from '../../casefile/casefile.ts'
import * as Address from '../../chain/address.ts'
import { toCaip10 } from '../../model/address.ts'
import * as Instant from '../../model/instant.ts'
import * as Network from '../../model/network.ts'
import { Failure } from '../../std/failure.ts'
import { METHODS, type Method } from '../../trace/trace.ts'
import type { Context, Operation } from '../operation.ts'
import { runReceipts, runScreen, runTrace } from './run.ts'

/** Cases: an investigation as a record of what was added, declared, answered and noted. */

const NAME = { type: 'string', says: 'The case', positional: true, required: true } as const

export const caseOpen: Operation = {
  name: 'case open',
  summary: 'Open a case',
  access: 'write',
  fields: {
    name: { ...NAME, says: 'Its name' },
    title: { type: 'string', says: 'Its title on the report; default: the name' },
  },
  examples: [{ command: 'athar case open 2026-17 --title "The winter campaign"', says: 'a new case' }],
  run: ({ name, title }: { name: string; title?: string }, { store, user, clock }: Context) =>
    inWords(CaseFile.open(store, name, title ?? name, user, clock())),
}

type AddInput = {
  readonly name: string
  readonly campaign?: string
  readonly capture?: string
  readonly address?: string
  readonly trace?: readonly string[]
  readonly network?: string
  readonly method: Method | 'all'
  readonly hops?: number
  readonly min?: string
  readonly asOf?: string
  readonly reason?: string
}

export const caseAdd: Operation = {
  name: 'case add',
  summary: 'Add evidence to a case, and run on it what the report will say, declared beforehand',
  access: 'write',
  fields: {
    name: NAME,
    campaign: { type: 'string', says: 'A campaign: its receipts are computed, its addresses screened' },
    capture: { type: 'string', says: 'SHA-256 of a capture' },
    address: { type: 'string', says: 'An address: it is screened' },
    network: { type: 'string', says: 'Network, where an address may live on several', choices: NETWORKS() },
    method: { type: 'string', says: 'Taint method of the trace', choices: ['all', ...METHODS], default: 'all' },
    hops: { type: 'integer', says: 'Greatest number of steps of the trace; default: to the end' },
    min: { type: 'string', says: 'Least amount that the trace follows, in whole coins' },
    asOf: { type: 'string', says: 'Count and judge as of this day; default: now' },
    reason: { type: 'string', says: 'Why it is run, in one sentence: kept with the run' },
    trace: { type: 'strings', says: 'Addresses or txid:index from which value is traced forward', positional: true },
  },
  examples: [
    {
      command: 'athar case add 2026-17 --campaign winter --reason "first measure"',
      says: 'a campaign and its receipts',
    },
    { command: 'athar case add 2026-17 --address TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', says: 'an address, screened' },
    { command: 'athar case add 2026-17 17QAWGVpFV4gZ25NQug46e5mBho4uDP6MD --hops 6', says: 'a trace from an address' },
  ],
  run: async (input: AddInput, context: Context) => inWords(await add(input, context)),
}

export const caseNote: Operation = {
  name: 'case note',
  summary: 'Add a note to a case, or set its status',
  access: 'write',
  fields: {
    name: NAME,
    text: { type: 'string', says: 'The note', positional: true },
    status: { type: 'string', says: 'New status', choices: CaseFile.STATUSES.filter(status => status !== 'closed') },
  },
  examples: [{ command: 'athar case note 2026-17 "Exchange notified."', says: 'a dated, signed-in note' }],
  run: (input: { name: string; text?: string; status?: CaseFile.Status }, { store, user, clock }: Context) => {
    const { name, text, status } = input
    if (text === undefined && status === undefined) throw nothingToAdd(name)
    if (text !== undefined) CaseFile.add(store, name, { kind: 'note', text }, user, clock())
    if (status !== undefined) CaseFile.add(store, name, { kind: 'status', status }, user, clock())
    return inWords(CaseFile.read(store, name))
  },
}

export const caseShow: Operation = {
  name: 'case show',
  summary: 'Show a case: evidence, runs, notes, reports and the record',
  access: 'read',
  fields: { name: NAME },
  examples: [{ command: 'athar case show 2026-17', says: 'all that is in the case' }],
  list: 'runs',
  run: ({ name }: { name: string }, { store }: Context) => inWords(CaseFile.read(store, name)),
}

export const caseList: Operation = {
  name: 'case list',
  summary: 'List the cases with the reports that were written on them',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar case list', says: 'name, title, status, reports' }],
  list: 'cases',
  run: (_: object, { store }: Context) => ({
    cases: CaseFile.names(store).map(name => {
      const { title, status, assignee, openedAt, reports } = CaseFile.read(store, name)
      return { name, title, status, assignee, openedAt: Instant.format(openedAt), reports: reports.map(reportInWords) }
    }),
  }),
}

export const caseClose: Operation = {
  name: 'case close',
  summary: 'Close a case with its outcome',
  access: 'write',
  fields: { name: NAME, outcome: { type: 'string', says: 'What came of it', required: true } },
  examples: [{ command: 'athar case close 2026-17 --outcome "handed to the FIU"', says: 'nothing is added any more' }],
  run: ({ name, outcome }: { name: string; outcome: string }, { store, user, clock }: Context) =>
    inWords(CaseFile.add(store, name, { kind: 'closed', outcome }, user, clock())),
}

async function add(input: AddInput, context: Context): Promise<CaseFile.CaseFile> {
  const { name, campaign, capture, address, trace = [], network, asOf } = input
  const { store, user, clock } = context
  const named = [campaign, capture, address].filter(one => one !== undefined)
  if (named.length === 0 && trace.length === 0) throw nothingToAdd(name)
  CaseFile.read(store, name)
  const note = (what: CaseFile.EvidenceKind, value: string, on: string | null) =>
    CaseFile.add(store, name, { kind: 'evidence', what, value, network: on }, user, clock())
  const why = input.reason ?? 'not given'
  const at = asOf === undefined ? {} : { asOf }
  if (capture !== undefined) note('capture', Capture.show(store, capture).sha256, null)
  if (campaign !== undefined) {
    const found = Campaign.from(store, campaign)
    note('campaign', found.name, null)
    await runReceipts(name, { name: campaign, by: 'month', ...at }, why, context)
    const addresses = found.addresses.map(toCaip10)
    if (addresses.length > 0) await runScreen(name, { address: addresses, ...at }, why, context)
  }
  if (address !== undefined) {
    const { network: on, address: plain } = Address.from(address, network as Network.NetworkId | undefined)
    note('address', plain, on)
    await runScreen(name, { address: [`${Network.from(on).caip2}:${plain}`], ...at }, why, context)
  }
  if (trace.length > 0) await runTrace(name, { ...input, origin: trace }, why, context)
  return CaseFile.read(store, name)
}

/** The JSON of a case. */
export function inWords(file: CaseFile.CaseFile): object {
  const { openedAt, evidence, runs, notes, reports, events, statuses, tasks, ...rest } = file
  const formatted = <T extends { at: number }>(one: T) => ({ ...one, at: Instant.format(one.at) })
  return {
    ...rest,
    openedAt: Instant.format(openedAt),
    evidence: evidence.map(formatted),
    runs: runs.map(run => ({ ...run, declaredAt: Instant.format(run.declaredAt) })),
    notes: notes.map(formatted),
    statuses: statuses.map(formatted),
    tasks: tasks.map(task => ({ ...formatted(task), done: task.done === null ? null : formatted(task.done) })),
    reports: reports.map(reportInWords),
    record: { events: events.length, digest: events.at(-1)!.digest },
  }
}

function reportInWords({ at, user, ...report }: CaseFile.WrittenReport): object {
  return { ...report, writtenAt: Instant.format(at), writtenBy: user }
}

function NETWORKS(): string[] {
  return Network.all.map(network => network.id)
}

function nothingToAdd(name: string): Failure {
  return new Failure('Case.NothingToAdd', 'usage', `Nothing was named that could be added to "${name}".`, {
    hint: 'Name a --campaign, a --capture, an --address, or origins to trace; for a note, its text or a --status.',
    facts: { name },
  })
}
