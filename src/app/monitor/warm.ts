import { findManifest, openColumns, type Prices, prices, type UtxoColumns } from '../../ledger/ledger.ts'
import * as Network from '../../model/network.ts'
import type { Transfer } from '../../model/transfer.ts'
import {
  type Around,
  type Desk,
  type Event,
  eventsOf,
  eventsOfTransfer,
  eventsSince,
  type Matcher,
  type Memory,
  spenderIn,
  transactionsIn,
  watches,
} from '../../monitor/monitor.ts'
import { markOf } from '../../store/mark.ts'
import type { Store } from '../../store/store.ts'
import type { Context } from '../operation.ts'
import { type Glance, glanceAt } from './glance.ts'
import { type Mined, openPending, type PoolNews } from './pending.ts'
import { runAll, watchNewPosts } from './run.ts'
import { aroundOf, campaignsIn, watchedAddresses } from './watched.ts'

/**
 * The watches while a network is followed. A round costs what came, not what is stored: histories of the watched
 * addresses stay in memory, and only what is new is held against the rules. Everything is looked at again, as
 * `watch run` does, when a round does not simply go on at the ledger's end, and when watches, rules, lists, labels,
 * campaigns or prices have changed. What is imported into other networks meanwhile `watch run` tells.
 */
export type Warm = {
  /** Before a round asks its node: what others have changed since counts from now on. */
  begin(context: Context): void
  /** Whether an address of the network is watched; null: not known before the first round has ended. */
  isWatched(): ((address: string) => boolean) | null
  /** Transactions that waited when they were last seen, and on which alerts rest. */
  waiting(): readonly string[]
  /** Transfers of an account chain that have just been kept, block by block. */
  came(context: Context, transfers: readonly Transfer[]): void
  /** Ends a round; how many alerts were raised, changed or withdrawn in it. */
  end(context: Context, round: Round, news: PoolNews | null): number
}

export type Round = {
  readonly asked: { readonly from: number } | null
  readonly blocks: number
  readonly reorganised: object | null
}

/** @param memory events of watched addresses that are held at most; the others are read again when they are needed */
export function openWarm(network: Network.NetworkId, memory = EVENTS_MAX): Warm {
  const isUtxo = Network.from(network).shape === 'utxo'
  const pending = openPending(network)
  // What a chain of coins says of an address is not asked again: its columns are in memory as it is.
  const desk = openDesk(isUtxo ? Number.POSITIVE_INFINITY : memory)
  let matcher: Matcher | null = null
  let [mark, told] = ['', new Set<number>()]
  /** The highest block that the matcher has seen. */
  let top = -1
  /** What is watched besides single addresses: a new watch makes the matcher anew. */
  let kinds: ReadonlySet<string> = new Set()

  const take = ({ store }: Context, found: readonly Found[]): void =>
    store.transaction(() => {
      for (const one of found) for (const id of matcher!.take({ ...one, network }, one.event)) told.add(id)
      matcher!.rest()
    })
  const isWatched = (address: string): boolean => matcher!.watches(network, address)

  const takeAll = (context: Context): Mined => {
    const { matcher: made, raised, withdrawn, changed } = runAll(context, desk.at)
    for (const id of [...raised, ...withdrawn, ...changed]) told.add(id)
    matcher = made
    kinds = kindsOf(context.store, network)
    pending.load(context.store)
    const ledger = glanceAt(context.store, network)
    top = ledger?.top ?? -1
    return minedIn(ledger)
  }
  const takeNew = (context: Context, { asked, blocks }: Round): Mined => {
    if (kinds.has('folder')) for (const id of watchNewPosts(context, desk.at().around)) told.add(id)
    if (blocks === 0 || asked === null) return NOTHING
    if (!isUtxo) return minedIn(glanceAt(context.store, network))
    const columns = openColumns(context.store, network) as UtxoColumns
    const from = firstFrom(columns, asked.from)
    take(context, eventsSince(columns, from, isWatched, desk.at().prices))
    top = columns.blocks.height[columns.blocks.count - 1]!
    return minedSince(columns, from)
  }
  return {
    begin(context) {
      desk.place(context)
      told = new Set()
      if (markIn(context, network) !== mark) matcher = null
    },
    isWatched: () => (matcher === null ? null : isWatched),
    waiting: () => [...pending.txids],
    came(context, transfers) {
      // What does not lie at the end may tell of what was told: all is looked at again.
      if (transfers.some(one => one.height <= top)) matcher = null
      if (matcher === null) return
      top = transfers.reduce((most, one) => Math.max(most, one.height), top)
      take(context, eventsIn(transfers, desk.at().prices, isWatched))
    },
    end(context, round, news) {
      desk.place(context)
      const { store } = context
      const isElsewhere = round.reorganised !== null || (isUtxo && round.blocks > 0 && round.asked!.from <= top)
      const isOther = matcher === null || markOf(store, KNOWN) !== mark.split('/')[0]
      const isStale = isOther || isElsewhere || (round.blocks > 0 && kinds.has('cluster') && hasOther(store, matcher!))
      const mined = isStale ? takeAll(context) : takeNew(context, round)
      const place = { store, prices: desk.at().prices, now: context.clock() }
      for (const id of pending.settle(place, matcher!, mined, news)) told.add(id)
      mark = markIn(context, network)
      return told.size
    },
  }
}

