import * as Rules from '../../chain/block-rules.ts'
import { addTip, openColumns, type UtxoColumns } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import { unread } from '../../model/coverage.ts'
import * as Network from '../../model/network.ts'
import { type Core, type CoreStatus, type Credentials, openCore } from '../../source/core.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import type { Context, Operation } from '../operation.ts'
import { type OutsideInput, openOutside, outsideFields, secretFrom } from '../outside.ts'
import type { Rejected } from './ledger.ts'
import { openIntake } from './sync-intake.ts'

type Input = OutsideInput & {
  readonly network: string
  readonly from: string
  readonly start?: number
  readonly until?: number
  readonly cookie?: string
  readonly secret?: string
  readonly follow: boolean
  readonly every: number
  readonly spent: boolean
}

/** What `ledger sync` answers: of one catching up, or with `--follow` of all of them together. */
export type Synced = {
  readonly network: Network.NetworkId
  readonly provider: string
  readonly node: { readonly version: string; readonly chain: string; readonly pruned: boolean }
  readonly tip: { readonly height: number; readonly hash: string }
  /** Heights that were asked for, or null: there was nothing new. */
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  /** Blocks that were read before and are no longer on the node's chain: from which height, and how many. */
  readonly reorganised: { readonly height: number; readonly depth: number } | null
  readonly rejected: readonly Rejected[]
  /** Blocks between what is read and the node's tip. */
  readonly lag: number
  readonly rounds: number
  readonly coverage: Coverage
}

export const ledgerSync: Operation = {
  name: 'ledger sync',
  summary: 'Read blocks from a node up to its tip, and with --follow each new one',
  access: 'write',
  fields: {
    network: {
      ...{ type: 'string', positional: true, required: true, says: 'the network of the node' },
      choices: Network.all.filter(network => network.shape === 'utxo').map(network => network.id),
    },
    from: { type: 'string', required: true, says: 'address of the node’s JSON-RPC: http://127.0.0.1:8332' },
    start: { type: 'integer', says: 'height to begin at [after what was read; else 0]' },
    until: { type: 'integer', says: 'height to end at [the node’s tip]' },
    cookie: { type: 'string', says: 'path of the node’s cookie file' },
    secret: { type: 'string', says: 'path of a file with user:password; else ATHAR_SOURCE_SECRET' },
    spent: { type: 'boolean', default: false, says: 'ask for the outputs that each block spends (node 24 or newer)' },
    follow: { type: 'boolean', default: false, says: 'go on with each new block until it is stopped' },
    every: { type: 'integer', default: 10, says: 'with --follow: seconds between two looks' },
    ...outsideFields,
  },
  examples: [
    {
      command:
        'athar ledger sync bitcoin --from http://127.0.0.1:8332 --cookie ~/.bitcoin/.cookie --start 800000 --spent',
      says: 'from a height on, with what the inputs spend',
    },
    {
      command: 'athar ledger sync bitcoin --from http://127.0.0.1:8332 --follow',
      says: 'catch up, then follow the tip',
    },
  ],
  verdict: (answer: Synced) => (answer.rejected.length > 0 ? 'no' : 'ok'),
  list: 'rejected',
  run: (input: Input, context: Context) => sync(input, context),
}

async function sync(input: Input, context: Context): Promise<Synced> {
  const network = Rules.find(input.network as Network.NetworkId)!.network
  const client = openOutside(input, 'ledger sync', context)
  try {
    const core = openCore(client, input.from, credentialsOf(input))
    let all: Synced | undefined
    for (;;) {
      const one = await catchUp(core, network, input, context)
      all = all === undefined ? one : together(all, one)
      if (!input.follow) return all
      context.release?.()
      const note = `following: ${one.tip.height.toLocaleString('en-GB')} read, ${one.lag} behind`
      context.progress({ done: all.blocks, total: null, unit: 'blocks', note })
      await pause(input.every * 1000, context.signal)
      // Following ends when it is told to: that is no failure.
      if (context.signal.aborted) return all
    }
  } finally {
    client.close()
  }
}

