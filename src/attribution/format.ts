import { Failure } from '../std/failure.ts'
import { readActorpack } from './actorpack.ts'
import type { ListedAddress } from './entry.ts'
import { readEu } from './eu.ts'
import { merge, readFreezes } from './freeze.ts'
import type { Importer } from './importer.ts'
import { readMisp } from './misp.ts'
import { readNbctf } from './nbctf.ts'
import { readOfacAdvanced } from './ofac-advanced.ts'
import { readOfacEnhanced } from './ofac-enhanced.ts'
import { readOfacSdn } from './ofac-sdn.ts'
import { readOpenSanctions } from './opensanctions.ts'
import { readPlain } from './plain.ts'
import { FILE_BYTES_MAX, PACK_BYTES_MAX, refuseUnread } from './read.ts'
import * as Sniff from './sniff.ts'
import { readStix } from './stix.ts'
import { readTagpack } from './tagpack.ts'
import { readUk } from './uk.ts'
import { readUn } from './un.ts'

/** A format that `list add` takes. */
export type Format = {
  readonly id: string
  readonly says: string
  readonly read: Importer
  readonly bytesMax: number
  /** Its addresses are designations by an authority; else they are labels. */
  readonly designates: boolean
  /** Files of this kind that a folder is searched for; null where a folder is not taken. */
  readonly inFolder: RegExp | null
  /** Whether a folder is one list (its first file that fits) or as many lists as files. */
  readonly folder: 'one' | 'each'
  /** Where a file holds some of the facts and takes none away: what was known of a listing, with what it adds. */
  readonly merge?: (before: ListedAddress, now: ListedAddress) => ListedAddress
}

export const all: readonly Format[] = [
  {
    ...{ id: 'ofac-advanced', says: 'OFAC SDN_ADVANCED.XML', read: readOfacAdvanced, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'ofac-sdn', says: 'OFAC SDN.XML (classic)', read: readOfacSdn, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'ofac-enhanced', says: 'OFAC SDN_ENHANCED.XML', read: readOfacEnhanced, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'un', says: 'UN Security Council consolidated list (XML)', read: readUn, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'eu', says: 'EU financial sanctions file 1.1 (XML)', read: readEu, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'uk', says: 'UK Sanctions List (XML, CSV)', read: readUk, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{ id: 'nbctf', says: 'NBCTF seizure orders', read: readNbctf, bytesMax: PACK_BYTES_MAX },
    ...{ designates: true, inFolder: /^(addresses|seizures)\.csv$/, folder: 'one' },
  },
  {
    ...{
      id: 'opensanctions',
      says: 'OpenSanctions entities.ftm.json or targets.nested.json',
      read: readOpenSanctions,
      bytesMax: FILE_BYTES_MAX,
    },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
  {
    ...{
      id: 'issuer-freezes',
      says: 'freezes by Tether and Circle, from their contracts’ events',
      read: readFreezes,
      bytesMax: PACK_BYTES_MAX,
    },
    ...{ designates: true, inFolder: null, folder: 'one' },
    merge,
  },
  {
    ...{ id: 'tagpack', says: 'GraphSense tag pack', read: readTagpack, bytesMax: PACK_BYTES_MAX },
    ...{ designates: false, inFolder: /(?<!\.actorpack)\.ya?ml$/i, folder: 'each' },
  },
  {
    ...{ id: 'actorpack', says: 'GraphSense actor pack', read: readActorpack, bytesMax: PACK_BYTES_MAX },
    ...{ designates: false, inFolder: /\.actorpack\.ya?ml$/i, folder: 'each' },
  },
  {
    ...{ id: 'stix', says: 'STIX 2.1 bundle', read: readStix, bytesMax: PACK_BYTES_MAX },
    ...{ designates: false, inFolder: /\.json$/i, folder: 'each' },
  },
  {
    ...{ id: 'misp', says: 'MISP event (JSON)', read: readMisp, bytesMax: PACK_BYTES_MAX },
    ...{ designates: false, inFolder: /\.json$/i, folder: 'each' },
  },
  {
    ...{ id: 'addresses', says: 'plain or CSV list of addresses', read: readPlain, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
]

/** The format of that word, or a Failure that names those there are; `auto`: the one that the file looks like. */
export function from(id: string, path: string | null = null): Format {
  if (id === AUTO && path !== null) return guessed(path)
  const format = all.find(known => known.id === id)
  if (format !== undefined) return format
  const known = all.map(entry => entry.id)
  throw new Failure('List.UnknownFormat', 'usage', `“${id.slice(0, 60)}” is no format of a list.`, {
    hint: `Formats that are read: ${known.join(', ')}.`,
    facts: { format: id.slice(0, 60), known },
  })
}

/** The word that asks for the format to be told by the file itself. */
export const AUTO = 'auto'

function guessed(path: string): Format {
  refuseUnread(path, FILE_BYTES_MAX)
  const looks = Sniff.formatOf(path)
  const format = all.find(known => known.id === looks)
  if (format !== undefined) return format
  throw new Failure('List.NoGuess', 'usage', `${path} does not begin like any list that is known.`, {
    hint: `Name its format: ${all.map(known => known.id).join(', ')}.`,
    facts: { file: path },
  })
}

/**
 * Days after which a list is called stale, by authority. OFAC publishes several times a week, OpenSanctions daily and
 * NBCTF about monthly (their own pages, read 2026), issuers freeze on any day; for all others 90 days, as a matter of
 * caution.
 */
export function staleAfterDays(authority: string, designates: boolean): number {
  if (!designates) return 365
  return STALE_DAYS.get(authority) ?? 90
}

const STALE_DAYS = new Map([
  ['OFAC', 7],
  ['UN', 7],
  ['EU', 7],
  ['UK', 7],
  ['NBCTF', 30],
  ['Tether', 7],
  ['Circle', 7],
  ['OpenSanctions', 7],
])
