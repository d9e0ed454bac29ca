import { addFreezes, type Registering, withdrawFreezes } from '../../attribution/attribution.ts'
import type { AccountBlock, IssuerEvent } from '../../chain/account-block.ts'
import {
  addReadBlocks,
  addTold,
  findTip,
  followTransfers,
  listReadBlocks,
  openFollowed,
  openRebuilder,
  type ReadBlock,
  reachOfWithdrawal,
  withdrawBlocks,
  withdrawTransfers,
} from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import type { AccountSource, AccountStatus } from '../../source/account-source.ts'
import { elapsedMilliseconds } from '../../std/clock.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import type { Rejected } from './ledger.ts'
import { type Mended, mending, toldOf } from './mend.ts'
import { transferFiles } from './rebuild.ts'
import type { Came } from './sync-round.ts'
import { sawTip } from './sync-tip.ts'

/** What one catching up with a node of an account chain did. */
export type CaughtUp = {
  readonly status: AccountStatus
  /** The highest block of the node's chain that is read; −1: none. */
  readonly reached: number
  readonly asked: { readonly from: number; readonly to: number } | null
  readonly blocks: number
  readonly transactions: number
  readonly transfers: number
  readonly issuer: readonly IssuerEvent[]
  /** Steps of freezes that were registered in the issuers' lists, and those that a reorganisation took out of them. */
  readonly freezes: { readonly registered: number; readonly withdrawn: number }
  readonly reorganised: Reorganisation | null
  readonly rejected: readonly Rejected[]
  readonly mended?: readonly Mended[]
}

/** Blocks that were read before and are no longer on the node's chain: from which height, and how many. */
export type Reorganisation = {
  readonly height: number
  readonly depth: number
  /** How many lay as deep below the tip of then as what the node calls final lies below its own; else not there. */
  readonly final?: number
}

/** `follow`: a look that would take long ends early, and the next one goes on. */
export type Span = { readonly start?: number; readonly until?: number; readonly follow?: boolean }

/** Blocks asked for at once, and fewer where they are large: about so many transfers. */
const STRIDE = 25
const ASKED_TRANSFERS = 10_000
/** Transfers kept as one file at most. */
const FILE_TRANSFERS = 20_000
/** What is behind is read in looks of so long, so that alerts are handed on between them and others may write. */
const LOOK_MILLISECONDS = 10_000

/**
 * Reads the blocks that are new, round after round. Those that a reorganisation took away are withdrawn first, with
 * what they moved: the ledger is derived again without them, and both become true in one transaction.
 */
export function openAccountCatchUp(
  source: AccountSource,
  network: NetworkId,
  provider: string,
  span: Span,
): (context: Context, came: Came) => Promise<CaughtUp> {
  const pace = { stride: STRIDE }
  /** Where to begin: first where somebody says, then where a look has ended early; else after what is there. */
  let next = span.start
  return async (context, came) => {
    const status = await source.status()
    // Reading all of it shows damage: that is done once, and then of what others have added.
    const open = (): void => openFollowed(context.store, network)
    const { mended } = mending(context, open)
    const shared = await lastShared(source, network, context)
    const gone = shared.height === shared.top ? null : withdraw(network, shared.height, provider, context)
    if (gone !== null) open()
    const from = Math.min(next ?? Math.max(span.start ?? 0, shared.height + 1), gone?.from ?? Number.MAX_SAFE_INTEGER)
    const to = Math.min(span.until ?? status.tip.height, status.tip.height)
    const stretch = { from, to, provider, status, came, pace, isShort: span.follow === true }
    const taken = from > to ? { ...NOTHING, reached: shared.height } : await take(source, network, stretch, context)
    const { registered, reached, ...rest } = taken
    if (from <= to) next = reached < to ? reached + 1 : undefined
    const reorganised = gone === null ? null : reorganisationOf(shared, status, findTip(context.store, network))
    sawTip(context, network, { ...status.tip, provider })
    const freezes = { registered, withdrawn: gone?.freezes ?? 0 }
    const asked = from > to ? null : { from, to }
    return { status, asked, reorganised, freezes, ...rest, reached, ...toldOf(mended) }
  }
}

function reorganisationOf(
  { height, top }: { readonly height: number; readonly top: number },
  { tip, finalHeight }: AccountStatus,
  before: { readonly height: number } | undefined,
): Reorganisation {
  const wasFinal = finalHeight < 0 || before === undefined ? -1 : before.height - (tip.height - finalHeight)
  const final = Math.min(top, wasFinal) - height
  return { height: height + 1, depth: top - height, ...(final > 0 ? { final } : {}) }
}