async function catchUp(core: Core, network: Rules.BitcoinNetworkId, input: Input, context: Context): Promise<Synced> {
  const status = await core.status()
  checkNetwork(status, network, input.from)
  const known = openColumns(context.store, network) as UtxoColumns | undefined
  const shared = known === undefined ? -1 : await lastShared(core, known, status.blocks)
  const top = known === undefined || known.blocks.count === 0 ? -1 : known.blocks.height[known.blocks.count - 1]!
  const from = input.start ?? shared + 1
  const to = Math.min(input.until ?? status.blocks, status.blocks)
  const taken = await take(core, known, { network, from, to, spent: input.spent }, context)
  const provider = new URL(input.from).host
  addTip(context.store, network, { height: status.blocks, hash: status.best, provider, seenAt: context.clock() })
  const coverage = openColumns(context.store, network)?.coverage() ?? unread(network)
  return {
    ...{ network, provider, node: { version: status.version, chain: status.chain, pruned: status.pruned } },
    tip: { height: status.blocks, hash: status.best },
    asked: from <= to ? { from, to } : null,
    ...taken,
    reorganised: shared < top && taken.blocks > 0 ? { height: shared + 1, depth: top - shared } : null,
    lag: Math.max(0, status.blocks - (coverage.toHeight ?? -1)),
    rounds: 1,
    coverage,
  }
}

const STRIDE = 100

type Span = {
  readonly network: Rules.BitcoinNetworkId
  readonly from: number
  readonly to: number
  readonly spent: boolean
}

/** Reads the blocks of a span that are not there yet, a stride of hashes at a time. */
async function take(
  core: Core,
  known: UtxoColumns | undefined,
  { network, from, to, spent }: Span,
  context: Context,
): Promise<Pick<Synced, 'blocks' | 'transactions' | 'rejected'>> {
  const held = hashesOf(known)
  const intake = openIntake(context, network)
  for (let at = from; at <= to; at += STRIDE) {
    const heights = Array.from({ length: Math.min(STRIDE, to - at + 1) }, (_, k) => at + k)
    const hashes = await core.hashes(heights)
    for (const [k, hash] of hashes.entries()) {
      if (context.signal.aborted) return intake.finish()
      if (hash === null || held.has(hash)) continue
      const text = spent ? await core.blockWithSpent(hash) : null
      if (text === null) intake.bytes(await core.block(hash), { hash, height: heights[k]! })
      else intake.text(text, { hash, height: heights[k]! })
      intake.tell(context.progress, from, to, heights[k]!)
    }
  }
  return intake.finish()
}

/** The greatest height at which the ledger and the node have the same block; −1: none. */
async function lastShared(core: Core, { blocks }: UtxoColumns, tip: number): Promise<number> {
  const rows = [...blocks.height.keys()].filter(row => blocks.height[row]! >= 0 && blocks.height[row]! <= tip)
  // New blocks are the rule, reorganisations of a few the exception: look at the last ones first.
  for (let end = rows.length, step = 10; end > 0; end -= step, step = STRIDE) {
    const some = rows.slice(Math.max(0, end - step), end)
    const hashes = await core.hashes(some.map(row => blocks.height[row]!))
    const last = some.findLastIndex((row, k) => hashAt(blocks.hash, row) === hashes[k])
    if (last !== -1) return blocks.height[some[last]!]!
  }
  return -1
}

function hashesOf(columns: UtxoColumns | undefined): Set<string> {
  const count = columns?.blocks.count ?? 0
  return new Set(Array.from({ length: count }, (_, row) => hashAt(columns!.blocks.hash, row)))
}

/** As printed. */
function hashAt(hashes: Uint8Array, row: number): string {
  return toHex(reversed(hashes.slice(32 * row, 32 * row + 32)))
}

function together(all: Synced, one: Synced): Synced {
  return {
    ...one,
    asked: all.asked === null ? one.asked : { from: all.asked.from, to: one.asked?.to ?? all.asked.to },
    blocks: all.blocks + one.blocks,
    transactions: all.transactions + one.transactions,
    reorganised: one.reorganised ?? all.reorganised,
    rejected: [...all.rejected, ...one.rejected],
    rounds: all.rounds + 1,
  }
}

function credentialsOf({ cookie, secret }: Input): Credentials {
  if (cookie !== undefined) return { kind: 'cookie', path: cookie }
  const words = secretFrom(secret)
  if (words === null) return { kind: 'none' }
  const at = words.indexOf(':')
  return { kind: 'password', user: words.slice(0, Math.max(0, at)), password: words.slice(at + 1) }
}

function checkNetwork(status: CoreStatus, network: Rules.BitcoinNetworkId, from: string): void {
  if (status.genesis === Rules.of(network).genesis) return
  throw new Failure('Source.OtherNetwork', 'input', `The node at ${new URL(from).host} is not of ${network}.`, {
    hint: `It calls its chain “${status.chain.slice(0, 40)}”; its block 0 is ${status.genesis}. Name that network.`,
    facts: { network, chain: status.chain.slice(0, 40), genesis: status.genesis },
  })
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  // In slices: a thread is told to stop through shared memory, which raises no event while it waits.
  for (let waited = 0; waited < milliseconds && !signal.aborted; waited += 200) {
    await new Promise(resolve => setTimeout(resolve, Math.min(200, milliseconds - waited)))
  }
}
