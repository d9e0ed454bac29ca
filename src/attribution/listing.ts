import type { Instant } from '../model/instant.ts'
import type { Entry, ListedAddress, Party } from './entry.ts'
import type { Flag, Listed } from './listed.ts'
import { identify } from './listed.ts'
import { walletsIn } from './remark.ts'

/**
 * One entry of an authority's list, whatever its format: a party with the wallets that stand in fields of their own
 * and the free text in which more may stand.
 */
export type Listing = {
  readonly entry: string
  readonly party: Omit<Party, 'entry' | 'program' | 'listedAt'>
  readonly program: readonly string[]
  /** Whose listings a collection of lists repeats. */
  readonly listedBy?: readonly string[]
  readonly listedAt: Instant | null
  readonly endedAt?: Instant | null
  readonly expiresAt?: Instant | null
  readonly wallets: readonly Wallet[]
  /** Free text that is searched for wallets besides the party's remarks. */
  readonly text?: string
}

export type Wallet = { readonly symbol: string | null; readonly raw: string; readonly note?: string }

/** Hands over the party, then its stated wallets, then those that only free text mentions, graded apart. */
export function takeListing(listing: Listing, take: (entry: Entry) => void): void {
  const { entry, party, program, listedAt } = listing
  const content: Party = { entry, ...party, program, listedAt }
  take({ kind: 'entity', key: entry, address: null, networks: [], content })
  takeWallets(listing, take)
}

/** The wallets alone. Keys tie one listing of an address over all versions and formats of its list. */
export function takeWallets(listing: Listing, take: (entry: Entry) => void): void {
  const times = new Map<string, number>()
  const stated = new Set<string>()
  for (const { symbol, raw, note } of listing.wallets) {
    const listed = identify(raw, symbol)
    const entry = addressEntry(listing, symbol, raw, listed, 'stated', note)
    stated.add(listed.address)
    const time = (times.get(entry.key) ?? 0) + 1
    times.set(entry.key, time)
    take(time === 1 ? entry : { ...entry, key: `${entry.key}#${time}` })
  }
  const text = [listing.party.remarks, listing.text].filter(part => part !== undefined && part !== '').join('\n')
  for (const { raw, listed } of walletsIn(text)) {
    if (!stated.has(listed.address)) take(addressEntry(listing, null, raw, listed, 'comment', undefined))
  }
}

function addressEntry(
  listing: Listing,
  symbol: string | null,
  raw: string,
  listed: Listed,
  grade: ListedAddress['grade'],
  note: string | undefined,
): Entry {
  const flags: readonly Flag[] = grade === 'comment' ? [...listed.flags, 'comment'] : listed.flags
  const names = listing.party.names
  return {
    kind: 'address',
    key: `${listing.entry}/${symbol ?? 'comment'}/${listed.address}`,
    address: listed.address,
    networks: listed.networks,
    content: {
      entry: listing.entry,
      entity: (names.find(name => name.kind === 'primary') ?? names[0])?.text ?? listing.entry,
      program: listing.program,
      listedAt: listing.listedAt,
      expiresAt: listing.expiresAt ?? null,
      ...(listing.endedAt == null ? {} : { endedAt: listing.endedAt }),
      asset: symbol,
      raw,
      foreign: listed.foreign,
      flags,
      conflict: listed.conflict,
      probable: listed.probable,
      grade,
      ...(listing.listedBy === undefined || listing.listedBy.length === 0 ? {} : { listedBy: listing.listedBy }),
      ...(note === undefined ? {} : { note }),
    },
  }
}
