import * as Campaign from '../../campaign/campaign.ts'
import * as Addresses from '../../chain/address.ts'
import { addWatch, findRule, removeWatch, type Watch, watches } from '../../monitor/monitor.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, outsideFields } from '../outside.ts'
import { networkOf } from '../when.ts'
import { type Delivered, deliverAll } from './deliver.ts'
import { type Ran, runWatches } from './run.ts'
import { type Added, addedAnswer } from './told.ts'
import { watchedAddresses } from './watched.ts'

type AddInput = {
  readonly target: string
  readonly kind?: Watch['kind']
  readonly network?: string
  readonly name?: string
  readonly rules?: readonly string[]
  readonly reference?: string
  readonly deadline?: number
}

const KINDS = ['address', 'cluster', 'campaign', 'entity', 'folder'] as const

export const watchAdd: Operation = {
  name: 'watch add',
  summary: 'Watch an address, its cluster, a campaign, an entity or a folder of incoming posts',
  access: 'write',
  fields: {
    target: { type: 'string', positional: true, required: true, says: 'address, campaign, entity or folder' },
    kind: { type: 'string', choices: KINDS, says: 'what the target is [an address where it is one, else a campaign]' },
    network: { type: 'string', says: 'the network, where the address does not tell' },
    name: { type: 'string', says: 'what to call the watch [its target]' },
    rules: { type: 'strings', says: 'ids of the rules that look at it [all that are active]' },
    reference: { type: 'string', says: 'your own reference: a customer, a file number' },
    deadline: { type: 'integer', says: 'hours after an alert within which somebody must look' },
  },
  examples: [
    { command: 'athar watch add TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t --reference C-117', says: 'one address' },
    {
      command: 'athar watch add winter --kind campaign --deadline 24',
      says: 'each address of a campaign, also later ones',
    },
    { command: 'athar watch add incoming/ --kind folder', says: 'posts that are laid into a folder' },
  ],
  run: (input: AddInput, context: Context): Added<Watch> => {
    const { store, clock, user } = context
    for (const rule of input.rules ?? []) findRule(store, rule)
    const parsed = Addresses.parse(input.target, input.network === undefined ? undefined : networkOf(input.network))
    const kind = input.kind ?? (parsed.ok ? 'address' : 'campaign')
    const place = placeOf(kind, input, context)
    const watch = {
      ...{ name: input.name ?? input.target, kind, ...place, rules: input.rules ?? [] },
      ...{ reference: input.reference ?? null, deadlineHours: input.deadline ?? null },
    }
    return addedAnswer(addWatch(store, watch, clock(), user))
  },
}

function placeOf(kind: Watch['kind'], input: AddInput, { store }: Context): Pick<Watch, 'target' | 'network'> {
  if (kind === 'address' || kind === 'cluster') {
    const hint = input.network === undefined ? undefined : networkOf(input.network)
    const { address, network } = Addresses.from(input.target, hint)
    return { target: address, network }
  }
  if (kind === 'campaign') return { target: Campaign.from(store, input.target).name, network: null }
  return { target: input.target, network: null }
}

/** A watch with how much it stands for now. */
export type Listed = Added<Watch> & { readonly addresses: number }

export const watchList: Operation = {
  name: 'watch list',
  summary: 'List the watches and how many addresses each stands for',
  access: 'read',
  fields: {},
  examples: [{ command: 'athar watch list', says: 'all that stand' }],
  list: 'watches',
  run: (_: object, { store }: Context): { watches: readonly Listed[] } => {
    const counts = new Map<string, number>()
    for (const list of watchedAddresses(store).values()) {
      for (const { watch } of list) counts.set(watch.name, (counts.get(watch.name) ?? 0) + 1)
    }
    return { watches: watches(store).map(watch => ({ ...addedAnswer(watch), addresses: counts.get(watch.name) ?? 0 })) }
  },
}

export const watchRemove: Operation = {
  name: 'watch remove',
  summary: 'End a watch; its alerts stay',
  access: 'write',
  fields: {
    name: { type: 'string', positional: true, required: true, says: 'name of the watch' },
    reason: { type: 'string', required: true, says: 'why it ends' },
  },
  examples: [{ command: 'athar watch remove winter --reason "case closed"', says: 'with its reason, for the record' }],
  run: ({ name, reason }: { name: string; reason: string }, { store, clock, user }: Context) => {
    removeWatch(store, name, reason, clock(), user)
    return { removed: name }
  },
}

type RunInput = OutsideInput & { readonly follow: boolean; readonly every: number }

/** What `watch run` answers; with `--follow` of all rounds together. */
export type WatchRun = Ran & { readonly delivered: readonly Delivered[]; readonly rounds: number }

export const watchRun: Operation = {
  name: 'watch run',
  summary: 'Hold what is stored against every watch, raise alerts once each, and deliver them',
  access: 'write',
  fields: {
    follow: { type: 'boolean', default: false, says: 'look again and again until it is stopped' },
    every: { type: 'integer', default: 10, says: 'with --follow: seconds between two looks' },
    ...outsideFields,
  },
  examples: [
    { command: 'athar watch run', says: 'after an import, a sync, or a new list' },
    {
      command: 'athar watch run --follow',
      says: 'a folder of incoming posts; for a chain: ledger sync --follow --watch',
    },
  ],
  list: 'raised',
  print: (answer: WatchRun) => printRun(answer),
  run: async (input: RunInput, context: Context): Promise<WatchRun> => {
    let all: WatchRun | undefined
    for (;;) {
      const ran = runWatches(context)
      const delivered = await deliverAll(input, context)
      all = all === undefined ? { ...ran, delivered, rounds: 1 } : together(all, { ...ran, delivered, rounds: 1 })
      if (!input.follow || context.signal.aborted) return all
      context.release?.()
      context.progress({ done: all.rounds, total: null, unit: 'rounds', note: `${all.raised.length} alerts raised` })
      for (let waited = 0; waited < input.every * 5 && !context.signal.aborted; waited++) {
        await new Promise(resolve => setTimeout(resolve, 200))
      }
      if (context.signal.aborted) return all
    }
  },
}

/** Alerts of a long following that are told again in its answer; all of them stay in the list. */
const TOLD_MAX = 1000

function together(all: WatchRun, one: WatchRun): WatchRun {
  return {
    ...one,
    raised: [...all.raised, ...one.raised].slice(-TOLD_MAX),
    withdrawn: [...all.withdrawn, ...one.withdrawn].slice(-TOLD_MAX),
    changed: [...all.changed, ...one.changed].slice(-TOLD_MAX),
    rounds: all.rounds + 1,
  }
}

function printRun({ watches: count, addresses, rules, raised, withdrawn, changed, delivered }: WatchRun): string {
  const lines = [`${count} watches over ${addresses} addresses, ${rules} rules in force`]
  lines.push(`${raised.length} alerts raised${withdrawn.length > 0 ? `, ${withdrawn.length} withdrawn` : ''}`)
  for (const alert of raised)
    lines.push(`  ${alert.id}  ${alert.because.en}${alert.unsure === null ? '' : ` (${alert.unsure})`}`)
  for (const { id, reason } of changed) lines.push(`  ${id}  ${reason?.en ?? ''}`)
  for (const one of delivered) {
    lines.push(`${one.receiver}: ${one.delivered} delivered${one.why === null ? '' : `; not delivered: ${one.why}`}`)
  }
  return lines.join('\n')
}
