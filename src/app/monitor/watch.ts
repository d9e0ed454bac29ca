import { addressesNamed, farNetworkOf } from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import * as Addresses from '../../chain/address.ts'
import { addWatch, findRule, removeWatch, restoreWatch, type Watch, watches } from '../../monitor/monitor.ts'
import { Failure } from '../../std/failure.ts'
import * as Name from '../../std/name.ts'
import { keptPath } from '../kept-path.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, outsideFields } from '../outside.ts'
import { networkOf } from '../when.ts'
import { type Delivered, deliverAll } from './deliver.ts'
import { checkFolder } from './folder.ts'
import { unhurried, watchFolders } from './incoming.ts'
import { type Ran, runWatches } from './run.ts'
import { type Added, addedAnswer } from './told.ts'
import { WATCHES_NOTHING, watchedAddresses } from './watched.ts'

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
    {
      command: 'athar watch add incoming/ --kind folder',
      says: 'posts that are laid into a folder, which is kept by its whole path',
    },
  ],
  run: (input: AddInput, context: Context): Added<Watch> => {
    const { store, clock, user } = context
    if (input.target.trim() === '' || input.name?.trim() === '') throw noTarget()
    const { deadline } = input
    checkName('name', input.name ?? input.target)
    if (input.reference !== undefined) checkName('reference', input.reference)
    if (deadline !== undefined && (deadline < 1 || deadline > DEADLINE_MAX)) throw badDeadline(deadline)
    for (const rule of input.rules ?? []) findRule(store, rule)
    const kind = input.kind ?? kindOf(input, context)
    const place = placeOf(kind, input, context)
    const watch = {
      ...{ name: input.name ?? input.target, kind, ...place, rules: input.rules ?? [] },
      ...{ reference: input.reference ?? null, deadlineHours: input.deadline ?? null },
    }
    return addedAnswer(addWatch(store, watch, clock(), user))
  },
}

/** A campaign of that name first; what has the form of an address is refused as one, and not as a missing campaign. */
function kindOf({ target, network }: AddInput, { store }: Context): Watch['kind'] {
  const hint = network === undefined ? undefined : networkOf(network)
  const parsed = Addresses.parse(target, hint)
  if (parsed.ok) return 'address'
  if (Campaign.list(store).some(one => one.name === target.trim())) return 'campaign'
  const isMeant = MEANT.has(parsed.reason) || /^0x/i.test(target.trim()) || farNetworkOf(target.trim()) !== undefined
  return hint !== undefined || isMeant ? 'address' : 'campaign'
}

/** Reasons for which only a text is refused that was meant as an address. */
const MEANT: ReadonlySet<string> = new Set(['checksum', 'mixed-case', 'padding', 'network'])

function placeOf(kind: Watch['kind'], input: AddInput, context: Context): Pick<Watch, 'target' | 'network'> {
  const { store } = context
  if (kind === 'address' || kind === 'cluster') {
    const hint = input.network === undefined ? undefined : networkOf(input.network)
    const { address, network } = Addresses.from(input.target, hint)
    return { target: address, network }
  }
  if (kind === 'campaign') return { target: Campaign.from(store, input.target).name, network: null }
  if (kind === 'folder') {
    const target = keptPath(input.target, context)
    checkFolder(target, context)
    return { target, network: null }
  }
  if (addressesNamed(store, input.target, 1).length === 0) throw noEntity(input.target)
  return { target: input.target, network: null }
}

/** A watch with how much it stands for now. */
export type Listed = Added<Watch> & { readonly addresses: number; readonly idle: string | null }

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
    const listed = watches(store).map(watch => {
      const addresses = counts.get(watch.name) ?? 0
      const idle = addresses === 0 && watch.kind !== 'folder' ? WATCHES_NOTHING : null
      return { ...addedAnswer(watch), addresses, idle }
    })
    return { watches: listed }
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

export const watchRestore: Operation = {
  name: 'watch restore',
  summary: 'Take the ending of a watch back: it stands as before, and tells nothing twice',
  access: 'write',
  fields: { name: { type: 'string', positional: true, required: true, says: 'name of the watch that was ended' } },
  examples: [{ command: 'athar watch restore winter', says: 'it was ended by mistake; the record keeps both' }],
  run: ({ name }: { name: string }, { store, clock, user }: Context): Added<Watch> =>
    addedAnswer(restoreWatch(store, name, clock(), user)),
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
      const ran = runWatches(context, await unhurried(watchFolders(context)))
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

function printRun({ watches: count, addresses, rules, ...found }: WatchRun): string {
  const { raised, withdrawn, changed, delivered, idle } = found
  const lines = [`${count} watches over ${addresses} addresses, ${rules} rules in force`]
  lines.push(`${raised.length} alerts raised${withdrawn.length > 0 ? `, ${withdrawn.length} withdrawn` : ''}`)
  for (const { watch, why } of idle) lines.push(`  ${watch}: ${why}`)
  for (const alert of raised.slice(0, PRINTED_MAX))
    lines.push(`  ${alert.id}  ${alert.because.en}${alert.unsure === null ? '' : ` (${alert.unsure})`}`)
  if (raised.length > PRINTED_MAX) lines.push(`  … and ${raised.length - PRINTED_MAX} more: athar alert list`)
  for (const { id, reason } of changed) lines.push(`  ${id}  ${reason?.en ?? ''}`)
  for (const one of delivered) {
    lines.push(`${one.receiver}: ${one.delivered} delivered${one.why === null ? '' : `; not delivered: ${one.why}`}`)
  }
  return lines.join('\n')
}

/** Raised alerts that a terminal shows; JSON has them all. */
const PRINTED_MAX = 20

/** Ten years. */
const DEADLINE_MAX = 87_600

function badDeadline(deadline: number): Failure {
  return new Failure('Watch.BadDeadline', 'usage', `${deadline} hours are no deadline.`, {
    hint: `--deadline is 1 … ${DEADLINE_MAX} hours; leave it out where there is none.`,
    facts: { deadline, limit: DEADLINE_MAX },
  })
}

/** Refused before it is kept: it stands in each alert, on terminals and in messages. */
function checkName(field: 'name' | 'reference', text: string): void {
  if (Name.isName(text)) return
  throw new Failure('Watch.BadName', 'usage', `The ${field} of a watch has ${Name.SAYS}.`, {
    hint: `Give another --${field}.${field === 'name' ? ' Where none is given a watch is called as its target.' : ''}`,
    facts: { field, length: text.length, limit: Name.LENGTH_MAX },
  })
}

function noTarget(): Failure {
  return new Failure('Watch.NoTarget', 'usage', 'A watch needs a target and a name that are not empty.', {
    hint: 'Give an address, a campaign, an entity or a folder.',
  })
}

function noEntity(target: string): Failure {
  const shown = target.slice(0, 80)
  return new Failure('Watch.NoEntity', 'missing', `No address is known of an entity “${shown}”.`, {
    hint: 'Add a list or labels that name it first, or check how it is written: athar search.',
    facts: { entity: shown },
  })
}
