import { Failure } from '../std/failure.ts'
import { readActorpack } from './actorpack.ts'
import type { Importer } from './importer.ts'
import { readNbctf } from './nbctf.ts'
import { readOfacAdvanced } from './ofac-advanced.ts'
import { readOfacSdn } from './ofac-sdn.ts'
import { readPlain } from './plain.ts'
import { FILE_BYTES_MAX, PACK_BYTES_MAX } from './read.ts'
import { readTagpack } from './tagpack.ts'

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
    ...{ id: 'nbctf', says: 'NBCTF seizure orders', read: readNbctf, bytesMax: PACK_BYTES_MAX },
    ...{ designates: true, inFolder: /^(addresses|seizures)\.csv$/, folder: 'one' },
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
    ...{ id: 'addresses', says: 'plain or CSV list of addresses', read: readPlain, bytesMax: FILE_BYTES_MAX },
    ...{ designates: true, inFolder: null, folder: 'one' },
  },
]

/** Words of the interface that later editions will read. */
export const planned: readonly string[] = ['un', 'eu', 'uk', 'opensanctions']

/** The format of that word, or a Failure that names those there are. */
export function from(id: string): Format {
  const format = all.find(known => known.id === id)
  if (format !== undefined) return format
  const known = all.map(entry => entry.id)
  if (planned.includes(id)) {
    throw new Failure('List.NotBuilt', 'usage', `Lists in the format “${id}” cannot be read yet: it is not built.`, {
      hint: `Formats that are read: ${known.join(', ')}.`,
      facts: { format: id, known },
    })
  }
  throw new Failure('List.UnknownFormat', 'usage', `“${id.slice(0, 60)}” is no format of a list.`, {
    hint: `Formats that are read: ${known.join(', ')}.`,
    facts: { format: id.slice(0, 60), known },
  })
}

/**
 * Days after which a list is called stale, by authority. OFAC publishes several times a week and NBCTF about monthly
 * (their own pages of recent actions and orders, read 2026); for all others 90 days, as a matter of caution.
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
])
