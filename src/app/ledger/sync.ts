import type { IssuerEvent } from '../../chain/account-block.ts'
import * as Rules from '../../chain/block-rules.ts'
import { carryColumns, openColumns } from '../../ledger/ledger.ts'
import { type Coverage, unread } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import type { AccountSource } from '../../source/account-source.ts'
import type { Client } from '../../source/client.ts'
import { openEvm } from '../../source/evm.ts'
import { hostOf, openJsonRpc } from '../../source/json-rpc.ts'
import { openTron } from '../../source/tron.ts'
import { Failure } from '../../std/failure.ts'
import { deliverAll } from '../monitor/deliver.ts'
import { runWatches } from '../monitor/run.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import type { Rejected } from './ledger.ts'
import { type Mended, toldOf } from './mend.ts'
import { catchUp as catchUpAccount } from './sync-account.ts'
import { catchUp as catchUpCore, openNode } from './sync-core.ts'

type Input = OutsideInput & {
  readonly network: Network.NetworkId
  readonly from: string
  readonly start?: number
  readonly until?: number
  readonly cookie?: string
  readonly secret?: string
  readonly confirmations?: number
  readonly follow: boolean
  readonly watch: boolean
  readonly every: number
  readonly spent: boolean
}

/** What `ledger sync` answers: of one catching up, or with `--follow` of all of them together. */
export type Synced = {
  readonly network: Network.NetworkId
  readonly provider: string
  readonly node: { readonly version: string }
  readonly tip: { readonly height: number; readonly hash: string }
  /** Up to which height the network says that no reorganisation can come; null: it says nothing of the kind. */
  readonly finalHeight: number | null
  /** Heights that were asked for, or null: there was nothing new. */
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  /** Of account chains: transfers taken; null for the others. */
  readonly transfers: number | null
  /** Whether internal transfers were told; null where the chain has none. */
  readonly internal: boolean | null
  /** Freezes and destructions of funds by issuers, as their contracts told them. */
  readonly issuer: readonly IssuerEvent[]
  /** Steps of freezes registered in the issuers' lists, and those that a reorganisation took out; null: no issuers. */
  readonly freezes: { readonly registered: number; readonly withdrawn: number } | null
  /** Blocks that were read before and are no longer on the node's chain: from which height, and how many. */
  readonly reorganised: { readonly height: number; readonly depth: number } | null
  readonly rejected: readonly Rejected[]
  /** With `--watch`: alerts raised or withdrawn. */
  readonly alerts: number
  /** Blocks between what is read and the node's tip. */
  readonly lag: number
  readonly rounds: number
  readonly coverage: Coverage
  /** There only where the ledger was found damaged: what was kept of it, and what was derived again. */
  readonly mended?: readonly Mended[]
}

export const ledgerSync: Operation = {
  name: 'ledger sync',
  summary: 'Read blocks from a node up to its tip, and with --follow each new one',
  access: 'write',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the node' },
      choices: Network.all.map(network => network.id),
    },
    from: { type: 'string', required: true, says: 'address of the node; {key} in it stands for the secret' },
    start: { type: 'integer', says: 'height to begin at [after what was read; else 0]' },
    until: { type: 'integer', says: 'height to end at [the node’s tip]' },
    cookie: { type: 'string', says: 'path of a Bitcoin node’s cookie file' },
    secret: { type: 'string', says: 'path of a file with user:password or a key; else ATHAR_SOURCE_SECRET' },
    spent: { type: 'boolean', default: false, says: 'ask for the outputs that each block spends (Core 24 or newer)' },
    confirmations: { type: 'integer', says: 'blocks after which a block is final [what the network says]' },
    follow: { type: 'boolean', default: false, says: 'go on with each new block until it is stopped' },
    every: { type: 'integer', default: 10, says: 'with --follow: seconds between two looks' },
    watch: { type: 'boolean', default: false, says: 'hold what is new against the watches, and deliver alerts' },
    ...outsideFields,
  },
  examples: [
    {
      command: 'athar ledger sync bitcoin --from http://127.0.0.1:8332 --cookie ~/.bitcoin/.cookie --start 800000',
      says: 'blocks of a node of one’s own, from a height on',
    },
    {
      command: 'athar ledger sync ethereum --from http://127.0.0.1:8545 --follow',
      says: 'catch up, then follow the tip',
    },
    {
      command: 'athar ledger sync tron --from https://api.trongrid.io --start 70000000 --secret key.txt',
      says: 'with a key from a file, never from the command line',
    },
  ],
  verdict: (answer: Synced) => (answer.rejected.length > 0 ? 'no' : 'ok'),
  list: 'rejected',
  run: (input: Input, context: Context) => sync(input, context),
}

