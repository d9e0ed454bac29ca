import { addFreezes } from '../../attribution/attribution.ts'
import type { AccountBlock, IssuerEvent } from '../../chain/account-block.ts'
import { addTold, ClickHouse } from '../../ledger/ledger.ts'
import type { Coverage } from '../../model/coverage.ts'
import type { NetworkId } from '../../model/network.ts'
import type { AccountSource, AccountStatus } from '../../source/account-source.ts'
import { Failure } from '../../std/failure.ts'
import type { Context } from '../operation.ts'
import type { Rejected } from './ledger.ts'
import type { Span } from './sync-account.ts'
import type { Round } from './sync-round.ts'
import { sawTip } from './sync-tip.ts'

/** Where blocks go that are not kept here. */
export type FarRound = { readonly round: Round; coverage(): Coverage | null }

export type FarOptions = {
  /** Transfers that are linked and sent together, in whole blocks. */
  readonly transfers?: number
  /** Told after every single step; what it throws ends the work there. */
  readonly step?: (name: string) => void
}

/** Blocks asked for at once. */
const STRIDE = 25
/** Transfers of one piece: some 200 MB while it is linked. */
const PIECE_TRANSFERS = 200_000

/**
 * Reads the blocks that are new into ClickHouse, round after round: none of the chain's columns are held here. Only
 * final blocks are taken, since what was loaded is not taken back. Where a block that was loaded is not on the node's
 * chain after all, or was told otherwise, the chain is read anew from its first height on, as a generation of its own,
 * and readers change over when that is as long as what is final.
 */
export function openFarRound(
  connection: ClickHouse.Connection,
  source: AccountSource,
  network: NetworkId,
  provider: string,
  span: Span,
  { transfers = PIECE_TRANSFERS, step = () => {} }: FarOptions = {},
): FarRound {
  let coverage: Coverage | null = null
  const round: Round = async context => {
    const status = await source.status()
    if (status.finalHeight < 0) throw noFinality(network)
    const tip = { height: status.tip.height, provider }
    let stream = await ClickHouse.openStream(connection, network, { step })
    let reorganised: { height: number; depth: number } | null = null
    const anew = async (): Promise<void> => {
      const first = stream.first ?? span.start ?? 0
      reorganised = { height: first, depth: Math.max(0, (stream.last?.height ?? first - 1) - first + 1) }
      stream = await ClickHouse.openStream(connection, network, { anew: true, step })
    }
    const first = stream.first ?? span.start ?? 0
    const { last } = stream
    if (last !== null && (await source.hashes([last.height]))[0] !== last.hash) await anew()
    const to = Math.min(span.until ?? status.finalHeight, status.finalHeight)
    const sum = { blocks: 0, transactions: 0, transfers: 0, registered: 0 }
    const issuer: IssuerEvent[] = []
    const rejected: Rejected[] = []
    const from = nextOf(stream, first)
    for (let at = from; at <= to && !context.signal.aborted; ) {
      const blocks = await gather(source, stream, { at, to, transfers }, context)
      if (blocks === null) break
      sum.registered += keepTold(network, blocks, provider, context)
      const taken = await stream.add(blocks)
      if (taken === 'differs') {
        await anew()
        at = nextOf(stream, first)
        continue
      }
      if (!stream.isBeside) await stream.publish(tip)
      sum.blocks += blocks.length
      sum.transactions += blocks.reduce((all, block) => all + block.transactions, 0)
      sum.transfers += taken.transfers
      issuer.push(...blocks.flatMap(block => block.issuer))
      rejected.push(...taken.rejected.map(row => rejectedOf(row, blocks, provider)))
      at = nextOf(stream, first)
      context.progress({ done: sum.blocks, total: to - from + 1, unit: 'blocks', note: `height ${at - 1}` })
    }
    const reached = stream.last?.height ?? -1
    if (stream.last !== null && stream.unfinished === null && (!stream.isBeside || reached >= to))
      await stream.publish(tip)
    sawTip(context, network, { ...status.tip, provider })
    coverage = stream.coverage(tip)
    const { registered, ...counts } = sum
    return {
      ...{ network, provider, tip: status.tip, finalHeight: status.finalHeight, internal: status.internal },
      ...{ node: { version: status.version }, asked: from > to ? null : { from, to }, ...counts, issuer, reorganised },
      ...{ freezes: { registered, withdrawn: 0 }, rejected, lag: Math.max(0, tip.height - reached) },
      ...noteOf(status, span, reached),
    }
  }
  return { round, coverage: () => coverage }
}

/** The height to go on at. */
function nextOf({ unfinished, last }: ClickHouse.BlockStream, first: number): number {
  return unfinished?.low ?? (last === null ? first : last.height + 1)
}

/** Blocks of the next piece; null: the chain changed while it was read, and the next round sorts it out. */
async function gather(
  source: AccountSource,
  { unfinished, last }: ClickHouse.BlockStream,
  { at, to, transfers }: { readonly at: number; readonly to: number; readonly transfers: number },
  { signal }: Context,
): Promise<AccountBlock[] | null> {
  const end = unfinished?.high ?? to
  const blocks: AccountBlock[] = []
  let before = last?.height === at - 1 ? last.hash : null
  let size = 0
  for (let height = at; height <= end && (size < transfers || unfinished !== null); ) {
    // A piece that was begun is given whole or not at all.
    if (signal.aborted) return unfinished === null && blocks.length > 0 ? blocks : null
    for (const block of await source.blocks(height, Math.min(STRIDE, end - height + 1))) {
      if (before !== null && block.parent !== before) return null
      before = block.hash
      blocks.push(block)
      size += block.transfers.length
      height = block.height + 1
      if (size >= transfers && unfinished === null) break
    }
  }
  return blocks
}

/** What blocks tell besides transfers is little, and stays in the data directory; what is there is passed over. */
function keepTold(
  network: NetworkId,
  blocks: readonly AccountBlock[],
  provider: string,
  { store, clock, user }: Context,
): number {
  const issuer = blocks.flatMap(block => block.issuer)
  return store.transaction(() => {
    for (const block of blocks) addTold(store, network, block.hash, block, { provider, readAt: clock() })
    return addFreezes(store, issuer, { knownAt: clock(), by: user, provider })
  })
}

function rejectedOf(
  { line, reason }: { readonly line: number; readonly reason: string },
  blocks: readonly AccountBlock[],
  provider: string,
): Rejected {
  const file = `blocks ${blocks[0]!.height} to ${blocks.at(-1)!.height} from ${provider}`
  // The header is line 1.
  return { file, offset: line - 2, reason: 'conflict', says: reason, cutOff: false }
}

function noteOf({ finalHeight }: AccountStatus, { start }: Span, reached: number): { note?: string } {
  if (reached >= 0 || start === undefined || start <= finalHeight) return {}
  return { note: `Nothing was read: height ${start}, to begin at, lies beyond the last final block, ${finalHeight}.` }
}

function noFinality(network: NetworkId): Failure {
  return new Failure('ClickHouse.NoFinality', 'usage', `The node of ${network} does not say which blocks are final.`, {
    hint: 'Say with --confirmations after how many blocks one is: only final blocks are loaded into ClickHouse.',
    facts: { network },
  })
}
