import { type Services, SPONSORED_MAX, sponsoredBy, sponsorshipOf } from '../../cluster/cluster.ts'
import { type GivenResource, lastControl, listGiven, listReceivers } from '../../ledger/ledger.ts'
import type { NetworkId } from '../../model/network.ts'
import { eventsOf, type Sponsor } from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'
import type { Glance } from './glance.ts'

/** Who alone pays for what an address does, of what is known up to a time. */
export type Sponsors = (address: string, at: number) => readonly Sponsor[]

/**
 * By native coins (docs/methods/cluster.md), by energy that only one lends it, or by its activation: each with all for
 * whom that one does so in any of these ways. Left out is who is labelled a service, who gives to more than
 * SPONSORED_MAX in what was read, and who is paid for it. What was asked is remembered while nothing is added.
 */
export function openSponsors(store: Store, network: NetworkId, ledger: Glance, services: Services): Sponsors {
  let last = -1
  const asked = new Map<string, unknown>()
  const once = <T>(question: string, address: string, answer: () => T): T => {
    const key = `${question} ${address}`
    if (!asked.has(key)) asked.set(key, answer())
    return asked.get(key) as T
  }
  /** Null: so many that it sells. */
  const receiversOf = (giver: string): readonly string[] | null =>
    once('receivers', giver, () => {
      const receivers = listReceivers(store, network, giver, SPONSORED_MAX + 1)
      return receivers.length > SPONSORED_MAX ? null : receivers
    })
  const givenTo = (address: string): readonly GivenResource[] =>
    once('given', address, () => (services(address) === null ? listGiven(store, network, address) : []))
  /** Whether it paid native coins to the giver in the hour before: then energy was sold. */
  const isSold = (address: string, given: readonly GivenResource[]): boolean => {
    const paid = once('paid', address, () =>
      ledger.about(address, columns => {
        const events = columns.shape === 'utxo' ? [] : eventsOf(columns, address, NO_PRICES)
        return events.filter(event => event.direction === 'out' && event.asset.contract === null)
      }),
    ).filter(event => event.other === given[0]!.giver)
    return given.some(one => paid.some(event => event.time <= one.time && one.time - event.time <= SALE_SECONDS))
  }
  /** Who alone lends it energy, and who activated it, where that is private and no sale. */
  const giversOf = (address: string, at: number): readonly GivenResource[] =>
    (['energy', 'activation'] as const).flatMap(by => {
      const own = givenTo(address).filter(one => one.by === by && one.time <= at)
      const first = own[0]
      if (first === undefined || own.some(one => one.giver !== first.giver)) return []
      if (services(first.giver) !== null || receiversOf(first.giver) === null) return []
      return isSold(address, own) ? [] : [first]
    })
  const coinsOf = (address: string, at: number) =>
    ledger.about(address, columns => {
      const row = columns.addresses.find(address)
      return row === undefined || columns.shape === 'utxo' ? null : sponsorshipOf(columns, row, services, at)
    })
  const fundedBy = (payer: string, at: number): readonly string[] =>
    ledger.about(payer, columns => (columns.shape === 'utxo' ? [] : sponsoredBy(columns, payer, services, at)))
  const together = (payer: string, funded: readonly string[], at: number): string[] => {
    const given = receiversOf(payer) ?? []
    return [...new Set([...funded, ...given.filter(one => giversOf(one, at).some(by => by.giver === payer))])]
  }
  return (address, at) => {
    const now = lastControl(store)
    if (now !== last || asked.size > ASKED_MAX) asked.clear()
    last = now
    const coins = coinsOf(address, at)
    const others = giversOf(address, at).filter(one => one.giver !== coins?.payer)
    return [
      ...(coins === null
        ? []
        : [{ payer: coins.payer, by: 'coins' as const, sponsored: together(coins.payer, coins.sponsored, at) }]),
      ...others.map(({ giver, by }) => ({ payer: giver, by, sponsored: together(giver, fundedBy(giver, at), at) })),
    ]
  }
}

/** Energy is paid for shortly before it is lent. Ours. */
const SALE_SECONDS = 3600

/** Answers kept at once. */
const ASKED_MAX = 10_000

const NO_PRICES = { at: () => undefined, on: () => undefined }