async function sync(input: Input, context: Context): Promise<Synced> {
  const secret = secretFrom(input.secret)
  const client = openOutside(input, 'ledger sync', context, { hide: secret === null ? [] : [secret] })
  try {
    const round = openRound(client, input, context)
    let all: Synced | undefined
    for (;;) {
      const one = await round().catch(cause => passing(cause, all, context))
      const isNews = all === undefined || (one !== all && (one.blocks > 0 || one.reorganised !== null))
      all = all === undefined || one === all ? one : together(all, one)
      if (input.watch && isNews) all = { ...all, alerts: all.alerts + (await watch(input, context)) }
      if (!input.follow) return all
      const before = context.store
      context.release?.()
      const note = `following: ${all.tip.height.toLocaleString('en-GB')} at the source, ${all.lag} behind`
      context.progress({ done: all.blocks, total: null, unit: 'blocks', note })
      await pause(input.every * 1000, context.signal)
      // Following ends when it is told to: that is no failure.
      if (context.signal.aborted) return all
      carryColumns(before, context.store)
    }
  } finally {
    client.close()
  }
}

/** Alerts raised and withdrawn by what has come. */
async function watch(input: Input, context: Context): Promise<number> {
  const { raised, withdrawn } = runWatches(context)
  await deliverAll(input, context)
  return raised.length + withdrawn.length
}

/** While following, a source that is away for a while is waited for; what it fails at first is told. */
function passing(cause: unknown, all: Synced | undefined, { progress }: Context): Synced {
  const away = cause instanceof Failure && (cause.kind === 'unreachable' || cause.kind === 'cancelled')
  if (!away || all === undefined) throw cause
  progress({ done: all.blocks, total: null, unit: 'blocks', note: `waiting: ${cause.message}` })
  return all
}

function openRound(client: Client, input: Input, context: Context): () => Promise<Synced> {
  const { network } = input
  const provider = hostOf(input.from)
  const rules = Rules.find(network)
  if (rules === undefined) {
    const source = openAccountSource(client, input)
    return async () => {
      const { status, ...done } = await catchUpAccount(source, network, provider, input, context)
      const more = { finalHeight: status.finalHeight, internal: status.internal, node: { version: status.version } }
      return { network, provider, tip: status.tip, ...more, ...done, ...standing(context, network, status.tip.height) }
    }
  }
  const core = openNode(client, input)
  return async () => {
    const { status, ...done } = await catchUpCore(core, rules.network, provider, input, context)
    const tip = { height: status.blocks, hash: status.best }
    const more = {
      finalHeight: null,
      transfers: null,
      internal: null,
      issuer: [],
      freezes: null,
      node: { version: status.version },
    }
    return { network, provider, tip, ...more, ...done, ...standing(context, network, tip.height) }
  }
}

function standing(
  { store }: Context,
  network: Network.NetworkId,
  tip: number,
): Pick<Synced, 'lag' | 'rounds' | 'alerts' | 'coverage'> {
  const coverage = openColumns(store, network)?.coverage() ?? unread(network)
  return { lag: Math.max(0, tip - (coverage.toHeight ?? -1)), rounds: 1, alerts: 0, coverage }
}

function openAccountSource(client: Client, input: Input): AccountSource {
  const secret = secretFrom(input.secret)
  if (Network.from(input.network).family === 'tron') return openTron(client, input.from, secret)
  const url = input.from.replaceAll('{key}', encodeURIComponent(secret ?? ''))
  return openEvm(openJsonRpc(client, url), url, input.network, input.confirmations ?? null)
}

function together(all: Synced, one: Synced): Synced {
  return {
    ...one,
    asked: all.asked === null ? one.asked : { from: all.asked.from, to: one.asked?.to ?? all.asked.to },
    blocks: all.blocks + one.blocks,
    transactions: all.transactions + one.transactions,
    transfers: one.transfers === null ? null : (all.transfers ?? 0) + one.transfers,
    issuer: [...all.issuer, ...one.issuer],
    freezes: one.freezes === null ? null : addUp(all.freezes ?? NO_FREEZES, one.freezes),
    reorganised: one.reorganised ?? all.reorganised,
    rejected: [...all.rejected, ...one.rejected],
    alerts: all.alerts + one.alerts,
    rounds: all.rounds + 1,
    ...toldOf(all.mended ?? one.mended ?? []),
  }
}

type Freezes = NonNullable<Synced['freezes']>

const NO_FREEZES: Freezes = { registered: 0, withdrawn: 0 }

function addUp(a: Freezes, b: Freezes): Freezes {
  return { registered: a.registered + b.registered, withdrawn: a.withdrawn + b.withdrawn }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // In slices: a thread is told to stop through shared memory, which raises no event while it waits.
  for (let waited = 0; waited < milliseconds && !signal.aborted; waited += 200) {
    await new Promise(resolve => setTimeout(resolve, Math.min(200, milliseconds - waited)))
  }
}