const NOTHING = { blocks: 0, transactions: 0, transfers: 0, registered: 0, issuer: [], rejected: [] }

type Stretch = {
  readonly from: number
  readonly to: number
  readonly provider: string
  readonly status: AccountStatus
  readonly came: Came
  /** Blocks to ask for at once: what the last ones were like. */
  readonly pace: { stride: number }
  readonly isShort: boolean
}

type Taken = Omit<CaughtUp, 'status' | 'asked' | 'reorganised' | 'mended' | 'freezes'> & { readonly registered: number }

async function take(
  source: AccountSource,
  network: NetworkId,
  { from, to, provider, status, came, pace, isShort }: Stretch,
  context: Context,
): Promise<Taken> {
  const { store, clock, signal, progress } = context
  const ingest = followTransfers(store, network, clock)
  const begun = elapsedMilliseconds()
  const sum = { blocks: 0, transactions: 0, transfers: 0, registered: 0, reached: from - 1 }
  const issuer: IssuerEvent[] = []
  const rejected: Rejected[] = []
  let waiting: AccountBlock[] = []
  let size = 0
  const flush = (): void => {
    if (waiting.length === 0) return
    const [first, last] = [waiting[0]!.height, waiting.at(-1)!.height]
    const name = `${first === last ? `block ${first}` : `blocks ${first} to ${last}`} from ${provider}`
    const moved = waiting.flatMap(block => block.transfers)
    const taken = ingest.add(name, moved)
    const read: ReadBlock[] = waiting.map(({ height, hash, time, transactions, internal }) => ({
      ...{ height, hash, time, transactions, internal, ground: taken.ground },
    }))
    const isThere = taken.ground === null && isHeld(network, read, context)
    const told = waiting.flatMap(block => block.issuer)
    sum.registered += store.transaction(() => {
      if (!isThere) addReadBlocks(store, network, read, clock())
      for (const block of waiting) addTold(store, network, block.hash, block, { provider, readAt: clock() })
      return addFreezes(store, told, registeringOf(provider, context))
    })
    for (const { row, reason } of taken.rejected) {
      rejected.push({ file: name, offset: row, reason: 'conflict', says: reason, cutOff: false })
    }
    sum.transfers += taken.added
    sum.reached = last
    came(moved)
    waiting = []
    size = 0
  }
  let before = hashBelow(network, from, context)
  for (let [at, asked] = [from, 0]; at <= to && !signal.aborted; at += asked) {
    asked = Math.min(pace.stride, to - at + 1)
    const blocks = await source.blocks(at, asked)
    pace.stride = strideAfter(blocks)
    const held = hashesOf(network, at, asked, context)
    for (const block of blocks) {
      const isOther = (held.get(block.height) ?? block.hash) !== block.hash
      // The chain changed while it was read: what follows is of another branch, and the next round sorts it out.
      if (isOther || (before !== null && block.parent !== before)) {
        flush()
        rejected.push(...(await contradictionOf(source, before, block, provider)))
        return { ...sum, issuer, rejected }
      }
      before = block.hash
      // What can still be withdrawn is kept block by block, and no file of final blocks goes with it.
      if (block.height > status.finalHeight) flush()
      waiting.push(block)
      issuer.push(...block.issuer)
      sum.blocks++
      sum.transactions += block.transactions
      size += block.transfers.length
      if (block.height > status.finalHeight || size >= FILE_TRANSFERS) flush()
    }
    const taken = elapsedMilliseconds() - begun
    progress({ done: sum.blocks, total: to - from + 1, unit: 'blocks', note: noteOf(sum, at + asked, to, taken) })
    if (isShort && taken > LOOK_MILLISECONDS) break
  }
  flush()
  return { ...sum, issuer, rejected }
}

/** What a node says against itself, asked once more: that its block does not continue its own block before. */
async function contradictionOf(
  source: AccountSource,
  before: string | null,
  { height, hash, parent }: AccountBlock,
  provider: string,
): Promise<Rejected[]> {
  if (parent === before) return []
  const [below, own] = await source.hashes([height - 1, height])
  if (below !== before || own !== hash) return []
  const says = `Block ${height} says that it follows ${parent}; the node’s block ${height - 1} is ${below}: not taken.`
  return [{ file: `block ${height} from ${provider}`, offset: null, reason: 'conflict', says, cutOff: false }]
}

