import * as Rules from '../../chain/block-rules.ts'
import { addTip, openColumns, type UtxoColumns } from '../../ledger/ledger.ts'
import type { Client } from '../../source/client.ts'
import { type Core, type CoreStatus, type Credentials, openCore } from '../../source/core.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import { secretFrom } from '../outside.ts'
import type { Rejected } from './ledger.ts'
import { type Mended, mending, toldOf } from './mend.ts'
import { openIntake } from './sync-intake.ts'

/** What one catching up with a node of the Core family did. */
export type CaughtUp = {
  readonly status: CoreStatus
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  readonly reorganised: { readonly height: number; readonly depth: number } | null
  readonly rejected: readonly Rejected[]
  readonly mended?: readonly Mended[]
}

export type Span = { readonly start?: number; readonly until?: number; readonly spent: boolean }

/** A node, with the credentials that the input names. */
export function openNode(client: Client, input: { from: string; cookie?: string; secret?: string }): Core {
  return openCore(client, input.from, credentialsOf(input))
}

/** Reads the blocks that are new, up to the node's tip. */
export async function catchUp(
  core: Core,
  network: Rules.BitcoinNetworkId,
  provider: string,
  input: Span,
  context: Context,
): Promise<CaughtUp> {
  const status = await core.status()
  checkNetwork(status, network, provider)
  const open = () => openColumns(context.store, network) as UtxoColumns | undefined
  const { result: known, mended } = mending(context, open)
  const shared = known === undefined ? -1 : await lastShared(core, known, status.blocks)
  const top = Math.max(
    -1,
    ...wholeRows(known)
      .slice(-1)
      .map(row => known!.blocks.height[row]!),
  )
  const from = input.start ?? shared + 1
  const to = Math.min(input.until ?? status.blocks, status.blocks)
  const taken = await take(core, known, { network, from, to, spent: input.spent }, context)
  addTip(context.store, network, { height: status.blocks, hash: status.best, provider, seenAt: context.clock() })
  const reorganised = shared < top && taken.blocks > 0 ? { height: shared + 1, depth: top - shared } : null
  return { status, asked: from <= to ? { from, to } : null, ...taken, reorganised, ...toldOf(mended) }
}

const STRIDE = 100

type Stretch = {
  readonly network: Rules.BitcoinNetworkId
  readonly from: number
  readonly to: number
  readonly spent: boolean
}

/** Reads the blocks of a span that are not there yet, a stride of hashes at a time. */
async function take(
  core: Core,
  known: UtxoColumns | undefined,
  { network, from, to, spent }: Stretch,
  context: Context,
): Promise<Pick<CaughtUp, 'blocks' | 'transactions' | 'rejected'>> {
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
  const rows = wholeRows({ blocks }).filter(row => blocks.height[row]! >= 0 && blocks.height[row]! <= tip)
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
  return new Set(wholeRows(columns).map(row => hashAt(columns!.blocks.hash, row)))
}

/** Of an excerpt the rest is still to be read. */
function wholeRows(columns: Pick<UtxoColumns, 'blocks'> | undefined): number[] {
  const { count, excerpt } = columns?.blocks ?? { count: 0, excerpt: new Uint8Array(0) }
  return [...Array(count).keys()].filter(row => excerpt[row] === 0)
}

/** As printed. */
function hashAt(hashes: Uint8Array, row: number): string {
  return toHex(reversed(hashes.slice(32 * row, 32 * row + 32)))
}

function credentialsOf({ cookie, secret }: { cookie?: string; secret?: string }): Credentials {
  if (cookie !== undefined) return { kind: 'cookie', path: cookie }
  const words = secretFrom(secret)
  if (words === null) return { kind: 'none' }
  const at = words.indexOf(':')
  return { kind: 'password', user: words.slice(0, Math.max(0, at)), password: words.slice(at + 1) }
}

function checkNetwork(status: CoreStatus, network: Rules.BitcoinNetworkId, provider: string): void {
  if (status.genesis === Rules.of(network).genesis) return
  throw new Failure('Source.OtherNetwork', 'input', `The node at ${provider} is not of ${network}.`, {
    hint: `It calls its chain “${status.chain.slice(0, 40)}”; its block 0 is ${status.genesis}. Name that network.`,
    facts: { network, chain: status.chain.slice(0, 40), genesis: status.genesis },
  })
}
