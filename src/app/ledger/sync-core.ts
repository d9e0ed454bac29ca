import * as Rules from '../../chain/block-rules.ts'
import { openColumns, type UtxoColumns } from '../../ledger/ledger.ts'
import type { Client } from '../../source/client.ts'
import { type Core, type CoreStatus, type Credentials, openCore } from '../../source/core.ts'
import { reversed, toHex } from '../../std/bytes.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import { addressWith, secretFrom } from '../outside.ts'
import type { Rejected } from './ledger.ts'
import { type Mended, mending, toldOf } from './mend.ts'
import { openIntake } from './sync-intake.ts'
import { sawTip } from './sync-tip.ts'

/** What one catching up with a node of the Core family did. */
export type CaughtUp = {
  readonly status: CoreStatus
  /** The highest block of the node's chain that is read; −1: none. */
  readonly reached: number
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  readonly reorganised: { readonly height: number; readonly depth: number } | null
  readonly rejected: readonly Rejected[]
  readonly mended?: readonly Mended[]
}

/** `again`: what is there from the start on was asked for by an earlier look of the same following. */
export type Span = {
  readonly start?: number
  readonly until?: number
  readonly spent: boolean
  readonly again?: boolean
}

/** A node, with the credentials that the input names. */
export function openNode(client: Client, input: { from: string; cookie?: string; secret?: string }): Core {
  const asked = input.from.includes('{key}') ? addressWith(input.from, secretFrom(input.secret)).url : null
  // A secret that stands in the address is no password besides.
  if (asked !== null && input.cookie === undefined) return openCore(client, asked, { kind: 'none' })
  return openCore(client, asked ?? input.from, credentialsOf(input))
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
  const top = topOf(known)
  const from = input.again === true ? Math.max(input.start ?? 0, shared + 1) : (input.start ?? shared + 1)
  const to = Math.min(input.until ?? status.blocks, status.blocks)
  const taken = from > to ? NOTHING : await take(core, known, { network, from, to, spent: input.spent }, context)
  sawTip(context, network, { height: status.blocks, hash: status.best, provider })
  const reached = taken.blocks === 0 ? shared : topOf(open())
  const reorganised = shared < top && taken.blocks > 0 ? { height: shared + 1, depth: top - shared } : null
  return { status, reached, asked: from <= to ? { from, to } : null, ...taken, reorganised, ...toldOf(mended) }
}

const NOTHING = { blocks: 0, transactions: 0, rejected: [] }

/** Height of the last block that is there whole; −1: none. */
function topOf(columns: UtxoColumns | undefined): number {
  return lastWhole(columns, columns?.blocks.count ?? 0, 1)[0]?.height ?? -1
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
  const held = hashesFrom(known, from)
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
async function lastShared(core: Core, columns: UtxoColumns, tip: number): Promise<number> {
  // New blocks are the rule, reorganisations of a few the exception: look at the last ones first.
  for (let end = columns.blocks.count, step = 10; end > 0; step = STRIDE) {
    const some = lastWhole(columns, end, step)
    if (some.length === 0) return -1
    const asked = some.filter(one => one.height >= 0 && one.height <= tip)
    const hashes = await core.hashes(asked.map(one => one.height))
    const at = asked.findIndex(({ row }, k) => hashAt(columns.blocks.hash, row) === hashes[k])
    if (at !== -1) return asked[at]!.height
    end = some.at(-1)!.row
  }
  return -1
}

/** Blocks that are there whole, the last first, before row `end`: of an excerpt the rest is still to be read. */
function lastWhole(
  columns: Pick<UtxoColumns, 'blocks'> | undefined,
  end: number,
  most: number,
): { readonly row: number; readonly height: number }[] {
  const found: { row: number; height: number }[] = []
  for (let row = end - 1; row >= 0 && found.length < most; row--) {
    if (columns!.blocks.excerpt[row] === 0) found.push({ row, height: columns!.blocks.height[row]! })
  }
  return found
}

/** Hashes of the blocks from a height on that are there whole: nothing below is asked for. */
function hashesFrom(columns: UtxoColumns | undefined, height: number): Set<string> {
  if (columns === undefined) return new Set()
  const { blocks } = columns
  const whole = lastWhole(columns, blocks.count, blocks.count).filter(one => one.height >= height || one.height < 0)
  return new Set(whole.map(({ row }) => hashAt(blocks.hash, row)))
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
