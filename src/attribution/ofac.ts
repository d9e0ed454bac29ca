import type { Party, PartyName } from './entry.ts'

/**
 * What OFAC's formats share. All of them are versions of one list, tied by the same entry ids. OFAC publishes its other
 * lists in the same formats as the consolidated list: never a version of this one, whose wallets it does not hold.
 */
export const SDN_LIST = 'SDN List'

/** The name and title of a file's list, by whether any of its entries stands on the SDN list. */
export function listOf(isSdn: boolean): { readonly list: string; readonly title: string } {
  return isSdn
    ? { list: 'SDN', title: 'Specially Designated Nationals and Blocked Persons List' }
    : { list: 'consolidated', title: 'Consolidated Sanctions List (non-SDN lists)' }
}

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
  return SCRIPTS.get(code) ?? (code === '' ? 'Zzzz' : code)
}

const SCRIPTS = new Map([
  ['Latin', 'Latn'],
  ['Hebrew', 'Hebr'],
  ['Japanese', 'Jpan'],
  ['Korean', 'Kore'],
  ['Arabic', 'Arab'],
  ['Cyrillic', 'Cyrl'],
])

/** Parts as documented: family name first, then the given names, as the printed list has them. */
export function orderName(parts: readonly string[]): string {
  return parts.join(' ')
}