/** About 30 MB of them. */
const EVENTS_MAX = 100_000

type Found = { readonly address: string; readonly event: Event }

const NOTHING: Mined = { of: () => new Set<string>(), spender: () => null }

/** What is held against the ledger: tables that somebody else may add to while it is followed. */
const KNOWN = [
  ...(['watch_event', 'rule_event', 'campaign_event', 'list_version', 'claim', 'judgement'] as const),
  ...(['entity_statement', 'entity_link', 'dispute', 'ledger_price', 'capture'] as const),
]

const DAY_SECONDS = 86_400

/** Labels and listings begin and end with the days. */
function markIn({ store, clock }: Context, network: Network.NetworkId): string {
  return [markOf(store, KNOWN), findManifest(store, network)?.id ?? 0, Math.floor(clock() / DAY_SECONDS)].join('/')
}

function kindsOf(store: Store, network: Network.NetworkId): ReadonlySet<string> {
  const here = watches(store).filter(one => one.kind !== 'cluster' || one.network === network)
  return new Set(here.map(one => one.kind))
}

/** A watched cluster stands for other addresses than it did. */
function hasOther(store: Store, matcher: Matcher): boolean {
  const keys = [...watchedAddresses(store).keys()]
  return keys.length !== matcher.addresses || keys.some(key => !matcher.has(key))
}

/** The first transaction of the blocks from a height on: they lie at the end. */
function firstFrom({ blocks }: UtxoColumns, height: number): number {
  let row = blocks.count
  while (row > 0 && blocks.height[row - 1]! >= height) row--
  return blocks.firstTransaction[row]!
}

/** Blocks that move nothing may be all that was read: then there is no ledger. */
function minedIn(ledger: Glance | undefined): Mined {
  if (ledger === undefined) return NOTHING
  if (ledger.whole?.shape === 'utxo') return minedSince(ledger.whole, 0)
  return { of: ledger.among, spender: () => null }
}

function minedSince(columns: UtxoColumns, from: number): Mined {
  return {
    of: txids => transactionsIn(columns, txids, from),
    spender: outpoints => spenderIn(columns, outpoints, from),
  }
}

function eventsIn(transfers: readonly Transfer[], prices: Prices, isWatched: (address: string) => boolean): Found[] {
  return inOrder(transfers).flatMap(one => eventsOfTransfer(one, prices).filter(({ address }) => isWatched(address)))
}

/** As the ledger has them: by block, place in the block, event. */
function inOrder(transfers: readonly Transfer[]): Transfer[] {
  return transfers.toSorted(
    (a, b) => a.height - b.height || a.txIndex - b.txIndex || a.logIndex - b.logIndex || (a.txid < b.txid ? -1 : 1),
  )
}

/** What the matcher asks and writes to, made anew where the store was opened anew. */
function openDesk(events: number) {
  let held:
    | (Desk & { readonly prices: Prices; readonly campaigns: ReturnType<typeof campaignsIn>; mark: string })
    | null
  held = null
  return {
    place({ store, clock }: Context): void {
      const mark = markOf(store, KNOWN)
      if (held?.store === store && held.mark === mark) return
      const campaigns = held?.mark === mark ? held.campaigns : campaignsIn(store)
      const around: Around = aroundOf(store, clock(), campaigns)
      const known = prices(store)
      const recall: Memory['recall'] = ({ network, address }, below) => {
        const ledger = glanceAt(store, network)
        const all = ledger === undefined ? [] : eventsOf(ledger.of(address), address, known)
        return all.filter(one => one.height === null || one.height < below)
      }
      held = { store, around, prices: known, campaigns, mark, memory: { events, recall } }
    },
    at: () => held!,
  }
}
