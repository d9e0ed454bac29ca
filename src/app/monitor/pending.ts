import type { Prices } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { type Alert, alertsFrom, eventOfWaiting, findAlert, type Matcher, withdraw } from '../../monitor/monitor.ts'
import type { Gone } from '../../source/pool.ts'
import type { Store } from '../../store/store.ts'
import type { PoolEvent } from '../ledger/pool.ts'

/** One look at what waits at a node, before the round's blocks were read. */
export type PoolNews = {
  /** Sides of watched addresses. */
  readonly events: readonly PoolEvent[]
  /** Of the transactions that were asked after: those that wait no longer. */
  readonly gone: ReadonlyMap<string, Gone>
}

/** What the ledger of a round says. */
export type Mined = {
  /** Those of the transactions that came with this round's blocks. */
  of(txids: ReadonlySet<string>): { has(txid: string): boolean }
  /** A transaction among them that spends one of these outputs, or null. */
  spender(outpoints: readonly string[]): string | null
}

/**
 * Alerts on payments that wait, in one network. A payment that is mined makes its alert an ordinary one; where it is
 * replaced, dropped, or mined without doing what was seen, its alert is withdrawn and says so.
 */
export type Pending = {
  /** Transactions that wait and on which alerts rest. */
  readonly txids: ReadonlySet<string>
  /** Takes them up from what is stored. */
  load(store: Store): void
  /** @param news null: nobody looked · numbers of the alerts raised or withdrawn */
  settle(place: Place, matcher: Matcher, mined: Mined, news: PoolNews | null): number[]
}

export type Place = { readonly store: Store; readonly prices: Prices; readonly now: number }

export function openPending(network: NetworkId): Pending {
  /** By alert: its transaction, and all that it rests on and that were waiting when they were last seen. */
  const held = new Map<number, { readonly txid: string; readonly rests: ReadonlySet<string> }>()
  const seen = new Map<string, number>()
  const txidsOf = (): Set<string> => new Set([...held.values()].flatMap(one => [...one.rests]))

  /** Takes back what is not mined and no longer waits. */
  const resolve = ({ store, now }: Place, mined: Mined, news: PoolNews | null): number[] => {
    const came = mined.of(txidsOf())
    return [...held].flatMap(([id, { txid, rests }]) => {
      if (findAlert(store, id).standing === 'mined') {
        held.delete(id)
        return []
      }
      const left = new Set([...rests].filter(one => !came.has(one)))
      held.set(id, { txid, rests: left })
      const lost = [...left].find(one => news?.gone.has(one) === true)
      const isOther = came.has(txid)
      if (!isOther && lost === undefined) return []
      held.delete(id)
      return [withdraw(store, id, isOther ? OTHERWISE : whyGone(news!.gone.get(lost!)!, mined), now)]
    })
  }
  return {
    get txids() {
      return txidsOf()
    },
    load(store) {
      held.clear()
      for (const alert of alertsFrom(store, network, Number.POSITIVE_INFINITY)) {
        if (isWaiting(alert)) held.set(alert.id, { txid: alert.txid, rests: new Set(alert.txids) })
      }
    },
    settle(place, matcher, mined, news) {
      const { store, prices, now } = place
      return store.transaction(() => {
        const told = resolve(place, mined, news)
        if (news === null) return told
        const txids = new Set(news.events.map(one => one.txid))
        const came = mined.of(txids)
        const waiting = new Set([...txids].filter(txid => !came.has(txid)))
        matcher.keepWaiting(waiting)
        for (const txid of seen.keys()) if (!waiting.has(txid)) seen.delete(txid)
        for (const one of news.events) {
          if (!waiting.has(one.txid)) continue
          const since = seen.get(one.txid) ?? now
          seen.set(one.txid, since)
          for (const id of matcher.wait(one, eventOfWaiting(one, since, prices))) {
            const { txid, txids: all } = findAlert(store, id)
            held.set(id, { txid, rests: new Set(all.filter(other => waiting.has(other))) })
            told.push(id)
          }
        }
        return told
      })
    },
  }
}

function isWaiting({ standing, status }: Alert): boolean {
  return standing === 'unconfirmed' && status !== 'withdrawn'
}

const OTHERWISE = 'its transaction was mined, and did not do what was seen while it waited'

function whyGone({ replacedBy, spends }: Gone, mined: Mined): string {
  if (replacedBy !== null) return `its transaction was replaced by ${replacedBy} before it was mined`
  const spender = mined.spender(spends)
  if (spender !== null) return `${spender} was mined, which spends the same as its transaction: a double spend`
  return 'its transaction waits no longer, and no block has it: it was replaced or dropped'
}