type Sum = { readonly blocks: number; readonly transfers: number }

function noteOf({ blocks, transfers }: Sum, height: number, to: number, milliseconds: number): string {
  const seconds = milliseconds / 1000
  const left = seconds < 0.5 ? '' : `, ${Math.ceil(((to - height + 1) * seconds) / blocks)} s left`
  return `height ${height.toLocaleString('en-GB')}, ${transfers.toLocaleString('en-GB')} transfers${left}`
}

function strideAfter(blocks: readonly AccountBlock[]): number {
  const transfers = blocks.reduce((sum, block) => sum + block.transfers.length, 0)
  return Math.max(1, Math.min(STRIDE, Math.floor((ASKED_TRANSFERS * blocks.length) / Math.max(1, transfers))))
}

/**
 * The highest block that the ledger and the node share, and whether there are blocks above it, which are to be
 * withdrawn. Failure: Source.OtherChain.
 */
async function lastShared(
  source: AccountSource,
  network: NetworkId,
  { store }: Context,
): Promise<{ readonly height: number; readonly top: number }> {
  const top = listReadBlocks(store, network, Number.MAX_SAFE_INTEGER, 1)[0]?.height ?? -1
  let others = 0
  for (let below = top + 1, count = 10; below > 0; count = 100) {
    const blocks = listReadBlocks(store, network, below, count)
    if (blocks.length === 0) break
    const hashes = await source.hashes(blocks.map(block => block.height))
    const at = blocks.findIndex((block, k) => block.hash === hashes[k])
    if (at !== -1) return { height: blocks[at]!.height, top }
    below = blocks.at(-1)!.height
    others += blocks.length
  }
  if (others > REORGANISED_MAX) throw otherChain(network, others)
  return { height: -1, top }
}

/**
 * Blocks of which none is on the node's chain, beyond which it is another chain: twice what Ethereum takes to make a
 * block final (two epochs of 32).
 */
const REORGANISED_MAX = 128

function otherChain(network: NetworkId, count: number): Failure {
  const says = `The node’s chain of ${network} has none of the ${count} blocks that were read: nothing was withdrawn.`
  return new Failure('Source.OtherChain', 'conflict', says, {
    hint: 'No reorganisation goes so deep: it follows another chain, or lies. Ask another node, or use another --data.',
    facts: { network, blocks: count },
  })
}

/** The hashes of the blocks that stand among so many heights. */
function hashesOf(network: NetworkId, from: number, count: number, { store }: Context): Map<number, string> {
  return new Map(listReadBlocks(store, network, from + count, count).map(({ height, hash }) => [height, hash]))
}

/** Whether each of these blocks was read before, with as much as is told of it now. */
function isHeld(network: NetworkId, blocks: readonly ReadBlock[], { store }: Context): boolean {
  const [first, last] = [blocks[0]!.height, blocks.at(-1)!.height]
  const held = new Map(
    listReadBlocks(store, network, last + 1, last - first + 1).map(block => [block.height, block] as const),
  )
  return blocks.every(({ height, hash, internal }) => {
    const before = held.get(height)
    return before?.hash === hash && (before.internal || !internal)
  })
}

function hashBelow(network: NetworkId, from: number, { store }: Context): string | null {
  const [below] = listReadBlocks(store, network, from, 1)
  return below?.height === from - 1 ? below.hash : null
}

/**
 * Takes out of the ledger all that was read above a height, in whatever pieces. A file goes whole: from `from` on
 * blocks are to be read again.
 */
function withdraw(
  network: NetworkId,
  height: number,
  provider: string,
  context: Context,
): { readonly from: number; readonly freezes: number } {
  const { store, clock } = context
  const reach = reachOfWithdrawal(store, network, height + 1)
  const rebuilder = openRebuilder(store, network, clock)
  withdrawTransfers(store, network, reach, grounds => transferFiles(store, grounds, () => {}), rebuilder)
  let freezes = 0
  rebuilder.activate(() => {
    withdrawBlocks(store, network, reach.from, clock())
    freezes = withdrawFreezes(store, network, reach.from, registeringOf(provider, context))
  })
  return { from: reach.from, freezes }
}

function registeringOf(provider: string, { clock, user }: Context): Registering {
  return { knownAt: clock(), by: user, provider }
}
