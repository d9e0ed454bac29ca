import type { Instant } from '../model/instant.ts'
import type { Entry, ListedAddress, Party, PartyName } from './entry.ts'
import { type Flag, identify } from './listed.ts'

/** What OFAC's formats share. All of them are versions of one list, tied by the same entry ids. */
export const LIST = 'SDN'

/** How OFAC words a wallet, in each of its formats; the symbol follows. */
export const WALLET = 'Digital Currency Address - '

/** `SanctionsType` "Program": the measure whose comment is the programme's tag. */
export const PROGRAM_MEASURE = '1'

/** `PartyType` ids of the model: 1 individual, 2 entity, 4 transport (sub-types 1 vessel, 2 aircraft). */
export function partyType(subType: string, types: ReadonlyMap<string, string>): Party['type'] {
  const type = types.get(subType)
  if (type === '1') return 'person'
  if (type === '2') return 'organisation'
  if (type === '4') return subType === '2' ? 'aircraft' : 'vessel'
  return 'unknown'
}

export function aliasKind(type: string): PartyName['kind'] {
  if (/^f\.?k\.?a/i.test(type)) return 'fka'
  return /^n\.?k\.?a/i.test(type) ? 'nka' : 'aka'
}

/** OFAC's ScriptCode mixes ISO 15924 codes with names of languages. */
export function scriptOf(code: string): string {
  const known: Readonly<Record<string, string>> = {
    ...{ Latin: 'Latn', Hebrew: 'Hebr', Japanese: 'Jpan', Korean: 'Kore', Arabic: 'Arab', Cyrillic: 'Cyrl' },
  }
  return known[code] ?? (code === '' ? 'Zzzz' : code)
}

/** Parts as documented: family name first, then the given names, as the printed list has them. */
export function orderName(parts: readonly string[]): string {
  return parts.join(' ')
}

export type Wallets = {
  readonly entry: string
  readonly entity: string
  readonly program: readonly string[]
  readonly listedAt: Instant | null
  readonly wallets: readonly { symbol: string; raw: string; feature: string }[]
  readonly remarks: string
}

/** Hands over the stated wallets, then those that only the remarks mention, graded apart. */
export function takeWallets(party: Wallets, take: (entry: Entry) => void): void {
  const times = new Map<string, number>()
  for (const { symbol, raw, feature } of party.wallets) {
    const entry = addressEntry(party, symbol, raw, 'stated', feature)
    const time = (times.get(entry.key) ?? 0) + 1
    times.set(entry.key, time)
    take(time === 1 ? entry : { ...entry, key: `${entry.key}#${time}` })
  }
  const stated = new Set(party.wallets.map(wallet => identify(wallet.raw, wallet.symbol).address))
  for (const raw of walletsIn(party.remarks)) {
    const entry = addressEntry(party, null, raw, 'comment', null)
    if (!stated.has(entry.address!)) take(entry)
  }
}

function addressEntry(
  party: Wallets,
  symbol: string | null,
  raw: string,
  grade: ListedAddress['grade'],
  feature: string | null,
): Entry {
  const listed = identify(raw, symbol)
  const flags: readonly Flag[] = grade === 'comment' ? [...listed.flags, 'comment'] : listed.flags
  return {
    kind: 'address',
    key: `${party.entry}/${symbol ?? 'comment'}/${listed.address}`,
    address: listed.address,
    networks: listed.networks,
    content: {
      entry: party.entry,
      entity: party.entity,
      program: party.program,
      listedAt: party.listedAt,
      expiresAt: null,
      asset: symbol,
      raw,
      foreign: listed.foreign,
      flags,
      conflict: listed.conflict,
      probable: listed.probable,
      grade,
      ...(feature === null ? {} : { note: `feature ${feature}` }),
    },
  }
}

/** Words of a free text that are addresses by their checksum; a bare 0x form counts, since its length is telling. */
function walletsIn(remarks: string): string[] {
  const words = remarks.match(/[0-9A-Za-z]{26,90}/g) ?? []
  return [...new Set(words)].filter(word => identify(word, null).networks.length > 0)
}
