import { actor, addressesNamed, categoriesOf, knowledge, standingOf, strongest } from '../../attribution/attribution.ts'
import * as Campaign from '../../campaign/campaign.ts'
import { partitionOf, show } from '../../cluster/cluster.ts'
import { openColumns } from '../../ledger/ledger.ts'
import * as Network from '../../model/network.ts'
import { type Around, type Donation, keyOf, rules, type Watch, type Watched, watches } from '../../monitor/monitor.ts'
import type { Store } from '../../store/store.ts'
import { ledgerFacts } from './ledger-fact.ts'

/** Every address that is watched, by network and address, with who watches it and which rules look at it. */
export function watchedAddresses(store: Store): Map<string, Watched[]> {
  const active = rules(store).filter(rule => rule.state === 'active')
  const found = new Map<string, Watched[]>()
  for (const watch of watches(store)) {
    const own = watch.rules.length === 0 ? active : active.filter(rule => watch.rules.includes(rule.id))
    for (const subject of addressesOf(store, watch)) {
      append(found, keyOf(subject), { watch, rules: own })
    }
  }
  return found
}

/** A watch that can tell of nothing as things stand. */
export type Idle = { readonly watch: string; readonly why: string }

/** Watches that stand for no address now, and folders that could not be read. */
export function idleOf(store: Store, unread: readonly Idle[]): Idle[] {
  const busy = new Set([...watchedAddresses(store).values()].flat().map(one => one.watch.name))
  const empty = watches(store).filter(one => one.kind !== 'folder' && !busy.has(one.name))
  return [...empty.map(({ name }) => ({ watch: name, why: WATCHES_NOTHING })), ...unread]
}

export const WATCHES_NOTHING = 'it watches nothing: it stands for no address now'

type Subject = { readonly network: Network.NetworkId; readonly address: string }

/** Most addresses that one watch stands for: a cluster of an exchange is no watch. */
const ADDRESSES_MAX = 100_000

function addressesOf(store: Store, { kind, target, network }: Watch): readonly Subject[] {
  if (kind === 'folder') return []
  if (kind === 'address') return [{ network: network!, address: target }]
  if (kind === 'campaign') {
    const { addresses } = Campaign.from(store, target)
    return addresses.filter(one => one.role !== 'service').map(one => ({ network: one.network, address: one.address }))
  }
  if (kind === 'entity') {
    const known = addressesNamed(store, target, ADDRESSES_MAX)
    return known.flatMap(({ address, network: on }) => {
      const id = on === null ? undefined : Network.parse(on)?.id
      return id === undefined ? [] : [{ network: id, address }]
    })
  }
  // On account chains nobody signs for two addresses at once: a cluster there is one address.
  const columns = Network.from(network!).shape === 'account' ? undefined : openColumns(store, network!)
  if (columns === undefined) return [{ network: network!, address: target }]
  const { addresses } = show(columns, target, partitionOf(columns, null, store))
  return addresses.slice(0, ADDRESSES_MAX).map(address => ({ network: network!, address }))
}

/** What campaigns say of addresses: read once for a look. */
export type Named = {
  /** Campaigns that an address of donation or collection belongs to, by network and address. */
  readonly campaigns: ReadonlyMap<string, readonly string[]>
  readonly donations: ReadonlyMap<Network.NetworkId, readonly Donation[]>
}

export function campaignsIn(store: Store): Named {
  const campaigns = new Map<string, string[]>()
  const donations = new Map<Network.NetworkId, Donation[]>()
  for (const { name, addresses } of Campaign.list(store)) {
    for (const { network, address, role, publishers, window } of addresses) {
      if (role !== 'donation' && role !== 'collector') continue
      append(campaigns, keyOf({ network, address }), name)
      if (role === 'collector') continue
      append(donations, network, { address, campaign: name, publishers, publishedAt: window.publishedAt })
    }
  }
  return { campaigns, donations }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const held = lists.get(key)
  if (held === undefined) lists.set(key, [value])
  else held.push(value)
}

/** What rules may ask, from the lists, labels and campaigns as they are known now. */
export function aroundOf(store: Store, now: number, named = campaignsIn(store)): Around {
  const { labelsOf, designationsOf } = knowledge(store, { asOf: now, knownAt: now })
  return {
    designatedBy: (network, address, at) => [
      ...new Set(
        designationsOf(network, address)
          .filter(one => standingOf(one, at) === 'listed')
          .map(one => one.authority),
      ),
    ],
    campaignsOf: (network, address) => named.campaigns.get(keyOf({ network, address })) ?? [],
    donationsOn: network => named.donations.get(network) ?? [],
    categoryOf(network, address) {
      const label = strongest(labelsOf(network, address))
      return label === null ? null : (categoriesOf(label)[0] ?? null)
    },
    serviceOf(network, address) {
      const label = strongest(labelsOf(network, address).filter(one => categoriesOf(one).includes('exchange')))
      return label === null ? null : (label.entity ?? label.name)
    },
    countriesOf(network, address) {
      const label = strongest(labelsOf(network, address))
      const known = label === null || label.entity === null ? undefined : actor(store, label.entity, now)
      return known?.jurisdictions ?? []
    },
    ...ledgerFacts(store, labelsOf),
  }
}
