import type { IssuerEvent } from '../chain/account-block.ts'
import * as Asset from '../model/asset.ts'
import type { Instant } from '../model/instant.ts'
import type { NetworkId } from '../model/network.ts'
import type { Store } from '../store/store.ts'
import type { Entry, ListedAddress } from './entry.ts'
import { type Format, from as formatFrom } from './format.ts'
import { entryOf } from './freeze.ts'
import * as FreezeEvent from './freeze-event.ts'
import { readWhole } from './read.ts'
import * as Table from './table.ts'
import { addWithin } from './version.ts'

/** Who registers, when, and whose word it is. */
export type Registering = { readonly knownAt: Instant; readonly by: string; readonly provider: string }

/**
 * Registers what issuers did, as a ledger's blocks told it, as the next version of each issuer's list. To be called
 * within the transaction that notes those blocks as read, so that neither is there without the other. Events of
 * contracts that are no issuer's are left out: anyone can emit them. How many were registered.
 */
export function addFreezes(store: Store, events: readonly IssuerEvent[], registering: Registering): number {
  const known = events.filter(event => Asset.token(event.network, event.contract) !== undefined)
  for (const own of Map.groupBy(known, ({ network, contract }) => `${network} ${contract}`).values()) {
    const token = Asset.token(own[0]!.network, own[0]!.contract)!
    const issuer = own.map(event => ({ ...event, units: event.units === null ? undefined : String(event.units) }))
    const last = Math.max(...own.map(event => event.time))
    put(store, token, formatFrom(FORMAT, ''), { issuer }, last, registering)
  }
  return known.length
}

/**
 * Withdraws what blocks said that are no longer on the chain: the steps of freezes from a height on. Within the
 * transaction that withdraws the blocks. How many steps went; what was known before stays for `known at`.
 */
export function withdrawFreezes(store: Store, network: NetworkId, height: number, registering: Registering): number {
  let withdrawn = 0
  for (const token of Asset.tokens.filter(one => one.network === network)) {
    const last = lastVersion(store, token)
    if (last === undefined) continue
    const kept: Entry[] = []
    const lost: string[] = []
    for (const entry of Table.members(store, last.list, last.id).map(Table.toEntry)) {
      const { stages = [] } = entry.content as ListedAddress
      const standing = stages.filter(stage => stage.height === null || stage.height < height)
      lost.push(...stages.filter(stage => !standing.includes(stage)).map(stage => stage.txid))
      if (standing.length === stages.length) kept.push(entry)
      else if (standing.length > 0) kept.push(entryOf(entry.address!, standing, assetOf(token), issuerOf(token)))
    }
    if (lost.length === 0) continue
    withdrawn += lost.length
    put(
      store,
      token,
      withoutLost(token, kept),
      { withdrawn: { network, fromHeight: height, txids: lost } },
      0,
      registering,
    )
  }
  return withdrawn
}

const FORMAT = 'issuer-freezes'
const { assetOf, issuerOf } = FreezeEvent

/** A version that stands after all that is known: it is published no earlier, whatever the time of its events. */
function put(
  store: Store,
  token: Asset.Asset,
  format: Format,
  said: object,
  at: Instant,
  { knownAt, by, provider }: Registering,
): void {
  const known = versionsOf(store, token)
  const latest = known.reduce((most, version) => Math.max(most, version.published_at), at)
  // Numbered, since a block that comes back after a reorganisation says the same once more.
  const text = JSON.stringify({ reading: known.length + 1, provider, ...said })
  const path = store.files.pathOf(store.files.put(new TextEncoder().encode(text)))
  const watch = (): void => {}
  addWithin(store, { format, path, authority: null, publishedAt: latest, knownAt, by, rehearse: false, watch })
}

/** The list as it stands without what was withdrawn: unlike a file of events, it takes away. */
function withoutLost(token: Asset.Asset, kept: readonly Entry[]): Format {
  const { merge: _, ...format } = formatFrom(FORMAT, '')
  return {
    ...format,
    read(source, _file, take) {
      readWhole(source)
      for (const entry of kept) take(entry)
      const title = `${issuerOf(token)}: frozen addresses of ${token.symbol} on ${token.network}`
      return { authority: issuerOf(token), list: listOf(token), title, publishedAt: null, warnings: [] }
    },
  }
}

function versionsOf(store: Store, token: Asset.Asset): Table.VersionRow[] {
  const [authority, name] = [issuerOf(token), listOf(token)]
  return Table.versions(store).filter(version => version.authority === authority && version.name === name)
}

/** The one imported last: each adds to the one before it. */
function lastVersion(store: Store, token: Asset.Asset): Table.VersionRow | undefined {
  return versionsOf(store, token)
    .toSorted((a, b) => a.id - b.id)
    .at(-1)
}

function listOf({ symbol, network }: Asset.Asset): string {
  return `freezes of ${symbol} on ${network}`
}
